import { CounterproofError } from '../../errors.js';
import { severities } from '../types.js';
import type { Coverage, CoverageOf, Occurrence, OperationResult, RunFinding, RunResult } from './result.js';

/**
 * Joins the results of shards into the one of the whole run: each finding and each operation once, their cases summed.
 *
 * @throws CounterproofError USAGE for results of different documents
 */
export function mergeResults(shards: readonly RunResult[]): RunResult {
  const results = shards.map((shard) => withoutSeen(shard, shards));
  const [first] = results;
  if (first === undefined) throw new CounterproofError('USAGE', { message: 'There is no result to join' });
  const other = results.find(({ document }) => document.name !== first.document.name);
  if (other !== undefined) {
    const message = `The results are of different documents: ${first.document.name} and ${other.document.name}`;
    throw new CounterproofError('USAGE', { message });
  }
  const findings = mergedFindings(results.flatMap((result) => result.findings));
  findings.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  const operations = joined(
    results.flatMap((result) => result.operations),
    ({ id }) => id,
    mergeOperations,
  );
  const partial = partialOf(results);
  const sum = (of: (result: RunResult) => number) => results.reduce((total, result) => total + of(result), 0);
  const counts = { ...first.counts };
  for (const name of Object.keys(counts) as (keyof typeof counts)[])
    counts[name] = sum((result) => result.counts[name] ?? 0);
  const violations = findings.filter(({ severity }) => severity === 'violation');
  const isIncomplete = partial !== null || results.some(({ verdict }) => verdict === 'incomplete');
  const unproven = unique(results.flatMap((result) => result.unproven ?? []));
  const { unproven: _one, ...rest } = first;
  return {
    ...rest,
    ...(unproven.length > 0 && violations.length === 0 && { unproven }),
    startedAt: results.map(({ startedAt }) => startedAt).sort()[0] ?? first.startedAt,
    duration: Math.max(...results.map(({ duration }) => duration)),
    shard: null,
    partial,
    verdict: counts.violations > 0 ? 'broken' : isIncomplete ? 'incomplete' : 'kept',
    counts: {
      ...counts,
      operations: operations.length,
      operationsReached: operations.filter(({ requests }) => requests > 0).length,
      causes: violations.length,
    },
    notSent: joined(
      results.flatMap(({ notSent }) => notSent),
      ({ reason }) => reason,
      (a, b) => ({ ...a, count: a.count + b.count }),
    ),
    mistakes: unique(results.flatMap(({ mistakes }) => mistakes)),
    raise: unique(results.flatMap(({ raise }) => raise)),
    notes: unique(results.flatMap(({ notes }) => notes)).filter((note) => !note.startsWith('This is shard ')),
    checks: joined(
      results.flatMap(({ checks }) => checks),
      ({ id }) => id,
      (a, b) => ({
        ...a,
        exchanges: a.exchanges + b.exchanges,
        violations: a.violations + b.violations,
        warnings: a.warnings + b.warnings,
        information: a.information + b.information,
      }),
    ),
    operations,
    findings,
    findingsNotKept: sum(({ findingsNotKept }) => findingsNotKept),
    undeclaredStatuses: joined(
      results.flatMap(({ undeclaredStatuses }) => undeclaredStatuses),
      ({ operationId, status }) => `${operationId} ${status}`,
      (a, b) => ({ ...a, count: a.count + b.count }),
    ),
    coverage: mergeCoverage(results.map(({ coverage }) => coverage)),
  };
}

