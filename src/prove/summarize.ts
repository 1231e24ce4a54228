import type { Location } from '../errors.js';
import { faults as allFaults } from '../fault/index.js';
import type { FaultSummary, ProofResult, Trial } from '../report/proof/result.js';
import type { ProveOptions } from './options.js';

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
export function summarize(options: ProveOptions, found: Found): ProofResult {
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
  const places: Record<string, Location> = {};
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
