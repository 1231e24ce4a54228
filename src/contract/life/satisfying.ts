import { type QueryRole, valuesAt } from '../../resource/index.js';
import type { Json } from '../../text/value.js';
import { folded } from './likeness.js';

export type FilterRole = Extract<QueryRole, { role: 'filter' }>;

export const signs: Readonly<Record<FilterRole['operator'], string>> = {
  eq: 'is',
  ne: 'is not',
  lt: 'is less than',
  lte: 'is at most',
  gt: 'is more than',
  gte: 'is at least',
  in: 'is one of',
  contains: 'has',
  absent: 'is null:',
};

/** Whether nobody can take the row for one that satisfies the filter; what a row does not show decides nothing. */
export function isSurelyOut(row: Json, { member, operator }: FilterRole, asked: Json): boolean {
  const held = valuesAt(row, member)
    .flat()
    .filter((value) => value !== null);
  if (held.length === 0) return false;
  switch (operator) {
    case 'absent':
      return String(asked) === 'true';
    case 'ne':
      return held.length === 1 && held.every((value) => String(value) === String(asked));
    case 'lt':
    case 'lte':
      return held.every((value) => difference(value, asked) > 0);
    case 'gt':
    case 'gte':
      return held.every((value) => difference(value, asked) < 0);
    default:
      return !held.some((value) => isAlike(value, asked));
  }
}

/** Whether nobody can take the row for one that does not satisfy it. */
export function isSurelyIn(row: Json, { member, operator }: FilterRole, asked: Json): boolean {
  const held = valuesAt(row, member)
    .flat()
    .filter((value) => value !== null);
  switch (operator) {
    case 'absent':
      return String(asked) === 'false' && held.length > 0;
    case 'ne':
      return held.length === 1 && held.every((value) => !isAlike(value, asked));
    case 'lt':
    case 'lte':
      return held.some((value) => difference(value, asked) < 0);
    case 'gt':
    case 'gte':
      return held.some((value) => difference(value, asked) > 0);
    default:
      return held.some((value) => String(value) === String(asked));
  }
}

/** Equal, but for what servers overlook; or a text that holds the other, or a moment of the day that is asked for. */
function isAlike(value: Json, asked: Json): boolean {
  const [held, wanted] = [folded(String(value)), folded(String(asked))];
  if (held === wanted || (typeof value === 'string' && held.includes(wanted))) return true;
  return String(value) !== '' && String(asked) !== '' && Number(value) === Number(asked);
}

const day = 86_400_000;
const isDate = (value: Json): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value);

/** Below 0, 0, above 0; NaN where there is no order. Days are compared by whole days, whatever zone they are of. */
function difference(a: Json, b: Json): number {
  if (isDate(a) && isDate(b)) {
    const apart = Date.parse(a) - Date.parse(b);
    return Math.abs(apart) <= day ? 0 : apart;
  }
  return typeof a === 'number' || typeof b === 'number' ? Number(a) - Number(b) : Number.NaN;
}
