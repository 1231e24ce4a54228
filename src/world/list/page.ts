import type { Operation } from '../../operation/index.js';
import { answerContent, keyOf, type ListRole, type QueryRole } from '../../resource/index.js';
import { viewOf } from '../../schema/view.js';
import { scalarText } from '../../text/integers.js';
import type { Json } from '../../text/value.js';
import type { Ground } from '../ground.js';
import type { Row } from '../row.js';
import { type Query, saidBy } from './filter.js';

/** Rows of a page where the document says nothing of its size, and something of pages. */
const usualSize = 10;
/** Rows of an answer, where the document does not speak of more by itself. */
export const maximumSize = 1000;
/** Rows of an answer, whatever the document says. */
const maximumDocumented = 10_000;

/** Which rows of a list an answer shows. */
export interface Page {
  readonly rows: readonly Row[];
  /** Of all rows that the query asks for. */
  readonly total: number;
  /** How many come before. */
  readonly offset: number;
  readonly size: number;
  /** What a `Range` counts, as it stands before the numbers: `items `, or nothing. Only where one was asked for. */
  readonly unit?: string;
}

/** Rows that a header asks for by their places, counted from 0: `Range: items=0-9`. */
export interface AskedRange {
  readonly unit: string;
  readonly offset: number;
  readonly size: number;
}

/** What a field `Range` asks of a list (RFC 9110, 14.2); null where that is bytes, or nothing that can be read. */
export function rangeIn(field: string | undefined): AskedRange | null {
  const [, unit = '', from = '', to = ''] = /^\s*(?:([\w-]+)\s*=\s*)?(\d{1,9})-(\d{0,9})\s*$/.exec(field ?? '') ?? [];
  if (from === '' || unit === 'bytes' || (to !== '' && Number(to) < Number(from))) return null;
  const size = to === '' ? maximumSize : Number(to) - Number(from) + 1;
  return { unit: unit && `${unit} `, offset: Number(from), size: Math.min(size, maximumSize) };
}

/** Rows in order, of which not all need be looked at. */
export interface Rows {
  readonly size: number;
  rows(from: number, to: number): readonly Row[];
  indexOf(key: string): number | undefined;
}

export function rowsOf(list: readonly Row[], { resource }: ListRole): Rows {
  return {
    size: list.length,
    rows: (from, to) => list.slice(from, to),
    indexOf(key) {
      const index = list.findIndex(({ value }) => keyOf(resource, value) === key);
      return index < 0 ? undefined : index;
    },
  };
}

/** @param most items that the answer may have */
export function pageOf(role: ListRole, values: Query, rows: Rows, most: number, range: AskedRange | null = null): Page {
  const last = range === null ? lastOf(role, values) : undefined;
  const asked = Math.min(range?.size ?? last ?? sizeOf(role, values), most);
  const end = range === null ? endOf(role, values, rows) : undefined;
  if (end !== undefined || last !== undefined) {
    const to = end ?? rows.size;
    const from = Math.max(0, to - asked);
    return { rows: rows.rows(from, to), total: rows.size, offset: from, size: to - from };
  }
  const size = asked;
  // A page behind the last one is empty, and is the page that was asked for.
  const offset =
    range === null
      ? Math.min(offsetOf(role, values, rows, size), Number.MAX_SAFE_INTEGER)
      : Math.min(range.offset, rows.size);
  const page = { rows: rows.rows(offset, offset + size), total: rows.size, offset, size };
  return range === null ? page : { ...page, unit: range.unit };
}

/** How many of the last rows are asked for; undefined where none are. */
function lastOf({ query }: ListRole, values: Query): number | undefined {
  const role = query.find((each) => each.role === 'last');
  const number = role === undefined ? Number.NaN : numberIn(saidBy(role, values));
  return number >= 0 ? Math.floor(number) : undefined;
}

/** How many rows come before the one that those which are asked for end before; undefined where none is named. */
function endOf(list: ListRole, values: Query, rows: Rows): number | undefined {
  const role = list.query.find((each) => each.role === 'before');
  const value = role && saidBy(role, values);
  if (value === undefined || value === null || value === '') return undefined;
  const before = readCursor(scalarText(value), rows, list);
  return before > 0 ? before - 1 : undefined;
}

/** How many rows are asked for, or else the documented default; undefined where neither is said. */
export function saidSizeOf({ query }: Pick<ListRole, 'query'>, values: Query): number | undefined {
  const role = query.find(isSize);
  const asked = role === undefined ? Number.NaN : numberIn(saidBy(role, values));
  return asked >= 0 ? Math.floor(asked) : (role?.default ?? undefined);
}

