import type { Operation, Operations, RequestValues } from '../../operation/index.js';
import type { Json } from '../../text/value.js';
import { enumsOf, valuesAt } from './enums.js';

/** What there is of an operation to be exercised. */
export interface OperationGoal {
  /** Keys of `responses`. */
  readonly responses: readonly string[];
  /** Enum values by where they stand: `query provider`, `body /status`. */
  readonly values: Readonly<Record<string, readonly Json[]>>;
}

/** What of an operation was exercised. */
export interface OperationCoverage {
  readonly requests: number;
  /** How often each was answered; a status that is not declared stands under its number. */
  readonly responses: Readonly<Record<string, number>>;
  /** The enum values that were sent. */
  readonly values: Readonly<Record<string, readonly Json[]>>;
}

/** What one test exercised: the content of its attachment. */
export interface CoverageOfTest {
  /** As messages call it. */
  readonly document: string;
  /** Its absolute path, or null where it is no file: then `goal` is here. */
  readonly file: string | null;
  /** By operation id: those that were asked for. */
  readonly operations: Readonly<Record<string, OperationCoverage>>;
  readonly goal?: Readonly<Record<string, OperationGoal>>;
}

export const coverageAttachment = 'counterproof-coverage';

/** Everything in a document that tests can exercise. Compiles each operation. */
export function goalOf(operations: Operations): Record<string, OperationGoal> {
  return Object.fromEntries(
    operations.entries.map((entry) => {
      const operation = operations.compile(entry);
      const values = enumsOf(operation).map(({ place, values }) => [place, values] as const);
      return [entry.id, { responses: operation.responses.map(({ key }) => key), values: Object.fromEntries(values) }];
    }),
  );
}

/** The enum values of an operation that a request has sent. */
export function sentValues(operation: Operation, values: RequestValues): Record<string, Json[]> {
  const sent: Record<string, Json[]> = {};
  for (const { place, path, values: declared } of enumsOf(operation)) {
    const there = new Set(valuesAt(values, path).map((value) => JSON.stringify(value)));
    const known = declared.filter((value) => there.has(JSON.stringify(value)));
    if (known.length > 0) sent[place] = known;
  }
  return sent;
}

/** Both together. */
export function mergeCoverage(
  a: CoverageOfTest['operations'],
  b: CoverageOfTest['operations'],
): Record<string, OperationCoverage> {
  const merged: Record<string, OperationCoverage> = { ...a };
  for (const [id, more] of Object.entries(b)) {
    const known = Object.hasOwn(merged, id) ? merged[id] : undefined;
    merged[id] = known === undefined ? more : mergeOperation(known, more);
  }
  return merged;
}

function mergeOperation(a: OperationCoverage, b: OperationCoverage): OperationCoverage {
  const responses = { ...a.responses };
  for (const [key, times] of Object.entries(b.responses)) responses[key] = (responses[key] ?? 0) + times;
  const values: Record<string, readonly Json[]> = { ...a.values };
  for (const [place, more] of Object.entries(b.values)) {
    const all = new Map([...(values[place] ?? []), ...more].map((value) => [JSON.stringify(value), value]));
    values[place] = [...all.values()];
  }
  return { requests: a.requests + b.requests, responses, values };
}
