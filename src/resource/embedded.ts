import { findRows } from './answer.js';
import type { Shape } from './shape.js';
import type { Embedded, ListRole } from './types.js';
import { afterNoun, fold, isSameName, isSameNoun } from './words.js';

/** A list that has its path below that of one thing, the last word of it, and how what it lists looks. */
export interface ListBelow {
  readonly word: string;
  readonly role: ListRole;
  readonly row: Shape;
}

/** Where a list stands in what a row shows under a name. */
type Place = Omit<Embedded, 'list'>;

/** How much of the smaller of two objects the other has at least where one shows less of a thing than the other. */
const partOfThing = 0.5;

/** The lists below the path of a row that it shows itself: by their names, and by how the things in them look. */
export function embeddedOf(row: Shape, noun: string, lists: readonly ListBelow[]): Embedded[] {
  const members = [...row.members].flatMap(([name, shape]) => [
    { path: [name], shape },
    // HAL has what it shows of others in a member of its own.
    ...(fold(name) === 'embedded'
      ? [...shape.members].map(([one, inner]) => ({ path: [name, one], shape: inner }))
      : []),
  ]);
  return lists.flatMap((list): Embedded[] => {
    for (const { path, shape } of members) {
      const place = isCalled(path.at(-1) ?? '', list.word, noun) ? placeIn(path, shape, list) : undefined;
      if (place !== undefined) return [{ ...place, list: list.role }];
    }
    return [];
  });
}

/** `items`, or `orderItems` in an order. */
function isCalled(name: string, word: string, noun: string): boolean {
  return isSameName(name, word) || isSameNoun(afterNoun(name, noun) ?? '', fold(word));
}

function placeIn(path: readonly string[], shape: Shape, { word: noun, role, row }: ListBelow): Place | undefined {
  const { key } = role.resource;
  const keyShape = key === null ? undefined : row.at(key.member);
  const { item } = shape;
  if (item !== undefined && !item.isObject) {
    const isOfKeys = [...(item.types ?? [])].some((type) => keyShape?.types?.has(type));
    return item.isScalar && isOfKeys ? { member: path, inside: [], isOfKeys } : undefined;
  }
  const hints = { noun, row, endsInParameter: false, isCollection: true, isPaged: () => false };
  const rows = findRows(shape, hints);
  if (typeof rows === 'string' || rows.isKeyed) return undefined;
  // What the list may not show, nobody who keeps the things there could show in the row.
  const isClosed = row.bases.some(({ schema }) => schema.additionalProperties === false);
  if (isClosed && [...rows.item.members.keys()].some((name) => !row.members.has(name))) return undefined;
  const isThing = key !== null && rows.item.at(key.member)?.isScalar;
  if (!isThing && rows.item.likeness(row) < partOfThing) return undefined;
  return { member: [...path, ...rows.path], inside: rows.inside, isOfKeys: false };
}
