import { echo } from '../mock/index.js';
import { type HttpRequest, headerOf } from '../operation/index.js';

const echoOr = (request: HttpRequest, name: string, otherwise: string): string =>
  echo(headerOf(request, name)) ?? otherwise;

/** What Prism adds to every answer (Fetch, 3.3.3). */
export function corsHeaders(request: HttpRequest): Record<string, string> {
  return {
    'Access-Control-Allow-Origin': echoOr(request, 'origin', '*'),
    'Access-Control-Allow-Headers': echoOr(request, 'access-control-request-headers', '*'),
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': echoOr(request, 'access-control-expose-headers', '*'),
  };
}

export function preflightHeaders(request: HttpRequest): Record<string, string> {
  const methods = 'GET,DELETE,HEAD,PATCH,POST,PUT,OPTIONS';
  return { 'Access-Control-Allow-Methods': echoOr(request, 'access-control-request-method', methods), Vary: 'origin' };
}
