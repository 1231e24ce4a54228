import { harmless } from '../things/ours.js';
import { inKillOrder, killWorths, type Weighed } from './kill-order.js';
import type { Budget } from './options.js';
import type { NotSentReason } from './result.js';
import type { RunState } from './state.js';
import type { OperationTally } from './tally.js';
import { type Task, tasksIn } from './tasks.js';

/** For each case that fits the budget so many are derived, to choose from. */
const derivedForOne = 4;
/** And of each operation at least so many, unless the valid requests are all that fits. */
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
  const ordered = inKillOrder(yield* weighedTasks(state, budget, requests, duration));
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

/** What may be sent of all operations, with its worth, no further than it may count; null stands for a piece of work. */
function* weighedTasks(
  state: RunState,
  { worths }: Budget,
  requests: number,
  duration: number,
): Generator<null, readonly Weighed<Task>[]> {
  const wanted = Math.min(requests, duration / millisecondsOfRequest);
  const most = Math.max(fewestDerived, Math.ceil((wanted * derivedForOne) / state.tallies.length));
  const derivations = state.tallies.map((tally) => new Derivation(state, tally, most));
  const now = performance.now();
  const until = now + (state.began + duration - now) * derivingShare;
  let found = 0;
  // One at least is sent: what has taken the time before may be the machine, or the reading of the document.
  const isOver = () => found > 0 && performance.now() >= until;
  // 1. The valid requests: without them the others cannot be judged, so nothing goes before them.
  for (const derivation of derivations) {
    if (!isOver() && found < requests) found += yield* derivation.untilFirst(isOver);
  }
  // 2. The others, where there is room for any.
  if (found < requests) for (const derivation of derivations) found += yield* derivation.toItsEnd(isOver);
  for (const { isAtEnd } of derivations) if (!isAtEnd) state.leaveOut('budget');
  return derivations.flatMap(({ tasks }) => weigh(tasks, worths));
}

/** The tasks of one operation, as far as they have been derived. */
class Derivation {
  readonly tasks: Task[] = [];
  isAtEnd = false;
  readonly #tally: OperationTally;
  readonly #open: Iterator<Task | null>;

  constructor(state: RunState, tally: OperationTally, most: number) {
    this.#tally = tally;
    this.#open = tasksIn(state, tally, most);
  }

  /** Until there is one, or it is known that the valid request is not sent. @returns how many more there are */
  *untilFirst(isOver: () => boolean): Generator<null, number> {
    while (this.tasks.length === 0 && !this.#tally.isBaseDone && !isOver() && this.#next()) yield null;
    return this.tasks.length;
  }

  /** @returns how many more there are */
  *toItsEnd(isOver: () => boolean): Generator<null, number> {
    const before = this.tasks.length;
    while (!isOver() && this.#next()) yield null;
    return this.tasks.length - before;
  }

  #next(): boolean {
    const next = this.#open.next();
    if (next.done) this.isAtEnd = true;
    else if (next.value !== null) this.tasks.push(next.value);
    return !this.isAtEnd;
  }
}

function leaveOut(state: RunState, { isBase, tally }: Task, reason: NotSentReason): void {
  state.leaveOut(reason);
  if (isBase) tally.endBase();
}

function weigh(tasks: readonly Task[], known: Budget['worths']): Weighed<Task>[] {
  const cases = tasks.map((task) => task.case);
  const worths = known ? cases.map(({ id }) => known[id] ?? 0) : killWorths(cases);
  // Without the valid request from which they vary, the others cannot be judged.
  return tasks.map((item, index) => ({ item, worth: item.isBase ? Number.MAX_VALUE : (worths[index] ?? 0) }));
}
