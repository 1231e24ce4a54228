import { keyOf, type ListRole, readAt } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import type { Json } from '../../text/value.js';
import { headerValues } from '../checks/received.js';
import type { Exchange } from '../types.js';
import { besideRows, jsonOf, nameOf, rowsIn, totalIn } from './answers.js';
import { withAsked } from './asking.js';
import type { Hands, Outcome } from './hands.js';
import { isLinked, nextAddress, targetOfNext } from './next-page.js';
import { beginning, countOf, type ListAt, type Page, placeRole, sizeRole, type Walk, walk } from './walk.js';

/**
 * What a list says of its own pages beside the total: whether there are more, and how many there are.
 *
 * @param size that was asked for; null: none
 * @param first items that the list shows when nothing is asked for
 */
export function pagingRight(
  { pages, isWhole }: Walk,
  role: ListRole,
  size: number | null,
  first: number,
): Outcome | null {
  const [head] = pages;
  if (head === undefined || placeRole(role) === undefined) return null;
  let observed = false;
  const says = pages.flatMap((page, index) => moreIn(page, role).map((hasMore) => [index, page, hasMore] as const));
  for (const [index, page, hasMore] of says) {
    const next = pages[index + 1];
    const shown = countOf(pages.slice(0, index + 1));
    const all = Math.max(totalIn(page.exchange, role)?.value ?? 0, first);
    observed ||= next !== undefined || (isWhole && index === pages.length - 1);
    const none = hasMore ? noneBehind(page, next, isWhole && index > 0 ? shown : null, role) : null;
    if (none !== null) {
      return wrong(page, moreThanThere, 'nothing more on the last page', `more, and ${none}`);
    }
    if (!hasMore && shown < all) {
      return wrong(
        page,
        'says that there are no more items, and there are',
        'more',
        `nothing more after ${shown} of ${all} items`,
      );
    }
  }
  const total = totalIn(head.exchange, role)?.value;
  const count = besideRows(head.exchange, role, 'pages');
  if (typeof count === 'number' && total !== undefined && size !== null) {
    observed = true;
    const own = sizeGiven(pages, size);
    const right = Math.ceil(total / own);
    // Of nothing some say that it is one page.
    if (count !== right && !(total === 0 && count === 1)) {
      return wrong(
        head,
        'says another number of pages than it has',
        `${right}: ${total} items by ${own}`,
        String(count),
      );
    }
  }
  return observed ? { exchange: head.exchange, said: null } : null;
}

const moreThanThere = 'says that there are more items, and there are none';

/** Whether there is more behind a page, as it says in one way or another: `hasMore`, `last`. */
function moreIn({ exchange }: Page, role: ListRole): boolean[] {
  const hasMore = besideRows(exchange, role, 'has-more');
  const isLast = besideRows(exchange, role, 'is-last');
  return [...(typeof hasMore === 'boolean' ? [hasMore] : []), ...(typeof isLast === 'boolean' ? [!isLast] : [])];
}

/** Of a list with more pages than are walked the last one, by its total, says that it is that. */
export async function checkLast(hands: Hands, at: ListAt, [head]: readonly Page[], size: number | null): Promise<void> {
  const { role, path } = at;
  const [place, ofSize] = [placeRole(role), sizeRole(role)];
  const total = head && totalIn(head.exchange, role)?.value;
  const isNumbered = place?.role === 'page' || place?.role === 'offset';
  if (!head || !isNumbered || !ofSize || size === null || !total || moreIn(head, role).length === 0) return;
  const before = Math.ceil(total / size) - 1;
  const operation = hands.operation(role.entry);
  const sized = withAsked(operation, beginning(operation, role), ofSize, size);
  const query = sized && withAsked(operation, sized, place, place.first + before * (place.role === 'page' ? 1 : size));
  if (query === null) return;
  await hands.hold('total-right', async () => {
    const exchange = await hands.send({ entry: role.entry, path, query, title: 'the last page', mayBeMissing: true });
    const page = exchange && { exchange, rows: rowsIn(exchange, role) ?? [] };
    const isLast = page && before * size + page.rows.length === total && totalIn(page.exchange, role)?.value === total;
    if (!page || page.rows.length === 0 || !isLast) return null;
    return moreIn(page, role).includes(true)
      ? wrong(page, moreThanThere, 'nothing more on the last page', `more, and ${total} of ${total} items were shown`)
      : { exchange: page.exchange, said: null };
  });
}

