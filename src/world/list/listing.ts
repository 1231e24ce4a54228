import type { Json } from '../../text/value.js';
import type { BaseCollection } from '../base.js';
import type { CollectionState } from '../state.js';

/**
 * The rows of a collection as they are now: those that were added, the newest first, then those of the base world in their
 * places. Of rows that were added none is looked at that is not asked for.
 */
export class Listing {
  readonly #base: BaseCollection;
  readonly #state: CollectionState | undefined;
  /** The indices of the rows of the base world that were not deleted. */
  readonly #left: readonly number[];

  constructor(base: BaseCollection, state: CollectionState | undefined) {
    this.#base = base;
    this.#state = state;
    const all = Array.from({ length: base.size }, (_, index) => index);
    this.#left = state === undefined ? all : all.filter((index) => state.get(base.keyAt(index)) !== null);
  }

  get size(): number {
    return (this.#state?.addedCount ?? 0) + this.#left.length;
  }

  at(index: number): Json | undefined {
    const added = this.#state?.addedCount ?? 0;
    if (index < added) return this.#state?.added(index);
    const place = this.#left[index - added];
    return place === undefined ? undefined : (this.#state?.get(this.#base.keyAt(place)) ?? this.#base.row(place));
  }

  /** The key of the row at an index. */
  keyAt(index: number): string {
    const added = this.#state?.addedCount ?? 0;
    if (index < added) return this.#state?.addedKey(index) ?? '';
    return this.#base.keyAt(this.#left[index - added] ?? 0);
  }

  /** Where the row with a key is listed; undefined where it is not. */
  indexOf(key: string): number | undefined {
    const added = this.#state?.indexOf(key);
    if (added !== undefined) return added;
    const place = this.#base.indexOf(key);
    const index = place === undefined ? -1 : this.#left.indexOf(place);
    return index < 0 ? undefined : (this.#state?.addedCount ?? 0) + index;
  }

  slice(from: number, to: number): Json[] {
    const rows: Json[] = [];
    for (let index = Math.max(0, from); index < Math.min(to, this.size); index++) {
      const row = this.at(index);
      if (row !== undefined) rows.push(row);
    }
    return rows;
  }
}
