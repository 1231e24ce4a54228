import { CounterproofError } from '../../errors.js';
import type { Operation } from '../../operation/index.js';
import { deriveCases } from '../derive/derive.js';
import { type ContractCase, isUnsafe } from '../types.js';
import type { RunOptions } from './options.js';
import type { NotSentReason } from './result.js';
import { selectOperations } from './select.js';
import type { RunState } from './state.js';
import type { OperationTally } from './tally.js';

/** One case to send. */
export interface Task {
  readonly tally: OperationTally;
  readonly operation: Operation;
  readonly case: ContractCase;
  /** Whether this is the valid request from which the others are varied: it goes first. */
  readonly isBase: boolean;
  /** Whether this is the base case once more, at the end. */
  readonly atEnd: boolean;
}

/** After so many timeouts the other cases of an operation would cost more time than they tell. */
export const mostTimeouts = 5;

/**
 * Operations in the order in which they are sent: what only reads comes first, then what creates, what
 * changes, and what deletes (RFC 9110, 9.2). Nothing of a later phase is sent before an earlier one is done.
 */
const phases: readonly (readonly string[])[] = [
  ['GET', 'HEAD', 'OPTIONS', 'TRACE'],
  ['POST'],
  ['PUT', 'PATCH'],
  ['DELETE'],
];

const changing = phases.findIndex((methods) => methods.includes('PUT'));

/** How much a method may change for what is sent after it: an index of `phases`. */
function phaseOf(method: string): number {
  const phase = phases.findIndex((methods) => methods.includes(method));
  return phase === -1 ? (isUnsafe(method) ? changing : 0) : phase;
}

export function byPhase(tallies: readonly OperationTally[]): readonly (readonly OperationTally[])[] {
  return phases.map((_methods, phase) => tallies.filter(({ entry }) => phaseOf(entry.method) === phase));
}

/** The tasks of these operations, made when somebody is free to send them. What is left out is counted. */
export function* tasksOf(state: RunState, tallies: readonly OperationTally[]): Generator<Task> {
  for (const tally of tallies) {
    yield* tasksIn(state, tally);
    tally.derived();
  }
}

/** The tasks of one operation, the valid request first. */
export function* tasksIn(state: RunState, tally: OperationTally): Generator<Task> {
  const { shard = null, aspects } = state.options;
  const derived = casesFor(state, tally);
  if (derived === null) return;
  const { operation, cases } = derived;
  const wanted = aspects === undefined ? cases : cases.filter(({ aspect }) => aspects.includes(aspect));
  for (const [index, contractCase] of inSendingOrder(wanted, shard).entries()) {
    const task = { tally, operation, case: contractCase, isBase: index === 0, atEnd: false };
    const reason = reasonAgainst(state, task);
    if (reason === null) {
      yield task;
      continue;
    }
    state.leaveOut(reason);
    if (task.isBase) tally.endBase();
  }
}

/**
 * The base cases once more: what a target answers after a long run need not be what it answered before, nor
 * when it may compress.
 */
export function* repetitionsOf({ tallies, target }: RunState): Generator<Task> {
  for (const tally of byPhase(tallies).flat()) {
    const { base, operation } = tally;
    if (base === null || operation === null || base.request.method === 'DELETE') continue;
    const { request, title } = base;
    if (target.hasDeleted(request.target) || tally.timeouts >= mostTimeouts) continue;
    const again: ContractCase = {
      ...base,
      aspect: 'repetition',
      title: `${title}, again at the end of the run`,
      request: { ...request, headers: { 'accept-encoding': 'gzip, deflate, br', ...request.headers } },
    };
    yield { tally, operation, case: again, isBase: false, atEnd: true };
  }
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
function casesFor(
  { options, coverage }: RunState,
  tally: OperationTally,
): { operation: Operation; cases: readonly ContractCase[] } | null {
  try {
    const operation = options.operations.compile(tally.entry);
    if (operation.problems.length > 0) tally.problem = operation.problems.map(({ message }) => message).join('; ');
    tally.operation = operation;
    coverage?.begin(operation);
    const cases = options.casesOf?.(operation) ?? derivedFor(operation, options);
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

/**
 * The cases of one operation that a shard sends: first a valid request, if it has one, and last what may delete
 * what the others need.
 */
function inSendingOrder(cases: readonly ContractCase[], shard: RunOptions['shard'] | null): readonly ContractCase[] {
  const own = cases.filter((contractCase) => inShard(contractCase.id, shard ?? null));
  const base = own.find(({ expectation, authenticated }) => expectation === 'accepted' && authenticated);
  const rank = (one: ContractCase) => (one === base ? -1 : phaseOf(one.request.method));
  return own.sort((a, b) => rank(a) - rank(b));
}

/** Whether a case belongs to a shard: each case to exactly one, the same on every machine. */
function inShard(caseId: string, shard: { readonly index: number; readonly count: number } | null): boolean {
  return shard === null || Number.parseInt(caseId.slice(-8), 16) % shard.count === shard.index - 1;
}

/** Why a case is not sent, or null where it is. */
function reasonAgainst(state: RunState, { case: contractCase, operation, tally }: Task): NotSentReason | null {
  if (isUnsafe(contractCase.request.method) && !state.options.allowWrites) return 'unsafe-method';
  if (contractCase.onlyWithCredential && !state.credentials.has(operation)) return 'no-credential';
  return tally.timeouts >= mostTimeouts ? 'timeouts' : null;
}
