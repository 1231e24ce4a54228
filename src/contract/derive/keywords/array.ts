import { isObject, type Json } from '../../../text/value.js';
import { accepted, broken, brokenSomehow, type Family, rejected, type Setting } from './proposal.js';

/** More items than this are not sent for the sake of a boundary. */
const mostItems = 200;

/** Sizes, uniqueness, tuples (JSON Schema 2020-12 validation, 6.4; core, 10.3.1). */
export const array: Family = function* (view, setting) {
  const { place } = setting;
  if (!Array.isArray(place.value)) return;
  const { value } = place;
  const { minItems, maxItems, uniqueItems, items, prefixItems, contains } = view.schema;
  const resized = (length: number) => ofLength(value, length, view.pointer, items, setting);
  if (typeof minItems === 'number' && minItems > 0 && minItems <= mostItems) {
    yield* maybe(resized(minItems), (list) => accepted(view, 'minItems', list, 'the fewest items'));
    yield* maybe(resized(minItems + 1), (list) => accepted(view, 'minItems', list, 'just more than the fewest items'));
    yield* broken(view, 'minItems', value, 'fewer than minItems');
  }
  if (typeof maxItems === 'number' && maxItems <= mostItems) {
    yield* maybe(resized(maxItems), (list) => accepted(view, 'maxItems', list, 'the most items'));
    if (maxItems > 0) {
      yield* maybe(resized(maxItems - 1), (list) => accepted(view, 'maxItems', list, 'just fewer than the most items'));
    }
    yield* maybe(resized(maxItems + 1), (list) => rejected(view, 'maxItems', list, 'more than maxItems'));
  }
  if (uniqueItems === true) {
    yield* maybe(resized(Math.max(1, value.length)), (list) =>
      rejected(view, 'uniqueItems', [...list, list.at(-1) as Json], 'an item twice'),
    );
  }
  if (Array.isArray(prefixItems) && items === false) {
    yield rejected(view, 'items', [...value, 'counterproof'], 'more items than the tuple has');
  }
  if (contains !== undefined) yield* brokenSomehow(view, 'contains', value, 'no item that is wanted');
};

function* maybe<T, R>(value: T | undefined, make: (value: T) => R): Iterable<R> {
  if (value !== undefined) yield make(value);
}

/** The list cut, or filled up with further items; with copies of its last one where nothing else can be drawn. */
function ofLength(
  value: readonly Json[],
  length: number,
  pointer: string,
  items: Json | undefined,
  { bench }: Setting,
): Json[] | undefined {
  const list = value.slice(0, length);
  const known = new Set(list.map((item) => JSON.stringify(item)));
  for (let salt = 0; list.length < length && salt < length * 3; salt++) {
    const item = isObject(items) ? bench.draw([`${pointer}/items`], `item ${salt}`) : `item ${salt}`;
    if (item === undefined) return undefined;
    const text = JSON.stringify(item);
    if (known.has(text) && salt < length * 2) continue;
    known.add(text);
    list.push(item);
  }
  return list.length === length ? list : undefined;
}
