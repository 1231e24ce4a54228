import type { DocumentProblem } from '../document/index.js';
import { createFaker } from '../fake/index.js';
import { isBodiless, type Operation, type Operations, operationProblems } from '../operation/index.js';

/**
 * Reads every operation, and gives each problem of its schemas once, those among them that nothing fits, so that no answer of
 * the mock can be right. Hands the thread back after each slice.
 *
 * @param options.signal Ends it after the slice in which it is aborted.
 */
export function problemsOf(
  operations: Operations,
  options: { signal?: AbortSignal } = {},
): AsyncGenerator<DocumentProblem, void> {
  const faker = createFaker(operations.schemas);
  const seen = new Set<string>();

  function* unsatisfiable({ responses }: Operation): Generator<DocumentProblem> {
    for (const { key, content: contents } of responses) {
      if (isBodiless(Number(key))) continue;
      for (const { schema, examples } of contents) {
        // What the author shows is sent instead.
        if (schema === null || examples.length > 0 || seen.has(schema.pointer)) continue;
        seen.add(schema.pointer);
        const problem = faker.contradiction(schema);
        if (problem === null) continue;
        const message = `Nothing fits the schema of an answer (${problem.message}): what comes nearest is sent, marked valid=no`;
        yield { id: 'answer-unsatisfiable', takes: 'nothing', ...problem, message };
      }
    }
  }

  return operationProblems(operations, options, unsatisfiable);
}
