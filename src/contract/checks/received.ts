import type { Document } from '../../document/index.js';
import {
  type Content,
  type HttpResponse,
  isBodiless,
  isJson,
  isJudged,
  isSuccessByDefault,
  jsonBody,
  type Response,
  readBody,
  responseFor,
} from '../../operation/index.js';
import { maximumJsonDepth } from '../../text/json.js';
import { setMember } from '../../text/value.js';
import type { Exchange, Received } from '../types.js';

/** What every check needs of an answer, worked out once for each exchange. */

const responses = new WeakMap<Received, HttpResponse>();

/** The answer in the form that `operation/` checks; null where no status line came. */
export function asResponse(received: Received): HttpResponse | null {
  if (received.status === null) return null;
  const known = responses.get(received);
  if (known) return known;
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of received.headers) {
    const key = name.toLowerCase();
    const earlier = Object.hasOwn(headers, key) ? headers[key] : undefined;
    if (Array.isArray(earlier)) earlier.push(value);
    else setMember(headers, key, earlier === undefined ? value : [earlier, value]);
  }
  const response = {
    status: received.status,
    headers,
    body: received.body.length > 0 ? received.body : null,
    ...(received.isOpen && { isOpen: true }),
  };
  responses.set(received, response);
  return response;
}

/** All values of a field, by name in any case. */
export function headerValues(received: Received, name: string): readonly string[] {
  const key = name.toLowerCase();
  return received.headers.filter(([field]) => field.toLowerCase() === key).map(([, value]) => value);
}

/** Content-Type as it was sent, or undefined. */
export function contentType(received: Received): string | undefined {
  return headerValues(received, 'content-type')[0];
}

/** Whether the exchange can have a body at all (RFC 9110, 6.4.1 and 15.3.6). */
export function mayHaveBody(exchange: Exchange): boolean {
  const { status } = exchange.received;
  return !isBodiless(status ?? 200, exchange.request.method);
}

/**
 * The declared response that an answer falls under: exact, range or default. Undefined where no status came,
 * where it is undeclared, and for a method that is not the operation's own (its answers are not described).
 */
export function declaredResponse(exchange: Exchange): Response | undefined {
  const { status } = exchange.received;
  if (status === null || exchange.request.method !== exchange.operation.method) return undefined;
  return responseFor(exchange.operation, status);
}

/** Refusals that come from a server or gateway before the operation is asked, whoever wrote the document. */
export const refusedBeforehand: ReadonlySet<number> = new Set([405, 406, 413, 414, 415, 429, 431]);

/**
 * The declared response whose body and header fields an answer is held to. What a server refuses before the
 * operation is asked is not held to `default`; and 400 is how parsers and gateways refuse, in their own words,
 * what is not sent in good faith. Where `default` stands for success, nothing says what an error looks like.
 */
export function promisedResponse(exchange: Exchange): Response | undefined {
  const { status } = exchange.received;
  const declared = declaredResponse(exchange);
  if (status === null || declared === undefined) return undefined;
  const isHostile = exchange.case.aspect === 'hostile';
  if (isHostile && (status === 400 || refusedBeforehand.has(status))) return undefined;
  if (status >= 400 && isSuccessByDefault(exchange.operation, declared)) return undefined;
  return declared.key === 'default' && refusedBeforehand.has(status) ? undefined : declared;
}

export type ParsedBody = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly why: string };

/** The body as one JSON text (RFC 8259), whatever Content-Type says; where a name stands twice the last one counts. */
export function bodyJson({ body }: Pick<Received, 'body'>): ParsedBody {
  const json = jsonBody(body);
  if (!json.isText) return { ok: false, why: 'it is not UTF-8' };
  const { reading } = json;
  if (reading.ok) return reading;
  if (reading.exceeded !== undefined) return { ok: false, why: `it is nested deeper than ${maximumJsonDepth}` };
  const { expected, line, column, found } = reading.fault;
  return { ok: false, why: `expected ${expected} at line ${line}, column ${column}, found ${found}` };
}

/** Whether JSON is nested too deep to be judged. */
export function isTooDeep({ body }: Pick<Received, 'body'>): boolean {
  const json = jsonBody(body);
  return json.isText && !json.reading.ok && json.reading.exceeded === 'depth';
}

/** Whether an answer came to no end in time, or is more than the suite reads. */
export function isUnread(received: Received): boolean {
  const isCut = received.problems.some(({ kind }) => kind === 'timeout' || kind === 'too-large');
  return isCut || (isJson(contentType(received) ?? '') && isTooDeep(received));
}

/** A function of a body that is worked out once for the same bytes. */
export function ofBody<Value>(read: (body: Uint8Array) => Value): (received: Pick<Received, 'body'>) => Value {
  const known = new WeakMap<Uint8Array, { readonly value: Value }>();
  return ({ body }) => {
    const { value } = known.get(body) ?? { value: read(body) };
    if (!known.has(body)) known.set(body, { value });
    return value;
  };
}

/** The body as the value that its schema is about: of JSON that of the text, of a stream the list of its items. */
export function bodyValue(received: Received, content: Content, document: Document): ParsedBody {
  const type = contentType(received) ?? content.mediaType;
  if (content.sequence === undefined && isJson(type)) return bodyJson(received);
  if (!isJudged(content, document)) return { ok: false, why: 'its schema has no say over it' };
  const { value } = readBody(content, type, received.body, document, received.isOpen);
  return value === undefined ? { ok: false, why: 'it cannot be decoded' } : { ok: true, value };
}

export function statusClass(status: number): number {
  return Math.floor(status / 100);
}

/** `GET /users → 200`-like words for what came back. */
export function describeStatus(received: Received): string {
  return received.status === null
    ? `no answer (${received.problems.map(({ kind }) => kind).join(', ') || 'nothing came'})`
    : `status ${received.status}`;
}

/** The statuses that an operation declares, for "expected". */
export function declaredStatuses(exchange: Exchange): string {
  return exchange.operation.responses.map(({ key }) => key).join(', ') || 'none';
}

/** Tells whether a body has not been looked at before in the same respect, such as the schema it is held against. */
export function createFirstSight(): (received: Pick<Received, 'body'>, respect: string) => boolean {
  const seen = ofBody(() => new Set<string>());
  return (received, respect) => !seen(received).has(respect) && seen(received).add(respect) !== undefined;
}
