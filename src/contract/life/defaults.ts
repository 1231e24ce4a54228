import { keyOf } from '../../resource/index.js';
import { viewOf } from '../../schema/view.js';
import type { Json } from '../../text/value.js';
import type { Exchange } from '../types.js';
import { besideRows, nameOf, rowsIn } from './answers.js';
import { askables } from './asking.js';
import type { Hands, Outcome } from './hands.js';
import { type ListAt, sizeRole } from './walk.js';

/**
 * Whether a list shows the same when all its documented defaults are sent as when they are left out.
 * @param plain the answer without them; null: it is asked for
 */
export async function checkDefaults(hands: Hands, { role, path }: ListAt, plain: Exchange | null): Promise<void> {
  const operation = hands.operation(role.entry);
  const view = viewOf(operation.document);
  const query: Record<string, Json> = {};
  for (const { name, required, schema } of askables(operation)) {
    if (required || schema.problem !== null) continue;
    const [value] = view.certain(schema.pointer).flatMap((part) => part.schema.default ?? []);
    if (value !== undefined && value !== '' && schema.accepts(value)) query[name] = value;
  }
  const names = Object.keys(query);
  if (names.length === 0) return;
  const ask = () => hands.send({ entry: role.entry, path, query, title: 'the list with its defaults said outright' });
  let before = plain;
  await hands.hold('default-applied', async () => {
    const without = before ?? (await hands.send({ entry: role.entry, path, title: 'the list' }));
    before = null;
    const exchange = await ask();
    return exchange && without && judged(without, exchange, names);
  });

  function judged(without: Exchange, exchange: Exchange, all: readonly string[]): Outcome | null {
    const [left, right] = [rowsIn(without, role), rowsIn(exchange, role)];
    if (left === null || right === null) return null;
    const complain = (expected: string, received: string): Outcome => ({
      exchange,
      said: {
        message: `The list without a parameter is not the one with its documented default: ${nameOf(exchange)}`,
        expected,
        received,
        cause: `default of ${all.join(', ')}`,
      },
    });
    const size = sizeRole(role)?.default ?? null;
    const told = besideRows(without, role, 'size');
    if (size !== null && typeof told === 'number' && told !== size) {
      return complain(`a page of ${size} items, the documented default`, `a page of ${told} items`);
    }
    const keys = [left, right].map((rows) => rows.map((row) => keyOf(role.resource, row) ?? JSON.stringify(row)));
    if (left.length === 0 && right.length === 0) return null;
    const [was, is] = keys.map((each) => (isOrdered() ? each : each.toSorted()).join('\n'));
    if (was === is) return { exchange, said: null };
    return complain(`the items of ${nameOf(without)} (${left.length})`, `${right.length} items, and not the same`);
  }

  /** Where no default says of an order, the server makes it as it likes. */
  function isOrdered(): boolean {
    return role.query.some(({ role: each, parameter }) => each === 'order' && parameter in query);
  }
}
