import {
  checks as allChecks,
  type Check,
  type CheckContext,
  type ContractCase,
  type Credentials,
  createCredentials,
  createRunChecks,
  deriveCases,
  type Exchange,
  judge,
  type RunCheck,
} from '../contract/index.js';
import { CounterproofError } from '../errors.js';
import { faults as allFaults, type Fault, harmlessVariants } from '../fault/index.js';
import type { Fixtures } from '../fixture/index.js';
import { createMock, type Mock } from '../mock/index.js';
import type { Answer, Operation, Operations } from '../operation/index.js';
import type { FalseAlarm, Outcome, ProofResult, Trial } from '../report/proof/result.js';
import { summarize } from './summarize.js';
import { TrialRecord } from './trial-record.js';
import { overVirtualWire } from './virtual-wire.js';

export interface ProveOptions {
  readonly operations: Operations;
  readonly fixtures?: Fixtures;
  /** 1 */
  readonly seed?: number;
  /** In place of all of them, to see what one is worth. */
  readonly checks?: readonly Check[];
  /** In place of the catalogue. */
  readonly faults?: readonly Fault[];
  /** Operation ids; all by default. */
  readonly only?: (operation: { readonly id: string; readonly method: string; readonly path: string }) => boolean;
  /** Most places of one operation at which one fault is tried (12). */
  readonly maxSites?: number;
  /** Goes on after the first complaint, so that `by` names every check that notices. */
  readonly exhaustive?: boolean;
  /** Told of every case that catches a fault; all of them only where the proof is exhaustive. */
  readonly onKill?: (kill: {
    readonly operation: Operation;
    readonly contractCase: ContractCase;
    readonly trial: string;
  }) => void;
  readonly version?: string;
  readonly onProgress?: (done: number, total: number) => void;
}

/** The mock under proof demands this key, so that the suite can tell a right credential from a wrong one. */
const key = 'counterproof-proves-itself';

/** Longer than any answer of the virtual wire that is in time, and shorter than one that is not, in milliseconds. */
const timeout = 10_000;

/** One operation under proof. */
interface Bench {
  readonly options: ProveOptions;
  readonly mock: Mock;
  readonly credentials: Credentials;
  readonly context: CheckContext;
  readonly operation: Operation;
  readonly cases: readonly ContractCase[];
  /** What the mock answers when nothing is wrong. */
  readonly right: readonly Answer[];
  requests: number;
  placesLeftOut: number;
}

/**
 * Runs the suite against the mock with each fault that applies to each operation, and against the harmless
 * variants. In one process and without a socket: `virtual-wire.ts` stands between.
 */
export async function prove(options: ProveOptions): Promise<ProofResult> {
  const began = performance.now();
  const { operations, fixtures, seed = 1 } = options;
  const mock = createMock({ operations, ...(fixtures && { fixtures }), seed, apiKey: key });
  const entries = operations.entries.filter((entry) => options.only?.(entry) ?? true);
  const trials: Trial[] = [];
  const falseAlarms: FalseAlarm[] = [];
  const unusable: { operationId: string; reason: string }[] = [];
  let cases = 0;
  let requests = 0;
  let placesLeftOut = 0;
  for (const [index, entry] of entries.entries()) {
    options.onProgress?.(index, entries.length);
    const bench = makeBench(options, mock, operations.compile(entry));
    if (typeof bench === 'string') {
      unusable.push({ operationId: entry.id, reason: bench });
      continue;
    }
    cases += bench.cases.length;
    for (const variant of [null, ...harmlessVariants]) falseAlarms.push(...(await accuse(bench, variant)));
    for (const fault of options.faults ?? allFaults) trials.push(...(await tryFault(bench, fault)));
    requests += bench.requests;
    placesLeftOut += bench.placesLeftOut;
  }
  options.onProgress?.(entries.length, entries.length);
  return summarize({
    options,
    trials,
    falseAlarms,
    unusable,
    cases,
    requests,
    placesLeftOut,
    operations: entries.length,
    variants: harmlessVariants.length * (entries.length - unusable.length),
    duration: performance.now() - began,
  });
}

/** Everything that is the same for all faults of an operation; a sentence where the suite cannot use it. */
function makeBench(options: ProveOptions, mock: Mock, operation: Operation): Bench | string {
  const { operations, fixtures, seed = 1 } = options;
  const [problem] = operation.problems;
  if (problem) return problem.message;
  try {
    const derived = deriveCases(operation, operations, { seed, ...(fixtures && { fixtures }) });
    if (derived.length === 0) return 'No valid request can be made for it';
    const bench = {
      options,
      mock,
      credentials: credentialsFor(operation),
      context: { operations, strict: false },
      operation,
      cases: derived,
      right: [] as Answer[],
      requests: 0,
      placesLeftOut: 0,
    };
    for (const contractCase of bench.cases) bench.right.push(ask(bench, contractCase, null, 0));
    return bench;
  } catch (error) {
    if (error instanceof CounterproofError) return error.message;
    throw error;
  }
}

