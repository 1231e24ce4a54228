import { viewOf } from '../../../schema/view.js';
import { isObject, type Json } from '../../../text/value.js';
import { always, type BodyFormat, textOf, type UnwrittenBody } from '../format.js';
import { readText } from '../read.js';
import { withCharset } from './text.js';

/**
 * A table (RFC 4180; RFC 4288 for tabs): objects as rows below a line with their names, lists as rows without one, and what
 * else there is in one column. It is not read back: nothing says how a column is named, or what its text stands for.
 */
export const csv: BodyFormat = {
  name: 'csv',
  covers: ({ essence }) =>
    /^(?:text|application)\/(?:x-)?(?:csv|comma-separated-values|tab-separated-values)$/.test(essence),
  isRead: false,
  fits: always,
  write(body) {
    const { value, mediaType } = body;
    return { body: typeof value === 'string' ? value : table(body), contentType: withCharset(mediaType) };
  },
  read: readText,
};

function table(body: UnwrittenBody): string {
  const separator = /tab-separated/i.test(body.mediaType) ? '\t' : ',';
  const rows = Array.isArray(body.value) ? body.value : [body.value];
  const names = rows.length > 0 ? new Set(rows.filter(isObject).flatMap((row) => Object.keys(row))) : namesOf(body);
  const cells = rows.map((row): (Json | undefined)[] => {
    if (isObject(row)) return [...names].map((name) => (Object.hasOwn(row, name) ? row[name] : undefined));
    return Array.isArray(row) ? row : [row];
  });
  const lines = names.size > 0 ? [[...names], ...cells] : cells;
  return lines.map((line) => `${line.map((cell) => field(cell, separator)).join(separator)}\r\n`).join('');
}

/** The columns of a table without rows, as its schema has them. */
function namesOf({ content, schemas }: UnwrittenBody): ReadonlySet<string> {
  if (!content?.schema) return new Set();
  const view = viewOf(schemas.document);
  const items = view.item(view.certain(content.schema.pointer), 0).map(({ to }) => to);
  return new Set(view.members(view.certain(...items)).keys());
}

function field(cell: Json | undefined, separator: string): string {
  const text = cell === undefined || cell === null ? '' : textOf(cell);
  return /[\r\n"]|^\s|\s$/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text;
}
