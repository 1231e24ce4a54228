import { Memo } from '../text/memo.js';
import type { Json } from '../text/value.js';

/** Rows that are remembered: each is made again where it is not. */
const rememberedRows = 5000;

/** After so many calls what is searched for is no ordinary row, on however slow a machine. */
const longSearch = 2;

/** The time was up before all rows were made that are needed: those that were are remembered, so that the next attempt comes further. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
  /** Whether the next row alone takes longer than there is time: none will come further. */
  readonly isForLarge: boolean;

  constructor(isForLarge: boolean) {
    super();
    this.isForLarge = isForLarge;
  }
}

/** The rows that were made, each once. */
export class MadeRows {
  /** By what they are called; false where nothing fits. */
  readonly #rows = new Memo<Json | false>(rememberedRows);
  #end = Number.POSITIVE_INFINITY;
  #count = 0;
  /** How often something was still searched for since the last row. */
  #searched = 0;

  /**
   * A row that is made once, or the knowledge that nothing fits.
   * @param isLarge whether it alone takes long
   */
  of(name: string, make: () => Json | undefined, isLarge: () => boolean = no): Json | undefined {
    const known = this.#rows.get(name);
    if (known !== undefined) return known === false ? undefined : known;
    if (this.#end < Number.POSITIVE_INFINITY) {
      this.#look();
      if (isLarge()) throw new OutOfTime(true);
    }
    const row = make();
    this.#rows.set(name, row === undefined ? false : row);
    this.noted();
    return row;
  }

  /**
   * Says that something was made that is remembered: whoever begins anew comes further.
   * @throws OutOfTime where the time is up
   */
  noted(): void {
    this.#count += 1;
    this.#searched = 0;
    this.#look();
  }

  /**
   * Says that something is still searched for, row or not: that may take longer than there is time, and leaves nothing to begin from.
   * @throws OutOfTime where it does
   */
  searching(): void {
    this.#searched += 1;
    if (this.#searched > longSearch && performance.now() >= this.#end) throw new OutOfTime(true);
  }

  #look(): void {
    if (this.#count > 0 && performance.now() >= this.#end) throw new OutOfTime(false);
  }

  /**
   * Does what needs rows, and makes no large one, and nothing more when the time is up, but for one row at least.
   * @throws OutOfTime where it needs more
   */
  within<Result>(milliseconds: number, work: () => Result): Result {
    this.#end = performance.now() + milliseconds;
    this.#count = 0;
    this.#searched = 0;
    try {
      return work();
    } finally {
      this.#end = Number.POSITIVE_INFINITY;
    }
  }
}

const no = (): boolean => false;
