import type { CheckComplaint } from '../contract/internal.js';
import type { Location } from '../errors.js';
import { faults as allFaults, type Fault, harmlessVariants } from '../fault/index.js';
import type { FalseAlarm, FaultSummary, ProofResult, Trial } from '../report/proof/result.js';
import { Members } from '../text/value.js';
import { Bench, createImplementation } from './bench.js';
import { proveLives } from './life-bench.js';
import type { ProveOptions } from './options.js';
import { TrialRecord } from './trial-record.js';

/**
 * Runs the suite against the mock with each fault that applies to each operation, and against the harmless
 * variants. In one process and without a socket: `virtual-wire.ts` stands between.
 */
export async function prove(options: ProveOptions): Promise<ProofResult> {
  const began = performance.now();
  const mock = createImplementation(options);
  const entries = options.operations.entries.filter((entry) => options.only?.(entry) ?? true);
  const trials: Trial[] = [];
  const falseAlarms: FalseAlarm[] = [];
  const unusable = options.operations.document.leftOut.map(({ name, reason }) => ({
    operationId: name,
    reason: `it is left out, since ${reason}`,
  }));
  const faults = options.faults ?? allFaults;
  const counts = { operations: entries.length, cases: 0, requests: 0, variants: 0, placesLeftOut: 0 };
  for (const [index, entry] of entries.entries()) {
    options.onProgress?.(index, entries.length);
    const bench = await Bench.of(options, mock, entry);
    if (typeof bench === 'string') {
      unusable.push({ operationId: entry.id, reason: bench });
      continue;
    }
    // 1. What is right must not be complained about, however unusual it is.
    const alarms = await accuse(bench, null);
    if (bench.unmade !== null) {
      unusable.push({ operationId: entry.id, reason: bench.unmade });
      continue;
    }
    falseAlarms.push(...alarms);
    for (const variant of harmlessVariants) falseAlarms.push(...(await accuse(bench, variant)));
    // 2. What is wrong must.
    for (const fault of faults.filter(({ family }) => family !== 'life')) {
      const sites = sitesOf(fault, bench, options.maxSites ?? 12);
      counts.placesLeftOut += sites.leftOut;
      for (const site of sites.tried) trials.push(await tryFault(bench, fault, site, options));
    }
    counts.cases += bench.cases.length;
    counts.requests += bench.requests;
    counts.variants += harmlessVariants.length;
  }
  // 3. The same of what no single answer shows.
  const lives = await proveLives(
    options,
    faults.filter(({ family }) => family === 'life'),
  );
  trials.push(...lives.trials);
  falseAlarms.push(...lives.falseAlarms);
  unusable.push(...lives.unusable);
  counts.requests += lives.requests;
  counts.variants += lives.variants;
  options.onProgress?.(entries.length, entries.length);
  return summarize(options, { ...counts, trials, falseAlarms, unusable, duration: performance.now() - began });
}

/** What is complained about though it is right: the mock as it is, or one of the harmless variants. */
async function accuse(bench: Bench, variant: Fault | null): Promise<FalseAlarm[]> {
  const alarms: FalseAlarm[] = [];
  await bench.run(variant?.id ?? null, {
    isSatisfied: false,
    isKnown: (exchange) => variant !== null && bench.isRight(exchange),
    judged(exchange, complaints) {
      if (variant === null) bench.keepRight(exchange);
      const { id: caseId, title } = exchange.case;
      for (const { check, message } of complaints.filter(isViolation))
        alarms.push({ variant: variant?.id ?? null, operationId: bench.operation.id, check, caseId, title, message });
    },
  });
  return alarms;
}

