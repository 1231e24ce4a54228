import type { References } from './references.js';
import type { Shape } from './shape.js';
import type { Line } from './types.js';

const known = new WeakMap<Shape, readonly Line[]>();

/** The lists of a row in which so many of other things each are. */
export function linesOf(row: Shape, all: References): readonly Line[] {
  const earlier = known.get(row);
  if (earlier !== undefined) return earlier;
  const lines = [...row.members].flatMap(([member, { item }]): Line[] => {
    const isOfLines = item?.isObject && [...item.members.keys()].some((name) => /^(?:quantity|qty)$/i.test(name));
    const own = item && isOfLines ? all.of(item, []) : [];
    const named = own.find((one) => !one.isList && one.member.length === 1 && one.resource.scope.length === 0);
    return named === undefined ? [] : [{ member, key: named.member[0] as string, resource: named.resource }];
  });
  known.set(row, lines);
  return lines;
}
