import { type Answer, type HttpRequest, isBodiless, type WireEffect } from '../../operation/index.js';
import { attached } from '../../text/attached.js';
import { setMember } from '../../text/value.js';
import { frameAt, intervalOf, type StreamOptions } from '../stream.js';

/** A `Request` (WHATWG Fetch) as the mock takes it. Its body is read whole. */
export async function httpRequestOf(request: Request): Promise<HttpRequest> {
  const { host, target } = addressed(request.url);
  const headers = fieldsAsked(request.headers);
  headers.host ??= host;
  const hasBody = request.body !== null && request.body !== undefined;
  const bytes = hasBody || mayHaveBody(request) ? new Uint8Array(await request.clone().arrayBuffer()) : null;
  const body = bytes === null || (bytes.length === 0 && headers['content-type'] === undefined) ? null : bytes;
  return { method: request.method, target, headers, body };
}

/** One by one: the iterator of `Headers` makes a list of each field, which takes a fourth of a request in Deno. */
function fieldsAsked(from: Headers): Record<string, string> {
  const fields: Record<string, string> = {};
  from.forEach((value, name) => {
    setMember(fields, name, value);
  });
  return fields;
}

/** The address of a request is one that was parsed and written again (URL Standard, 4.5): where it has an origin, a path follows. */
const written = /^https?:\/\/(?:[^/?#@]*@)?([^/?#@]*)(\/[^#]*)/;

function addressed(address: string): { readonly host: string; readonly target: string } {
  const [, host, target] = written.exec(address) ?? [];
  if (host !== undefined && target !== undefined) return { host, target };
  const url = new URL(address);
  return { host: url.host, target: `${url.pathname}${url.search}` };
}

/** Not every runtime has `Request.body`. */
function mayHaveBody({ method }: Request): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

/**
 * An answer as a `Response` (WHATWG Fetch), after its delay. Of the effects on the wire, those that a Response can
 * show are shown: a hang never settles, a reset is a network error, a body that ends too early is a stream that
 * fails. Content-Length and chunks are the runtime's own.
 *
 * @param asked the request: an answer that nobody waits for any more is given up. Its signal is made when it is asked for in some
 *   runtimes, so that it is not where the answer is there already
 */
export async function responseOf(
  answer: Answer,
  method: string,
  asked?: { readonly signal: AbortSignal },
  stream: StreamOptions = {},
): Promise<Response> {
  if (answer.delay > 0) await pause(answer.delay, asked?.signal);
  const { effect } = answer;
  if (effect?.kind === 'hang') return forever(asked?.signal);
  if (effect?.kind === 'reset' && effect.afterBytes <= 0) return Response.error();
  const { content, headers } = piecesOf(answer);
  const body = isBodiless(answer.status, method)
    ? null
    : effect === null
      ? content
      : bodyWith(effect, bytesOf(answer.body), stream);
  return new Response(body, { status: answer.status, headers });
}

interface Pieces {
  readonly content: Content;
  readonly headers: Record<string, string> | [string, string][];
}

type Content = string | Uint8Array<ArrayBuffer>;

/** By answer: one that the mock remembers is the same object each time. */
const known = attached<Answer, Pieces>();

function piecesOf(answer: Answer): Pieces {
  let pieces = known.get(answer);
  if (pieces === undefined) {
    const headers = fieldsOf(answer);
    // Text is sent for less than bytes are, and says that it is text where nothing else is said (Fetch, 5.2).
    const isTyped = Object.keys(answer.headers).some((name) => name.toLowerCase() === 'content-type');
    pieces = { content: isTyped ? (answer.body as Content) : bytesOf(answer.body), headers };
    known.set(answer, pieces);
  }
  return pieces;
}

function bytesOf(body: Answer['body']): Uint8Array<ArrayBuffer> {
  return (typeof body === 'string' ? new TextEncoder().encode(body) : body) as Uint8Array<ArrayBuffer>;
}

/** A name for each field, or where one is there several times (`Set-Cookie`) a pair for each: names alone are read faster. */
function fieldsOf({ headers }: Answer): Record<string, string> | [string, string][] {
  const fields = Object.entries(headers);
  const single = fields.filter((field): field is [string, string] => typeof field[1] === 'string');
  if (single.length === fields.length) return Object.fromEntries(single);
  return fields.flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one]));
}

function bodyWith(effect: WireEffect, bytes: Uint8Array<ArrayBuffer>, stream: StreamOptions): BodyInit {
  switch (effect.kind) {
    case 'drip':
      return dripping(bytes, effect.bytesPerSecond);
    case 'stream':
      return streaming(effect, stream);
    case 'reset':
    case 'truncate':
      return failingAfter(bytes.subarray(0, effect.afterBytes));
    case 'length':
      return failingAfter(bytes);
    // A Response has no body where HTTP forbids one, and in which pieces one goes is the runtime's own.
    case 'hang':
    case 'body-always':
    case 'chunked':
      return bytes;
  }
}

function dripping(bytes: Uint8Array, bytesPerSecond: number): ReadableStream<Uint8Array> {
  let sent = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return new ReadableStream({
    pull(controller) {
      if (sent >= bytes.length) {
        controller.close();
        return undefined;
      }
      return new Promise<void>((resolve) => {
        timer = setTimeout(() => {
          controller.enqueue(bytes.subarray(sent, sent + 1));
          sent += 1;
          resolve();
        }, 1000 / bytesPerSecond);
      });
    },
    cancel: () => clearTimeout(timer),
  });
}

/** Frame by frame, as fast as they are read; nothing is made for who has stopped reading. */
function streaming(
  effect: Extract<WireEffect, { kind: 'stream' }>,
  options: StreamOptions,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const interval = intervalOf(options);
  let index = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return new ReadableStream(
    {
      async pull(controller) {
        if (index > 0 && interval > 0) await new Promise((resolve) => (timer = setTimeout(resolve, interval)));
        const frame = frameAt(effect, index, options);
        index += 1;
        if (frame !== null) return controller.enqueue(encoder.encode(frame));
        if (effect.end !== '') controller.enqueue(encoder.encode(effect.end));
        controller.close();
      },
      cancel: () => clearTimeout(timer),
    },
    { highWaterMark: 0 },
  );
}

function failingAfter(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (!sent && bytes.length > 0) controller.enqueue(bytes);
      else controller.error(new TypeError('The connection ended in the middle of the body'));
      sent = true;
    },
  });
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}

function forever(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
