import { boundScope, isNamed, keyOf, type ListRole, readAt, withSent } from '../../resource/index.js';
import { firstDuplicate } from '../../schema/equality.js';
import { scalarText } from '../../text/integers.js';
import type { Json } from '../../text/value.js';
import type { Exchange } from '../types.js';
import { nameOf, rowsIn, totalIn } from './answers.js';
import { withAsked } from './asking.js';
import { checkDefaults } from './defaults.js';
import { checkExpression } from './expressions.js';
import { checkFilters } from './filters.js';
import { firstThen, type Hands, type Outcome } from './hands.js';
import { checkOrderOfPages, checkUsualOrder } from './order-of-all.js';
import { checkOrders } from './orders.js';
import {
  checkAll,
  checkBack,
  checkLast,
  checkNext,
  endRight,
  firstRight,
  linkRight,
  pagingRight,
  placeRight,
} from './paging.js';
import { checkFound, checkSearch } from './searching.js';
import {
  beginning,
  countOf,
  isCut,
  type ListAt,
  type Page,
  placeRole,
  type Seen,
  sizeRole,
  type Walk,
  walk,
} from './walk.js';

/** So many items in small pages; of a longer list only its beginning is walked. */
const mostItems = 30;
const pagesOfWalk = 3;
const mostPages = 8;
/** So many items of a list are known, for what is asked of some of them. */
const mostSeen = 2_000;

/**
 * What a list has to keep, asked for in several ways: in pages, filtered, sorted, with what it does by default said
 * outright. Nothing is changed.
 *
 * @returns what it shows; null where it shows nothing that can be judged
 */
export async function checkList(hands: Hands, { role: declared, path }: ListAt): Promise<readonly Json[] | null> {
  const role = withSent(declared);
  const at = { role, path };
  const query = beginning(hands.operation(role.entry), role);
  // What a list is below may not be there yet, where the target needs its time.
  const open = hands.isPatient ? ({ mayBeMissing: true } as const) : {};
  const ask = () => hands.send({ entry: role.entry, path, query, title: 'the list', ...open });
  const first = await hands.send({ entry: role.entry, path, query, title: 'the list', ...open });
  const rows = first && rowsIn(first, role);
  if (first === null || rows === null) return null;
  await hands.hold(
    'items-once',
    firstThen(first, ask, (exchange) => itemsOnce(exchange, role)),
  );
  const seen = await checkPages(hands, at, { exchange: first, rows });
  await checkFilters(hands, at, seen);
  await checkExpression(hands, at, seen);
  await checkSearch(hands, at, { exchange: first, rows });
  await checkFound(hands, at, rows);
  await checkOrders(hands, at, seen);
  await checkOrderOfPages(hands, at, seen, sizeFor(hands, role, seen.rows.length, rows.length));
  if (Object.keys(query).length === 0) await checkUsualOrder(hands, at, { exchange: first, rows });
  await checkDefaults(hands, at, Object.keys(query).length === 0 ? first : null);
  return seen.rows;
}

async function checkPages(hands: Hands, at: ListAt, first: Page): Promise<Seen> {
  const { role } = at;
  const items = Math.max(first.rows.length, totalIn(first.exchange, role)?.value ?? 0);
  const size = sizeFor(hands, role, items, first.rows.length);
  const ask = () => walk(hands, at, {}, size, mostPages);
  const isPaged = placeRole(role) !== undefined || size !== null;
  const found: Walk = isPaged && items > 1 ? await ask() : { pages: [first], isWhole: !isPaged && !isCut(role) };
  const judged = (judge: (walked: Walk) => Outcome | null) => firstThen(found, ask, judge);
  const isSized =
    size === null ||
    (await hands.hold(
      'page-size',
      judged(({ pages }) => pageSize(pages, size, items)),
    )) !== false;
  const isWhole =
    (await hands.hold(
      'pages-whole',
      judged((walked) => pagesWhole(walked, first, role)),
    )) !== false;
  if (isWhole && (await checkNext(hands, at, found)) !== false) await checkBack(hands, at, found);
  // Of items that are too many, or come twice, no count is right.
  if (isSized && isWhole) {
    const isTotal = await hands.hold(
      'total-right',
      judged((walked) => totalRight(walked, role)),
    );
    if (isTotal !== false) {
      await hands.hold(
        'total-right',
        judged((walked) => pagingRight(walked, role, size, first.rows.length)),
      );
      await hands.hold(
        'total-right',
        judged((walked) => endRight(walked, role)),
      );
      await hands.hold(
        'total-right',
        judged((walked) => placeRight(walked, role)),
      );
      await hands.hold(
        'total-right',
        judged((walked) => firstRight(walked, role)),
      );
      await hands.hold(
        'total-right',
        judged((walked) => linkRight(walked, role)),
      );
      if (!found.isWhole) await checkLast(hands, at, found.pages, size);
      if (!found.isWhole) await checkAll(hands, at, first);
    }
  }
  return seenIn(first, found, role);
}

