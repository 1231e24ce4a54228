import { equalityKey } from '../../schema/equality.js';
import type { Json } from '../../text/value.js';
import { fullItems, manyItems } from '../demand.js';
import { draw, type Plan, settled, varietyOf } from '../draw.js';
import { singular } from '../meaning/find.js';
import { Conflict, isConflict } from '../needs/conflict.js';
import type { Containment } from '../needs/members.js';
import { type Needs, refuted } from '../needs/needs.js';
import { type Ancestors, below, Hint, type Run, recurrences, type Situation, type Spot, usualLevels } from './run.js';

/** More items than this are not made. */
const maximumItems = 1_000_000;
/** Above this number, items are repeated; where they have to differ, there are no more than `maximumDistinctItems`. */
const maximumPlannedItems = 500;
const maximumDistinctItems = 5000;
/** A `maxItems` up to this is one that people mean; above, it only limits. */
const maximumMeantItems = 10;
/** Orders in which several `contains` are met, tried one after the other. */
const maximumPolicies = 4;
/** Items beyond those wanted, for `contains` that those do not match. */
const maximumItemsBeyond = 20;

/** Decides how many items an array has, and plans each. */
export function planArray(situation: Situation): Plan | Conflict {
  const { run, needs, facts, spot } = situation;
  const { items, unique } = facts;
  const most = unique ? maximumDistinctItems : maximumItems;
  if (items.minimum > most) {
    run.budget.isPartial = true;
    return new Conflict(items.minimumAt, `minItems ${items.minimum} is more than is made up, ${most}`);
  }
  const matching = needs.contained.reduce((sum, { minimum }) => sum + minimum, 0);
  const needed = Math.max(items.minimum, Math.min(matching, items.maximum));
  const wanted = wantedItems(situation, needed);
  const first = unique ? wanted : Math.min(wanted, maximumPlannedItems);
  let array = new PlannedArray(situation, 0);
  let conflict = array.fill(first);
  const policies = Math.min(needs.contained.length, maximumPolicies);
  for (let policy = 1; array.unmet && policy <= policies; policy++) {
    array = new PlannedArray(situation, policy);
    conflict = array.fill(first);
  }
  if (array.unmet || array.plans.length < Math.min(items.minimum, first)) {
    // Which item matches which of several is tried in a few orders alone.
    if (needs.contained.length > 1) run.budget.isPartial = true;
    return conflict ?? new Conflict(array.unmet?.pointer ?? items.minimumAt, 'Not enough items can be there');
  }
  if (facts.negations.some(({ uniqueItems }) => uniqueItems === true)) {
    const twin = settled(draw(array.plans[0] ?? settled(null), spot.random.child('twin')));
    array.plans.splice(0, 2, twin, twin);
  }
  if (unique) return planOf(array.plans, true);
  return wanted > maximumPlannedItems ? repeated(array.plans, wanted, situation) : asSet(array.plans, situation);
}

/** What is chosen from a few values is chosen once each, as far as there may be fewer: nobody has the same tag twice. */
function asSet(plans: readonly Plan[], { run, needs, facts, spot, shown }: Situation): Plan {
  const few = plans[0]?.enum;
  if (!Array.isArray(few) || few.length < Math.max(2, facts.items.minimum) || Array.isArray(shown))
    return planOf(plans, false);
  if (needs.contained.length > 0 || countDemanded(run, spot, facts.items.maximum) !== null) return planOf(plans, false);
  const choice = equalityKey(few);
  const isSame = plans.every((plan) => Array.isArray(plan.enum) && equalityKey(plan.enum) === choice);
  return isSame ? planOf(plans.slice(0, few.length), true) : planOf(plans, false);
}

function planOf(plans: readonly Plan[], unique: boolean): Plan {
  const size = plans.length;
  if (size === 0) return settled([]);
  return {
    type: 'array',
    prefixItems: [...plans],
    minItems: size,
    maxItems: size,
    ...(unique ? { uniqueItems: true } : {}),
  };
}

/** So many values in items that are repeated are as much work as one more place. */
const repeatedValuesOfAStep = 16;

