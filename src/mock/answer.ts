import { formatProblem, type Problem } from '../errors.js';
import { createFaker } from '../fake/index.js';
import { type Fixtures, noFixtures, type ScriptedCase } from '../fixture/index.js';
import {
  checkRequest,
  checkSecurity,
  type HttpRequest,
  type Match,
  negotiate,
  type Operation,
  type Operations,
  type Response,
  responseFor,
  type Violation,
} from '../operation/index.js';
import { choose, matchingCase, matchingRefinements } from './choose.js';
import { concreteMediaType, serialize } from './content/serialize.js';
import { successBody } from './content/success.js';
import type { Draft, Exchange, Kitchen } from './context.js';
import { corsHeaders, headerOf, isPreflight, preflightHeaders } from './cors.js';
import { invent } from './error/invented.js';
import { type ActiveFault, aliasedMethod, faultProblem, judged, readFault, spoiled } from './fault.js';
import { Memo } from './memo.js';
import { mergePreferences, parsePrefer, preferenceApplied } from './prefer.js';
import { provenance, provenanceHeader } from './provenance.js';
import { acceptable, acceptedMediaTypes, challenges, type Refusal, refuse } from './refusal.js';
import { responseHeaders } from './response-headers.js';
import { saltOf } from './salt.js';
import { invalidStatus } from './status.js';
import type { Answer, Mock, Preference } from './types.js';

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

/** So many answers are remembered at most, and none whose body is longer. */
const rememberedAnswers = 2000;
const rememberedLength = 100_000;
/** A request with a longer body is worked out each time. */
const rememberedRequestLength = 8192;

/**
 * A mock of a document: a pure function from request to answer. Costs nothing until it is asked: operations and
 * schemas compile on first use.
 */
