import type { Location } from '../../errors.js';
import { type ContractCase, type Severity, severities } from '../types.js';
import type { CheckComplaint } from './judge.js';
import type { RunFinding } from './result.js';

/** What a complaint is about. */
export interface Occasion {
  /** null for what a check says of the whole operation. */
  readonly case: ContractCase | null;
  /** The place of the case in the run. */
  readonly order: number;
  readonly title: string;
  /** Whether it was not there when the case was sent again. */
  readonly isFlaky: boolean;
  /** Made only for what is kept. */
  readonly curl: () => string;
}

/** A finding while it is being counted: text, and nothing of the exchange. */
interface Kept extends Omit<RunFinding, 'operationId' | 'location' | 'flaky'> {
  readonly order: number;
  readonly pointer: string;
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
  readonly #groups = new Map<string, Map<string, Kept>>();
  readonly counts: Record<Severity, number> = { violation: 0, warning: 0, information: 0 };
  /** By check id. */
  readonly byCheck: Record<string, Record<Severity, number>> = {};
  flaky = 0;
  /** Complaints of checks that could not tell. */
  undecided = 0;
  #forgotten = 0;

  constructor(mostListed: number) {
    this.#mostListed = mostListed;
  }

  add(complaint: CheckComplaint, occasion: Occasion): void {
    const { check, severity, message } = complaint;
    this.counts[severity]++;
    const counts = this.byCheck[check] ?? { violation: 0, warning: 0, information: 0 };
    this.byCheck[check] = { ...counts, [severity]: counts[severity] + 1 };
    if (complaint.isUndecided) this.undecided++;
    if (severity === 'violation' && occasion.isFlaky) this.flaky++;
    const key = `${check} ${severity}`;
    const group = this.#groups.get(key) ?? new Map<string, Kept>();
    this.#groups.set(key, group);
    const known = group.get(message);
    const cases = (known?.cases ?? 0) + 1;
    const flakyCases = (known?.flakyCases ?? 0) + (occasion.isFlaky ? 1 : 0);
    // The first case in the order of the run speaks for all, whichever answer came first.
    const first = known !== undefined && known.order <= occasion.order ? known : begin(complaint, occasion);
    group.set(message, { ...first, cases, flakyCases });
    // A few more than are listed, so that which these are does not depend on which answer came first.
    if (group.size > this.#mostListed + 16) this.#forgetLast(group);
  }

  /** No more will be added: keeps only what is listed. */
  settle(): void {
    for (const groups of this.#groups.values()) while (groups.size > this.#mostListed) this.#forgetLast(groups);
  }

  #forgetLast(group: Map<string, Kept>): void {
    const last = [...group.values()].reduce((latest, one) => (one.order >= latest.order ? one : latest));
    group.delete(last.message);
    this.#forgotten += last.cases;
  }

  /** Those that are listed, in the order of the cases, and how many are not. */
  list(operationId: string, locate: (pointer: string) => Location): { findings: RunFinding[]; notKept: number } {
    let notKept = this.#forgotten;
    const listed: Kept[] = [];
    for (const group of this.#groups.values()) {
      const inOrder = [...group.values()].sort((a, b) => a.order - b.order);
      listed.push(...inOrder.slice(0, this.#mostListed));
      for (const { cases } of inOrder.slice(this.#mostListed)) notKept += cases;
    }
    const rank = ({ severity }: Kept) => severities.indexOf(severity);
    // The sort is stable: within a case, the order is that of the checks.
    listed.sort((a, b) => rank(a) - rank(b) || a.order - b.order);
    const findings = listed.map(({ order: _order, pointer, cases, flakyCases, ...finding }) => ({
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

function begin(complaint: CheckComplaint, { case: contractCase, order, title, curl }: Occasion): Kept {
  const { check, severity, message, expected, received, pointer } = complaint;
  const caseId = contractCase?.id ?? '';
  const aspect = contractCase?.aspect ?? null;
  const text = { check, severity, caseId, aspect, title, message, expected, received, curl: curl() };
  return { ...text, order, pointer, cases: 0, flakyCases: 0 };
}
