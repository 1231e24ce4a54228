import type { Mock } from '../../mock/index.js';
import type { OperationEntry, Operations } from '../../operation/index.js';
import { resultInSlices, type Work } from '../../text/slices.js';
import type { Json } from '../../text/value.js';
import { type CoverageOfTest, findingGoal, mergeCoverage, type OperationGoal } from '../playwright/coverage.js';
import { judge } from '../playwright/judge.js';
import type { Session } from './session.js';

interface Counted {
  /** The number of the last exchange that is in it. */
  readonly upTo: number;
  /** `since` of the journal. */
  readonly since: number;
  readonly covered: CoverageOfTest['operations'];
}

const known = new WeakMap<Session, Counted>();
const goals = new WeakMap<Operations, Readonly<Record<string, OperationGoal>>>();

/** What of an operation was exercised, beside all that there is. */
export interface ShownCoverage extends Pick<OperationEntry, 'id' | 'method' | 'path'> {
  readonly requests: number;
  readonly responses: readonly { readonly key: string; readonly isDeclared: boolean; readonly times: number }[];
  /** Of the enum values of each place how many were sent, and which were not. */
  readonly values: readonly { readonly place: string; readonly sent: number; readonly missing: readonly Json[] }[];
}

/**
 * What the requests of a session have exercised since its journal was cleared, beside all that there is. Compiles each operation, in
 * slices.
 */
export function showCoverage(session: Session, { operations }: Mock): Promise<readonly ShownCoverage[]> {
  return resultInSlices(showing(session, operations));
}

function* showing(session: Session, operations: Operations): Work<readonly ShownCoverage[]> {
  const { journal } = session;
  const before = known.get(session);
  const isSame = before !== undefined && before.since === journal.since;
  const upTo = journal.last;
  const { since } = journal;
  const entries = journal.read({ after: isSame ? before.upTo : journal.since });
  let covered = isSame ? before.covered : {};
  for (const { request, answer } of entries) {
    const match = operations.match(request.method, request.target, request.headers);
    covered = mergeCoverage(covered, judge(operations, match, request, answer).covered);
    yield null;
  }
  known.set(session, { upTo, since, covered });
  const goal = goals.get(operations) ?? (yield* findingGoal(operations));
  goals.set(operations, goal);
  return operations.entries.map(({ id, method, path }) => {
    const { requests = 0, responses = {}, values = {} } = (Object.hasOwn(covered, id) && covered[id]) || {};
    const { responses: declared = [], values: listed = {} } = goal[id] ?? {};
    return {
      id,
      method,
      path,
      requests,
      responses: [...new Set([...declared, ...Object.keys(responses)])].map((key) => {
        return { key, isDeclared: declared.includes(key), times: responses[key] ?? 0 };
      }),
      values: Object.entries(listed).map(([place, all]) => {
        const sent = new Set((values[place] ?? []).map((value) => JSON.stringify(value)));
        return { place, sent: sent.size, missing: all.filter((value) => !sent.has(JSON.stringify(value))) };
      }),
    };
  });
}
