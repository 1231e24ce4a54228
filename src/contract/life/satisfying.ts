import { type QueryRole, valuesAt } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import type { Json } from '../../text/value.js';
import { folded } from './likeness.js';

export type FilterRole = Extract<QueryRole, { role: 'filter' }> & {
  /** Whether rows show the address of what it asks for by its key: `project: http://host/projects/7/`. */
  readonly isByKey?: boolean;
};

export const signs: Readonly<Record<FilterRole['operator'], string>> = {
  eq: 'is',
  ne: 'is not',
  lt: 'is less than',
  lte: 'is at most',
  gt: 'is more than',
  gte: 'is at least',
  in: 'is one of',
  contains: 'has',
  starts: 'begins with',
  absent: 'is null:',
};

/** Whether nobody can take the row for one that satisfies the filter; what a row does not show decides nothing. */
export function isSurelyOut(row: Json, filter: FilterRole, asked: Json): boolean {
  const { member, operator } = filter;
  if (operator === 'absent') return isAbsent(row, member) === (scalarText(asked) === 'false');
  const held = heldAt(row, filter);
  if (held.length === 0) return false;
  switch (operator) {
    case 'ne':
      return held.length === 1 && held.every((value) => scalarText(value) === scalarText(asked));
    case 'lt':
    case 'lte':
      return held.every((value) => difference(value, asked) > 0 || isSurelyBeyond(value, asked, filter));
    case 'gt':
    case 'gte':
      return held.every((value) => difference(value, asked) < 0 || isSurelyBeyond(value, asked, filter));
    case 'starts':
      return !held.some((value) => wordsIn(value).some((word) => word.startsWith(folded(scalarText(asked)))));
    default:
      return !held.some((value) => isAlike(value, asked));
  }
}

/** Whether nobody can take the row for one that does not satisfy it. */
export function isSurelyIn(row: Json, filter: FilterRole, asked: Json): boolean {
  const { member, operator } = filter;
  if (operator === 'absent') return isAbsent(row, member) === (scalarText(asked) === 'true');
  const held = heldAt(row, filter);
  switch (operator) {
    case 'ne':
      return held.length === 1 && held.every((value) => !isAlike(value, asked));
    case 'lt':
    case 'lte':
      return held.some(
        (value) => difference(value, asked) < 0 || (operator === 'lte' && isWithin(value, asked, filter)),
      );
    case 'gt':
    case 'gte':
      return held.some(
        (value) => difference(value, asked) > 0 || (operator === 'gte' && isWithin(value, asked, filter)),
      );
    case 'starts':
      return held.some((value) => typeof value === 'string' && value.startsWith(scalarText(asked)));
    default:
      return held.some((value) => scalarText(value) === scalarText(asked));
  }
}

/** A text from each of its words on: what looks for words that begin so is called by the same names. */
function wordsIn(value: Json): string[] {
  const words = scalarText(value).split(/(?<=[^\p{L}\p{N}])(?=[\p{L}\p{N}])/u);
  return words.map((_, at) => folded(words.slice(at).join('')));
}

/** What a row has there, null apart: of addresses the keys where those are asked for. */
export function heldAt(row: Json, { member, isByKey }: FilterRole): Json[] {
  const values = valuesAt(row, member)
    .flat()
    .filter((value) => value !== null);
  return isByKey ? values.map((value) => keyInAddress(value) ?? value) : values;
}

const keyInAddress = (value: Json): number | undefined => {
  const digits =
    typeof value === 'string' ? /^(?:https?:\/\/[^/?#]+)?\/(?:[^?#]*\/)?(\d+)\/?$/.exec(value)?.[1] : undefined;
  return digits === undefined ? undefined : Number(digits);
};

/** Whether rows show addresses, where the parameter takes whole numbers alone. */
export function isAskedByKey(rows: readonly Json[], filter: FilterRole, takes: (value: Json) => boolean): boolean {
  const held = rows.flatMap((row) => heldAt(row, filter));
  return held.length > 0 && held.every((value) => keyInAddress(value) !== undefined && !takes(value)) && takes(1);
}

/** Whether a row shows null there; undefined where it shows nothing, or what one may call empty. */
function isAbsent(row: Json, member: readonly string[]): boolean | undefined {
  const [value, ...others] = valuesAt(row, member);
  if (value === undefined || others.length > 0 || value === '' || Array.isArray(value)) return undefined;
  return value === null;
}

/** Equal, but for what servers overlook; or a text that holds the other, or a moment of the day that is asked for. */
function isAlike(value: Json, asked: Json): boolean {
  const [held, wanted] = [folded(scalarText(value)), folded(scalarText(asked))];
  if (held === wanted || (typeof value === 'string' && held.includes(wanted))) return true;
  return scalarText(value) !== '' && scalarText(asked) !== '' && Number(value) === Number(asked);
}

/**
 * A bound of whole numbers is within, and any that is said to be; of moments and fractions nobody knows else how fine they are kept.
 * What is shown of a moment may be less than what is kept, so that it lies before that; a day has another beginning in each zone.
 */
function isWithin(value: Json, asked: Json, { operator, isInclusive = false }: FilterRole): boolean {
  if (typeof value === 'number') return value === Number(asked) && (isInclusive || Number.isInteger(value));
  if (!isInclusive || value !== asked || !isDate(value)) return false;
  return isDay(value) || operator === 'gte';
}

/** Whether something is at a bound that is said not to be within, as above: what is kept finer than it is shown lies behind it. */
function isSurelyBeyond(value: Json, asked: Json, { operator, isExclusive = false }: FilterRole): boolean {
  if (!isExclusive) return false;
  if (typeof value === 'number') return value === Number(asked);
  return value === asked && isDate(value) && (isDay(value) || operator === 'lt');
}

const day = 86_400_000;
const isDay = (value: string): boolean => value.length === 'yyyy-mm-dd'.length;
const isDate = (value: Json): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value);

/** Below 0, 0, above 0; NaN where there is no order. Days are compared by whole days, whatever zone they are of. */
function difference(a: Json, b: Json): number {
  if (isDate(a) && isDate(b)) {
    const apart = Date.parse(a) - Date.parse(b);
    return Math.abs(apart) <= day ? 0 : apart;
  }
  return typeof a === 'number' || typeof b === 'number' ? Number(a) - Number(b) : Number.NaN;
}
