import { type Answer, type HttpRequest, headerOf, headProblem, type Operation } from '../operation/index.js';
import { attached } from '../text/attached.js';
import { type Draft, type Exchange, emptyDraft, type Setup } from './context.js';
import { corsHeaders, preflightHeaders } from './cors.js';
import { preferenceApplied } from './prefer.js';
import { provenance, provenanceHeader } from './provenance.js';
import { matchAs } from './receive.js';

/** Adds the fields that every answer has: where it comes from, what was heeded, and CORS. */
export function finish(exchange: Exchange, draft: Draft): Answer {
  const { setup, request, asked, preference, seed, operation } = exchange;
  const { status, body, effect, source, name, violations, contentType } = draft;
  const operationId = operation?.id ?? null;
  const said = provenance(operationId, source, name, seed, draft);
  const applied = preferenceApplied(asked, draft.chosen);
  const isNotAllowed = status === 405 && operation !== null;
  const own =
    applied === null && !isNotAllowed
      ? draft.headers
      : ownHeaders(draft, applied, isNotAllowed ? operation : null, setup);
  const key = isEmpty(own) ? `${said}\n${contentType}\n${setup.cors ? headerOf(request, 'origin') : ''}` : null;
  const headers = key === null ? headed(exchange, contentType, own, said) : plainHead(exchange, contentType, said, key);
  const delay = draft.delay + (preference.delay ?? 0);
  return { status, headers, body, delay, effect, operationId, source, name, seed, violations };
}

/** Heads of `plainHeads` that HTTP can carry: they never change. */
const sound = attached<Answer['headers'], true>();

/** Whether it is known already that HTTP can carry the head of an answer. */
export const isKnownSound = ({ status, headers }: Answer): boolean =>
  status >= 200 && status <= 599 && Number.isInteger(status) && sound.get(headers) === true;

function plainHead(exchange: Exchange, contentType: string | null, said: string, key: string): Answer['headers'] {
  const { plainHeads } = exchange.setup;
  const known = plainHeads.get(key);
  if (known !== undefined) return known;
  const headers = headed(exchange, contentType, {}, said);
  if (headProblem({ status: 200, headers }) === null) sound.set(headers, true);
  plainHeads.set(key, headers);
  return headers;
}

function ownHeaders(
  draft: Draft,
  applied: string | null,
  notAllowing: Operation | null,
  setup: Setup,
): Draft['headers'] {
  const own: Record<string, string | readonly string[]> = { ...draft.headers };
  if (notAllowing !== null) addAllow(own, notAllowing, setup);
  if (applied !== null) own['Preference-Applied'] = applied;
  return own;
}

function isEmpty(headers: object): boolean {
  for (const _ in headers) return false;
  return true;
}

function headed(
  { setup, request }: Exchange,
  contentType: string | null,
  headers: Draft['headers'],
  said: string,
): Answer['headers'] {
  const own = { ...headers, [provenanceHeader]: said };
  const vary = [headers.Vary ?? []].flat().join(', ') || undefined;
  return {
    ...(contentType === null ? {} : { 'Content-Type': contentType }),
    ...own,
    ...(setup.cors ? corsHeaders(request, Object.keys(own), vary) : {}),
  };
}

/** RFC 9110, 15.5.6: a 405 says which methods there are, also where an operation declares the 405 itself. */
function addAllow(
  headers: Record<string, string | readonly string[]>,
  { path }: Operation,
  { operations }: Setup,
): void {
  if (Object.keys(headers).some((name) => name.toLowerCase() === 'allow')) return;
  const methods = operations.entries.flatMap((entry) => (entry.path === path ? [entry.method] : []));
  const head = methods.includes('GET') ? ['HEAD'] : [];
  headers.Allow = [...new Set<string>([...methods, ...head, 'OPTIONS'])].join(', ');
}

/** The answer to a preflight: yes. */
export function preflight(setup: Setup, request: HttpRequest): Answer {
  const { operations, seed } = setup;
  const match = matchAs('OPTIONS', operations, request);
  const allow = match.kind === 'method-not-allowed' ? match.allow : ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
  const headers = {
    ...preflightHeaders(request, [...new Set([...allow, 'OPTIONS'])]),
    [provenanceHeader]: provenance(null, 'none', null, seed),
  };
  const { body, delay, effect, source, name, violations } = emptyDraft;
  return { status: 204, headers, body, delay, effect, operationId: null, source, name, seed, violations };
}

/** A 500 in no declared shape: what goes wrong in the mock itself is said in an answer, not thrown at the host. */
export function failed(setup: Setup, request: HttpRequest, detail: string, operationId: string | null): Answer {
  const { delay, effect, name, violations } = emptyDraft;
  return {
    status: 500,
    headers: {
      'Content-Type': 'application/problem+json',
      [provenanceHeader]: provenance(operationId, 'problem', null, setup.seed),
      ...(setup.cors ? corsHeaders(request, [provenanceHeader]) : {}),
    },
    body: JSON.stringify({ type: 'about:blank', title: 'Internal Server Error', status: 500, detail }),
    delay,
    effect,
    operationId,
    source: 'problem',
    name,
    seed: setup.seed,
    violations,
  };
}
