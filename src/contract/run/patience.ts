import type { Operation } from '../../operation/index.js';
import type { Received } from '../types.js';

/** How long an operation is waited for that has shown that it does not answer, in milliseconds. */
const shortestMilliseconds = 1_000;
/** The same for a target that has never answered anything. */
const hangingMilliseconds = 500;
/** So long after its first limit nothing more is waited for where it has never answered anything. */
const untilEndMilliseconds = 1_500;

/** So many times what the slowest whole answer took is late for an operation that has timed out before. */
const slack = 5;

/**
 * How long an answer may take: what the user says, and less where the target has shown that it answers nothing, or
 * that an operation hangs. The first exchange of an operation always has the whole time.
 */
export class Patience {
  readonly #timeout: number;
  readonly #now: () => number;
  /** `now()` of the end of all waiting for a target that has never answered anything. */
  #end: number | null = null;
  readonly #late = new Set<string>();
  #slowest = 0;
  /** Whether a whole answer ever came. */
  hasAnswered = false;

  /** @param timeout milliseconds for one exchange */
  constructor(timeout: number, now: () => number) {
    this.#timeout = timeout;
    this.#now = now;
  }

  /** Milliseconds for the next exchange of an operation. */
  limitFor(operationId: string): number {
    this.#end ??= this.#now() + this.#timeout + untilEndMilliseconds;
    const isHanging = !this.hasAnswered && this.#late.size > 0;
    if (!isHanging && !this.#late.has(operationId)) return this.#timeout;
    const least = isHanging ? hangingMilliseconds : shortestMilliseconds;
    const most = isHanging && this.#end !== null ? Math.max(1, this.#end - this.#now()) : Number.POSITIVE_INFINITY;
    return Math.min(this.#timeout, most, Math.max(least, slack * this.#slowest));
  }

  /** An answer to HEAD tells nothing of a target: many begin an answer, and do not come to its body. */
  observe({ id }: Operation, method: string, { status, problems, duration }: Received): void {
    // What kept a client waiting, and came to no answer, is no better than what never came: interim responses, one after the other.
    const isWaste = status === null && duration >= shortestMilliseconds;
    if (isWaste || problems.some(({ kind }) => kind === 'timeout')) this.#late.add(id);
    else if (status !== null && method !== 'HEAD') {
      this.hasAnswered = true;
      this.#slowest = Math.max(this.#slowest, duration);
    }
  }
}
