import { createFaker, mix } from '../fake/index.js';
import { isPreflight, isSwitched, type Mock, type MockAnswer } from '../mock/index.js';
import { type Answer, type HttpRequest, headerOf, type Operation } from '../operation/index.js';
import type { Violation } from '../schema/index.js';
import { bodyOf, headersOf, serialized } from './body.js';
import { corsHeaders, preflightHeaders } from './cors.js';
import type { Diagnostic } from './diagnostic.js';
import { type Negotiated, negotiateInvalid, negotiateValid } from './negotiate.js';
import { type Preferences, preferencesOf } from './preferences.js';
import { PrismProblem } from './problem.js';
import { brokenAnswer, refusalOf, violationsField } from './refusal.js';
import { requestFindings } from './request.js';
import { responseDiagnostics } from './response.js';
import { matched } from './route.js';
import { securityDiagnostics } from './security.js';
import { demandServer } from './server.js';

/** What Prism's command line says of a mock. */
export interface PrismOptions {
  /** Whether bodies are made for each request, instead of one sample for all (false). */
  readonly dynamic?: boolean;
  /** Whether examples of the document are left aside (false). */
  readonly ignoreExamples?: boolean;
  /** Whether an answer that does not fit the document is a 500 (false). */
  readonly errors?: boolean;
  /** Whether pages of other origins may use the mock (true). */
  readonly cors?: boolean;
}

/** What is answered, before the fields that all answers have. */
interface Told extends Pick<Answer, 'status' | 'headers' | 'body' | 'source'> {
  readonly operation: Operation | null;
  readonly violations: readonly Violation[];
}

/** A matched request, and what was found wrong with it. */
interface Asked {
  readonly request: HttpRequest;
  readonly operation: Operation;
  readonly preferences: Preferences;
  readonly found: readonly Diagnostic[];
  readonly violations: readonly Violation[];
}

/**
 * The mock of a document as Prism 5 answers: its choice of response, media type and example, its problems and messages,
 * its samples, its preferences in header and query, and its field `sl-violations`. It remembers nothing, and knows no
 * fixtures. What a host switches on (`preference`) is answered as the mock does that this one is made of.
 *
 * @param mock what document and seed are taken from
 */
export function asPrism(mock: Mock, options: PrismOptions = {}): Mock {
  const { operations, seed } = mock;
  const { cors = true, ignoreExamples = false, errors = false } = options;
  const faker = createFaker(operations.schemas);

  function respond(request: HttpRequest): Told {
    const preferences = preferencesOf(request);
    const { operation, pathParameters } = matched(operations, request);
    if (preferences.server !== undefined) demandServer(operations, operation, preferences.server);
    const { diagnostics, violations } = requestFindings(operation, request, pathParameters);
    const found = [...securityDiagnostics(operation, request), ...diagnostics];
    const asked = { request, operation, preferences, found, violations };
    const dynamic = preferences.dynamic ?? options.dynamic ?? false;
    const { code, example } = preferences;
    const accepted = headerOf(request, 'accept')?.split(',') ?? null;
    const negotiated = found.some(({ severity }) => severity === 'Error')
      ? refused(asked)
      : negotiateValid(operation, { code, example, dynamic, accepted });
    return tell(asked, negotiated, dynamic);
  }

  function tell(asked: Asked, negotiated: Negotiated, dynamic: boolean): Told {
    const { request, operation, found, violations } = asked;
    const { status, mediaType } = negotiated;
    const salt = `${request.method} ${request.target}`;
    const making = { faker, dynamic, ignoreExamples, seed: seedOf(asked.preferences, seed), salt };
    const body = bodyOf(negotiated, operation, making);
    const declared = headersOf(negotiated, operation);
    const judged = responseDiagnostics(operation, { status, headers: declared, mediaType, body });
    const field = violationsField(found, judged);
    const broken = judged.filter(({ severity }) => severity === 'Error');
    if (errors && broken.length > 0) {
      return toldOf(brokenAnswer(broken), { operation, violations, field });
    }
    const headers = {
      ...field,
      ...declared,
      ...(mediaType !== null && { 'Content-type': mediaType }),
      ...(operation.deprecated && { deprecation: 'true' }),
    };
    const source =
      body === undefined ? 'none' : negotiated.example === undefined || ignoreExamples ? 'fake' : 'example';
    return { operation, status, headers, body: serialized(body, mediaType), source, violations };
  }

  function answered(request: HttpRequest): Told {
    if (cors && isPreflight(request)) return preflight(request);
    try {
      return respond(request);
    } catch (error) {
      if (!(error instanceof PrismProblem)) throw error;
      return toldOf(error, { operation: null, violations: [], field: {} });
    }
  }

  function answer(...[request, preference, state]: Parameters<Mock['answer']>): MockAnswer {
    if (isSwitched(preference)) return mock.answer(request, preference, state);
    const { operation, ...told } = answered(request);
    const headers = { ...(cors ? corsHeaders(request) : {}), ...told.headers };
    return { ...told, headers, operationId: operation?.id ?? null, name: null, delay: 0, effect: null, seed };
  }

  // Prism knows no functions.
  return { ...mock, answer, respond: answer };
}

/**
 * What the document declares for a request that is not valid: 401, or 415, 422 and 400.
 * @throws PrismProblem where it declares nothing
 */
function refused({ operation, found, preferences: { code, example } }: Asked): Negotiated {
  const denied = found.find((diagnostic) => diagnostic.code === 401);
  const unsupported = found.find((diagnostic) => diagnostic.code === 415);
  const statuses = denied ? [401] : unsupported ? [415, 422, 400] : [422, 400];
  const isWanted = code !== undefined && statuses.includes(code);
  const negotiated = negotiateInvalid(operation, statuses, isWanted ? example : undefined);
  if (negotiated !== null) return negotiated;
  throw refusalOf(found);
}

function toldOf(
  problem: PrismProblem,
  about: Pick<Told, 'operation' | 'violations'> & { readonly field: Readonly<Record<string, string>> },
): Told {
  const { operation, violations, field } = about;
  const headers = { ...field, 'content-type': 'application/problem+json', ...problem.headers };
  return { operation, violations, status: problem.status, headers, body: problem.body, source: 'problem' };
}

function preflight(request: HttpRequest): Told {
  return { operation: null, violations: [], status: 204, headers: preflightHeaders(request), body: '', source: 'none' };
}

function seedOf({ seed }: Preferences, usual: number): number {
  if (seed === undefined) return usual;
  return /^\d{1,15}$/.test(seed) ? Number(seed) : mix(0, seed);
}
