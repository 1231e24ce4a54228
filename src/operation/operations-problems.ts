import type { Problem } from '../errors.js';
import type { Operations } from './types.js';

/**
 * Reads every operation, and gives each problem of the document, and each doubt about it, once. Hands the thread back after each slice, so that a
 * server that has started answers meanwhile.
 *
 * @param options.slice Milliseconds of work at a time.
 * @param options.signal Ends it after the slice in which it is aborted.
 */
export async function* problemsOf(
  operations: Operations,
  { slice = 8, signal }: { slice?: number; signal?: AbortSignal } = {},
): AsyncGenerator<Problem, void> {
  const seen = new Set<string>();
  let end = performance.now() + slice;
  for (const entry of operations.entries) {
    const { problems, warnings } = operations.compile(entry);
    for (const problem of [...problems, ...warnings]) {
      const key = `${problem.location?.pointer} ${problem.message}`;
      if (!seen.has(key)) {
        seen.add(key);
        yield problem;
      }
    }
    if (performance.now() >= end) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (signal?.aborted) return;
      end = performance.now() + slice;
    }
  }
}
