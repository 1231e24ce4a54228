import type { Plan } from '../draw.js';
import { Conflict, isConflict } from '../needs/conflict.js';
import type { Facts } from '../needs/facts.js';
import type { Choice } from '../needs/gather.js';
import type { Kind } from '../needs/kinds.js';
import type { Needs } from '../needs/needs.js';
import { pointerTo } from '../needs/site.js';
import { planArray } from './array.js';
import { optionsInOrder, rivals } from './choose.js';
import { planFaked } from './faked.js';
import { kindsInOrder } from './kinds.js';
import { planFraction, planInteger } from './number.js';
import { planObject } from './object.js';
import { deepest, type Run, type Spot } from './run.js';
import { planString } from './string.js';
import { planValues } from './values.js';

/**
 * Turns needs into a plan: branches chosen, members and items decided. Where a choice leads to a contradiction,
 * the next is tried.
 */
export function plan(run: Run, needs: Needs, spot: Spot): Plan | Conflict {
  const pointer = needs.demands[0] ? pointerTo(needs.demands[0].site) : '';
  if (run.budget.steps < 0 || spot.level > deepest) {
    return new Conflict(
      pointer,
      'No value was found before the search had to be given up: this is too deep, too large or too intricate',
    );
  }
  if (needs.depth === Number.POSITIVE_INFINITY) {
    return new Conflict(pointer, 'A value would have to contain another one of the same kind without end');
  }
  const tries = spot.hint?.tries ?? 0;
  const here = tries === 0 ? spot : { ...spot, random: spot.random.child(`try ${tries}`) };
  return planFaked(run, needs, here) ?? decide(run, needs, here);
}

/** Takes the forks one by one. */
function decide(run: Run, needs: Needs, spot: Spot): Plan | Conflict {
  run.budget.steps -= 1;
  const { facts, fork } = needs;
  if (isConflict(facts)) return facts;
  if (!fork || facts.values) return planKinds(run, needs, facts, spot);
  let reason: Conflict | null = null;
  for (const option of optionsInOrder(run, fork, spot)) {
    const avoided = rivals(fork, option, spot);
    const wished = option.wishes.length > 0 ? decide(run, needs.after(option, true, avoided), spot) : null;
    const result = wished && !isConflict(wished) ? wished : decide(run, needs.after(option, false, avoided), spot);
    if (!isConflict(result)) return result;
    reason ??= result;
    if (run.budget.steps < 0) break;
  }
  return explain(fork, reason);
}

function explain(choice: Choice, reason: Conflict | null): Conflict {
  if (reason && choice.options.length === 1 && choice.keyword !== 'not') return reason;
  const many = choice.options.length;
  const words: Record<Choice['keyword'], string> = {
    anyOf: `None of the ${many} schemas of anyOf can be satisfied here`,
    oneOf: `None of the ${many} schemas of oneOf can be satisfied here`,
    if: 'Neither the one nor the other side of the condition can be satisfied here',
    not:
      many === 0
        ? 'Nothing is valid here: not forbids every value'
        : 'Every value that is valid here is forbidden by not',
    dependentSchemas: 'The member can neither be there with what it demands nor be absent',
  };
  const detail = reason && choice.keyword !== 'not' ? `: ${lowerFirst(reason.root)}` : '';
  return new Conflict(choice.pointer, words[choice.keyword] + detail, reason?.root);
}

type Planner = (run: Run, needs: Needs, facts: Facts, spot: Spot) => Plan | Conflict;

const planners: Readonly<Record<Kind, Planner>> = {
  null: (run, needs, facts, spot) => planValues(run, needs, { ...facts, values: [null] }, spot),
  boolean: (run, needs, facts, spot) => planValues(run, needs, { ...facts, values: [true, false] }, spot),
  integer: planInteger,
  fraction: planFraction,
  string: planString,
  array: planArray,
  object: planObject,
};

/** Tries the kinds that are allowed, likely ones first. */
function planKinds(run: Run, needs: Needs, facts: Facts, spot: Spot): Plan | Conflict {
  if (facts.values) return planValues(run, needs, facts, spot);
  let reason: Conflict | null = null;
  for (const kind of kindsInOrder(run, facts, spot)) {
    const result = planners[kind](run, needs, facts, spot);
    if (!isConflict(result)) return result;
    reason ??= result;
  }
  return reason ?? new Conflict('', 'Nothing is valid here');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
