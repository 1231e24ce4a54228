import { keyOf, type QueryRole } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { isObject, type Json } from '../../text/value.js';
import type { Exchange } from '../types.js';
import { rowsIn } from './answers.js';
import { type Query, withAsked } from './asking.js';
import { openedJson } from './attributes.js';
import type { Made } from './hands.js';
import { broken, kept, type Life, type Listing, told } from './life.js';
import { type FilterRole, heldAt, isSurelyIn } from './satisfying.js';
import { termsIn } from './searching.js';
import { beginning, isNeverEmpty } from './walk.js';

/** A list that is filtered or searched by what a thing said of itself does not show it once it is deleted: it may be another index. */
export async function checkNotSought(
  life: Life,
  { thing }: Made,
  { found }: Listing,
  deleting: Exchange,
): Promise<void> {
  const { list } = life.roles;
  // What may not be empty shows something whatever is asked for.
  if (list === undefined || !found || isNeverEmpty(life.operation(list), list, found.exchange)) return;
  const path = life.hands.pathTo(list, thing);
  for (const query of queriesFor(life, found.row)) {
    const isGone = await life.hands.hold('listed', async () => {
      const title = 'the list, asked for what was deleted';
      const exchange = await life.hands.send({ entry: list.entry, path, query, title, mayBeRefused: true });
      const rows = exchange && rowsIn(exchange, list);
      if (exchange === null || rows === null) return null;
      if (!rows.some((each) => keyOf(life.resource, each) === scalarText(thing.key))) return kept(exchange);
      return broken(exchange, {
        message: `A list that is asked for in part shows what was deleted: ${told(deleting)}, and then ${told(exchange)}`,
        expected: `no item with the key ${JSON.stringify(thing.key)}`,
        received: 'an item with that key',
        cause: 'deleted and found',
      });
    });
    if (isGone === false) return;
  }
}

/** By one filter that a thing satisfied, and by one word that it said. */
function queriesFor(life: Life, row: Json): Query[] {
  const { list } = life.roles;
  if (list === undefined) return [];
  const operation = life.operation(list);
  const from = beginning(operation, list);
  const asked = (role: QueryRole, value: Json): Query[] => {
    const query = withAsked(operation, from, role, value);
    return query === null ? [] : [query];
  };
  const filtered = list.query
    .filter((each): each is FilterRole => each.role === 'filter' && each.operator === 'eq')
    .flatMap((filter) => {
      const [value] = heldAt(row, filter);
      const isText = typeof value === 'string' && value !== '';
      return isText && isSurelyIn(row, filter, value) ? asked(filter, value) : [];
    });
  const search = list.query.find(({ role }) => role === 'search');
  const opened = openedJson(row);
  const [word] = isObject(opened) ? termsIn(opened) : [];
  const searched = search && word ? asked(search, word.term) : [];
  return [...filtered.slice(0, 1), ...searched];
}
