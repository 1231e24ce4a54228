import { type ActiveFault, faultProblem } from '../fault/index.js';
import {
  type Answer,
  checkRequest,
  checkSecurity,
  type HttpRequest,
  headerOf,
  headProblem,
  type Match,
  type Operation,
  type Operations,
} from '../operation/index.js';
import type { Violation } from '../schema/index.js';
import { didYouMeanClause } from '../text/nearest.js';
import type { Change, State } from '../world/index.js';
import { choose, matchingCase } from './choose.js';
import { keepingFiles } from './contents.js';
import { type Draft, type Exchange, emptyDraft, type HandlerTurn, type Setup } from './context.js';
import { isPreflight } from './cors.js';
import { declaredError, declaredSuccess, unusable } from './declared.js';
import { judged, remembered, saidToBe, spoiled } from './fault.js';
import { failed, finish, isKnownSound, preflight } from './finish.js';
import { live } from './live.js';
import { ownAnswer, withOwn } from './own.js';
import { matchAs, receive } from './receive.js';
import type { RecordedState } from './recorded-state.js';
import { acceptedMediaTypes, challengeHeaders, refuse } from './refusal.js';
import { scriptedAnswer } from './scripted.js';
import { type ScriptedStep, stepOf } from './sequence.js';
import { withoutServers } from './servers-members.js';
import { invalidStatus } from './status.js';
import type { MockAnswer, Preference } from './types.js';

/** The whole of what a request is answered with. */
export function answerTo(
  setup: Setup,
  request: HttpRequest,
  hostPreference: Preference | undefined,
  state: RecordedState,
  turn: HandlerTurn | null = null,
): MockAnswer {
  // 1. A preflight is about the mock, whatever the document says of OPTIONS.
  if (setup.cors && isPreflight(request)) return preflight(setup, request);
  // 2 to 6.
  const { exchange, draft } = decide(receive(setup, request, hostPreference, state, turn));
  // 7. What it changes.
  const kept = remembered(exchange, draft.changes);
  const changes = draft.counted === null ? kept : [...kept, draft.counted];
  const isKept = changes.length > 0 && setup.remembers && exchange.preference.state !== false;
  const next = isKept ? state.with(changes) : null;
  const answer = finish(exchange, isKept && next === null ? { ...draft, isSkipped: true } : draft);
  // 8. A fault that was asked for, or that the chosen case shows, has the last word.
  const fault = exchange.fault ?? draft.fault;
  const isForgetful = kept !== draft.changes;
  const spoilt = fault === null ? answer : withFault(exchange, answer, fault, isForgetful || draft.isHeedless === true);
  const sent = sendable(exchange, spoilt);
  return next === null ? sent : withNext(sent, next, changes);
}

/** Named one by one: an answer with one more member is longer in the spreading than all else that is done with it here. */
function withNext(answer: Answer, state: State, changes: readonly Change[]): MockAnswer {
  const { status, headers, body, delay, effect, operationId, source, name, seed, violations } = answer;
  const next = { state, changes };
  return { status, headers, body, delay, effect, operationId, source, name, seed, violations, next };
}

/** Or what is wrong with it, where HTTP cannot carry it: the document may name any header and any media type. */
export function sendable({ setup, request }: Exchange, answer: Answer): Answer {
  const problem = isKnownSound(answer) ? null : headProblem(answer);
  if (problem === null) return answer;
  return failed(setup, request, `HTTP cannot carry this answer: ${problem}`, answer.operationId);
}

/** What is answered, and the exchange as it then is: with what was read of the request, and found wrong with it. */
interface Decision {
  readonly exchange: Exchange;
  readonly draft: Draft;
}

