import { createFaker } from '../fake/index.js';
import { type Fixtures, noFixtures, type ScriptedCase } from '../fixture/index.js';
import {
  type Answer,
  checkRequest,
  checkSecurity,
  type HttpRequest,
  headProblem,
  type Operation,
  type Operations,
} from '../operation/index.js';
import type { Violation } from '../schema/index.js';
import { choose, matchingCase } from './choose.js';
import type { Draft, Exchange, Kitchen } from './context.js';
import { isPreflight } from './cors.js';
import { declaredError, declaredSuccess, scriptedAnswer, unusable } from './declared.js';
import { type ActiveFault, faultProblem, judged, spoiled } from './fault.js';
import { failed, finish, preflight } from './finish.js';
import { Memo } from './memo.js';
import { receive } from './receive.js';
import { acceptedMediaTypes, challenges, refuse } from './refusal.js';
import { RememberedAnswers } from './remembered.js';
import { invalidStatus } from './status.js';
import type { Mock, Preference } from './types.js';
import { unmatched } from './unmatched.js';

export interface MockOptions {
  readonly operations: Operations;
  readonly fixtures?: Fixtures;
  /** What made-up data depends on (1). */
  readonly seed?: number;
  /** The only credential that is let in; without it any that is not empty is. */
  readonly apiKey?: string;
  /** Whether pages of other origins may use the mock (true). */
  readonly cors?: boolean;
}

/**
 * A mock of a document: a pure function from request to answer. Costs nothing until it is asked: operations and
 * schemas compile on first use.
 */
export function createMock(options: MockOptions): Mock {
  const { operations, seed = 1, fixtures = noFixtures() } = options;
  const kitchen: Kitchen = {
    operations,
    fixtures,
    faker: createFaker(operations.schemas),
    seed,
    apiKey: options.apiKey ?? null,
    cors: options.cors ?? true,
    refined: new Map(),
    made: new Memo(200),
  };
  const remembered = new RememberedAnswers();
  const guarded = (request: HttpRequest, make: () => Answer): Answer => {
    try {
      return make();
    } catch (error) {
      return failed(
        kitchen,
        request,
        `The mock failed: ${error instanceof Error ? error.message : String(error)}`,
        null,
      );
    }
  };
  return {
    operations,
    fixtures: kitchen.fixtures,
    seed,
    answer: (request, preference) =>
      guarded(request, () => remembered.get(request, preference, (recorded) => respond(kitchen, recorded, preference))),
    refuse: (request, status, detail) =>
      guarded(request, () => {
        const exchange = receive(kitchen, request, undefined);
        return sendable(exchange, finish(exchange, refuse(exchange, { status, detail })));
      }),
  };
}

/** The whole of what a request is answered with. */
function respond(kitchen: Kitchen, request: HttpRequest, hostPreference: Preference | undefined): Answer {
  // 1. A preflight is about the mock, whatever the document says of OPTIONS.
  if (kitchen.cors && isPreflight(request)) return preflight(kitchen, request);
  const exchange = receive(kitchen, request, hostPreference);
  const answer = finish(exchange, decide(exchange));
  // 7. A fault that was asked for has the last word.
  return sendable(exchange, exchange.fault === null ? answer : withFault(exchange, answer, exchange.fault));
}

/** Or what is wrong with it, where HTTP cannot carry it: the document may name any header and any media type. */
function sendable({ kitchen, request }: Exchange, answer: Answer): Answer {
  const problem = headProblem(answer);
  if (problem === null) return answer;
  return failed(kitchen, request, `HTTP cannot carry this answer: ${problem}`, answer.operationId);
}

function decide(exchange: Exchange): Draft {
  const { kitchen, request, operation, preference, preferenceProblems, asked } = exchange;
  if (operation === null) return unmatched(exchange);
  // 2. What does not compile is never answered as if it did; what was asked for has to make sense.
  if (operation.problems.length > 0) return unusable(exchange, operation.problems);
  const unshown = asked.fault === undefined ? null : faultProblem(asked.fault, operation);
  const nonsense = unshown === null ? preferenceProblems : [...preferenceProblems, unshown];
  if (nonsense.length > 0) {
    const violations = nonsense.map((message) => preferenceViolation(message, request));
    return refuse(exchange, { status: invalidStatus(operation), detail: nonsense.join('; '), violations });
  }
  const validates = preference.validate !== false;
  // 3. Security comes first: who may not ask is told nothing else.
  if (validates) {
    const credentials = checkSecurity(operation, request, kitchen.apiKey === null ? {} : { apiKey: kitchen.apiKey });
    const violations = judge(exchange, credentials);
    if (violations.length > 0) {
      return refuse(exchange, { status: 401, detail: null, violations, headers: challenges(operation) });
    }
  }
  // 4. Media type, parameters and body.
  const checked = checkRequest(operation, request, exchange.pathParameters);
  exchange.values = checked.values;
  const violations = judge(exchange, checked.violations);
  if (validates && violations.length > 0) return refuseInvalid(exchange, operation, violations);
  // 5. Choice.
  const choice = choose(exchange, operation, violations.length === 0);
  if (choice.kind === 'impossible') {
    const violation = preferenceViolation(choice.detail, request);
    return refuse(exchange, { status: 404, detail: choice.detail, violations: [violation] });
  }
  if (choice.kind === 'case') return scriptedAnswer(exchange, operation, choice.case);
  // 6. Body.
  return choice.status >= 400
    ? declaredError(exchange, operation, choice)
    : declaredSuccess(exchange, operation, choice);
}

/** A Prefer that makes no sense, told like any other header that is not valid. */
function preferenceViolation(message: string, { headers }: HttpRequest): Violation {
  const received = headers.prefer === undefined ? null : String(headers.prefer);
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
function refusingCase(exchange: Exchange, operation: Operation, violations: readonly Violation[]): ScriptedCase | null {
  const { example } = exchange.preference;
  const { cases } = exchange.kitchen.fixtures.for(operation.id);
  const asked = cases.find(({ name, status }) => name === example && status >= 400);
  if (asked !== undefined) return asked;
  // What could not be decoded is not in the view, and a case would take it for absent.
  const isWhole = violations.every(({ keyword }) => !undecoded.has(keyword));
  return isWhole ? matchingCase(exchange, operation, ({ status }) => status >= 400) : null;
}

/** What is held against a request: what was found, as a fault that was asked for lets it be seen. */
function judge(exchange: Exchange, found: readonly Violation[]): readonly Violation[] {
  exchange.found.push(...found);
  return judged(exchange, found);
}

/** A method that the path does not declare belongs to its first operation: that is whose fault is shown. */
function withFault(exchange: Exchange, answer: Answer, fault: ActiveFault): Answer {
  const { kitchen, request } = exchange;
  const operation = exchange.operation ?? neighbour(kitchen.operations, request);
  return operation === null ? answer : spoiled(fault, answer, exchange, operation);
}

function neighbour(operations: Operations, { method, target }: HttpRequest): Operation | null {
  const match = operations.match(method, target);
  const allowed = match.kind === 'method-not-allowed' ? match.allow[0] : undefined;
  const other = allowed === undefined ? undefined : operations.match(allowed, target);
  return other?.kind === 'operation' ? operations.compile(other.entry) : null;
}
