import type { ContractCase } from '../types.js';
import { readLimits } from '../wire/received.js';
import type { NotSentReason } from './result.js';
import type { RunState } from './state.js';
import type { OperationTally } from './tally.js';

/** After so many answers that were not read to their end the other cases of an operation would cost more than they tell. */
const mostUnread = 5;

/**
 * So do those after so many of the longest answers that are read: the ones that ask for such an answer, and later all of them. What
 * refuses what is invalid answers that with little.
 */
const mostLongest = { accepted: 2, all: 3 };

/** Why no more is asked of an operation; null where it may be. */
export function whyNoMore(
  { options }: Pick<RunState, 'options'>,
  tally: OperationTally,
  { expectation }: Pick<ContractCase, 'expectation'>,
): NotSentReason | null {
  if (tally.unread >= mostUnread) return 'timeouts';
  const { maxAnswer = readLimits.maxBodyBytes } = options;
  const most = expectation === 'accepted' ? mostLongest.accepted : mostLongest.all;
  return tally.bytesWith(expectation) >= most * maxAnswer ? 'large-answers' : null;
}
