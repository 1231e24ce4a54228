import type { Check, RunCheck, Send } from '../types.js';
import { sameAnswer } from './answers.js';
import { createSameShape } from './shapes.js';

/** What a run is given to compare two targets, in place of its own checks. */
export interface Comparison {
  readonly send: Send;
  readonly checks: readonly Check[];
  readonly createRunChecks: () => RunCheck[];
  /** Sequences are not sent. */
  readonly lifeChecks: readonly [];
  readonly unsafeReason: 'unsafe-compared';
}

/**
 * Sends every request to two targets, and says where they answer otherwise than each other: in status, media type, header fields
 * and shape of JSON; of values in those that should be the same.
 * @param send to the target that is judged
 * @param other to the one whose answers are expected
 */
export function createComparison(send: Send, other: Send): Comparison {
  return {
    async send(request, options) {
      const [received, expected] = await Promise.all([send(request, options), other(request, options)]);
      return { ...received, expected };
    },
    checks: [sameAnswer],
    createRunChecks: () => [createSameShape()],
    lifeChecks: [],
    unsafeReason: 'unsafe-compared',
  };
}
