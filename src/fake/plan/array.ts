import { equalityKey } from '../../operation/schema/equality.js';
import { draw, type Plan, settled, varietyOf } from '../draw.js';
import { Conflict, isConflict } from '../needs/conflict.js';
import type { Facts } from '../needs/facts.js';
import type { Containment } from '../needs/members.js';
import { type Needs, refuted } from '../needs/needs.js';
import { Hint } from './hint.js';
import { type Ancestors, below, levelLimit, type Run, recurrences, type Spot } from './run.js';

/** More items than this are not made. */
const mostItems = 1_000_000;
/** Above this number, items are repeated; where they have to differ, there are no more than `mostDistinct`. */
const manyItems = 500;
const mostDistinct = 5000;

/** Decides how many items an array has, and plans each. */
export function planArray(run: Run, needs: Needs, facts: Facts, spot: Spot): Plan | Conflict {
  const { items, unique } = facts;
  const most = unique ? mostDistinct : mostItems;
  if (items.minimum > most) {
    return new Conflict(items.minimumAt, `minItems ${items.minimum} is more than is made up, ${most}`);
  }
  const matching = needs.contained.reduce((sum, { minimum }) => sum + minimum, 0);
  const needed = Math.max(items.minimum, Math.min(matching, items.maximum));
  const wanted = wantedItems(run, needs, facts, spot, needed);
  const array = new PlannedArray(run, needs, facts, spot);
  const conflict = array.fill(Math.min(wanted, unique ? wanted : manyItems));
  if (conflict && (array.plans.length < items.minimum || array.unmet)) {
    return conflict;
  }
  if (array.unmet) {
    return new Conflict(array.unmet.pointer, `No ${array.unmet.minimum} items can be there that match contains`);
  }
  if (facts.negations.some(({ uniqueItems }) => uniqueItems === true)) {
    const twin = settled(draw(array.plans[0] ?? settled(null), spot.random.child('twin')));
    array.plans.splice(0, 2, twin, twin);
  }
  return wanted > manyItems && !unique ? repeated(array.plans, wanted, spot) : planOf(array.plans, unique);
}

function planOf(plans: readonly Plan[], unique: boolean): Plan {
  const size = plans.length;
  if (size === 0) {
    return settled([]);
  }
  return {
    type: 'array',
    prefixItems: [...plans],
    minItems: size,
    maxItems: size,
    ...(unique ? { uniqueItems: true } : {}),
  };
}

/** A long array repeats its last item: whoever asks for so many wants the size. */
function repeated(plans: readonly Plan[], wanted: number, spot: Spot): Plan {
  const values = plans.map((plan, index) => draw(plan, spot.random.child(index)));
  const last = values.at(-1) ?? null;
  return settled(Array.from({ length: wanted }, (_, index) => values[index] ?? last));
}

/** One to three items, unless the schema says otherwise, or the value is deep enough already. */
function wantedItems(run: Run, needs: Needs, { items }: Facts, spot: Spot, needed: number): number {
  const { prefix } = needs;
  const inside = needs.item(prefix);
  const again = recurrences(inside.schemas, { schemas: needs.schemas, outer: spot.ancestors });
  const random = spot.random.child('how many');
  if (run.lean) {
    return needed;
  }
  if (again > 1 || spot.level + 1 + inside.depth > levelLimit) {
    return Math.min(Math.max(needed, prefix), items.maximum);
  }
  const few = spot.level < 3 ? 3 : 2;
  const usual =
    again > 0 ? random.integer(0, 1) : Math.min(random.integer(1, few), Math.max(1, Math.floor(spot.allowance / 4)));
  return Math.min(Math.max(needed, prefix > 0 ? prefix : usual), items.maximum);
}

class PlannedArray {
  readonly plans: Plan[] = [];
  /** How many items match each `contains` so far. */
  private readonly matches: number[];
  /** How often each item is planned, to tell when there cannot be another one that differs. */
  private readonly known = new Map<unknown, number>();
  private readonly ancestors: Ancestors;
  private share = 0;

  constructor(
    private readonly run: Run,
    private readonly needs: Needs,
    private readonly facts: Facts,
    private readonly spot: Spot,
  ) {
    this.matches = needs.contained.map(() => 0);
    this.ancestors = { schemas: needs.schemas, outer: spot.ancestors };
  }

  /** The first `contains` that not enough items match. */
  get unmet(): Containment | undefined {
    return this.needs.contained.find(({ minimum }, which) => (this.matches[which] as number) < minimum);
  }

  /** Adds items until there are as many as wanted, or why there are no more. */
  fill(wanted: number): Conflict | null {
    this.share = this.spot.allowance / wanted;
    while (this.plans.length < wanted) {
      const conflict = this.addItem(wanted - this.plans.length);
      if (conflict) {
        return conflict;
      }
    }
    return null;
  }

  private addItem(left: number): Conflict | null {
    const { run, facts } = this;
    const index = this.plans.length;
    const { name } = this.spot;
    const spot = below(this.spot, index, { name, ancestors: this.ancestors, allowance: this.share });
    let conflict: Conflict | null = null;
    const attempts = facts.unique ? 24 : 3;
    for (let attempt = 0; attempt < attempts; attempt++) {
      const wanted = this.matchesWanted(attempt, left);
      const here = attempt === 0 ? spot : { ...spot, hint: new Hint(attempt) };
      const plan = run.plan(this.itemNeeds(index, wanted), here);
      if (isConflict(plan)) {
        conflict = plan;
      } else if (facts.unique && this.isExhausted(plan)) {
        conflict = new Conflict(facts.items.minimumAt, 'There are not enough different items for uniqueItems');
      } else {
        this.plans.push(plan);
        for (const which of wanted) {
          this.matches[which] = (this.matches[which] as number) + 1;
        }
        return null;
      }
    }
    return conflict;
  }

  /**
   * The `contains` that the next item shall match: first one in turn, then all that still lack matches, then
   * none unless there is no room left.
   */
  private matchesWanted(attempt: number, left: number): number[] {
    const lacking = [...this.needs.contained.keys()].filter(
      (which) => (this.matches[which] as number) < (this.needs.contained[which] as Containment).minimum,
    );
    const turn = attempt % 3;
    const room = lacking.length <= left;
    if (turn === 0 && room) {
      return lacking.slice(0, 1);
    }
    return turn === 2 && room && lacking.length < left ? [] : lacking.slice(0, turn === 0 ? lacking.length : undefined);
  }

  private itemNeeds(index: number, wanted: readonly number[]): Needs {
    let needs = this.needs.item(index, wanted.length > 0);
    for (const [which, { demand, maximum }] of this.needs.contained.entries()) {
      if (wanted.includes(which)) {
        needs = needs.and(demand);
      } else if (maximum < Number.POSITIVE_INFINITY) {
        needs = needs.and(refuted(demand.site));
      }
    }
    return needs;
  }

  /** Whether all that can be drawn for a plan is there already. */
  private isExhausted(plan: Plan): boolean {
    const key = equalityKey(plan);
    const count = (this.known.get(key) ?? 0) + 1;
    this.known.set(key, count);
    return count > varietyOf(plan);
  }
}
