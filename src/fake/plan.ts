import type { Json } from '../document/index.js';
import { equalityKey } from '../operation/schema/equality.js';
import { Conflict, isConflict } from './conflict.js';
import type { Plan } from './draw.js';
import { type Facts, type Kind, kinds } from './facts.js';
import { type Choice, type Demand, demanded, type Option, type Part } from './gather.js';
import { Needs, refuted } from './needs.js';
import { planArray } from './plan-array.js';
import { planFaked } from './plan-faked.js';
import { planFraction, planInteger } from './plan-number.js';
import { planObject } from './plan-object.js';
import { planString } from './plan-string.js';
import { deepest, levelLimit, type Run, recurrences, type Spot } from './run.js';
import { pointerTo } from './site.js';

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
  if (isConflict(facts)) {
    return facts;
  }
  if (!fork) {
    return planKinds(run, needs, facts, spot);
  }
  let reason: Conflict | null = null;
  for (const option of inOrder(run, fork, spot)) {
    const avoided = rivals(fork, option, spot);
    const wished =
      option.wishes.length > 0 ? decide(run, needs.after(option, [...avoided, ...option.wishes]), spot) : null;
    const result = wished && !isConflict(wished) ? wished : decide(run, needs.after(option, avoided), spot);
    if (!isConflict(result)) {
      return result;
    }
    reason ??= result;
    if (run.budget.steps < 0) {
      break;
    }
  }
  return explain(fork, reason);
}

