import { headerOf, type Operation, retryKeyOf } from '../../operation/index.js';
import { type ItemRole, isSameName, keyOf, readAt } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { type Json, type JsonObject, setMember } from '../../text/value.js';
import { excerpt } from '../excerpt.js';
import type { Exchange } from '../types.js';
import { checkLocation, checkOwnAddress } from './addresses.js';
import { isSuccess, nameOf, rowIn } from './answers.js';
import { openedJson, rowOf } from './attributes.js';
import { mayShow } from './differences.js';
import type { Made } from './hands.js';
import { broken, isMissing, kept, type Life, type Listing, type Reading, told } from './life.js';
import { likenessOf } from './likeness.js';
import { isMarked, membersAt, shownBy } from './members.js';
import { checkListedValues, checkValues, isLater } from './values.js';

/** What was seen of a thing as soon as it had been made. */
export interface Created {
  /** The list that it stands in, as it was last seen. */
  readonly listing: Listing | null;
}

/**
 * What holds of a thing as soon as it has been made. Null: it is not there, or is another one.
 * @param listing the list that it stands in, where that was looked at since
 */
export async function checkCreated(life: Life, made: Made, listing: Listing | null = null): Promise<Created | null> {
  if ((await checkStored(life, made)) === false) return null;
  await checkLocation(life, made);
  await checkOwnAddress(life, made);
  await checkValues(life, made);
  const listed = await checkListed(life, made, made.exchange, listing);
  if (life.roles.read === undefined) await checkListedValues(life, made, listed);
  return { listing: listed };
}

async function checkStored(life: Life, made: Made): Promise<boolean | null> {
  if (isLater(life, made)) return null;
  const { thing, exchange: created } = made;
  let isUnreachable = false;
  const isStored = await life.hands.hold('create-stored', async () => {
    const reading = await life.read(thing, 'read what was created');
    if (reading === undefined) return null;
    const { exchange, row, status } = reading;
    const isGone = isMissing(status);
    // Whether a server takes a slash in a path for part of a key nobody knows.
    isUnreachable = isGone === true && scalarText(thing.key).includes('/');
    if (isGone === null || isUnreachable) return null;
    if (isGone) {
      return broken(exchange, {
        message: `What was created cannot be read: ${told(created, thing)}, and ${told(exchange)}`,
        expected: 'the thing that was created',
        received: `status ${status}`,
        cause: 'created and not there',
      });
    }
    const key = row === null ? undefined : keyOf(life.resource, row);
    if (key === undefined || key === scalarText(thing.key)) return kept(exchange);
    return broken(exchange, {
      message: `Another thing is shown than the one that was asked for: ${told(exchange)}`,
      expected: `the key ${JSON.stringify(thing.key)}`,
      received: `the key ${JSON.stringify(key)}`,
      cause: 'another thing is shown',
    });
  });
  return isUnreachable ? false : isStored;
}

/**
 * The list shows it once, and as reading it does.
 * @param known the list, where it was looked at since
 * @returns the list as it was last seen
 */
export async function checkListed(
  life: Life,
  { thing, exchange: made, sent }: Made,
  after = made,
  known: Listing | null = null,
): Promise<Listing | null> {
  let [next, seen] = [known, null as Listing | null];
  await life.hands.hold('listed', async () => {
    const reading = await life.read(thing, 'read what is to be in the list');
    if (reading !== undefined && reading.row === null) return null;
    const listed = next ?? (await life.listOf(thing, reading?.row ?? sent ?? {}));
    [next, seen] = [null, listed];
    const last = listed?.walked.pages.at(-1)?.exchange;
    if (listed === null || last === undefined) return null;
    if (listed.found === null) {
      if (!listed.walked.isWhole || life.contradicted(thing, sent ?? {}).length > 0) return null;
      return broken(last, {
        message: `The list does not show what is there: ${told(after, thing)}, and then ${told(last)}`,
        expected: `an item with the key ${JSON.stringify(thing.key)}`,
        received: `${listed.walked.pages.reduce((count, { rows }) => count + rows.length, 0)} items without it`,
        cause: 'not in the list',
      });
    }
    if (reading === undefined) return kept(last);
    const outcome = asRead(listed.found.exchange, openedJson(listed.found.row), reading, shownInList(life));
    if (outcome.said === null) return outcome;
    // What goes on by itself was another when the list was made.
    const later = await life.read(thing, 'read it once more');
    return JSON.stringify(later?.row) === JSON.stringify(reading.row) ? outcome : null;
  });
  return seen;
}

/** Whether the list may show a value: what its schema forbids there, or each of its branches, it shows otherwise. */
function shownInList(life: Life): (name: string, value: Json) => boolean {
  const { list } = life.roles;
  const operation = list && life.operation(list);
  if (!operation) return () => true;
  const shown = new Map(shownBy(operation, list).map((member) => [member.name, member]));
  return (name, value) => mayShow(shown.get(name), value, operation.schemas);
}

