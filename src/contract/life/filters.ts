import type { Operation } from '../../operation/index.js';
import { keyOf, type ListRole, valuesAt } from '../../resource/index.js';
import type { Json } from '../../text/value.js';
import type { Exchange } from '../types.js';
import { nameOf, rowsIn, totalIn } from './answers.js';
import { askable, type Query, withAsked } from './asking.js';
import type { Hands, Outcome } from './hands.js';
import { nextAddress, targetOfNext } from './next-page.js';
import { type FilterRole, heldAt, isAskedByKey, isSurelyIn, isSurelyOut, signs } from './satisfying.js';
import { tellingValues, unseenValues } from './telling.js';
import { beginning, isNeverEmpty, type ListAt, largestSize, placeRole, type Seen, sizeRole, walk } from './walk.js';

/** Filters of one list that are tried. */
const mostFilters = 8;

/** Each filter of a list, with a value that some of what it shows has, and some has not. */
export async function checkFilters(hands: Hands, at: ListAt, seen: Seen): Promise<void> {
  const { role } = at;
  const operation = hands.operation(role.entry);
  const filters = role.query.filter((each): each is FilterRole => each.role === 'filter');
  let tried = 0;
  let isFollowed = false;
  for (const each of filters) {
    const takes = (value: Json) => withAsked(operation, {}, each, value) !== null;
    const filter = isAskedByKey(seen.rows, each, takes) ? { ...each, isByKey: true } : each;
    if (tried >= mostFilters) return;
    const [first, second] = tellingValues(filter, seen.rows, unseenValues(operation, filter, seen.rows)).flatMap(
      (value) => {
        const query = withAsked(operation, beginning(operation, role), filter, value);
        return query === null ? [] : [{ value, query }];
      },
    );
    if (first === undefined) continue;
    tried++;
    const isHeld = await checkFilter(hands, at, filter, { ...first, values: [first.value] }, seen);
    if (isHeld === false) continue;
    if (isHeld && !isFollowed) isFollowed = await checkFurther(hands, at, filter, seen);
    if (isHeld) await checkCaseless(hands, at, filter, first.value, seen);
    if (isHeld) await checkBound(hands, at, filter, seen);
    if (isHeld) await checkNobodys(hands, at, filter, first.value, seen);
    // One value may be what is shown whatever is asked for, or all that is looked at.
    if (second === undefined || !['eq', 'in'].includes(filter.operator)) continue;
    // What fewer things have stands first: what they alone are is less than a page.
    const values = [second.value, first.value];
    const isAlsoHeld = await checkFilter(hands, at, filter, { ...second, values: [second.value] }, seen);
    const both = isAlsoHeld ? ofAny(operation, role, filter, values) : null;
    if (both !== null) await checkFilter(hands, at, filter, { query: both, values }, seen);
  }
}

/** @param isOpen whether the target may refuse to be asked so */
export async function checkFilter(
  hands: Hands,
  { role, path }: ListAt,
  filter: FilterRole,
  { query, values }: { readonly query: Query; readonly values: readonly Json[] },
  seen: Seen,
  isOpen = false,
): Promise<boolean | null> {
  const pointer = askable(hands.operation(role.entry), filter.parameter)?.pointer;
  const isThere = seen.rows.some((row) => isInAny(row, filter, values));
  const open = isThere && !isOpen ? {} : ({ mayBeRefused: true } as const);
  const isOut = (row: Json) => values.every((value) => isSurelyOut(row, filter, value));
  const title = `the list where ${filter.parameter} is ${wordsOf(values)}`;
  return hands.hold('filter-holds', async () => {
    const whole = onOnePage(hands.operation(role.entry), role, query, seen);
    const exchange = await hands.send({ entry: role.entry, path, query: whole, title, ...open });
    const held = exchange && judged(exchange, role, filter, values, seen);
    const isCounted = exchange !== null && held?.said === null;
    const counted = isCounted ? await totalSaid(hands, { role, path }, exchange, seen, isOut) : null;
    const outcome = counted ?? held;
    return outcome?.said && pointer !== undefined ? { ...outcome, said: { ...outcome.said, pointer } } : outcome;
  });
}