function explain(choice: Choice, reason: Conflict | null): Conflict {
  if (reason && choice.options.length === 1 && choice.keyword !== 'not') {
    return reason;
  }
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

/** Branches of oneOf that were valid together before: those that are not chosen are refuted on purpose. */
function rivals(choice: Choice, option: Option, spot: Spot): Demand[] {
  const overlapping = spot.hint?.overlaps.get(choice.pointer);
  if (!overlapping) {
    return [];
  }
  return [...overlapping].flatMap((index) => {
    const branch = choice.options[index]?.branch;
    return branch && branch !== option.branch ? [refuted(branch)] : [];
  });
}

function inOrder(run: Run, choice: Choice, spot: Spot): readonly Option[] {
  const random = spot.random.child(choice.pointer);
  const tries = spot.hint?.tries ?? 0;
  if (choice.keyword === 'dependentSchemas') {
    return run.lean || random.chance(0.5) ? [...choice.options].reverse() : choice.options;
  }
  if (choice.keyword === 'not' || choice.keyword === 'if') {
    // The first ways to refute change a value least.
    const positive = choice.keyword === 'if' ? choice.options.slice(0, 1) : [];
    const negative = choice.options.slice(positive.length);
    const ordered = tries === 0 ? negative : random.shuffled(negative);
    return random.chance(0.5) ? [...positive, ...ordered] : [...ordered, ...positive];
  }
  const weighed = random.shuffled(choice.options).map((option) => ({ option, weight: weightOf(run, option, spot) }));
  return weighed.sort((left, right) => left.weight - right.weight).map(({ option }) => option);
}

/** The lower, the sooner a branch is tried: what fits into the levels left, then what is not null. */
function weightOf(run: Run, { demands }: Option, spot: Spot): number {
  const needs = Needs.of(
    run.sites,
    demands.map(({ site }) => demanded(site)),
  );
  if (run.lean || spot.level + needs.depth > levelLimit) {
    return needs.depth;
  }
  const isNull = needs.parts.some(({ schema }) => schema.type === 'null' || schema.const === null);
  const pressed = isNull && !spot.random.child('null').chance(0.12) ? 1 : 0;
  return recurrences(needs.schemas, spot.ancestors) * 2 + pressed;
}

const planners = {
  integer: planInteger,
  fraction: planFraction,
  string: planString,
  array: planArray,
  object: planObject,
};

/** Tries the kinds that are allowed, likely ones first. */
function planKinds(run: Run, needs: Needs, facts: Facts, spot: Spot): Plan | Conflict {
  if (facts.values) {
    return planValues(run, facts, facts.values);
  }
  let reason: Conflict | null = null;
  for (const kind of kindsInOrder(run, facts, spot)) {
    const result =
      kind === 'null' || kind === 'boolean' ? planned(facts, kind) : planners[kind](run, needs, facts, spot);
    if (!isConflict(result)) {
      return result;
    }
    reason ??= result;
  }
  return reason ?? new Conflict('', 'Nothing is valid here');
}

function planned(facts: Facts, kind: 'null' | 'boolean'): Plan | Conflict {
  const candidates = kind === 'null' ? [null] : [true, false];
  return planValues(null, facts, candidates);
}

/** One of given values: json-schema-faker picks. */
function planValues(run: Run | null, facts: Facts, values: readonly Json[]): Plan | Conflict {
  const structured = (value: Json): boolean => typeof value === 'object' && value !== null;
  const fit = values.filter(
    (value) =>
      !facts.negations.some((negation) => forbids(negation, value)) &&
      (!run || !(structured(value) || needsAjv(facts)) || facts.parts.every(({ site }) => run.accepts(site, value))),
  );
  const part =
    facts.parts.find(({ schema }) => schema.enum !== undefined || schema.const !== undefined) ?? facts.parts[0];
  if (fit.length === 0) {
    const keyword = part?.schema.const === undefined ? 'enum' : 'const';
    return new Conflict(part ? pointerTo(part.site, keyword) : '', `No value of this ${keyword} is valid here`);
  }
  return { enum: [...fit] };
}

function needsAjv({ parts }: Facts): boolean {
  return parts.some(({ schema }: Part) => Object.keys(schema).some((keyword) => !unrestricting.has(keyword)));
}

/** Keywords that have had their say when values are left over. */
const unrestricting = new Set([
  ...['type', 'enum', 'const', '$ref', '$defs', 'allOf', 'anyOf', 'oneOf', 'if', 'then', 'else', 'not'],
  ...['title', 'description', 'default', 'example', 'examples', 'deprecated', 'readOnly', 'writeOnly', '$comment'],
]);

function forbids(negation: Record<string, Json>, value: Json): boolean {
  const refused = 'const' in negation ? [negation.const as Json] : negation.enum;
  return Array.isArray(refused) && refused.some((one) => equalityKey(one) === equalityKey(value));
}

function kindsInOrder(run: Run, facts: Facts, spot: Spot): Kind[] {
  const allowed = (Object.keys(kinds) as Kind[]).filter((kind) => (facts.mask & kinds[kind]) !== 0);
  if (allowed.length === 1) {
    return allowed;
  }
  const meant = new Set<Kind>(facts.parts.flatMap(({ schema }) => kindsMeantBy(Object.keys(schema))));
  const random = spot.random.child('kind');
  const order = new Map(random.shuffled(allowed).map((kind, index) => [kind, index / 10]));
  const weight = (kind: Kind): number => {
    if (run.lean || spot.level > levelLimit) {
      return plainest.indexOf(kind);
    }
    if (kind === 'null') {
      return random.child('null').chance(facts.typed ? 0.12 : 0) ? -1 : 9;
    }
    const unsaid = meant.size === 0 ? (facts.typed ? 0 : plainest.indexOf(kind)) : meant.has(kind) ? 0 : 5;
    // An integer is a number, but who writes `number` means one that can have a fraction.
    return unsaid + (kind === 'integer' && allowed.includes('fraction') ? 2 : 0) + (order.get(kind) ?? 0);
  };
  return allowed
    .map((kind) => ({ kind, weight: weight(kind) }))
    .sort((a, b) => a.weight - b.weight)
    .map(({ kind }) => kind);
}

/** The simpler first. */
const plainest: readonly Kind[] = ['string', 'integer', 'boolean', 'fraction', 'null', 'array', 'object'];

/** The kinds that keywords are about, where no type is said. */
function kindsMeantBy(keywords: readonly string[]): Kind[] {
  return keywords.flatMap((keyword) => {
    if (/propert|^required$|^dependent/i.test(keyword)) {
      return ['object' as const];
    }
    if (/items$|contains$/i.test(keyword)) {
      return ['array' as const];
    }
    if (/^(exclusive)?m(in|ax)imum$|^multipleOf$/i.test(keyword)) {
      return ['integer' as const, 'fraction' as const];
    }
    return /length$|^pattern$|^format$|^content/i.test(keyword) ? ['string' as const] : [];
  });
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
