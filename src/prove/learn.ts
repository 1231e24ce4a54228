import type { ContractCase } from '../contract/index.js';
import { deriveCases, type KillWorths, kindOf } from '../contract/internal.js';
import type { ProofResult } from '../report/proof/result.js';
import type { ProveOptions } from './options.js';
import { prove } from './prove.js';

/** More than this in one case says how large a schema is, not how telling the kind. */
const mostWorth = 5;

/** Cases of a kind beyond this many in one operation are worth what the last of them is. */
const mostOfAKind = 6;

const nearlyAsMuch = 0.9;

/** One operation of a document, and which of its trials each of its cases kills. */
export interface Kills {
  readonly cases: readonly ContractCase[];
  /** By case id. */
  readonly killed: ReadonlyMap<string, ReadonlySet<string>>;
}

/** An exhaustive proof, and for each operation which of its cases catch what. */
export async function proveAndLearn(options: ProveOptions): Promise<{ result: ProofResult; kills: readonly Kills[] }> {
  const { operations, fixtures, seed = 1 } = options;
  const byOperation = new Map<string, Map<string, Set<string>>>();
  const result = await prove({
    ...options,
    exhaustive: true,
    onKill({ operation, contractCase, trial }) {
      const killed = byOperation.get(operation.id) ?? new Map<string, Set<string>>();
      byOperation.set(operation.id, killed);
      killed.set(contractCase.id, (killed.get(contractCase.id) ?? new Set<string>()).add(trial));
    },
  });
  const casesOf = (id: string): readonly ContractCase[] => {
    const entry = operations.find(id);
    return entry ? deriveCases(operations.compile(entry), operations, { seed, ...(fixtures && { fixtures }) }) : [];
  };
  const kills = [...byOperation].map(([id, killed]) => ({ cases: casesOf(id), killed }));
  return { result, kills };
}

/**
 * What the first, second, … case of each kind catches that the best cases before it do not: greedy set cover
 * over each operation, averaged over all.
 */
export function learn(operations: readonly Kills[]): KillWorths {
  const sums = new Map<string, { sum: number; count: number }[]>();
  for (const { cases, killed } of operations) {
    const marginal = greedy(cases, killed);
    const seen = new Map<string, number>();
    for (const contractCase of cases) {
      const kind = kindOf(contractCase);
      const nth = seen.get(kind) ?? 0;
      seen.set(kind, nth + 1);
      const places = sums.get(kind) ?? [];
      sums.set(kind, places);
      const index = Math.min(nth, mostOfAKind - 1);
      const { sum, count } = places[index] ?? { sum: 0, count: 0 };
      places[index] = { sum: sum + Math.min(mostWorth, marginal.get(contractCase.id) ?? 0), count: count + 1 };
    }
  }
  const entries = [...sums].map(([kind, places]): [string, number[]] => [
    kind,
    places.map(({ sum, count }) => Math.round((sum / count) * 1000) / 1000),
  ]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The same for one document, exact, by case id: for a run against an implementation of that very document. */
export function worthsById(operations: readonly Kills[]): Readonly<Record<string, number>> {
  return Object.fromEntries(operations.flatMap(({ cases, killed }) => [...greedy(cases, killed)]));
}

/**
 * How many trials each case adds: first the valid request, from which the others vary, then always one that adds
 * most. Of those that add about as much the earliest is taken, so that operations agree about what tells most.
 */
function greedy(cases: readonly ContractCase[], killed: Kills['killed']): Map<string, number> {
  const added = new Map<string, number>();
  const covered = new Set<string>();
  const waiting = new Set(cases.map(({ id }) => id));
  const fresh = (id: string) => [...(killed.get(id) ?? [])].filter((trial) => !covered.has(trial));
  const take = (id: string) => {
    const trials = fresh(id);
    added.set(id, trials.length);
    for (const trial of trials) covered.add(trial);
    waiting.delete(id);
  };
  const [base] = cases;
  if (base !== undefined) take(base.id);
  for (;;) {
    const gains = [...waiting].map((id) => ({ id, gain: fresh(id).length }));
    const most = Math.max(0, ...gains.map(({ gain }) => gain));
    const next = gains.find(({ gain }) => gain >= most * nearlyAsMuch);
    if (most === 0 || next === undefined) return added;
    take(next.id);
  }
}