/** A query for all that a filter leaves, as far as one page shows it, where there may be more than it does by default. */
function onOnePage(operation: Operation, role: ListRole, query: Query, { rows, isWhole }: Seen): Query {
  const [size, most] = [sizeRole(role), largestSize(operation, role)];
  if (size === undefined || most === null || (isWhole && rows.length <= (size.default ?? 0))) return query;
  return withAsked(operation, query, size, Math.min(most, mostAtOnce)) ?? query;
}

/** So many items are asked for at once. */
const mostAtOnce = 100;

/** A query for any of two words; two numbers or days may be the ends of a range. Null where the parameter takes no two. */
function ofAny(operation: Operation, role: ListRole, filter: FilterRole, values: readonly Json[]): Query | null {
  const areWords = values.every((value) => typeof value === 'string' && /^\p{L}[\p{L}\p{N}_-]*$/u.test(value));
  const isOfAny = filter.operator === 'in' && areWords;
  return isOfAny ? withAsked(operation, beginning(operation, role), filter, [...values]) : null;
}

const isInAny = (row: Json, filter: FilterRole, values: readonly Json[]): boolean =>
  values.some((value) => isSurelyIn(row, filter, value));
const wordsOf = (values: readonly Json[]): string => values.map((value) => JSON.stringify(value)).join(' or ');

/** A filter that is said not to tell capitals from small letters leaves the same for a value in other ones. */
async function checkCaseless(hands: Hands, at: ListAt, filter: FilterRole, value: Json, seen: Seen): Promise<void> {
  const operation = hands.operation(at.role.entry);
  // What other letters are in another case depends on the language.
  if (typeof value !== 'string' || !/^[\x20-\x7e]*[a-z][\x20-\x7e]*$/i.test(value)) return;
  if (!filter.isCaseless) return;
  const upper = value.toUpperCase();
  const other = upper === value ? value.toLowerCase() : upper;
  const query = withAsked(operation, beginning(operation, at.role), filter, other);
  if (query !== null) await checkFilter(hands, at, filter, { query, values: [value] }, seen);
}

/**
 * What lies at a bound that is said to be within is shown: asked for by the last value that there is, it is all that is left. Where it
 * is said not to be within, nothing is left.
 */
async function checkBound(hands: Hands, at: ListAt, filter: FilterRole, seen: Seen): Promise<void> {
  const isLower = filter.operator === 'gte' || filter.operator === 'gt';
  if (!(filter.isInclusive || filter.isExclusive) || !/^[gl]te?$/.test(filter.operator)) return;
  const held = seen.rows.flatMap((row) => heldAt(row, filter));
  const [first, ...others] = held.filter((value) => typeof value === 'number' || typeof value === 'string');
  const isBeyond = (value: Json, than: Json) =>
    isLower ? boundOf(value) > boundOf(than) : boundOf(value) < boundOf(than);
  const last = others.reduce((most, value) => (isBeyond(value, most) ? value : most), first ?? null);
  const operation = hands.operation(at.role.entry);
  const query = last === null ? null : withAsked(operation, beginning(operation, at.role), filter, last);
  const isTold = filter.isExclusive ? isSurelyOut : isSurelyIn;
  if (last === null || query === null || !seen.rows.some((row) => isTold(row, filter, last))) return;
  await checkFilter(hands, at, filter, { query, values: [last] }, seen);
}

const boundOf = (value: Json): number => (typeof value === 'number' ? value : Date.parse(String(value)));

/** So many pages of a filtered list are asked for. */
const pagesFollowed = 3;

/**
 * What a filter leaves is so on the pages behind the first one too, those that the first one gives the address of among them: an
 * address says nothing of a body, which is sent again.
 * @returns whether there are such pages, and they would show something else without the filter
 */
