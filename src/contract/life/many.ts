import { type Beside, type ItemRole, listedIn, type ManyRole, readAt, setAt } from '../../resource/index.js';
import { fits } from '../../schema/index.js';
import { scalarText } from '../../text/integers.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import { excerpt } from '../excerpt.js';
import type { Thing } from '../things/harvest.js';
import { sentBody } from '../things/sent-body.js';
import type { Exchange } from '../types.js';
import { isSuccess, jsonOf, nameOf } from './answers.js';
import { openedJson } from './attributes.js';
import { checkCreated } from './creating.js';
import { checkGone, checkNeighbours, keysIn } from './deleting.js';
import type { Made } from './hands.js';
import { broken, kept, type Life, told } from './life.js';
import { saySame } from './likeness.js';
import { isSaying } from './members.js';
import { checkWitness, witnessOf } from './witness.js';

/**
 * What one request makes is all there, each as it was sent; and what one request removes is gone, and nothing else.
 * @param other a thing that stays
 */
export async function checkMany(life: Life, other: Made): Promise<void> {
  const [make] = life.hands.beside(life.resource).filter(isMaking);
  const made = make ? await checkManyMade(life, make.role, other) : [];
  const remove = life.resource.roles.find((role): role is ItemRole => role.kind === 'delete-many');
  if (remove !== undefined) await checkManyRemoved(life, remove, made, other);
}

export const isMaking = (beside: Beside): beside is Beside & { readonly as: 'many' } => beside.as === 'many';

/** Whether an answer says that all of it was done, and by now. */
function isAllDone({ hands }: Life, exchange: Exchange): boolean {
  const { status } = exchange.received;
  return isSuccess(exchange) && status !== 207 && (status !== 202 || hands.isPatient);
}

export async function checkManyMade(
  life: Life,
  role: ManyRole,
  { thing: beside }: Pick<Made, 'thing'>,
): Promise<Made[]> {
  const { hands } = life;
  const whole = await hands.fresh(role, beside);
  const items = whole === null ? [] : itemsIn(whole, role);
  if (items.length === 1) items.push(...itemsIn((await hands.fresh(role, beside)) ?? undefined, role));
  if (whole === null || items.length < 2) return [];
  const making = await hands.send({
    entry: role.entry,
    path: hands.pathTo(role, beside),
    body: setAt(whole, role.many.path, items.slice(0, 2)),
    title: 'create two at once',
    mayBeRefused: true,
  });
  const sent = making && itemsIn(sentBody(making.operation, making.request)?.value, role);
  const rows = making && role.answer ? listedIn(jsonOf(making.received), role.answer)?.map(openedJson) : undefined;
  if (!making || !sent || !isAllDone(life, making)) return [];
  if (!rows) return checkUnshown(life, role, beside, making, sent);
  const isAll = await hands.hold('create-stored', async () =>
    rows.length === sent.length
      ? kept(making)
      : broken(making, {
          message: `Not everything that was sent at once was created: ${told(making)}`,
          expected: `${sent.length} things, as were sent`,
          received: `${rows.length} of them`,
          cause: 'some of several created',
        }),
  );
  const all = isAll ? paired(role, sent, rows.filter(isObject)) : [];
  const made: Made[] = [];
  for (const { row, item } of all) {
    const key = readAt(row, life.resource.key?.member ?? []);
    if (key === undefined || key === null || life.resource.key === null) continue;
    const thing = hands.claimed({ ...beside, key, row });
    const one = { thing, exchange: making, sent: item };
    if ((await checkCreated(life, one)) === null) return made;
    made.push(one);
  }
  return made;
}

/** What is made at once and not shown is in the list, as far as each says something there that nothing else does. */
async function checkUnshown(
  life: Life,
  role: ManyRole,
  beside: Thing,
  making: Exchange,
  sent: readonly Json[],
): Promise<Made[]> {
  const items = sent.map((item) => readAt(item, role.many.inside)).filter(isObject);
  const made = new Map<string, Made>();
  await life.hands.hold('create-stored', async () => {
    const listed = await life.listOf(beside, items[0] ?? {});
    const last = listed?.walked.pages.at(-1)?.exchange;
    const rows = (listed?.walked.pages ?? []).flatMap((page) => page.rows.map(openedJson)).filter(isObject);
    if (!last || !listed?.walked.isWhole) return null;
    const telling = items.flatMap((item) => {
      const name = Object.keys(item).find(
        (each) => isOwn(item, items, each) && rows.some((row) => typeof row[each] === 'string'),
      );
      return name === undefined ? [] : [{ item, name, row: rows.find((row) => saySame(item, row, name)) }];
    });
    for (const { item, row } of telling) {
      const key = row && readAt(row, life.resource.key?.member ?? []);
      if (!row || key === undefined || key === null || made.has(scalarText(key))) continue;
      made.set(scalarText(key), { thing: life.hands.claimed({ ...beside, key, row }), exchange: making, sent: item });
    }
    const lost = telling.find(({ row }) => row === undefined);
    if (lost === undefined) return telling.length > 0 ? kept(last) : null;
    return broken(last, {
      message: `Not everything that was sent at once was created: ${told(making)}, and then ${nameOf(last)}`,
      expected: `an item with "${lost.name}": ${excerpt(lost.item[lost.name])}`,
      received: `${rows.length} items without it`,
      cause: 'some of several created',
    });
  });
  return [...made.values()];
}

