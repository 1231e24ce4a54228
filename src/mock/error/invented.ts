import { checkRequest, checkSecurity, type HttpRequest, type Operation, pathOf } from '../../operation/index.js';
import type { Violation } from '../../schema/index.js';
import { percentEncoded } from '../../text/percent.js';

/** What an error that was asked for, and has not happened, is said to come from. */
export interface Invented {
  readonly violations: readonly Violation[];
  /** A sentence, where no violation says it. */
  readonly detail: string | null;
}

/** Sentences for errors that no request explains. */
const sentences: Readonly<Record<number, string>> = {
  400: 'The request cannot be processed',
  401: 'A valid credential is required',
  402: 'A payment is required',
  403: 'The credential does not permit this',
  404: 'There is no such resource',
  405: 'The method is not allowed here',
  406: 'None of the media types in Accept can be given',
  408: 'The request did not arrive in time',
  409: 'The request conflicts with the state of the resource',
  410: 'The resource is no longer there',
  412: 'A precondition does not hold',
  413: 'The request body is too large',
  415: 'The media type of the request body is not supported',
  422: 'The request is not valid',
  423: 'The resource is locked',
  429: 'Too many requests were sent, try again later',
  500: 'Something went wrong on the server',
  501: 'This is not implemented',
  502: 'The server behind this one gave no usable answer',
  503: 'The service is not available now, try again later',
  504: 'The server behind this one did not answer in time',
};

/**
 * Reasons for an error that was asked for: the valid request is broken in one place, and what the document then has
 * against it is said. So the answer names a real parameter, and reads as the real server's would.
 */
export function invent(
  operation: Operation,
  status: number,
  request: HttpRequest,
  pathParameters: Readonly<Record<string, string>>,
): Invented {
  if (status === 401) {
    const violations = checkSecurity(operation, { ...wholeOf(request), target: pathOf(request.target), headers: {} });
    if (violations.length > 0) return { violations, detail: null };
  }
  if (status === 400 || status === 422) {
    for (const broken of breakages(operation, request, pathParameters)) {
      const { violations } = checkRequest(operation, broken.request, broken.pathParameters);
      const found = violations.filter((violation) => violation.in !== 'content-type');
      if (found.length > 0) return { violations: found.slice(0, 1), detail: null };
    }
  }
  return { violations: [], detail: sentences[status] ?? null };
}

interface Broken {
  readonly request: HttpRequest;
  readonly pathParameters: Record<string, string>;
}

const encoder = new TextEncoder();

/** A request that can be spread: of one that is recorded the members are no own ones. */
function wholeOf({ method, target, headers, body }: HttpRequest): HttpRequest {
  return { method, target, headers, body };
}

/** The request, broken in one way at a time: the likeliest mistakes of a client first. */
function* breakages(
  operation: Operation,
  request: HttpRequest,
  pathParameters: Readonly<Record<string, string>>,
): Generator<Broken> {
  const sent = wholeOf(request);
  const path = { ...pathParameters };
  const inQuery = operation.parameters.filter((parameter) => parameter.in === 'query');
  for (const { name, required } of inQuery) {
    if (required) yield { request: { ...sent, target: withQuery(request.target, name, null) }, pathParameters: path };
  }
  if (operation.requestBody !== null) {
    const headers = { ...request.headers, 'content-type': 'application/json' };
    for (const body of ['{}', '[]', 'null', '0', '"invalid"']) {
      yield { request: { ...sent, headers, body: encoder.encode(body) }, pathParameters: path };
    }
    if (operation.requestBody.required) {
      const { 'content-type': _type, ...withoutType } = request.headers;
      yield { request: { ...sent, headers: withoutType, body: null }, pathParameters: path };
    }
  }
  for (const value of ['invalid', '-1', '']) {
    for (const { name } of inQuery) {
      yield { request: { ...sent, target: withQuery(request.target, name, value) }, pathParameters: path };
    }
    for (const { in: where, name } of operation.parameters) {
      if (where === 'path' && value !== '') yield { request, pathParameters: { ...path, [name]: value } };
    }
  }
  for (const { in: where, name, required } of operation.parameters) {
    if (where === 'header' && required) {
      yield {
        request: { ...sent, headers: { ...request.headers, [name.toLowerCase()]: undefined } },
        pathParameters: path,
      };
    }
    if (where === 'cookie' && required) {
      yield { request: { ...sent, headers: { ...request.headers, cookie: undefined } }, pathParameters: path };
    }
  }
}

/** The target with one query parameter set, or taken away where the value is null. */
function withQuery(target: string, name: string, value: string | null): string {
  const mark = target.indexOf('?');
  const pieces = mark < 0 ? [] : target.slice(mark + 1).split('&');
  const kept = pieces.filter((piece) => {
    const key = piece.split('=', 1)[0] ?? '';
    return piece !== '' && key !== percentEncoded(name) && key !== name && !key.startsWith(`${name}[`);
  });
  if (value !== null) kept.push(`${percentEncoded(name)}=${percentEncoded(value)}`);
  return kept.length > 0 ? `${pathOf(target)}?${kept.join('&')}` : pathOf(target);
}
