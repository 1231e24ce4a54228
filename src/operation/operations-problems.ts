import type { DocumentProblem } from '../document/index.js';
import { inSlices } from '../text/slices.js';
import type { Operation, Operations } from './types.js';

/**
 * Reads every operation, and gives each problem of its schemas, and each doubt about them, once; what is wrong with the
 * rest of the document stands in its `problems`. Hands the thread back after each slice, so that a server that has started
 * answers meanwhile.
 *
 * @param options.slice Milliseconds of work at a time.
 * @param options.signal Ends it after the slice in which it is aborted.
 * @param besides What others know to be wrong with an operation.
 */
export function operationProblems(
  operations: Operations,
  options: { slice?: number; signal?: AbortSignal } = {},
  besides: (operation: Operation) => Iterable<DocumentProblem> = () => [],
): AsyncGenerator<DocumentProblem, void> {
  return inSlices(problemsIn(operations, besides), options);
}

function* problemsIn(
  operations: Operations,
  besides: (operation: Operation) => Iterable<DocumentProblem>,
): Generator<DocumentProblem | null> {
  const met = new Set<DocumentProblem>();
  const seen = new Set<string>();
  const places = new Set<string | undefined>();
  for (const entry of [...operations.entries, ...operations.webhooks]) {
    const operation = operations.compile(entry);
    yield* operation.reading();
    const { problems, warnings } = operation;
    const found: DocumentProblem[] = [
      ...problems.map((problem) => ({ ...problem, id: 'schema-unusable', takes: 'schema' }) as const),
      ...besides(operation),
      ...warnings,
    ];
    for (const problem of found) {
      // Most operations lead to the same ones.
      if (met.has(problem)) continue;
      met.add(problem);
      const { id, message, location } = problem;
      // Of what an answer cannot keep, it is said already what comes of it.
      if (id === 'schema-contradiction' && places.has(location?.pointer)) continue;
      const key = `${location?.pointer} ${message}`;
      if (!seen.has(key)) {
        seen.add(key);
        places.add(location?.pointer);
        yield problem;
      }
    }
    yield null;
  }
}
