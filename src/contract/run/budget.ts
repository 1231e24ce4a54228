import { inKillOrder, killWorths, type Weighed } from './kill-order.js';
import { inSendingOrder } from './plan.js';
import type { RunState, Task } from './state.js';
import { casesFor, maySend } from './tasks.js';

/** How much a run may cost. What does not fit is not sent, and is counted. */
export interface Budget {
  /** Cases, those that are sent again because they failed not counted. */
  readonly requests?: number;
  /** Milliseconds from the beginning of the run. */
  readonly duration?: number;
  /** What cases of this document are worth, by id, as a proof of it learnt; the kinds of cases decide without it. */
  readonly worths?: Readonly<Record<string, number>>;
}

/**
 * The cases of all operations, those first that caught most when the suite was proven, until the budget is spent.
 * What a DELETE takes away is missed by no other case: it comes last of what is sent.
 */
export function* budgetedTasks(state: RunState, budget: Budget): Generator<Task> {
  const most = budget.requests ?? Number.POSITIVE_INFINITY;
  const ordered = inKillOrder(weighedTasks(state, budget.worths));
  const chosen = ordered.slice(0, most);
  const isDelete = (task: Task) => task.case.request.method === 'DELETE';
  let left = ordered.length - chosen.length;
  for (const task of [...chosen.filter((one) => !isDelete(one)), ...chosen.filter(isDelete)]) {
    if (Date.now() - state.began >= (budget.duration ?? Number.POSITIVE_INFINITY)) {
      left += 1;
      if (task.isBase) task.tally.endBase();
    } else yield task;
  }
  for (const { isBase, tally } of ordered.slice(chosen.length)) if (isBase) tally.endBase();
  for (let count = 0; count < left; count += 1) state.leaveOut('budget');
  state.operationsDone = state.tallies.length;
}

function* tasksIn(state: RunState): Generator<Task> {
  const { shard = null } = state.options;
  for (const tally of state.tallies) {
    const derived = casesFor(state, tally);
    if (derived === null) continue;
    for (const [index, contractCase] of inSendingOrder(derived.cases, shard).entries()) {
      const isBase = index === 0;
      const { operation } = derived;
      const task = { tally, operation, case: contractCase, order: state.nextOrder(), isBase, atEnd: false };
      if (maySend(state, task)) yield task;
      else if (isBase) tally.endBase();
    }
  }
}

function weighedTasks(state: RunState, known: Budget['worths']): Weighed<Task>[] {
  const byOperation = new Map<Task['tally'], Task[]>();
  for (const task of tasksIn(state)) byOperation.set(task.tally, [...(byOperation.get(task.tally) ?? []), task]);
  return [...byOperation.values()].flatMap((tasks) => {
    const cases = tasks.map((task) => task.case);
    const worths = known ? cases.map(({ id }) => known[id] ?? 0) : killWorths(cases);
    // Without the valid request from which they vary, the others cannot be judged.
    return tasks.map((item, index) => ({ item, worth: item.isBase ? Number.MAX_VALUE : (worths[index] ?? 0) }));
  });
}
