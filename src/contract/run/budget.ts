import { harmless } from '../things/ours.js';
import { inKillOrder, killWorths, type Weighed } from './kill-order.js';
import type { Budget } from './options.js';
import type { NotSentReason } from './result.js';
import type { RunState } from './state.js';
import type { OperationTally } from './tally.js';
import { type Task, tasksIn } from './tasks.js';

/** For each case that fits the budget so many are derived, to choose from. */
const derivedForOne = 4;
/** And of each operation at least so many. */
const fewestDerived = 100;
/** No target answers faster, in milliseconds. */
const millisecondsOfRequest = 0.5;
/** So much of the time that is left is for deriving; what has not been derived by then is left out. */
const derivingShare = 0.5;

/**
 * The tasks of all operations, those first that caught most when the suite was proven, until the budget is spent.
 * What a DELETE takes away is missed by no other case: it comes last of what is sent.
 */
export function* budgetedTasks(state: RunState, budget: Budget): Generator<Task | null> {
  const { requests = Number.POSITIVE_INFINITY, duration = Number.POSITIVE_INFINITY } = budget;
  const wanted = Math.min(requests, duration / millisecondsOfRequest);
  const most = Math.max(fewestDerived, Math.ceil((wanted * derivedForOne) / state.tallies.length));
  const weighed: Weighed<Task>[] = [];
  const now = performance.now();
  const until = now + (state.began + duration - now) * derivingShare;
  for (const tally of state.tallies) {
    // One at least is sent: what has taken the time before may be the machine, or the reading of the document.
    const isOver = (derived: number) => performance.now() >= until && weighed.length + derived > 0;
    weighed.push(...weighedTasks(yield* derivedTasks(state, tally, most, isOver), budget.worths));
  }
  const ordered = inKillOrder(weighed);
  const chosen = ordered.slice(0, requests);
  let isSent = false;
  const isDelete = (task: Task) => task.case.request.method === 'DELETE';
  for (const task of [...chosen.filter((one) => !isDelete(one)), ...chosen.filter(isDelete)]) {
    // What is there the run knows by now, and did not when it chose.
    const isGiven = state.options.casesOf !== undefined;
    const sent = isGiven ? task.case : harmless(state, task.operation, task.case, task.tally.chosen);
    if (isSent && performance.now() - state.began >= duration) leaveOut(state, task, 'budget');
    else if (typeof sent === 'string') leaveOut(state, task, sent);
    else if (sent.request.target !== task.case.request.target) leaveOut(state, task, 'not-ours');
    else {
      isSent = true;
      yield task;
    }
  }
  for (const task of ordered.slice(chosen.length)) leaveOut(state, task, 'budget');
  for (const tally of state.tallies) tally.isDerived = true;
}

/** Those of an operation that are derived in time; null stands for a piece of work. */
function* derivedTasks(
  state: RunState,
  tally: OperationTally,
  most: number,
  isOver: (derived: number) => boolean,
): Generator<null, readonly Task[]> {
  const tasks: Task[] = [];
  for (const task of isOver(0) ? [null] : tasksIn(state, tally, most)) {
    if (task !== null) tasks.push(task);
    else if (!isOver(tasks.length)) yield null;
    else {
      state.leaveOut('budget');
      break;
    }
  }
  return tasks;
}

function leaveOut(state: RunState, { isBase, tally }: Task, reason: NotSentReason): void {
  state.leaveOut(reason);
  if (isBase) tally.endBase();
}

function weighedTasks(tasks: readonly Task[], known: Budget['worths']): Weighed<Task>[] {
  const cases = tasks.map((task) => task.case);
  const worths = known ? cases.map(({ id }) => known[id] ?? 0) : killWorths(cases);
  // Without the valid request from which they vary, the others cannot be judged.
  return tasks.map((item, index) => ({ item, worth: item.isBase ? Number.MAX_VALUE : (worths[index] ?? 0) }));
}
