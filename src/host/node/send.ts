import type { ServerResponse } from 'node:http';
import type { Answer } from '../../mock/index.js';
import { sendWithEffect } from './effect.js';

/** The head as it goes on the wire, flat as `writeHead` likes it best, with its Content-Length. */
export type WireHead = (string | readonly string[])[];

/**
 * Heads by answer. A mock that remembers its answers returns the same object again, and then nothing
 * is left to do for it but to send.
 */
const heads = new WeakMap<Answer, WireHead>();

/** Sends an answer, after its delay and with its effect on the wire. Throws what `writeHead` throws. */
export function send(response: ServerResponse, answer: Answer): void {
  if (answer.delay > 0) {
    sendLater(response, answer);
  } else if (answer.effect !== null) {
    sendWithEffect(response, answer, headOf(answer));
  } else {
    sendNow(response, answer);
  }
}

function sendNow(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, headOf(answer) as string[]);
  // Node sends no body for HEAD, 204 and 304.
  response.end(answer.body);
}

function sendLater(response: ServerResponse, answer: Answer): void {
  const timer = setTimeout(() => send(response, { ...answer, delay: 0 }), Math.min(answer.delay, 2 ** 31 - 1));
  response.once('close', () => clearTimeout(timer));
}

export function headOf(answer: Answer): WireHead {
  let head = heads.get(answer);
  if (head === undefined) {
    head = makeHead(answer);
    heads.set(answer, head);
  }
  return head;
}

function makeHead({ status, headers, body }: Answer): WireHead {
  if (status < 200) throw new RangeError(`status ${status} announces another answer and cannot be the only one`);
  const head: WireHead = [];
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) head.push(name, value);
  }
  // RFC 9110, 8.6: none with 204; with 304 it would speak of another representation.
  if (status !== 204 && status !== 304) head.push('Content-Length', String(Buffer.byteLength(body)));
  return head;
}
