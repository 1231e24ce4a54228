import type { Json } from '../../text/value.js';
import type { BaseCollection } from '../base-collection.js';
import { type Row, rowOf } from '../row.js';
import type { CollectionReader } from '../state.js';

/**
 * The rows of a collection as they are now: those that were added, the newest first, then those of the base world in their
 * places. Of rows that were added none is looked at that is not asked for.
 */
export class Listing {
  readonly #base: BaseCollection;
  readonly #state: CollectionReader | undefined;
  /** How many were added. */
  readonly #added: number;
  /** The indices of the rows of the base world that were not deleted. */
  readonly #left: readonly number[];

  constructor(base: BaseCollection, state: CollectionReader | undefined) {
    this.#base = base;
    this.#state = state;
    this.#added = state?.addedCount ?? 0;
    this.#left = leftOf(base, state?.deleted);
  }

  /** How many of the first ones were added. */
  get addedCount(): number {
    return this.#added;
  }

  get size(): number {
    return this.#added + this.#left.length;
  }

  at(index: number): Json | undefined {
    return this.rows(index, index + 1)[0]?.value;
  }

  /** The key of the row at an index. */
  keyAt(index: number): string {
    if (index < this.#added) return this.#state?.addedKey(index) ?? '';
    return this.#base.keyAt(this.#left[index - this.#added] ?? 0);
  }

  /** Where the row with a key is listed; undefined where it is not. */
  indexOf(key: string): number | undefined {
    const added = this.#state?.indexOf(key);
    if (added !== undefined) return added;
    const place = this.#base.indexOf(key);
    const index = place === undefined ? -1 : this.#left.indexOf(place);
    return index < 0 ? undefined : this.#added + index;
  }

  rows(from: number, to: number): Row[] {
    const first = Math.max(0, from);
    const rows = first < this.#added ? [...(this.#state?.added(first, Math.min(to, this.#added)) ?? [])] : [];
    for (let index = Math.max(first, this.#added); index < Math.min(to, this.size); index++) {
      const row = this.#baseRow(this.#left[index - this.#added] as number);
      if (row !== undefined) rows.push(row);
    }
    return rows;
  }

  #baseRow(place: number): Row | undefined {
    const kept = this.#state?.row(this.#base.keyAt(place));
    if (kept !== undefined && kept !== null) return kept;
    const row = this.#base.row(place);
    if (row === undefined) return undefined;
    const held = rowOf(row);
    held.key ??= this.#base.keyAt(place);
    return held;
  }
}

type Deleted = CollectionReader['deleted'];

const lefts = new WeakMap<
  BaseCollection,
  { readonly deleted: Deleted | undefined; readonly left: readonly number[] }
>();

/** The same list as long as no other row of the base world was deleted. */
function leftOf(base: BaseCollection, deleted: Deleted | undefined): readonly number[] {
  const some = deleted?.size === 0 ? undefined : deleted;
  const known = lefts.get(base);
  if (known !== undefined && known.deleted === some) return known.left;
  const gone = new Set(Array.from(some ?? [], ([key]) => base.indexOf(key)));
  // Where nothing fits what is said of a row, there is none: what it says of other rows does not matter for that.
  const size = base.size === 0 || base.rawAt(0) === undefined ? 0 : base.size;
  const left = Array.from({ length: size }, (_, index) => index).filter((index) => !gone.has(index));
  lefts.set(base, { deleted: some, left });
  return left;
}