/** The items of several pages, each once. */
function seenIn(first: Page, { pages, isWhole }: Walk, role: ListRole): Seen {
  const rows = new Map<string, Json>();
  for (const page of [first, ...pages]) {
    for (const row of page.rows) {
      if (rows.size >= mostSeen) return { rows: [...rows.values()], isWhole: false, first };
      rows.set(identities([row], role)?.[0] ?? JSON.stringify(row), row);
    }
  }
  return { rows: [...rows.values()], isWhole, first };
}

/**
 * So many items on a page that there are a few pages; null where nobody can ask for that.
 * @param usual how many a page has where nobody says: who does not hear of fewer shows more than were asked for
 */
function sizeFor(hands: Hands, role: ListRole, items: number, usual: number): number | null {
  const ofSize = sizeRole(role);
  if (ofSize === undefined) return null;
  const few = Math.ceil(Math.min(items, mostItems) / pagesOfWalk);
  const least = Math.max(1, usual < items ? Math.min(few, usual - 1) : few);
  const operation = hands.operation(role.entry);
  for (let size = least; size < Math.max(items, 2); size++) {
    if (withAsked(operation, {}, ofSize, size) !== null) return size;
  }
  return null;
}

/**
 * What tells the things of a list from each other, of those that have a key: it, and what they stand under, which a list elsewhere
 * need not say by its path. Null where no path asks for things by that key, which may then be that of several, or where neither
 * path nor item says what one stands under.
 */
function identities(rows: readonly Json[], role: ListRole): readonly string[] | null {
  const { scope } = role.resource;
  if (!isNamed(role.resource)) return null;
  const bound = role.scope === scope ? null : boundScope(role);
  const found: string[] = [];
  for (const row of rows) {
    const own = keyOf(role.resource, row);
    if (own === undefined) continue;
    const around = scope.map(({ member }) => (member === null ? undefined : readAt(row, member)));
    if (around.some((value, index) => value === undefined && bound?.[index] === -1)) return null;
    found.push(bound === null ? own : JSON.stringify([own, ...around]));
  }
  return found;
}

/** What says of itself that it is the same, in a member that all have of their own, and in all the rest, is the same. */
function wholeIdentities(rows: readonly Json[], { resource: { key } }: ListRole): readonly string[] | null {
  const isOwn = key?.parameter === null && /^_?(?:id|uuid|guid)$/i.test(key.member.at(-1) ?? '');
  return isOwn ? rows.map((row) => JSON.stringify(row)) : null;
}

function itemsOnce(exchange: Exchange, role: ListRole): Outcome | null {
  const rows = rowsIn(exchange, role) ?? [];
  const keys = identities(rows, role) ?? wholeIdentities(rows, role);
  if (keys === null || keys.length < 2) return null;
  const again = firstDuplicate(keys);
  if (again === null) return { exchange, said: null };
  const twice = keys[again[0]];
  const said = {
    message: `The list shows a thing more than once: ${nameOf(exchange)}`,
    expected: 'each key once',
    received: `the key ${JSON.stringify(twice)} ${keys.filter((key) => key === twice).length} times in ${keys.length} items`,
    cause: 'a thing twice',
  };
  return { exchange, said };
}