function decide(received: Exchange): Decision {
  const { request, operation, preference } = received;
  if (operation === null) return { exchange: received, draft: unmatched(received) };
  const validates = preference.validate !== false;
  // 2. What does not compile is never answered as if it did; what was asked for has to make sense.
  const senseless = unusableOperation(received, operation) ?? senselessPreference(received, operation);
  if (senseless !== null) return { exchange: received, draft: senseless };
  // 3. Security comes first: who may not ask learns nothing else.
  const secured = validates ? withFound(received, credentialViolations(received, operation)) : received;
  const denied = validates ? judged(secured, secured.found) : [];
  if (denied.length > 0) {
    const headers = challengeHeaders(operation);
    return { exchange: secured, draft: refuse(secured, { status: 401, detail: null, violations: denied, headers }) };
  }
  // 4. Media type, parameters and body.
  const { bodyLimits } = received.setup;
  const { values, violations: all } = checkRequest(operation, request, secured.pathParameters, bodyLimits);
  const found = all.length === 0 ? all : withoutServers(all, received.setup.operations.document);
  const exchange = { ...withFound(secured, found), values };
  const exceeded = found.find(({ keyword }) => keyword === 'limit');
  if (exceeded !== undefined) {
    const draft = refuse(exchange, { status: 413, detail: exceeded.message, violations: [exceeded] });
    return { exchange, draft };
  }
  const violations = judged(exchange, found);
  if (validates && violations.length > 0) return { exchange, draft: refuseInvalid(exchange, operation, violations) };
  return { exchange, draft: chosenDraft(exchange, operation, violations.length === 0) };
}

function withFound(exchange: Exchange, violations: readonly Violation[]): Exchange {
  return violations.length === 0 ? exchange : { ...exchange, found: [...exchange.found, ...violations] };
}

function credentialViolations({ setup, request }: Exchange, operation: Operation): readonly Violation[] {
  if (!setup.asksCredential) return [];
  return checkSecurity(operation, request, setup.apiKey === null ? {} : { apiKey: setup.apiKey });
}

function unusableOperation(exchange: Exchange, { problems }: Operation): Draft | null {
  return problems.length > 0 ? unusable(exchange, problems) : null;
}

function senselessPreference(exchange: Exchange, operation: Operation): Draft | null {
  const { request, asked, preferenceProblems } = exchange;
  const unshown = asked.fault === undefined ? null : faultProblem(asked.fault, operation);
  const nonsense = unshown === null ? preferenceProblems : [...preferenceProblems, unshown];
  if (nonsense.length === 0) return null;
  const violations = nonsense.map((message) => preferenceViolation(message, request));
  return refuse(exchange, { status: invalidStatus(operation), detail: nonsense.join('; '), violations });
}

/** The answer to a request that is valid, or is to be taken as valid. */
function chosenDraft(exchange: Exchange, operation: Operation, valid: boolean): Draft {
  const { preference, turn } = exchange;
  const { body } = preference;
  const make = () => madeDraft(exchange, operation, valid);
  // What a person has chosen outranks a function too.
  const { status, example, data } = preference;
  const isFree = status === undefined && example === undefined && data === undefined;
  const own = () => (turn !== null && isFree ? turn.draft(exchange, operation, make) : make());
  return withOwn(exchange, operation, body === undefined ? own() : ownAnswer(exchange, operation, body));
}

function madeDraft(exchange: Exchange, operation: Operation, valid: boolean): Draft {
  // 5. Choice.
  const choice = choose(exchange, operation, valid);
  if (choice.kind === 'impossible') {
    const violation = preferenceViolation(choice.detail, exchange.request);
    return refuse(exchange, { status: 404, detail: choice.detail, violations: [violation] });
  }
  if (choice.kind === 'case') return scriptedAnswer(exchange, operation, choice.case);
  // 6. What the world has to say, or else a body that the document allows.
  const lived = live(exchange, operation, choice);
  if (lived !== null) return lived;
  if (choice.status >= 400) return declaredError(exchange, operation, choice);
  return keepingFiles(exchange, operation, declaredSuccess(exchange, operation, choice), null);
}

