import type { References } from './references.js';
import type { Shape } from './shape.js';
import type { Line, Reference } from './types.js';

const known = new WeakMap<Shape, readonly Line[]>();

/** The lists of a row in which so many of other things each are. */
export function linesOf(row: Shape, all: References): readonly Line[] {
  const earlier = known.get(row);
  if (earlier !== undefined) return earlier;
  const lines = [...row.members].flatMap(([member, { item }]): Line[] => {
    const line = item?.isObject ? lineOf(item, all.of(item, [])) : null;
    return line === null ? [] : [{ member, ...line }];
  });
  known.set(row, lines);
  return lines;
}

/** Of which thing a row is so many; null where it says no number. */
export function lineOf({ members }: Shape, references: readonly Reference[]): Omit<Line, 'member'> | null {
  if (![...members.keys()].some((name) => /^(?:quantity|qty)(?:_?ordered)?$|^ordered_?(?:quantity|qty)$/i.test(name)))
    return null;
  const named = references.find((one) => !one.isList && one.member.length === 1 && one.resource.scope.length === 0);
  return named === undefined ? null : { key: named.member[0] as string, resource: named.resource };
}