/** A list may show less of a thing than reading it does, and nothing else. */
function asRead(
  exchange: Exchange,
  item: Json,
  { row, exchange: read }: Reading,
  maySay: (name: string, value: Json) => boolean,
) {
  if (row === null || typeof item !== 'object' || item === null || Array.isArray(item)) return kept(exchange);
  const other = Object.entries(item).find(
    ([name, value]) =>
      Object.hasOwn(row, name) &&
      typeof value !== 'object' &&
      likenessOf(value, row[name]) === 'other' &&
      isSettled(name) &&
      maySay(name, row[name] as Json),
  );
  if (other === undefined) return kept(exchange);
  const [name, value] = other;
  return broken(exchange, {
    message: `The list shows a thing otherwise than reading it does: ${nameOf(exchange)} and ${nameOf(read)}: "${name}"`,
    expected: `${excerpt(row[name])}, as ${nameOf(read)} shows it`,
    received: excerpt(value),
    cause: 'the list shows it otherwise',
  });
}

function isSettled(name: string): boolean {
  return !/count|views?$|seen|visit|hits?$|url$|uri$|href|links?$|age$|expir|token/i.test(name);
}

/** Two creates give two keys. */
export async function checkKeys({ hands, roles }: Life, first: Made, second: Made): Promise<boolean | null> {
  // Where the client says the key, it is the server's no more.
  const { create } = roles;
  if (create?.kind !== 'create') return null;
  return hands.hold('keys-differ', async () => {
    if (scalarText(first.thing.key) !== scalarText(second.thing.key)) return kept(second.exchange);
    // Whoever says twice that it is one request gets one thing, and may have no other way to say it.
    const retry = retryKeyOf(hands.operation(create.entry))?.name.toLowerCase();
    const [once, again] = [first, second].map(({ exchange }) => retry && headerOf(exchange.request, retry));
    if (once !== undefined && once === again) return null;
    // Whoever sends the key itself gets the same thing again; in a form, whoever may send it.
    const { key } = second.thing.resource;
    if (key !== null && readAt(second.sent ?? {}, key.member) !== undefined) return null;
    const names = [key?.member.at(-1), key?.parameter].filter((name) => typeof name === 'string');
    const isKey = (name: string) => names.some((known) => isSameName(known, name));
    if (sentNames(hands.operation(create.entry), second).some(isKey)) return null;
    return broken(second.exchange, {
      message: `Two creates gave the same key: ${told(first.exchange, first.thing)}, and ${told(second.exchange, second.thing)}`,
      expected: 'a key of its own for each',
      received: `the key ${JSON.stringify(second.thing.key)} twice`,
      cause: 'one key twice',
    });
  });
}

/** The members that a create was sent, or those that it may be sent where it was sent no JSON. */
function sentNames(operation: Operation, { sent }: Made): readonly string[] {
  if (sent !== null) return Object.keys(sent);
  const contents = operation.requestBody?.content ?? [];
  return contents.flatMap((content) => membersAt(operation, content, []).map(({ name }) => name));
}

/** What is `readOnly` is the server's: a client that sends it changes nothing. */
export async function checkReadOnly(life: Life, made: Made): Promise<Made | null> {
  const { create, read } = life.roles;
  if (!create?.body || read === undefined || made.sent === null) return null;
  const row = (await life.read(made.thing, 'read what the server has set'))?.row;
  if (!row) return null;
  const foreign = foreignValues(life.operation(create), create, row);
  const names = Object.keys(foreign);
  if (names.length === 0) return null;
  const sent = await life.hands.fresh(create, made.thing);
  if (sent === null) return null;
  const body = life.bodyWith(create, { ...rowOf(create, sent), ...foreign }, sent);
  const exchange = await life.ask(create, made.thing, 'create with values for what is readOnly', {
    body,
    path: life.hands.pathTo(create, made.thing),
    mayBeRefused: true,
  });
  // To refuse it is as right as to overlook it.
  if (exchange === null || !isSuccess(exchange)) return null;
  const other = life.hands.madeBy(exchange, create);
  const shown = other && ((await life.read(other.thing, 'read what was created so'))?.row ?? rowIn(exchange, create));
  if (!shown) return other;
  await life.hands.hold('read-only-kept', async () => {
    const taken = names.find((name) => scalarText(shown[name]) === scalarText(foreign[name]));
    if (taken === undefined) return kept(exchange);
    return broken(exchange, {
      message: `What is readOnly was taken from the client: ${told(exchange, other?.thing)} with "${taken}"`,
      expected: `a value of the server's for "${taken}"`,
      received: excerpt(shown[taken]),
      cause: `readOnly "${taken}"`,
    });
  });
  return other;
}

/** Other values for the members that are `readOnly` in what an operation takes. */
export function foreignValues(operation: Operation, { body }: ItemRole, row: JsonObject): JsonObject {
  const content = operation.requestBody?.content.find(({ mediaType }) => mediaType === body?.mediaType);
  const foreign: JsonObject = {};
  for (const { name, parts } of membersAt(operation, content, body?.path ?? [])) {
    const value = isMarked(parts, 'readOnly') ? otherValue(row[name]) : undefined;
    if (value !== undefined) setMember(foreign, name, value);
  }
  return foreign;
}

/** Another value of the same form than one that the server has made. */
function otherValue(value: Json | undefined): Json | undefined {
  if (typeof value === 'number') return value + 7_777;
  if (typeof value !== 'string' || value === '') return undefined;
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return '2001-02-03T04:05:06Z';
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return '2001-02-03';
  if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(value)) return '00000000-0000-4000-8000-00000000c0de';
  return /^\w+$/.test(value) ? `${value}x` : undefined;
}
