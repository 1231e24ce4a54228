import { type HttpRequest, headerOf } from '../operation/index.js';

type Headers = Record<string, string>;

/** What a client sent, where it may stand in a field value and be sent back; else null. */
export function echo(value: string | undefined): string | null {
  return value !== undefined && /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value) ? value : null;
}

/** Whether this is a preflight (Fetch, 3.3.2: CORS-preflight request). */
export function isPreflight(request: HttpRequest): boolean {
  if (request.method.toUpperCase() !== 'OPTIONS') return false;
  return ['origin', 'access-control-request-method'].every((name) => Boolean(headerOf(request, name)));
}

/**
 * What a browser needs to let a page of any origin use the mock (Fetch, 3.3.3). The origin is named rather than
 * `*`, so that cookies and credentials work too; a mock holds nothing that a page must not read.
 * @param exposed fields that scripts may read
 * @param vary what the answer varies with besides
 */
export function corsHeaders(request: HttpRequest, exposed: readonly string[], vary?: string): Headers {
  const headers: Headers = { Vary: vary === undefined ? 'Origin' : `${vary}, Origin` };
  const origin = echo(headerOf(request, 'origin'));
  if (origin === null) return headers;
  headers['Access-Control-Allow-Origin'] = origin;
  headers['Access-Control-Allow-Credentials'] = 'true';
  if (exposed.length > 0) headers['Access-Control-Expose-Headers'] = exposed.join(', ');
  return headers;
}

/** The answer to a preflight: yes, for a day. */
export function preflightHeaders(request: HttpRequest, allow: readonly string[]): Headers {
  const headers: Headers = {
    ...corsHeaders(request, []),
    Vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
    'Access-Control-Allow-Methods': allow.join(', '),
    'Access-Control-Max-Age': '86400',
  };
  const wanted = echo(headerOf(request, 'access-control-request-headers'));
  if (wanted !== null) headers['Access-Control-Allow-Headers'] = wanted;
  if (headerOf(request, 'access-control-request-private-network') === 'true') {
    headers['Access-Control-Allow-Private-Network'] = 'true';
  }
  return headers;
}
