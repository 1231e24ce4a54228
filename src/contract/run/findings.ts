import type { Location } from '../../errors.js';
import { contentHash } from '../derive/content-hash.js';
import { type Aspect, type ContractCase, concerns, severities } from '../types.js';
import { type Cause, countedIn, gathered, type Kept, kinKey, mostAlike } from './causes.js';
import type { CheckComplaint } from './judge.js';
import type { Occurrence, RunFinding } from './result.js';
import { charactersOf } from './shown.js';

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

/** What is known of the places of a document. */
interface Places {
  locate(pointer: string): Location;
  /** The lines around one; undefined where nobody has the text. */
  around(location: Location): RunFinding['source'];
}

/** Causes of one check and severity that are listed; the rest are counted. */
const mostCauses = 100;
const mostTitles = 30;
/** Requests and answers that are kept whole, over all findings. */
const mostShown = 3_000;
/** Characters of those, together. */
const mostCharacters = 16_000_000;
/** A few more than are listed, so that which these are does not depend on which answer came first. */
const slack = 16;

/**
 * The findings of a run. A finding is a cause: what a check says of exchanges for one reason, in all operations. Their
 * number is bounded, so that a target that gets everything wrong does not fill the memory.
 */
export class Findings {
  /** By check and severity, and by key. */
  readonly #causes = new Map<string, Map<string, Cause>>();
  /** The places that show what causes of an operation have in common. */
  readonly #alike = new Map<string, Set<string>>();
  #forgotten = 0;
  #kept = 0;
  #characters = 0;

  add(complaint: CheckComplaint, occasion: Occasion): void {
    const { check, severity } = complaint;
    const kind = `${check} ${severity}`;
    const causes = this.#causes.get(kind) ?? new Map<string, Cause>();
    this.#causes.set(kind, causes);
    const key = this.#isOfMany(complaint, occasion) ? kinKey(complaint) : causeOf(complaint, occasion.title);
    let cause = causes.get(key);
    if (cause === undefined) {
      const concern = complaint.concern ?? 'contract';
      cause = { check, severity, concern, key, byOperation: new Map(), titles: new Map() };
      causes.set(key, cause);
    }
    const { order, operationId, isFlaky, title } = occasion;
    const known = cause.byOperation.get(operationId);
    // The first case in the order of the run speaks for all, whichever answer came first.
    const first = known !== undefined && known.order <= order ? known : this.#begin(complaint, occasion);
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

  #begin(complaint: CheckComplaint, occasion: Occasion): Kept {
    const isWhole = this.#kept++ < mostShown && this.#characters < mostCharacters;
    const begun = begin(complaint, occasion, isWhole);
    this.#characters += charactersOf(begun);
    return begun;
  }

  /** Whether so many of the operation are alike by now that none of them is a cause of its own. */
  #isOfMany({ check, severity, kin }: CheckComplaint, { operationId }: Occasion): boolean {
    if (kin === undefined) return false;
    const key = JSON.stringify([check, severity, countedIn(kin, operationId), kin.cause]);
    const places = this.#alike.get(key) ?? new Set();
    this.#alike.set(key, places);
    if (places.size < mostAlike) places.add(kin.place);
    return places.size >= mostAlike;
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
  list(places: Places): { findings: RunFinding[]; notKept: number } {
    let notKept = this.#forgotten;
    const listed: Cause[] = [];
    for (const causes of this.#causes.values()) {
      const inOrder = gathered([...causes.values()]).sort((a, b) => orderOf(a) - orderOf(b));
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
    return { findings: listed.map((cause) => findingOf(cause, places)), notKept };
  }
}

/** Where a rule stands is looked for when it is shown: in a large document that takes a while. */
function findingOf(cause: Cause, { locate, around }: Places): RunFinding {
  const { check, severity, concern, key } = cause;
  const inOrder = [...cause.byOperation.values()].sort((a, b) => a.order - b.order);
  const [first] = inOrder as [Kept, ...Kept[]];
  const operations = inOrder.map(
    ({ order: _order, message: _message, pointer, within: _within, kin: _kin, ...occurrence }) => ({
      ...occurrence,
      get location() {
        return locate(pointer);
      },
    }),
  );
  const [shown] = operations as [Occurrence];
  const { operationId, caseId, title, expected, received, curl, aspects } = shown;
  const titles = [...cause.titles].sort(([, a], [, b]) => a - b).map(([other]) => other);
  const cases = casesOf(cause);
  const flakyCases = inOrder.reduce((total, kept) => total + kept.flakyCases, 0);
  const idOf = (of: string) => contentHash(new TextEncoder().encode(`${check}\n${severity}\n${of}`)).slice(0, 10);
  const isOfMany = first.kin !== undefined && key === kinKey({ check, kin: first.kin });
  const wider = [...(first.kin === undefined || isOfMany ? [] : [kinKey({ check, kin: first.kin })])];
  wider.push(...first.within.map((each) => `${check}: ${each}`).filter((each) => each !== key));
  return {
    id: idOf(key),
    ...(wider.length > 0 && { within: wider.map(idOf) }),
    check,
    severity,
    concern,
    message: isOfMany && first.kin ? first.kin.message : stem(first.message, title),
    operationId,
    caseId,
    aspect: aspects[0] ?? null,
    title,
    expected,
    received,
    get location() {
      return shown.location;
    },
    get source() {
      return around(shown.location);
    },
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
  const { message, expected, received, pointer, within = [], kin } = complaint;
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
  return { ...text, order, pointer, within, kin, cases: 0, flakyCases: 0 };
}
