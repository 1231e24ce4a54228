import { type Operation, type OperationEntry, responseFor } from '../../operation/index.js';
import { isAccepted } from '../checks/base.js';
import { outcomeOf } from '../checks/outcome.js';
import { isUnread } from '../checks/received.js';
import type { Mask } from '../credentials/mask.js';
import { shortened } from '../excerpt.js';
import type { Chosen } from '../things/things.js';
import { type Aspect, aspects, type BaseAnswer, type ContractCase, type Exchange, type Expectation } from '../types.js';
import { ComplaintCounts } from './complaint-counts.js';
import type { AspectResult, NotSentReason, OperationResult } from './result.js';
import type { Sending } from './target-watch.js';
import { Trials } from './trials.js';

/** A case with some valid value at a place, and how it was answered when that was asked for. */
export interface Sample {
  readonly case: ContractCase;
  answer: Promise<Exchange | null> | null;
}

/** What is counted of one operation while it runs. Its size does not depend on the number of cases. */
export class OperationTally {
  readonly entry: OperationEntry;
  readonly counts = new ComplaintCounts();
  readonly #aspects = new Map<Aspect, { cases: number; broken: number; duration: number }>();
  readonly #statuses = new Map<string, number>();
  readonly undeclared = new Map<number, number>();
  cases = 0;
  requests = 0;
  sentAgain = 0;
  waited = 0;
  /** Answers that came to no end in time, or were more than is read. */
  unread = 0;
  /** Bytes of its answers that were read. */
  #bytes = 0;
  /** By what cases expect: requests that have not been answered yet, and the bytes of the longest answer. */
  readonly #ofExpectation = new Map<Expectation, { underway: number; longest: number }>();
  broken = 0;
  /** Whether it was ever answered with success. */
  isExercised = false;
  duration = 0;
  /** How many exchanges each check was about, by its id. */
  readonly exchanges = new Map<string, number>();
  /** The valid request from which the other cases vary, once it has been sent. */
  base: ContractCase | null = null;
  /** The same as it was derived: with nothing in it that only the target has told. */
  planned: ContractCase | null = null;
  /** Whether a valid body was refused for what is there already, so that each needs names of its own. */
  takesNamesOnce = false;
  /** What its path names of what the target has told; null where that is given, or nothing is known. */
  chosen: Chosen | null = null;
  /** Optional members of the body that the target asks for. */
  members: readonly string[] = [];
  /** Why its valid request is not sent, where that could change what others have on the target. */
  withheld: NotSentReason | null = null;
  /** Checks of which only a part was tried: cases of theirs were not sent, for want of what only a person can give. */
  readonly untried = new Set<string>();
  /** Targets to which a DELETE has gone that may have been followed. */
  readonly spent = new Set<string>();
  /** Whether the base case was refused with a credential that nobody gave. */
  standInRefused = false;
  /** The valid request once more, to tell whether the target has changed since. */
  control: Promise<Exchange | null> | null = null;
  /** Whether the credential was refused where something had been shown for it, once that was asked. */
  sessionEnded: Promise<boolean> | null = null;
  /** For each place that a case may leave out, one that has it with some valid value. */
  readonly samples = new Map<string, Sample>();
  readonly trials = new Trials();
  /** By check: causes that were there again when their case was sent again; fewer than none where one was not. */
  readonly steady = new Map<string, number>();
  /** Causes of which a case is being sent again. */
  readonly asking = new Map<string, Promise<void>>();
  /** Whether all cases have been handed out. */
  isDerived = false;
  /** How much of it has been handed out: 1 for the ordinary cases, 2 for all. */
  steps = 0;
  /** Cases that may bring the target down: they are sent when all others have been. */
  hostile: (Sending & { readonly isBase: boolean })[] = [];
  /** Told once the base case has been answered, or is not sent. */
  readonly baseDone: Promise<void>;
  isBaseDone = false;
  endBase: () => void = () => {};
  /** What was tried in part alone, since there is too much of it. */
  readonly cuts = new Set<string>();
  problem: string | null = null;
  /** Whether the run is whole without it: see `WhyNone`. */
  isExcused = false;
  /** null until it has been compiled. */
  operation: Operation | null = null;

