import { keywordNamed, type Subject } from '../../schema/keywords.js';
import type { Facts } from '../needs/facts.js';
import { type Kind, kindsIn } from '../needs/kinds.js';
import { chanceOfNull } from './choose.js';
import { levelLimit, type Run, type Spot } from './run.js';

/** The kinds that a value may be of, likely ones first. */
export function kindsInOrder(run: Run, facts: Facts, spot: Spot): Kind[] {
  const allowed = kindsIn(facts.mask);
  if (allowed.length === 1) return allowed;
  const meant = new Set<Kind>(facts.parts.flatMap(({ schema }) => kindsMeantBy(Object.keys(schema))));
  const random = spot.random.child('kind');
  const order = new Map(random.shuffled(allowed).map((kind, index) => [kind, index / 10]));
  const weight = (kind: Kind): number => {
    if (run.lean || spot.level > levelLimit) return plainest.indexOf(kind);
    if (kind === 'null') return random.child('null').chance(facts.typed ? chanceOfNull : 0) ? -1 : 9;
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
