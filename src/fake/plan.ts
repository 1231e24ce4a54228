import type { Json } from '../document/index.js';
import { Conflict } from './conflict.js';
import { minimumDepth } from './depth.js';
import type { Plan } from './draw.js';
import { type Facts, factsOf, type Kind, kinds } from './facts.js';
import { type Choice, type Demand, demanded, type Gathered, gather, type Option, type Part } from './gather.js';
import { planArray } from './plan-array.js';
import { planFraction, planInteger } from './plan-number.js';
import { planObject } from './plan-object.js';
import { planString } from './plan-string.js';
import { deepest, isConflict, levelLimit, type Run, recurrences, type Spot } from './run.js';
import { sameJson } from './same-json.js';
import { insteadOf, pointerTo, remember } from './site.js';
import { planFaked } from './x-faker.js';

/**
 * Turns demands into a plan: references followed, branches chosen, members and items decided. Where a choice
 * leads to a contradiction, the next is tried.
 */
export function plan(run: Run, demands: readonly Demand[], spot: Spot): Plan | Conflict {
  const [first] = demands;
  if (run.budget.steps < 0 || spot.level > deepest) {
    const pointer = first ? pointerTo(first.site) : '';
    return new Conflict(
      pointer,
      'No value was found before the search had to be given up: the schema is too intricate',
    );
  }
  const tries = spot.hint?.tries ?? 0;
  const here = tries === 0 ? spot : { ...spot, random: spot.random.child(`try ${tries}`) };
  const gathered = gatherOnce(run, demands);
  for (const { site } of demands) {
    if (minimumDepth(site, run.sites) === Number.POSITIVE_INFINITY) {
      return new Conflict(pointerTo(site), 'A value would have to contain another one of the same kind without end');
    }
  }
  return gathered.conflict ?? planFaked(run, gathered, here) ?? decide(run, gathered, here);
}

/** What a single schema asks for does not depend on the seed. */
function gatherOnce(run: Run, demands: readonly Demand[]): Gathered {
  const [only] = demands;
  return only && demands.length === 1 && only.lineage === null
    ? remember(only.site, 'gathered', () => gather(run.sites, demands))
    : gather(run.sites, demands);
}

/** Takes the forks one by one, those that say what is wanted before those that say what is not. */
function decide(run: Run, gathered: Gathered, spot: Spot): Plan | Conflict {
  run.budget.steps -= 1;
  if (gathered.conflict) {
    return gathered.conflict;
  }
  const facts = factsOf(gathered.parts);
  if (isConflict(facts)) {
    return facts;
  }
  const choice = gathered.choices.find(({ keyword }) => keyword !== 'not') ?? gathered.choices[0];
  if (!choice) {
    return planKinds(run, facts, spot);
  }
  const rest = { ...gathered, choices: gathered.choices.filter((other) => other !== choice) };
  let reason: Conflict | null = null;
  for (const option of inOrder(run, choice, facts, spot)) {
    const demands = [...option.demands, ...rivals(choice, option, spot)];
    const wished =
      option.wishes.length > 0 ? decide(run, gather(run.sites, [...demands, ...option.wishes], rest), spot) : null;
    const result = wished && !isConflict(wished) ? wished : decide(run, gather(run.sites, demands, rest), spot);
    if (!isConflict(result)) {
      return result;
    }
    reason ??= result;
    if (run.budget.steps < 0) {
      break;
    }
  }
  return explain(choice, reason);
}

function explain(choice: Choice, reason: Conflict | null): Conflict {
  if (reason && choice.options.length === 1) {
    return reason;
  }
  const many = choice.options.length;
  const words: Record<Choice['keyword'], string> = {
    anyOf: `None of the ${many} schemas of anyOf can be satisfied here`,
    oneOf: `None of the ${many} schemas of oneOf can be satisfied here`,
    if: 'Neither the one nor the other side of the condition can be satisfied here',
    not: many === 0 ? 'Nothing is valid here: not forbids every value' : 'What not forbids cannot be avoided here',
    dependentSchemas: 'The member can neither be there with what it demands nor be absent',
  };
  return new Conflict(choice.pointer, `${words[choice.keyword]}${reason ? `: ${lowerFirst(reason.message)}` : ''}`);
}

/** Branches of oneOf that were valid together before: those that are not chosen are refuted on purpose. */
function rivals(choice: Choice, option: Option, spot: Spot): Demand[] {
  const overlapping = spot.hint?.overlaps.get(choice.pointer);
  if (!overlapping) {
    return [];
  }
  return [...overlapping].flatMap((index) => {
    const branch = choice.options[index]?.branch;
    return branch && branch !== option.branch ? [demanded(insteadOf(branch, { not: branch.value }))] : [];
  });
}

function inOrder(run: Run, choice: Choice, facts: Facts, spot: Spot): readonly Option[] {
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
  const weighed = random
    .shuffled(choice.options)
    .map((option) => ({ option, weight: weightOf(run, option, facts, spot) }));
  return weighed.sort((left, right) => left.weight - right.weight).map(({ option }) => option);
}

/** The lower, the sooner a branch is tried: what fits into the levels left, then what is not null. */
function weightOf(run: Run, { demands }: Option, _facts: Facts, spot: Spot): number {
  const depth = Math.max(0, ...demands.map(({ site }) => minimumDepth(site, run.sites)));
  if (run.lean || spot.level + depth > levelLimit) {
    return depth;
  }
  const { parts } = gather(run.sites, demands);
  const again = recurrences(
    parts.map(({ schema }) => schema),
    spot.ancestors,
  );
  const isNull = parts.some(({ schema }) => schema.type === 'null' || schema.const === null);
  const pressed = isNull && !spot.random.child('null').chance(0.12) ? 1 : 0;
  return again * 2 + pressed;
}

const planners = {
  integer: planInteger,
  fraction: planFraction,
  string: planString,
  array: planArray,
  object: planObject,
};

/** Tries the kinds that are allowed, likely ones first. */
function planKinds(run: Run, facts: Facts, spot: Spot): Plan | Conflict {
  if (facts.values) {
    return planValues(run, facts, facts.values);
  }
  let reason: Conflict | null = null;
  for (const kind of kindsInOrder(run, facts, spot)) {
    const result = kind === 'null' || kind === 'boolean' ? planned(facts, kind) : planners[kind](run, facts, spot);
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
  return fit.length === 1 ? { const: fit[0] as Json } : { enum: [...fit] };
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
  return Array.isArray(refused) && refused.some((one) => sameJson(one, value));
}

function kindsInOrder(run: Run, facts: Facts, spot: Spot): Kind[] {
  const allowed = (Object.keys(kinds) as Kind[]).filter((kind) => (facts.mask & kinds[kind]) !== 0);
  const meant = new Set<Kind>(facts.parts.flatMap(({ schema }) => kindsMeantBy(Object.keys(schema))));
  const random = spot.random.child('kind');
  const order = new Map(random.shuffled(allowed).map((kind, index) => [kind, index / 10]));
  const weight = (kind: Kind): number => {
    if (run.lean || spot.level > levelLimit * 3) {
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
