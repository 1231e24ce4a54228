import type { Faker } from '../fake/index.js';
import { type Header, isJson, type Response } from '../operation/index.js';
import { fits } from '../schema/index.js';
import { scalarText, writeJson } from '../text/integers.js';
import type { Json } from '../text/value.js';

/**
 * Fields that no answer takes from the document: Content-Type is ignored by OpenAPI (3.1, 4.8.17), the others belong
 * to the connection or to the bytes that are really sent.
 */
const notOurs = new Set([
  'content-type',
  'content-length',
  'content-encoding',
  'content-range',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'trailer',
  'upgrade',
  'date',
]);

export interface HeaderTools {
  readonly faker: Faker;
  readonly seed: number;
  readonly salt: () => string;
  readonly method: string;
  /** The path that was asked for: what links and locations are made from. */
  readonly path: string;
}

/** Every header that a response declares, from its example, its meaning, or its schema. */
export function responseHeaders(response: Response, tools: HeaderTools): Record<string, string | readonly string[]> {
  const headers: Record<string, string | readonly string[]> = {};
  for (const header of response.headers) {
    if (notOurs.has(header.name.toLowerCase())) continue;
    const value = fieldValue(header, tools);
    if (value !== undefined) headers[header.name] = value;
  }
  return headers;
}

/** A list where each value has a field of its own. */
function fieldValue(header: Header, tools: HeaderTools): string | readonly string[] | undefined {
  // Cookies cannot be joined (RFC 9110, 5.3).
  const isCookie = header.name.toLowerCase() === 'set-cookie';
  for (const candidate of candidates(header, tools)) {
    // No field says null: it is one that is not there.
    if (candidate === null && !header.required) return undefined;
    const texts = (isCookie ? [candidate].flat() : [candidate]).map((value) => serializeHeader(value, header));
    // Only visible ASCII arrives everywhere as it was sent (RFC 9110, 5.5).
    if (texts.every((text) => /^(?:[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?)?$/.test(text))) {
      return texts.length === 1 ? texts[0] : texts;
    }
  }
  return undefined;
}

/** Values for a field whose meaning its name gives away (RFC 9110, RFC 8288, RFC 6265). */
const meanings: Readonly<Record<string, (path: string, method: string) => Json>> = {
  location: (path, method) => (method === 'PUT' ? path : `${path.replace(/\/$/, '')}/1`),
  'content-location': (path) => path,
  link: (path) => `<${path}?page=2>; rel="next"`,
  etag: () => '"5d8c72a5edda8d6a"',
  'last-modified': () => 'Thu, 01 Jan 2026 00:00:00 GMT',
  expires: () => 'Fri, 01 Jan 2027 00:00:00 GMT',
  'retry-after': () => 1,
  'set-cookie': () => 'session=0123456789abcdef; Path=/; HttpOnly',
  vary: () => 'Accept',
  age: () => 0,
  'accept-ranges': () => 'bytes',
  'x-ratelimit-limit': () => 60,
  'x-ratelimit-remaining': () => 59,
  'access-control-allow-origin': () => '*',
  'access-control-allow-methods': () => 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers': () => 'Authorization, Content-Type',
  'access-control-expose-headers': () => 'Location',
  'access-control-max-age': () => 600,
  'cache-control': () => 'no-store',
  'content-language': () => 'en',
  'content-disposition': () => 'attachment; filename="file"',
  'www-authenticate': () => 'Bearer',
};

function* candidates(header: Header, tools: HeaderTools): Generator<Json> {
  const { schema } = header;
  const accepts = (value: Json) => fits(schema, value);
  for (const { value } of header.examples) if (accepts(value)) yield value;
  const name = header.name.toLowerCase();
  const meaning = Object.hasOwn(meanings, name) ? meanings[name]?.(tools.path, tools.method) : undefined;
  if (meaning !== undefined) {
    if (accepts(meaning)) yield meaning;
    if (typeof meaning === 'number' && accepts(String(meaning))) yield String(meaning);
    if (accepts([meaning])) yield [meaning];
  }
  if (schema === null || schema.problem !== null) {
    yield 'value';
    return;
  }
  // Most of what is made for a string is ASCII; a few draws find one that is.
  for (let draw = 0; draw < 8; draw++) {
    const salt = `${tools.salt()} ${header.name} ${draw}`;
    const made = tools.faker.generateForOneOfMany(schema, { seed: tools.seed, salt });
    if (!made.ok) return;
    yield made.value;
  }
}

/** JSON where that is declared, else the `simple` style (OpenAPI 3.1, 4.8.12.2), the only one that headers have. */
function serializeHeader(value: Json, { explode, mediaType }: Header): string {
  if (mediaType !== null && isJson(mediaType)) return asciiJson(value);
  if (value === null) return '';
  if (Array.isArray(value)) return value.map(plain).join(',');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([name, member]) => `${name}${explode ? '=' : ','}${plain(member)}`)
      .join(',');
  }
  return scalarText(value);
}

function asciiJson(value: Json): string {
  return writeJson(value).replaceAll(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function plain(value: Json): string {
  return typeof value === 'object' ? writeJson(value) : scalarText(value);
}
