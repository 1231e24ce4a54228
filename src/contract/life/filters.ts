import type { Operation } from '../../operation/index.js';
import { keyOf, type ListRole, type QueryRole, valuesAt } from '../../resource/index.js';
import { listedValues, viewOf } from '../../schema/view.js';
import type { Json } from '../../text/value.js';
import type { Exchange } from '../types.js';
import { nameOf, rowsIn, totalIn } from './answers.js';
import { type Query, withAsked } from './asking.js';
import type { Hands, Outcome } from './hands.js';
import { folded } from './likeness.js';
import { beginning, isNeverEmpty, type ListAt, placeRole, type Seen, sizeRole } from './walk.js';

type FilterRole = Extract<QueryRole, { role: 'filter' }>;

/** Filters of one list that are tried. */
const mostFilters = 8;

/** Each filter of a list, with a value that some of what it shows has, and some has not. */
export async function checkFilters(hands: Hands, at: ListAt, seen: Seen): Promise<void> {
  const { role, path } = at;
  const operation = hands.operation(role.entry);
  const filters = role.query.filter((each): each is FilterRole => each.role === 'filter');
  let tried = 0;
  for (const filter of filters) {
    if (tried >= mostFilters) return;
    const asked = tellingValues(filter, seen.rows, unseenValues(operation, filter, seen.rows))
      .map((value) => ({ value, query: withAsked(operation, beginning(operation, role), filter, value) }))
      .find(({ query }) => query !== null);
    if (asked === undefined) continue;
    tried++;
    const query = asked.query as Query;
    const pointer = operation.parameters.find(({ name, in: place }) => place === 'query' && name === filter.parameter);
    await hands.hold('filter-holds', async () => {
      const title = `the list where ${filter.parameter} is ${JSON.stringify(asked.value)}`;
      const isThere = seen.rows.some((row) => isSurelyIn(row, filter, asked.value));
      const open = isThere ? {} : ({ mayBeRefused: true } as const);
      const exchange = await hands.send({ entry: role.entry, path, query, title, ...open });
      const outcome = exchange && judged(exchange, role, filter, asked.value, seen);
      return outcome?.said
        ? { ...outcome, said: { ...outcome.said, ...(pointer && { pointer: pointer.pointer }) } }
        : outcome;
    });
  }
}

/** The total of a list that a filter has made short is not that of the whole list; names that say all have another. */
function totalSaid(exchange: Exchange, role: ListRole, rows: readonly Json[], { first }: Seen): Outcome | null {
  const [total, whole] = [totalIn(exchange, role), totalIn(first.exchange, role)];
  const isShort = rows.length > 0 && rows.length < first.rows.length;
  if (total === null || !isShort || total.value !== whole?.value || isOfAll.test(total.name)) return null;
  const said = {
    message: `The total of a filtered list is that of the whole list: "${total.name}" is ${total.value} in ${nameOf(exchange)}`,
    expected: `${rows.length}, the number of items that the filter leaves`,
    received: `${total.value}, as in ${nameOf(first.exchange)}`,
    cause: `total ${total.name} of a filtered list`,
  };
  return { exchange, said };
}

const isOfAll = /all|overall|grand|records/i;

/** What nobody has in any text. */
const nonsense = 'zqxjkvwq';

/** A search for what nobody has does not find everything. */
export async function checkSearch(hands: Hands, { role, path }: ListAt, plain: readonly Json[]): Promise<void> {
  const operation = hands.operation(role.entry);
  const search = role.query.find((each) => each.role === 'search');
  const query = search && withAsked(operation, beginning(operation, role), search, nonsense);
  if (!search || !query || plain.length < 2 || isNeverEmpty(operation, role)) return;
  const identity = (rows: readonly Json[]) => JSON.stringify(rows.map((row) => keyOf(role.resource, row) ?? row));
  await hands.hold('filter-holds', async () => {
    const title = `the list searched for ${JSON.stringify(nonsense)}`;
    const exchange = await hands.send({ entry: role.entry, path, query, title, mayBeRefused: true });
    const rows = exchange && rowsIn(exchange, role);
    if (exchange === null || rows === null) return null;
    if (identity(rows) !== identity(plain)) return { exchange, said: null };
    const said = {
      message: `A search for what nobody has finds everything: ${nameOf(exchange)}`,
      expected: 'no item, or fewer',
      received: `the ${rows.length} items that are there without it`,
      cause: `search ${search.parameter}`,
    };
    return { exchange, said };
  });
}

/** So many values are compared by how they part so many rows. */
const mostCompared = { values: 40, rows: 200 };

/**
 * Values by which a filter parts what is known, those first that part it best.
 * @param unseen values that nothing of it has
 */
