import type { Operation, OperationEntry, Operations } from '../operation/index.js';
import type { Comparison } from './compare.js';
import type { Memory } from './separate.js';
import type { AnswerWitness, ChangeKind, RequestWitness } from './types.js';

/** One operation as both documents have it. */
export interface Pair {
  readonly old: Operation;
  readonly new: Operation;
  readonly oldOperations: Operations;
  readonly newOperations: Operations;
  readonly comparison: Comparison;
  readonly seed: number;
  readonly memory: Memory;
}

/** What was found in one operation. */
export interface Found {
  readonly kind: ChangeKind;
  readonly message: string;
  /** What makes findings of several operations one change. */
  readonly cause: string;
  /** Pointers into the documents. */
  readonly old: string | null;
  readonly new: string | null;
  readonly request?: RequestWitness;
  readonly answer?: AnswerWitness;
  readonly body?: string;
  /** How many things the witness is wrong in: of several, the one with the fewest is shown. */
  readonly wrongs?: number;
}

/** Operations of both, those of the old alone, and those of the new alone. Names of path parameters do not count. */
export function pairsOf(old: readonly OperationEntry[], other: readonly OperationEntry[]) {
  const rest = new Set(other);
  const byShape = new Map<string, OperationEntry[]>();
  for (const entry of other) {
    const same = byShape.get(shapeOf(entry));
    if (same === undefined) byShape.set(shapeOf(entry), [entry]);
    else same.push(entry);
  }
  const pairs: [OperationEntry, OperationEntry][] = [];
  const removed: OperationEntry[] = [];
  for (const entry of old) {
    const same = (byShape.get(shapeOf(entry)) ?? []).filter((one) => rest.has(one));
    const twin = same.find(({ path }) => path === entry.path) ?? same[0];
    if (twin === undefined) removed.push(entry);
    else {
      rest.delete(twin);
      pairs.push([entry, twin]);
    }
  }
  return { pairs, removed, added: [...rest] };
}

function shapeOf({ method, path }: OperationEntry): string {
  return `${method} ${path.replaceAll(/\{[^{}/]*\}/g, '{}')}`;
}

/** The best witness of each cause, in the order in which causes were found. */
export function bestOfEachCause(found: Iterable<Found>): Found[] {
  const best = new Map<string, Found>();
  for (const one of found) {
    const known = best.get(one.cause);
    if (known === undefined || (one.wrongs ?? 0) < (known.wrongs ?? 0)) best.set(one.cause, one);
  }
  return [...best.values()];
}
