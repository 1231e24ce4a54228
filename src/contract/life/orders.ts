import { type ListRole, type QueryRole, readAt } from '../../resource/index.js';
import { listedValues, type Part, viewOf } from '../../schema/view.js';
import { scalarText } from '../../text/integers.js';
import { isPlainNumber, saysNumber } from '../../text/plain-number.js';
import { isObject, type Json } from '../../text/value.js';
import type { Exchange } from '../types.js';
import { nameOf, rowsIn } from './answers.js';
import { askable, type Query, withAsked } from './asking.js';
import { closedPath, openedJson } from './attributes.js';
import type { Hands, Outcome } from './hands.js';
import { folded } from './likeness.js';
import { listedMember } from './members.js';
import { beginning, type ListAt, type Seen, walk } from './walk.js';

export type OrderRole = Extract<QueryRole, { role: 'order' }>;

/** An order that may be asked for, and what it means. */
export interface Order {
  readonly query: Query;
  readonly member: readonly string[];
  /** null: nobody says which way. */
  readonly isDescending: boolean | null;
  /** Whether the document says that one may ask for it. */
  readonly isPromised: boolean;
}

function isAlike(rows: readonly Json[], others: readonly Json[]): boolean {
  return JSON.stringify(rows) === JSON.stringify(others);
}

/** Orders of one list that are tried. */
const mostOrders = 6;

/** Names of when a thing was changed. */
const changed = /updat|modif|chang|edit/i;

/** The orders by when things were changed, once one of them has been. */
export async function checkOrdersByChange(hands: Hands, at: ListAt): Promise<void> {
  if (!at.role.query.some(({ role }) => role === 'order')) return;
  const { pages, isWhole } = await walk(hands, at, {}, null, 1, true);
  const [first] = pages;
  if (first === undefined) return;
  await checkOrders(hands, at, { rows: first.rows, isWhole, first }, (member) => changed.test(member.at(-1) ?? ''));
}

/**
 * Each order that a list can be asked for, as far as what it shows differs in that member.
 * @param isWanted whether the order by a member is
 */
export async function checkOrders(
  hands: Hands,
  { role, path }: ListAt,
  { rows: all, first }: Seen,
  isWanted: (member: readonly string[]) => boolean = () => true,
): Promise<void> {
  const rows = all.map(openedJson);
  const order = role.query.find((each): each is OrderRole => each.role === 'order');
  if (order === undefined) return;
  const operation = hands.operation(role.entry);
  const pointer = askable(operation, order.parameter)?.pointer;
  const orders = ordersOf(hands, role, order, rows).filter(({ member }) => isWanted(member));
  for (const { query, member, isDescending, isPromised } of orders.slice(0, mostOrders)) {
    await hands.hold('sorted', async () => {
      const exchange = await hands.send({
        entry: role.entry,
        path,
        query,
        title: `the list sorted by ${member.join('.')}`,
        ...(!isPromised && { mayBeRefused: true }),
      });
      // Who is asked for what nobody has promised may as well not hear it, or refuse it.
      const isUnheard = !isPromised && exchange !== null && isAlike(rowsIn(exchange, role) ?? [], first.rows);
      const outcome =
        exchange &&
        (isUnheard
          ? unheard(exchange, member)
          : judged(exchange, rowsIn(exchange, role) ?? [], member, isDescending, (row) =>
              listedMember(operation, role, closedPath(row, member)),
            ));
      return outcome?.said && pointer !== undefined ? { ...outcome, said: { ...outcome.said, pointer } } : outcome;
    });
  }
}

