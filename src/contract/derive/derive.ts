import type { Operation, Operations } from '../../operation/index.js';
import type { Aspect, ContractCase } from '../types.js';
import { accepted } from './accepted.js';
import { type Base, createBase } from './base-request.js';
import { contentHash } from './content-hash.js';
import { type Candidate, type Draft, type Rank, ranks } from './draft.js';
import { judged } from './draft-of.js';
import { hostile } from './hostile.js';
import { mediaTypes } from './media-type.js';
import { methods } from './method.js';
import { otherPath } from './other-path.js';
import { rejected } from './rejected.js';
import { security } from './security.js';
import { varied } from './varied.js';
import { wireText } from './wire-text.js';
import { createWorkbench, type DeriveOptions, type Workbench } from './workbench.js';

export type { DeriveOptions } from './workbench.js';

/** The cases of an operation, all of them: see `casesInTurn`. */
export function deriveCases(operation: Operation, operations: Operations, options: DeriveOptions): ContractCase[] {
  return [...casesInTurn(operation, operations, options)].filter((one) => one !== null);
}

/**
 * The cases of an operation: one valid request, then one thing varied at a time, the most telling first. The same
 * for the same document, seed, fixtures and values; linear in the keywords of the operation's schemas. A case is
 * `accepted` or `rejected` only if what is on the wire is so after decoding; what honest servers differ over is
 * not sent. An operation for which no valid request can be made has none.
 *
 * A case is worked out when it is asked for, and null stands for a piece of work that gave none: whoever asks can do
 * something else in between.
 */
export function* casesInTurn(
  operation: Operation,
  operations: Operations,
  options: DeriveOptions,
): Generator<ContractCase | null> {
  const most = mostCases(operation);
  const maxCases = Math.min(options.maxCases ?? most, most);
  if (maxCases <= 0) return;
  const bench = createWorkbench(operation, operations, options);
  // 1. One valid request.
  const base = createBase(bench);
  yield null;
  if (base === null) return;
  // 2. One thing varied at a time, the most telling first, and once each on the wire.
  const ids = new CaseIds(operation, base);
  let left = maxCases;
  for (const draft of inOrder(candidates(bench, base, most, options.aspects))) {
    if (draft && left === 0) return bench.cut(`${most.toLocaleString('en')} cases, of more`);
    yield draft && caseOf(operation, draft, ids);
    if (draft) left -= 1;
    // Whoever asks for so many and no more need not be told that there are.
    if (left === 0 && maxCases < most) return;
  }
}

/** What all cases of an operation may come to together: each has a value for every parameter. */
const mostValues = 500_000;
/** Of an operation with few parameters. */
const mostOfAny = 10_000;

function mostCases({ parameters }: Operation): number {
  return Math.min(mostOfAny, Math.ceil(mostValues / Math.max(1, parameters.length)));
}

/** What is derived, the aspects of which it is (where none of these is asked for, it is not worked out), and the first rank that it gives. */
const steps = [
  { step: accepted, of: ['accepted', 'rejected'], from: 'base' },
  { step: rejected, of: ['accepted', 'rejected', 'hostile'], from: 'enum value' },
  { step: varied, of: ['accepted', 'rejected'], from: 'enum value' },
  { step: security, of: ['security'], from: 'security' },
  { step: methods, of: ['method'], from: 'method' },
  { step: mediaTypes, of: ['media-type'], from: 'media type' },
  { step: repetition, of: ['repetition'], from: 'repetition' },
  { step: hostile, of: ['hostile'], from: 'hostile' },
] as const satisfies readonly { step: unknown; of: readonly Aspect[]; from: Rank }[];

/** Where few cases are wanted, so many of each step for each give enough to choose the most telling from. */
const candidatesForEach = 64;

/**
 * Those of the steps that begin with a rank, of which each gives bytes that no other one gives. `survived` is what is left to
 * expect where nothing else is.
 */
type CandidatesFrom = (rank: Rank) => Iterable<Candidate | null>;

/** @param most of each step, so that each has its turn */
function candidates(bench: Workbench, base: Base, most: number, aspects?: readonly Aspect[]): CandidatesFrom {
  const once = createOnce();
  const enough = Math.min(most, bench.maxCases * candidatesForEach);
  const onCut = () => enough === most && bench.cut(`${most.toLocaleString('en')} cases of one kind, of more`);
  return function* (rank) {
    for (const { step, of } of steps.filter(({ from }) => from === rank)) {
      const isAsked = aspects === undefined || of.some((one) => aspects.includes(one));
      // The first is made in any case: whether the operation can be asked at all is known by it.
      if (!isAsked && step !== accepted) continue;
      for (const found of firstOf(step(bench, base), enough, onCut)) {
        const candidate = found && once(found);
        if (candidate !== undefined) yield candidate;
        if (!isAsked && found !== null) break;
      }
    }
  };
}

/** Gives a candidate, unless the same bytes were sent: undefined where that is known already. */
function createOnce(): (found: Candidate | Draft) => Candidate | undefined {
  const sent = new Set<string>();
  const unlessSent = (draft: Draft | null): Draft | null => (draft && isNew(draft, sent) ? draft : null);
  return (found) => {
    if ('make' in found) return { ...found, make: () => unlessSent(found.make()) };
    if (found.expectation === 'survived') return { ...found, make: () => unlessSent(found) };
    return unlessSent(found) ? { ...found, make: () => found } : undefined;
  };
}

function* firstOf<Item>(items: Iterable<Item>, most: number, onMore: () => void): Iterable<Item> {
  let left = most;
  for (const item of items) {
    if (left-- <= 0) {
      onMore();
      return;
    }
    yield item;
  }
}

