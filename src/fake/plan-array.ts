import { equalityKey } from '../operation/schema/equality.js';
import { Conflict } from './conflict.js';
import { draw, isSettled, type Plan, settled } from './draw.js';
import type { Facts } from './facts.js';
import type { Demand } from './gather.js';
import { type Needs, refuted } from './needs.js';
import { type Ancestors, below, isConflict, levelLimit, type Run, recurrences, type Spot } from './run.js';

/** More items than this are not made. */
const mostItems = 1_000_000;
/** Above this number, items are repeated, or cost too much where they have to differ. */
const manyItems = 500;
const mostDistinct = 20_000;

interface Slots {
  readonly plans: Plan[];
  readonly conflict: Conflict | null;
}

/** Decides how many items an array has, and plans each. */
export function planArray(run: Run, needs: Needs, facts: Facts, spot: Spot): Plan | Conflict {
  const { items, unique } = facts;
  const { contained } = needs;
  const most = unique ? mostDistinct : mostItems;
  if (items.minimum > most) {
    return new Conflict(items.minimumAt, `minItems ${items.minimum} is more than is made up, ${most}`);
  }
  const needed = Math.max(items.minimum, ...contained.map(({ minimum }) => minimum));
  const wanted = wantedItems(run, needs, facts, spot, needed);
  if (wanted > manyItems && !unique) {
    return manyPlanned(run, needs, facts, spot, wanted);
  }
  const { plans, conflict } = planItems(run, needs, facts, spot, wanted);
  if (plans.length < needed || (conflict && contained.length > 0)) {
    return (
      conflict ?? new Conflict(items.minimumAt, `minItems is ${needed}, but only ${plans.length} items can be there`)
    );
  }
  if (facts.negations.some(({ uniqueItems }) => uniqueItems === true)) {
    const twin = settled(draw(plans[0] ?? settled(null), spot.random.child('twin')));
    plans.splice(0, 2, twin, twin);
  }
  if (plans.length === 0) {
    return settled([]);
  }
  const size = plans.length;
  return {
    type: 'array',
    prefixItems: plans,
    minItems: size,
    maxItems: size,
    ...(unique ? { uniqueItems: true } : {}),
  };
}

/** One to three items, unless the schema says otherwise, or the value is deep enough already. */
function wantedItems(run: Run, needs: Needs, { items }: Facts, spot: Spot, needed: number): number {
  const { prefix } = needs;
  const inside = needs.item(prefix);
  const again = recurrences(inside.schemas, { schemas: needs.schemas, outer: spot.ancestors });
  const least = Math.max(needed, prefix);
  const random = spot.random.child('how many');
  if (run.lean || again > 1 || spot.level + 1 + inside.depth > levelLimit) {
    return run.lean ? Math.min(needed, items.maximum) : Math.min(least, items.maximum);
  }
  const usual = again > 0 ? random.integer(0, 1) : random.integer(1, spot.level < 3 ? 3 : 2);
  return Math.min(Math.max(least, prefix > 0 ? 0 : usual), items.maximum);
}

/** As many items as can be planned, up to a number; why there are no more. */
function planItems(run: Run, needs: Needs, facts: Facts, spot: Spot, wanted: number): Slots {
  const { contained } = needs;
  const ancestors: Ancestors = { schemas: needs.schemas, outer: spot.ancestors };
  const plans: Plan[] = [];
  const matches = contained.map(() => 0);
  for (let index = 0; index < wanted; index++) {
    const own = needs.item(index);
    const left = wanted - index;
    const planned = planItem(run, facts, below(spot, index, spot.name, ancestors), own, plans, (attempt) =>
      contained.flatMap((containment, which) => {
        const missing = containment.minimum - (matches[which] as number);
        // The first attempt spreads them, one an item; the second puts all that are missing into this item.
        const turn = attempt === 0 ? index % contained.length === which : true;
        if (missing > 0 && (turn || missing >= left)) {
          return [containment.demand];
        }
        return containment.maximum === Number.POSITIVE_INFINITY ? [] : [refuted(containment.demand.site)];
      }),
    );
    if (isConflict(planned)) {
      return { plans, conflict: planned };
    }
    plans.push(planned.plan);
    for (const [which, containment] of contained.entries()) {
      if (planned.extra.includes(containment.demand)) {
        matches[which] = (matches[which] as number) + 1;
      }
    }
  }
  const short = contained.findIndex((containment, which) => (matches[which] as number) < containment.minimum);
  const unmet = contained[short];
  return {
    plans,
    conflict: unmet ? new Conflict(unmet.pointer, `No ${unmet.minimum} items can be there that match contains`) : null,
  };
}

function planItem(
  run: Run,
  facts: Facts,
  spot: Spot,
  own: Needs,
  before: readonly Plan[],
  extraDemands: (attempt: number) => Demand[],
): { plan: Plan; extra: readonly Demand[] } | Conflict {
  let conflict: Conflict | null = null;
  const attempts = facts.unique ? 24 : 3;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const extra = attempt === 2 ? [] : extraDemands(attempt);
    const again = attempt === 0 ? spot : { ...spot, random: spot.random.child(`again ${attempt}`) };
    const plan = run.plan(
      extra.reduce((needs, demand) => needs.and(demand), own),
      again,
    );
    if (isConflict(plan)) {
      conflict = plan;
      continue;
    }
    if (
      !facts.unique ||
      !isSettled(plan) ||
      !before.some((other) => isSettled(other) && equalityKey(other) === equalityKey(plan))
    ) {
      return { plan, extra };
    }
    conflict = new Conflict(facts.items.minimumAt, 'There are not enough different items for uniqueItems');
  }
  return conflict as Conflict;
}

/** A long array repeats a few items: whoever asks for so many wants the size. */
function manyPlanned(run: Run, needs: Needs, facts: Facts, spot: Spot, wanted: number): Plan | Conflict {
  const pool = planItems(run, needs, facts, spot, manyItems);
  if (pool.conflict || pool.plans.length < manyItems) {
    return pool.conflict ?? new Conflict(facts.items.minimumAt, `minItems ${wanted} cannot be reached`);
  }
  const values = pool.plans.map((plan, index) => draw(plan, spot.random.child(index)));
  const last = values.length - 1;
  return settled(Array.from({ length: wanted }, (_, index) => values[Math.min(index, last)] ?? null));
}
