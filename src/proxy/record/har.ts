import { LiveRun } from '../../contract/internal.js';
import { CounterproofError } from '../../errors.js';
import {
  credentialsIn,
  type HttpRequest,
  isBodiless,
  type Operations,
  secretsHandedOut,
  withoutCredentials,
} from '../../operation/index.js';
import { findJsonDefect } from '../../text/json.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { byName } from '../fields.js';
import type { ProxiedExchange } from '../types.js';
import { upstreamAnswer } from '../upstream-answer.js';
import { Masker } from './mask.js';

/** Entries that are kept at most, and bytes of their bodies together. */
const maximumEntries = 10_000;
const maximumBytes = 64 * 1024 * 1024;
/** Entries of an archive that are read at most. */
const maximumRead = 50_000;
const placeholder = 'masked';

/** What was seen, in the order in which it was seen, as an HTTP Archive (HAR 1.2); secrets are replaced as by `Recorder`. */
export class HarWriter {
  readonly #operations: Operations;
  readonly #masker: Masker;
  readonly #entries: JsonObject[] = [];
  readonly #version: string;
  #bytes = 0;
  #left = 0;

  constructor(operations: Operations, salt: string, version: string) {
    this.#operations = operations;
    this.#masker = new Masker(salt);
    this.#version = version;
  }

  get skipped(): readonly string[] {
    return this.#left === 0 ? [] : [`${this.#left} not recorded: the record is full`];
  }