function pageSize(pages: readonly Page[], size: number, items: number): Outcome | null {
  const [first] = pages;
  if (first === undefined || items <= size) return null;
  const large = pages.find(({ rows }) => rows.length > size);
  if (large === undefined) return { exchange: first.exchange, said: null };
  const { exchange, rows } = large;
  const said = {
    message: `The list shows more items than were asked for: ${nameOf(exchange)}`,
    expected: `at most ${size} items`,
    received: `${rows.length} items`,
    cause: 'more items than were asked for',
  };
  return { exchange, said };
}

function pagesWhole({ pages, isWhole }: Walk, first: Page, role: ListRole): Outcome | null {
  const last = pages.at(-1);
  const shown = identities(first.rows, role);
  if (last === undefined || pages.length < 2 || shown === null) return null;
  const seen = new Map<string, Page>();
  for (const page of pages) {
    for (const key of identities(page.rows, role) ?? []) {
      const earlier = seen.get(key);
      if (earlier === page) continue;
      seen.set(key, page);
      if (earlier === undefined) continue;
      const said = {
        message: `Two pages of the list show the same thing: ${nameOf(earlier.exchange)} and ${nameOf(page.exchange)}`,
        expected: 'pages that have no item in common',
        received: `the key ${JSON.stringify(key)} on both`,
        cause: 'pages that overlap',
      };
      return { exchange: page.exchange, said };
    }
  }
  const missing = shown.find((key) => !seen.has(key));
  // Long before its end a list that begins the same has shown what another page shows at its beginning.
  const begin = identities(pages[0]?.rows ?? [], role) ?? [];
  const isBehind = begin.every((key, index) => shown[index] === key) && seen.size >= shown.length * 2;
  if (!(isWhole || isBehind) || missing === undefined) return { exchange: last.exchange, said: null };
  const said = {
    message: `The pages of the list together are not the whole list: up to ${nameOf(last.exchange)}`,
    expected: `all that ${nameOf(first.exchange)} shows (${first.rows.length} items)`,
    received: `${seen.size} items, and among them not the key ${JSON.stringify(missing)}`,
    cause: 'pages that are not the whole',
  };
  return { exchange: last.exchange, said };
}

/** Names of a count that may as well be of the page. */
const ofPage = /(?:^|[._-])(?:count|returned|length|size|(?:num|n|number_of)_?(?:results|items|hits|records))$/i;

/** Whether the total of a list is that of its items, the same on each page. */
export function totalRight({ pages, isWhole }: Walk, role: ListRole): Outcome | null {
  const [first] = pages;
  const totals = pages.map(({ exchange }) => totalIn(exchange, role));
  const [total] = totals;
  if (first === undefined || total === null || total === undefined) return null;
  // Beside the addresses of both neighbours it is the number of all (Django REST framework).
  const isLinked = ['next-url', 'previous-url'].every((kind) => role.envelope.some((each) => each.role === kind));
  const isOfPage = ofPage.test(total.name) && !/total/i.test(total.name) && !(isLinked && total.name === 'count');
  if (isOfPage && pages.every(({ rows }, index) => totals[index]?.value === rows.length)) {
    return { exchange: first.exchange, said: null };
  }
  const complain = (page: Page, value: number, expected: string, received: string): Outcome => ({
    exchange: page.exchange,
    said: {
      message: `The total of the list is not that of its items: "${total.name}" is ${value} in ${nameOf(page.exchange)}`,
      expected,
      received,
      cause: `total ${total.name}`,
    },
  });
  for (const [index, page] of pages.entries()) {
    const value = totals[index]?.value ?? total.value;
    if (value !== total.value) return complain(page, value, `${total.value}, as on the first page`, scalarText(value));
  }
  // What a page behind the last one shows again is there once.
  const isMore = new Set(pages.flatMap(({ rows }) => rows.map((row) => JSON.stringify(row)))).size > total.value;
  const count = countOf(pages);
  const last = pages.at(-1) ?? first;
  if ((count > total.value && isMore) || (isWhole && count < total.value)) {
    return complain(
      last,
      total.value,
      `the number of all items: ${count}${isWhole ? '' : ' at least'}`,
      scalarText(total.value),
    );
  }
  return isWhole || pages.length > 1 ? { exchange: first.exchange, said: null } : null;
}
