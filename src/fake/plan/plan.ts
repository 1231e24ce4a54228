import { keywordNamed } from '../../schema/keywords.js';
import type { Json, JsonObject } from '../../text/value.js';
import { type Plan, settled } from '../draw.js';
import { Conflict, isConflict } from '../needs/conflict.js';
import { type Kind, kinds, placesOf } from '../needs/facts.js';
import type { Choice, Option } from '../needs/gather.js';
import type { Needs } from '../needs/needs.js';
import { isRefuted } from '../needs/refutation.js';
import { pointerTo, remember } from '../needs/site.js';
import { callFaker, problemOf } from '../x-faker.js';
import { planArray } from './array.js';
import { contradictionBelow } from './members.js';
import { planFraction, planInteger } from './number.js';
import { planObject } from './object.js';
import { chanceOfNull, kindsInOrder, optionsInOrder, rivals } from './order.js';
import { type Budget, maximumLevels, type Run, type Situation, type Spot } from './run.js';
import { planShown, shownAt } from './shown.js';
import { planString } from './string.js';
import { worthTrying } from './worth-trying.js';

/**
 * Turns needs into a plan: branches chosen, members and items decided. Where a choice leads to a contradiction,
 * the next is tried.
 */
export function plan(run: Run, needs: Needs, spot: Spot): Plan | Conflict {
  const pointer = (): string => (needs.demands[0] ? pointerTo(needs.demands[0].site) : '');
  if (run.budget.steps < 0 || spot.level > maximumLevels) return givenUp(pointer());
  if (needs.depth === Number.POSITIVE_INFINITY) {
    return new Conflict(pointer(), 'A value would have to contain another one of the same kind without end');
  }
  const tries = spot.hint?.tries ?? 0;
  const here = tries === 0 ? spot : { ...spot, random: spot.random.child(`try ${tries}`) };
  return planFaked(run, needs, here) ?? decide(run, needs, here);
}

/** So many schemas at one place, or members of them, are as much work as one more place. */
const schemasOfAStep = 8;
const membersOfAStep = 64;

/** The steps that a place costs. It does not depend on what is remembered of it: the same search always ends the same. */
function costOf({ parts, declared }: Needs): number {
  const members = Math.floor((parts.length * declared.length) / membersOfAStep);
  return 1 + Math.floor(parts.length / schemasOfAStep) + members;
}

/** Takes the forks one by one. */
function decide(run: Run, needs: Needs, spot: Spot): Plan | Conflict {
  const cost = costOf(needs);
  run.budget.steps -= cost;
  run.step(cost);
  const { facts, fork } = needs;
  // What is negated can lead to further forks without end.
  if (fork && spot.level + run.budget.forks > maximumLevels) run.budget.steps = -1;
  if (fork && run.budget.steps < 0) return givenUp(fork.pointer);
  if (isConflict(facts)) return facts;
  if (!fork || facts.values) return planKinds({ run, needs, facts, spot });
  // What cannot be is found at the first fork that leads to it, not behind all those that follow.
  const contradiction = facts.mask === kinds.object ? contradictionBelow({ run, needs, facts }) : null;
  if (contradiction) return contradiction;
  let reason: Conflict | null = null;
  const options = shownFirst(run, optionsInOrder(run, fork, spot), shownAt(needs.parts, spot));
  for (const option of worthTrying(fork, options, needs)) {
    const avoided = rivals(fork, option, spot);
    run.budget.forks++;
    const wished = option.wishes.length > 0 ? decide(run, needs.after(option, true, avoided), spot) : null;
    const result = wished && !isConflict(wished) ? wished : decide(run, needs.after(option, false, avoided), spot);
    run.budget.forks--;
    if (!isConflict(result)) return result;
    reason ??= result;
    // What was not tried is not said to be impossible.
    if (run.budget.steps < 0) return givenUp(fork.pointer);
  }
  return explain(fork, reason);
}

/** Where the author shows a value, the branches first that it is valid under. */
function shownFirst(run: Run, options: readonly Option[], [shown]: readonly Json[]): readonly Option[] {
  if (shown === undefined) return options;
  const fits = ({ demands }: Option): boolean => demands.every(({ site }) => run.accepts(site, shown));
  return [...options.filter(fits), ...options.filter((option) => !fits(option))];
}

/** @param budget is spent by that */
export function givenUp(pointer: string, budget?: Budget): Conflict {
  if (budget) budget.steps = -1;
  return new Conflict(
    pointer,
    'No value was found before the search had to be given up: this is too deep, too large or too intricate',
  );
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
  const detail = reason && choice.keyword !== 'not' ? reason.asDetail : '';
  return new Conflict(
    choice.pointer,
    words[choice.keyword] + detail,
    reason?.root,
    reason ? [reason.pointer, ...reason.against] : [],
  );
}

