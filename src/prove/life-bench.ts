import type { Credentials } from '../contract/index.js';
import { creatorOf, runLives, virtualClock } from '../contract/internal.js';
import { type Fault, harmlessLives, harmlessVariants } from '../fault/index.js';
import { createMock, type Mock, State } from '../mock/index.js';
import type { Operation, OperationEntry } from '../operation/index.js';
import type { FalseAlarm, Trial } from '../report/proof/result.js';
import { findResources, keptWhile, type Resource, type Role } from '../resource/index.js';
import { credentialsFor, key } from './bench.js';
import type { ProveOptions } from './options.js';
import { overVirtualWire } from './virtual-wire.js';

/** Resources of one document whose things are followed: each costs some fifty requests for each fault. */
const mostResources = 6;
/** Requests of one life; what goes on for longer says nothing more. */
const mostRequests = 400;

/** What is unusual in a head: the other variants are of single answers, and some of them leave out what was sent. */
const variantsOfHeads = new Set(['harmless-header-case', 'harmless-unknown-headers']);

/** Ways to be right over several requests: what was written is seen late, within `--settle`; what was deleted gets 410. */
const variantsOfLives = ['harmless-late', 'harmless-gone'] as const;
type Variant = (typeof variantsOfLives)[number];
const unusual: readonly { readonly id: string; readonly variant?: Variant }[] = [
  ...harmlessVariants.filter(({ id }) => variantsOfHeads.has(id)),
  ...harmlessLives,
  ...variantsOfLives.map((id) => ({ id, variant: id })),
];
/** What is seen late is seen after so many requests, and within so many milliseconds. */
const [requestsLate, settle] = [3, 5_000];

/** What the proof of sequences came to. */
export interface LifeProof {
  readonly trials: readonly Trial[];
  readonly falseAlarms: readonly FalseAlarm[];
  readonly requests: number;
  readonly variants: number;
  /** Creates of things that the mock itself does not hold together, so that nothing can be proven of them. */
  readonly unusable: readonly { readonly operationId: string; readonly reason: string }[];
}

/**
 * The sequences of the suite against the mock with its memory on: as it is, in each harmless variant, and with each fault
 * that no single answer shows.
 */
export async function proveLives(options: ProveOptions, faults: readonly Fault[]): Promise<LifeProof> {
  const trials: Trial[] = [];
  const falseAlarms: FalseAlarm[] = [];
  const unusable: { operationId: string; reason: string }[] = [];
  let [requests, variants] = [0, 0];
  let operations: readonly Operation[] = [];
  for (const resource of chosenFrom(options)) {
    const bench = new LifeBench(options, resource);
    operations = [...operations, ...bench.operations];
    const right = await bench.run(null, true);
    const [defect] = right.alarms;
    if (defect !== undefined) {
      const reason = `the mock does not hold ${resource.name} together: ${defect.message}`;
      unusable.push({ operationId: defect.operationId, reason });
      requests += bench.requests;
      continue;
    }
    for (const { id, variant } of unusual) {
      const { alarms } = await bench.run(variant === undefined ? id : null, false, variant);
      falseAlarms.push(...alarms.map((alarm) => ({ variant: id, ...alarm })));
    }
    variants += unusual.length;
    for (const fault of faults) {
      const fit = bench.operations.find((operation) => fault.unfit(operation) === null);
      if (fit !== undefined) trials.push(await tryFault(bench, fault, fit, right));
    }
    requests += bench.requests;
  }
  const isTried = new Set(trials.map(({ fault }) => fault));
  trials.push(
    ...faults.filter(({ id }) => !isTried.has(id)).flatMap((fault) => unfitTrial(options, fault, operations)),
  );
  return { trials, falseAlarms, requests, variants, unusable };
}

/** Why a fault could show in none of the operations of any sequence. */
function unfitTrial(
  { operations: { entries } }: ProveOptions,
  { id: fault, unfit }: Fault,
  tried: readonly Operation[],
): Trial[] {
  const nothing = 'nothing is made by one operation that another one shows';
  const [reason = nothing] = tried.flatMap((operation) => unfit(operation) ?? []);
  const operationId = tried[0]?.id ?? entries[0]?.id;
  return operationId === undefined
    ? []
    : [{ fault, operationId, site: null, outcome: { kind: 'not-applicable', reason } }];
}

function chosenFrom({ operations, fixtures, only }: ProveOptions): readonly Resource[] {
  const { all } = findResources(operations, fixtures?.resources);
  const isTried = (resource: Resource) => {
    const creator = creatorOf(resource);
    return creator !== undefined && (only?.(creator.entry) ?? true);
  };
  return all.filter(isTried).slice(0, mostResources);
}

/** @param right how the mock fares without a fault: where what it makes cannot be found again, nothing is seen of what is done to it */
async function tryFault(bench: LifeBench, fault: Fault, { id: operationId }: Operation, right: Run): Promise<Trial> {
  const { alarms, remarks, shown, sent } = await bench.run(fault.id, true);
  const trial = { fault: fault.id, operationId, site: null };
  const [first] = alarms;
  if (first !== undefined) {
    const by = [...new Set(alarms.map(({ check }) => check))];
    return { ...trial, outcome: { kind: 'killed', by, caseId: first.caseId, title: first.title, requests: sent } };
  }
  if (shown === null) {
    const reason = 'no answer of its sequence gives it anything to spoil';
    return { ...trial, outcome: { kind: 'not-applicable', reason } };
  }
  if (right.unfollowed !== undefined)
    return { ...trial, outcome: { kind: 'not-applicable', reason: right.unfollowed } };
  const isSaidAnyway = ({ message }: Alarm) => right.remarks.some((each) => each.message === message);
  const remark = remarks.find((each) => fault.caughtBy.includes(each.check) && !isSaidAnyway(each));
  if (remark !== undefined) {
    const reason = `it shows only where the document promises nothing: ${remark.message}`;
    return { ...trial, outcome: { kind: 'not-applicable', reason } };
  }
  return { ...trial, outcome: { kind: 'survived', requests: sent, example: shown } };
}

