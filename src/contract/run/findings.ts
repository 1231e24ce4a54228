import type { Location } from '../../errors.js';
import { contentHash } from '../derive/content-hash.js';
import { type Aspect, type ContractCase, concerns, type Severity, severities } from '../types.js';
import type { CheckComplaint } from './judge.js';
import type { Occurrence, RunFinding } from './result.js';

/** What a complaint is about. */
export interface Occasion {
  readonly operationId: string;
  /** null for what a check says of the whole operation. */
  readonly case: ContractCase | null;
  /** The place of the case in the run. */
  readonly order: number;
  readonly title: string;
  /** Whether it was not there when the case was sent again. */
  readonly isFlaky: boolean;
  /** Made only for what is kept. */
  readonly shown: () => Pick<Occurrence, 'curl' | 'exchange'>;
}

/** What one operation has of a cause, while it is being counted: text, and nothing of the exchange. */
interface Kept extends Omit<Occurrence, 'location'> {
  readonly order: number;
  readonly message: string;
  readonly pointer: string;
  /** What explains all of it, where that turns up. */
  readonly within: string | undefined;
}

interface Cause extends Pick<RunFinding, 'check' | 'severity' | 'concern'> {
  readonly key: string;
  readonly byOperation: Map<string, Kept>;
  readonly titles: Map<string, number>;
}

/** Causes of one check and severity that are listed; the rest are counted. */
const mostCauses = 100;
const mostTitles = 30;
/** Requests and answers that are kept whole, over all findings. */
const mostShown = 3_000;
/** A few more than are listed, so that which these are does not depend on which answer came first. */
const slack = 16;

/**
 * The findings of a run. A finding is a cause: what a check says of exchanges for one reason, in all operations. Their
 * number is bounded, so that a target that gets everything wrong does not fill the memory.
 */
export class Findings {
  /** By check and severity, and by key. */
  readonly #causes = new Map<string, Map<string, Cause>>();
  #forgotten = 0;
  #kept = 0;

  add(complaint: CheckComplaint, occasion: Occasion): void {
    const { check, severity } = complaint;
    const kind = `${check} ${severity}`;
    const causes = this.#causes.get(kind) ?? new Map<string, Cause>();
    this.#causes.set(kind, causes);
    const key = causeOf(complaint, occasion.title);
    let cause = causes.get(key);
    if (cause === undefined) {
      const concern = complaint.concern ?? 'contract';
      cause = { check, severity, concern, key, byOperation: new Map(), titles: new Map() };
      causes.set(key, cause);
    }
    const { order, operationId, isFlaky, title } = occasion;
    const known = cause.byOperation.get(operationId);
    // The first case in the order of the run speaks for all, whichever answer came first.
    const first =
      known !== undefined && known.order <= order ? known : begin(complaint, occasion, this.#kept++ < mostShown);
    const aspect = occasion.case?.aspect;
    const aspects = new Set([...(known?.aspects ?? []), ...(aspect === undefined ? [] : [aspect])]);
    cause.byOperation.set(operationId, {
      ...first,
      aspects: [...aspects].sort(),
      cases: (known?.cases ?? 0) + 1,
      flakyCases: (known?.flakyCases ?? 0) + (isFlaky ? 1 : 0),
    });
    cause.titles.set(title, Math.min(cause.titles.get(title) ?? order, order));
    if (cause.titles.size > mostTitles + slack) forgetLatest(cause.titles);
    if (causes.size > mostCauses + slack) this.#forgetLast(causes);
  }

  #forgetLast(causes: Map<string, Cause>): void {
    // What is said of whole operations explains others, and is said when all of these are known.
    const ofCases = [...causes.values()].filter((cause) => orderOf(cause) < Number.MAX_SAFE_INTEGER);
    const [first = [...causes.values()][0]] = ofCases;
    if (first === undefined) return;
    const last = ofCases.reduce((latest, one) => (orderOf(one) >= orderOf(latest) ? one : latest), first);
    causes.delete(last.key);
    this.#forgotten += casesOf(last);
  }

  /** Those that are listed, the most serious first, and how many complaints are not among them. */
  list(locate: (pointer: string) => Location): { findings: RunFinding[]; notKept: number } {
    let notKept = this.#forgotten;
    const listed: Cause[] = [];
    for (const causes of this.#causes.values()) {
      const inOrder = explained([...causes.values()]).sort((a, b) => orderOf(a) - orderOf(b));
      listed.push(...inOrder.slice(0, mostCauses));
      for (const cause of inOrder.slice(mostCauses)) notKept += casesOf(cause);
    }
    listed.sort(
      (a, b) =>
        severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
        concerns.indexOf(a.concern) - concerns.indexOf(b.concern) ||
        b.byOperation.size - a.byOperation.size ||
        orderOf(a) - orderOf(b),
    );
    return { findings: listed.map((cause) => findingOf(cause, locate)), notKept };
  }
}

