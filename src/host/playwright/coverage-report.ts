import type { Json } from '../../text/value.js';
import type { CoverageOfTest, OperationCoverage, OperationGoal } from './coverage.js';

/** What of one operation was exercised, and what was not. */
export interface OperationReport {
  readonly id: string;
  readonly requests: number;
  /** How often each was answered. */
  readonly responses: Readonly<Record<string, number>>;
  /** Declared, but never answered. */
  readonly missingResponses: readonly string[];
  readonly values: Readonly<Record<string, readonly Json[]>>;
  /** Enum values that were never sent, by where they stand. */
  readonly missingValues: Readonly<Record<string, readonly Json[]>>;
}

export interface Count {
  readonly exercised: number;
  readonly of: number;
}

/** What of one document was exercised. */
export interface CoverageReport {
  readonly document: string;
  readonly counts: { readonly operations: Count; readonly responses: Count; readonly values: Count };
  readonly operations: readonly OperationReport[];
}

const nothing: OperationCoverage = { requests: 0, responses: {}, values: {} };

/** Holds what was exercised against what there is. */
export function compare(
  { document, operations: covered }: CoverageOfTest,
  goal: Readonly<Record<string, OperationGoal>>,
): CoverageReport {
  const operations = Object.entries(goal).map(([id, wanted]) => compareOperation(id, covered[id] ?? nothing, wanted));
  const allResponses = sum(Object.values(goal).map(({ responses }) => responses.length));
  const allValues = sum(Object.values(goal).map(({ values }) => length(values)));
  const missing = sum(operations.map(({ missingResponses }) => missingResponses.length));
  return {
    document,
    counts: {
      operations: { exercised: operations.filter(({ requests }) => requests > 0).length, of: operations.length },
      responses: { exercised: allResponses - missing, of: allResponses },
      values: { exercised: allValues - sum(operations.map((each) => length(each.missingValues))), of: allValues },
    },
    operations,
  };
}

function compareOperation(id: string, covered: OperationCoverage, goal: OperationGoal): OperationReport {
  const missingValues = Object.entries(goal.values).map(([place, values]) => {
    const sent = new Set((covered.values[place] ?? []).map((value) => JSON.stringify(value)));
    return [place, values.filter((value) => !sent.has(JSON.stringify(value)))] as const;
  });
  return {
    id,
    ...covered,
    missingResponses: goal.responses.filter((key) => covered.responses[key] === undefined),
    missingValues: Object.fromEntries(missingValues.filter(([, values]) => values.length > 0)),
  };
}

/** So many operations are shown at a terminal. */
const most = 20;

/** What a person reads at the end of a run. */
export function summarize({ document, counts, operations }: CoverageReport): string {
  const { operations: asked, responses, values } = counts;
  const incomplete = operations.filter(
    ({ requests, missingResponses, missingValues }) =>
      requests > 0 && (missingResponses.length > 0 || length(missingValues) > 0),
  );
  const unasked = operations.filter(({ requests }) => requests === 0);
  const figures = [
    `operations ${asked.exercised} of ${asked.of}`,
    responses.of > 0 && `responses ${responses.exercised} of ${responses.of}`,
    values.of > 0 && `enum values ${values.exercised} of ${values.of}`,
  ].filter((figure) => figure !== false);
  return [
    `  The page's tests exercised of ${document}: ${figures.join(', ')}`,
    ...incomplete.slice(0, most).map((operation) => `    ${operation.id}: ${lacking(operation)}`),
    ...more(incomplete.length - most, 'that are not whole'),
    ...unasked.slice(0, most).map(({ id }) => `    ${id}: never asked for`),
    ...more(unasked.length - most, 'never asked for'),
  ].join('\n');
}

function lacking({ missingResponses, missingValues }: OperationReport): string {
  return [
    ...(missingResponses.length > 0 ? [`never answered ${missingResponses.join(', ')}`] : []),
    ...Object.entries(missingValues).map(
      ([place, values]) => `never sent ${place} ${values.map((value) => JSON.stringify(value)).join(', ')}`,
    ),
  ].join('; ');
}

const more = (count: number, what: string): string[] => (count > 0 ? [`    and ${count} more ${what}`] : []);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const length = (values: Readonly<Record<string, readonly Json[]>>): number =>
  sum(Object.values(values).map((each) => each.length));