/** What one may ask for, of each member first one way and then the other. */
export function ordersOf(hands: Hands, role: ListRole, order: OrderRole, rows: readonly Json[]): Order[] {
  const operation = hands.operation(role.entry);
  const [sample] = rows;
  const parameter = askable(operation, order.parameter);
  if (parameter === undefined || !isObject(sample)) return [];
  const parts = viewOf(operation.document).certain(parameter.schema.pointer);
  const view = viewOf(operation.document);
  const listed = [...listedValues(parts), ...listedValues(view.certain(...view.item(parts, 0).map(({ to }) => to)))];
  const named = Object.keys(sample).filter((name) => isTelling(rows, [name]));
  const text = [parameter.description, ...parts.map(({ schema }) => schema.pattern)].join(' ');
  const words = new Set(text.split(/[^\w.-]+/).map((word) => word.replace(/^[-.]+|[-.]+$/g, '')));
  const described = named.filter((name) => words.has(name));
  const values = [listed, described, named].find((each) => each.length > 0) ?? [];
  const isPromised = values !== named;
  const found: Order[] = [];
  // "property,(asc|desc)" says how a way is put behind a member.
  const [, mark] = /([,:])\s*[([{<]?(?:asc|desc)\b/i.exec(text) ?? [];
  const isWhole = mark === undefined || values === listed;
  const whole = isWhole ? values : values.flatMap((value) => [`${value}${mark}asc`, `${value}${mark}desc`]);
  for (const value of whole) {
    const told = criterionOf(value, sample);
    const criterion = told && { ...told, isPromised };
    const query = criterion && withAsked(operation, beginning(operation, role), order, value);
    if (!criterion || !query || !isTelling(rows, criterion.member)) continue;
    found.push(...directed(hands, role, order, query, criterion));
  }
  return found;
}

/** With `asc` and `desc`, where a parameter says which way. */
function directed(
  hands: Hands,
  role: ListRole,
  { direction, parameter }: OrderRole,
  query: Query,
  criterion: Pick<Order, 'member' | 'isDescending' | 'isPromised'>,
): Order[] {
  const operation = hands.operation(role.entry);
  const way = role.query.find((each) => each.role === 'direction' && each.parameter === (direction ?? parameter));
  if (way === undefined) return [{ query, ...criterion }];
  const isRising = /asc/i.test(way.parameter);
  const words: [Json, boolean][] = [
    ['asc', false],
    ['desc', true],
    ['ASC', false],
    ['DESC', true],
    ['ascending', false],
    ['descending', true],
    // `desc=true`, where the name says what is true then.
    [isRising, false],
    [!isRising, true],
  ];
  const both = words.flatMap(([word, isDescending]) => {
    const asked = withAsked(operation, query, way, word);
    return asked === null ? [] : [{ ...criterion, query: asked, isDescending }];
  });
  return both.slice(0, 2);
}

/** `name`, `-created_at`, `price:desc`, `name,asc`, `created_desc`; null where it names no member. */
function criterionOf(value: Json, sample: Json): Pick<Order, 'member' | 'isDescending'> | null {
  if (typeof value !== 'string' || !isObject(sample)) return null;
  const [, sign = '', name = '', suffix = ''] =
    /^\s*([+-]?)\s*(.+?)(?:[,:\s.|_-]+(asc|desc|ascending|descending))?\s*$/i.exec(value) ?? [];
  const path = name.split(/[./]/);
  const inside = path.length > 1 && readAt(sample, path) !== undefined ? path : null;
  const own = Object.keys(sample).find((member) => folded(member) === folded(name));
  const member = inside ?? (own === undefined ? null : [own]);
  if (member === null) return null;
  // Of dates the newest often come first, where nobody says which way.
  const isPlain = sign === '' && suffix === '';
  const isUnsaid = isPlain && isDate(readAt(sample, member));
  return { member, isDescending: isUnsaid ? null : sign === '-' || /^desc/i.test(suffix) };
}

const isDate = (value: Json | undefined): boolean => typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value);

function valuesOf(rows: readonly Json[], member: readonly string[]): (string | number)[] {
  return rows.flatMap((row) => {
    const value = readAt(row, member);
    return typeof value === 'number' || (typeof value === 'string' && value !== '') ? [value] : [];
  });
}

/** Whether there is a usual order of the values: of texts, or of numbers, and not of a number, a text and an object. */
export function areComparable(rows: readonly Json[], member: readonly string[]): boolean {
  const kinds = rows.map((row) => readAt(row, member) ?? null).filter((value) => value !== null && value !== '');
  return new Set(kinds.map((value) => typeof value)).size <= 1 && !kinds.some((value) => typeof value === 'object');
}

function isTelling(rows: readonly Json[], member: readonly string[]): boolean {
  return new Set(valuesOf(rows, member).map((value) => folded(scalarText(value)))).size > 1;
}

function unheard(exchange: Exchange, member: readonly string[]): Outcome {
  const said = {
    severity: 'information' as const,
    message: `The list is in the same order as when none is asked for: ${nameOf(exchange)}`,
    expected: `an order by "${member.join('.')}", if the target knows that`,
    received: 'the usual order',
    cause: 'an order that is not heard',
  };
  return { exchange, said };
}

/**
 * @param closed items as they are shown, perhaps on several pages
 * @param isDescending null: nobody says which way
 */
export function judged(
  exchange: Exchange,
  closed: readonly Json[],
  member: readonly string[],
  isDescending: boolean | null,
  partsIn: (rows: readonly Json[]) => readonly Part[],
): Outcome | null {
  const rows = closed.map(openedJson);
  const parts = partsIn(closed);
  const shown = valuesOf(rows, member);
  // What is called a number is in the order of numbers, also where it is written as a text.
  const values = isOfNumbers(parts) && shown.every((value) => isPlainNumber(String(value))) ? shown.map(Number) : shown;
  if (!areComparable(rows, member)) return null;
  if (new Set(values.map((value) => folded(scalarText(value)))).size < 2) return null;
  const rises = isSorted(values, false);
  const falls = isSorted(values, true);
  // What can be only a few values is often sorted by the places that these have in the document: a low priority before a medium one.
  const listed = new Map(listedValues(parts).map((value, place) => [value, place]));
  const places = shown.flatMap((value) => listed.get(value) ?? []);
  const isByPlace = places.length === shown.length && isSorted(places, isDescending === true);
  if (isByPlace) return { exchange, said: null };
  if (isDescending === null ? rises || falls : isDescending ? falls : rises) return { exchange, said: null };
  const way = isDescending === null ? 'an order' : isDescending ? 'falling values' : 'rising values';
  const said = {
    message: `The list is not in the order that was asked for: ${nameOf(exchange)}`,
    expected: `${way} of "${member.join('.')}"`,
    received: aroundBreak(values, isDescending),
    cause: `order ${isDescending ? 'falling' : 'rising'}`,
  };
  return { exchange, said };
}

/** Whether the document says of texts that they write out numbers. */
function isOfNumbers(parts: readonly Part[]): boolean {
  return parts.some(({ schema: { format } }) => saysNumber(format));
}

/** By any of the ways in which texts are sorted: code points, without case, without marks, numbers by their value, times by the instant. */
const comparisons: readonly ((a: string | number, b: string | number) => number)[] = [
  (a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : compared(scalarText(a), scalarText(b))),
  (a, b) => compared(scalarText(a).toLowerCase(), scalarText(b).toLowerCase()),
  (a, b) => compared(scalarText(a).toUpperCase(), scalarText(b).toUpperCase()),
  (a, b) => compared(folded(scalarText(a)), folded(scalarText(b))),
  (a, b) => scalarText(a).localeCompare(scalarText(b), 'en', { numeric: true }),
  (a, b) => scalarText(a).localeCompare(scalarText(b), 'en'),
  (a, b) => Number(a) - Number(b),
  (a, b) => instantOf(a) - instantOf(b),
];

/** An instant may be written with a fraction of its second or without, and in any zone (RFC 3339, 5.6); NaN where it is none. */
function instantOf(value: string | number): number {
  return /^\d{4}-\d\d-\d\d[Tt ]/.test(String(value)) ? Date.parse(String(value)) : Number.NaN;
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const isSorted = (values: readonly (string | number)[], isDescending: boolean): boolean =>
  sortedUntil(values, isDescending) === values.length;

/** How many of the first values are in order, by the comparison that takes most of them. Numbers have one order. */
function sortedUntil(values: readonly (string | number)[], isDescending: boolean): number {
  const sign = isDescending ? -1 : 1;
  const fitting = values.every((value) => typeof value === 'number') ? comparisons.slice(0, 1) : comparisons;
  const ends = fitting.map((compare) =>
    // What is no number is in no order of numbers.
    values.findIndex((value, index) => index > 0 && !(sign * compare(values[index - 1] as string, value) <= 0)),
  );
  return ends.includes(-1) ? values.length : Math.max(...ends);
}

/** Some values, among them the first that is not in order. */
export function aroundBreak(values: readonly (string | number)[], isDescending: boolean | null): string {
  const end = Math.max(
    ...[false, true].filter((way) => way === (isDescending ?? way)).map((way) => sortedUntil(values, way)),
  );
  const from = Math.max(0, end - 4);
  const shown = values.slice(from, from + 8).map((value) => JSON.stringify(value));
  return [...(from > 0 ? ['…'] : []), ...shown].join(', ');
}
