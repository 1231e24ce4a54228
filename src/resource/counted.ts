import { phraseOf } from '../text/words.js';
import type { Shape } from './shape.js';
import type { Counted, Resource } from './types.js';

/**
 * Members of a row that say how many things stand under it, as far as these are listed.
 * @param below the resources that stand directly under it
 */
export function countsIn(row: Shape, below: readonly Resource[]): readonly Counted[] {
  const listed = below.filter(({ collection, roles }) =>
    roles.some(({ kind, entry }) => kind === 'list' && entry.path === collection),
  );
  if (listed.length === 0) return [];
  const numbers = [...row.members].filter(
    ([, { types }]) => types === null || types.has('integer') || types.has('number'),
  );
  return numbers.flatMap(([member]) => {
    const words = phraseOf(member);
    const resource = listed.find(({ name }) => {
      const noun = phraseOf(name.split('.').at(-1) ?? '');
      return noun === words || countNames(noun).includes(words);
    });
    return resource === undefined ? [] : [{ member, resource }];
  });
}

/** How the number of things is called that a list has, as phrases. */
export function countNames(list: string): readonly string[] {
  const singular = list
    .replace(/ies$/, 'y')
    .replace(/(ss|x|ch|sh)es$/, '$1')
    .replace(/([^s])s$/, '$1');
  return [list, singular].flatMap((one) => [
    `${one} count`,
    `${one} total`,
    `total ${one}`,
    `num ${one}`,
    `number of ${one}`,
    `count of ${one}`,
    `${one} size`,
    `n ${one}`,
  ]);
}