const isSize = (each: QueryRole): each is Extract<QueryRole, { role: 'size' }> => each.role === 'size';

function sizeOf({ query }: ListRole, values: Query): number {
  const role = query.find(isSize);
  const hasPlace = query.some(isPlace);
  const asked = role === undefined ? Number.NaN : numberIn(saidBy(role, values));
  const usual = role?.default ?? role?.described ?? (hasPlace ? usualSize : maximumSize);
  const size = Number.isNaN(asked) || asked < 0 ? usual : Math.floor(asked);
  const documented = Math.min(Math.max(role?.default ?? 0, maximumSize), maximumDocumented);
  return Math.min(size, role?.maximum ?? documented, documented);
}

export type PlaceRole = Extract<QueryRole, { first: number }>;

export function isPlace(role: QueryRole): role is PlaceRole {
  return ['page', 'offset', 'cursor', 'after', 'before'].includes(role.role);
}

/** By the first parameter that leads further than to the start: `page=3` counts, though `offset=0` is sent too, or the default. */
function offsetOf(list: ListRole, values: Query, rows: Rows, size: number): number {
  for (const role of list.query) {
    const value = isPlace(role) ? saidBy(role, values) : undefined;
    if (!isPlace(role) || value === undefined || value === null || value === '') continue;
    const offset = offsetBy(list, role, value, rows, size);
    if (offset > 0) return offset;
  }
  return 0;
}

function offsetBy(list: ListRole, role: PlaceRole, value: unknown, rows: Rows, size: number): number {
  const number = numberIn(value);
  switch (role.role) {
    case 'page':
      return Number.isNaN(number) ? 0 : Math.max(0, Math.floor(number) - role.first) * size;
    case 'offset':
      return Number.isNaN(number) ? 0 : Math.max(0, Math.floor(number) - role.first);
    case 'cursor':
    case 'after':
      return readCursor(scalarText(value), rows, list);
    case 'before':
      return 0;
  }
}

function numberIn(value: unknown): number {
  return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : Number.NaN;
}

/** Ways to write a place in a list, best first: after a row by its key (the so many-th), or after so many rows. */
export function cursorsFor(role: ListRole, before: Json | undefined, offset: number): Json[] {
  const key = before === undefined ? undefined : keyOf(role.resource, before);
  const texts = [...(key === undefined ? [] : [`after ${offset} ${key}`]), `from ${offset}`];
  const keys = key === undefined ? [] : [key, ...(String(Number(key)) === key ? [Number(key)] : [])];
  return [...texts.map(encode), ...keys, String(offset), offset];
}

/** How many rows come before the place that a cursor names: 0 for one that is not ours. */
function readCursor(cursor: string, rows: Rows, { resource }: ListRole): number {
  const [, from, after, key = ''] = /^(?:from (\d+)|after (\d+) (.*))$/s.exec(decode(cursor)) ?? [];
  if (from !== undefined) return Number(from);
  if (after !== undefined) {
    // Where it stood it stands still for the most part: below several things a list has several of one key.
    const place = Math.max(0, Number(after) - 1);
    const [there] = rows.rows(place, place + 1);
    if (there !== undefined && keyOf(resource, there.value) === key) return place + 1;
    // Behind a row that is gone since stands what stood behind it.
    const index = rows.indexOf(key);
    return index === undefined ? place : index + 1;
  }
  const index = rows.indexOf(cursor);
  if (index !== undefined) return index + 1;
  return /^\d{1,15}$/.test(cursor) ? Number(cursor) : 0;
}

/** Base64url without padding (RFC 4648, 5): nobody is to read a cursor. */
function encode(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function decode(cursor: string): string {
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    return '';
  }
}

/** Whether a list speaks of ranges: it takes them, or says which one it shows. */
export function takesRange({ envelope }: ListRole, { parameters }: Operation): boolean {
  if (envelope.some(({ role }) => role === 'content-range')) return true;
  return parameters.some(({ in: place, name }) => place === 'header' && name.toLowerCase() === 'range');
}

/** As many items as a list may have. */
export function mostItems(role: ListRole, operation: Operation, { operations }: Ground): number {
  const known = most.get(role);
  if (known !== undefined) return known;
  const schema = answerContent(operation, role)?.schema;
  const parts = schema ? viewOf(operations.document).within(schema.pointer, role.answer?.path ?? []) : [];
  const found = Math.min(
    ...parts.map(({ schema: one }) => (typeof one.maxItems === 'number' ? one.maxItems : Number.POSITIVE_INFINITY)),
  );
  most.set(role, found);
  return found;
}

const most = new WeakMap<ListRole, number>();