export function createMock(options: MockOptions): Mock {
  const { operations, seed = 1 } = options;
  const kitchen: Kitchen = {
    operations,
    fixtures: options.fixtures ?? noFixtures(),
    faker: createFaker(operations.schemas),
    seed,
    apiKey: options.apiKey ?? null,
    cors: options.cors ?? true,
    refined: new Map(),
  };
  const remembered = new Memo<Answer>(rememberedAnswers);

  function answer(request: HttpRequest, preference?: Preference): Answer {
    const key = memoKey(request, preference);
    const known = key === null ? undefined : remembered.get(key);
    if (known !== undefined) return known;
    const made = guarded(kitchen, request, () => respond(kitchen, request, preference));
    if (key !== null && made.body.length <= rememberedLength) remembered.set(key, made);
    return made;
  }

  return {
    operations,
    seed,
    answer,
    refuse: (request, status, detail) =>
      guarded(kitchen, request, () => {
        const exchange = receive(kitchen, request, undefined);
        return finish(exchange, refuse(exchange, { status, detail }));
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
  return exchange.fault === null ? answer : withFault(exchange, answer, exchange.fault);
}

/** A method that the path does not declare belongs to its first operation: that is whose fault is shown. */
function withFault(exchange: Exchange, answer: Answer, fault: ActiveFault): Answer {
  const { kitchen, request } = exchange;
  const operation = exchange.operation ?? neighbour(kitchen, request);
  return operation === null ? answer : spoiled(fault, answer, exchange, operation);
}

function neighbour({ operations }: Kitchen, { method, target }: HttpRequest): Operation | null {
  const match = operations.match(method, target);
  const allowed = match.kind === 'method-not-allowed' ? match.allow[0] : undefined;
  const other = allowed === undefined ? undefined : operations.match(allowed, target);
  return other?.kind === 'operation' ? operations.compile(other.entry) : null;
}

/** Which operation it is, and what is asked for besides. */
function receive(kitchen: Kitchen, request: HttpRequest, hostPreference: Preference | undefined): Exchange {
  const { operations, seed } = kitchen;
  const { problems: _problems, ...asked } = parsePrefer(request.headers.prefer);
  const preference = mergePreferences(asked, hostPreference);
  const fault = preference.fault === undefined ? null : readFault(preference.fault);
  const match = matchServed(operations, request, fault);
  return {
    kitchen,
    request,
    path: pathOf(request.target),
    preference,
    seed: preference.seed ?? seed,
    operation: match.kind === 'operation' ? operations.compile(match.entry) : null,
    pathParameters: match.kind === 'operation' ? match.pathParameters : {},
    fault,
    values: null,
    found: [],
  };
}

/** A faulty implementation may serve a method that the path does not declare. */
function matchServed(operations: Operations, { method, target }: HttpRequest, fault: ActiveFault | null): Match {
  const match = operations.match(method, target);
  if (fault === null || match.kind !== 'method-not-allowed') return match;
  const served = aliasedMethod(fault, method, match.allow);
  return served === null ? match : operations.match(served, target);
}

function decide(exchange: Exchange): Draft {
  const { kitchen, request, operation, preference } = exchange;
  if (operation === null) return unmatched(exchange);
  // 2. What does not compile is never answered as if it did.
  if (operation.problems.length > 0) return broken(exchange, operation.problems);
  const { problems, fault } = parsePrefer(request.headers.prefer);
  const unshown = fault === undefined ? null : faultProblem(fault, operation);
  if (problems.length > 0 || unshown !== null) {
    return refuse(exchange, { status: 400, detail: [...problems, unshown].filter(Boolean).join('; ') });
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
  if (validates && violations.length > 0) {
    const unsupported = violations.filter((violation) => violation.in === 'content-type');
    if (unsupported.length > 0) {
      return refuse(exchange, {
        status: 415,
        detail: null,
        violations: unsupported,
        headers: acceptedMediaTypes(operation),
      });
    }
    const scripted = refusingCase(exchange, operation, violations);
    if (scripted !== null) return { ...fromCase(exchange, operation, scripted), violations };
    return refuse(exchange, { status: invalidStatus(operation), detail: null, violations });
  }
  // 5. Choice.
  const choice = choose(exchange, operation, exchange.found.length === 0);
  if (choice.kind === 'impossible') return refuse(exchange, { status: 404, detail: choice.detail });
  if (choice.kind === 'case') return fromCase(exchange, operation, choice.case);
  // 6. Body.
  return choice.status >= 400
    ? declaredError(exchange, operation, choice.status, choice.response, choice.example)
    : declaredSuccess(exchange, operation, choice.status, choice.response, choice.example);
}

const undecoded = new Set(['encoding', 'syntax', 'style']);

/** What is held against a request: what was found, as a fault that was asked for lets it be seen. */
function judge(exchange: Exchange, found: readonly Violation[]): readonly Violation[] {
  exchange.found.push(...found);
  return judged(exchange, found);
}

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

function declaredSuccess(
  exchange: Exchange,
  operation: Operation,
  status: number,
  response: Response | null,
  example: string | null,
): Draft {
  const { kitchen, request, preference, seed, path } = exchange;
  const salt = saltOf(operation, exchange.values);
  const draft: Draft = { ...empty, status };
  if (response === null) return draft;
  const headers = responseHeaders(response, { faker: kitchen.faker, seed, salt, path });
  const hasBody = response.content.length > 0 && status !== 204 && status !== 205 && status !== 304;
  if (!hasBody) return { ...draft, headers };
  const content =
    (example !== null && response.content.find(({ examples }) => examples.some(({ name }) => name === example))) ||
    negotiate(response.content, headerOf(request, 'accept'));
  if (!acceptable(exchange, response.content) || !content) {
    const offered = response.content.map(({ mediaType }) => mediaType).join(', ');
    return refuse(exchange, { status: 406, detail: `The answer can be had as ${offered}` });
  }
  const made = successBody(
    {
      content,
      refinements: matchingRefinements(exchange, operation, response),
      example,
      dynamic: preference.dynamic === true,
      seed,
      salt,
    },
    { schemas: kitchen.operations.schemas, faker: kitchen.faker, refined: kitchen.refined },
  );
  if (!made.ok) return broken(exchange, [made.problem]);
  const { body, contentType } = made.serialized;
  return { ...draft, headers, body, contentType, source: made.source, name: made.name };
}

/** An error that was asked for and has not happened: an example of it, or one that could well have happened. */
function declaredError(
  exchange: Exchange,
  operation: Operation,
  status: number,
  response: Response | null,
  example: string | null,
): Draft {
  const { request, preference } = exchange;
  const content = response === null ? undefined : negotiate(response.content, headerOf(request, 'accept'));
  const hasExample = content?.examples.some(({ value }) => content.schema === null || content.schema.accepts(value));
  if (example !== null || (hasExample && preference.dynamic !== true)) {
    return declaredSuccess(exchange, operation, status, response, example);
  }
  if (response !== null && response.content.length === 0) {
    return declaredSuccess(exchange, operation, status, response, null);
  }
  const { violations, detail } = invent(operation, status, request, exchange.pathParameters);
  const headers = status === 401 ? challenges(operation) : {};
  return { ...refuse(exchange, { status, detail, violations, headers }), violations: [], source: 'fake', chosen: true };
}

function fromCase(exchange: Exchange, operation: Operation, scripted: ScriptedCase): Draft {
  const { kitchen, seed, path } = exchange;
  const { status, name, delay, body } = scripted;
  if (scripted.fault !== null) exchange.fault ??= readFault(scripted.fault);
  const response = responseFor(operation, status) ?? null;
  if (body === undefined) {
    const made =
      status >= 400
        ? declaredError(exchange, operation, status, response, null)
        : declaredSuccess(exchange, operation, status, response, null);
    return { ...made, status, headers: { ...made.headers, ...scripted.headers }, source: 'case', name, delay };
  }
  const salt = saltOf(operation, exchange.values);
  const declared = response === null ? {} : responseHeaders(response, { faker: kitchen.faker, seed, salt, path });
  const content = response?.content.find(({ mediaType }) => mediaType === scripted.mediaType) ?? response?.content[0];
  const mediaType = scripted.mediaType ?? concreteMediaType(content?.mediaType ?? 'application/json');
  const serialized = serialize(body, mediaType, operation.document, content?.schema?.pointer ?? null);
  return {
    ...empty,
    status,
    headers: { ...declared, ...scripted.headers },
    body: serialized.body,
    contentType: serialized.contentType,
    source: 'case',
    name,
    delay,
  };
}

/** No operation: another method, OPTIONS, or nothing at all there. */
function unmatched(exchange: Exchange): Draft {
  const { kitchen, request } = exchange;
  const match = kitchen.operations.match(request.method, request.target);
  const method = request.method.toUpperCase();
  if (match.kind === 'method-not-allowed') {
    const Allow = [...new Set([...match.allow, 'OPTIONS'])].join(', ');
    if (method === 'OPTIONS') return { ...empty, status: 204, headers: { Allow } };
    return refuse(exchange, {
      status: 405,
      detail: `${match.path} has no ${method}, it has ${match.allow.join(', ')}`,
      headers: { Allow },
    });
  }
  if (method === 'OPTIONS' && request.target === '*') return { ...empty, status: 204 };
  const near = match.kind === 'not-found' && match.nearest !== null ? `, did you mean ${match.nearest}` : '';
  return refuse(exchange, { status: 404, detail: `The document has no path ${exchange.path}${near}` });
}

function broken(exchange: Exchange, problems: readonly Problem[]): Draft {
  const refusal: Refusal = { status: 500, detail: problems.map(formatProblem).join('\n') };
  return refuse({ ...exchange, operation: null }, refusal);
}

const empty: Draft = {
  status: 200,
  headers: {},
  body: '',
  contentType: null,
  source: 'none',
  name: null,
  violations: [],
  delay: 0,
  effect: null,
  chosen: true,
};

function preflight(kitchen: Kitchen, request: HttpRequest): Answer {
  const match = kitchen.operations.match('OPTIONS', request.target);
  const allow = match.kind === 'method-not-allowed' ? match.allow : ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
  return {
    status: 204,
    headers: {
      ...preflightHeaders(request, [...new Set([...allow, 'OPTIONS'])]),
      [provenanceHeader]: provenance(null, 'none', null, kitchen.seed),
    },
    body: '',
    delay: 0,
    effect: null,
    operationId: null,
    source: 'none',
    name: null,
    seed: kitchen.seed,
    violations: [],
  };
}

/** The fields that every answer has. */
function finish(exchange: Exchange, draft: Draft): Answer {
  const { kitchen, request, preference, seed, operation } = exchange;
  const operationId = operation?.id ?? null;
  const headers: Record<string, string> = {};
  if (draft.contentType !== null) headers['Content-Type'] = draft.contentType;
  Object.assign(headers, draft.headers);
  const applied = preferenceApplied(preference, draft.chosen);
  if (applied !== null) headers['Preference-Applied'] = applied;
  headers[provenanceHeader] = provenance(operationId, draft.source, draft.name, seed);
  if (kitchen.cors)
    Object.assign(
      headers,
      corsHeaders(
        request,
        Object.keys(headers).filter((name) => name !== 'Content-Type'),
      ),
    );
  const { status, body, delay, effect, source, name, violations } = draft;
  return { status, headers, body, delay, effect, operationId, source, name, seed, violations };
}

/** Whatever goes wrong in here is the mock's own fault, and is said as such rather than thrown at the host. */
function guarded(kitchen: Kitchen, request: HttpRequest, work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    const detail = `The mock failed: ${error instanceof Error ? error.message : String(error)}`;
    const body = JSON.stringify({ type: 'about:blank', title: 'Internal Server Error', status: 500, detail });
    return {
      status: 500,
      headers: {
        'Content-Type': 'application/problem+json',
        [provenanceHeader]: provenance(null, 'problem', null, kitchen.seed),
        ...(kitchen.cors ? corsHeaders(request, [provenanceHeader]) : {}),
      },
      body,
      delay: 0,
      effect: null,
      operationId: null,
      source: 'problem',
      name: null,
      seed: kitchen.seed,
      violations: [],
    };
  }
}

function pathOf(target: string): string {
  const end = target.search(/[?#]/);
  return end < 0 ? target : target.slice(0, end);
}

/** Fields of the connection, which say nothing about what is asked for. */
const ofTheConnection = new Set(['host', 'connection', 'content-length', 'accept-encoding', 'keep-alive']);

const latin1 = new TextDecoder('latin1');

/** Everything that an answer can depend on, as one string; null where that would be too long to keep. */
function memoKey(request: HttpRequest, preference: Preference | undefined): string | null {
  const { method, target, headers, body } = request;
  // A counted request comes once.
  if (preference?.ordinal !== undefined) return null;
  if (body !== null && body.length > rememberedRequestLength) return null;
  let key = `${method} ${target}`;
  for (const name in headers) {
    if (!ofTheConnection.has(name)) key += `\n${name}:${String(headers[name])}`;
  }
  if (preference !== undefined) key += `\n\n${JSON.stringify(preference)}`;
  if (body !== null) key += `\n\n\n${latin1.decode(body)}`;
  return key;
}
