import { afterNoun, keyOf, type Resource, readAt } from '../resource/index.js';
import { valueAt } from '../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';

/**
 * A row in which things that only it shows name it as the one that they belong to: the lines of order 7 have `order_id: 7`. So it
 * is of a thing that has a key of its own besides: what has no other names another row.
 * @param said what clients have said of the row, now and before, which stays
 */
export function withOwnKey(row: Json, resource: Resource, ...said: readonly (Json | undefined)[]): Json {
  const member = resource.key?.member ?? [];
  const [value, name] = [readAt(row, member), member.at(-1)];
  if (!isObject(row) || value === undefined || name === undefined || keyOf(resource, row) === undefined) return row;
  const noun = resource.name.split('.').at(-1) ?? '';
  const isOwner = ([other, held]: [string, Json]): boolean =>
    other !== name && typeof held === typeof value && held !== value && afterNoun(other, noun) === name;
  let whole: JsonObject = row;
  for (const [list, items] of Object.entries(row)) {
    if (!Array.isArray(items)) continue;
    const owned = items.map((item, index) => {
      if (!isObject(item) || !Object.hasOwn(item, name)) return item;
      const isSaid = ([other, held]: [string, Json]): boolean =>
        said.some((value) => valueAt(value, [list, String(index), other]) === held);
      const own = Object.entries(item).filter((entry) => isOwner(entry) && !isSaid(entry));
      return own.length === 0 ? item : { ...item, ...Object.fromEntries(own.map(([other]) => [other, value])) };
    });
    if (owned.some((item, index) => item !== items[index])) whole = { ...whole, [list]: owned };
  }
  return whole;
}
