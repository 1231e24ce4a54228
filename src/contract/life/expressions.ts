import { isObject, type Json } from '../../text/value.js';
import { withAsked } from './asking.js';
import { checkFilter } from './filters.js';
import type { Hands } from './hands.js';
import type { FilterRole } from './satisfying.js';
import { tellingValues } from './telling.js';
import { beginning, type ListAt, type Seen } from './walk.js';

/** So many members of a list are asked for by an expression. */
const mostMembers = 2;

/** The members that `$filter` may compare, by `eq`: what satisfies it is shown, and nothing else (OData 4.01, URL Conventions, 5.1.1). */
export async function checkExpression(hands: Hands, at: ListAt, seen: Seen): Promise<void> {
  const { role } = at;
  const place = role.query.find((each) => each.role === 'expression' && each.parameter === '$filter');
  const [sample] = seen.rows;
  if (place === undefined || !isObject(sample)) return;
  const operation = hands.operation(role.entry);
  const from = beginning(operation, role);
  const asked = Object.keys(sample).flatMap((name) => {
    if (!/^\w+$/.test(name)) return [];
    const { parameter, within } = place;
    const filter: FilterRole = { role: 'filter', parameter, within, member: [name], operator: 'eq', neutral: [] };
    const value = tellingValues(filter, seen.rows, []).find(isPlain);
    const query = value === undefined ? null : withAsked(operation, from, place, `${name} eq ${literal(value)}`);
    return value === undefined || query === null ? [] : [{ filter, value, query }];
  });
  for (const { filter, value, query } of asked.slice(0, mostMembers))
    await checkFilter(hands, at, filter, { query, values: [value] }, seen, true);
}

/** Texts that are no moments or keys of a form of their own, which are not written in quotes, and numbers. */
function isPlain(value: Json): boolean {
  if (typeof value === 'string') return value.length <= 60 && !/^\d{4}-\d\d|^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(value);
  return Number.isInteger(value);
}

const literal = (value: Json): string =>
  typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : JSON.stringify(value);
