import type { HttpRequest, SecurityScheme } from '../../operation/index.js';

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
  if (scheme.type === 'apiKey' && scheme.parameterName !== null) {
    if (scheme.in === 'query') return withQuery(request, scheme.parameterName, value);
    if (scheme.in === 'cookie') return withCookie(request, scheme.parameterName, value);
    return withHeader(request, scheme.parameterName, value);
  }
  return withHeader(request, 'authorization', `${authenticationScheme(scheme)} ${value}`);
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
  return { ...request, target: fill(request.target, encodeURIComponent), headers };
}

export function withHeader(request: HttpRequest, name: string, value: string): HttpRequest {
  return { ...request, headers: { ...request.headers, [name.toLowerCase()]: value } };
}

/** `value` is encoded, but for the `$` of a placeholder. */
export function withQuery(request: HttpRequest, name: string, value: string): HttpRequest {
  const separator = request.target.includes('?') ? '&' : '?';
  const pair = `${encodeURIComponent(name)}=${encodeURIComponent(value).replaceAll('%24', '$')}`;
  return { ...request, target: `${request.target}${separator}${pair}` };
}

export function withCookie(request: HttpRequest, name: string, value: string): HttpRequest {
  const before = request.headers.cookie;
  return withHeader(request, 'cookie', `${before ? `${String(before)}; ` : ''}${name}=${value}`);
}