/** The first page alone says that it is that. */
export function firstRight({ pages }: Walk, role: ListRole): Outcome | null {
  const kind = placeRole(role)?.role;
  if (kind !== 'page' && kind !== 'offset') return null;
  const shown = pages.filter(({ rows }) => rows.length > 0);
  const said = shown.map(({ exchange }) => besideRows(exchange, role, 'is-first'));
  if (shown.length < 2 || said.some((each) => typeof each !== 'boolean')) return null;
  const at = said.findIndex((each, index) => each !== (index === 0));
  const [first, odd] = [shown[0], shown[at]] as const;
  if (odd === undefined) return first ? { exchange: first.exchange, said: null } : null;
  return at === 0
    ? wrong(odd, 'does not say of its first page that it is that', 'true', 'false')
    : wrong(odd, 'says of another page that it is the first', 'false', 'true');
}

/** Of a page that is smaller than was asked for, and the first of several, a server has made its largest. */
function sizeGiven([head, next]: readonly Page[], size: number): number {
  return next?.rows.length ? Math.min(size, head?.rows.length || size) : size;
}

/** A page that says which one it is does not say the same as the one before it. Of one that is empty some say the last. */
export function placeRight({ pages: [first, second] }: Walk, role: ListRole): Outcome | null {
  const kind = placeRole(role)?.role;
  if (first === undefined || second === undefined || second.rows.length === 0) return null;
  if (kind !== 'page' && kind !== 'offset') return null;
  const [one, other] = [first, second].map(({ exchange }) => besideRows(exchange, role, kind));
  if (typeof one !== 'number' || typeof other !== 'number') return null;
  if (one !== other) return { exchange: second.exchange, said: null };
  return wrong(second, 'says of another page that it is the first', `another ${kind} than ${one}`, scalarText(other));
}

/**
 * What shows that there is nothing behind a page; null where nothing does.
 * @param shown items up to its end, where it is the last of several; else null
 */
function noneBehind(page: Page, next: Page | undefined, shown: number | null, role: ListRole): string | null {
  if (page.rows.length === 0) return 'none on this one';
  if (next !== undefined) return next.rows.length === 0 ? `none on the next page, ${nameOf(next.exchange)}` : null;
  if (shown === null) return null;
  if (totalIn(page.exchange, role)?.value === shown) return `${shown} of ${shown} items were shown`;
  return besideRows(page.exchange, role, 'next-cursor') === null ? 'null as the cursor of the next page' : null;
}

/** Behind the last page there is none to lead to. */
export function endRight({ pages, isWhole }: Walk, role: ListRole): Outcome | null {
  const last = pages.at(-1);
  const isTold = role.envelope.some(({ role: kind }) => kind === 'next-url' || kind === 'link-header');
  const next = last && nextAddress(last.exchange, role);
  const total = last && totalIn(last.exchange, role)?.value;
  const isPlaced = ['page', 'offset'].includes(placeRole(role)?.role ?? '');
  if (!isPlaced || !isWhole || !last || total !== countOf(pages) || !isTold) return null;
  if (typeof next !== 'string' || next === '') return { exchange: last.exchange, said: null };
  return wrong(last, 'leads to a next page, and there is none', `no address after ${total} of ${total} items`, next);
}

/** A page behind which there is another links to that, where the document says that lists have a `Link` for pages (RFC 8288). */
export function linkRight({ pages }: Walk, role: ListRole): Outcome | null {
  const [declared] = role.envelope.flatMap(({ role: kind, at }) =>
    kind === 'link-header' && 'header' in at ? at.header : [],
  );
  const places = pages.slice(0, -1).filter((_, index) => (pages[index + 1]?.rows.length ?? 0) > 0);
  const [first] = places;
  if (declared === undefined || first === undefined) return null;
  const { operation } = first.exchange;
  const said = operation.responses.flatMap(({ headers }) => headers).find(({ name }) => /^link$/i.test(name));
  const words = said && operation.document.at(said.pointer);
  if (!/\bnext\b|\bpag(?:e|es|ing|ination)\b/i.test(JSON.stringify(words ?? null))) return null;
  const open = places.find(({ exchange }) => !isLinked(exchange, role));
  if (open === undefined) return { exchange: first.exchange, said: null };
  return wrong(
    open,
    'has no link to its next page, and there is one',
    '`Link` with rel="next" (RFC 8288)',
    headerValues(open.exchange.received, 'link').join(', ') || 'no `Link`',
  );
}

/** The address of the next page leads to it. */
export async function checkNext(
  hands: Hands,
  { role, path }: ListAt,
  { pages: [first, second] }: Walk,
): Promise<boolean | null> {
  const target = first ? targetOfNext(first.exchange, nextAddress(first.exchange, role), hands.target) : null;
  const keyAt = (rows: readonly Json[]) => keyOf(role.resource, rows[0] ?? null);
  if (target === null || !second || role.resource.key === null || keyAt(second.rows) === undefined) return null;
  return hands.hold('pages-whole', async () => {
    const exchange = await hands.send({ entry: role.entry, path, target, title: 'the next page by its address' });
    const rows = exchange && rowsIn(exchange, role);
    if (exchange === null || rows === null) return null;
    if (keyAt(rows) === keyAt(second.rows)) return { exchange, said: null };
    // What has been made since stands before both of them.
    const own = { entry: role.entry, path, target: second.exchange.case.request.target };
    const again = await hands.send({ ...own, title: 'the next page once more' });
    const shown = again && rowsIn(again, role);
    if (shown === null || keyAt(rows) === keyAt(shown)) return { exchange, said: null };
    return wrong(
      { exchange, rows },
      'is not the next page that another one leads to',
      `the key ${JSON.stringify(keyAt(shown))} first, as in ${nameOf(second.exchange)}`,
      `the key ${JSON.stringify(keyAt(rows) ?? null)}`,
    );
  });
}

