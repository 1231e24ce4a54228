import { type HttpRequest, headerOf } from '../operation/index.js';

/** Only what may stand in a field value is ever sent back. */
function echo(request: HttpRequest, name: string, otherwise: string): string {
  const value = headerOf(request, name);
  return value !== undefined && /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value) ? value : otherwise;
}

/** What Prism adds to every answer (Fetch, 3.3.3). */
export function corsHeaders(request: HttpRequest): Record<string, string> {
  return {
    'Access-Control-Allow-Origin': echo(request, 'origin', '*'),
    'Access-Control-Allow-Headers': echo(request, 'access-control-request-headers', '*'),
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': echo(request, 'access-control-expose-headers', '*'),
  };
}

/** Whether this is a preflight (Fetch, 3.3.2). */
export function isPreflight(request: HttpRequest): boolean {
  const asked = ['origin', 'access-control-request-method'].every((name) => Boolean(headerOf(request, name)));
  return asked && request.method.toUpperCase() === 'OPTIONS';
}

export function preflightHeaders(request: HttpRequest): Record<string, string> {
  const methods = 'GET,DELETE,HEAD,PATCH,POST,PUT,OPTIONS';
  return { 'Access-Control-Allow-Methods': echo(request, 'access-control-request-method', methods), Vary: 'origin' };
}
