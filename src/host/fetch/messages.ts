import { type Answer, type HttpRequest, isBodiless, type WireEffect } from '../../operation/index.js';
import { frameAt, intervalOf, type StreamOptions } from '../stream.js';

/** A `Request` (WHATWG Fetch) as the mock takes it. Its body is read whole. */
export async function httpRequestOf(request: Request): Promise<HttpRequest> {
  const url = new URL(request.url);
  const headers: Record<string, string> = Object.fromEntries(request.headers);
  headers.host ??= url.host;
  const hasBody = request.body !== null && request.body !== undefined;
  const bytes = hasBody || mayHaveBody(request) ? new Uint8Array(await request.clone().arrayBuffer()) : null;
  const body = bytes === null || (bytes.length === 0 && headers['content-type'] === undefined) ? null : bytes;
  return { method: request.method, target: `${url.pathname}${url.search}`, headers, body };
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
 * @param signal of the request: an answer that nobody waits for any more is given up
 */
export async function responseOf(
  answer: Answer,
  method: string,
  signal?: AbortSignal,
  stream: StreamOptions = {},
): Promise<Response> {
  if (answer.delay > 0) await pause(answer.delay, signal);
  const { effect } = answer;
  if (effect?.kind === 'hang') return forever(signal);
  if (effect?.kind === 'reset' && effect.afterBytes <= 0) return Response.error();
  const bodiless = isBodiless(answer.status, method);
  return new Response(bodiless ? null : bodyOf(answer, stream), { status: answer.status, headers: headersOf(answer) });
}

function headersOf({ headers }: Answer): Headers {
  const made = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    for (const one of typeof value === 'string' ? [value] : value) made.append(name, one);
  }
  return made;
}

function bodyOf(answer: Answer, stream: StreamOptions): BodyInit {
  const { effect } = answer;
  const bytes = (
    typeof answer.body === 'string' ? new TextEncoder().encode(answer.body) : answer.body
  ) as Uint8Array<ArrayBuffer>;
  if (effect === null) return bytes;
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
