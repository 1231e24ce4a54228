import { type ListRole, membersSaid, type SaidOrder, saidOrder, saysMaking } from '../../resource/index.js';
import { isObject, type Json } from '../../text/value.js';
import { phraseOf, wordsOf } from '../../text/words.js';
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
  const [one] = asked.filter(({ member }) => !saysMaking(member.at(-1) ?? ''));
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

/** What the document says of the order of a list is so where none is asked for. */
export async function checkUsualOrder(hands: Hands, { role, path }: ListAt, first: Page): Promise<void> {
  const operation = hands.operation(role.entry);
  const said = saidOrder(operation, role);
  const [sample] = first.rows.map(openedJson);
  const name = said === null ? undefined : memberSaid(said, role, sample);
  if (said === null || name === undefined) return;
  const judge = (page: Page): Outcome | null => {
    // Where things that do not say it stand nobody has said.
    if (!page.rows.map(openedJson).every((row) => isObject(row) && (row[name] ?? null) !== null)) return null;
    const outcome = judged(page.exchange, page.rows, [name], said.isDescending, (closed) =>
      listedMember(operation, role, closedPath(closed, [name])),
    );
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

/** The member that the order which is said is by, where that is certain. */
function memberSaid(said: SaidOrder, { entry }: ListRole, sample: Json | undefined): string | undefined {
  if (!isObject(sample) || said.ahead !== undefined) return undefined;
  const isMade = (name: string, value: Json | undefined) => saysMaking(name) && isMoment(value);
  const called = said.by === null ? [] : membersSaid({ ...said, isOfTime: false }, sample, isMade).map(phraseOf);
  const own = Object.keys(sample).find(
    (name) => called.includes(phraseOf(name).replace(/ (?:at|on|date|time)$/, '')) || called.includes(phraseOf(name)),
  );
  if (own !== undefined || !said.isOfTime) return own;
  const things = wordsOf(entry.path);
  const isOfThings =
    said.by === null || things.some((word) => said.by === word || said.by === `${word}s` || word === `${said.by}s`);
  return isOfThings ? Object.keys(sample).find((name) => isMade(name, sample[name])) : undefined;
}
