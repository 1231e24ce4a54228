import type { Answer } from '../operation/http.js';
import { isObject, type Json } from '../text/value.js';
import { bytesOf, jsonOf, nodesOf, replaced, succeeds, textOf, withBody, withHeader } from './body.js';
import type { Fault, FaultContext } from './types.js';

function variant(id: string, summary: string, spoil: (answer: Answer, context: FaultContext) => Answer | null): Fault {
  return { id, family: 'harmless', summary, caughtBy: [], unfit: () => null, spoil };
}

/** The events of an answer, each with the blank line behind it. */
function eventsOf(answer: Answer): readonly string[] | null {
  const isStream = succeeds(answer) && /^text\/event-stream/.test(String(answer.headers['Content-Type'] ?? ''));
  return isStream && answer.body !== '' ? textOf(answer).split(/(?<=\n\n)/) : null;
}

/** Replaces the JSON body where the declared schema still takes it. */
function allowed(answer: Answer, context: FaultContext, candidates: (body: Json) => Iterable<Json>): Answer | null {
  const body = jsonOf(answer);
  const schema = context.declared(answer).content?.schema;
  if (body === undefined || !schema || schema.problem !== null) return null;
  for (const candidate of candidates(body)) {
    if (schema.accepts(candidate)) return withBody(answer, JSON.stringify(candidate));
  }
  return null;
}

/** Ways to be right that look unusual (RFC 9110, RFC 8259, JSON Schema): a suite that complains of one is wrong. */
export const harmlessVariants: readonly Fault[] = [
  variant('harmless-charset', 'Content-Type with charset=utf-8', (answer) => {
    const type = answer.headers['Content-Type'];
    return typeof type === 'string' && !type.includes(';')
      ? withHeader(answer, 'Content-Type', `${type}; charset=utf-8`)
      : null;
  }),
  variant('harmless-header-case', 'header names in lower case, in reverse order', (answer) => ({
    ...answer,
    headers: Object.fromEntries(
      Object.entries(answer.headers)
        .reverse()
        .map(([name, value]) => [name.toLowerCase(), value]),
    ),
  })),
  variant('harmless-chunked', 'chunked transfer', (answer) => ({ ...answer, effect: { kind: 'chunked' } })),
  variant('harmless-whitespace', 'JSON with white space', (answer) => {
    const body = jsonOf(answer);
    return body === undefined ? null : withBody(answer, `\n${JSON.stringify(body, null, 4)}\n`);
  }),
  variant('harmless-unknown-headers', 'headers, cookies and an ETag that nobody declared', (answer, { operation }) => {
    // One that is declared says which state a thing is in.
    const isDeclared = operation.responses.some(({ headers }) => headers.some(({ name }) => /^etag$/i.test(name)));
    const tagged = isDeclared ? answer : withHeader(answer, 'ETag', 'W/"1"');
    return withHeader(withHeader(tagged, 'X-Request-Id', '7f3a'), 'Set-Cookie', 'session=1; Path=/; HttpOnly');
  }),
  variant('harmless-forbidden', '403 for 401', (answer, { operation }) =>
    answer.status === 401 && !operation.responses.some(({ key }) => /^4(03|XX)$/i.test(key) || key === 'default')
      ? { ...answer, status: 403 }
      : null,
  ),
  variant('harmless-gzip', 'gzip where it was asked for', (answer, { request }) => {
    if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? '')) || answer.body.length === 0) return null;
    return withHeader(withBody(answer, gzipStored(bytesOf(answer))), 'Content-Encoding', 'gzip');
  }),
  variant('harmless-stream-comments', 'events with comments and unknown fields between them', (answer) => {
    const events = eventsOf(answer);
    return events && withBody(answer, `: welcome\n\n${events.map((event) => `: ping\nx-note: 1\n${event}`).join('')}`);
  }),
  variant('harmless-stream-line-ends', 'events with CRLF line ends and no blank behind the colon', (answer) => {
    const events = eventsOf(answer);
    return (
      events &&
      withBody(
        answer,
        events
          .join('')
          .replaceAll(/^(\w+): /gm, '$1:')
          .replaceAll('\n', '\r\n'),
      )
    );
  }),
  variant('harmless-stream-blank-lines', 'blank lines between lines of JSON, and none at the end', (answer) => {
    const type = String(answer.headers['Content-Type'] ?? '');
    if (!succeeds(answer) || !/ndjson|jsonl/.test(type) || answer.body === '') return null;
    return withBody(answer, textOf(answer).replaceAll('\n', '\r\n\r\n').trimEnd());
  }),
  variant('harmless-close', 'Connection: close', (answer) => withHeader(answer, 'Connection', 'close')),
  variant('harmless-empty-for-one', 'a list that is empty for one request in three', (answer, context) => {
    if (!succeeds(answer) || context.random() > 1 / 3) return null;
    return allowed(answer, context, (body) => (Array.isArray(body) ? [[]] : []));
  }),
  variant('harmless-extra-members', 'members that the schema does not mention', (answer, context) => {
    if (!succeeds(answer)) return null;
    return allowed(answer, context, (body) => (isObject(body) ? [{ ...body, extraMember: { since: 2 } }] : []));
  }),
  variant('harmless-optional-left-out', 'no member that is not required', (answer, context) => {
    const schema = context.declared(answer).content?.schema;
    if (!succeeds(answer) || !schema) return null;
    return allowed(answer, context, function* (body) {
      for (const { path, value, schema: declared } of nodesOf(body, schema, context)) {
        if (!isObject(value) || !isObject(declared.properties)) continue;
        const required = Array.isArray(declared.required) ? declared.required : [];
        yield replaced(
          body,
          path,
          Object.fromEntries(Object.entries(value).filter(([name]) => required.includes(name))),
        );
      }
    });
  }),
  variant('harmless-reversed-members', 'members in another order', (answer) => {
    const body = jsonOf(answer);
    return isObject(body) ? withBody(answer, JSON.stringify(Object.fromEntries(Object.entries(body).reverse()))) : null;
  }),
  variant('harmless-escaped', 'every character beyond ASCII, and the slash, escaped', (answer) => {
    if (jsonOf(answer) === undefined) return null;
    const escaped = textOf(answer).replaceAll(
      /[\u0080-\uffff]/g,
      (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    return withBody(answer, escaped.replaceAll('/', '\\/'));
  }),
  variant('harmless-slow', 'a slow but timely answer', (answer) => ({ ...answer, delay: answer.delay + 100 })),
  variant('harmless-rate-limited-once', 'one 429 with Retry-After', (answer, { ordinal }) =>
    ordinal === 2
      ? { ...withHeader(withHeader(answer, 'Retry-After', '0'), 'Content-Type', null), status: 429, body: '' }
      : null,
  ),
];

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc >>> 0;
});

/**
 * A gzip file (RFC 1952) of stored blocks (RFC 1951, 3.2.4): valid and uncompressed, which is all that a test
 * of "the client decodes it" needs, and works where there is no synchronous zlib.
 */
function gzipStored(bytes: Uint8Array): Uint8Array {
  const out = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
  for (let from = 0; from === 0 || from < bytes.length; from += 0xffff) {
    const block = bytes.subarray(from, from + 0xffff);
    const last = from + 0xffff >= bytes.length ? 1 : 0;
    out.push(last, block.length & 0xff, block.length >> 8, ~block.length & 0xff, (~block.length >> 8) & 0xff, ...block);
  }
  out.push(...littleEndian(crc32(bytes)), ...littleEndian(bytes.length));
  return Uint8Array.from(out);
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}

function littleEndian(value: number): number[] {
  return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff];
}
