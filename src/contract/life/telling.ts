import type { Operation } from '../../operation/index.js';
import { valuesAt } from '../../resource/index.js';
import { listedValues, viewOf } from '../../schema/view.js';
import { scalarText } from '../../text/integers.js';
import type { Json } from '../../text/value.js';
import { askable } from './asking.js';
import { type FilterRole, heldAt, isSurelyIn, isSurelyOut } from './satisfying.js';

/** So many values are compared by how they part so many rows. */
const mostCompared = { values: 40, rows: 200 };

/**
 * Values by which a filter parts what is known, those first that part it best.
 * @param unseen values that nothing of it has
 */
export function tellingValues(filter: FilterRole, rows: readonly Json[], unseen: readonly Json[]): Json[] {
  // What asks whether there is anything takes none of the values that rows have.
  const values = new Map<string, Json>(
    filter.operator === 'absent' ? [true, false].map((value) => [scalarText(value), value]) : [],
  );
  for (const row of filter.operator === 'absent' ? [] : rows) {
    for (const value of heldAt(row, filter)) {
      if (typeof value === 'object' || value === '') continue;
      for (const each of filter.operator === 'starts' ? beginningsOf(scalarText(value)) : [value])
        values.set(scalarText(each), each);
    }
  }
  const telling = [...values.values()].filter((value) => {
    const matching = rows.filter((row) => isSurelyIn(row, filter, value)).length;
    return matching > 0 && matching < rows.length && !filter.neutral.includes(scalarText(value));
  });
  const some = rows.slice(0, mostCompared.rows);
  const parted = (value: Json): number => {
    const inside = some.filter((row) => isSurelyIn(row, filter, value));
    // Of several values of a row the first one may be all that is looked at.
    const isBehind = inside.some((row) => heldAt(row, filter).indexOf(value) > 0);
    const least = Math.min(inside.length, some.filter((row) => isSurelyOut(row, filter, value)).length);
    return least + (isBehind ? 0.5 : 0);
  };
  const ranked = telling
    .slice(0, mostCompared.values)
    .map((value) => ({ value, rank: -parted(value) }))
    .sort((a, b) => a.rank - b.rank);
  const best = ranked.map(({ value }) => value);
  const isParted = (ranked[0]?.rank ?? 0) < 0;
  // A filter that nothing or everything satisfies shows less, and something all the same.
  const others = [...values.values()].filter((value) => !filter.neutral.includes(scalarText(value)));
  return isParted ? best : [...unseen.slice(0, 1), ...best, ...others];
}

/** What a text may be found by that is not all of it: its first word, half of it, a few characters. */
function beginningsOf(text: string): string[] {
  const [word = ''] = /^[\p{L}\p{N}]+/u.exec(text) ?? [];
  const characters = [...text];
  const parts = [
    word,
    ...[Math.ceil(characters.length / 2), 3, 1].map((length) => characters.slice(0, length).join('')),
  ];
  return parts.filter((part) => part !== '' && part.length < text.length && part === part.trim());
}

/** Values that nothing has which the list shows, listed ones and numbers: then the filter leaves none of it. */
export function unseenValues(operation: Operation, filter: FilterRole, rows: readonly Json[]): Json[] {
  const parameter = askable(operation, filter.parameter);
  if (parameter === undefined || parameter.schema.problem !== null || filter.within.length > 0) return [];
  const listed = listedValues(viewOf(operation.document).possible(parameter.schema.pointer));
  const numbers = rows.flatMap((row) => valuesAt(row, filter.member).filter((value) => typeof value === 'number'));
  const next = filter.operator === 'eq' ? numbers.flatMap((number) => [number + 1, number - 1]) : [];
  return [...listed, ...next, ...beyond(filter, rows)].filter(
    (value) => !filter.neutral.includes(scalarText(value)) && rows.every((row) => isSurelyOut(row, filter, value)),
  );
}

/** What lies above or below all that is known: so much in milliseconds, or as a number. */
function beyond({ operator, member }: FilterRole, rows: readonly Json[]): Json[] {
  const sign = operator === 'gt' || operator === 'gte' ? 1 : operator === 'lt' || operator === 'lte' ? -1 : 0;
  const held = rows.flatMap((row) => valuesAt(row, member));
  if (sign === 0) return [];
  const numbers = held.filter((value) => typeof value === 'number');
  const moments = held.flatMap((value) => (isMoment(value) ? [Date.parse(value)] : []));
  const days = held.flatMap((value) => (isDay(value) ? [Date.parse(value)] : []));
  const furthest = (all: readonly number[]) => all.reduce((one, other) => (sign * (other - one) > 0 ? other : one));
  return [
    ...(numbers.length > 0 ? [furthest(numbers) + sign] : []),
    ...(moments.length > 0 ? [new Date(furthest(moments) + sign * year).toISOString()] : []),
    ...(days.length > 0 ? [new Date(furthest(days) + sign * year).toISOString().slice(0, 10)] : []),
  ];
}

const year = 365 * 86_400_000;
const isDay = (value: Json): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);
const isMoment = (value: Json): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value);
