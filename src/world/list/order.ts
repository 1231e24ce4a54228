import { isHolder, type ListRole, membersSaid, type QueryRole, readAt, type SaidOrder } from '../../resource/index.js';
import { isPlainNumber } from '../../text/plain-number.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import { readInstant } from '../coherence/instant.js';
import { positionIn } from '../positions.js';
import type { Row } from '../row.js';
import { type Query, saidBy } from './filter.js';
import { compared, memberCalled } from './values.js';

interface Criterion {
  readonly path: readonly string[];
  readonly descending: boolean;
}

type Asked = Pick<ListRole, 'query'> & { readonly resource: Pick<ListRole['resource'], 'listed' | 'writesNumbers'> };

interface Order extends Criterion {
  /** The places of values that the document lists: a low priority comes before a medium one. */
  readonly listed: ReadonlyMap<unknown, number>;
  /** Whether all values are numbers, or write one: else `6` comes after `45`, as `5a` does. */
  readonly areNumbers: boolean;
  /** Whether the document says that they are: what writes one comes before what does not. */
  readonly areApart: boolean;
}

const isNumber = (value: Json): boolean =>
  typeof value === 'number' || (typeof value === 'string' && isPlainNumber(value));

/**
 * Rows in the order that the query asks for; where it asks for none that they have in the one that the document says, by their places among
 * each other, or as they are.
 */
export function inOrder(
  { query, resource }: Asked,
  values: Query,
  rows: readonly Row[],
  said: SaidOrder | null = null,
): readonly Row[] {
  const isAsked = asksForOrder({ query }, values);
  const usual = said === null || isAsked ? [] : criteriaSaid(said, rows);
  if (said !== null && usual.length > 0) {
    // Of what was made in one instant the newest stands first.
    const before = said.isOfTime && !said.isDescending ? rows.toReversed() : rows;
    return sorted(before, usual, resource);
  }
  const place = isAsked ? undefined : positionIn(rows[0]?.value);
  if (place !== undefined) return sorted(rows, [{ path: [place], descending: false }], resource);
  if (!isAsked) return rows;
  const criteria = query.flatMap((role) => {
    if (role.role !== 'order') return [];
    const separate = query.find(
      (other) => other.role === 'direction' && other.parameter === (role.direction ?? other.parameter),
    );
    return criteriaOf(saidBy(role, values), separate !== undefined && isFalling(separate, values), rows);
  });
  return criteria.length === 0 ? rows : sorted(rows, criteria, resource);
}

function criteriaSaid(said: SaidOrder, rows: readonly Row[]): readonly Criterion[] {
  const isInstant = (name: string, value: Json) => readInstant(name, value) !== null;
  const path = firstPath(rows, membersSaid(said, rows[0]?.value, isInstant));
  const ahead = said.ahead === undefined ? null : firstPath(rows, [said.ahead, `is_${said.ahead}`]);
  const all = [
    { path: ahead, descending: true },
    { path, descending: said.isDescending === true },
  ];
  return all.flatMap(({ path, descending }) => (path === null ? [] : [{ path, descending }]));
}

function sorted(rows: readonly Row[], criteria: readonly Criterion[], resource: Asked['resource']): readonly Row[] {
  // Of each row only what counts is held while they are sorted.
  const placed = rows.map((row) => {
    const { value } = row;
    return { row, by: criteria.map(({ path }) => readAt(value, path) ?? null) };
  });
  const orders = criteria.map((criterion, index) => ({
    ...criterion,
    listed: placesIn(
      resource.listed(criterion.path),
      placed.map(({ by }) => by[index] ?? null),
    ),
    areNumbers: placed.every(({ by }) => typeof by[index] !== 'string' || isNumber(by[index])),
    areApart: resource.writesNumbers(criterion.path),
  }));
  return placed.sort((a, b) => order(a.by, b.by, orders)).map(({ row }) => row);
}

/** Whether the query asks for an order, so that all rows have to be looked at. */
export function asksForOrder({ query }: Pick<ListRole, 'query'>, values: Query): boolean {
  return query.some((role) => role.role === 'order' && saidBy(role, values) !== undefined);
}

/** What a parameter says that only says which way: `desc`, `-1`, or yes and no, of what its name says (`descending`, `isAscending`). */
function isFalling(role: Pick<QueryRole, 'parameter' | 'within'>, values: Query): boolean {
  const said = String(saidBy(role, values) ?? '');
  const isYes = /^true$/i.test(said);
  if (isYes || /^false$/i.test(said)) return isYes !== /asc/i.test(role.within.at(-1) ?? role.parameter);
  return /^(desc|-|down)/i.test(said);
}

/** What an object of a body says by what is sorted and which way: `{ "property": "name", "direction": "descending" }`. */
function textOf(asked: JsonObject): readonly string[] {
  const called = (name: RegExp) => Object.entries(asked).find(([key]) => name.test(phraseOf(key)))?.[1];
  const by = called(/^(?:sort )?(?:property|field|column|key|by|name|attribute|member|timestamp)(?: name)?$/);
  const way = called(/^(?:sort )?(?:direction|order|dir|type|desc|descending)$/);
  if (typeof by !== 'string') return [];
  return [/^desc/i.test(String(way)) || way === true || way === -1 ? `-${by}` : by];
}

