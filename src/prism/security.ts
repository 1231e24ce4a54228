import { type HttpRequest, headerOf, type Operation, type SecurityScheme } from '../operation/index.js';
import type { Diagnostic } from './diagnostic.js';

/**
 * What Prism finds wrong with the credentials of a request: nothing where one alternative is met, else the first that
 * it found in any, with the challenges of all.
 */
export function securityDiagnostics({ security }: Pick<Operation, 'security'>, request: HttpRequest): Diagnostic[] {
  if (security.length === 0) return [];
  const found = security.map((schemes) =>
    schemes.length === 0 ? unlessAnonymous(request) : schemes.flatMap((scheme) => schemeDiagnostics(scheme, request)),
  );
  if (found.some((diagnostics) => diagnostics.length === 0)) return [];
  const all = found.flat();
  return all.slice(0, 1).map((first) => ({ ...first, tags: all.flatMap(({ tags = [] }) => tags) }));
}

const unauthorized = (tag?: string): Diagnostic[] => [
  { severity: 'Error', message: 'Invalid security scheme used', code: 401, tags: tag === undefined ? [] : [tag] },
];

function unlessAnonymous(request: HttpRequest): Diagnostic[] {
  return headerOf(request, 'authorization') === undefined ? [] : unauthorized('None');
}

const basicChallenge = 'Basic realm="*"';
const digestChallenge = 'Digest realm="*", nonce="abc123"';

function schemeDiagnostics(scheme: SecurityScheme, request: HttpRequest): Diagnostic[] {
  const authorization = headerOf(request, 'authorization') ?? '';
  const [given = '', ...rest] = authorization.split(' ');
  const isBearer = /^Bearer\s.+$/.test(authorization);
  const isMet = (condition: boolean, challenge?: string) => (condition ? [] : unauthorized(challenge));
  if (scheme.type === 'apiKey') return isMet(hasKey(scheme, request));
  if (scheme.type === 'oauth2') return isMet(isBearer, 'OAuth2');
  if (scheme.type === 'openIdConnect') return isMet(isBearer, 'OpenID');
  if (scheme.type === 'http' && scheme.httpScheme === 'bearer') return isMet(isBearer, 'Bearer');
  if (scheme.type === 'http' && scheme.httpScheme === 'basic') {
    if (given.toLowerCase() !== 'basic') return unauthorized(basicChallenge);
    return isMet(isPair(rest[0] ?? ''));
  }
  if (scheme.type === 'http' && scheme.httpScheme === 'digest') {
    if (given.toLowerCase() !== 'digest') return unauthorized(digestChallenge);
    const members = ['username=', 'realm=', 'nonce=', 'uri=', 'response='];
    return isMet(
      members.every((member) => rest.join('').includes(member)) && rest.every((each) => /['"][a-z0-9]*['"]/.test(each)),
    );
  }
  const name = scheme.type === 'http' ? `http/${scheme.httpScheme}` : scheme.type;
  const message = `We currently do not support this type of security scheme: ${name}`;
  return [{ message, severity: 'Warning' }];
}

function hasKey({ in: place, parameterName }: SecurityScheme, request: HttpRequest): boolean {
  const name = parameterName ?? '';
  if (place === 'header') return Boolean(headerOf(request, name.toLowerCase()));
  if (place === 'query') return Boolean(new URL(request.target, 'http://localhost').searchParams.get(name));
  return (headerOf(request, 'cookie') ?? '')
    .split(`${name}=`)
    .slice(1)
    .some((value) => value !== '');
}

/** Whether this is a name and a password (RFC 7617, 2). */
function isPair(token: string): boolean {
  try {
    return (
      atob(
        token
          .replace(/[^A-Za-z0-9+/=_-]/g, '')
          .replaceAll('-', '+')
          .replaceAll('_', '/'),
      ).split(':').length === 2
    );
  } catch {
    return false;
  }
}
