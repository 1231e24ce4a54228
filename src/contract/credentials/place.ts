import type { HttpRequest, SecurityScheme } from '../../operation/index.js';
import { percentEncoded } from '../../text/percent.js';

/**
 * Stands for a scheme's credential where a case has to place it (and in every curl command): `$API_KEY_HEADER`.
 * Whoever sends the case replaces it (`fillCredentials`); what is printed keeps it.
 */
export function credentialPlaceholder(schemeName: string): string {
  return `$${schemeName
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^(?=\d)/, '_')
    .toUpperCase()}`;
}

/**
 * The request with a credential in the place that the scheme names (OpenAPI 3.1, 4.8.27).
 * `value` is the bare key or token; for http basic the base64 text (RFC 7617).
 */
export function placeCredential(request: HttpRequest, scheme: SecurityScheme, value: string): HttpRequest {
  return placeCredentials(request, [[scheme, value]]);
}

/** The request with all of these credentials, each in its place. */
export function placeCredentials(
  request: HttpRequest,
  credentials: Iterable<readonly [scheme: SecurityScheme, value: string]>,
): HttpRequest {
  const headers: Record<string, string | readonly string[] | undefined> = { ...request.headers };
  const pairs: string[] = [];
  const cookies: string[] = [];
  for (const [scheme, value] of credentials) {
    const key = scheme.type === 'apiKey' ? scheme.parameterName : null;
    if (key === null) headers.authorization = `${authenticationScheme(scheme)} ${value}`;
    else if (scheme.in === 'query') pairs.push(queryPair(key, value));
    else if (scheme.in === 'cookie') cookies.push(`${key}=${value}`);
    else headers[key.toLowerCase()] = value;
  }
  if (cookies.length > 0) headers.cookie = behind(headers.cookie, cookies);
  return { ...request, target: withPairs(request.target, pairs), headers };
}

/** The auth-scheme of RFC 9110, 11.1 as it is commonly spelled. OAuth 2 and OpenID Connect send bearer tokens. */
export function authenticationScheme(scheme: SecurityScheme): string {
  const name = scheme.type === 'http' ? (scheme.httpScheme ?? 'bearer') : 'bearer';
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/**
 * Replaces the placeholders of a case's request: percent-encoded in the target, as it is in header fields.
 * `credentials` goes by scheme name.
 */
export function fillCredentials(request: HttpRequest, credentials: ReadonlyMap<string, string>): HttpRequest {
  const isToFill = (text: unknown) => typeof text === 'string' && text.includes('$');
  if (!isToFill(request.target) && !Object.values(request.headers).some(isToFill)) return request;
  const values = new Map([...credentials].map(([name, value]) => [credentialPlaceholder(name), value]));
  const fill = (text: string, encode: (value: string) => string) =>
    text.replace(/\$[A-Z_][A-Z0-9_]*/g, (placeholder) => {
      const value = values.get(placeholder);
      return value === undefined ? placeholder : encode(value);
    });
  const headers: Record<string, string | readonly string[] | undefined> = { ...request.headers };
  for (const [name, header] of Object.entries(headers)) {
    if (typeof header === 'string') headers[name] = fill(header, (value) => value);
  }
  return { ...request, target: fill(request.target, percentEncoded), headers };
}

export function withHeader(request: HttpRequest, name: string, value: string): HttpRequest {
  return { ...request, headers: { ...request.headers, [name.toLowerCase()]: value } };
}

/** `value` is encoded, but for the `$` of a placeholder. */
export function withQuery(request: HttpRequest, name: string, value: string): HttpRequest {
  return { ...request, target: withPairs(request.target, [queryPair(name, value)]) };
}

export function withCookie(request: HttpRequest, name: string, value: string): HttpRequest {
  return withHeader(request, 'cookie', behind(request.headers.cookie, [`${name}=${value}`]));
}

function queryPair(name: string, value: string): string {
  return `${percentEncoded(name)}=${percentEncoded(value).replaceAll('%24', '$')}`;
}

function withPairs(target: string, pairs: readonly string[]): string {
  return pairs.length === 0 ? target : `${target}${target.includes('?') ? '&' : '?'}${pairs.join('&')}`;
}

function behind(cookie: string | readonly string[] | undefined, pairs: readonly string[]): string {
  return [...(cookie ? [String(cookie)] : []), ...pairs].join('; ');
}
