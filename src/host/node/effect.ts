import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type Answer, isBodiless, type WireEffect } from '../../operation/index.js';
import { frameAt, intervalOf, type StreamOptions } from '../stream.js';
import { type WireHead, withContentLength, withoutContentLength } from './head.js';

type Effects = {
  readonly [Kind in WireEffect['kind']]: (
    response: ServerResponse,
    answer: Answer,
    head: WireHead,
    effect: Extract<WireEffect, { kind: Kind }>,
    stream: StreamOptions,
  ) => void;
};

/** What an answer can do on the wire besides arriving. */
const effects: Effects = {
  hang(response) {
    if (response.socket !== null) hanging.add(response.socket);
  },

  drip(response, answer, head, { bytesPerSecond }) {
    const bytes = bytesOf(answer);
    const rate = Math.max(bytesPerSecond, 0.001);
    // Ten pieces a second, or one byte at a time where the rate is below that.
    const size = Math.max(1, Math.round(rate / 10));
    let sent = 0;
    response.writeHead(answer.status, head as string[]);
    response.flushHeaders();
    const timer = setInterval(
      () => {
        response.write(bytes.subarray(sent, sent + size));
        sent += size;
        if (sent < bytes.length) return;
        clearInterval(timer);
        response.end();
      },
      (size / rate) * 1000,
    );
    response.once('close', () => clearInterval(timer));
  },

  reset(response, answer, head, { afterBytes }) {
    if (afterBytes <= 0) {
      response.socket?.resetAndDestroy();
      return;
    }
    response.writeHead(answer.status, head as string[]);
    response.flushHeaders();
    const reset = () => response.socket?.resetAndDestroy();
    // A reset overtakes what is still in the socket's buffer, so the bytes get a moment to leave.
    response.write(bytesOf(answer).subarray(0, afterBytes), () => setTimeout(reset, 20));
  },

  truncate(response, answer, head, { afterBytes }) {
    endConnectionAfter(response);
    response.writeHead(answer.status, head as string[]);
    response.end(bytesOf(answer).subarray(0, afterBytes));
  },

  length(response, answer, head, { contentLength }) {
    endConnectionAfter(response);
    response.writeHead(answer.status, withContentLength(head, contentLength) as string[]);
    response.end(answer.body);
  },

  'body-always'(response, answer, head) {
    const { socket } = response;
    endConnectionAfter(response);
    response.writeHead(answer.status, withContentLength(head, bytesOf(answer).length) as string[]);
    response.flushHeaders();
    // Past node:http, which rightly sends none for HEAD, 204 and 304.
    if (socket !== null && isBodiless(response.statusCode, response.req.method)) socket.write(bytesOf(answer));
    else response.write(answer.body);
    response.end();
  },

  // Without a Content-Length, node chunks what is written in pieces.
  chunked(response, answer, head) {
    const bytes = bytesOf(answer);
    const half = Math.ceil(bytes.length / 2);
    response.writeHead(answer.status, withoutContentLength(head) as string[]);
    if (half > 0) response.write(bytes.subarray(0, half));
    response.end(bytes.subarray(half));
  },

  stream(response, answer, head, effect, options) {
    const interval = intervalOf(options);
    let index = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    response.writeHead(answer.status, withoutContentLength(head) as string[]);
    response.flushHeaders();
    if (isBodiless(answer.status, response.req.method)) {
      response.end();
      return;
    }
    // It never ends by itself, so a server that ends need not wait for it.
    if (options.endless && response.socket !== null) hanging.add(response.socket);
    const next = () => {
      if (response.destroyed) return;
      const frame = frameAt(effect, index, options);
      index += 1;
      if (frame === null) response.end(effect.end);
      else if (response.write(frame)) timer = setTimeout(guarded, interval);
      else response.once('drain', () => (timer = setTimeout(guarded, interval)));
    };
    const guarded = () => orDestroy(response, next);
    response.once('close', () => clearTimeout(timer));
    guarded();
  },
};

/** Connections on which nothing will ever come: a server that ends need not wait for them. */
const hanging = new WeakSet<Socket>();

export const isHanging = (socket: Socket): boolean => hanging.has(socket);

/** Carries out the effect of an answer that has one, once the answers before it on its connection are sent. */
export function sendWithEffect(
  response: ServerResponse,
  answer: Answer,
  head: WireHead,
  stream: StreamOptions = {},
): void {
  const { effect } = answer;
  if (effect === null) return;
  type Act = (r: ServerResponse, a: Answer, h: WireHead, e: WireEffect, s: StreamOptions) => void;
  const act = effects[effect.kind] as Act;
  if (response.socket !== null) act(response, answer, head, effect, stream);
  // Not at once: node is still busy with handing the connection on.
  else
    response.once('socket', () => setImmediate(orDestroy, response, () => act(response, answer, head, effect, stream)));
}

const bytesOf = ({ body }: Answer): Uint8Array => (typeof body === 'string' ? Buffer.from(body) : body);

function endConnectionAfter(response: ServerResponse): void {
  response.shouldKeepAlive = false;
}

/** Does what comes later for a response: what goes wrong then costs its own connection, and not the process. */
export function orDestroy(response: ServerResponse, act: () => void): void {
  try {
    act();
  } catch {
    response.destroy();
  }
}
