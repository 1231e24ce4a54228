import { keywordNamed, type Subject } from '../../schema/keywords.js';
import { isObject, type JsonObject } from '../../text/value.js';
import { isConflict } from '../needs/conflict.js';
import { type Kind, kinds, kindsIn } from '../needs/facts.js';
import { type Choice, type Demand, demanded, type Option } from '../needs/gather.js';
import { Needs, refuted } from '../needs/needs.js';
import { type Run, recurrences, type Situation, type Spot, usualLevels } from './run.js';

/** How often null is chosen where something else is possible. */
export const chanceOfNull = 0.12;

/** Of very many branches some are as good as all. */
const maximumWeighed = 48;

/** Branches of oneOf that were valid together before: those that are not chosen are refuted on purpose. */
export function rivals(choice: Choice, option: Option, spot: Spot): Demand[] {
  const overlapping = spot.hint?.overlaps.get(choice.pointer) ?? [];
  return [...overlapping].flatMap((index) => {
    const branch = choice.options[index]?.branch;
    return branch && branch !== option.branch ? [refuted(branch)] : [];
  });
}

/** The ways on from a fork, in the order in which they are tried. */
export function optionsInOrder(run: Run, choice: Choice, spot: Spot): readonly Option[] {
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
  const shuffled = random.shuffled(choice.options);
  const weighed = run.lean ? shuffled : shuffled.slice(0, maximumWeighed);
  const namesThing =
    spot.level > 0 && run.demand !== 'maximal' && weighed.some((option) => isKey(needsOf(run, option)));
  const weight = (option: Option): number =>
    weightOf(run, option, spot) + (namesThing && showsThing(needsOf(run, option)) ? 1 : 0);
  return [...byWeight(weighed, weight), ...shuffled.slice(weighed.length)];
}

const needsOf = (run: Run, { demands, wishes }: Option): Needs =>
  Needs.of(
    run.sites,
    (demands.length > 0 ? demands : wishes.slice(0, 1)).map(({ site }) => demanded(site)),
  );

/**
 * Where a member is either the key of a thing or the thing itself (an expandable reference), servers send the key unless more is
 * asked for. The whole of it would have more things inside, each made whole.
 */
function isKey({ facts }: Needs): boolean {
  const others = kinds.string | kinds.integer | kinds.null;
  return !isConflict(facts) && facts.values === null && facts.mask !== kinds.null && (facts.mask & ~others) === 0;
}

function showsThing({ facts, parts }: Needs): boolean {
  const isThing = parts.some(({ schema: { properties } }) => isObject(properties) && Object.hasOwn(properties, 'id'));
  return isThing && !isConflict(facts) && (facts.mask & ~kinds.null) === kinds.object;
}

/** The lower, the sooner a branch is tried: what fits into the levels left, then what is not null. What says that it failed comes last. */
function weightOf(run: Run, option: Option, spot: Spot): number {
  const needs = needsOf(run, option);
  const failed = saysFailure(needs) ? depthOfFailure : 0;
  if (run.lean || spot.level + needs.depth > usualLevels) return needs.depth + failed;
  const isNull = needs.parts.some(({ schema }) => schema.type === 'null' || schema.const === null);
  const pressed = isNull && !spot.random.child('null').chance(chanceOfNull) ? 1 : 0;
  return recurrences(needs.schemas, spot.ancestors) * 2 + pressed + failed;
}

/** Behind whatever may be made instead. */
const depthOfFailure = 100;

/** Whether an object says by a member that what was asked for did not go well: `{ "ok": false }`. */
function saysFailure({ parts }: Needs): boolean {
  return parts.some(
    ({ schema: { properties } }) =>
      isObject(properties) &&
      Object.entries(properties).some(([name, member]) => outcomes.test(name) && isObject(member) && isFalse(member)),
  );
}

const outcomes = /^(?:ok|success|succeeded|is_?success)$/i;
const isFalse = ({ const: only, enum: listed }: JsonObject): boolean =>
  only === false || (Array.isArray(listed) && listed.length === 1 && listed[0] === false);

/** The kinds that a value may be of, likely ones first. */
export function kindsInOrder({ run, facts, spot }: Situation): Kind[] {
  const allowed = kindsIn(facts.mask);
  if (allowed.length === 1) return allowed;
  const meant = new Set<Kind>(facts.parts.flatMap(({ schema }) => kindsMeantBy(Object.keys(schema))));
  const random = spot.random.child('kind');
  const order = new Map(random.shuffled(allowed).map((kind, index) => [kind, index / 10]));
  return byWeight(allowed, (kind) => {
    if (run.lean || spot.level > usualLevels) return plainest.indexOf(kind);
    if (kind === 'null') {
      const isWanted = facts.typed && run.demand !== 'maximal' && random.child('null').chance(chanceOfNull);
      return isWanted ? -1 : 9;
    }
    const unsaid = meant.size === 0 ? (facts.typed ? 0 : plainest.indexOf(kind)) : meant.has(kind) ? 0 : 5;
    // An integer is a number, but who writes `number` means one that can have a fraction.
    return unsaid + (kind === 'integer' && allowed.includes('fraction') ? 2 : 0) + (order.get(kind) ?? 0);
  });
}

/** The simpler first. */
const plainest: readonly Kind[] = ['string', 'integer', 'boolean', 'fraction', 'null', 'array', 'object'];

/** The kinds that keywords are about, where no type is said. */
function kindsMeantBy(keywords: readonly string[]): Kind[] {
  return keywords.flatMap(
    (keyword) => kindsAbout[keywordNamed(keyword)?.about ?? (/^content/.test(keyword) ? 'string' : 'any')],
  );
}

const kindsAbout: Readonly<Record<Subject, readonly Kind[]>> = {
  any: [],
  number: ['integer', 'fraction'],
  string: ['string'],
  array: ['array'],
  object: ['object'],
};

/** Those of the lowest weight first; what weighs the same stays in its order. */
function byWeight<T>(list: readonly T[], weightOf: (one: T) => number): T[] {
  return list
    .map((one) => ({ one, weight: weightOf(one) }))
    .sort((left, right) => left.weight - right.weight)
    .map(({ one }) => one);
}