/** What a wider cause explains in the same operation belongs to that. */
function explained(causes: readonly Cause[]): Cause[] {
  const byKey = new Map(causes.map((cause) => [cause.key, { ...cause, byOperation: new Map(cause.byOperation) }]));
  for (const cause of byKey.values()) {
    const { check, byOperation, titles } = cause;
    for (const [operationId, kept] of byOperation) {
      const wider = kept.within === undefined ? undefined : byKey.get(`${check}: ${kept.within}`);
      const own = wider?.byOperation.get(operationId);
      // The widest is explained by nothing but itself.
      if (wider === undefined || wider === cause || own === undefined) continue;
      const aspects = [...new Set([...own.aspects, ...kept.aspects])].sort();
      const sum = { cases: own.cases + kept.cases, flakyCases: own.flakyCases + kept.flakyCases };
      wider.byOperation.set(operationId, { ...own, ...sum, aspects });
      for (const [title, order] of titles) if (!wider.titles.has(title)) wider.titles.set(title, order);
      byOperation.delete(operationId);
    }
  }
  return [...byKey.values()].filter(({ byOperation }) => byOperation.size > 0);
}

function findingOf(cause: Cause, locate: (pointer: string) => Location): RunFinding {
  const { check, severity, concern, key } = cause;
  const inOrder = [...cause.byOperation.values()].sort((a, b) => a.order - b.order);
  const [first] = inOrder as [Kept, ...Kept[]];
  const operations = inOrder.map(({ order: _order, message: _message, pointer, within: _within, ...occurrence }) => ({
    ...occurrence,
    location: locate(pointer),
  }));
  const [{ location, operationId, caseId, title, expected, received, curl, aspects }] = operations as [Occurrence];
  const titles = [...cause.titles].sort(([, a], [, b]) => a - b).map(([other]) => other);
  const cases = casesOf(cause);
  const flakyCases = inOrder.reduce((total, kept) => total + kept.flakyCases, 0);
  const idOf = (of: string) => contentHash(new TextEncoder().encode(`${check}\n${severity}\n${of}`)).slice(0, 10);
  const wider = first.within === undefined ? key : `${check}: ${first.within}`;
  return {
    id: idOf(key),
    ...(wider !== key && { within: idOf(wider) }),
    check,
    severity,
    concern,
    message: stem(first.message, title),
    operationId,
    caseId,
    aspect: aspects[0] ?? null,
    title,
    expected,
    received,
    location,
    curl,
    flaky: flakyCases === cases,
    cases,
    flakyCases,
    otherTitles: titles.filter((other) => other !== title).slice(0, mostTitles),
    operations,
  };
}

/** What makes complaints of one check and severity one finding. */
export function causeOf({ check, cause, message }: CheckComplaint, title: string): string {
  return `${check}: ${cause ?? stem(message, title)}`;
}

/** Many messages end with the title of their case. */
function stem(message: string, title: string): string {
  return title !== '' && message.endsWith(title) ? message.slice(0, -title.length).replace(/(: | on )$/, '') : message;
}

function casesOf({ byOperation }: Cause): number {
  return [...byOperation.values()].reduce((total, { cases }) => total + cases, 0);
}

function orderOf({ byOperation }: Cause): number {
  return Math.min(...[...byOperation.values()].map(({ order }) => order));
}

function forgetLatest(titles: Map<string, number>): void {
  const [latest] = [...titles].reduce((last, one) => (one[1] >= last[1] ? one : last));
  titles.delete(latest);
}

function begin(complaint: CheckComplaint, occasion: Occasion, isWhole: boolean): Kept {
  const { operationId, case: contractCase, order, title, shown } = occasion;
  const { message, expected, received, pointer, within } = complaint;
  const caseId = contractCase?.id ?? '';
  const aspects: Aspect[] = [];
  const text = {
    operationId,
    caseId,
    aspects,
    title,
    message,
    expected,
    received,
    ...(isWhole ? shown() : { curl: '', exchange: null }),
  };
  return { ...text, order, pointer, within, cases: 0, flakyCases: 0 };
}

/** How many complaints an operation has, by severity and by check. */
export class ComplaintCounts {
  readonly bySeverity: Record<Severity, number> = { violation: 0, warning: 0, information: 0 };
  /** By check id. */
  readonly byCheck: Record<string, Record<Severity, number>> = {};
  flaky = 0;
  /** Complaints of checks that could not tell. */
  undecided = 0;

  add({ check, severity, isUndecided }: CheckComplaint, isFlaky: boolean): void {
    this.bySeverity[severity]++;
    const counts = this.byCheck[check] ?? { violation: 0, warning: 0, information: 0 };
    this.byCheck[check] = { ...counts, [severity]: counts[severity] + 1 };
    if (isUndecided) this.undecided++;
    if (severity === 'violation' && isFlaky) this.flaky++;
  }
}
