import { readSaid, type Said } from './said.js';
import type { PlacedHandler } from './table.js';
import { contextOf, type Turn } from './turn.js';

/**
 * Asks a function what it has to say to a request that has come to it.
 * @param timeLimit milliseconds
 * @returns a sentence without a final period where it failed
 */
export async function askHandler(
  { handler }: PlacedHandler,
  turn: Turn,
  timeLimit: number,
): Promise<Said | string | null> {
  if (turn.reached === null) return null;
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => {
      resolve(`It has not answered for ${timeLimit / 1000} s`);
      controller.abort();
    }, timeLimit);
  });
  try {
    const returned = Promise.resolve(handler(contextOf(turn.reached, controller.signal))).then(readSaid);
    return await Promise.race([returned, late]);
  } catch (error) {
    return thrown(error);
  } finally {
    clearTimeout(timer);
  }
}

/** What was thrown, and where: the first place of the stack that is a file of the user's. */
function thrown(error: unknown): string {
  if (!(error instanceof Error)) return `It threw ${String(error)}`;
  const frame = (error.stack ?? '')
    .split('\n')
    .find((line) => /^\s+at .*:\d+:\d+\)?$/.test(line) && !/node:/.test(line));
  const [, place] = /(?:\(|at )(?:async )?(?:file:\/\/)?([^()\s]+:\d+:\d+)\)?$/.exec(frame ?? '') ?? [];
  const where = place === undefined ? '' : ` (${place.replace(/\?counterproof=\d+/, '')})`;
  return `${error.name}: ${error.message}${where}`;
}
