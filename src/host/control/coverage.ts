import type { Mock } from '../../mock/index.js';
import type { Operations } from '../../operation/index.js';
import { type CoverageOfTest, goalOf, mergeCoverage, type OperationGoal } from '../playwright/coverage.js';
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

/** What the requests of a session have exercised since its journal was cleared, beside all that there is. Compiles each operation. */
export function showCoverage(session: Session, { operations }: Mock) {
  const { journal } = session;
  const before = known.get(session);
  const isSame = before !== undefined && before.since === journal.since;
  const entries = journal.read({ after: isSame ? before.upTo : journal.since });
  let covered = isSame ? before.covered : {};
  for (const { request, answer } of entries) {
    const match = operations.match(request.method, request.target, request.headers);
    covered = mergeCoverage(covered, judge(operations, match, request, answer).covered);
  }
  known.set(session, { upTo: journal.last, since: journal.since, covered });
  const goal = goals.get(operations) ?? goalOf(operations);
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
