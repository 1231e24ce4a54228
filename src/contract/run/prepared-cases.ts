import type { OperationEntry } from '../../operation/index.js';
import { deriveCases } from '../derive/derive.js';
import { renewed } from '../things/renew.js';
import type { ContractCase } from '../types.js';
import type { TrialOptions } from './options.js';
import { prepare } from './prepare.js';
import { RunState } from './state.js';
import { learntOf } from './tasks.js';

/**
 * The cases of an operation of which the valid request is refused for what is there already, as a run would send them then: to a
 * thing that is there, in the state that it needs to be in, with names of their own. Their ids are those of `deriveCases`.
 *
 * @param options of which `send` asks a target that remembers what it is told
 */
export async function preparedCases(options: TrialOptions, entry: OperationEntry): Promise<readonly ContractCase[]> {
  const state = new RunState({ ...options, entries: [entry] }, null);
  state.renew = (sending) => renewed(state, sending);
  const [tally] = state.tallies;
  if (tally === undefined) return [];
  await prepare(state, [tally]);
  const { operations, seed = 1, fixtures } = options;
  const operation = operations.compile(entry);
  tally.takesNamesOnce = true;
  const cases = deriveCases(operation, operations, { seed, ...(fixtures && { fixtures }), learnt: learntOf(tally) });
  tally.planned = cases[0] ?? null;
  // The target is asked each of them as if it had been asked none before, so that all may have the same names.
  const role = state.things.resources.roleOf(entry.id);
  const attempts = role && state.things.attemptsOf(role.resource);
  const names = attempts?.names ?? 0;
  const prepared: ContractCase[] = [];
  for (const contractCase of cases) {
    if (attempts) attempts.names = names;
    const task = await state.renew({ tally, operation, case: contractCase });
    prepared.push(task?.case ?? contractCase);
  }
  return prepared;
}
