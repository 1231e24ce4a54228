import type { Operation } from '../../operation/index.js';
import { answerContent, keyOf, type ListRole, type QueryRole, readAt, setAt } from '../../resource/index.js';
import { defaultOf, viewOf } from '../../schema/view.js';
import { isObject, type Json } from '../../text/value.js';
import { outcomeOf } from '../checks/outcome.js';
import type { Exchange } from '../types.js';
import { besideRows, isSuccess, jsonOf, rowsIn, totalIn } from './answers.js';
import { askable, askables, type Query, withAsked } from './asking.js';
import type { Asked, Hands } from './hands.js';

import { cursorIn, isLinked } from './next-page.js';

/** A list, and which one of it: the things under these ancestors. */
export interface ListAt {
  readonly role: ListRole;
  readonly path: Readonly<Record<string, Json>>;
}

export interface Page {
  readonly exchange: Exchange;
  readonly rows: readonly Json[];
}

/** A list page by page. */
export interface Walk {
  readonly pages: readonly Page[];
  /** Whether it came to the end, so that what was not seen is not there. */
  readonly isWhole: boolean;
}

/** What is known of a list, and whether that is all. */
export interface Seen {
  readonly rows: readonly Json[];
  readonly isWhole: boolean;
  /** What it shows where nothing is asked for. */
  readonly first: Page;
}

type PlaceRole = Extract<QueryRole, { first: number }>;
type SizeRole = Extract<QueryRole, { role: 'size' }>;

export const sizeRole = ({ query }: ListRole): SizeRole | undefined =>
  query.find((each): each is SizeRole => each.role === 'size');

/** So many items as a list shows on one page at most, or a hundred; null where nobody can ask for that. */
export function largestSize(operation: Operation, list: ListRole): number | null {
  const size = sizeRole(list);
  if (size === undefined) return null;
  const sizes = [size.maximum ?? 100, 100, 50, 20, 10];
  return sizes.find((one) => one <= 1_000 && withAsked(operation, {}, size, one) !== null) ?? null;
}

/** What asks for the beginning of a list, where it has to be said which part is asked for. */
export function startOf(operation: Operation, { query }: ListRole): Query {
  return query.reduce<Query>((asked, each) => {
    const isAsked =
      askable(operation, each.parameter)?.required === true && (each.role === 'page' || each.role === 'offset');
    return (isAsked ? withAsked(operation, asked, each, each.first) : null) ?? asked;
  }, {});
}

const ways: readonly QueryRole['role'][] = ['cursor', 'page', 'offset', 'after'];

/** What leads from page to page. */
export function placeRole({ query }: ListRole): PlaceRole | undefined {
  const [first] = ways.flatMap((way) => query.filter((each): each is PlaceRole => each.role === way));
  return first;
}

/** What asks for the beginning of a list that by default, as is documented, begins elsewhere, and for how many items there are. */
export function beginning(operation: Operation, role: ListRole): Query {
  return { ...counted(operation, role), ...begun(operation, role) };
}

/** `$count=true`, where a total is shown to whoever asks for it. */
function counted(operation: Operation, { envelope, query }: ListRole): Query {
  if (!envelope.some(({ role }) => role === 'total')) return {};
  const asking = askables(operation).find(
    ({ name, schema }) =>
      asksForTotal.test(name) &&
      !query.some(({ parameter }) => parameter === name) &&
      schema.problem === null &&
      viewOf(operation.document)
        .certain(schema.pointer)
        .some(({ schema: { type } }) => type === 'boolean'),
  );
  return asking === undefined ? {} : { [asking.name]: true };
}

const asksForTotal = /^\$?(?:(?:include|with|show|return)_?)?(?:total_?count|total|count)$/i;

function begun(operation: Operation, role: ListRole): Query {
  const place = placeRole(role);
  const { schema } = askable(operation, place?.parameter) ?? {};
  if (schema?.problem !== null || (place?.role !== 'page' && place?.role !== 'offset')) return {};
  const usual = defaultOf(viewOf(operation.document).certain(schema.pointer));
  const isUsual = usual === undefined || Number(usual) === place.first;
  return isUsual ? {} : (withAsked(operation, {}, place, place.first) ?? {});
}

