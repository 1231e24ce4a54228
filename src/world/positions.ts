import { readAt } from '../resource/index.js';
import { scalarText } from '../text/integers.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { phraseOf, remembering } from '../text/words.js';

const isPosition = remembering((name) =>
  /^(?:position|pos|sort order|display order|order index|sort index|ordinal)$/.test(phraseOf(name)),
);

/** The member of a row that says which place it has among others; undefined where it has none. */
export function positionIn(row: Json | undefined): string | undefined {
  return isObject(row) ? Object.keys(row).find((name) => isPosition(name) && Number.isInteger(row[name])) : undefined;
}

const positionText = /"[^"]*(?:pos|order|sort|ordinal)/i;

/** The same of a row whose value need not be read from its JSON where nothing in it is called so. */
export function isPlaced(row: { readonly text: string; readonly value: Json } | undefined): boolean {
  return row !== undefined && positionText.test(row.text) && positionIn(row.value) !== undefined;
}

/** A row at a place, counted from 1. */
export function placedAt(row: Json, place: number, isValid: (row: Json) => boolean): Json {
  const name = positionIn(row);
  const placed = name === undefined ? row : { ...(row as JsonObject), [name]: place };
  return placed !== row && isValid(placed) ? placed : row;
}

/**
 * A new row behind the others that stand where it does.
 * @param around what the path says of where that is
 * @param others the first of all rows
 */
export function placedLast(
  row: Json,
  around: readonly { readonly member: readonly string[] | null; readonly value: string }[],
  others: () => readonly Json[],
  isValid: (row: Json) => boolean,
): Json {
  const name = positionIn(row);
  if (name === undefined) return row;
  const isBeside = (other: Json): boolean =>
    around.every(({ member, value }) => {
      const held = member === null ? value : readAt(other, member);
      return (typeof held === 'string' || typeof held === 'number') && scalarText(held) === value;
    });
  const places = others().flatMap((other) => {
    const place = isBeside(other) ? readAt(other, [name]) : undefined;
    return typeof place === 'number' ? [place] : [];
  });
  return placedAt(row, places.reduce((most, place) => Math.max(most, place), 0) + 1, isValid);
}
