import { type Choice, type Demand, demanded, type Option } from '../needs/gather.js';
import { Needs, refuted } from '../needs/needs.js';
import { levelLimit, type Run, recurrences, type Spot } from './run.js';

/** How often null is chosen where something else is possible. */
export const chanceOfNull = 0.12;

/** Branches of oneOf that were valid together before: those that are not chosen are refuted on purpose. */
export function rivals(choice: Choice, option: Option, spot: Spot): Demand[] {
  const overlapping = spot.hint?.overlaps.get(choice.pointer);
  if (!overlapping) return [];
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
  const weighed = random.shuffled(choice.options).map((option) => ({ option, weight: weightOf(run, option, spot) }));
  return weighed.sort((left, right) => left.weight - right.weight).map(({ option }) => option);
}

/** The lower, the sooner a branch is tried: what fits into the levels left, then what is not null. */
function weightOf(run: Run, { demands }: Option, spot: Spot): number {
  const needs = Needs.of(
    run.sites,
    demands.map(({ site }) => demanded(site)),
  );
  if (run.lean || spot.level + needs.depth > levelLimit) return needs.depth;
  const isNull = needs.parts.some(({ schema }) => schema.type === 'null' || schema.const === null);
  const pressed = isNull && !spot.random.child('null').chance(chanceOfNull) ? 1 : 0;
  return recurrences(needs.schemas, spot.ancestors) * 2 + pressed;
}