/** Behind so many bytes of pages no further one is asked for: who sends so much heeds no size. */
const mostBytes = 2 * 1024 * 1024;

/** How a page may be answered besides. What a list is below may not be there yet, where the target needs its time. */
function opennessOf({ isPatient }: Hands, mayBeRefused: boolean, isFirst: boolean): Partial<Asked> {
  if (mayBeRefused) return { mayBeRefused: true };
  return isFirst && isPatient ? { mayBeMissing: true } : {};
}

/**
 * The pages of a list, one after the other.
 * @param besides what is asked for besides a page
 * @param size of a page; null: as the server likes
 * @param most pages that are asked for
 * @param as who asks, if not whoever the credentials are of
 * @param mayBeRefused whether what leads to a page need not be taken beside what else is asked for
 */
export async function walk(
  hands: Hands,
  { role, path }: ListAt,
  besides: Query,
  size: number | null,
  most: number,
  mayBeRefused = false,
  as?: Asked['as'],
): Promise<Walk> {
  const operation = hands.operation(role.entry);
  const query = { ...beginning(operation, role), ...besides };
  const ofSize = sizeRole(role);
  const sized = size === null || ofSize === undefined ? query : withAsked(operation, query, ofSize, size);
  const pages: Page[] = [];
  let asked: Query | null = sized;
  let bytes = 0;
  while (asked !== null && pages.length < most && bytes <= mostBytes) {
    const title = pages.length === 0 ? 'the list' : `page ${pages.length + 1} of the list`;
    const last = pages.at(-1);
    // Behind what may be the last page there need not be another one.
    const isOpen = last !== undefined && (mayBeRefused || moreSaid(last.exchange, role, countOf(pages)) !== true);
    const open = opennessOf(hands, isOpen || as !== undefined, last === undefined);
    const who = as === undefined ? open : { ...open, as };
    const exchange: Exchange | null = await hands.send({ entry: role.entry, path, query: asked, title, ...who });
    if (isOpen && exchange && outcomeOf(exchange) === 404) return { pages, isWhole: true };
    const rows = exchange && rowsIn(exchange, role);
    if (exchange === null || rows === null) {
      return { pages, isWhole: last !== undefined && exchange !== null && isUnsaid(exchange, role) };
    }
    pages.push({ exchange, rows });
    bytes += exchange.received.body.length;
    const next = nextOf(exchange, role, rows, { size, pages: pages.length, rows: countOf(pages) }, operation);
    if (next === 'end') return { pages, isWhole: true };
    if (next === null) break;
    asked = withAsked(operation, sized ?? query, next.place, next.value);
  }
  return { pages, isWhole: false };
}

/** Some leave out a list of which there is nothing, as messages of protobuf do in JSON. */
function isUnsaid(exchange: Exchange, { answer }: ListRole): boolean {
  const body = isSuccess(exchange) ? jsonOf(exchange.received) : undefined;
  return isObject(body) && (readAt(body, answer?.path ?? []) ?? null) === null;
}

interface Sofar {
  readonly size: number | null;
  readonly pages: number;
  readonly rows: number;
}

