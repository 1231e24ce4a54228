import { keyOf, type Resource } from '../../resource/index.js';
import { membership } from '../../schema/equality.js';
import { listedValues, viewOf } from '../../schema/view.js';
import { scalarText } from '../../text/integers.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { Exchange } from '../types.js';
import type { Made } from './hands.js';
import { type Likeness, likenessOf } from './likeness.js';
import { isSaying, isVolatile, naming } from './members.js';

type Expected = (said: Json | undefined, other: Json | undefined) => boolean;

/**
 * Whether a row shows a thing: something else may have the same key under another parent, where clients choose it, where it is
 * counted for each parent, or where a server has something for every key. It is the thing where it says the same besides.
 *
 * @param own the thing as it is shown where it belongs
 * @param isExpected whether what one says differs from what the other does for the way in which it was asked for
 */
export function isSameThing(
  resource: Resource,
  { thing, exchange }: Made,
  row: JsonObject,
  own: JsonObject,
  isExpected: Expected,
): boolean {
  if (resource.key !== null && keyOf(resource, row) !== scalarText(thing.key)) return false;
  const isSaid = [...likenessesOf(resource, row, own, isExpected)].some(
    ([name, likeness]) =>
      likeness === 'same' && isSaying(row[name]) && !isOfAll(resource, exchange, name, row[name] ?? null),
  );
  return isSaid && !contradicts(resource, row, own, isExpected);
}

/** Whether two rows with one key are of two things: what they say besides is not the same. */
export function contradicts(
  resource: Resource,
  row: JsonObject,
  own: JsonObject,
  isExpected: Expected = () => false,
): boolean {
  return [...likenessesOf(resource, row, own, isExpected).values()].includes('other');
}

/** How alike two rows are in each member that both have. */
function likenessesOf(
  resource: Resource,
  row: JsonObject,
  own: JsonObject,
  isExpected: Expected,
): ReadonlyMap<string, Likeness> {
  const names = naming(resource);
  const both = Object.keys(row).filter(
    (name) => !names.has(name) && !isVolatile(name) && Object.hasOwn(own, name) && !isExpected(own[name], row[name]),
  );
  return new Map(both.map((name) => [name, likenessOf(own[name] ?? null, row[name])]));
}

/** Whether many things say the same there: of what kind they are, one of a few values, or what the document shows of each. */
function isOfAll({ schema }: Resource, { operation }: Exchange, name: string, value: Json): boolean {
  const view = viewOf(operation.document);
  const parts = view.certain(...view.member(view.certain(schema), name).map(({ to }) => to));
  const shown = parts.flatMap(({ schema: { example, examples, default: usual } }) =>
    [example, usual, ...(Array.isArray(examples) ? examples : [])].filter((each) => each !== undefined),
  );
  return kindNames.test(name) || listedValues(parts).length > 0 || membership(shown)(value);
}

/** Members that say of what kind a thing is. */
const kindNames = /^[@_$]?(?:object|resource|entity)?[-_]?(?:type|kind|class|object)$/i;
