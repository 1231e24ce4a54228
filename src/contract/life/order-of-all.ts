import type { ListRole } from '../../resource/index.js';
import { isObject, type Json } from '../../text/value.js';
import { nameOf, rowsIn } from './answers.js';
import { askable } from './asking.js';
import { closedPath, openedJson } from './attributes.js';
import type { Hands, Outcome } from './hands.js';
import { listedMember } from './members.js';
import { judged, type OrderRole, ordersOf } from './orders.js';
import { countOf, type ListAt, type Page, placeRole, type Seen, walk } from './walk.js';

/** So many pages are asked for in one order. */
const pagesInOrder = 3;

/**
 * An order is that of the whole list, and not of each page by itself.
 * @param size of a page, so that there are a few
 */
export async function checkOrderOfPages(hands: Hands, at: ListAt, { rows }: Seen, size: number | null): Promise<void> {
  const { role } = at;
  const order = role.query.find((each): each is OrderRole => each.role === 'order');
  if (order === undefined || size === null || placeRole(role) === undefined) return;
  const operation = hands.operation(role.entry);
  const asked = ordersOf(hands, role, order, rows.map(openedJson)).filter(
    ({ isPromised, isDescending }) => isPromised && isDescending !== null,
  );
  // What is as it is listed anyhow shows nothing of pages that are sorted one by one.
  const [one] = asked.filter(({ member }) => !ofMaking.test(member.at(-1) ?? ''));
  if (one === undefined) return;
  const pointer = askable(operation, order.parameter)?.pointer;
  await hands.hold('sorted', async () => {
    const { pages } = await walk(hands, at, one.query, size, pagesInOrder, true);
    const last = pages.at(-1);
    if (last === undefined || pages.length < 2 || countOf(pages) <= pages.length) return null;
    const all = pages.flatMap((page) => page.rows);
    const outcome = judged(last.exchange, all, one.member, one.isDescending, (closed) =>
      listedMember(operation, role, closedPath(closed, one.member)),
    );
    if (!outcome?.said) return outcome;
    const said = {
      ...outcome.said,
      ...(pointer !== undefined && { pointer }),
      message: `The pages of the list together are not in the order that was asked for: up to ${nameOf(last.exchange)}`,
      cause: 'order of each page alone',
    };
    return { ...outcome, said };
  });
}

/** Names of when a thing was made. */
const ofMaking = /^(?:date_?)?(?:creat|insert|add|post)(?:ed|ion)?(?:_?(?:at|on|date|time|datetime|timestamp))?$/i;

/** Where the document says that the newest come first, or the oldest, that is so where no order is asked for. */
export async function checkUsualOrder(hands: Hands, { role, path }: ListAt, first: Page): Promise<void> {
  const isFalling = saysNewestFirst(hands, role);
  const [sample] = first.rows.map(openedJson);
  if (isFalling === null || !isObject(sample)) return;
  const name = Object.keys(sample).find((each) => ofMaking.test(each) && isMoment(sample[each]));
  if (name === undefined) return;
  const judge = (page: Page): Outcome | null => {
    const moments = page.rows.map(openedJson).map((row) => (isObject(row) && isMoment(row[name]) ? row[name] : null));
    if (moments.includes(null) || new Set(moments).size < 2) return null;
    const outcome = judged(page.exchange, page.rows, [name], isFalling, () => []);
    return outcome?.said
      ? {
          ...outcome,
          said: {
            ...outcome.said,
            message: `The list is not in the order that the document says it has: ${nameOf(page.exchange)}`,
            cause: 'usual order',
          },
        }
      : outcome;
  };
  let next: Page | null = first;
  await hands.hold('sorted', async () => {
    const page: Page | null = next;
    next = null;
    if (page !== null) return judge(page);
    const exchange = await hands.send({ entry: role.entry, path, title: 'the list in its usual order' });
    const rows = exchange && rowsIn(exchange, role);
    return exchange && rows ? judge({ exchange, rows }) : null;
  });
}

const isMoment = (value: Json | undefined): boolean =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d[Tt ]/.test(value) && !Number.isNaN(Date.parse(value));

/** Whether the newest come first by what the document says of the list; null where it says nothing, or of what may be asked for alone. */
function saysNewestFirst(hands: Hands, role: ListRole): boolean | null {
  const operation = hands.operation(role.entry);
  const order = role.query.find((each) => each.role === 'order');
  const ofOrder = order && askable(operation, order.parameter)?.description;
  const usual = ofOrder?.split(/[.;](?:\s|$)/).filter((sentence) => /\bdefault|\busual/i.test(sentence)) ?? [];
  for (const text of [...usual, operation.description]) {
    if (/\b(?:newest|most recent(?:ly created)?|latest)(?:\s+\w+)?\s+first\b/i.test(text)) return true;
    if (/\boldest(?:\s+\w+)?\s+first\b/i.test(text)) return false;
  }
  return null;
}
