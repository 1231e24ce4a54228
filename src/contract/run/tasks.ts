import { CounterproofError } from '../../errors.js';
import { type HttpMethod, type Operation, pathOf } from '../../operation/index.js';
import { deriveCases } from '../derive/derive.js';
import { type Aspect, type ContractCase, unsafeMethods } from '../types.js';
import type { RunOptions } from './options.js';
import { inSendingOrder, inShard } from './plan.js';
import { selectOperations } from './select.js';
import type { RunState, Task } from './state.js';
import type { OperationTally } from './tally.js';

/** After so many timeouts the other cases of an operation would cost more time than they tell. */
export const mostTimeouts = 5;

/** The cases of these operations, derived when somebody is free to send them. What is left out is counted. */
export function* tasksOf(state: RunState, tallies: readonly OperationTally[]): Generator<Task> {
  const { shard = null, aspects } = state.options;
  for (const tally of tallies) {
    const derived = casesFor(state, tally);
    if (derived === null) continue;
    const { operation, cases } = derived;
    for (const [index, contractCase] of inSendingOrder(withAspects(cases, aspects), shard).entries()) {
      const isBase = index === 0;
      const task = { tally, operation, case: contractCase, order: state.nextOrder(), isBase, atEnd: false };
      if (maySend(state, task)) {
        if (isBase) state.bases.push(task);
        yield task;
      } else if (isBase) tally.endBase();
    }
    tally.derived();
    state.operationsDone++;
  }
}

/**
 * The base cases once more: what a target answers after a long run need not be what it answered before, nor
 * when it may compress.
 */
export function* repetitionsOf(state: RunState): Generator<Task> {
  for (const base of state.bases) {
    const { request, title } = base.case;
    const path = pathOf(request.target);
    const isGone = [...state.deleted].some((deleted) => path === deleted || path.startsWith(`${deleted}/`));
    if (request.method === 'DELETE' || isGone || base.tally.timeouts >= mostTimeouts) continue;
    const again: ContractCase = {
      ...base.case,
      aspect: 'repetition',
      title: `${title}, again at the end of the run`,
      request: { ...request, headers: { 'accept-encoding': 'gzip, deflate, br', ...request.headers } },
    };
    yield { ...base, case: again, order: state.nextOrder(), isBase: false, atEnd: true };
  }
}

function withAspects(cases: readonly ContractCase[], aspects: readonly Aspect[] | undefined): readonly ContractCase[] {
  return aspects === undefined ? cases : cases.filter(({ aspect }) => aspects.includes(aspect));
}

type DerivationOptions = Pick<RunOptions, 'operations' | 'seed' | 'fixtures' | 'values' | 'maxCases'>;

/**
 * The cases that a run with these options would send to a target that takes everything, and nothing is sent.
 *
 * @throws CounterproofError USAGE where an operation is named that does not exist
 */
export function* plannedCases(
  options: DerivationOptions & Pick<RunOptions, 'operation' | 'shard'>,
): Generator<ContractCase> {
  const { operations, operation: patterns = [], shard = null } = options;
  for (const entry of selectOperations(operations.entries, patterns)) {
    for (const contractCase of derivedFor(operations.compile(entry), options)) {
      if (inShard(contractCase.id, shard)) yield contractCase;
    }
  }
}

/** Null where the operation cannot be used; its tally says why. */
export function casesFor(
  { options, coverage }: RunState,
  tally: OperationTally,
): { operation: Operation; cases: readonly ContractCase[] } | null {
  try {
    const operation = options.operations.compile(tally.entry);
    if (operation.problems.length > 0) tally.problem = operation.problems.map(({ message }) => message).join('; ');
    tally.operation = operation;
    coverage.begin(operation);
    const cases = options.derive?.(operation) ?? derivedFor(operation, options);
    if (cases.length === 0 && tally.problem === null) tally.problem = 'No valid request can be made for it';
    return { operation, cases };
  } catch (error) {
    if (!(error instanceof CounterproofError)) throw error;
    tally.problem = error.message;
    return null;
  }
}

function derivedFor(operation: Operation, options: DerivationOptions): readonly ContractCase[] {
  const { operations, seed = 1, fixtures, values, maxCases } = options;
  return deriveCases(operation, operations, {
    seed,
    ...(fixtures && { fixtures }),
    ...(values && { values }),
    ...(maxCases !== undefined && { maxCases }),
  });
}

/** Whether a case is sent; where it is not, it is counted. */
export function maySend(state: RunState, { case: contractCase, operation, tally }: Task): boolean {
  const isUnsafe = unsafeMethods.includes(contractCase.request.method as HttpMethod);
  if (isUnsafe && !state.options.allowWrites) state.leaveOut('unsafe-method');
  else if (contractCase.onlyWithCredential && !state.credentials.has(operation)) state.leaveOut('no-credential');
  else if (tally.timeouts >= mostTimeouts) state.leaveOut('timeouts');
  else return true;
  return false;
}
