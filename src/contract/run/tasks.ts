import { CounterproofError } from '../../errors.js';
import { inSlices, type Operation, type Work } from '../../operation/index.js';
import { authRequired } from '../checks/auth-required.js';
import { casesInTurn, type DeriveOptions } from '../derive/derive.js';
import { whyNone } from '../derive/why-none.js';
import type { Learnt } from '../derive/workbench.js';
import { harmless } from '../things/ours.js';
import { type ContractCase, isUnsafe } from '../types.js';
import type { RunOptions } from './options.js';
import { byPhase, methodOf, phaseOf } from './phases.js';
import type { NotSentReason } from './result.js';
import { selectOperations } from './select.js';
import type { RunState } from './state.js';
import type { OperationTally } from './tally.js';
import { whyNoMore } from './why-no-more.js';

/** One case to send. */
export interface Task {
  readonly tally: OperationTally;
  readonly operation: Operation;
  readonly case: ContractCase;
  /** Whether this is the valid request from which the others are varied: it goes first. */
  readonly isBase: boolean;
  /** Whether this is the base case once more, at the end. */
  readonly atEnd: boolean;
  /** Whether it is a case of another shard, which is sent for what its answer tells of the others, and judged there. */
  readonly isElsewhere?: boolean;
}

/**
 * The tasks of these operations, made when somebody is free to send them, but for the hostile
 * ones. What is left out is counted. Null stands for a piece of work that gave no task.
 */
export function* tasksOf(state: RunState, tallies: readonly OperationTally[]): Generator<Task | null> {
  for (const tally of tallies) {
    for (const task of tasksIn(state, tally)) {
      if (task?.case.aspect === 'hostile' && !task.isBase) tally.hostile.push(task);
      else yield task;
    }
    tally.steps = 1;
  }
}

/** What attackers and broken clients send, over all operations. */
export function* hostileTasks(
  state: RunState,
  tallies: readonly OperationTally[] = byPhase(state).flat(),
): Generator<Task> {
  for (const tally of tallies) {
    for (const kept of tally.hostile.splice(0)) {
      const task = { ...kept, tally, atEnd: false };
      const reason = whyNoMore(state, tally, task.case);
      if (reason === null) yield task;
      else state.leaveOut(reason);
    }
    tally.isDerived = true;
    tally.steps = 2;
  }
}

/** The tasks of one operation, the valid request first; of not more cases than are said. */
export function* tasksIn(state: RunState, tally: OperationTally, most?: number): Generator<Task | null> {
  const operation = yield* operationOf(state, tally);
  if (operation === null) return;
  let isBase = true;
  for (const contractCase of inSendingOrder(wantedCases(state, tally, operation, most), tally)) {
    yield null;
    if (contractCase === null) continue;
    const isElsewhere = isBase && !inShard(contractCase.id, state.options.shard ?? null);
    const task = { tally, operation, case: contractCase, isBase, atEnd: false, ...(isElsewhere && { isElsewhere }) };
    isBase = false;
    const reason = reasonAgainst(state, task);
    if (reason === 'no-credential') tally.untried.add(authRequired.id);
    const sent =
      reason ??
      (state.options.casesOf === undefined ? harmless(state, operation, contractCase, tally.chosen) : contractCase);
    if (typeof sent !== 'string') {
      yield { ...task, case: sent };
      continue;
    }
    if (!isElsewhere) state.leaveOut(sent);
    if (task.isBase && reason === null) tally.withheld = sent;
    if (task.isBase) tally.endBase();
  }
}

/**
 * The base cases once more: what a target answers after a long run need not be what it answered before, nor
 * when it may compress.
 */
export function* repetitionsOf(state: RunState): Generator<Task> {
  for (const tally of byPhase(state).flat()) {
    const { base, operation } = tally;
    if (base === null || operation === null || methodOf(tally, state.things) === 'DELETE') continue;
    if (!inShard(base.id, state.options.shard ?? null)) continue;
    const { request, title } = base;
    // What the document says of a coding goes before what is asked here.
    const isDeclared = operation.parameters.some(
      (parameter) => parameter.in === 'header' && parameter.name.toLowerCase() === 'accept-encoding',
    );
    const coding = isDeclared ? {} : { 'accept-encoding': 'gzip, deflate, br' };
    if (state.target.hasDeleted(request.target) || whyNoMore(state, tally, base) !== null) continue;
    const again: ContractCase = {
      ...base,
      aspect: 'repetition',
      title: `${title}, again at the end of the run`,
      request: { ...request, headers: { ...coding, ...request.headers } },
    };
    yield { tally, operation, case: again, isBase: false, atEnd: true };
  }
}

type DerivationOptions = Pick<RunOptions, 'operations' | 'seed' | 'fixtures' | 'values' | 'maxCases'> &
  Pick<DeriveOptions, 'learnt' | 'aspects' | 'onCut'>;
type PlanOptions = DerivationOptions & Pick<RunOptions, 'operation' | 'shard'>;

/**
 * The cases that a run with these options would send to a target that takes everything, and nothing is sent.
 *
 * @throws CounterproofError USAGE where an operation is named that does not exist
 */
export function* plannedCases(options: PlanOptions): Generator<ContractCase> {
  for (const contractCase of planned(options)) if (contractCase !== null) yield contractCase;
}

/** The same, worked out in slices, so that the thread is free for other things in between. */
export function plannedCasesInSlices(options: PlanOptions): AsyncGenerator<ContractCase> {
  return inSlices(planned(options));
}

