import { curlCommand } from '../../operation/index.js';
import { type Exchange, UnwritableRequest } from '../types.js';
import { type CheckComplaint, explainRefusal, judge, observe, refusesStandIn } from './judge.js';
import type { RunState } from './state.js';
import { mostTimeouts, type Task } from './tasks.js';

/**
 * Sends one case, judges it, and sends it again where it fails, to tell a flaky target from a wrong one.
 *
 * @param order its place in the run
 */
export async function runCase(state: RunState, task: Task, order: number): Promise<void> {
  const { tally } = task;
  // 1. The valid request goes first: how it is answered tells how the refusals of all the others are to be read.
  if (!task.isBase) await tally.baseDone;
  const first = await ask(state, task);
  if (task.isBase) {
    tally.base = task.case;
    tally.standInRefused = first !== null && refusesStandIn(first, state.credentials.has(task.operation));
    tally.endBase();
  }
  if (first === null) return;

  // 2. The checks over one exchange, and once or twice more where something is broken: a target that fails one
  // time in four may well fail twice in a row.
  const { listener, repeats = 2 } = state.options;
  const looked: string[] = [];
  const isKnown = listener?.isKnown(first) === true;
  if (isKnown) for (const check of state.checks) check.observe?.(first, state.context);
  const complaints = isKnown ? [] : complaintsOf(state, task, first, looked);
  if (!isKnown) listener?.judged(first, complaints);
  const isBroken = complaints.some(isViolation);
  let again: readonly CheckComplaint[] | null = null;
  for (let attempt = 0; isBroken && attempt < repeats && tally.timeouts < mostTimeouts; attempt++) {
    const exchange = await ask(state, task);
    if (exchange === null) break;
    tally.sentAgain++;
    again = complaintsOf(state, task, exchange, []);
    if (complaints.some((complaint) => isOnlyIn(complaint, again))) break;
  }
  for (const complaint of complaints) note(state, task, order, first, complaint, isOnlyIn(complaint, again));
  for (const complaint of again ?? []) {
    if (isOnlyIn(complaint, complaints)) note(state, task, order, first, complaint, true);
  }

  // 3. The checks over the whole run. What is sent again is judged, and is no evidence of anything more.
  const observed = task.atEnd ? [] : observe(first, state.runChecks, looked);
  for (const complaint of observed) note(state, task, order, first, complaint, false);
  state.coverage?.observe(first);
  tally.judged(first, isBroken, looked);
}

/** What the checks say of the operations as a whole, once the run has come to its end. */
export function finishRunChecks(state: RunState): void {
  const byId = new Map(state.tallies.map((tally) => [tally.entry.id, tally]));
  for (const check of state.runChecks) {
    for (const { operationId, ...complaint } of check.finish(state.context)) {
      const tally = byId.get(operationId);
      tally?.findings.add(masked(state, { ...complaint, check: check.id }), {
        case: null,
        order: Number.MAX_SAFE_INTEGER,
        title: `${tally.entry.method} ${tally.entry.path}`,
        isFlaky: false,
        curl: () => '',
      });
    }
  }
}

/** Sends a case, and keeps what the answer says of operation and target. Null where there is nothing to judge. */
async function ask(state: RunState, { case: contractCase, operation, tally }: Task): Promise<Exchange | null> {
  try {
    const { exchange, waited } = await state.sender.send(contractCase, operation);
    // What arrives while the run is being stopped may be an effect of that.
    if (state.options.signal?.aborted) return null;
    if (waited) tally.waited++;
    tally.answered(exchange);
    state.target.observe(exchange);
    return exchange;
  } catch (error) {
    if (!(error instanceof UnwritableRequest)) throw error;
    state.leaveOut('unwritable');
    return null;
  }
}

function complaintsOf(
  { checks, context, credentials }: RunState,
  { tally, operation }: Task,
  exchange: Exchange,
  looked: string[],
): readonly CheckComplaint[] {
  const complaints = judge(exchange, checks, context, looked);
  return tally.standInRefused && refusesStandIn(exchange, credentials.has(operation))
    ? explainRefusal(complaints, exchange)
    : complaints;
}

function isOnlyIn(complaint: CheckComplaint, others: readonly CheckComplaint[] | null): boolean {
  if (!isViolation(complaint) || others === null) return false;
  return !others.some((other) => isViolation(other) && other.check === complaint.check);
}

function isViolation({ severity }: CheckComplaint): boolean {
  return severity === 'violation';
}

function note(
  state: RunState,
  { tally, case: contractCase }: Task,
  order: number,
  exchange: Exchange,
  complaint: CheckComplaint,
  isFlaky: boolean,
): void {
  const { mask } = state.credentials;
  tally.findings.add(masked(state, complaint), {
    case: contractCase,
    order,
    title: mask(contractCase.title),
    isFlaky,
    curl: () => mask(curlCommand(exchange.request, state.options.target)),
  });
}

function masked({ credentials: { mask } }: RunState, complaint: CheckComplaint): CheckComplaint {
  const { message, expected, received } = complaint;
  return { ...complaint, message: mask(message), expected: mask(expected), received: mask(received) };
}