  add({ request, answer, milliseconds }: ProxiedExchange): void {
    this.#bytes += answer.body.length + (request.body?.length ?? 0);
    if (this.#entries.length >= maximumEntries || this.#bytes > maximumBytes) {
      this.#left += 1;
      return;
    }
    const { document } = this.#operations;
    this.#masker.hide([
      ...secretsHandedOut(Object.entries(answer.headers), answer.body),
      ...credentialsIn(request, document),
    ]);
    const shown = withoutCredentials(request, document, placeholder);
    const host = String(request.headers.host ?? 'localhost');
    const sent =
      request.body === null ? null : this.#content(request.body, String(request.headers['content-type'] ?? ''));
    const got = this.#content(bytesOf(answer.body), String(answer.headers['content-type'] ?? ''));
    this.#entries.push({
      startedDateTime: new Date(Date.now() - milliseconds).toISOString(),
      time: milliseconds,
      request: {
        method: shown.method,
        url: `http://${host}${this.#masker.text(shown.target)}`,
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers: this.#fields(shown.headers),
        queryString: queryOf(this.#masker.text(shown.target)),
        headersSize: -1,
        bodySize: request.body?.length ?? 0,
        ...(sent !== null && { postData: sent }),
      },
      response: {
        status: answer.status,
        statusText: '',
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers: this.#fields(answer.headers),
        content: { size: answer.body.length, ...got },
        redirectURL: '',
        headersSize: -1,
        bodySize: answer.body.length,
      },
      cache: {},
      timings: { send: 0, wait: milliseconds, receive: 0 },
    });
  }

  archive(): JsonObject {
    const creator = { name: 'counterproof', version: this.#version };
    return { log: { version: '1.2', creator, entries: this.#entries } };
  }

  #fields(headers: HttpRequest['headers']): JsonObject[] {
    return Object.entries(headers).flatMap(([name, values]) =>
      [values ?? []]
        .flat()
        .map((value) => ({ name: this.#masker.name(name), value: this.#masker.value(value as string, name) })),
    );
  }

  #content(
    body: Uint8Array,
    mimeType: string,
  ): { readonly mimeType: string; readonly text: string; readonly encoding?: string } {
    try {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
      return { mimeType, text: this.#maskedText(text, mimeType) };
    } catch {
      return { mimeType, text: Buffer.from(body).toString('base64'), encoding: 'base64' };
    }
  }

  /** What has nothing to hide stays as it was written, byte for byte. */
  #maskedText(text: string, mimeType: string): string {
    if (!/json/i.test(mimeType)) return this.#masker.text(text);
    try {
      const value = JSON.parse(text) as Json;
      const masked = JSON.stringify(this.#masker.value(value));
      // Of a name that stands there twice the first value has not been looked at.
      const isSeen = masked === JSON.stringify(value) && findJsonDefect(text, {}) === null;
      return isSeen ? text : masked;
    } catch {
      return this.#masker.text(text);
    }
  }
}

/**
 * The exchanges of an HTTP Archive (HAR 1.2), such as a browser exports, one after the other. An entry that got no answer is none.
 *
 * @param archive its text, or what it says as JSON
 * @param most entries that are read of one
 * @throws CounterproofError USAGE where it is no archive, or has more entries
 */
export function exchangesIn(
  archive: string | JsonObject,
  name: string,
  operations: Operations,
  most = maximumRead,
): Iterable<ProxiedExchange> {
  return readArchive(archive, name, operations, most).exchanges;
}

/** The same, with the number of answers of which the archive has the head alone, and which are not among them. */
export function readArchive(
  archive: string | JsonObject,
  name: string,
  operations: Operations,
  most = maximumRead,
): { readonly exchanges: Iterable<ProxiedExchange>; readonly bodiless: number } {
  const { log } = typeof archive === 'string' ? parsed(archive, name) : archive;
  const entries = isObject(log) ? log.entries : undefined;
  if (!Array.isArray(entries)) throw noArchive(name, 'something else');
  if (entries.length > most) {
    const [all, bound] = [entries.length, most].map((count) => count.toLocaleString('en'));
    throw new CounterproofError('USAGE', {
      message: `${name} has ${all} entries, and at most ${bound} are read of one`,
      remedy: 'Export fewer: a shorter session, or the requests of the API alone (the filter of the network panel).',
    });
  }
  const objects = entries.filter(isObject);
  const whole = objects.filter((entry) => !lacksBody(entry));
  return { exchanges: exchangesOf(whole, operations), bodiless: objects.length - whole.length };
}

/** One at a time: all of them together take several times what the archive takes. */
function* exchangesOf(entries: readonly JsonObject[], operations: Operations): Generator<ProxiedExchange> {
  const live = new LiveRun({ operations, target: '' });
  for (const entry of entries) {
    const exchange = exchangeOf(entry, live);
    if (exchange !== null) yield exchange;
  }
}

function parsed(text: string, name: string): JsonObject {
  let value: Json;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, '')) as Json;
  } catch (error) {
    throw noArchive(name, `no JSON (${(error as Error).message})`);
  }
  if (!isObject(value)) throw noArchive(name, 'something else');
  return value;
}

function noArchive(name: string, found: string): CounterproofError {
  return new CounterproofError('USAGE', {
    message: `${name} is no HTTP Archive: expected an object with log.entries, as browsers export it, found ${found}`,
  });
}

/** Browsers leave out what is long, or what they do not have any more. */
function lacksBody({ request, response }: JsonObject): boolean {
  if (!isObject(request) || !isObject(response) || !isObject(response.content)) return false;
  const { size, text } = response.content;
  return typeof text !== 'string' && Number(size) > 0 && !isBodiless(Number(response.status), String(request.method));
}

function exchangeOf({ request, response, time }: JsonObject, live: LiveRun): ProxiedExchange | null {
  if (!isObject(request) || !isObject(response) || !(Number(response.status) >= 100)) return null;
  const url = String(request.url ?? '');
  if (!URL.canParse(url)) return null;
  const { origin, pathname, search } = new URL(url);
  const postData = isObject(request.postData) ? request.postData : {};
  const sent: HttpRequest = {
    method: String(request.method ?? 'GET'),
    target: pathname + search,
    headers: headersOf(request.headers, postData),
    body: bodyOf(postData),
  };
  const content = isObject(response.content) ? response.content : {};
  const read = live.read(sent);
  const shown = {
    status: Number(response.status),
    headers: headersOf(response.headers, content),
    body: textOrBytes(content),
  };
  const answer = upstreamAnswer(read, shown, []);
  return { request: sent, origin, read, answer, milliseconds: Number(time ?? 0) };
}

/** @param content says by itself of which type it is, where no field does */
function headersOf(
  list: Json | undefined,
  { mimeType, text, params, encoding }: JsonObject,
): Record<string, string | string[]> {
  const fields = (Array.isArray(list) ? list : [])
    .filter(isObject)
    .map(({ name, value }) => [String(name), String(value)] as const);
  // Of HTTP/2 some browsers export what is no field.
  const headers = byName(fields.filter(([name]) => !name.startsWith(':')));
  if (typeof mimeType === 'string' && mimeType.includes('/') && (text || params)) headers['content-type'] ??= mimeType;
  const type = headers['content-type'];
  // What an archive has as a text has been decoded, and is sent as UTF-8.
  if (typeof type === 'string' && typeof text === 'string' && encoding !== 'base64')
    headers['content-type'] = type.replace(/(; *charset=)[^;]*/i, '$1utf-8');
  return headers;
}

/** Of a form some browsers have the fields and no text. */
function bodyOf(postData: JsonObject): Uint8Array | null {
  const { text, params, mimeType } = postData;
  const fields = (Array.isArray(params) ? params : []).filter(isObject);
  if (!text && fields.length > 0 && /^application\/x-www-form-urlencoded/i.test(String(mimeType))) {
    const pairs = fields.map(({ name, value }) => [String(name), String(value ?? '')]);
    return new TextEncoder().encode(new URLSearchParams(pairs).toString());
  }
  return typeof text === 'string' ? textOrBytes(postData) : null;
}

function textOrBytes({ text, encoding }: JsonObject): Uint8Array {
  if (typeof text !== 'string') return new Uint8Array();
  return encoding === 'base64' ? Buffer.from(text, 'base64') : new TextEncoder().encode(text);
}

function bytesOf(body: string | Uint8Array): Uint8Array {
  return typeof body === 'string' ? new TextEncoder().encode(body) : body;
}

function queryOf(target: string): JsonObject[] {
  const at = target.indexOf('?');
  const pairs = at === -1 ? [] : [...new URLSearchParams(target.slice(at))];
  return pairs.map(([name, value]) => ({ name, value }));
}
