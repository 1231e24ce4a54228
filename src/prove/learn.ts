import { type ContractCase, type KillWorths, kindOf } from '../contract/index.js';

/** Cases of a kind beyond this many in one operation are worth what the last of them is. */
const mostOfAKind = 6;

/** One operation of a document, and which of its trials each of its cases kills. */
export interface Kills {
  readonly cases: readonly ContractCase[];
  /** By case id. */
  readonly killed: ReadonlyMap<string, ReadonlySet<string>>;
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
      places[index] = { sum: sum + (marginal.get(contractCase.id) ?? 0), count: count + 1 };
    }
  }
  const entries = [...sums].map(([kind, places]): [string, number[]] => [
    kind,
    places.map(({ sum, count }) => Math.round((sum / count) * 1000) / 1000),
  ]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** How many trials each case adds when the one that adds most always comes next. */
function greedy(cases: readonly ContractCase[], killed: Kills['killed']): Map<string, number> {
  const added = new Map<string, number>();
  const covered = new Set<string>();
  const waiting = new Set(cases.map(({ id }) => id));
  for (;;) {
    let best: { id: string; fresh: string[] } | null = null;
    for (const id of waiting) {
      const fresh = [...(killed.get(id) ?? [])].filter((trial) => !covered.has(trial));
      if (fresh.length > (best?.fresh.length ?? 0)) best = { id, fresh };
    }
    if (best === null) return added;
    added.set(best.id, best.fresh.length);
    for (const trial of best.fresh) covered.add(trial);
    waiting.delete(best.id);
  }
}