  constructor(entry: OperationEntry) {
    this.entry = entry;
    this.baseDone = new Promise((resolve) => {
      this.endBase = () => {
        this.isBaseDone = true;
        resolve();
      };
    });
  }

  /** Bytes that were read of its answers, and what those may have that are awaited and expect the same. */
  bytesWith(expectation: Expectation): number {
    const { underway, longest } = this.#of(expectation);
    return this.#bytes + underway * longest;
  }

  /** Sends a case, and counts it as underway until it has been answered. */
  async whileUnderway<Answer>({ expectation }: ContractCase, send: () => Promise<Answer>): Promise<Answer> {
    const counts = this.#of(expectation);
    counts.underway++;
    try {
      return await send();
    } finally {
      counts.underway--;
    }
  }

  #of(expectation: Expectation) {
    const counts = this.#ofExpectation.get(expectation) ?? { underway: 0, longest: 0 };
    this.#ofExpectation.set(expectation, counts);
    return counts;
  }

  /** Keeps the first case of each place that has some valid value there. */
  derived(contractCase: ContractCase): void {
    const { expectation, varies } = contractCase;
    const place = varies.keyword === 'all' ? everywhere : placeOf(contractCase);
    const isSample = varies.keyword === 'all' || varies.keyword === 'optional';
    if (expectation !== 'accepted' || !isSample || this.samples.has(place)) return;
    this.samples.set(place, { case: contractCase, answer: null });
  }

  /** The cases that have some valid value where another one has one at a bound, and all that it stands in. */
  samplesFor(contractCase: ContractCase): readonly Sample[] {
    const { varies } = contractCase;
    const around = varies.within === undefined ? undefined : this.samples.get(`${varies.in} ${varies.within}`);
    // What has one optional member alone has all of them.
    const own = this.samples.get(placeOf(contractCase)) ?? this.samples.get(everywhere);
    return [around, own].filter((each) => each !== undefined && each.case.id !== contractCase.id) as Sample[];
  }

  /** One answer, be it to a case or to a case that was sent again. */
  answered(exchange: Exchange): void {
    const { received, request, operation } = exchange;
    const status = received.status === null ? 'none' : String(received.status);
    this.requests++;
    this.duration += received.duration;
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
    if (isUnread(received)) this.unread++;
    const bytes = Math.max(received.raw.length, received.body.length);
    this.#bytes += bytes;
    const counts = this.#of(exchange.case.expectation);
    counts.longest = Math.max(counts.longest, bytes);
    if (received.status === null || request.method !== operation.method) return;
    if (isAccepted(outcomeOf(exchange) ?? 0, operation)) this.isExercised = true;
    if (responseFor(operation, received.status) !== undefined) return;
    this.undeclared.set(received.status, (this.undeclared.get(received.status) ?? 0) + 1);
  }

  /** One case has been judged. `looked`: the ids of the checks that it was about. */
  judged(exchange: Exchange, broken: boolean, looked: readonly string[]): void {
    for (const id of looked) this.exchanges.set(id, (this.exchanges.get(id) ?? 0) + 1);
    const { aspect } = exchange.case;
    const counts = this.#aspects.get(aspect) ?? { cases: 0, broken: 0, duration: 0 };
    counts.cases++;
    counts.duration += exchange.received.duration;
    this.cases++;
    if (broken) {
      counts.broken++;
      this.broken++;
    }
    this.#aspects.set(aspect, counts);
  }

  /** Whether anything was sent or said: of very many operations it may be few. */
  get isTouched(): boolean {
    return this.requests > 0 || this.cases > 0 || !this.counts.isEmpty;
  }

  /** Whether a status line ever came. */
  get isAnswered(): boolean {
    return [...this.#statuses.keys()].some((status) => status !== 'none');
  }

  #state(unexercised: string | null): OperationResult['state'] {
    if (this.counts.bySeverity.violation > 0) return 'broken';
    if (this.requests === 0) return 'not-sent';
    return unexercised === null ? 'kept' : 'not-exercised';
  }

  #whyNot(answer: BaseAnswer | undefined, unknown: string | null, mask: Mask): string | null {
    const known = unknown === null ? '' : `nothing is known for ${mask(unknown)}`;
    if (answer !== undefined && known !== '' && isNothing.has(answer.status)) return known;
    if (answer !== undefined) return `status ${answer.status} to the valid request: ${mask(answer.words)}`;
    if (this.withheld === null) return null;
    if (this.withheld === 'of-others') return 'it could remove what others have there: pass --allow-deletes';
    return known === '' ? 'nothing is known there that this run may change: name it with --set' : known;
  }

  /**
   * @param answer to its valid request; its words may be those that the mask is for
   * @param unknown what nothing is known for that its path names, with the reason
   */
  result(answer: BaseAnswer | undefined, unknown: string | null, mask: Mask): OperationResult {
    const { entry, cases, requests, duration, counts: said, problem } = this;
    if (!this.isTouched && problem === null && this.chosen === null && this.withheld === null) return untouched(entry);
    const isIdle = requests > 0 && cases === 0;
    const reason = this.isExercised ? null : this.#whyNot(answer, unknown, mask);
    const unexercised = reason ?? (isIdle ? 'its requests only prepared those of others, and none was judged' : null);
    const byAspect = aspects.flatMap((aspect): AspectResult[] => {
      const counts = this.#aspects.get(aspect);
      return counts === undefined ? [] : [{ aspect, ...counts, duration: rounded(counts.duration) }];
    });
    const statuses = [...this.#statuses].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      id: entry.id,
      method: entry.method,
      path: entry.path,
      pointer: entry.pointer,
      state: this.#state(unexercised),
      unexercised,
      cases,
      requests,
      duration: rounded(duration),
      violations: mostFirst(said.byCheck),
      aspects: byAspect,
      exchanges: Object.fromEntries([...this.exchanges].sort(([a], [b]) => (a < b ? -1 : 1))),
      statuses: Object.fromEntries(statuses),
      ...(this.untried.size > 0 && { untried: [...this.untried] }),
      ...(this.chosen && this.chosen.things.length > 0 && { named: shortened(namesOf(this.chosen)) }),
      problem,
    };
  }
}

