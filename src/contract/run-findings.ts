import type { Location } from '../errors.js';
import type { RunFinding } from './run-result.js';
import { type Complaint, type ContractCase, type Severity, severities } from './types.js';

/** A complaint with the case that it is about; `order` is the case's place in the run. */
export interface Remark {
  readonly check: string;
  readonly complaint: Complaint;
  /** null for what a check says of the whole operation. */
  readonly case: ContractCase | null;
  readonly order: number;
  readonly title: string;
  readonly flaky: boolean;
  /** Made only for what is kept. */
  readonly curl: () => string;
}

interface Group {
  first: Remark;
  curl: string;
  cases: number;
  flaky: boolean;
}

/** Messages listed for one operation, check and severity; the rest are counted. */
const mostListed = 10;
/** Messages kept while an operation runs, so that which are listed does not depend on which answer came first. */
const mostKept = 100;

/**
 * The findings of one operation: those with the same message are one, and their number is bounded, so that
 * a target that gets everything wrong does not fill the memory.
 */
export class OperationFindings {
  readonly #groups = new Map<string, Map<string, Group>>();
  readonly counts: Record<Severity, number> = { violation: 0, warning: 0, information: 0 };
  /** Violations by check id. */
  readonly violations: Record<string, number> = {};
  /** All severities by check id. */
  readonly byCheck: Record<string, Record<Severity, number>> = {};
  flaky = 0;
  #forgotten = 0;

  add(remark: Remark): void {
    const { check, complaint } = remark;
    const { severity } = complaint;
    this.counts[severity]++;
    const counts = this.byCheck[check] ?? { violation: 0, warning: 0, information: 0 };
    this.byCheck[check] = { ...counts, [severity]: counts[severity] + 1 };
    if (severity === 'violation') {
      this.violations[check] = (this.violations[check] ?? 0) + 1;
      if (remark.flaky) this.flaky++;
    }
    const key = `${check} ${severity}`;
    const groups = this.#groups.get(key) ?? new Map<string, Group>();
    this.#groups.set(key, groups);
    const group = groups.get(complaint.message);
    if (group === undefined) this.#begin(groups, remark);
    else {
      group.cases++;
      group.flaky ||= remark.flaky;
      if (remark.order < group.first.order) Object.assign(group, { first: remark, curl: remark.curl() });
    }
  }

  #begin(groups: Map<string, Group>, remark: Remark): void {
    groups.set(remark.complaint.message, { first: remark, curl: remark.curl(), cases: 1, flaky: remark.flaky });
    if (groups.size <= mostKept) return;
    let last: [string, Group] | null = null;
    for (const entry of groups) if (last === null || entry[1].first.order >= last[1].first.order) last = entry;
    if (last === null) return;
    groups.delete(last[0]);
    this.#forgotten += last[1].cases;
  }

  /** Those that are listed, in the order of the cases, and how many are not. */
  list(operationId: string, locate: (pointer: string) => Location): { findings: RunFinding[]; notKept: number } {
    let notKept = this.#forgotten;
    const listed: Group[] = [];
    for (const groups of this.#groups.values()) {
      const inOrder = [...groups.values()].sort((a, b) => a.first.order - b.first.order);
      listed.push(...inOrder.slice(0, mostListed));
      for (const group of inOrder.slice(mostListed)) notKept += group.cases;
    }
    const rank = ({ first }: Group) => severities.indexOf(first.complaint.severity);
    // The sort is stable: within a case, the order is that of the checks.
    listed.sort((a, b) => rank(a) - rank(b) || a.first.order - b.first.order);
    return { findings: listed.map((group) => findingOf(group, operationId, locate)), notKept };
  }
}

function findingOf(group: Group, operationId: string, locate: (pointer: string) => Location): RunFinding {
  const { check, complaint, case: contractCase, title } = group.first;
  const { severity, message, expected, received, pointer } = complaint;
  return {
    check,
    severity,
    operationId,
    caseId: contractCase?.id ?? '',
    aspect: contractCase?.aspect ?? null,
    title,
    message,
    expected,
    received,
    location: locate(pointer),
    curl: group.curl,
    flaky: group.flaky,
    cases: group.cases,
  };
}
