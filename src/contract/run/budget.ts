import { inKillOrder, killWorths } from './kill-order.js';
import type { Budget } from './options.js';
import type { RunState } from './state.js';
import type { OperationTally } from './tally.js';
import { type Task, tasksIn } from './tasks.js';

/**
 * The tasks of all operations, those first that caught most when the suite was proven, until the budget is spent.
 * What a DELETE takes away is missed by no other case: it comes last of what is sent.
 */
export function* budgetedTasks(state: RunState, budget: Budget): Generator<Task> {
  const { requests = Number.POSITIVE_INFINITY, duration = Number.POSITIVE_INFINITY } = budget;
  const weighed = state.tallies.flatMap((tally) => weighedTasks(state, tally, budget.worths));
  const ordered = inKillOrder(weighed);
  const chosen = ordered.slice(0, requests);
  const isDelete = (task: Task) => task.case.request.method === 'DELETE';
  for (const task of [...chosen.filter((one) => !isDelete(one)), ...chosen.filter(isDelete)]) {
    if (Date.now() - state.began < duration) yield task;
    else leaveOut(state, task);
  }
  for (const task of ordered.slice(chosen.length)) leaveOut(state, task);
  for (const tally of state.tallies) tally.derived();
}

function leaveOut(state: RunState, { isBase, tally }: Task): void {
  state.leaveOut('budget');
  if (isBase) tally.endBase();
}

function weighedTasks(state: RunState, tally: OperationTally, known: Budget['worths']) {
  const tasks = [...tasksIn(state, tally)];
  const cases = tasks.map((task) => task.case);
  const worths = known ? cases.map(({ id }) => known[id] ?? 0) : killWorths(cases);
  // Without the valid request from which they vary, the others cannot be judged.
  return tasks.map((item, index) => ({ item, worth: item.isBase ? Number.MAX_VALUE : (worths[index] ?? 0) }));
}