const planners: Readonly<Record<Kind, (situation: Situation) => Plan | Conflict>> = {
  null: (situation) => planValues(situation, [null]),
  boolean: (situation) => planValues(situation, [true, false]),
  integer: planInteger,
  fraction: planFraction,
  string: planString,
  array: planArray,
  object: planObject,
};

/** Tries the kinds that are allowed, likely ones first. */
function planKinds(situation: Situation): Plan | Conflict {
  const shown = planShown(situation, (kind, inner) => {
    const result = planners[kind](inner);
    return isConflict(result) ? null : result;
  });
  if (shown) return shown;
  if (situation.facts.values) return planValues(situation, situation.facts.values);
  let reason: Conflict | null = null;
  for (const kind of kindsInOrder(situation)) {
    const result = planners[kind](situation);
    if (!isConflict(result)) return result;
    reason ??= result;
  }
  return reason ?? new Conflict('', 'Nothing is valid here');
}

/** One of the values that `const` and `enum` leave: json-schema-faker picks. Forks need not be taken, Ajv knows. */
function planValues({ run, needs, facts, spot }: Situation, values: readonly Json[]): Plan | Conflict {
  const { parts, negations } = facts;
  const unclear = needs.fork !== null || parts.some(({ schema }) => Object.keys(schema).some(restricts));
  const fit = values.filter(
    (value) =>
      !negations.some((negation) => isRefuted(negation, value)) &&
      (!(unclear || (typeof value === 'object' && value !== null)) ||
        needs.demands.every(({ site }) => run.accepts(site, value))),
  );
  if (fit.length === 0) {
    const part = parts.find(({ schema }) => schema.enum !== undefined || schema.const !== undefined);
    const keyword = part?.schema.const === undefined ? 'enum' : 'const';
    const site = part?.site ?? needs.demands[0]?.site;
    const others = placesOf(facts, 'pattern', 'format', 'minimum', 'maximum', 'minLength', 'maxLength', 'not');
    return new Conflict(
      site ? pointerTo(site, keyword) : '',
      `No value of this ${keyword} is valid here`,
      undefined,
      others,
    );
  }
  const others = fit.filter((value) => value !== null);
  const isNull = others.length === 0 || (others.length < fit.length && spot.random.child('null').chance(chanceOfNull));
  return { enum: isNull ? [null] : others };
}

/** Keywords that have had their say when values are left over. */
const unrestricting = new Set(['type', 'enum', 'const', '$ref', 'allOf']);

function restricts(keyword: string): boolean {
  return keywordNamed(keyword)?.about !== undefined && !unrestricting.has(keyword);
}

/** How often faker is asked again for a value that is valid, and how many failures of the whole end that. */
const maximumCalls = 4;

/** The plan of a value with `x-faker`; null where there is none, or where it gives nothing that is valid. */
function planFaked(run: Run, needs: Needs, spot: Spot): Plan | null {
  const part = needs.parts.findLast(({ schema }) => schema['x-faker'] !== undefined);
  if (!part) return null;
  const held = part.schema['x-faker'] as Json;
  const problem = remember(part.site, 'x-faker', () => ({ found: problemOf(held) })).found;
  if (problem) {
    run.warn(problem, pointerTo(part.site, 'x-faker'));
    return null;
  }
  const calls = (spot.hint?.failures ?? 0) < maximumCalls ? maximumCalls : 0;
  for (let count = 0; count < calls; count++) {
    const result = callFaker(held, spot.random.child(`x-faker ${count}`));
    const values = result ? coerced(result.value, part.schema) : [];
    const valid = values.find((value) => needs.parts.every(({ site }) => run.accepts(site, value)));
    if (valid !== undefined) return settled(valid);
  }
  const message = 'What x-faker gives is not valid here, so the value is made from the schema';
  run.warn({ message, found: JSON.stringify(held) }, pointerTo(part.site, 'x-faker'));
  return null;
}

/** The value, and what it can be read as where the schema asks for another type. */
function coerced(value: Json, { format }: JsonObject): Json[] {
  if (typeof value === 'boolean') return [value, String(value)];
  if (typeof value === 'number') return [value, Math.round(value), String(value)];
  if (typeof value !== 'string') return [value];
  const day = format === 'date' && /^\d{4}-\d\d-\d\dT/.test(value) ? [value.slice(0, 10)] : [];
  const number = value.trim() !== '' && Number.isFinite(Number(value)) ? [Number(value)] : [];
  return [...day, value, ...number];
}