function tellingValues(filter: FilterRole, rows: readonly Json[], unseen: readonly Json[]): Json[] {
  const values = new Map<string, Json>();
  for (const row of rows) {
    for (const value of valuesAt(row, filter.member).flat()) {
      if (value !== null && typeof value !== 'object' && value !== '') values.set(String(value), value);
    }
  }
  const telling = [...values.values()].filter((value) => {
    const matching = rows.filter((row) => isSurelyIn(row, filter, value)).length;
    return matching > 0 && matching < rows.length && !filter.neutral.includes(String(value));
  });
  const some = rows.slice(0, mostCompared.rows);
  const parted = (value: Json): number => {
    const inside = some.filter((row) => isSurelyIn(row, filter, value)).length;
    return Math.min(inside, some.filter((row) => isSurelyOut(row, filter, value)).length);
  };
  const best = telling
    .slice(0, mostCompared.values)
    .map((value) => ({ value, rank: -parted(value) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ value }) => value);
  // A filter that nothing or everything satisfies shows less, and something all the same.
  const others = [...values.values()].filter((value) => !filter.neutral.includes(String(value)));
  return best.length > 0 ? best : [...unseen.slice(0, 1), ...others];
}

/** Values that nothing has which the list shows, listed ones and numbers: then the filter leaves none of it. */
function unseenValues(operation: Operation, filter: FilterRole, rows: readonly Json[]): Json[] {
  const parameter = operation.parameters.find(({ name, in: at }) => at === 'query' && name === filter.parameter);
  if (parameter === undefined || parameter.schema.problem !== null || filter.within.length > 0) return [];
  const listed = listedValues(viewOf(operation.document).possible(parameter.schema.pointer));
  const numbers = rows.flatMap((row) => valuesAt(row, filter.member).filter((value) => typeof value === 'number'));
  const next = filter.operator === 'eq' ? numbers.flatMap((number) => [number + 1, number - 1]) : [];
  return [...listed, ...next].filter(
    (value) => !filter.neutral.includes(String(value)) && rows.every((row) => isSurelyOut(row, filter, value)),
  );
}

function judged(exchange: Exchange, role: ListRole, filter: FilterRole, value: Json, seen: Seen): Outcome | null {
  const rows = rowsIn(exchange, role);
  if (rows === null) return null;
  const member = filter.member.join('.');
  const words = `${member} ${signs[filter.operator]} ${JSON.stringify(value)}`;
  const wrong = rows.find((row) => isSurelyOut(row, filter, value));
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
  const counted = totalSaid(exchange, role, rows, seen);
  if (counted !== null) return counted;
  const keys = new Set(rows.map((row) => keyOf(role.resource, row)));
  const matching = seen.rows.filter((row) => isSurelyIn(row, filter, value));
  const lost = matching.find((row) => !keys.has(keyOf(role.resource, row)));
  // Of a part of the list nothing can be missed, unless it is empty.
  const most = sizeRole(role)?.default ?? ((sizeRole(role) ?? placeRole(role)) ? 1 : Number.POSITIVE_INFINITY);
  if (lost === undefined || (rows.length > 0 && rows.length >= most)) {
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

const signs: Readonly<Record<FilterRole['operator'], string>> = {
  eq: 'is',
  ne: 'is not',
  lt: 'is less than',
  lte: 'is at most',
  gt: 'is more than',
  gte: 'is at least',
  in: 'is one of',
  contains: 'has',
};

/** Whether nobody can take the row for one that satisfies the filter; what a row does not show decides nothing. */
function isSurelyOut(row: Json, { member, operator }: FilterRole, asked: Json): boolean {
  const held = valuesAt(row, member)
    .flat()
    .filter((value) => value !== null);
  if (held.length === 0) return false;
  switch (operator) {
    case 'ne':
      return held.length === 1 && held.every((value) => String(value) === String(asked));
    case 'lt':
    case 'lte':
      return held.every((value) => difference(value, asked) > 0);
    case 'gt':
    case 'gte':
      return held.every((value) => difference(value, asked) < 0);
    default:
      return !held.some((value) => isAlike(value, asked));
  }
}

/** Whether nobody can take the row for one that does not satisfy it. */
function isSurelyIn(row: Json, { member, operator }: FilterRole, asked: Json): boolean {
  const held = valuesAt(row, member)
    .flat()
    .filter((value) => value !== null);
  switch (operator) {
    case 'ne':
      return held.length === 1 && held.every((value) => !isAlike(value, asked));
    case 'lt':
    case 'lte':
      return held.some((value) => difference(value, asked) < 0);
    case 'gt':
    case 'gte':
      return held.some((value) => difference(value, asked) > 0);
    default:
      return held.some((value) => String(value) === String(asked));
  }
}

/** Equal, but for what servers overlook; or a text that holds the other, or a moment of the day that is asked for. */
function isAlike(value: Json, asked: Json): boolean {
  const [held, wanted] = [folded(String(value)), folded(String(asked))];
  if (held === wanted || (typeof value === 'string' && held.includes(wanted))) return true;
  return String(value) !== '' && String(asked) !== '' && Number(value) === Number(asked);
}

const day = 86_400_000;
const isDate = (value: Json): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value);

/** Below 0, 0, above 0; NaN where there is no order. Days are compared by whole days, whatever zone they are of. */
function difference(a: Json, b: Json): number {
  if (isDate(a) && isDate(b)) {
    const apart = Date.parse(a) - Date.parse(b);
    return Math.abs(apart) <= day ? 0 : apart;
  }
  return typeof a === 'number' || typeof b === 'number' ? Number(a) - Number(b) : Number.NaN;
}