/** A Prefer that makes no sense is a violation like that of any other header. */
function preferenceViolation(message: string, request: HttpRequest): Violation {
  const received = headerOf(request, 'prefer') ?? null;
  return {
    in: 'header',
    pointer: '/prefer',
    keyword: 'preference',
    message,
    expected: null,
    received,
    schemaPointer: '',
    params: {},
  };
}

/** 415 where the media type is wrong; else what a script says of such a request; else what is really wrong with it. */
function refuseInvalid(exchange: Exchange, operation: Operation, violations: readonly Violation[]): Draft {
  const unsupported = violations.filter((violation) => violation.in === 'content-type');
  if (unsupported.length > 0) {
    const headers = acceptedMediaTypes(operation);
    return refuse(exchange, { status: 415, detail: null, violations: unsupported, headers });
  }
  const scripted = refusingCase(exchange, operation, violations);
  if (scripted !== null) {
    const chosen = scripted.name === exchange.preference.example;
    return { ...scriptedAnswer(exchange, operation, scripted), violations, chosen };
  }
  return refuse(exchange, { status: invalidStatus(operation), detail: null, violations });
}

const undecoded = new Set(['encoding', 'syntax', 'style']);

/** A scripted error may stand in for the one that would be made: asked for by name, or since it matches. */
function refusingCase(exchange: Exchange, operation: Operation, violations: readonly Violation[]): ScriptedStep | null {
  const { example } = exchange.preference;
  const { cases } = exchange.setup.fixtures.for(operation.id);
  const asked = cases.find(({ name, status }) => name === example && status >= 400);
  if (asked !== undefined) return stepOf(exchange.state, operation, asked, true);
  // What could not be decoded is not in the view, and a case would take it for absent.
  const isWhole = violations.every(({ keyword }) => !undecoded.has(keyword));
  return isWhole ? matchingCase(exchange, operation, ({ status }) => status >= 400) : null;
}

/** A method that the path does not declare belongs to its first operation: that is whose fault is shown. */
function withFault(exchange: Exchange, answer: Answer, fault: ActiveFault, isItsDoing: boolean): Answer {
  const { setup, request } = exchange;
  const operation = exchange.operation ?? neighbour(setup.operations, request);
  if (operation === null) return answer;
  return isItsDoing ? saidToBe(answer, fault, operation) : spoiled(fault, answer, exchange, operation);
}

function neighbour(operations: Operations, request: HttpRequest): Operation | null {
  const match = matchAs(request.method, operations, request);
  const allowed = match.kind === 'method-not-allowed' ? match.allow[0] : undefined;
  const other = allowed === undefined ? undefined : matchAs(allowed, operations, request);
  return other?.kind === 'operation' ? operations.compile(other.entry) : null;
}

/** The answer where no operation matches: 405 with what is allowed, 204 to OPTIONS, or 404 with the nearest path. */
function unmatched(exchange: Exchange): Draft {
  const { request, match, path } = exchange;
  const method = request.method.toUpperCase();
  if (match.kind === 'method-not-allowed') {
    const Allow = [...new Set([...match.allow, 'OPTIONS'])].join(', ');
    if (method === 'OPTIONS') return { ...emptyDraft, status: 204, headers: { Allow } };
    const detail = leftOutOf(match) ?? `${match.path} has no ${method}, it has ${match.allow.join(', ')}`;
    return refuse(exchange, { status: 405, detail, headers: { Allow } });
  }
  if (method === 'OPTIONS' && request.target === '*') return { ...emptyDraft, status: 204 };
  const near = match.kind === 'not-found' && match.nearest !== null ? [match.nearest] : [];
  const detail = leftOutOf(match) ?? `The document has no path ${path}${didYouMeanClause(near)}`;
  return refuse(exchange, { status: 404, detail });
}

function leftOutOf(match: Match): string | undefined {
  if (match.kind === 'operation' || match.leftOut === undefined) return undefined;
  const { name, reason } = match.leftOut;
  return `The document has ${name}, which is left out: ${reason}`;
}
