import { asRemark, isOpenToRefusal } from '../checks/accepts-valid.js';
import { isAccepted, remember } from '../checks/base.js';
import { outcomeOf } from '../checks/outcome.js';
import { signatureOf } from '../signature.js';
import { adoptedBy } from '../things/attempts.js';
import { conditionOf } from '../things/condition.js';
import { isTaken } from '../things/taken.js';
import { type Exchange, isUnsafe } from '../types.js';
import { ask } from './ask.js';
import { causeOf } from './findings.js';
import { type CheckComplaint, explainRefusal, judge, observe, refusesStandIn } from './judge.js';
import { note, noteOfOperation } from './note.js';
import { endsSession } from './phases.js';
import type { RunState } from './state.js';
import type { OperationTally } from './tally.js';
import type { Task } from './tasks.js';
import { whyNoMore } from './why-no-more.js';

/**
 * Sends one case, judges it, and sends it again where it fails, to tell a flaky target from a wrong one.
 *
 * @param order its place in the run
 */
export async function runCase(state: RunState, planned: Task, order: number): Promise<void> {
  const { tally } = planned;
  // 1. The valid request goes first: how it is answered tells how the refusals of all the others are to be read.
  if (!planned.isBase) await tally.baseDone;
  const isGiven = state.options.casesOf !== undefined;
  const trial = await tally.trials.begin(planned.case, isGiven ? undefined : state.context.bases.get(tally.entry.id));
  if (trial === null) {
    state.leaveOut('refused-alike');
    return;
  }
  if (planned.isBase) tally.planned = planned.case;
  const { task, first } = await askOnce(state, planned);
  if (task.isBase) {
    tally.base = task.case;
    tally.standInRefused = first !== null && refusesStandIn(first, state.credentials.has(task.operation));
    tally.endBase();
  }
  trial.end(first);
  if (first === null) return;
  if (planned.isElsewhere) return remember(first, state.context);

  // 2. The checks over one exchange, and what the state of the target explains of what they say.
  const { listener } = state.options;
  const looked: string[] = [];
  const isKnown = listener?.isKnown(first) === true;
  remember(first, state.context);
  const said = isKnown ? [] : complaintsOf(state, task, first, looked);
  const complaints = await freely(state, task, first, await explained(state, task, first, said));
  if (!isKnown) listener?.judged(first, complaints);

  // 3. Where something is broken for a reason that is new to the operation, the case is sent again.
  const isBroken = complaints.some(isViolation);
  const again = isBroken ? await askAgain(state, task, first, complaints) : null;
  const saidAgain = again?.complaints ?? null;
  for (const complaint of complaints) note(state, task, order, first, complaint, isOnlyIn(complaint, saidAgain));
  for (const complaint of saidAgain ?? []) {
    if (again && isOnlyIn(complaint, complaints)) note(state, task, order, again.exchange, complaint, true);
  }

  // 4. The checks over the whole run. What is sent again is judged, and is no evidence of anything more.
  const observed = task.atEnd ? [] : observe(first, state.runChecks, looked);
  for (const complaint of observed) note(state, task, order, first, complaint, false);
  state.coverage?.observe(first);
  tally.judged(first, isBroken, looked);
}

/** Asks, and once more with names of its own where what the case names is there already. */
async function askOnce(state: RunState, planned: Task): Promise<{ task: Task; first: Exchange | null }> {
  const { tally } = planned;
  const hadOwnNames = tally.takesNamesOnce;
  const { task, exchange: first } = await askRenewed(state, planned);
  const { expectation, request } = planned.case;
  if (hadOwnNames || first === null || request.body === null || expectation !== 'accepted') return { task, first };
  if (!isTaken(first.received)) return { task, first };
  tally.takesNamesOnce = true;
  const other = await state.renew(planned);
  if (other === null) return { task, first };
  return other.case.request === task.case.request ? { task, first } : { task: other, first: await ask(state, other) };
}

/** Asks with what the target can take by now. */
async function askRenewed(state: RunState, planned: Task): Promise<{ task: Task; exchange: Exchange | null }> {
  const isInTurn = conditionOf(state, planned.operation) !== null;
  if (isInTurn) await state.turns.take();
  try {
    const task = await state.renew(planned);
    if (task !== null) return { task, exchange: await ask(state, task) };
    state.leaveOut('not-ours');
    if (planned.isBase) planned.tally.withheld = 'not-ours';
    return { task: planned, exchange: null };
  } finally {
    if (isInTurn) state.turns.giveBack();
  }
}

/** What the checks say of the operations as a whole, once the run has come to its end. */
export function finishChecks(state: RunState): void {
  for (const check of [...state.checks, ...state.runChecks]) {
    for (const { operationId, ...complaint } of check.finish?.(state.context) ?? []) {
      const tally = state.tallyOf(operationId);
      const { concern = check.concern ?? 'contract' } = complaint;
      state.saidAtEnd.add(check.id);
      if (tally) noteOfOperation(state, tally, { ...complaint, concern, check: check.id });
    }
  }
}