function* planned(options: PlanOptions): Generator<ContractCase | null> {
  const { operations, operation: patterns = [] } = options;
  for (const entry of selectOperations(operations.entries, patterns)) {
    for (const contractCase of derivedFor(operations.compile(entry), options)) {
      if (isWanted(contractCase, options)) yield contractCase;
    }
  }
}

/** Whether a case is of the aspects and the shard that are wanted; one that is not found yet is. */
function isWanted(
  contractCase: ContractCase | null,
  { aspects, shard }: Pick<RunOptions, 'aspects'> & { readonly shard?: RunOptions['shard'] | null },
): boolean {
  if (contractCase === null) return true;
  return (aspects === undefined || aspects.includes(contractCase.aspect)) && inShard(contractCase.id, shard ?? null);
}

/** Null where the operation cannot be used; its tally says why. */
function* operationOf({ options, coverage, things }: RunState, tally: OperationTally): Work<Operation | null> {
  const operation = usable(tally, () => options.operations.compile(tally.entry));
  if (operation === null) return null;
  yield null;
  yield* operation.reading();
  const problems = usable(tally, () => operation.problems);
  if (problems === null) return null;
  if (problems.length > 0) tally.problem = problems.map(({ message }) => message).join('; ');
  tally.operation = operation;
  yield null;
  if (coverage) yield* coverage.beginning(operation);
  yield* things.resources.sending(operation);
  return operation;
}

/** Those of the aspects and the shard that are wanted. What is wrong with an operation its tally says. */
function* wantedCases(
  { options }: RunState,
  tally: OperationTally,
  operation: Operation,
  most = Number.POSITIVE_INFINITY,
): Generator<ContractCase | null> {
  const { casesOf, maxCases = Number.POSITIVE_INFINITY } = options;
  const derivation = {
    ...options,
    maxCases: Math.min(maxCases, most),
    learnt: learntOf(tally),
    onCut: (tried: string) => tally.cuts.add(tried),
  };
  const cases = casesOf?.(operation) ?? derivedFor(operation, derivation);
  const iterator = cases[Symbol.iterator]();
  let count = 0;
  for (let next = usable(tally, () => iterator.next()); next && !next.done; ) {
    const contractCase = next.value;
    if (contractCase !== null) {
      count++;
      tally.derived(contractCase);
    }
    // The valid request goes first in each shard: the others are held against how it is answered.
    const isFirst = contractCase !== null && count === 1 && isWanted(contractCase, { ...options, shard: null });
    if (isFirst || isWanted(contractCase, options)) yield contractCase;
    next = usable(tally, () => iterator.next());
  }
  if (count > 0 || tally.problem !== null) return;
  const { reason, isExcused } = whyNone(operation, options.operations, deriveOptions(options));
  tally.problem = `No valid request can be made for it: ${reason}`;
  tally.isExcused = isExcused;
}

/** What the target has told of what the cases of an operation need. */
export function learntOf({ chosen, members }: OperationTally): Learnt {
  // Whether a server takes a slash in a path for part of a key nobody knows.
  const isSure =
    chosen === null || chosen.things.every(({ origin, key }) => origin !== 'member' && !String(key).includes('/'));
  return { values: chosen?.values ?? {}, isSure, members };
}

/** What an action gives, or null and a word in the tally where the document does not allow it. */
function usable<Value>(tally: OperationTally, action: () => Value): Value | null {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof CounterproofError)) throw error;
    tally.problem = error.message;
    return null;
  }
}

function derivedFor(operation: Operation, options: DerivationOptions): Iterable<ContractCase | null> {
  return casesInTurn(operation, options.operations, deriveOptions(options));
}

function deriveOptions(options: DerivationOptions): DeriveOptions {
  const { seed = 1, fixtures, values, learnt, maxCases, aspects, onCut } = options;
  return {
    seed,
    ...(fixtures && { fixtures }),
    ...(values && { values }),
    ...(learnt && { learnt }),
    ...(maxCases !== undefined && { maxCases }),
    ...(aspects && { aspects }),
    ...(onCut && { onCut }),
  };
}

/** First a valid request, if there is one, and last what may change or delete what the others need. */
function* inSendingOrder(
  cases: Iterable<ContractCase | null>,
  { entry }: OperationTally,
): Generator<ContractCase | null> {
  const own = phaseOf(entry.method);
  const early: ContractCase[] = [];
  const late: ContractCase[] = [];
  let hasBase = false;
  for (const one of cases) {
    const isBase = one !== null && !hasBase && one.expectation === 'accepted' && one.authenticated;
    if (one === null || isBase) yield one;
    else if (phaseOf(one.request.method) > own) late.push(one);
    else if (hasBase) yield one;
    else early.push(one);
    if (!isBase) continue;
    hasBase = true;
    yield* early.splice(0);
  }
  yield* early;
  yield* late.sort((a, b) => phaseOf(a.request.method) - phaseOf(b.request.method));
}

/** Whether a case belongs to a shard: each case to exactly one, the same on every machine. */
function inShard(caseId: string, shard: { readonly index: number; readonly count: number } | null): boolean {
  return shard === null || Number.parseInt(caseId.slice(-8), 16) % shard.count === shard.index - 1;
}

/** Why a case is not sent, or null where it is. */
function reasonAgainst(state: RunState, { case: contractCase, operation, tally }: Task): NotSentReason | null {
  if (isUnsafe(contractCase.request.method) && !state.options.allowWrites)
    return state.options.unsafeReason ?? 'unsafe-method';
  if (contractCase.onlyWithCredential && !state.credentials.has(operation)) return 'no-credential';
  return whyNoMore(state, tally, contractCase);
}