/** Of an operation that was not come to. */
function untouched({ id, method, path, pointer }: OperationEntry): OperationResult {
  return { id, method, path, pointer, ...nothing };
}

const nothing = {
  state: 'not-sent',
  unexercised: null,
  cases: 0,
  requests: 0,
  duration: 0,
  violations: {},
  aspects: [],
  exchanges: {},
  statuses: {},
  problem: null,
} as const satisfies Partial<OperationResult>;

/** What a server says of an id that it does not know. */
const isNothing: ReadonlySet<number> = new Set([404, 410]);

const everywhere = 'everything that is declared';

function placeOf({ varies }: ContractCase): string {
  return `${varies.in} ${varies.name}`;
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

function namesOf({ values, things }: Chosen): string {
  const shown = Object.entries(values).map(([name, value]) => `${name} ${String(value)}`);
  const last = things.at(-1);
  const how = last?.origin === 'made' ? ', made by this run' : '';
  return `${shown.join(', ')} from ${last?.from}${how}`;
}

/** Violations by check, in an order that does not depend on which answer came first. */
function mostFirst(byCheck: ComplaintCounts['byCheck']): Record<string, number> {
  const counts = Object.entries(byCheck).map(([check, { violation }]) => [check, violation] as const);
  const broken = counts.filter(([, violations]) => violations > 0);
  return Object.fromEntries(broken.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)));
}
