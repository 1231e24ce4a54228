import type { Location } from '../../errors.js';
import { type Complaint, type ContractCase, type Severity, severities } from '../types.js';
import type { RunFinding } from './result.js';

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

/** What is kept of the first remark with a message: text, and nothing of the exchange. */
interface Group {
  readonly order: number;
  readonly finding: Omit<RunFinding, 'operationId' | 'location' | 'flaky' | 'cases' | 'flakyCases'>;
  readonly pointer: string;
  readonly cases: number;
  readonly flakyCases: number;
}

/** Findings that a reader, or a file that GitHub takes, has room for. */
const mostOfRun = 5000;

/** How many messages are listed for one operation, check and severity; the rest are counted. */
export function mostListed(operations: number): number {
  return Math.max(1, Math.min(25, Math.floor(mostOfRun / Math.max(1, operations) / 4)));
}

/**
 * The findings of one operation: those with the same message are one, and their number is bounded, so that
 * a target that gets everything wrong does not fill the memory.
 */
export class OperationFindings {
  readonly #mostListed: number;
  readonly #groups = new Map<string, Map<string, Group>>();
  readonly counts: Record<Severity, number> = { violation: 0, warning: 0, information: 0 };
  /** Violations by check id. */
  readonly violations: Record<string, number> = {};
  /** All severities by check id. */
  readonly byCheck: Record<string, Record<Severity, number>> = {};
  flaky = 0;
  #forgotten = 0;

  constructor(mostListed: number) {
    this.#mostListed = mostListed;
  }

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
    const known = groups.get(complaint.message);
    const cases = (known?.cases ?? 0) + 1;
    const flakyCases = (known?.flakyCases ?? 0) + (remark.flaky ? 1 : 0);
    // The first case in the order of the run speaks for all, whichever answer came first.
    const first = known !== undefined && known.order <= remark.order ? known : begin(remark);
    groups.set(complaint.message, { ...first, cases, flakyCases });
    // A few more than are listed, so that which these are does not depend on which answer came first.
    if (groups.size > this.#mostListed + 16) this.#forgetLast(groups);
  }

  /** No more will be added: keeps only what is listed. */
  settle(): void {
    for (const groups of this.#groups.values()) while (groups.size > this.#mostListed) this.#forgetLast(groups);
  }

  #forgetLast(groups: Map<string, Group>): void {
    let last: [string, Group] | null = null;
    for (const entry of groups) if (last === null || entry[1].order >= last[1].order) last = entry;
    if (last === null) return;
    groups.delete(last[0]);
    this.#forgotten += last[1].cases;
  }

  /** Those that are listed, in the order of the cases, and how many are not. */
  list(operationId: string, locate: (pointer: string) => Location): { findings: RunFinding[]; notKept: number } {
    let notKept = this.#forgotten;
    const listed: Group[] = [];
    for (const groups of this.#groups.values()) {
      const inOrder = [...groups.values()].sort((a, b) => a.order - b.order);
      listed.push(...inOrder.slice(0, this.#mostListed));
      for (const group of inOrder.slice(this.#mostListed)) notKept += group.cases;
    }
    const rank = ({ finding }: Group) => severities.indexOf(finding.severity);
    // The sort is stable: within a case, the order is that of the checks.
    listed.sort((a, b) => rank(a) - rank(b) || a.order - b.order);
    const findings = listed.map(({ finding, pointer, cases, flakyCases }) => ({
      ...finding,
      operationId,
      location: locate(pointer),
      flaky: flakyCases === cases,
      cases,
      flakyCases,
    }));
    return { findings, notKept };
  }
}

function begin({
  check,
  complaint,
  case: contractCase,
  order,
  title,
  curl,
}: Remark): Omit<Group, 'cases' | 'flakyCases'> {
  const { severity, message, expected, received, pointer } = complaint;
  const caseId = contractCase?.id ?? '';
  const aspect = contractCase?.aspect ?? null;
  return {
    order,
    pointer,
    finding: { check, severity, caseId, aspect, title, message, expected, received, curl: curl() },
  };
}
