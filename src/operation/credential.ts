import { type HttpRequest, headerOf } from './http.js';
import { cookiePairs } from './parameter/cookies.js';
import type { Names, Pairs } from './parameter/pairs.js';
import { pairsOfRequest } from './target.js';
import { trimBlanks } from './text.js';
import type { SecurityScheme } from './types.js';

/** What a request brings for one scheme: nothing, something that is no credential, or a credential. */
export type Credential =
  | { readonly kind: 'absent' }
  | { readonly kind: 'malformed'; readonly reason: string }
  /** `secrets`: what may equal the key that is asked for. */
  | { readonly kind: 'present'; readonly secrets: readonly string[] };

const absent: Credential = { kind: 'absent' };

/** RFC 9110, 11.2. */
const token68Pattern = /^[A-Za-z0-9._~+/-]+=*$/;

/** The credentials of a request: whatever holds several is read once. */
export class SentCredentials {
  readonly #request: HttpRequest;
  readonly #inQuery: Names;
  #query: Pairs | undefined;
  #cookie: Pairs | undefined;

  /** @param inQuery the query parameters that may hold one: others are not read */
  constructor(request: HttpRequest, inQuery: Names) {
    this.#request = request;
    this.#inQuery = inQuery;
  }

  /** Looks for the credential of a scheme (OpenAPI 3.1, 4.8.27). mutualTLS cannot be seen in a request. */
  of(scheme: SecurityScheme): Credential {
    switch (scheme.type) {
      case 'mutualTLS':
        return { kind: 'present', secrets: [] };
      case 'apiKey':
        return apiKey(scheme.parameterName ?? '', this.#valuesOf(scheme));
      default:
        return authorization(authorizationScheme(scheme), this.#request);
    }
  }

  #valuesOf({ in: place, parameterName }: SecurityScheme): readonly string[] | undefined {
    const name = parameterName ?? '';
    if (place === 'header') return headerValues(this.#request, name);
    const pairs = place === 'cookie' ? this.#cookies() : this.#pairs();
    return pairs.byName.get(name)?.map((raw) => pairs.decode(raw) ?? raw);
  }

  #cookies(): Pairs {
    this.#cookie ??= cookiePairs(this.#request.headers.cookie);
    return this.#cookie;
  }

  #pairs(): Pairs {
    this.#query ??= pairsOfRequest(this.#request, this.#inQuery);
    return this.#query;
  }
}

/** The scheme of the Authorization field; oauth2 and openIdConnect send bearer tokens (RFC 6750). */
export function authorizationScheme(scheme: SecurityScheme): string {
  return scheme.type === 'http' ? (scheme.httpScheme ?? 'bearer').toLowerCase() : 'bearer';
}

function apiKey(name: string, values: readonly string[] | undefined): Credential {
  const key = values?.at(-1);
  if (key === undefined) return absent;
  if (key === '') return { kind: 'malformed', reason: 'is empty' };
  // A key in Authorization usually stands behind some scheme.
  const behindScheme = name.toLowerCase() === 'authorization' ? key.split(/[ \t]+/).slice(1) : [];
  return { kind: 'present', secrets: [key, ...behindScheme] };
}

function headerValues(request: HttpRequest, name: string): readonly string[] | undefined {
  const value = headerOf(request, name.toLowerCase());
  return value === undefined ? undefined : [trimBlanks(value)];
}

function authorization(wanted: string, request: HttpRequest): Credential {
  const field = headerValues(request, 'authorization')?.[0];
  if (field === undefined) return absent;
  const [, sent = '', rest = ''] = /^(\S*)[ \t]*(.*)$/s.exec(field) ?? [];
  const malformed = (reason: string): Credential => ({ kind: 'malformed', reason });
  if (field === '') return malformed('is empty');
  if (sent.toLowerCase() !== wanted) return malformed(`has another scheme than ${wanted}`);
  if (rest === '') return malformed('has no credential behind the scheme');
  if (wanted === 'bearer' && !token68Pattern.test(rest)) return malformed('is no bearer token (RFC 6750, 2.1)');
  if (wanted !== 'basic') return { kind: 'present', secrets: [rest] };
  const userAndPassword = decodeBasic(rest);
  if (userAndPassword === null) return malformed('is not the base64 of user:password (RFC 7617, 2)');
  const colon = userAndPassword.indexOf(':');
  const [user, password] = [userAndPassword.slice(0, colon), userAndPassword.slice(colon + 1)];
  // A key often stands as the user, without a password.
  return { kind: 'present', secrets: [password === '' ? user : password, userAndPassword] };
}

/** `user:password`, or null where it is something else. */
function decodeBasic(token: string): string | null {
  if (!token68Pattern.test(token)) return null;
  try {
    const bytes = Uint8Array.from(atob(token), (character) => character.charCodeAt(0));
    const text = new TextDecoder().decode(bytes);
    return text.includes(':') ? text : null;
  } catch {
    return null;
  }
}
