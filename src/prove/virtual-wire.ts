import type { Received } from '../contract/index.js';
import { readBytes } from '../contract/internal.js';
import { type Answer, isBodiless, type WireEffect } from '../operation/index.js';

/** A byte for each unit of the text: an array of bytes keeps of a number what fits. */
function latin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/**
 * What the suite's client sees of an answer, effect included, without a socket: the answer is written as
 * HTTP/1.1 (RFC 9112) and read back by the client's own reader. Nothing waits: an answer that would come too
 * late has come too late.
 *
 * @param timeout milliseconds that the client would wait
 */
export function overVirtualWire(answer: Answer, method: string, timeout: number): Promise<Received> {
  const body = typeof answer.body === 'string' ? new TextEncoder().encode(answer.body) : answer.body;
  const bodiless = isBodiless(answer.status, method);
  if (answer.delay >= timeout) return readBytes(new Uint8Array(0), method, 'timeout');
  const { effect } = answer;
  const sent = bodiless && effect?.kind !== 'body-always' ? new Uint8Array(0) : body;
  // A 205 announces no body (RFC 9110, 15.3.6); only a fault sends one.
  const length = answer.status === 205 && effect?.kind !== 'body-always' ? 0 : body.length;
  const whole = () => joined(head(answer, length), sent);
  switch (effect?.kind) {
    case undefined:
    case 'body-always':
      return readBytes(whole(), method, 'closed');
    case 'hang':
      return readBytes(new Uint8Array(0), method, 'timeout');
    case 'drip':
      return drip(effect, answer, sent, method, timeout);
    case 'reset':
      return effect.afterBytes <= 0
        ? readBytes(new Uint8Array(0), method, 'reset')
        : readBytes(joined(head(answer, body.length), sent.subarray(0, effect.afterBytes)), method, 'reset');
    case 'truncate':
      return readBytes(joined(head(answer, body.length), sent.subarray(0, effect.afterBytes)), method, 'closed');
    case 'length':
      return readBytes(joined(head(answer, effect.contentLength), sent), method, 'closed');
    case 'chunked':
    case 'stream':
      return readBytes(bodiless ? whole() : joined(head(answer, null), chunked(sent)), method, 'closed');
  }
}

function drip(
  { bytesPerSecond }: Extract<WireEffect, { kind: 'drip' }>,
  answer: Answer,
  sent: Uint8Array,
  method: string,
  timeout: number,
): Promise<Received> {
  const inTime = Math.floor((bytesPerSecond * timeout) / 1000);
  const bytes = joined(head(answer, sent.length), sent.subarray(0, inTime));
  return readBytes(bytes, method, inTime < sent.length ? 'timeout' : 'closed');
}

/** @param length of the Content-Length; null for a chunked body */
function head({ status, headers }: Answer, length: number | null): Uint8Array {
  const lines = [`HTTP/1.1 ${status} `];
  for (const [name, value] of Object.entries(headers)) {
    for (const one of typeof value === 'string' ? [value] : value) lines.push(`${name}: ${one}`);
  }
  if (length === null) lines.push('Transfer-Encoding: chunked');
  else if (status !== 204 && status !== 304) lines.push(`Content-Length: ${length}`);
  return latin1(`${lines.join('\r\n')}\r\n\r\n`);
}

function chunked(body: Uint8Array): Uint8Array {
  const half = Math.ceil(body.length / 2);
  const pieces = [body.subarray(0, half), body.subarray(half)].filter(({ length }) => length > 0);
  const written = pieces.map((piece) => joined(latin1(`${piece.length.toString(16)}\r\n`), piece, latin1('\r\n')));
  return joined(...written, latin1('0\r\n\r\n'));
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