const saysStatus: ReadonlySet<string> = new Set(['auth-required', 'accepts-valid']);

/** What the checks say of an exchange; of a failure that alone, and a refusal for want of a credential as that. */
export function complaintsOf(
  { checks, context, credentials }: RunState,
  { tally, operation }: Task,
  exchange: Exchange,
  looked: string[],
): readonly CheckComplaint[] {
  const complaints = judge(exchange, checks, context, looked);
  // What a failing server says breaks other rules as well, and all of that is the failure.
  const failure = complaints.filter(({ check, severity }) => check === 'no-server-error' && severity === 'violation');
  if (failure.length > 0) return failure;
  // That success was due, or 401 or 403, says of the status all that there is to say.
  const isSaid = complaints.some(({ check, severity }) => saysStatus.has(check) && severity === 'violation');
  const said = isSaid ? complaints.filter(({ check }) => check !== 'status-documented') : complaints;
  return tally.standInRefused && refusesStandIn(exchange, credentials.has(operation))
    ? explainRefusal(said, exchange)
    : said;
}

/**
 * The complaints without those of which the case is not the reason: an earlier write of this run has changed the
 * target, or what is sent is there already. The valid request, sent once more, tells.
 */
async function explained(
  state: RunState,
  task: Task,
  exchange: Exchange,
  complaints: readonly CheckComplaint[],
): Promise<readonly CheckComplaint[]> {
  const { target, context } = state;
  const { operation } = exchange;
  const { expectation, varies } = exchange.case;
  const status = outcomeOf(exchange);
  const { lastWrite } = target;
  const base = context.bases.get(operation.id);
  if (lastWrite === null || base === undefined || !complaints.some(isViolation)) return complaints;
  const about = { check: 'accepts-valid', severity: 'information', pointer: varies.pointer } as const;
  const expected = 'the answer that came before';
  if (status === 503) {
    const [witness] = witnessesIn(state);
    const isClosed = witness !== undefined && outcomeOfAny(await askBase(state, witness)) === status;
    if (isClosed) target.closes(lastWrite);
    // Once that is known nothing more is sent, and what was under way has the same reason.
    if (target.closedBy === null) return complaints;
    const message = `An earlier write of this run has closed the target: since ${target.closedBy} it answers 503`;
    return [{ ...about, message, expected, received: 'status 503' }];
  }
  if (status === 401 && exchange.case.authenticated && (await hasEndedSession(state, task))) {
    const message = `An earlier write of this run has ended the session: since ${lastWrite} its credential is refused with 401`;
    if (!endsSession(task.tally)) target.goesAway(`since ${lastWrite}, an earlier write, the credential is refused`);
    return [{ ...about, message, expected, received: 'status 401', cause: 'an earlier write: the session' }];
  }
  const isValid = expectation === 'accepted' || expectation === 'not-acceptable';
  if (!isValid || status === null || status < 400 || status >= 500 || !base.isAccepted) {
    return complaints;
  }
  if (!task.atEnd) {
    if (!isUnsafe(operation.method)) return complaints;
    task.tally.control ??= askBase(state, task.tally);
    const control = await task.tally.control;
    if (control === null || outcomeOf(control) !== status || signatureOf(control) !== signatureOf(exchange))
      return complaints;
  }
  const message = `Refused with ${status}, as the valid request is by now: an earlier write of this run (${lastWrite}) has changed the target, or what is sent is there already`;
  return [{ ...about, message, expected, received: `status ${status}`, cause: `an earlier write: ${status}` }];
}

/**
 * The complaints without those of a value at a bound that the document leaves free: an ordinary value in its place is refused as
 * well, so that nothing is known of the bound.
 */
async function freely(
  state: RunState,
  { tally, operation, case: contractCase }: Task,
  exchange: Exchange,
  complaints: readonly CheckComplaint[],
): Promise<readonly CheckComplaint[]> {
  const { context } = state;
  const isRefused = complaints.some((each) => each.check === 'accepts-valid' && isViolation(each));
  const asRemarks = () => complaints.map((each) => (each.check === 'accepts-valid' ? asRemark(each, exchange) : each));
  // The run has learnt already that such a value is of what is there.
  if (isRefused && adoptedBy(state.things, operation)[contractCase.varies.name ?? ''] !== undefined) return asRemarks();
  for (const sample of isRefused ? tally.samplesFor(contractCase) : []) {
    // With names of its own where the target takes each once: what is there already is refused for that.
    const planned = { tally, operation, case: sample.case, isBase: false, atEnd: true };
    sample.answer ??= askRenewed(state, planned).then(({ exchange: answer }) => answer);
    const ordinary = await sample.answer;
    if (ordinary === null || outcomeOf(ordinary) !== outcomeOf(exchange)) continue;
    if (!isOpenToRefusal(ordinary, context.bases.get(operation.id), context.operations)) continue;
    return asRemarks();
  }
  return complaints;
}

