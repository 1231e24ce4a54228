import { checkSecurity, type HttpRequest, type Operation, type SecurityScheme } from '../../operation/index.js';
import {
  authenticationScheme,
  credentialPlaceholder,
  fillCredentials,
  placeCredential,
  placeCredentials,
  withCookie,
  withHeader,
  withQuery,
} from '../credentials/place.js';
import type { Base } from './base-request.js';
import type { Draft } from './draft.js';
import { writeRequest } from './plan.js';
import type { Workbench } from './workbench.js';

/** Credentials that are placed and looked for, in all: thousands of schemes are not tried each with all others. */
const mostCredentials = 2_000;

/**
 * Requests without a right credential: none, empty, malformed, the right one in the wrong place, a wrong one.
 * None for an operation that needs no credential, or may do without (an empty alternative; OpenAPI 3.1, 4.8.30).
 */
export function* security(bench: Workbench, base: Base): Iterable<Draft> {
  const { operation } = bench;
  if (operation.security.length === 0 || operation.security.some((schemes) => schemes.length === 0)) return;
  const whole = writeRequest(operation, base.plan);
  if (whole === null) return;
  const bare = withoutCredentials(whole, operation.security.flat());
  const attempts: [scheme: SecurityScheme | null, attempt: Attempt][] = [
    [null, { keyword: 'missing', title: 'no credential', request: bare }],
  ];
  for (const [scheme, schemes] of carriersOf(operation.security, bench.cut)) {
    // Where several are needed together, the others are there and right.
    const others = schemes.filter((other) => other !== scheme);
    const rest = placeCredentials(
      bare,
      others.map((other) => [other, credentialPlaceholder(other.name)]),
    );
    if (others.length > 0) {
      attempts.push([scheme, { keyword: 'missing', title: `no credential for ${scheme.name}`, request: rest }]);
    }
    for (const attempt of credentialAttempts(scheme, rest)) attempts.push([scheme, attempt]);
  }
  const standIns = new Map(operation.security.flat().map((scheme) => [scheme.name, standIn(scheme)]));
  for (const [scheme, attempt] of attempts) {
    // What is in the wrong place for one scheme may be in the right place for another.
    const sent = fillCredentials(attempt.request, standIns);
    if (!attempt.onlyWithCredential && checkSecurity(operation, sent).length === 0) continue;
    const { keyword, request, title } = attempt;
    yield {
      aspect: 'security',
      expectation: 'unauthorized',
      rank: 'security',
      title,
      varies: {
        in: 'security',
        name: scheme?.name ?? null,
        keyword,
        pointer: scheme?.pointer ?? `${operation.pointer}/security`,
      },
      request,
      authenticated: false,
      generatedPath: base.generatedPath,
      ...(attempt.onlyWithCredential ? { onlyWithCredential: true } : {}),
    };
  }
}

/** The schemes to try, each with those that it is demanded with. */
function* carriersOf(
  alternatives: Operation['security'],
  cut: Workbench['cut'],
): Iterable<[SecurityScheme, readonly SecurityScheme[]]> {
  const tried = new Set<string>();
  let left = mostCredentials;
  for (const schemes of alternatives) {
    for (const scheme of schemes) {
      // Several schemes that look the same on the wire, as bearer tokens do, are one.
      const carrier = `${schemes.length} ${scheme.in} ${scheme.parameterName ?? authenticationScheme(scheme)}`;
      if (tried.has(carrier)) continue;
      if (left <= 0) {
        cut(`${tried.size.toLocaleString('en')} of ${alternatives.flat().length.toLocaleString('en')} credentials`);
        return;
      }
      tried.add(carrier);
      // Each is looked for by every alternative, and needs what is demanded together with it.
      left -= schemes.length + alternatives.length;
      yield [scheme, schemes];
    }
  }
}

/** A document may declare a key as a parameter as well, and then the base has a placeholder for it. */
function withoutCredentials(request: HttpRequest, schemes: readonly SecurityScheme[]): HttpRequest {
  const placeholders = new Set(schemes.map(({ name }) => credentialPlaceholder(name)));
  const isFree = (pair: string) => !placeholders.has(pair.slice(pair.lastIndexOf('=') + 1));
  const headers: Record<string, string | readonly string[] | undefined> = { ...request.headers };
  for (const [name, value] of Object.entries(headers)) {
    if (name === 'cookie' && typeof value === 'string') headers.cookie = value.split('; ').filter(isFree).join('; ');
    else if (typeof value === 'string' && placeholders.has(value)) delete headers[name];
  }
  if (headers.cookie === '') delete headers.cookie;
  const [path = '', query] = request.target.split('?', 2);
  const kept = query?.split('&').filter(isFree);
  return { ...request, target: kept && kept.length > 0 ? `${path}?${kept.join('&')}` : path, headers };
}