/** A long array repeats its last item: whoever asks for so many wants the size. */
function repeated(plans: readonly Plan[], wanted: number, { run, facts, spot }: Situation): Plan | Conflict {
  const values = plans.map((plan, index) => draw(plan, spot.random.child(index)));
  const last = values.at(-1) ?? null;
  const most = run.budget.steps * repeatedValuesOfAStep;
  const size = sizeOf(last, most);
  if (size * wanted > most) {
    // Not taken off: without this array there may be a value.
    run.budget.isPartial = true;
    return new Conflict(facts.items.minimumAt, `${wanted} items are more than are made up in one search`);
  }
  run.budget.steps -= Math.floor((size * wanted) / repeatedValuesOfAStep);
  return settled(Array.from({ length: wanted }, (_, index) => values[index] ?? last));
}

/** How many values a value consists of, itself included. @param most where counting ends */
function sizeOf(value: Json, most: number): number {
  let size = 1;
  if (typeof value !== 'object' || value === null) return size;
  for (const inner of Object.values(value)) {
    size += sizeOf(inner, most - size);
    if (size > most) break;
  }
  return size;
}

/** One to three items, or up to a small maximum, unless the schema says otherwise or it is deep enough already. */
function wantedItems({ run, needs, facts, spot, shown }: Situation, needed: number): number {
  const { items } = facts;
  const demandedCount = countDemanded(run, spot, items.maximum);
  if (demandedCount !== null) return Math.min(Math.max(needed, demandedCount), items.maximum);
  // A list of nothing but null is what generators write where a schema contains itself: it shows no items.
  if (Array.isArray(shown) && !run.lean && (shown.length === 0 || shown.some((item) => item !== null))) {
    const few = spot.row === 0 ? shown.length : spot.random.child('how many').integer(1, shown.length);
    return Math.min(Math.max(needed, Math.min(few, maximumPlannedItems)), items.maximum);
  }
  const { prefix } = needs;
  const inside = needs.item(prefix);
  const again = recurrences(inside.schemas, { schemas: needs.schemas, outer: spot.ancestors });
  const random = spot.random.child('how many');
  if (run.lean) return needed;
  if (again > 1 || spot.level + 1 + inside.depth > usualLevels)
    return Math.min(Math.max(needed, prefix), items.maximum);
  const few = items.maximum <= maximumMeantItems ? items.maximum : spot.level < 3 ? 3 : 2;
  const room = Math.max(1, Math.floor(spot.allowance / 4));
  const usual = again > 0 ? random.integer(0, 1) : Math.min(random.integer(1, Math.max(1, few)), room);
  return Math.min(Math.max(needed, prefix > 0 ? prefix : usual), items.maximum);
}

/** How many items the data that is asked for has; null where it has as many as other data. */
function countDemanded({ demand }: Run, spot: Spot, maximum: number): number | null {
  if ((spot.hint?.failures ?? 0) > 0) return null;
  if (demand === 'empty' || demand === 'minimal') return 0;
  if (demand === 'many' && !spot.isListed) return manyItems;
  return demand === 'maximal' && spot.level < usualLevels ? (maximum <= maximumMeantItems ? maximum : fullItems) : null;
}

class PlannedArray {
  readonly plans: Plan[] = [];
  /** How many items match each `contains` so far. */
  readonly #matches: number[];
  /** How often each item is planned, to tell when there cannot be another one that differs. */
  readonly #known = new Map<unknown, number>();
  readonly #situation: Situation;
  readonly #ancestors: Ancestors;
  readonly #policy: number;
  #share = 0;
  /** Why an item could not match `contains`. */
  #obstacle: Conflict | null = null;

  /** @param policy which `contains` an item tries to match first; as many as there are: all together */
  constructor(situation: Situation, policy: number) {
    const { needs, spot } = situation;
    this.#situation = situation;
    this.#policy = policy;
    this.#matches = needs.contained.map(() => 0);
    this.#ancestors = { schemas: needs.schemas, outer: spot.ancestors };
  }

  /** The first `contains` that not enough items match. */
  get unmet(): Containment | undefined {
    return this.#situation.needs.contained[this.#lacking[0] ?? -1];
  }