async function checkFurther(hands: Hands, at: ListAt, filter: FilterRole, { rows: known }: Seen): Promise<boolean> {
  const { role, path } = at;
  const operation = hands.operation(role.entry);
  if (placeRole(role) === undefined || sizeRole(role) === undefined) return false;
  const others = known.slice(1, pagesFollowed);
  const telling = tellingValues(filter, known, []).find(
    (each) =>
      known.filter((row) => isSurelyIn(row, filter, each)).length > 1 &&
      others.some((row) => isSurelyOut(row, filter, each)),
  );
  const query = telling === undefined ? null : withAsked(operation, beginning(operation, role), filter, telling);
  if (telling === undefined || query === null) return false;
  const value: Json = telling;
  await hands.hold('filter-holds', async () => {
    const { pages } = await walk(hands, at, query, 1, pagesFollowed, true);
    const [first, ...further] = pages;
    const target = first ? targetOfNext(first.exchange, nextAddress(first.exchange, role), hands.target) : null;
    const title = 'the next page of the filtered list by its address';
    const led = target && (await hands.send({ entry: role.entry, path, query, target, title, mayBeRefused: true }));
    const rows = led ? rowsIn(led, role) : null;
    const all = led && rows ? [...further, { exchange: led, rows }] : further;
    const [page] = all;
    const foreign = all.find((each) => each.rows.some((row) => isSurelyOut(row, filter, value)));
    if (foreign === undefined) return page === undefined ? null : { exchange: page.exchange, said: null };
    const said = {
      message: `A further page of a filtered list shows what does not satisfy the filter: ${nameOf(foreign.exchange)}`,
      expected: `only items where ${filter.member.join('.')} ${signs[filter.operator]} ${JSON.stringify(value)}, as on the first page`,
      received: 'another one',
      cause: `filter ${filter.parameter} on a further page`,
    };
    return { exchange: foreign.exchange, said };
  });
  return true;
}

/** A filter by a text that nothing has leaves nothing. */
async function checkNobodys(
  hands: Hands,
  { role, path }: ListAt,
  filter: FilterRole,
  value: Json,
  { rows: known, first }: Seen,
): Promise<void> {
  const isOfBeginnings = filter.operator === 'starts';
  if (!(isOfBeginnings || filter.operator === 'eq') || typeof value !== 'string' || filter.within.length > 0) return;
  const operation = hands.operation(role.entry);
  // What may not be empty shows something whatever is asked for.
  if (isNeverEmpty(operation, role, first.exchange)) return;
  const from = beginning(operation, role);
  const others = isOfBeginnings ? insidesOf(known, filter) : endings.map((end) => value.slice(0, -1) + end);
  const asked = [...(isOfBeginnings ? [] : [nonsense]), ...others]
    .filter((each) => known.every((row) => isSurelyOut(row, filter, each)))
    .map((each) => ({ value: each, query: withAsked(operation, from, filter, each) }))
    .find(({ query }) => query !== null);
  if (!asked?.query) return;
  const { query } = asked;
  await hands.hold('filter-holds', async () => {
    const title = `the list where ${filter.parameter} is what nothing has`;
    const exchange = await hands.send({ entry: role.entry, path, query, title, mayBeRefused: true });
    const rows = exchange && rowsIn(exchange, role);
    if (exchange === null || rows === null) return null;
    const wrong = rows.find((row) => isSurelyOut(row, filter, asked.value));
    if (wrong === undefined) return { exchange, said: null };
    const said = {
      message: `A filter by what nothing has shows something: ${nameOf(exchange)}`,
      expected: `only items where ${filter.member.join('.')} ${signs[filter.operator]} ${JSON.stringify(asked.value)}`,
      received: `one where it is ${JSON.stringify(valuesAt(wrong, filter.member))}, among ${rows.length} items`,
      cause: `filter ${filter.parameter} by what nothing has`,
    };
    return { exchange, said };
  });
}

/** What texts have inside of their words, so that they do not begin with it. */
function insidesOf(rows: readonly Json[], filter: FilterRole): string[] {
  const texts = rows.flatMap((row) => valuesAt(row, filter.member)).filter((value) => typeof value === 'string');
  return texts.flatMap((text) => /^\p{L}[\p{L}\p{N}]{4,}/u.exec(text)?.[0].slice(2, 5) ?? []);
}