/** Notes a draft, if nothing was sent that is the same bytes. */
function isNew(draft: Draft, sent: Set<string>): boolean {
  const text = `${wireText(draft.request)} ${draft.authenticated} ${draft.ordinal ?? 0}`;
  const key = contentHash(new TextEncoder().encode(text));
  return !sent.has(key) && sent.add(key) !== undefined;
}

function caseOf(operation: Operation, draft: Draft, ids: CaseIds): ContractCase {
  return {
    id: ids.of(draft),
    operationId: operation.id,
    aspect: draft.aspect,
    title: draft.title,
    expectation: draft.expectation,
    varies: draft.varies,
    request: draft.request,
    authenticated: draft.authenticated,
    generatedPath: draft.generatedPath,
    ...(draft.onlyWithCredential ? { onlyWithCredential: true as const } : {}),
  };
}

const tellingNearMisses = 6;

/** The candidates of one rank for one parameter or member, which take turns with those for the others. */
interface Queue {
  readonly candidates: Candidate[];
  /** Which of them is the next. */
  next: number;
  /** In which turn the next one is. */
  turn: number;
}

/**
 * By rank; within a rank the parameters and members take turns. Null after each candidate that gave nothing. What gives nothing
 * before a rank is only looked for when its turn comes: whoever asks for few cases has not to wait for it.
 */
function* inOrder(candidatesFrom: CandidatesFrom): Generator<Draft | null> {
  const byRank = new Map(ranks.map((rank) => [rank, new Map<string, Queue>()]));
  const queuesOf = (rank: Rank) => byRank.get(rank) as Map<string, Queue>;
  for (const rank of ranks) {
    for (const candidate of candidatesFrom(rank)) {
      yield null;
      if (candidate === null) continue;
      const { varies } = candidate;
      // There is one, and nothing comes before it.
      if (candidate.rank === 'base') {
        yield candidate.make();
        continue;
      }
      const key = `${candidate.rank} ${varies.in} ${varies.name}`;
      const queue = queuesOf(candidate.rank).get(key) ?? { candidates: [], next: 0, turn: 0 };
      queuesOf(candidate.rank).set(key, queue);
      queue.candidates.push(candidate);
    }
    const most = rank === 'near miss' ? tellingNearMisses : Number.POSITIVE_INFINITY;
    yield* inTurns([...queuesOf(rank).values()], most);
    // One kind of leniency is seldom alone: the first few near misses tell most of what all of them do.
    if (rank === 'near miss') for (const [key, queue] of queuesOf(rank)) queuesOf('keyword broken').set(key, queue);
  }
}

/** One of each queue in each turn, as long as there are some, and before a turn. */
function* inTurns(queues: Queue[], most: number): Generator<Draft | null> {
  let open = queues;
  for (let turn = 0; turn < most && open.length > 0; turn++) {
    for (const queue of open) {
      if (queue.turn > turn) continue;
      let found: Draft | null = null;
      while (found === null && queue.next < queue.candidates.length) {
        found = queue.candidates[queue.next++]?.make() ?? null;
        yield found;
      }
      queue.turn++;
    }
    open = open.filter(({ candidates, next }) => next < candidates.length);
  }
}

/**
 * 12 hexadecimal digits from what a case is: operation, expectation, bytes. Titles and order may change freely. What the
 * path names is another thing in the next run, so that its parameter stands for it.
 */
class CaseIds {
  readonly #operation: Operation;
  readonly #passing: Base['passing'];
  readonly #names: Readonly<Record<string, string>>;
  readonly #counts = new Map<string, number>();

  constructor(operation: Operation, { passing }: Base) {
    this.#operation = operation;
    this.#passing = passing;
    this.#names = Object.fromEntries(Object.keys(passing).map((name) => [name, `{${name}}`]));
  }

  of(draft: Draft): string {
    const { method, path } = this.#operation;
    const { aspect, expectation, authenticated, ordinal = 0, request } = draft;
    const text = [method, path, aspect, expectation, authenticated, ordinal];
    const wire = wireText({ ...request, target: this.#targetOf(draft) });
    return contentHash(new TextEncoder().encode(`${text.join('\n')}\n${wire}`)).slice(0, 12);
  }

  #targetOf({ request: { target }, varies }: Draft): string {
    const { path } = this.#operation;
    const name = varies.in === 'path' ? (varies.name ?? '') : '';
    if (!Object.hasOwn(this.#passing, name)) return otherPath(target, path, this.#passing, this.#names);
    // What is made of such a value is told apart by what it is made for.
    const count = (this.#counts.get(`${name} ${varies.keyword}`) ?? 0) + 1;
    this.#counts.set(`${name} ${varies.keyword}`, count);
    return `${path} ${name} ${varies.keyword} ${count}`;
  }
}

/** With the base itself, enough to meet an implementation that fails every fourth request. */
const times = 4;

/** The base again: an implementation may fail now and then, or only from the second time on. */
function* repetition(bench: Workbench, base: Base): Iterable<Draft> {
  // What is deleted once is gone.
  if (bench.operation.method === 'DELETE' && !base.generatedPath) return;
  for (let ordinal = 1; ordinal <= times; ordinal++) {
    const found = judged(bench, base, base.plan, true, {
      aspect: 'repetition',
      rank: 'repetition',
      title: `the valid request again (${ordinal} of ${times})`,
      varies: { in: null, name: null, keyword: 'repetition', pointer: bench.operation.pointer },
    });
    if (found) yield { ...found, ordinal };
  }
}