function itemsIn(body: Json | undefined, { many }: ManyRole): Json[] {
  const items = readAt(body, many.path);
  return Array.isArray(items) ? [...items] : [];
}

/** What was sent with what is shown of it: by what each alone says, and the others in their order. */
function paired(
  { many }: ManyRole,
  sent: readonly Json[],
  rows: readonly JsonObject[],
): { readonly row: JsonObject; readonly item: JsonObject | null }[] {
  const left = [...rows];
  const items = sent.map((item) => readAt(item, many.inside)).filter(isObject);
  const pairs = items.map((item) => {
    const at = left.findIndex((row) =>
      Object.keys(item).some((name) => isOwn(item, items, name) && saySame(item, row, name)),
    );
    return { item, row: at < 0 ? undefined : left.splice(at, 1)[0] };
  });
  return pairs.flatMap(({ item, row = left.shift() }) => (row === undefined ? [] : [{ item, row }]));
}

/** Whether an item alone says something of a member. */
function isOwn(item: JsonObject, items: readonly JsonObject[], name: string): boolean {
  const { [name]: value } = item;
  return (
    typeof value === 'string' && isSaying(value) && items.every((each) => each === item || !saySame(item, each, name))
  );
}

async function checkManyRemoved(life: Life, remove: ItemRole, known: readonly Made[], other: Made): Promise<void> {
  const { hands, resource } = life;
  if (!hands.mayRemoveMany(resource)) return;
  const made = [...known];
  while (made.length < 2) {
    const one = await hands.make(resource, 'to be deleted with another', life.besides(other.thing));
    if (typeof one === 'string') return;
    made.push(one);
  }
  const things = made.map(({ thing }) => thing);
  const [first, ...others] = things;
  const keys = things.map(({ key }) => key);
  const naming = first && (await namingOf(life, remove, other, keys));
  if (!first || !naming) return;
  const before = [];
  for (const thing of things) before.push({ thing, reading: await life.read(thing, 'read what will be deleted') });
  const witness = await witnessOf(life, other);
  const row = before[0]?.reading?.row ?? made[0]?.sent ?? {};
  const listed = await life.listOf(first, row);
  const title = 'delete several at once';
  const removing = await hands.send({ entry: remove.entry, title, mayBeRefused: true, ...naming });
  if (removing === null || !isAllDone(life, removing)) return;
  for (const { thing } of before) hands.forgotten(thing);
  for (const { thing, reading } of before) await checkGone(life, thing, reading, removing);
  if (listed?.walked.isWhole)
    await checkNeighbours(life, [first, ...others], row, removing, keysIn(life, listed.walked));
  await checkWitness(life, witness, removing);
}

/** Names of what holds keys. */
const ofKeys = /^(?:ids|keys)$| (?:ids|keys)$/;

/**
 * What names these things alone to what removes several: the one list in its body, or the list of keys in its query. Undefined where
 * it may be something else that is asked for, since all might be removed then.
 */
async function namingOf(life: Life, remove: ItemRole, { thing }: Made, keys: readonly Json[]) {
  const { hands, resource } = life;
  const operation = hands.operation(remove.entry);
  const path = hands.pathTo(remove, thing);
  const inQuery = operation.parameters.filter(
    ({ in: place, name }) => place === 'query' && ofKeys.test(phraseOf(name)),
  );
  const drawn = operation.requestBody === null ? null : await hands.fresh(remove, thing);
  const [parameter] = inQuery;
  if (parameter !== undefined && drawn === null) {
    const accepted = [keys, keys.join(',')].find((value) => fits(parameter.schema, value));
    return accepted === undefined ? undefined : { path, query: { [parameter.name]: accepted as Json } };
  }
  const lists = isObject(drawn) ? Object.keys(drawn).filter((name) => Array.isArray(drawn[name])) : [];
  const [name] = lists;
  const held = Array.isArray(drawn) ? drawn : isObject(drawn) && name !== undefined ? drawn[name] : undefined;
  const [sample] = Array.isArray(held) ? held : [];
  if (sample === undefined || lists.length > 1 || (isObject(drawn) && Object.keys(drawn).length > 1)) return undefined;
  const named = keys.map((key) => (isObject(sample) ? setAt({}, resource.key?.member ?? [], key) : key));
  const body: Json = name === undefined ? named : { [name]: named };
  const isTaken = operation.requestBody?.content.some(
    ({ schema }) => schema && fits(operation.schemas.at(schema.pointer, 'request'), body),
  );
  return isTaken ? { path, body } : undefined;
}