/** Operations that have shown something, and can be asked once more. */
function witnessesIn({ tallies, context }: RunState): readonly OperationTally[] {
  return tallies.filter(({ entry }) => entry.method === 'GET' && context.bases.get(entry.id)?.isAccepted);
}

/** Whether a credential with which something was shown is refused by now. Several are asked: some show nobody's session as nothing. */
async function hasEndedSession(state: RunState, { tally, operation }: Task): Promise<boolean> {
  if (!state.credentials.has(operation)) return false;
  const secured = witnessesIn(state).filter((each) => each !== tally && each.operation?.security.length !== 0);
  tally.sessionEnded ??= Promise.all(secured.slice(-5).map((each) => askBase(state, each))).then((all) =>
    all.some((answer) => outcomeOfAny(answer) === 401),
  );
  return tally.sessionEnded;
}

const outcomeOfAny = (exchange: Exchange | null): number | null => exchange && outcomeOf(exchange);

/** The valid request of an operation once more. */
async function askBase(state: RunState, tally: OperationTally): Promise<Exchange | null> {
  const { base, operation } = tally;
  return !base || !operation ? null : askAtEnd(state, { tally, operation, case: base });
}

/** Asks for what tells how an answer is to be read, and is not judged itself. */
async function askAtEnd(state: RunState, about: Pick<Task, 'tally' | 'operation' | 'case'>): Promise<Exchange | null> {
  const { operation } = about;
  const task = { ...about, isBase: false, atEnd: true };
  return conditionOf(state, operation) === null ? ask(state, task) : (await askRenewed(state, task)).exchange;
}

/**
 * Once or twice more, since a target that fails one time in four may well fail twice in a row; and not at all where
 * it is known of the operation that it fails so always.
 *
 * @returns the answer that came last, and what is said of it; null where the case was not sent again
 */
async function askAgain(
  state: RunState,
  task: Task,
  first: Exchange,
  complaints: readonly CheckComplaint[],
): Promise<{ readonly exchange: Exchange; readonly complaints: readonly CheckComplaint[] } | null> {
  const { tally } = task;
  // Who never answers will not do so now.
  const isLate = first.received.problems.some(({ kind }) => kind === 'timeout');
  const most = state.sender.patience.hasAnswered ? (state.options.repeats ?? 2) : 0;
  // The first complaint stands for all that the exchange breaks, so that whoever comes first, as much is sent.
  const [leading] = complaints.filter(isViolation);
  const key = leading === undefined ? '' : (leading.kin?.cause ?? causeOf(leading, task.case.title));
  // Of several cases that break for one reason at the same time, the others wait for the first.
  while (tally.asking.has(key)) await tally.asking.get(key);
  const { check = '' } = leading ?? {};
  if (state.steadiness.has(key, check, tally) || state.target.closers.has(task.case.id)) return null;
  const repeats = state.steadiness.repeatsFor(check, isLate ? Math.min(most, 1) : most);
  const turn = turnOf();
  tally.asking.set(key, turn.over);
  let again: Awaited<ReturnType<typeof askAgain>> = null;
  for (let attempt = 0; attempt < repeats && whyNoMore(state, tally, task.case) === null; attempt++) {
    const { exchange } = await askRenewed(state, task);
    if (exchange === null) break;
    tally.sentAgain++;
    // What was made, or taken away, cannot be so twice: that tells nothing of the first answer.
    if (isUnsafe(task.case.request.method) && isSuccess(first) && !isSuccess(exchange)) break;
    const said = complaintsOf(state, task, exchange, []);
    again = { exchange, complaints: said };
    if (complaints.some((complaint) => isOnlyIn(complaint, said))) break;
  }
  if (leading !== undefined) state.steadiness.tell(key, check, tally, !isOnlyIn(leading, again?.complaints ?? null));
  tally.asking.delete(key);
  turn.end();
  return again;
}

function isSuccess(exchange: Exchange): boolean {
  const status = outcomeOf(exchange);
  return status !== null && isAccepted(status, exchange.operation);
}

function turnOf(): { readonly over: Promise<void>; end: () => void } {
  let end = () => {};
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { over, end };
}

function isOnlyIn(complaint: CheckComplaint, others: readonly CheckComplaint[] | null): boolean {
  if (!isViolation(complaint) || others === null) return false;
  return !others.some((other) => isViolation(other) && other.check === complaint.check);
}

function isViolation({ severity }: CheckComplaint): boolean {
  return severity === 'violation';
}