/**
 * `name`, `-created_at`, `price:desc`, `price desc`, `created_desc`, `price,desc`, and several of these with commas; objects that say as
 * much in a body.
 */
function criteriaOf(asked: unknown, isFalling: boolean, rows: readonly Row[]): Criterion[] {
  const texts = [asked]
    .flat()
    .flatMap((one) => (typeof one === 'string' ? one.split(',') : isObject(one) ? textOf(one) : []));
  const criteria: Criterion[] = [];
  for (const text of texts) {
    const last = criteria.at(-1);
    if (last !== undefined && /^\s*(?:asc|desc)(?:ending)?\s*$/i.test(text)) {
      criteria[criteria.length - 1] = { ...last, descending: /desc/i.test(text) };
      continue;
    }
    const [, sign = '', name = '', suffix = ''] =
      /^\s*([+-]?)\s*(.+?)(?:[:\s.|_-]+(asc|desc|ascending|descending))?\s*$/i.exec(text) ?? [];
    const path = pathIn(rows, name);
    if (path !== null)
      criteria.push({ path, descending: sign === '-' || (suffix === '' ? isFalling : /^desc/i.test(suffix)) });
  }
  return criteria;
}

function firstPath(rows: readonly Row[], names: readonly string[]): readonly string[] | null {
  for (const name of names) {
    const path = pathIn(rows, name);
    if (path !== null) return path;
  }
  return null;
}

/** The member that a criterion names, as the first row that has it calls it: one may lack what is optional. */
function pathIn(rows: readonly Row[], name: string): readonly string[] | null {
  for (const { value } of rows) {
    const path = pathTo(value, name);
    if (path !== null) return path;
  }
  return null;
}

/**
 * The member of a row that a criterion names: as it is called, or without what belongs to its kind (`created` for `created_at`), also
 * where what a row says stands in one object.
 */
function pathTo(row: Json, name: string): readonly string[] | null {
  if (!isObject(row)) return null;
  const exact = memberCalled(row, name);
  // The type of a resource object is the same in all rows (JSON:API 1.1, 7.2.2): one that its attributes have is asked for.
  if (exact === 'type' && isObject(row.attributes) && Object.hasOwn(row.attributes, exact))
    return ['attributes', exact];
  if (exact !== undefined) return momentIn(row, exact);
  const path = name.split(/[./]/);
  if (path.length > 1 && readAt(row, path) !== undefined) return path;
  const words = phraseOf(name);
  const plain = words.replace(/ (at|on|date|time)$/, '');
  const near =
    Object.keys(row).find((member) => new RegExp(`^${words} (at|on|date|time)$`).test(phraseOf(member))) ??
    (plain === words ? undefined : Object.keys(row).find((member) => phraseOf(member) === plain));
  if (near !== undefined) return momentIn(row, near);
  const holder = Object.keys(row).find((member) => isHolder(member) && isObject(row[member]));
  const inside = holder === undefined ? null : pathTo(row[holder] as Json, name);
  return holder === undefined || inside === null ? null : [holder, ...inside];
}

/** The place of a member; of one that holds an instant beside a time zone (`{ "start": { "dateTime": … } }`) that of the instant. */
function momentIn(row: JsonObject, member: string): readonly string[] {
  const held = row[member];
  const inside = isObject(held) ? Object.keys(held).find((one) => /^date ?time$/.test(phraseOf(one))) : undefined;
  return inside === undefined ? [member] : [member, inside];
}

function order(a: readonly Json[], b: readonly Json[], orders: readonly Order[]): number {
  for (const [index, { descending, listed, areNumbers, areApart }] of orders.entries()) {
    const [left, right] = [a[index] ?? null, b[index] ?? null];
    // What has no value comes last, whichever way it goes.
    if (left === null || right === null) {
      if (left !== right) return left === null ? 1 : -1;
      continue;
    }
    const [first, second] = [listed.get(left), listed.get(right)];
    const isListed = first !== undefined && second !== undefined;
    const difference = isListed ? first - second : byValue(left, right, areNumbers, areApart);
    if (difference !== 0 && !Number.isNaN(difference)) return descending ? -difference : difference;
  }
  return 0;
}

function byValue(left: Json, right: Json, areNumbers: boolean, areApart: boolean): number {
  const apart = areApart ? Number(isNumber(right)) - Number(isNumber(left)) : 0;
  return apart || compared(left, right, areNumbers || areApart);
}

/** The places of listed values; none where another one stands among them, which has no place there. */
function placesIn(listed: readonly unknown[], values: readonly Json[]): ReadonlyMap<unknown, number> {
  const places = new Map(listed.map((value, place) => [value, place]));
  return values.every((value) => value === null || places.has(value)) ? places : new Map();
}
