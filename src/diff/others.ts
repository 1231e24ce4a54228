import { excerpt } from '../contract/excerpt.js';
import { type Difference, memberOf, type Spot } from './compare.js';
import type { Found, Pair } from './pairs.js';

/**
 * What else the documents say differently of an operation. What is told already is left out.
 * @param breaking what is told
 */
export function otherChanges(pair: Pair, breaking: readonly Found[]): Found[] {
  const told = breaking.flatMap(({ old, new: other }) => [old, other].filter((pointer) => pointer !== null));
  const isTold = ({ pointer }: Spot) => told.some((other) => isAround(pointer, other) || isAround(other, pointer));
  return [...differences(pair)]
    .filter((difference) => !isTold(difference.old) && !isTold(difference.new))
    .map(({ name, old, new: other }) => ({
      kind: kindOf(name, old, other),
      message: wordsOf(name, old, other),
      cause: `other ${old.pointer} ${other.pointer}`,
      old: old.value === undefined ? null : old.pointer,
      new: other.value === undefined ? null : other.pointer,
    }));
}

function* differences({ old, new: other, comparison }: Pair): Generator<Difference> {
  const between = function* (name: string, before: Spot, after: Spot): Generator<Difference> {
    if (before.value !== undefined && after.value !== undefined) yield* comparison.differences(before, after);
    else if ((before.value ?? after.value ?? false) !== false) yield { name, old: before, new: after };
  };
  const spot = ({ document }: Pair['old'], pointer: string | undefined): Spot =>
    pointer === undefined ? { value: undefined, pointer: '-' } : { value: document.at(pointer), pointer };
  const keyOf = ({ in: place, name }: Pair['old']['parameters'][number]) => `${place} ${name}`;
  for (const key of new Set([...old.parameters, ...other.parameters].map(keyOf))) {
    const [before, after] = [old, other].map((side) => side.parameters.find((one) => keyOf(one) === key)?.pointer);
    yield* between(`parameter ${key}`, spot(old, before), spot(other, after));
  }
  for (const name of ['requestBody', 'responses', 'deprecated', 'x-sunset']) {
    yield* between(name, memberOf(spot(old, old.pointer), name), memberOf(spot(other, other.pointer), name));
  }
}

function isAround(pointer: string, other: string): boolean {
  return `${other}/`.startsWith(`${pointer}/`);
}

const contentKeywords = ['contentMediaType', 'contentEncoding', 'contentSchema'];

function kindOf(name: string, { value: before }: Spot, { value: after }: Spot): Found['kind'] {
  if (contentKeywords.includes(name)) return 'content-changed';
  if (name === 'deprecated' && after === true) return 'deprecated';
  return before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
}

function wordsOf(name: string, before: Spot, after: Spot): string {
  const place = (after.value === undefined ? before : after).pointer;
  if (name === 'deprecated' && after.value === true) return `${place}: is deprecated`;
  if (before.value === undefined) return `${place}: is new (${excerpt(after.value, 60)})`;
  if (after.value === undefined) return `${place}: is no more (${excerpt(before.value, 60)})`;
  return `${place}: ${excerpt(before.value, 60)} → ${excerpt(after.value, 60)}`;
}
