import type { Exchange } from './payloads.js';

/** More entries of an archive are not read. */
const mostEntries = 20_000;

const pairsOf = (fields: Exchange['requestHeaders']) => fields.map(([name, value]) => ({ name, value }));

/** So many are read or written before the page may draw, and hear of keys, again. */
const sliceSize = 500;

/** What a function makes of each item, with room for the page in between. */
async function inSlices<From, To>(items: readonly From[], make: (item: From) => To): Promise<To[]> {
  const made: To[] = [];
  for (let at = 0; at < items.length; at += sliceSize) {
    if (at > 0) await new Promise((resolve) => setTimeout(resolve));
    for (const item of items.slice(at, at + sliceSize)) made.push(make(item));
  }
  return made;
}

/**
 * Exchanges as an HTTP Archive (HAR 1.2).
 * @param baseUrl where the mock is, without a slash at the end
 * @returns its text, in pieces
 */
export async function toHar(exchanges: readonly Exchange[], baseUrl: string): Promise<string[]> {
  const entries = await inSlices(exchanges, (exchange) => {
    const url = new URL(exchange.target, `${baseUrl}/`);
    const body = exchange.requestBody;
    return JSON.stringify({
      startedDateTime: exchange.time,
      time: exchange.milliseconds + exchange.delay,
      request: {
        method: exchange.method,
        url: baseUrl + exchange.target,
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers: pairsOf(exchange.requestHeaders),
        queryString: [...url.searchParams].map(([name, value]) => ({ name, value })),
        headersSize: -1,
        bodySize: body?.length ?? 0,
        ...(body !== null && { postData: { mimeType: typeIn(exchange.requestHeaders), text: body } }),
      },
      response: {
        status: exchange.status,
        statusText: '',
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers: pairsOf(exchange.responseHeaders),
        content: {
          size: exchange.responseBody.length,
          mimeType: typeIn(exchange.responseHeaders),
          text: exchange.responseBody,
        },
        redirectURL: '',
        headersSize: -1,
        bodySize: exchange.responseBody.length,
      },
      cache: {},
      timings: { send: 0, wait: exchange.milliseconds + exchange.delay, receive: 0 },
      // What no other program knows (HAR 1.2: such names begin with an underscore).
      _counterproof: {
        operation: exchange.operation,
        source: exchange.source,
        name: exchange.name,
        seed: exchange.seed,
        delay: exchange.delay,
        violations: exchange.violations,
        curl: exchange.curl,
      },
    });
  });
  const head = '{"log":{"version":"1.2","creator":{"name":"counterproof","version":"1"},"entries":[';
  return [head, ...entries.map((entry, index) => (index === 0 ? entry : `,${entry}`)), ']}}'];
}

const typeIn = (fields: Exchange['requestHeaders']): string =>
  fields.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';

/**
 * The exchanges of an archive, ours or that of a browser. They have numbers below 1: nobody has them but this page.
 * @throws Error where it is none, in a sentence
 */
export async function fromHar(text: string): Promise<Exchange[]> {
  let entries: unknown;
  try {
    entries = (JSON.parse(text) as { log?: { entries?: unknown } }).log?.entries;
  } catch {
    // Then it is said below.
  }
  if (!Array.isArray(entries)) throw new Error('This is no HTTP Archive: it has no log with entries.');
  const read = await inSlices(entries.slice(0, mostEntries), readEntry);
  return read.map((exchange, index) => ({ ...exchange, number: index - read.length }));
}

interface Fields {
  readonly [name: string]: unknown;
}
const object = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const string = (value: unknown, otherwise = ''): string => (typeof value === 'string' ? value : otherwise);
const finite = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.max(0, value) : 0;
const fields = (value: unknown): [string, string][] =>
  (Array.isArray(value) ? value : []).map((one) => [string(object(one).name), string(object(one).value)]);

function readEntry(given: unknown): Exchange {
  const entry = object(given);
  const request = object(entry.request);
  const response = object(entry.response);
  const own = object(entry._counterproof);
  const url = string(request.url, '/');
  const { pathname, search } = new URL(URL.canParse(url) ? url : 'http://localhost/');
  const delay = finite(own.delay);
  const post = object(request.postData);
  return {
    number: 0,
    time: string(entry.startedDateTime, new Date(0).toISOString()),
    method: string(request.method, 'GET'),
    target: pathname + search,
    requestHeaders: fields(request.headers),
    requestBody: typeof post.text === 'string' ? post.text : null,
    status: finite(response.status),
    responseHeaders: fields(response.headers),
    responseBody: string(object(response.content).text),
    items: null,
    operation: typeof own.operation === 'string' ? own.operation : null,
    source: string(own.source, 'upstream') as Exchange['source'],
    name: typeof own.name === 'string' ? own.name : null,
    seed: finite(own.seed),
    delay,
    milliseconds: Math.max(0, finite(entry.time) - delay),
    violations: (Array.isArray(own.violations) ? own.violations : []) as Exchange['violations'],
    curl: string(own.curl),
  };
}

/** Hands the pieces of a text to the browser as a file. */
export function download(text: readonly string[], name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([...text], { type }));
  Object.assign(document.createElement('a'), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
