import { inTable, isObject, type Json, type JsonObject } from '../../../text/value.js';

/** What stands between the items of a list, as a pattern, by `collectionFormat` (OpenAPI 2.0, Items Object). */
const separators: Readonly<Record<string, string>> = { csv: ',', ssv: ' ', tsv: '\\t', pipes: '\\|' };

/**
 * A list as the text that stands on the wire: OpenAPI 3 has no word for a list inside of a list, nor for one in a header
 * that is parted by anything but commas. A pattern says what the list said.
 * @param list an Items or Header Object of type `array`
 */
export function listAsText(list: JsonObject): JsonObject {
  const text: JsonObject = { type: 'string', pattern: `^${listPattern(list, '')}$` };
  if (Array.isArray(list.default)) text.default = joined(list.default, list);
  return text;
}

/** The text of a list. */
export function joined(values: readonly Json[], list: JsonObject): string {
  const separator = separatorOf(list).replace('\\t', '\t').replace('\\', '');
  const { items } = list;
  const inner = isObject(items) ? items : {};
  return values.map((value) => (Array.isArray(value) ? joined(value, inner) : String(value))).join(separator);
}

function separatorOf({ collectionFormat = 'csv' }: JsonObject): string {
  return inTable(separators, String(collectionFormat)) ?? ',';
}

/** @param taken what parts the lists around: a text in this one holds none of it */
function listPattern(list: JsonObject, taken: string): string {
  const separator = separatorOf(list);
  const item = itemPattern(isObject(list.items) ? list.items : {}, taken + separator);
  const least = typeof list.minItems === 'number' ? list.minItems : 0;
  const most = typeof list.maxItems === 'number' ? list.maxItems : undefined;
  if (most === 0) return '';
  const others =
    least < 2 && most === undefined ? '*' : `{${Math.max(0, least - 1)},${most === undefined ? '' : most - 1}}`;
  const whole = `${item}(?:${separator}${item})${others}`;
  return least > 0 ? whole : `(?:${whole})?`;
}

function itemPattern(item: JsonObject, taken: string): string {
  if (Array.isArray(item.enum)) return `(?:${item.enum.map((value) => escaped(String(value))).join('|')})`;
  if (item.type === 'array') return listPattern(item, taken);
  if (item.type === 'integer') return '-?\\d+';
  if (item.type === 'number') return '-?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?';
  if (item.type === 'boolean') return '(?:true|false)';
  return `[^${taken}]+`;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
