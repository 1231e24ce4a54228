import type { Violation } from '../schema/index.js';
import { addAll } from '../text/many.js';
import { authorizationScheme, type Credential, SentCredentials } from './credential.js';
import type { HttpRequest } from './http.js';
import type { Names } from './parameter/pairs.js';
import type { Operation, SecurityScheme } from './types.js';

/**
 * Whether a request brings the credentials that an operation demands (OpenAPI 3.1, 4.8.30): one alternative is
 * enough, and of that every scheme.
 * @param options `apiKey`: the one key, token or password that is right. Without it any well-formed one is.
 * @returns nothing, or one violation for each scheme that the nearest alternative lacks: `missing`, or `credential`
 * where one is there but empty, malformed or wrong. `params` has `{ scheme, in, name, reason }`.
 * What was received is left out: it may be a secret.
 */
export function checkSecurity(
  operation: Operation,
  request: HttpRequest,
  options: { readonly apiKey?: string | undefined } = {},
): Violation[] {
  if (operation.security.length === 0) return [];
  let nearest: Violation[] | undefined;
  const sent = new SentCredentials(request, queryNamesOf(operation));
  for (const alternative of operation.security) {
    const violations: Violation[] = [];
    for (const schemes of byCarrier(alternative)) {
      const found = schemes.map((scheme) => violationOf(scheme, sent.of(scheme), options.apiKey, operation));
      // Nothing can carry two credentials at once: of schemes that want the same field, one is enough.
      if (!found.includes(null))
        addAll(
          violations,
          found.filter((one) => one !== null),
        );
    }
    if (violations.length === 0) return violations;
    if (nearest === undefined || distance(violations) < distance(nearest)) nearest = violations;
  }
  return nearest ?? [];
}

const queryNames = new WeakMap<Operation, Names>();

/** The query parameters that may hold a credential of an operation, always the same object. */
function queryNamesOf(operation: Operation): Names {
  let names = queryNames.get(operation);
  if (names === undefined) {
    const schemes = operation.security.flat().filter(({ in: place }) => place === 'query');
    names = new Set(schemes.map(({ parameterName }) => parameterName ?? ''));
    queryNames.set(operation, names);
  }
  return names;
}

/** The schemes of an alternative by what carries their credentials. */
function byCarrier(alternative: readonly SecurityScheme[]): Iterable<readonly SecurityScheme[]> {
  const groups = new Map<string, SecurityScheme[]>();
  for (const scheme of alternative) {
    const key = scheme.type === 'mutualTLS' ? scheme.type : carrier(scheme).toLowerCase();
    groups.set(key, [...(groups.get(key) ?? []), scheme]);
  }
  return groups.values();
}

/** What is missing is further away than what is wrong. */
function distance(violations: readonly Violation[]): number {
  return violations.reduce((sum, { keyword }) => sum + (keyword === 'missing' ? 2 : 1), 0);
}

function violationOf(
  scheme: SecurityScheme,
  credential: Credential,
  wanted: string | undefined,
  operation: Operation,
): Violation | null {
  if (credential.kind === 'absent') {
    return violation(scheme, 'absent', `no credential: ${instruction(scheme, operation)}`);
  }
  if (credential.kind === 'malformed') {
    const message = `${carrier(scheme)} ${credential.reason}: ${instruction(scheme, operation)}`;
    return violation(scheme, 'malformed', message);
  }
  if (wanted === undefined || scheme.type === 'mutualTLS' || credential.secrets.includes(wanted)) return null;
  const message = `${carrier(scheme)} has another ${secretOf(scheme)} than the one that was set`;
  return violation(scheme, 'wrong', message);
}

function violation(scheme: SecurityScheme, reason: 'absent' | 'malformed' | 'wrong', message: string): Violation {
  const { in: place, name } = placeOf(scheme);
  return {
    in: 'security',
    pointer: '',
    keyword: reason === 'absent' ? 'missing' : 'credential',
    message,
    expected: accepted(scheme),
    schemaPointer: scheme.pointer,
    params: { scheme: scheme.name, in: place, name, reason },
  };
}

function placeOf(scheme: SecurityScheme): { readonly in: 'header' | 'query' | 'cookie'; readonly name: string } {
  if (scheme.type !== 'apiKey') return { in: 'header', name: 'Authorization' };
  return { in: scheme.in ?? 'header', name: scheme.parameterName ?? '' };
}

/** `header X-Session-API-Key`. */
function carrier(scheme: SecurityScheme): string {
  const { in: place, name } = placeOf(scheme);
  return `${place === 'query' ? 'query parameter' : place} ${name}`;
}

function secretOf(scheme: SecurityScheme): string {
  if (scheme.type === 'apiKey') return 'key';
  return authorizationScheme(scheme) === 'basic' ? 'password' : 'token';
}

/** What to send, in words. */
function accepted(scheme: SecurityScheme): string {
  if (scheme.type === 'apiKey') return `${carrier(scheme)} with a key`;
  const httpScheme = authorizationScheme(scheme);
  if (httpScheme === 'basic') return 'header Authorization: Basic <base64 of user:password>';
  if (httpScheme === 'bearer') return 'header Authorization: Bearer <token>';
  return `header Authorization: ${httpScheme} <credentials>`;
}

/** Of more alternatives than these nobody chooses. */
const maximumWays = 10;

/** `send header X-Key with a key, or …`: the alternatives, so that a person can choose. */
function instruction(scheme: SecurityScheme, { security }: Operation): string {
  const ways = [accepted(scheme)];
  for (const alternative of security.slice(0, 2 * maximumWays)) {
    if (!alternative.includes(scheme) && ways.length < maximumWays) ways.push(alternative.map(accepted).join(' and '));
  }
  const isAll = ways.length < maximumWays && security.length <= 2 * maximumWays;
  return `send ${ways.join(', or ')}${isAll ? '' : ', or what else the document allows'}`;
}
