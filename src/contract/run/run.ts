import { inSlices, resultInSlices, Slices } from '../../operation/index.js';
import { findingResources } from '../../resource/index.js';
import { lives, livesWithin } from '../life/lives.js';
import { putBack } from '../life/put-back.js';
import { mayBeTold } from '../things/need.js';
import { removeMade } from '../things/remove.js';
import { renewed } from '../things/renew.js';
import { performWorkflows } from '../workflow/perform.js';
import { budgetedTasks } from './budget.js';
import { finishChecks, runCase } from './case.js';
import { CoverageTally } from './coverage.js';
import type { Progress, RunOptions, TrialOptions } from './options.js';
import { byPhase, endsSession, findingPhases, methodOf } from './phases.js';
import { prepare } from './prepare.js';
import type { RunResult } from './result.js';
import { RunState } from './state.js';
import { makeResult, makingResult } from './summary.js';
import type { OperationTally } from './tally.js';
import { hostileTasks, repetitionsOf, type Task, tasksOf } from './tasks.js';

/**
 * Derives the cases of each operation, sends them, and judges every exchange. Nothing is kept of an exchange
 * once it has been judged, and the result does not depend on the order in which answers come.
 *
 * @throws CounterproofError USAGE where an operation or check is named that does not exist
 */
export async function run(options: RunOptions): Promise<RunResult> {
  const state = new RunState(options, new CoverageTally(options.operations));
  await carryOut(state);
  const result = await resultInSlices(makingResult(state, state.stopReason));
  // Where a rule stands is found out when it is shown: of a text of many megabytes the first place takes as long as all the rest.
  await new Slices(0).next();
  void result.findings[0]?.location;
  await new Slices(0).next();
  return result;
}

/** The same without a result and without coverage, for a caller that runs the same cases many times and listens. */
export async function runTrial(options: TrialOptions): Promise<RunState> {
  const state = new RunState(options, null);
  await carryOut(state);
  return state;
}

/** The sequences alone, and none of the cases. */
export async function runLives(options: TrialOptions): Promise<RunState> {
  const state = new RunState(options, null);
  await lives(state);
  return state;
}

/** What things of each resource name, one after the other: whoever asks first who names one has them all looked through. */
function* findingNames({ things }: RunState): Generator<null, void> {
  for (const resource of things.resources.all) {
    resource.references.at(0);
    yield null;
  }
}

async function carryOut(state: RunState): Promise<void> {
  const { budget, operations, fixtures } = state.options;
  const work = new Work(state);
  state.onStep = () => work.tellProgress();
  if (state.options.casesOf === undefined) state.renew = (sending) => renewed(state, sending);
  work.tellProgress();
  // In a large document this takes seconds, and whoever asks for it later has it in one go.
  for await (const _ of inSlices(findingResources(operations, fixtures?.resources), state.options));
  for (const work of [operations.preparing(), findingNames(state), findingPhases(state)]) {
    if (state.stopReason !== null) return;
    await resultInSlices<unknown>(work);
  }
  if (state.stopReason !== null) return;
  await performWorkflows(state);
  if (budget === undefined) {
    // 1. What only reads comes first, what deletes comes last.
    let waiting: OperationTally[] = [];
    for (const tallies of inTurn(state)) {
      if (state.stopReason !== null) break;
      await prepare(state, tallies ?? waiting);
      const early = new Set(tallies?.filter(({ entry, chosen }) => mayBeTold(state, entry, chosen)));
      const ready = tallies?.filter((tally) => !early.has(tally)) ?? waiting;
      waiting = tallies === null ? [] : [...waiting, ...early];
      await work.do(tasksOf(state, ready));
    }
    // 2. What holds over several requests.
    if (state.options.casesOf === undefined) await lives(state);
    // 3. The first case of each once more.
    await work.do(repetitionsOf(state));
    // 4. What may bring the target down, when all else has been seen.
    await work.do(hostileTasks(state));
  } else {
    // What tells most is sent first, and nothing twice.
    await prepare(state, byPhase(state).flat(), budget);
    const left = state.options.casesOf === undefined ? await livesWithin(state, budget) : budget;
    await work.do(budgetedTasks(state, left));
  }
  // 5. What the run has changed is put back, and what it has made removed, also where it was stopped.
  state.leftBehind = [...(await putBack(state)), ...(await removeMade(state))];
  // 6. What ends the session with which all of this was asked.
  if (budget === undefined) {
    await work.do(tasksOf(state, state.tallies.filter(endsSession)));
    await work.do(hostileTasks(state, state.tallies.filter(endsSession)));
  }
  // 7. What can only be said of the whole.
  if (state.stopReason === null) finishChecks(state);
}

/** The phases, and null before what deletes, for those that had to wait until something told of what their path names. */
function inTurn(state: RunState): (readonly OperationTally[] | null)[] {
  const { things } = state;
  const phases = byPhase(state);
  const isDeleting = (tallies: readonly OperationTally[]) =>
    tallies.every((tally) => methodOf(tally, things) === 'DELETE');
  const deleting = phases.filter(isDeleting);
  return [...phases.slice(0, phases.length - deleting.length), null, ...deleting];
}

/**
 * Several workers take from one list, so that the next task is made when somebody is free for it. It is made in slices: an
 * answer that lies ready must not be read late, nor a signal be heard late.
 */
class Work {
  readonly #state: RunState;
  readonly #slices = new Slices();
  #handedOut = 0;
  #operation = '';

  constructor(state: RunState) {
    this.#state = state;
  }

  async do(tasks: Iterator<Task | null>): Promise<void> {
    const { concurrency = 8 } = this.#state.options;
    await Promise.all(Array.from({ length: concurrency }, () => this.#worker(tasks)));
  }

  async #worker(tasks: Iterator<Task | null>): Promise<void> {
    while (this.#state.stopReason === null) {
      if (this.#slices.isOver) {
        await this.#slices.next();
        continue;
      }
      const next = tasks.next();
      if (next.done) return;
      if (next.value === null) continue;
      const { entry } = next.value.tally;
      this.#operation = `${entry.method} ${entry.path}`;
      await runCase(this.#state, next.value, this.#handedOut++);
      this.tellProgress();
    }
  }

  tellProgress(): void {
    const state = this.#state;
    state.options.onProgress?.(new ProgressOf(state, this.#operation), () =>
      makeResult(state, state.stopReason ?? 'it was still going on when this was written'),
    );
  }
}

/** Counted when it is read: it is told after each case, and nobody looks at it so often. */
class ProgressOf implements Progress {
  readonly #state: RunState;
  readonly operation: string;

  constructor(state: RunState, operation: string) {
    this.#state = state;
    this.operation = operation;
  }

  get operations(): number {
    return this.#state.tallies.length;
  }

  get operationsDone(): number {
    return this.#state.sum(({ isDerived }) => (isDerived ? 1 : 0));
  }

  get share(): number {
    return this.#state.sum(({ steps }) => steps) / Math.max(1, 2 * this.operations);
  }

  get cases(): number {
    return this.#state.sum(({ cases }) => cases);
  }

  get violations(): number {
    return this.#state.sum(({ counts }) => counts.bySeverity.violation);
  }
}
