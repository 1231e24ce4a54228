import type { Operation } from '../../operation/index.js';
import type { ItemRole } from '../../resource/index.js';
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

/**
 * What is gone cannot be changed any more where the document says so, nor replaced, where it says of neither 201 nor in words that
 * PUT makes something.
 */
export async function checkNoChange(
  life: Life,
  made: Made,
  before: Reading | undefined,
  deleting: Exchange,
): Promise<void> {
  const { change, replace } = life.roles;
  for (const role of new Set([change, replace])) {
    if (role === undefined || !before?.row || !mayNotMake(life.operation(role), role)) continue;
    const taken = takenBy(life.operation(role), role);
    const members = rowTaken(life.operation(role), taken, before.row);
    if (Object.keys(members).length === 0) continue;
    await life.hands.hold('deleted-gone', async () => {
      const gone = await life.read(made.thing, 'read what is to be changed no more');
      if (isMissing(gone?.status ?? null) !== true) return null;
      const title = role.kind === 'replace' ? 'replace what was deleted' : 'change what was deleted';
      const exchange = await send({ life, made, change: role, taken }, before, members, title);
      if (exchange === null || statusClass(exchange.received.status ?? 500) === 5) return null;
      if (!isSuccess(exchange)) return kept(exchange);
      // It may be there again, and is removed at the end.
      life.hands.claimed(made.thing);
      return broken(exchange, {
        message: `What was deleted can be ${role.kind === 'replace' ? 'replaced' : 'changed'}: ${told(deleting)}, and then ${told(exchange)}`,
        expected: 'status 404 or 410',
        received: `status ${exchange.received.status}`,
        cause: 'a change after a DELETE',
      });
    });
  }
}

/** Whether a document says that what is not there is not changed, and not that it is made instead. */
function mayNotMake({ responses, summary, description }: Operation, { kind, keyParameter }: ItemRole): boolean {
  if (!responses.some(({ key }) => key === '404' || key === '410')) return false;
  if (kind === 'merge') return true;
  // What is named by its key in the body alone may be put there by whoever chooses that.
  if (kind !== 'replace' || keyParameter === null) return false;
  const words = `${summary ?? ''} ${description ?? ''} ${responses.map((each) => each.description).join(' ')}`;
  return !responses.some(({ key }) => key === '201') && !/creat|upsert|insert|\bnew\b/i.test(words);
}