  get #lacking(): number[] {
    return this.#which((containment, count) => count < containment.minimum);
  }

  #which(test: (containment: Containment, count: number) => boolean): number[] {
    const { contained } = this.#situation.needs;
    return [...contained.keys()].filter((at) => test(contained[at] as Containment, this.#matches[at] as number));
  }

  /** Adds items until there are as many as wanted and all `contains` are met, or why there are no more. */
  fill(wanted: number): Conflict | null {
    const most = Math.min(this.#situation.facts.items.maximum, wanted + maximumItemsBeyond);
    this.#share = this.#situation.spot.allowance / Math.max(1, wanted);
    while (this.plans.length < wanted || (this.unmet && this.plans.length < most)) {
      const conflict = this.#addItem();
      if (conflict) return conflict;
    }
    return this.unmet ? this.#explain(this.unmet) : null;
  }

  #explain({ pointer, minimum }: Containment): Conflict {
    const items = minimum === 1 ? 'No item can be there that matches' : `No ${minimum} items can be there that match`;
    return new Conflict(pointer, `${items} contains${this.#obstacle?.asDetail ?? ''}`, this.#obstacle?.root);
  }

  #addItem(): Conflict | null {
    const { run, facts } = this.#situation;
    const index = this.plans.length;
    const { name, owner, siblings } = this.#situation.spot;
    const spot = below(this.#situation.spot, index, {
      name: singular(name),
      owner,
      isItem: true,
      isListed: true,
      siblings,
      ...this.#shownAt(index),
      told: [],
      ancestors: this.#ancestors,
      allowance: this.#share,
    });
    let conflict: Conflict | null = null;
    const attempts = facts.unique ? 24 : 4;
    for (let attempt = 0; attempt < attempts; attempt++) {
      const matching = this.#matchesFor(attempt % 4);
      const here = attempt === 0 ? spot : { ...spot, hint: new Hint(attempt) };
      const plan = run.plan(this.#itemNeeds(index, matching), here);
      if (isConflict(plan)) {
        conflict ??= plan;
        this.#obstacle ??= matching.length > 0 ? plan : null;
      } else if (facts.unique && this.#isExhausted(plan)) {
        conflict ??= new Conflict(facts.items.minimumAt, 'There are not enough different items for uniqueItems');
      } else {
        this.plans.push(plan);
        for (const which of matching) this.#matches[which] = (this.#matches[which] as number) + 1;
        return null;
      }
      if (this.#situation.needs.contained.length === 0 && !facts.unique) break;
    }
    return conflict;
  }

  /** Each item of an array that is shown is shown itself; the items of other arrays are rows, of which the first is. */
  #shownAt(index: number): Pick<Spot, 'row' | 'shown'> {
    const { spot, shown } = this.#situation;
    if (!Array.isArray(shown)) return { row: spot.row + index, shown: [] };
    const held = shown[(index + spot.row) % shown.length];
    const row = spot.row + Math.floor(index / shown.length);
    return { row, shown: held === undefined ? [] : [held] };
  }

  /** The `contains` that the next item tries to match: those that lack matches, all that have room, none. */
  #matchesFor(attempt: number): number[] {
    const lacking = this.#lacking;
    if (attempt === 3) return [];
    if (attempt === 2) return this.#which(({ maximum }, count) => count < maximum);
    const together = this.#policy === this.#situation.needs.contained.length;
    return (attempt === 0) === together ? lacking : lacking.slice(this.#policy % lacking.length).slice(0, 1);
  }

  #itemNeeds(index: number, matching: readonly number[]): Needs {
    let needs = this.#situation.needs.item(index, matching);
    for (const [which, { demand, maximum }] of this.#situation.needs.contained.entries()) {
      if (maximum < Number.POSITIVE_INFINITY && !matching.includes(which)) needs = needs.and(refuted(demand.site));
    }
    return needs;
  }

  /** Whether all that can be drawn for a plan is there already. */
  #isExhausted(plan: Plan): boolean {
    // Integers are drawn from farther and farther away: the wider range holds the narrower one.
    const key = plan.type === 'integer' ? `integer ${plan.multipleOf}` : equalityKey(plan);
    const count = this.#known.get(key) ?? 0;
    if (count >= varietyOf(plan)) return true;
    this.#known.set(key, count + 1);
    return false;
  }
}
