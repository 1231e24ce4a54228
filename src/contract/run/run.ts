import { type Budget, budgetedTasks } from './budget.js';
import { finishRunChecks, runCase } from './case.js';
import type { RunOptions } from './options.js';
import { byPhase } from './plan.js';
import type { RunResult } from './result.js';
import { RunState, type Task } from './state.js';
import { makeResult } from './summary.js';
import { repetitionsOf, tasksOf } from './tasks.js';

/**
 * Derives the cases of each operation, sends them, and judges every exchange. Nothing is kept of an exchange
 * once it has been judged, and the result does not depend on the order in which answers come.
 *
 * @throws CounterproofError USAGE where an operation or check is named that does not exist
 */
export async function run(options: RunOptions): Promise<RunResult> {
  const state = new RunState(options);
  tellProgress(state);
  if (options.budget !== undefined) return runWithin(state, options.budget);
  // 1. What only reads comes first, what deletes comes last.
  for (const tallies of byPhase(state.tallies)) await work(state, tasksOf(state, tallies));
  // 2. The first case of each once more.
  await work(state, repetitionsOf(state));
  // 3. What can only be said of the whole.
  if (state.stopReason() === null) finishRunChecks(state);
  return makeResult(state, state.stopReason());
}

/** The same with a budget: what tells most is sent first, and nothing twice. */
async function runWithin(state: RunState, budget: Budget): Promise<RunResult> {
  await work(state, budgetedTasks(state, budget));
  if (state.stopReason() === null) finishRunChecks(state);
  return makeResult(state, state.stopReason());
}

/** Several workers take from one list, so that the next case is made when somebody is free to send it. */
async function work(state: RunState, tasks: Iterator<Task>): Promise<void> {
  const { concurrency = 8 } = state.options;
  const worker = async () => {
    while (state.stopReason() === null) {
      const next = tasks.next();
      if (next.done) return;
      const { tally } = next.value;
      tally.began();
      await runCase(state, next.value);
      tally.ended();
      tellProgress(state);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

function tellProgress(state: RunState): void {
  const { operationsDone, cases, violations, tallies, options } = state;
  options.onProgress?.({ operations: tallies.length, operationsDone, cases, violations }, () =>
    makeResult(state, state.stopReason() ?? 'it was still going on when this was written'),
  );
}
