import { Slices } from '../../operation/index.js';
import { rememberBefore } from '../life/put-back.js';
import { findMembers, findNeeded } from '../things/need.js';
import type { Budget } from './options.js';
import type { RunState } from './state.js';
import type { OperationTally } from './tally.js';

/** So much of the time of a budget is for finding ids. */
const findingShare = 0.25;

/** Finds what the paths of operations need, one after the other, so that it is the same in every run. */
export async function prepare(state: RunState, tallies: readonly OperationTally[], budget: Budget = {}): Promise<void> {
  if (state.options.casesOf !== undefined) return;
  const { requests = Number.POSITIVE_INFINITY, duration = Number.POSITIVE_INFINITY } = budget;
  const slices = new Slices();
  for (const tally of tallies.slice(0, requests)) {
    // Nothing may have to be asked for any of them.
    if (slices.isOver) await slices.next();
    if (state.stopReason !== null || performance.now() - state.began > duration * findingShare) return;
    await rememberBefore(state, tally.entry);
    tally.chosen = await findNeeded(state, tally.entry);
    tally.members = await findMembers(state, tally.entry, tally.chosen);
  }
}