type Alarm = Omit<FalseAlarm, 'variant'>;

/** How the mock fared. */
interface Run {
  readonly alarms: readonly Alarm[];
  /** What was noticed of what the document does not promise. */
  readonly remarks: readonly Alarm[];
  /** The first request whose answer a fault has spoilt. */
  readonly shown: string | null;
  readonly sent: number;
  /** Why what was made could not be found again. */
  readonly unfollowed: string | undefined;
}

/** One resource under proof. */
class LifeBench {
  readonly operations: readonly Operation[];
  /** Those, and of what a thing stands under, which is read and deleted with it. */
  readonly #entries: readonly OperationEntry[];
  requests = 0;
  readonly #options: ProveOptions;
  readonly #mock: Mock;
  readonly #credentials: Credentials;

  constructor(options: ProveOptions, resource: Resource) {
    const { operations, fixtures, seed = 1 } = options;
    this.#options = options;
    const besides = findResources(operations, fixtures?.resources).besides.filter(
      ({ role }) => role.resource === resource,
    );
    const own = [...resource.roles, ...besides.map(({ role }) => role)].map(({ entry }) => entry);
    const parent = resource.scope.at(-1)?.resource;
    const above = parent?.roles ?? [];
    const isTold = ({ kind }: Role): boolean => kind === 'read' || kind === 'delete';
    // What is not deleted for one of these shows that here alone, and what deletes one itself comes first.
    const keeps = ({ kind, entry }: Role): boolean =>
      kind === 'delete' && !!parent && keptWhile(operations.compile(entry), parent, [resource]) !== null;
    const keeping = resource.roles.some(({ kind }) => kind === 'delete') ? above.filter(keeps) : [];
    this.operations = [...own, ...keeping.map(({ entry }) => entry)].map((entry) => operations.compile(entry));
    this.#entries = [...own, ...above.filter(isTold).map(({ entry }) => entry)];
    // What was not made is not there: a thing that is made up for any key would hide that another one was forgotten.
    const memory = { unknownIds: '404', rows: 7 } as const;
    this.#mock = createMock({ operations, ...(fixtures && { fixtures }), seed, apiKey: key, errors: true, ...memory });
    this.#credentials = credentialsFor(operations.entries.map((entry) => operations.compile(entry)));
  }

  /**
   * @param isBrief whether the first complaint is enough
   * @param variant how the mock is right over several requests; undefined: as it is
   */
  async run(fault: string | null, isBrief = false, variant?: Variant): Promise<Run> {
    const { operations, fixtures, seed = 1, exhaustive = false } = this.#options;
    const alarms: Alarm[] = [];
    const remarks: Alarm[] = [];
    let state = State.empty;
    const before: State[] = [];
    const gone = new Set<string>();
    const own = new Set(this.operations.map(({ id }) => id));
    let sent = 0;
    let shown: string | null = null;
    const { unlived } = await runLives({
      operations,
      seed,
      ...(fixtures && { fixtures }),
      send: async (request, { timeout }) => {
        this.requests++;
        const preference = fault === null ? undefined : { fault, ordinal: sent };
        sent++;
        const isLate = variant === 'harmless-late' && request.method === 'GET';
        before.push(state);
        const seen = isLate ? (before.at(-requestsLate) ?? State.empty) : state;
        const answer = this.#mock.answer(request, preference, seen);
        if (answer.next && !isLate) state = answer.next.state;
        // What stands above is made too, and is not what is tried.
        if (answer.source === 'fault' && own.has(answer.operationId ?? ''))
          shown ??= `${request.method} ${request.target}`;
        if (request.method === 'DELETE' && answer.status < 300) gone.add(request.target);
        const isGone = variant === 'harmless-gone' && answer.status === 404 && gone.has(request.target);
        return overVirtualWire(isGone ? { ...answer, status: 410 } : answer, request.method, timeout);
      },
      target: 'http://localhost',
      allowWrites: true,
      allowDeletes: true,
      entries: this.#entries,
      credentials: this.#credentials,
      concurrency: 1,
      repeats: 0,
      ...(variant === 'harmless-late' && { settle }),
      clock: virtualClock(),
      listener: {
        isKnown: () => false,
        get isSatisfied() {
          return sent >= mostRequests || (isBrief && !exhaustive && alarms.length > 0);
        },
        judged({ case: { id: caseId, title }, operation }, complaints) {
          for (const { check, message, severity } of complaints) {
            const alarm = { operationId: operation.id, check, caseId, title, message };
            if (severity === 'violation') alarms.push(alarm);
            if (severity === 'information') remarks.push(alarm);
          }
        },
      },
    });
    return { alarms, remarks, shown, sent, unfollowed: unlived[0] };
  }
}
