import { outcomeWordOf } from '../../text/outcome-words.js';
import { saysOutcome } from '../meaning/outcome.js';
import type { Situation } from './run.js';

/** Parts of an answer that say how it went. */
const parts = /^(?:status|meta|header|head|response_?header|outcome|result|response)$/i;

/** Whether an object is what an answer as a whole says of how it went, or a part of it that does. */
export function isOutcome({ run, spot, needs }: Pick<Situation, 'run' | 'spot' | 'needs'>): boolean {
  const isOfWhole = spot.level === 0 || (spot.level === 1 && parts.test(spot.name));
  return run.direction === 'response' && isOfWhole && !spot.isListed && saysOutcome(needs.declared);
}

/** Whether a member says what went wrong: where nothing did, it is left out. */
export function saysError(name: string, situation: Situation): boolean {
  return outcomeWordOf(name) === 'error' && isOutcome(situation);
}
