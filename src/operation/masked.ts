import type { Document } from '../document/index.js';
import { isSecretCookie } from '../text/private.js';
import { secretsInBody } from './body/secrets.js';
import { securitySchemesOf } from './compile/operation.js';
import type { HttpRequest } from './http.js';
import { percentDecode } from './text.js';

/**
 * A request without the credentials that the document, or HTTP itself, has in it: a placeholder stands where each was, also
 * where nobody asks for one.
 */
export function withoutCredentials(request: HttpRequest, document: Document, placeholder: string): HttpRequest {
  return replaced(request, document, () => placeholder);
}

/**
 * The credentials that a request has, as `withoutCredentials` finds them, and what has the name of one in its body: the
 * password and the name of HTTP Basic as they are.
 */
export function credentialsIn(request: HttpRequest, document: Document): readonly string[] {
  const found = new Set<string>(secretsInBody(request));
  replaced(request, document, (value, scheme) => {
    found.add((/^basic /i.test(scheme) ? fromBase64(value) : percentDecode(value)) ?? value);
    return '';
  });
  return [...found];
}

function fromBase64(text: string): string | null {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0)));
  } catch {
    return null;
  }
}

/** @param instead gives what stands in the place of a value, and is told the authentication scheme before it, or nothing */
function replaced(
  request: HttpRequest,
  document: Document,
  instead: (value: string, scheme: string) => string,
): HttpRequest {
  const named = (place: string) =>
    securitySchemesOf(document).flatMap((scheme) =>
      scheme.in === place && scheme.parameterName !== null ? [scheme.parameterName] : [],
    );
  const headers = { ...request.headers };
  for (const name of ['authorization', 'proxy-authorization']) {
    // The scheme (RFC 9110, 11.4) says nothing secret, and what it is not may be the mistake that is looked for.
    headers[name] &&= String(headers[name]).replace(
      /^([\w-]+ +)?(.*)$/s,
      (_, scheme: string | undefined, value: string) => `${scheme ?? ''}${instead(value, scheme ?? '')}`,
    );
  }
  for (const name of named('header')) {
    const field = name.toLowerCase();
    if (field !== 'authorization') headers[field] &&= instead(String(headers[field]), '');
  }
  const cookies = named('cookie');
  if (typeof headers.cookie === 'string') {
    const isSecret = (name: string) => cookies.includes(name) || isSecretCookie(name);
    headers.cookie = maskedPairs(headers.cookie, /; */, '; ', isSecret, instead);
  }
  const at = request.target.indexOf('?');
  // A bearer token may also stand in the query (RFC 6750, 2.3).
  const keys = [...named('query'), 'access_token'];
  if (at === -1) return { ...request, headers };
  const query = maskedPairs(request.target.slice(at + 1), '&', '&', (name) => keys.includes(name), instead);
  return { ...request, headers, target: `${request.target.slice(0, at)}?${query}` };
}

function maskedPairs(
  text: string,
  separator: RegExp | string,
  joint: string,
  isSecret: (name: string) => boolean,
  instead: (value: string, scheme: string) => string,
): string {
  const pairs = text.split(separator).map((pair) => {
    const name = pair.split('=', 1)[0] ?? '';
    if (!isSecret(percentDecode(name) ?? name)) return pair;
    return `${name}=${instead(pair.slice(name.length + 1), '')}`;
  });
  return pairs.join(joint);
}

/** Fields of the connection, and of how a body is sent: whoever sends a request writes them. */
export const ofTheConnection: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'keep-alive',
]);

/** A request as a command sends it again: without what curl adds by itself, and what a browser adds that says nothing. */
export function withoutConnection(request: HttpRequest): HttpRequest {
  const headers = Object.entries(request.headers).filter(
    ([name]) => !ofTheConnection.has(name) && !name.startsWith('sec-'),
  );
  return { ...request, headers: Object.fromEntries(headers) };
}