function credentialsFor({ security }: Operation): Credentials {
  const schemes = security.flat();
  const secret = (scheme: (typeof schemes)[number]) => (scheme.httpScheme === 'basic' ? `user:${key}` : key);
  const auth = Object.fromEntries(schemes.map((scheme) => [scheme.name, secret(scheme)]));
  return createCredentials({ auth }, Object.keys(auth));
}

function ask(bench: Bench, { request, authenticated }: ContractCase, fault: string | null, ordinal: number): Answer {
  const { mock, credentials, operation } = bench;
  bench.requests += 1;
  const sent = credentials.apply(request, operation, authenticated);
  // What the client adds to every request that does not say otherwise.
  const headers = { 'accept-encoding': 'gzip, deflate, br', ...sent.headers };
  return mock.answer({ ...sent, headers }, fault === null ? undefined : { fault, ordinal });
}

async function tryFault(bench: Bench, fault: Fault): Promise<Trial[]> {
  const { operation, options } = bench;
  const unfit = fault.unfit(operation);
  const trial = (site: string | null, outcome: Outcome): Trial => ({
    fault: fault.id,
    operationId: operation.id,
    site,
    outcome,
  });
  if (unfit !== null) return [trial(null, { kind: 'not-applicable', reason: unfit })];
  const places = [...new Set(fault.sites?.(operation).map(({ pointer }) => pointer))];
  const sites = spread(places, options.maxSites ?? 12);
  bench.placesLeftOut += places.length - sites.length;
  const trials: Trial[] = [];
  for (const site of sites.length > 0 ? sites : [null]) {
    trials.push(trial(site, await suiteAgainst(bench, site, fault)));
  }
  return trials;
}

/** So many of a list, from all over it. */
function spread<T>(list: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, list.length / most);
  return list.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

/** The whole suite for one operation, against one fault. */
async function suiteAgainst(bench: Bench, site: string | null, fault: Fault): Promise<Outcome> {
  const { cases, options } = bench;
  const active = site === null ? fault.id : `${fault.id}@${site}`;
  const runChecks = createRunChecks();
  const record = new TrialRecord(fault, site);
  for (const [index, contractCase] of cases.entries()) {
    const answer = ask(bench, contractCase, active, index);
    const exchange = await exchangeOf(bench, contractCase, answer);
    for (const check of runChecks) check.observe(exchange);
    // An answer that the fault left as it was has been judged already: as the right one.
    if (isSame(answer, bench.right[index])) record.left(answer);
    else record.spoiled(contractCase, answer, violated(bench, exchange, active));
    if (record.isHopeless || (record.isKilled && !options.exhaustive)) break;
  }
  if (!record.isKilled || options.exhaustive) {
    for (const check of runChecks) if (speaks(check, fault, bench)) record.noticedAtEnd(check.id);
  }
  return record.outcome(cases);
}

/** What a check has to say at the end counts where the fault is one that it is for: much of it is information. */
function speaks(check: RunCheck, fault: Fault, { context }: Bench): boolean {
  return fault.caughtBy.includes(check.id) && check.finish(context).length > 0;
}

/** The checks that find a violation in an exchange. */
function violated({ options, context, operation }: Bench, exchange: Exchange, trial: string): string[] {
  const found = judge(exchange, options.checks ?? allChecks, context)
    .filter(({ complaint }) => complaint.severity === 'violation')
    .map(({ check }) => check);
  if (found.length > 0) options.onKill?.({ operation, contractCase: exchange.case, trial });
  return found;
}

/** What is complained about though it is right: the mock as it is, or one of the harmless variants. */
async function accuse(bench: Bench, variant: Fault | null): Promise<FalseAlarm[]> {
  const alarms: FalseAlarm[] = [];
  for (const [index, contractCase] of bench.cases.entries()) {
    let answer = ask(bench, contractCase, variant?.id ?? null, index);
    // The runner waits for one 429 with Retry-After, and asks again.
    if (answer.status === 429) answer = ask(bench, contractCase, variant?.id ?? null, bench.cases.length + index);
    if (variant !== null && isSame(answer, bench.right[index])) continue;
    const exchange = await exchangeOf(bench, contractCase, answer);
    for (const { check, complaint } of judge(exchange, bench.options.checks ?? allChecks, bench.context)) {
      if (complaint.severity !== 'violation') continue;
      alarms.push({
        variant: variant?.id ?? null,
        operationId: bench.operation.id,
        check,
        caseId: contractCase.id,
        title: contractCase.title,
        message: complaint.message,
      });
    }
  }
  return alarms;
}

async function exchangeOf(bench: Bench, contractCase: ContractCase, answer: Answer): Promise<Exchange> {
  const { operation, credentials } = bench;
  const { request, authenticated } = contractCase;
  const received = await overVirtualWire(answer, request.method, timeout);
  return { case: contractCase, operation, request: credentials.show(request, operation, authenticated), received };
}

/** Whether a client would see no difference that counts: a refusal may name fewer reasons, and refuses all the same. */
function isSame(answer: Answer, right: Answer | undefined): boolean {
  if (right === undefined || answer.source === 'fault' || answer.status !== right.status) return false;
  return answer.status >= 400 || answer.body === right.body;
}
