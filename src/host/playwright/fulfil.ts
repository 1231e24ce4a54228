import { gunzipSync } from 'node:zlib';
import type { Route } from 'playwright/test';
import { type Answer, isBodiless } from '../../operation/index.js';

/**
 * Puts an answer into a browser. Playwright hands over whole responses, so of what an answer can do on the wire
 * this much is shown: a hang lasts until the test ends; a reset, at once or in the middle of the body, is a reset
 * connection; a body that ends too early is a closed connection; a drip comes as late as its last byte would.
 * Which pieces a body comes in, and a body where HTTP forbids one, a page cannot see, and they are not shown.
 *
 * @param ended settles when the test does
 */
export async function fulfil(route: Route, answer: Answer, ended: Promise<void>): Promise<void> {
  const { effect } = answer;
  const bytes = Buffer.from(answer.body as string);
  const delay = answer.delay + (effect?.kind === 'drip' ? (bytes.length / effect.bytesPerSecond) * 1000 : 0);
  if (effect?.kind === 'hang' || !(await waited(delay, ended))) {
    await ended;
    return route.abort('timedout');
  }
  if (effect?.kind === 'reset') return route.abort('connectionreset');
  const whole = effect?.kind === 'length' ? effect.contentLength : bytes.length;
  const sent = effect?.kind === 'truncate' ? effect.afterBytes : bytes.length;
  if (sent < whole || whole > bytes.length) return route.abort('connectionclosed');
  const headers = joined(answer.headers);
  const body = decoded(bytes.subarray(0, whole), headers);
  if (body === null) return route.abort('failed');
  const bodiless = isBodiless(answer.status, route.request().method());
  return route.fulfill({ status: answer.status, headers, ...(!bodiless && { body }) });
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