/** The address of the page before leads back to it, and that of the last page to what the list ends with. */
export async function checkBack(hands: Hands, at: ListAt, { pages, isWhole }: Walk): Promise<void> {
  const [first] = pages;
  const [before, last] = pages.slice(-2);
  if (!first || !before || !last) return;
  const previous = (exchange: Exchange) =>
    besideRows(exchange, at.role, 'previous-url') ?? readAt(jsonOf(exchange.received), ['_links', 'prev', 'href']);
  await checkLed(hands, at, { from: last, addressIn: previous, to: before, what: 'page before' });
  const end = (exchange: Exchange) => besideRows(exchange, at.role, 'last-url');
  if (isWhole && last.rows.length > 0)
    await checkLed(hands, at, { from: first, addressIn: end, to: last, what: 'last page' });
}

interface Led {
  readonly from: Page;
  readonly addressIn: (exchange: Exchange) => Json | undefined;
  readonly to: Page;
  readonly what: string;
}

async function checkLed(hands: Hands, { role, path }: ListAt, { from, addressIn, to, what }: Led): Promise<void> {
  const leadsTo = (exchange: Exchange) => targetOfNext(exchange, addressIn(exchange), hands.target);
  const target = leadsTo(from.exchange);
  const keyAt = (rows: readonly Json[]) => keyOf(role.resource, rows.at(-1) ?? null);
  if (target === null || role.resource.key === null || keyAt(to.rows) === undefined) return;
  await hands.hold('pages-whole', async () => {
    const exchange = await hands.send({ entry: role.entry, path, target, title: `the ${what} by its address` });
    const rows = exchange && rowsIn(exchange, role);
    if (exchange === null || rows === null) return null;
    const again = await hands.send({
      entry: role.entry,
      path,
      target: to.exchange.case.request.target,
      title: `the ${what}`,
    });
    const key = keyAt((again && rowsIn(again, role)) ?? []);
    if (key === undefined || rows.some((row) => keyOf(role.resource, row) === key)) return { exchange, said: null };
    // Where the list has become another one meanwhile, the address was of what it was.
    const now = await hands.send({
      entry: role.entry,
      path,
      target: from.exchange.case.request.target,
      title: `the page that leads to the ${what}`,
    });
    if (now === null || leadsTo(now) !== target || totalIn(now, role)?.value !== totalIn(from.exchange, role)?.value)
      return null;
    return wrong(
      { exchange, rows },
      `is not the ${what} that another one leads to`,
      `the key ${JSON.stringify(key)}, as in ${nameOf(to.exchange)}`,
      `the key ${JSON.stringify(keyAt(rows) ?? null)} at its end`,
    );
  });
}

/** So many items are asked for at once. */
const mostAtOnce = 100;

/** Where nothing leads from page to page, so many items as the total says are there for whoever asks for as many. */
export async function checkAll(hands: Hands, at: ListAt, { exchange: first, rows }: Page): Promise<void> {
  const { role } = at;
  const [size, total] = [sizeRole(role), totalIn(first, role)?.value ?? 0];
  const isCut = total > rows.length && total <= mostAtOnce && nextAddress(first, role) === undefined;
  if (size === undefined || placeRole(role) !== undefined || !isCut) return;
  const ask = () => walk(hands, at, {}, total, 1, true);
  await hands.hold('total-right', async () => {
    const [page] = (await ask()).pages;
    if (page === undefined || totalIn(page.exchange, role)?.value !== total) return null;
    if (page.rows.length >= total) return { exchange: page.exchange, said: null };
    // Who says the largest size gives as many; else a server may have one of its own.
    const isPromised = total <= (size.maximum ?? 0);
    const { exchange, said } = wrong(
      page,
      'shows fewer items than its total says, also where as many are asked for',
      `${total} items, or a way to the others`,
      `${page.rows.length} items`,
    );
    return { exchange, said: said && (isPromised ? said : { ...said, severity: 'information' }) };
  });
}

function wrong({ exchange }: Page, what: string, expected: string, received: string): Outcome {
  return { exchange, said: { message: `The list ${what}: ${nameOf(exchange)}`, expected, received, cause: what } };
}
