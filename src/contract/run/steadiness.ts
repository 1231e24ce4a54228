import type { OperationTally } from './tally.js';

/**
 * A cause that was there again in so many operations is so in all; an operation of which so many causes of one check were there
 * again, and none was not, does not answer now so and now otherwise.
 */
const enough = { operations: 3, causes: 5 };

/** Which causes were there again when their case was sent again, so that no more cases of theirs are. */
export class Steadiness {
  /** By cause. */
  readonly #operations = new Map<string, Set<OperationTally>>();

  has(cause: string, check: string, tally: OperationTally): boolean {
    const operations = this.#operations.get(cause);
    if (operations?.has(tally) || (operations?.size ?? 0) >= enough.operations) return true;
    return (tally.steady.get(check) ?? 0) >= enough.causes;
  }

  /** @param isThere whether the cause was there each time */
  tell(cause: string, check: string, tally: OperationTally, isThere: boolean): void {
    const causes = tally.steady.get(check) ?? 0;
    tally.steady.set(check, isThere ? causes + 1 : Number.NEGATIVE_INFINITY);
    if (isThere) this.#operations.set(cause, (this.#operations.get(cause) ?? new Set()).add(tally));
  }
}
