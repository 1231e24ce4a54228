import { setImmediate } from 'node:timers/promises';
import type { OperationEntry, Operations, Problem } from '../index.js';

/** How long the event loop may be kept from requests, in milliseconds. */
const slice = 10;

/**
 * Compiles every operation, in slices between requests, and gives what does not compile. A problem that
 * several operations share is given once.
 */
export async function survey(operations: Operations, signal: AbortSignal): Promise<Problem[]> {
  const problems = new Map<string, Problem>();
  let pause = performance.now() + slice;
  for (const entry of operations.entries) {
    if (performance.now() > pause) {
      await setImmediate();
      pause = performance.now() + slice;
    }
    if (signal.aborted) return [];
    for (const problem of problemsOf(operations, entry)) {
      const { location, message } = problem;
      problems.set(`${location?.file} ${location?.pointer} ${message}`, problem);
    }
  }
  return [...problems.values()];
}

/** Whatever goes wrong with one operation must not end a server that has many. */
function problemsOf(operations: Operations, entry: OperationEntry): readonly Problem[] {
  try {
    return operations.compile(entry).problems;
  } catch (error) {
    const location = operations.document.locate(entry.pointer);
    return [{ message: `${entry.id} cannot be compiled: ${(error as Error).message}`, location }];
  }
}
