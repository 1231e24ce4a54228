import type { Kin } from '../types.js';
import type { CheckComplaint } from './judge.js';
import type { Occurrence, RunFinding } from './result.js';

/** What one operation has of a cause, while it is being counted: text, and nothing of the exchange. */
export interface Kept extends Omit<Occurrence, 'location'> {
  readonly order: number;
  readonly message: string;
  readonly pointer: string;
  /** What explains all of it, where that turns up. */
  readonly within: readonly string[];
  readonly kin: Kin | undefined;
}

export interface Cause extends Pick<RunFinding, 'check' | 'severity' | 'concern'> {
  readonly key: string;
  readonly byOperation: Map<string, Kept>;
  readonly titles: Map<string, number>;
}

/** Where so many places of a request show what causes of an operation have in common, that is the cause. */
export const mostAlike = 4;

/** What causes that are alike have in common, as the key of one. */
export function kinKey({ check, kin }: Pick<CheckComplaint, 'check' | 'kin'>): string {
  return `${check}: ${kin?.cause}`;
}

/** The causes, without those that are part of another one. */
export function gathered(causes: readonly Cause[]): Cause[] {
  const byKey = new Map(causes.map((cause) => [cause.key, { ...cause, byOperation: new Map(cause.byOperation) }]));
  explain(byKey);
  joinAlike(byKey);
  explain(byKey);
  return [...byKey.values()].filter(({ byOperation }) => byOperation.size > 0);
}

/** What a wider cause explains in the same operation belongs to that. */
function explain(byKey: ReadonlyMap<string, Cause>): void {
  for (const cause of byKey.values()) {
    for (const [operationId, { within }] of cause.byOperation) {
      const wider = within
        .flatMap((each) => byKey.get(`${cause.check}: ${each}`) ?? [])
        .find((each) => each !== cause && each.byOperation.has(operationId));
      if (wider !== undefined) move(cause, wider, operationId, (own) => own);
    }
  }
}

/** Where the places of causes that are alike count together: in an operation, or in the run. */
export function countedIn({ isOfRun }: Kin, operationId: string): string {
  return isOfRun ? '' : operationId;
}

/** Causes that are alike, each in one operation, and the places that show them in each. */
interface Alike {
  readonly of: [Cause, string][];
  readonly places: Map<string, Set<string>>;
}

/** Several causes of an operation that are alike are one, and so are fewer in another operation then. */
function joinAlike(byKey: Map<string, Cause>): void {
  const alike = new Map<string, Alike>();
  for (const cause of byKey.values()) {
    for (const [operationId, { kin }] of cause.byOperation) {
      if (kin === undefined) continue;
      const key = kinKey({ ...cause, kin });
      const all: Alike = alike.get(key) ?? { of: [], places: new Map() };
      alike.set(key, all);
      all.of.push([cause, operationId]);
      const counted = countedIn(kin, operationId);
      all.places.set(counted, (all.places.get(counted) ?? new Set()).add(kin.place));
    }
  }
  for (const [key, { of, places }] of alike) {
    const isOne = byKey.has(key) || [...places.values()].some(({ size }) => size >= mostAlike);
    const [first] = of;
    if (!isOne || first === undefined) continue;
    const one = byKey.get(key) ?? { ...first[0], key, byOperation: new Map(), titles: new Map() };
    byKey.set(key, one);
    for (const [cause, operationId] of of) {
      if (cause !== one) move(cause, one, operationId, (own, other) => (own.order <= other.order ? own : other));
    }
  }
}

/** @param speaks which of the two is shown */
function move(from: Cause, to: Cause, operationId: string, speaks: (own: Kept, moved: Kept) => Kept): void {
  const moved = from.byOperation.get(operationId);
  if (moved === undefined) return;
  const own = to.byOperation.get(operationId) ?? { ...moved, cases: 0, flakyCases: 0 };
  const aspects = [...new Set([...own.aspects, ...moved.aspects])].sort();
  const sum = { cases: own.cases + moved.cases, flakyCases: own.flakyCases + moved.flakyCases };
  to.byOperation.set(operationId, { ...speaks(own, moved), ...sum, aspects });
  for (const [title, order] of from.titles) if (!to.titles.has(title)) to.titles.set(title, order);
  from.byOperation.delete(operationId);
}
