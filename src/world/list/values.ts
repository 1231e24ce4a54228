import { isSameName } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { isObject, type Json } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';

const isDate = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value);

/**
 * Below 0, 0, above 0, as numbers, instants or texts; NaN where there is no order between them.
 * @param areNumbers whether texts that write numbers are compared as such
 */
export function compared(a: unknown, b: unknown, areNumbers = true): number {
  if (a === null || a === undefined || b === null || b === undefined) return Number.NaN;
  if (typeof a === 'number' && isDate(b)) return a - Date.parse(b) / (a > 1e11 ? 1 : 1000);
  const apart = isDate(a) && isDate(b) ? Date.parse(a) - Date.parse(b) : Number.NaN;
  if (!Number.isNaN(apart)) return apart;
  const [left, right] = [Number(a), Number(b)];
  if (areNumbers && !Number.isNaN(left) && !Number.isNaN(right) && a !== '' && b !== '') return left - right;
  return scalarText(a) < scalarText(b) ? -1 : scalarText(a) > scalarText(b) ? 1 : 0;
}

/** The member of a row that has a name, written in whichever way; undefined where it has none. */
export function memberCalled(row: Json, name: string): string | undefined {
  if (!isObject(row)) return undefined;
  if (Object.hasOwn(row, name)) return name;
  const words = phraseOf(name);
  const members = Object.keys(row);
  return members.find((member) => phraseOf(member) === words) ?? members.find((member) => isSameName(member, name));
}
