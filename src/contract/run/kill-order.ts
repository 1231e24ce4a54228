import type { ContractCase } from '../types.js';
import { killOrderData } from './kill-order-data.js';

/**
 * What a case does, without the names of the document that it does it to: so that what was learnt on one
 * document serves another.
 */
export function kindOf({
  aspect,
  varies,
  expectation,
}: Pick<ContractCase, 'aspect' | 'varies' | 'expectation'>): string {
  return `${aspect} ${expectation} ${varies.in ?? '-'} ${varies.keyword}`;
}

/** By kind: what the first, second, … case of it in an operation caught that no case before had caught. */
export type KillWorths = Readonly<Record<string, readonly number[]>>;

/** A kind that was never learnt about stands between those that caught something and those that caught nothing. */
const unknownWorth = 0.01;

/**
 * What each case of one operation is worth, in the order given: the expected number of faults that it catches
 * and that the cases before it do not.
 */
export function killWorths(cases: readonly ContractCase[], learnt: KillWorths = killOrderData): readonly number[] {
  const seen = new Map<string, number>();
  return cases.map((contractCase) => {
    const kind = kindOf(contractCase);
    const nth = seen.get(kind) ?? 0;
    seen.set(kind, nth + 1);
    const worths = learnt[kind];
    return worths === undefined ? unknownWorth / (nth + 1) : (worths[Math.min(nth, worths.length - 1)] ?? 0);
  });
}

/** A case and what it is worth. */
export interface Weighed<Item> {
  readonly item: Item;
  readonly worth: number;
}

/** Most worth first; what is worth the same stays in its order. */
export function inKillOrder<Item>(weighed: readonly Weighed<Item>[]): Item[] {
  return [...weighed].sort((a, b) => b.worth - a.worth).map(({ item }) => item);
}