/** What a text may end in, to be another one that a pattern allows. */
const endings = ['z', 'Z', '9', '8'];

/**
 * The total of a list that a filter has made short is not that of the whole list; names that say all have another.
 * @param isOut whether the filter leaves out an item
 */
async function totalSaid(
  hands: Hands,
  { role, path }: ListAt,
  exchange: Exchange,
  { first, rows: known }: Seen,
  isOut: (row: Json) => boolean,
): Promise<Outcome | null> {
  const rows = rowsIn(exchange, role) ?? [];
  const [total, whole] = [totalIn(exchange, role), totalIn(first.exchange, role)];
  const isShort = (all: readonly Json[], page: readonly Json[]) => all.some(isOut) || rows.length < page.length;
  // As many as are shown is right.
  const isMore = total !== null && rows.length > 0 && total.value > rows.length && total.value === whole?.value;
  if (!isMore || isOfAll.test(total.name) || !isShort(known, first.rows)) return null;
  // Something may have been made, or removed, since the whole list was read.
  const query = beginning(hands.operation(role.entry), role);
  const again = await hands.send({ entry: role.entry, path, query, title: 'the whole list again' });
  const left = again && rowsIn(again, role);
  if (!left || !isShort(left, left) || totalIn(again, role)?.value !== total.value) return null;
  const said = {
    message: `The total of a filtered list is that of the whole list: "${total.name}" is ${total.value} in ${nameOf(exchange)}`,
    expected: `fewer than ${total.value}, the number of items that the filter leaves`,
    received: `${total.value}, as in ${nameOf(again)}`,
    cause: `total ${total.name} of a filtered list`,
  };
  return { exchange, said };
}

const isOfAll = /all|overall|grand|records/i;

/** What nobody has in any text. */
export const nonsense = 'zqxjkvwq';

function judged(
  exchange: Exchange,
  role: ListRole,
  filter: FilterRole,
  values: readonly Json[],
  seen: Seen,
): Outcome | null {
  const rows = rowsIn(exchange, role);
  if (rows === null) return null;
  const member = filter.member.join('.');
  const words = `${member} ${signs[filter.operator]} ${wordsOf(values)}`;
  const wrong = rows.find((row) => values.every((value) => isSurelyOut(row, filter, value)));
  if (wrong !== undefined) {
    const shown = JSON.stringify(valuesAt(wrong, filter.member));
    const said = {
      message: `An item does not satisfy the filter that was sent: ${nameOf(exchange)}`,
      expected: `only items where ${words}`,
      received: `one where it is ${shown}, among ${rows.length} items`,
      cause: `filter ${filter.parameter} ${filter.within.join('.')}`,
      at: '',
    };
    return { exchange, said };
  }
  const keys = new Set(rows.map((row) => keyOf(role.resource, row)));
  const matching = seen.rows.filter((row) => isInAny(row, filter, values));
  const lost = matching.find((row) => !keys.has(keyOf(role.resource, row)));
  // Of a part of the list nothing can be missed, unless it is empty.
  const most = sizeRole(role)?.default ?? ((sizeRole(role) ?? placeRole(role)) ? 1 : Number.POSITIVE_INFINITY);
  const isPart = rows.length > 0 && rows.length >= most && totalIn(exchange, role)?.value !== rows.length;
  if (lost === undefined || isPart) {
    return rows.length === 0 && matching.length === 0 ? null : { exchange, said: null };
  }
  const said = {
    message: `What satisfies the filter that was sent is not shown: ${nameOf(exchange)}`,
    expected: `all items where ${words}: ${matching.length} of those that the whole list shows`,
    received: `${rows.length} items, without the key ${JSON.stringify(keyOf(role.resource, lost) ?? null)}`,
    cause: `filter ${filter.parameter} ${filter.within.join('.')}`,
  };
  return { exchange, said };
}
