import type { HttpRequest, RequestHeaders } from '../operation/index.js';

const body = Symbol('body');
const headerNames = Symbol('names of all header fields');

/** A part of a request that an answer may depend on, besides method and target: a header field by name, or these. */
export type RequestPart = string | typeof body | typeof headerNames;

/** A request with a longer body is not remembered, in bytes. */
const maximumBodyLength = 8192;

const latin1 = new TextDecoder('latin1');

/**
 * What a part of a request says, as one text: equal where, and only where, the parts are equal.
 * @returns undefined where the request has no such part; null where it is too long to be kept
 */
export function readingOf(request: HttpRequest, part: RequestPart): string | undefined | null {
  if (typeof part === 'string') return textOf(request.headers[part]);
  if (part === headerNames) return JSON.stringify(Object.keys(request.headers));
  if (request.body === null) return undefined;
  return request.body.length > maximumBodyLength ? null : latin1.decode(request.body);
}

/** A field value has no line breaks, so that a text with one in front can be nothing else. */
function textOf(value: RequestHeaders[string]): string | undefined {
  if (typeof value === 'string') return value.charCodeAt(0) === 10 ? `\n${value}` : value;
  return Array.isArray(value) ? `\n\n${JSON.stringify(value)}` : undefined;
}

/** A request whose every reading is noted, and what was read of it, in the order in which it was first read. */
export interface RecordedRequest {
  readonly request: HttpRequest;
  readonly parts: ReadonlySet<RequestPart>;
}

/**
 * The steps of the mock get a request in this form, and have no other way to it: so what an answer depends on is known
 * without anybody having to say it.
 */
export function recorded({ method, target, headers, body: bytes }: HttpRequest): RecordedRequest {
  const parts = new Set<RequestPart>();
  const field = (name: string | symbol) => {
    if (typeof name === 'symbol') return undefined;
    parts.add(name);
    return Object.hasOwn(headers, name) ? headers[name] : undefined;
  };
  const noting = new Proxy(headers, {
    get: (_, name) => field(name),
    has: (_, name) => field(name) !== undefined,
    ownKeys() {
      parts.add(headerNames);
      return Object.keys(headers);
    },
    getOwnPropertyDescriptor(_, name) {
      const value = field(name);
      return value === undefined ? undefined : { value, enumerable: true, configurable: true, writable: true };
    },
  });
  const request = {
    method,
    target,
    headers: noting,
    get body() {
      parts.add(body);
      return bytes;
    },
  };
  return { request, parts };
}