/** One of each key, in the order in which they first come. */
function joined<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  merge: (a: Item, b: Item) => Item,
): Item[] {
  const byKey = new Map<string, Item>();
  for (const item of items) {
    const known = byKey.get(keyOf(item));
    byKey.set(keyOf(item), known === undefined ? item : merge(known, item));
  }
  return [...byKey.values()];
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

/** Why the whole has not come to its end: what stopped a part, and parts that are missing. */
function partialOf(results: readonly RunResult[]): string | null {
  const reasons = unique(results.flatMap(({ partial }) => partial ?? []));
  const count = results.find(({ shard }) => shard !== null)?.shard?.count ?? 0;
  const there = new Set(results.map(({ shard }) => shard?.index));
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter((index) => !there.has(index));
  if (missing.length > 0) reasons.push(`of ${count} shards these are missing: ${missing.join(', ')}`);
  return reasons.length > 0 ? reasons.join('; ') : null;
}

/** Without what this shard has not seen, and another one has. */
function withoutSeen(result: RunResult, results: readonly RunResult[]): RunResult {
  const hasSeen = ({ operations, findings: own }: RunResult, id: string, operationId: string) =>
    operations.some((one) => one.id === operationId && one.cases > 0 && one.unexercised === null) &&
    !own.some((one) => one.id === id && one.operations.some((each) => each.operationId === operationId));
  let seen = 0;
  const findings = result.findings.flatMap((finding) => {
    if (finding.check !== 'evidence') return [finding];
    const operations = finding.operations.filter(
      ({ operationId }) => !results.some((other) => hasSeen(other, finding.id, operationId)),
    );
    const cases = operations.reduce((total, one) => total + one.cases, 0);
    seen += finding.cases - cases;
    return operations.length === 0 ? [] : [{ ...finding, cases, operations }];
  });
  if (seen === 0) return result;
  const less = <Counts extends { readonly information: number }>(counts: Counts): Counts => ({
    ...counts,
    information: counts.information - seen,
  });
  const checks = result.checks.map((check) => (check.id === 'evidence' ? less(check) : check));
  return { ...result, findings, checks, counts: less(result.counts) };
}

/** Each finding once; what a wider one explains, which another shard has found, belongs to that. */
function mergedFindings(findings: readonly RunFinding[]): RunFinding[] {
  const ids = new Set(findings.map(({ id }) => id));
  const keyOf = ({ id, within = [] }: RunFinding) => within.findLast((wider) => ids.has(wider)) ?? id;
  // The wider one speaks for both.
  const [wide, narrow] = [
    findings.filter((one) => keyOf(one) === one.id),
    findings.filter((one) => keyOf(one) !== one.id),
  ];
  return joined([...wide, ...narrow], keyOf, mergeFindings);
}

function mergeFindings(a: RunFinding, b: RunFinding): RunFinding {
  const operations = joined([...a.operations, ...b.operations], ({ operationId }) => operationId, mergeOccurrences);
  const [cases, flakyCases] = [a.cases + b.cases, a.flakyCases + b.flakyCases];
  const titles = unique([...a.otherTitles, b.title, ...b.otherTitles]).filter((title) => title !== a.title);
  return { ...a, cases, flakyCases, flaky: flakyCases === cases, otherTitles: titles.slice(0, 30), operations };
}

function mergeOccurrences(a: Occurrence, b: Occurrence): Occurrence {
  const aspects = [...new Set([...a.aspects, ...b.aspects])].sort();
  return { ...a, aspects, cases: a.cases + b.cases, flakyCases: a.flakyCases + b.flakyCases };
}

function mergeOperations(a: OperationResult, b: OperationResult): OperationResult {
  const states = ['broken', 'kept', 'not-exercised', 'not-sent'] as const;
  return {
    ...a,
    state: states.find((state) => a.state === state || b.state === state) ?? a.state,
    cases: a.cases + b.cases,
    requests: a.requests + b.requests,
    duration: a.duration + b.duration,
    violations: added(a.violations, b.violations),
    aspects: joined(
      [...a.aspects, ...b.aspects],
      ({ aspect }) => aspect,
      (one, other) => ({
        aspect: one.aspect,
        cases: one.cases + other.cases,
        broken: one.broken + other.broken,
        duration: one.duration + other.duration,
      }),
    ),
    exchanges: added(a.exchanges, b.exchanges),
    statuses: added(a.statuses, b.statuses),
    ...((a.untried || b.untried) && { untried: unique([...(a.untried ?? []), ...(b.untried ?? [])]) }),
    problem: a.problem ?? b.problem,
    unexercised: a.unexercised === null || b.unexercised === null ? null : a.unexercised,
  };
}

function added(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): Record<string, number> {
  const sums = { ...a };
  for (const [name, number] of Object.entries(b)) sums[name] = (sums[name] ?? 0) + number;
  return sums;
}

/** Never exercised is what none of them has: a shard lists all of it. */
function mergeCoverage(all: readonly Coverage[]): Coverage {
  const merged = (part: keyof Coverage): CoverageOf => {
    const parts = all.map((coverage) => coverage[part]);
    const [first, ...others] = parts.map(({ never }) => never);
    const sets = others.map((names) => new Set(names));
    const never = (first ?? []).filter((name) => sets.every((set) => set.has(name)));
    const total = Math.max(...parts.map((each) => each.total));
    return { total, exercised: total - never.length, never };
  };
  return {
    operations: merged('operations'),
    parameters: merged('parameters'),
    enumValues: merged('enumValues'),
    responses: merged('responses'),
    keywords: merged('keywords'),
  };
}

/** The result with the findings marked that an earlier one has, in all of their operations. */
export function againstBaseline(result: RunResult, baseline: RunResult): RunResult {
  const known = new Map(
    baseline.findings.map(({ id, operations }) => [id, new Set(operations.map((one) => one.operationId))]),
  );
  const findings = result.findings.map((finding) => {
    const [id] = [finding.id, ...(finding.within ?? [])].filter((one) => known.has(one));
    const operations = known.get(id ?? '');
    const isKnown = finding.operations.every(({ operationId }) => operations?.has(operationId));
    return isKnown ? { ...finding, isKnown } : finding;
  });
  const isNew = ({ severity, isKnown }: RunFinding) => severity === 'violation' && !isKnown;
  return { ...result, findings, newCauses: findings.filter(isNew).length };
}