/** One fault, at one place where it has several: what becomes of it. */
async function tryFault(bench: Bench, fault: Fault, site: string | null, options: ProveOptions): Promise<Trial> {
  const { operation } = bench;
  const trial = { fault: fault.id, operationId: operation.id, site };
  const unfit = fault.unfit(operation);
  if (unfit !== null) return { ...trial, outcome: { kind: 'not-applicable', reason: unfit } };
  const name = site === null ? fault.id : `${fault.id}@${site}`;
  const record = new TrialRecord(fault, site);
  const spoke = await bench.run(name, {
    get isSatisfied() {
      return record.isHopeless || (record.isKilled && !options.exhaustive);
    },
    // An answer that the fault left as it was has been judged already: as the right one.
    isKnown(exchange) {
      const isRight = bench.isRight(exchange);
      if (isRight) record.left(bench.answerOf(exchange));
      return isRight;
    },
    judged(exchange, complaints) {
      const by = complaints.filter(isViolation).map(({ check }) => check);
      record.spoiled(exchange.case, bench.answerOf(exchange), by);
      if (by.length > 0) options.onKill?.({ operation, contractCase: exchange.case, trial: name });
    },
  });
  // What a check has to say at the end counts where the fault is one that it is for: much of it is information.
  for (const id of spoke) if (fault.caughtBy.includes(id)) record.noticedAtEnd(id);
  return { ...trial, outcome: record.outcome(bench.cases) };
}

function isViolation({ severity }: CheckComplaint): boolean {
  return severity === 'violation';
}

/** Where a fault is tried: so many of its places, from all over the operation; null where it has none. */
function sitesOf(
  fault: Fault,
  { operation }: Bench,
  most: number,
): { readonly tried: readonly (string | null)[]; readonly leftOut: number } {
  if (fault.unfit(operation) !== null) return { tried: [null], leftOut: 0 };
  const all = [...new Set(fault.sites?.(operation).map(({ pointer }) => pointer))];
  const step = Math.max(1, all.length / most);
  const tried = all.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
  return { tried: tried.length > 0 ? tried : [null], leftOut: all.length - tried.length };
}

/** What the trials came to, and what they took. */
type Found = Pick<
  ProofResult,
  | 'trials'
  | 'falseAlarms'
  | 'unusable'
  | 'operations'
  | 'cases'
  | 'requests'
  | 'variants'
  | 'placesLeftOut'
  | 'duration'
>;

/** The score, and what each fault came to. */
function summarize(options: ProveOptions, found: Found): ProofResult {
  const { document } = options.operations;
  const info = document.root.info as { title?: unknown; version?: unknown } | undefined;
  const { trials } = found;
  const faults = (options.faults ?? allFaults).map(({ id, family, summary, caughtBy }): FaultSummary => {
    const own = trials.filter(({ fault }) => fault === id);
    return { id, family, summary, caughtBy, ...counts(own) };
  });
  const { killed, survived, notTried } = counts(trials);
  return {
    schemaVersion: 1,
    tool: { name: 'counterproof', version: options.version ?? '' },
    document: { name: document.name, title: String(info?.title ?? ''), version: String(info?.version ?? '') },
    seed: options.seed ?? 1,
    ...found,
    faults,
    places: placesOf(options, found),
    notTried,
    score: killed + survived === 0 ? null : killed / (killed + survived),
  };
}

/** Only those that a report points at: to find a place in a large document costs something. */
function placesOf({ operations }: ProveOptions, { trials, falseAlarms }: Pick<Found, 'trials' | 'falseAlarms'>) {
  const lost = trials.filter(({ outcome }) => outcome.kind === 'survived');
  const places = new Members() as Record<string, Location>;
  for (const operationId of [...lost, ...falseAlarms].map((one) => one.operationId)) {
    const entry = operations.find(operationId);
    if (entry) places[operationId] ??= operations.document.locate(entry.pointer);
  }
  for (const { site } of lost) if (site !== null) places[site] ??= operations.document.locate(site);
  return places;
}

function counts(trials: readonly Trial[]): Pick<FaultSummary, 'killed' | 'survived' | 'notApplicable' | 'notTried'> {
  const of = (kind: Trial['outcome']['kind']) => trials.filter(({ outcome }) => outcome.kind === kind).length;
  return {
    killed: of('killed'),
    survived: of('survived'),
    notApplicable: of('not-applicable'),
    notTried: of('not-tried'),
  };
}
