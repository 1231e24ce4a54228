import { curlCommand, pathOf } from '../../operation/index.js';
import type { Complaint, Exchange } from '../types.js';
import { UnwritableRequest } from '../unwritable.js';
import { explainRefusal, type Judgement, judge, observe, refusesStandIn } from './judge.js';
import type { RunState, Task } from './state.js';
import { mostTimeouts } from './tasks.js';

/** After so many requests in a row that got nothing the target is taken to be gone. */
const mostUnanswered = 20;

/** Sends one case, judges it, and sends it again where it fails, to tell a flaky target from a wrong one. */
export async function runCase(state: RunState, task: Task): Promise<void> {
  const { tally } = task;
  if (!task.isBase) await tally.baseDone;
  const first = await sendOnce(state, task);
  if (task.isBase) {
    // Whether the base case is refused tells how the refusals of all the others are to be read.
    tally.standInRefused = first !== null && refusesStandIn(first, state.credentials.has(task.operation));
    tally.endBase();
  }
  if (first === null) return;
  const looked: string[] = [];
  const judgements = judgeOne(state, task, first, looked);
  const isBroken = judgements.some(isViolation);

  // Once or twice more: a target that fails one time in four may well fail twice in a row.
  let again: readonly Judgement[] | null = null;
  for (let attempt = 0; isBroken && attempt < 2 && tally.timeouts < mostTimeouts; attempt++) {
    const exchange = await sendOnce(state, task);
    if (exchange === null) break;
    tally.sentAgain++;
    again = judgeOne(state, task, exchange);
    if (judgements.some((judgement) => isOnlyIn(judgement, again))) break;
  }
  for (const judgement of judgements) remark(state, task, first, judgement, isOnlyIn(judgement, again));
  for (const judgement of again ?? []) {
    if (isOnlyIn(judgement, judgements)) remark(state, task, first, judgement, true);
  }

  // What is sent again is judged, and is no evidence of anything more.
  const observed = task.atEnd ? [] : observe(first, state.runChecks, looked);
  for (const judgement of observed) remark(state, task, first, judgement, false);
  state.coverage.observe(first);
  state.looked(looked);
  tally.judged(first, isBroken);
  state.cases++;
}

/** What the checks say of the operation as a whole, once the run has come to its end. */
export function finishRunChecks(state: RunState): void {
  const byId = new Map(state.tallies.map((tally) => [tally.entry.id, tally]));
  for (const check of state.runChecks) {
    for (const { operationId, ...complaint } of check.finish(state.context)) {
      const tally = byId.get(operationId);
      tally?.findings.add({
        check: check.id,
        complaint: masked(state, complaint),
        case: null,
        order: Number.MAX_SAFE_INTEGER,
        title: `${tally.entry.method} ${tally.entry.path}`,
        flaky: false,
        curl: () => '',
      });
    }
  }
}

/** One answer; null where there is none to judge. */
async function sendOnce(state: RunState, { case: contractCase, operation, tally }: Task): Promise<Exchange | null> {
  try {
    const { exchange, waited } = await state.sender.send(contractCase, operation);
    // What arrives while the run is being stopped may be an effect of that.
    if (state.options.signal?.aborted) return null;
    if (waited) tally.waited++;
    tally.answered(exchange);
    noteState(state, exchange);
    return exchange;
  } catch (error) {
    if (!(error instanceof UnwritableRequest)) throw error;
    state.leaveOut('unwritable');
    return null;
  }
}

/** What an answer says about the target as a whole. */
function noteState(state: RunState, { request, received }: Exchange): void {
  const { status, problems } = received;
  if (request.method === 'DELETE' && status !== null && status < 300) state.deleted.add(pathOf(request.target));
  const isNothing = status === null && problems.some(({ kind }) => kind === 'refused' || kind === 'timeout');
  state.unanswered = isNothing ? state.unanswered + 1 : 0;
  if (state.unanswered < mostUnanswered) return;
  state.stopped = `the target stopped answering: ${state.unanswered} requests in a row got nothing`;
}

function judgeOne(
  state: RunState,
  { tally, operation }: Task,
  exchange: Exchange,
  looked: string[] = [],
): readonly Judgement[] {
  const judgements = judge(exchange, state.checks, state.context, looked);
  return tally.standInRefused && refusesStandIn(exchange, state.credentials.has(operation))
    ? explainRefusal(judgements, exchange)
    : judgements;
}

function isOnlyIn(judgement: Judgement, others: readonly Judgement[] | null): boolean {
  if (!isViolation(judgement) || others === null) return false;
  return !others.some((other) => isViolation(other) && other.check === judgement.check);
}

function isViolation({ complaint }: Judgement): boolean {
  return complaint.severity === 'violation';
}

function remark(state: RunState, task: Task, exchange: Exchange, judgement: Judgement, flaky: boolean): void {
  const { mask, placeholders } = state.credentials;
  const { tally, case: contractCase, order } = task;
  if (isViolation(judgement)) state.violations++;
  if (judgement.complaint.isUndecided) state.undecided++;
  tally.findings.add({
    check: judgement.check,
    complaint: masked(state, judgement.complaint),
    case: contractCase,
    order,
    title: mask(contractCase.title),
    flaky,
    curl: () => mask(curlCommand(exchange.request, state.options.target, placeholders)),
  });
}

function masked({ credentials: { mask } }: RunState, complaint: Complaint): Complaint {
  const { message, expected, received } = complaint;
  return { ...complaint, message: mask(message), expected: mask(expected), received: mask(received) };
}