/** A request that does not bring a scheme's right credential in its right place. */
interface Attempt {
  readonly keyword: string;
  readonly title: string;
  readonly request: HttpRequest;
  /** Only a target whose credential is known can tell that this is not it. */
  readonly onlyWithCredential?: true;
}

/** Something in the form of the scheme's credential; for http basic, `counterproof:wrong` in Base64. */
function standIn(scheme: SecurityScheme): string {
  return authenticationScheme(scheme) === 'Basic' ? 'Y291bnRlcnByb29mOndyb25n' : 'counterproof-wrong-credential';
}

/** What clients and attackers do with the credential of one scheme, on a request without it. */
function* credentialAttempts(scheme: SecurityScheme, request: HttpRequest): Iterable<Attempt> {
  if (scheme.type === 'mutualTLS') return;
  const placeholder = credentialPlaceholder(scheme.name);
  const wrong = standIn(scheme);
  const { name } = scheme;
  if (scheme.type === 'apiKey') {
    const key = scheme.parameterName ?? name;
    yield { keyword: 'empty', title: `${key} empty`, request: placeCredential(request, scheme, '') };
    yield* wrongPlaces(scheme, key, placeholder, request);
    yield {
      keyword: 'wrong',
      title: `${key} wrong`,
      request: placeCredential(request, scheme, wrong),
      onlyWithCredential: true,
    };
    // Known prefixes of a right key are no right key.
    const longer = placeCredential(request, scheme, `${placeholder}x`);
    yield { keyword: 'wrong', title: `${key} right, with more at its end`, request: longer, onlyWithCredential: true };
    return;
  }
  const word = authenticationScheme(scheme);
  const header = (value: string) => withHeader(request, 'authorization', value);
  yield { keyword: 'empty', title: 'Authorization empty', request: header('') };
  yield { keyword: 'malformed', title: `Authorization with the word ${word} alone`, request: header(word) };
  if (word === 'Basic') {
    yield {
      keyword: 'malformed',
      title: 'Authorization Basic that is not Base64',
      request: header('Basic !not-base64!'),
    };
  }
  yield {
    keyword: 'malformed',
    title: 'Authorization of another scheme',
    request: header(`Counterproof ${placeholder}`),
  };
  yield { keyword: 'malformed', title: 'the credential without its scheme', request: header(placeholder) };
  const query = withQuery(request, 'access_token', placeholder);
  // RFC 6750, 2.3 lets a server take a bearer token there, so nothing can be said of it.
  if (word !== 'Bearer') yield { keyword: 'misplaced', title: 'the credential in the query', request: query };
  yield {
    keyword: 'wrong',
    title: 'Authorization wrong',
    request: header(`${word} ${wrong}`),
    onlyWithCredential: true,
  };
  // More characters behind Base64 may be overlooked by whoever decodes it.
  if (word === 'Basic') return;
  yield {
    keyword: 'wrong',
    title: 'Authorization right, with more at its end',
    request: header(`${word} ${placeholder}x`),
    onlyWithCredential: true,
  };
}

/** The right key where the document does not say that it may stand. */
function* wrongPlaces(
  scheme: SecurityScheme,
  key: string,
  placeholder: string,
  request: HttpRequest,
): Iterable<Attempt> {
  const keyword = 'misplaced';
  if (scheme.in !== 'query') {
    yield { keyword, title: `${key} in the query`, request: withQuery(request, key, placeholder) };
  }
  if (scheme.in !== 'cookie') {
    yield { keyword, title: `${key} in a cookie`, request: withCookie(request, key, placeholder) };
  }
  if (scheme.in !== 'header') {
    yield { keyword, title: `${key} in a header`, request: withHeader(request, key, placeholder) };
  }
  if (scheme.in !== 'header' || key.toLowerCase() !== 'authorization') {
    const bearer = withHeader(request, 'authorization', `Bearer ${placeholder}`);
    yield { keyword, title: `${key} as a bearer token`, request: bearer };
  }
  if (scheme.in === 'header' && key.toLowerCase() !== 'x-api-key') {
    yield { keyword, title: `${key} under another name`, request: withHeader(request, 'x-api-key', placeholder) };
  }
}
