import { typeNames } from '../schema/keywords.js';
import { typesOf } from '../schema/view.js';
import type { JsonObject } from '../text/value.js';

/** Most schemas say one type, and share what that allows. */
const oneType: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  typeNames.map((type) => [type, new Set(type === 'number' ? ['number', 'integer'] : [type])]),
);

/** The types that are said of a schema, by itself or by what it is built on. */
export function saidTypes({ type }: JsonObject, bases: Parameters<typeof typesOf>[0]): ReadonlySet<string> | null {
  const only = typeof type === 'string' && bases.length === 1 ? oneType.get(type) : undefined;
  return only ?? typesOf(bases);
}

/** What schemas are about that say no type: what they describe of it. */
export function impliedTypes(bases: readonly { readonly schema: JsonObject }[]): ReadonlySet<string> | null {
  if (bases.some(({ schema }) => schema.properties !== undefined)) return new Set(['object']);
  return bases.some(({ schema }) => schema.items !== undefined) ? new Set(['array']) : null;
}

/** All types of some; null where nothing is said of one of them, or there are none. */
export function unionOf(types: readonly (ReadonlySet<string> | null)[]): ReadonlySet<string> | null {
  return types.length === 0 || types.includes(null) ? null : new Set(types.flatMap((each) => [...(each ?? [])]));
}

/**
 * Visits what is inside of something before that itself, one after the other and not one by way of the other: there may be more of it
 * than the stack bears.
 * @param visit.enter gives what is inside; null where it was visited before
 */
export function innerFirst<Node>(
  from: Node,
  visit: { enter(node: Node): readonly Node[] | null; leave(node: Node, inner: readonly Node[]): void },
): void {
  const left: { readonly node: Node; readonly inner: readonly Node[] | null }[] = [{ node: from, inner: null }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { node, inner } = next;
    if (inner !== null) {
      visit.leave(node, inner);
      continue;
    }
    const found = visit.enter(node);
    if (found === null) continue;
    left.push({ node, inner: found });
    for (const each of [...found].reverse()) left.push({ node: each, inner: null });
  }
}

/** Of several schemas for one member the one counts that says most by itself, the first of those that say the same. */
export function together<Shape extends { readonly tells: number }>(
  holders: readonly ReadonlyMap<string, Shape>[],
): ReadonlyMap<string, Shape> {
  const members = new Map<string, Shape>();
  for (const holder of holders) {
    for (const [name, shape] of holder) {
      const known = members.get(name);
      // The last of those of which nothing is told, as the one nearest to what is meant here.
      if (known === undefined || known.tells === 0 || known.tells < shape.tells) members.set(name, shape);
    }
  }
  return members;
}
