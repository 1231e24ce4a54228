import type { Part } from '../../../schema/view.js';
import { isObject, type Json } from '../../../text/value.js';
import { accepted, type Family, type Proposal, rejected, type Setting } from './proposal.js';

/** Branches, and what no branch allows (JSON Schema 2020-12 core, 10.2.1). */
export const composition: Family = function* (view, setting) {
  const { bench, place } = setting;
  for (const keyword of ['anyOf', 'oneOf'] as const) yield* branches(view, setting, keyword);
  const { not, discriminator } = view.schema;
  if (isObject(not)) {
    const unwanted = bench.draw([`${view.pointer}/not`]);
    if (unwanted !== undefined) yield rejected(view, 'not', unwanted, 'what must not be');
  }
  const name = isObject(discriminator) ? discriminator.propertyName : undefined;
  if (typeof name === 'string' && isObject(place.value)) {
    const unknown = { ...place.value, [name]: 'counterproof-unknown' };
    yield rejected(view, 'discriminator', unknown, 'unknown discriminator value');
  }
};

function* branches(view: Part, { bench, place, typed }: Setting, keyword: 'anyOf' | 'oneOf'): Iterable<Proposal> {
  const own = place.branches.filter(({ pointer }) => pointer.startsWith(`${view.pointer}/${keyword}/`));
  if (own.length === 0) return;
  const drawn: Json[] = [];
  for (const { pointer, taken } of own) {
    const value = taken ? place.value : bench.draw([pointer]);
    if (value === undefined) continue;
    drawn.push(value);
    if (!taken) yield { ...accepted(view, keyword, value, 'another branch'), pointer };
  }
  for (const wrong of typed ? [['counterproof', {}], 'counterproof-unknown'] : ['counterproof-unknown']) {
    yield { ...rejected(view, keyword, wrong, 'of no branch'), attempt: true };
  }
  const [first, second] = drawn.filter(isObject);
  if (keyword === 'oneOf' && first && second) {
    yield rejected(view, 'oneOf', { ...first, ...second }, 'of two branches at once');
  }
}
