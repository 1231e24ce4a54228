import type { JsonObject } from '../../text/value.js';
import type { Exchange } from '../types.js';
import { nameOf } from './answers.js';
import { withAsked } from './asking.js';
import type { Hands } from './hands.js';
import { type FilterRole, isSurelyOut } from './satisfying.js';
import { beginning, type ListAt, largestSize, walk } from './walk.js';

/** So many pages of a filtered list are asked for. */
const pagesFollowed = 3;

/**
 * What an action has made so is not in the list of what is not: `?archived=false`.
 *
 * @param row what the thing is by now
 * @param names members that are something else by it
 */
export async function checkFilteredAfter(
  hands: Hands,
  { role, path }: ListAt,
  { doing, row, names }: { readonly doing: Exchange; readonly row: JsonObject; readonly names: readonly string[] },
): Promise<void> {
  const filter = role.query.find((each): each is FilterRole => {
    if (each.role !== 'filter' || each.operator !== 'eq' || each.neutral.includes('false')) return false;
    const [name = '', ...others] = each.member;
    return others.length === 0 && row[name] === true && names.includes(name);
  });
  const operation = hands.operation(role.entry);
  const query = filter ? withAsked(operation, beginning(operation, role), filter, false) : null;
  if (!filter || query === null) return;
  await hands.hold('filter-holds', async () => {
    const { pages } = await walk(hands, { role, path }, query, largestSize(operation, role), pagesFollowed, true);
    const [first] = pages;
    const foreign = pages.find(({ rows }) => rows.some((each) => isSurelyOut(each, filter, false)));
    if (first === undefined || foreign === undefined) return first ? { exchange: first.exchange, said: null } : null;
    const { exchange } = foreign;
    const said = {
      message: `A list of what is not so shows what an action has made so: ${nameOf(doing)}, and then ${nameOf(exchange)}`,
      expected: `only items where ${filter.member.join('.')} is false`,
      received: 'one where it is true',
      cause: `filter ${filter.parameter} after an action`,
    };
    return { exchange, said };
  });
}
