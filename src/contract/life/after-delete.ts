import type { JsonObject } from '../../text/value.js';
import { statusClass } from '../checks/received.js';
import type { Thing } from '../things/harvest.js';
import type { Exchange } from '../types.js';
import { isSuccess } from './answers.js';
import { send } from './changing.js';
import { rowTaken } from './emptying.js';
import type { Made } from './hands.js';
import { broken, isMissing, kept, type Life, type Reading, told } from './life.js';
import { totalRight } from './lists.js';
import { takenBy } from './members.js';

/** The total of a list is that of its items when something has gone from it, too. */
export async function checkTotal(life: Life, thing: Thing, row: JsonObject): Promise<void> {
  await life.hands.hold('total-right', async () => {
    const now = await life.listOf(thing, row);
    return now && totalRight(now.walked, now.role);
  });
}

/** What is gone cannot be changed any more where the document says so; by PUT, and where it does not, it may be made again. */
export async function checkNoChange(
  life: Life,
  made: Made,
  before: Reading | undefined,
  deleting: Exchange,
): Promise<void> {
  const { change } = life.roles;
  if (change?.kind !== 'merge' || !before?.row) return;
  const operation = life.operation(change);
  if (!operation.responses.some(({ key }) => key === '404' || key === '410')) return;
  const taken = takenBy(operation, change);
  const members = rowTaken(operation, taken, before.row);
  if (Object.keys(members).length === 0) return;
  await life.hands.hold('deleted-gone', async () => {
    const gone = await life.read(made.thing, 'read what is to be changed no more');
    if (isMissing(gone?.status ?? null) !== true) return null;
    const exchange = await send({ life, made, change, taken }, before, members, 'change what was deleted');
    if (exchange === null || statusClass(exchange.received.status ?? 500) === 5) return null;
    if (!isSuccess(exchange)) return kept(exchange);
    return broken(exchange, {
      message: `What was deleted can be changed: ${told(deleting)}, and then ${told(exchange)}`,
      expected: 'status 404 or 410',
      received: `status ${exchange.received.status}`,
      cause: 'a change after a DELETE',
    });
  });
}