/** What leads to the next page; `end` where there is none, null where nobody can tell. */
function nextOf(
  exchange: Exchange,
  role: ListRole,
  rows: readonly Json[],
  seen: Sofar,
  operation: Operation,
): { readonly place: PlaceRole; readonly value: Json } | 'end' | null {
  const place = placeRole(role);
  const size = seen.size ?? sizeRole(role)?.default ?? null;
  const isShort = size !== null && rows.length < size;
  // Without a way to ask for another page the list is promised whole, or says itself that what it shows is all.
  if (place === undefined) {
    const isAll = isShort && totalIn(exchange, role)?.value === seen.rows;
    return mayBePart(operation, role, rows) && !isAll ? null : 'end';
  }
  const isMore = moreSaid(exchange, role, seen.rows);
  if (rows.length === 0 || isMore === false) return 'end';
  if (place.role === 'cursor') {
    const value = cursorIn(exchange, role, place);
    return value === undefined ? 'end' : value === null ? null : { place, value };
  }
  // A server has a largest page of its own, and says what is behind it.
  if (isShort && isMore !== true) return 'end';
  // Where no page may be empty, what stands behind the last one cannot be shown.
  if (isMore === null && isNeverEmpty(operation, role, exchange))
    return totalIn(exchange, role) === null ? null : 'end';
  if (place.role === 'page') return { place, value: place.first + seen.pages };
  if (place.role === 'offset') return { place, value: place.first + itemsBefore(seen, isShort) };
  const key = keyOf(role.resource, rows.at(-1) ?? null);
  return key === undefined ? null : { place, value: key };
}

function itemsBefore({ size, pages, rows }: Sofar, isShort: boolean): number {
  return size === null || isShort ? rows : pages * size;
}

/** Whether a list of which no further page can be asked for may all the same be a part, as where a body says its size. */
export function isCut({ query, sent }: ListRole): boolean {
  const cutting: readonly QueryRole['role'][] = ['size', 'before'];
  return (
    query.some(({ role }) => cutting.includes(role)) || sent.some(({ role }) => [...cutting, ...ways].includes(role))
  );
}

/**
 * Whether a list says that there is more behind what was seen of it; null where it does not say.
 * @param seen items up to here
 */
function moreSaid(exchange: Exchange, role: ListRole, seen: number): boolean | null {
  const hasMore = besideRows(exchange, role, 'has-more');
  if (typeof hasMore === 'boolean') return hasMore;
  const isLast = besideRows(exchange, role, 'is-last');
  if (typeof isLast === 'boolean') return !isLast;
  for (const kind of ['next-url', 'next-page'] as const) {
    const next = besideRows(exchange, role, kind);
    if (next !== undefined) return next !== null && next !== '' && next !== false;
  }
  if (isLinked(exchange, role)) return true;
  return seen < (totalIn(exchange, role)?.value ?? 0) ? true : null;
}

/**
 * Whether the document says that the list has items, however many there are.
 * @param shown an answer that shows the list: what is right of it but for its items, and wrong without any, may not be empty
 */
export function isNeverEmpty(operation: Operation, role: ListRole, shown?: Exchange): boolean {
  const { path = [], inside = [], isKeyed = false } = role.answer ?? {};
  const schema = answerContent(operation, role)?.schema;
  const body = shown && jsonOf(shown.received);
  if (schema && schema.problem === null && isObject(body) && path.length > 0 && !isKeyed) {
    if (schema.accepts(body) && !schema.accepts(setAt(body, path, []))) return true;
  }
  // An empty list may be what each of several branches allows.
  if (path.length + inside.length === 0 && !isKeyed && schema && schema.problem === null && !schema.accepts([]))
    return true;
  return boundsOf('minItems', operation, role).some((least) => least > 0);
}

/** Whether there may be others than a list shows: it is cut, or has as many items as it may have. */
function mayBePart(operation: Operation, role: ListRole, rows: readonly Json[]): boolean {
  return isCut(role) || boundsOf('maxItems', operation, role).some((most) => rows.length >= most);
}

/** What the document says of the length of a list. */
function boundsOf(keyword: 'minItems' | 'maxItems', operation: Operation, role: ListRole): readonly number[] {
  const schema = answerContent(operation, role)?.schema;
  if (!schema || schema.problem !== null) return [];
  const parts = viewOf(operation.document).within(schema.pointer, role.answer?.path ?? []);
  return parts.flatMap(({ schema: { [keyword]: bound } }) => (typeof bound === 'number' ? bound : []));
}

export function countOf(pages: readonly Page[]): number {
  return pages.reduce((count, { rows }) => count + rows.length, 0);
}
