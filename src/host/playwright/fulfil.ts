import type { Route } from 'playwright/test';
import type { Answer } from '../../mock/index.js';

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
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : Buffer.from(answer.body);
  const delay = answer.delay + (effect?.kind === 'drip' ? (body.length / effect.bytesPerSecond) * 1000 : 0);
  if (effect?.kind === 'hang' || !(await waited(delay, ended))) {
    await ended;
    return route.abort('timedout');
  }
  if (effect?.kind === 'reset') return route.abort('connectionreset');
  if (effect?.kind === 'truncate' && effect.afterBytes < body.length) return route.abort('connectionclosed');
  if (effect?.kind === 'length' && effect.contentLength > body.length) return route.abort('connectionclosed');
  const shown = effect?.kind === 'length' ? body.subarray(0, effect.contentLength) : body;
  const bodiless = route.request().method() === 'HEAD' || [204, 205, 304].includes(answer.status);
  return route.fulfill({
    status: answer.status,
    headers: joined(answer.headers),
    ...(!bodiless && { body: shown }),
  });
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
