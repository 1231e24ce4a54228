import { addAll } from '../../text/many.js';
import type { Row } from '../row.js';
import type { Listing } from './listing.js';
import type { Rows } from './page.js';

interface Part {
  readonly listing: Listing;
  readonly from: number;
  readonly to: number;
}

/** The rows of several collections as one list: those that were added, the newest of each first, then those of the base world. */
export class JointListing implements Rows {
  readonly #parts: readonly Part[];
  readonly size: number;

  constructor(listings: readonly { readonly listing: Listing; readonly isOnlyAdded: boolean }[]) {
    const added = listings.map(({ listing }) => ({ listing, from: 0, to: listing.addedCount }));
    const base = listings
      .filter(({ isOnlyAdded }) => !isOnlyAdded)
      .map(({ listing }) => ({ listing, from: listing.addedCount, to: listing.size }));
    this.#parts = [...added, ...base];
    this.size = this.#parts.reduce((sum, { from, to }) => sum + to - from, 0);
  }

  rows(from: number, to: number): Row[] {
    const rows: Row[] = [];
    let before = 0;
    for (const part of this.#parts) {
      const first = part.from + Math.max(0, from - before);
      const last = Math.min(part.to, part.from + to - before);
      if (first < last) addAll(rows, part.listing.rows(first, last));
      before += part.to - part.from;
    }
    return rows;
  }

  indexOf(key: string): number | undefined {
    let before = 0;
    for (const { listing, from, to } of this.#parts) {
      const index = listing.indexOf(key);
      if (index !== undefined && index >= from && index < to) return before + index - from;
      before += to - from;
    }
    return undefined;
  }
}
