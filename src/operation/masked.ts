import type { HttpRequest } from './http.js';
import { percentDecode } from './text.js';
import type { SecurityScheme } from './types.js';

/**
 * A request without the credentials that the document, or HTTP itself, has in it: a placeholder stands where each was.
 *
 * @param schemes the security schemes of its operation
 */
export function withoutCredentials(
  request: HttpRequest,
  schemes: readonly SecurityScheme[],
  placeholder: string,
): HttpRequest {
  const named = (place: string) =>
    schemes.flatMap((scheme) => (scheme.in === place && scheme.parameterName !== null ? [scheme.parameterName] : []));
  const headers = { ...request.headers };
  for (const name of ['authorization', 'proxy-authorization']) {
    // The scheme (RFC 9110, 11.4) says nothing secret, and what it is not may be the mistake that is looked for.
    headers[name] &&= String(headers[name]).replace(/^([\w-]+ +)?.*$/s, `$1$${placeholder}`);
  }
  for (const name of named('header')) {
    const field = name.toLowerCase();
    if (field !== 'authorization') headers[field] &&= placeholder;
  }
  const cookies = named('cookie');
  if (typeof headers.cookie === 'string' && cookies.length > 0) {
    headers.cookie = maskedPairs(headers.cookie, /; */, '; ', cookies, placeholder);
  }
  const at = request.target.indexOf('?');
  const keys = named('query');
  if (at === -1 || keys.length === 0) return { ...request, headers };
  const query = maskedPairs(request.target.slice(at + 1), '&', '&', keys, placeholder);
  return { ...request, headers, target: `${request.target.slice(0, at)}?${query}` };
}

function maskedPairs(
  text: string,
  separator: RegExp | string,
  joint: string,
  names: readonly string[],
  placeholder: string,
): string {
  const pairs = text.split(separator).map((pair) => {
    const name = pair.split('=', 1)[0] ?? '';
    return names.includes(percentDecode(name) ?? name) ? `${name}=${placeholder}` : pair;
  });
  return pairs.join(joint);
}

const ofTheConnection = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive']);

/** A request as a command sends it again: without what curl adds by itself, and what a browser adds that says nothing. */
export function withoutConnection(request: HttpRequest): HttpRequest {
  const headers = Object.entries(request.headers).filter(
    ([name]) => !ofTheConnection.has(name) && !name.startsWith('sec-'),
  );
  return { ...request, headers: Object.fromEntries(headers) };
}
