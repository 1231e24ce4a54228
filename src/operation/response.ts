import type { Violation } from '../schema/index.js';
import { pointerOf } from '../text/pointer.js';
import { type HttpResponse, isBodiless } from './http.js';
import { checkResponseBody } from './response/body.js';
import { checkResponseHeaders } from './response/headers.js';
import type { Operation, Response } from './types.js';

/** The response that is declared for a status (OpenAPI 3.1, 4.8.16): its number, its range (`4XX`), or `default`. */
export function responseFor(operation: Operation, status: number): Response | undefined {
  const range = `${Math.floor(status / 100)}XX`;
  for (const key of [String(status), range, 'default']) {
    const response = operation.responses.find((candidate) => candidate.key === key);
    if (response) return response;
  }
  return undefined;
}

/**
 * In which ways a response differs from what the document declares: status, headers, media type, body. A status that is
 * not declared is one violation, and there is nothing to hold the rest against.
 *
 * @param method That of the request, where it is not the operation's own: HEAD is answered by GET.
 */
export function checkResponse(
  operation: Operation,
  response: HttpResponse,
  { method = operation.method }: { readonly method?: string } = {},
): Violation[] {
  const declared = responseFor(operation, response.status);
  if (!declared) return [undocumented(operation, response.status)];
  return [
    ...checkResponseHeaders(declared, response, operation.document),
    ...(isBodiless(response.status, method)
      ? checkNoBody(declared, response, method)
      : checkResponseBody(declared, response)),
  ];
}

function checkNoBody(declared: Response, { status, body }: HttpResponse, method: string): Violation[] {
  if (!body || body.length === 0) return [];
  const reason = method === 'HEAD' ? 'the answer to HEAD' : `a ${status} response`;
  return [
    {
      in: 'body',
      pointer: '',
      keyword: 'undocumented',
      message: `${reason} must not have a body`,
      expected: 'no body',
      received: `${body.length} bytes`,
      schemaPointer: declared.pointer,
      params: { length: body.length },
    },
  ];
}

function undocumented(operation: Operation, status: number): Violation {
  const keys = operation.responses.map(({ key }) => key);
  return {
    in: 'status',
    pointer: '',
    keyword: 'undocumented',
    message: `status ${status} is not declared`,
    expected: keys,
    received: status,
    schemaPointer: operation.pointer + pointerOf('responses'),
    params: { declared: keys },
  };
}
