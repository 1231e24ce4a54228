import { retryKeyOf } from '../../operation/index.js';
import { type ItemRole, keyOf, readAt, setAt } from '../../resource/index.js';
import { isObject, type JsonObject } from '../../text/value.js';
import { isSuccess, rowIn } from './answers.js';
import { differencesOf } from './differences.js';
import type { Made } from './hands.js';
import { broken, kept, type Life, told } from './life.js';
import { shownBy, takenBy } from './members.js';

/** A create that is sent again with the key by which a server knows it again makes nothing more. */
export async function checkRetry(life: Life, beside: Made): Promise<void> {
  const { hands, resource } = life;
  const { create } = life.roles;
  if (create?.kind !== 'create' || resource.key === null || !hands.isWanted('retried-once')) return;
  const parameter = retryKeyOf(life.operation(create));
  const body = parameter && (await hands.fresh(create, beside.thing));
  if (!parameter || body === null || body === undefined) return;
  const name = parameter.name.toLowerCase();
  const path = hands.pathTo(create, beside.thing);
  // Another run must not be taken for this one.
  const headers = { [name]: crypto.randomUUID() };
  const send = (title: string) => hands.send({ entry: create.entry, path, body, headers, title, mayBeRefused: true });
  const first = await send('create with a key of the request');
  const made = first && isSuccess(first) ? hands.madeBy(first, create) : null;
  if (made === null || first === null) return;
  const again = await send('the same create, with the same key of the request');
  if (again === null) return;
  await hands.hold('retried-once', async () => {
    // A refusal makes nothing either.
    const row = isSuccess(again) ? rowIn(again, create) : null;
    const key = row === null ? undefined : keyOf(resource, row);
    if (key === undefined || key === String(made.thing.key)) return kept(again);
    return broken(again, {
      message: `A create that was sent again with the same ${parameter.name} has made a second thing: ${told(first, made.thing)}, and then ${told(again)}`,
      expected: `the key ${JSON.stringify(made.thing.key)} again`,
      received: `the key ${JSON.stringify(key)}`,
      cause: 'a request that was sent again',
    });
  });
}

/**
 * Where the client says the key, and the document has a conflict for that alone, a create with a key that is taken leaves what is
 * there as it is.
 */
export async function checkTaken(life: Life, there: Made): Promise<void> {
  const { hands, resource } = life;
  const { create, read } = life.roles;
  const path = create?.body?.path ?? [];
  const member = resource.key?.member ?? [];
  if (create?.kind !== 'create' || read === undefined || there.sent === null) return;
  const key = member.length === 0 ? undefined : readAt(there.sent, member);
  if (key === undefined || String(key) !== String(there.thing.key)) return;
  // Where all operations are said to be refused with it, it is no promise of this one.
  const hasConflict = (role: ItemRole) => life.operation(role).responses.some(({ key: status }) => status === '409');
  if (!hasConflict(create) || hasConflict(read)) return;
  const drawn = await hands.fresh(create, there.thing);
  const row = drawn === null ? undefined : readAt(drawn, path);
  const before = (await life.read(there.thing, 'read what has a key that is taken'))?.row;
  if (drawn === null || !isObject(row) || !before) return;
  const sent = setAt(row, member, key) as JsonObject;
  const title = 'create another with a key that is taken';
  const body = setAt(drawn, path, sent);
  const target = { entry: create.entry, path: hands.pathTo(create, there.thing) };
  const creating = await hands.send({ ...target, body, title, mayBeRefused: true });
  if (creating === null || !isSuccess(creating)) return;
  await hands.hold('keys-differ', async () => {
    const after = await life.read(there.thing, 'read what had a key that is taken');
    if (!after?.row) return null;
    const left = new Set(member.slice(0, 1));
    const lost = differencesOf(
      Object.fromEntries(Object.entries(before).filter(([name]) => Object.hasOwn(sent, name))),
      after.row,
      takenBy(life.operation(create), create),
      shownBy(life.operation(read), read),
      left,
      life.operation(read).schemas,
    ).filter(({ isNormalised }) => !isNormalised);
    if (lost.length === 0) return kept(after.exchange);
    return broken(after.exchange, {
      message: `A create with a key that is taken has replaced what had it: ${told(creating)}, and then ${told(after.exchange, there.thing)}`,
      expected: 'a refusal with 409, which the document has for that',
      received: `another ${lost.map(({ name }) => `"${name}"`).join(', ')} under the key ${JSON.stringify(there.thing.key)}`,
      cause: 'a key that is taken',
    });
  });
}
