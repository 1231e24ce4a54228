import { gunzipSync } from 'node:zlib';
import type { Route } from 'playwright/test';
import { type Answer, isBodiless, type WireEffect } from '../../operation/index.js';

/**
 * Puts an answer into a browser. Playwright hands over whole responses, so of what an answer can do on the wire
 * this much is shown: a hang lasts until the test ends; a reset, at once or in the middle of the body, is a reset
 * connection; a body that ends too early is a closed connection; a drip comes as late as its last byte would.
 * Which pieces a body comes in, and a body where HTTP forbids one, a page cannot see, and they are not shown.
 *
 * @param ended settles when the test does
 */
export async function fulfil(route: Route, answer: Answer, ended: Promise<void>): Promise<void> {
  const { wait, body: shown } = shownBy(answer.effect, Buffer.from(answer.body as string));
  if (!(await waited(answer.delay + wait, ended))) return route.abort('timedout');
  if (typeof shown === 'string') return route.abort(shown);
  const headers = joined(answer.headers);
  const body = decoded(shown, headers);
  if (body === null) return route.abort('failed');
  const bodiless = isBodiless(answer.status, route.request().method());
  return route.fulfill({ status: answer.status, headers, ...(!bodiless && { body }) });
}

/** The bytes of a body, or the error that is there in its place, and after how many milliseconds besides. */
interface Shown {
  readonly wait: number;
  readonly body: Buffer | 'timedout' | 'connectionreset' | 'connectionclosed';
}

function shownBy(effect: WireEffect | null, bytes: Buffer): Shown {
  if (effect === null) return { wait: 0, body: bytes };
  switch (effect.kind) {
    case 'hang':
      return { wait: Number.POSITIVE_INFINITY, body: 'timedout' };
    case 'drip':
      return { wait: (bytes.length / effect.bytesPerSecond) * 1000, body: bytes };
    case 'reset':
      return { wait: 0, body: 'connectionreset' };
    case 'truncate':
      return { wait: 0, body: effect.afterBytes < bytes.length ? 'connectionclosed' : bytes };
    case 'length':
      return {
        wait: 0,
        body: effect.contentLength > bytes.length ? 'connectionclosed' : bytes.subarray(0, effect.contentLength),
      };
    case 'body-always':
    case 'chunked':
    case 'stream':
      return { wait: 0, body: bytes };
  }
}

/** Browsers do not undo the coding of what they are handed by Playwright; null where it is not what it says. */
function decoded(bytes: Buffer, headers: Record<string, string>): Buffer | null {
  if (headers['content-encoding'] !== 'gzip') return bytes;
  delete headers['content-encoding'];
  try {
    return gunzipSync(bytes);
  } catch {
    return null;
  }
}

/** Several fields of one name are one line each, as Playwright splits them. */
function joined(headers: Answer['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      typeof value === 'string' ? value : value.join(name.toLowerCase() === 'set-cookie' ? '\n' : ', '),
    ]),
  );
}

/** Whether the time has passed before the test ended. */
function waited(milliseconds: number, ended: Promise<void>): Promise<boolean> | boolean {
  if (milliseconds <= 0) return true;
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), Math.min(milliseconds, 2 ** 31 - 1));
    ended.then(() => {
      clearTimeout(timer);
      resolve(false);
    });
  });
}
