import type { OperationTally } from './tally.js';

/**
 * A cause that was there again in so many operations is so in all; an operation of which so many causes of one check were there
 * again, and none was not, does not answer now so and now otherwise. Where so many causes of a check were there again twice in the
 * whole target, and none was not, to ask once tells enough.
 */
const enough = { operations: 3, causes: 5, ofTarget: 20 };

/** Which causes were there again when their case was sent again, so that no more cases of theirs are. */
export class Steadiness {
  /** By cause. */
  readonly #operations = new Map<string, Set<OperationTally>>();
  /** By check, in all operations: how many causes were there again, if none was not. */
  readonly #ofTarget = new Map<string, number>();

  has(cause: string, check: string, tally: OperationTally): boolean {
    const operations = this.#operations.get(cause);
    if (operations?.has(tally) || (operations?.size ?? 0) >= enough.operations) return true;
    return (tally.steady.get(check) ?? 0) >= enough.causes;
  }

  /** How often a case is sent again to see whether its cause is there. */
  repeatsFor(check: string, most: number): number {
    return (this.#ofTarget.get(check) ?? 0) >= enough.ofTarget ? Math.min(most, 1) : most;
  }

  /** @param isThere whether the cause was there each time */
  tell(cause: string, check: string, tally: OperationTally, isThere: boolean): void {
    const causes = tally.steady.get(check) ?? 0;
    this.#ofTarget.set(check, isThere ? (this.#ofTarget.get(check) ?? 0) + 1 : Number.NEGATIVE_INFINITY);
    tally.steady.set(check, isThere ? causes + 1 : Number.NEGATIVE_INFINITY);
    if (isThere) this.#operations.set(cause, (this.#operations.get(cause) ?? new Set()).add(tally));
  }
}
