import type { Violation } from '../schema/index.js';
import { authorizationScheme, type Credential, credentialOf } from './credential.js';
import type { HttpRequest } from './http.js';
import type { Operation, SecurityScheme } from './types.js';

/**
 * Whether a request brings the credentials that an operation demands (OpenAPI 3.1, 4.8.30): one alternative is
 * enough, and of that every scheme.
 * @param options `apiKey`: the one key, token or password that is right. Without it any well-formed one is.
 * @returns nothing, or one violation for each scheme that the nearest alternative lacks: `missing`, or `credential`
 * where one is there but empty, malformed or wrong. `params` has `{ scheme, in, name, reason, challenge }`,
 * `challenge` being a value for WWW-Authenticate (RFC 9110, 11.6.1). What was received is left out: it may be a secret.
 */
export function checkSecurity(
  operation: Operation,
  request: HttpRequest,
  options: { readonly apiKey?: string | undefined } = {},
): Violation[] {
  let nearest: Violation[] | undefined;
  for (const alternative of operation.security) {
    const violations: Violation[] = [];
    for (const scheme of alternative) {
      const violation = violationOf(scheme, credentialOf(scheme, request), options.apiKey, operation);
      if (violation) violations.push(violation);
    }
    if (violations.length === 0) return violations;
    if (nearest === undefined || distance(violations) < distance(nearest)) nearest = violations;
  }
  return nearest ?? [];
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
    return violation(scheme, operation, 'absent', `no credential: ${instruction(scheme, operation)}`);
  }
  if (credential.kind === 'malformed') {
    const message = `${carrier(scheme)} ${credential.reason}: ${instruction(scheme, operation)}`;
    return violation(scheme, operation, 'malformed', message);
  }
  if (wanted === undefined || scheme.type === 'mutualTLS' || credential.secrets.includes(wanted)) return null;
  const message = `${carrier(scheme)} has another ${secretOf(scheme)} than the one that was set`;
  return violation(scheme, operation, 'wrong', message);
}

function violation(
  scheme: SecurityScheme,
  operation: Operation,
  reason: 'absent' | 'malformed' | 'wrong',
  message: string,
): Violation {
  const { in: place, name } = placeOf(scheme);
  return {
    in: 'security',
    pointer: '',
    keyword: reason === 'absent' ? 'missing' : 'credential',
    message,
    expected: accepted(scheme),
    schemaPointer: scheme.pointer,
    params: {
      scheme: scheme.name,
      in: place,
      name,
      reason,
      challenge: challenge(scheme, reason !== 'absent', operation),
    },
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

/** `send header X-Key with a key, or …`: every alternative, so that a person can choose. */
function instruction(scheme: SecurityScheme, operation: Operation): string {
  const others = operation.security.filter((alternative) => !alternative.includes(scheme));
  const ways = [accepted(scheme), ...others.map((schemes) => schemes.map(accepted).join(' and '))];
  return `send ${ways.join(', or ')}`;
}

/** A challenge for WWW-Authenticate (RFC 9110, 11.6.1; RFC 7617, 2; RFC 6750, 3). API keys have no registered scheme. */
function challenge(scheme: SecurityScheme, wrong: boolean, operation: Operation): string {
  const realm = `realm=${quoted(titleOf(operation))}`;
  if (scheme.type === 'apiKey') {
    const { in: place, name } = placeOf(scheme);
    return `ApiKey ${realm}, in=${quoted(place)}, name=${quoted(name)}`;
  }
  const httpScheme = authorizationScheme(scheme);
  if (httpScheme === 'basic') return `Basic ${realm}, charset="UTF-8"`;
  // A scheme that is no token (RFC 9110, 5.6.2) cannot stand in the field.
  const isToken = /^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(httpScheme);
  if (httpScheme !== 'bearer') return `${isToken ? httpScheme : 'Unknown'} ${realm}`;
  const scope = scheme.scopes.length > 0 ? `, scope=${quoted(scheme.scopes.join(' '))}` : '';
  return `Bearer ${realm}${scope}${wrong ? ', error="invalid_token"' : ''}`;
}

function titleOf({ document }: Operation): string {
  const { info } = document.root;
  const title = typeof info === 'object' && info !== null && !Array.isArray(info) ? info.title : undefined;
  return typeof title === 'string' ? title : 'API';
}

/** A quoted string (RFC 9110, 5.6.4) of what can stand in one; a field value has no line breaks. */
function quoted(text: string): string {
  return `"${text.replace(/[^\x20-\x7e]/g, '').replace(/["\\]/g, '\\$&')}"`;
}
