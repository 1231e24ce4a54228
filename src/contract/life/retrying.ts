import { retryKeyOf } from '../../operation/index.js';
import { afterNoun, type ItemRole, isSameName, keyOf, readAt, setAt } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { isSuccess, rowIn } from './answers.js';
import { differencesOf } from './differences.js';
import type { Made } from './hands.js';
import { broken, kept, type Life, told } from './life.js';
import { folded, likenessOf } from './likeness.js';
import { mayBe, othersFor, shownBy, takenBy } from './members.js';

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
    if (key === undefined || key === scalarText(made.thing.key)) return kept(again);
    return broken(again, {
      message: `A create that was sent again with the same ${parameter.name} has made a second thing: ${told(first, made.thing)}, and then ${told(again)}`,
      expected: `the key ${JSON.stringify(made.thing.key)} again`,
      received: `the key ${JSON.stringify(key)}`,
      cause: 'a request that was sent again',
    });
  });
}

/**
 * A key that the server makes of what it is sent, as the slug of a title is, is no key of what is there already: a create that
 * says 201 of it has not replaced that.
 */
export async function checkClash(life: Life, there: Made): Promise<void> {
  const { hands, resource } = life;
  const { create, read } = life.roles;
  const member = resource.key?.member ?? [];
  const { sent } = there;
  if (create?.kind !== 'create' || read === undefined || sent === null || readAt(sent, member) !== undefined) return;
  const before = (await life.read(there.thing, 'read what another one is to be called like'))?.row;
  const key = folded(scalarText(there.thing.key));
  const taken = takenBy(life.operation(create), create);
  // Whoever says the key itself, though by another name (`tag_name` of a tag whose key is `name`), means what has it.
  const noun = resource.name.split('.').at(-1) ?? '';
  const isKey = ([name, value]: [string, Json]) =>
    scalarText(value) === scalarText(there.thing.key) && isSameName(afterNoun(name, noun) ?? '', member.at(-1) ?? '');
  if (Object.entries(sent).some(isKey)) return;
  const isOfKey = (value: Json) => typeof value === 'string' && value !== '' && folded(value).includes(key);
  if (!before || key.length < 3 || !Object.values(sent).some(isOfKey)) return;
  const other = taken
    .filter(({ name }) => Object.hasOwn(before, name) && !isOfKey(before[name] ?? null))
    .flatMap((each) => othersFor(each, before[each.name] ?? null).map((value) => ({ each, value })))
    .find(({ each, value }) => mayBe(life.operation(create), each, value));
  if (other === undefined) return;
  const { name } = other.each;
  const body = life.bodyWith(create, { ...sent, [name]: other.value });
  const path = hands.pathTo(create, there.thing);
  const creating = await hands.send({
    entry: create.entry,
    path,
    body,
    title: 'create another of the same name',
    mayBeRefused: true,
  });
  const made = creating?.received.status === 201 ? hands.madeBy(creating, create) : null;
  if (creating === null || made === null) return;
  await hands.hold('keys-differ', async () => {
    if (scalarText(made.thing.key) !== scalarText(there.thing.key)) return kept(creating);
    const after = await life.read(there.thing, 'read what another one was called like');
    if (!after?.row || likenessOf(before[name] ?? null, after.row[name]) !== 'other') return null;
    return broken(after.exchange, {
      message: `A create of the same name has replaced what was there: ${told(creating)}, and then ${told(after.exchange, there.thing)}`,
      expected: 'a key of its own, or a refusal',
      received: `the key ${JSON.stringify(there.thing.key)} again, and another "${name}" under it`,
      cause: 'a name that is taken',
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
  if (key === undefined || scalarText(key) !== scalarText(there.thing.key)) return;
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
