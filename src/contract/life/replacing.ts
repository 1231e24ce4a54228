import type { ItemRole } from '../../resource/index.js';
import { defaultOf, listedValues } from '../../schema/view.js';
import { scalarText } from '../../text/integers.js';
import { type Json, type JsonObject, setMember } from '../../text/value.js';
import { excerpt } from '../excerpt.js';
import type { Exchange } from '../types.js';
import { isSuccess, nameOf } from './answers.js';
import { rowOf } from './attributes.js';
import { checkNoSecond, checkOthersKept, rowsOf } from './beside-it.js';
import { type Changed, checkChanged, checkRename, isOfCreation } from './changed.js';
import { checkListed } from './creating.js';
import type { Made } from './hands.js';
import { broken, kept, type Life, type Reading, told } from './life.js';
import { isOtherMoment, likenessOf } from './likeness.js';
import {
  apartFromDefaults,
  counting,
  easeOf,
  isSaying,
  type Member,
  mayBe,
  naming,
  othersFor,
  shownBy,
  takenBy,
} from './members.js';
import { checkMoved } from './moments.js';
import { checkPutStatus, saysReplaces } from './putting.js';
import { checkOnlyNew, checkTags, checkVersion, matching } from './validators.js';

/** Replaces the whole thing, without one member that it had, and those that are not as the document says where they are left out. @returns as for a change */
export async function checkReplace(life: Life, made: Made): Promise<Changed> {
  const { replace, change, read } = life.roles;
  if (replace === undefined) return { made, last: null };
  const operation = life.operation(replace);
  const taken = takenBy(operation, replace);
  const names = naming(life.resource);
  const before = await readyToReplace(life, made, replace, taken);
  if (!before?.row) return { made, last: null };
  const { row } = before;
  const wrapped = (sent: JsonObject) => life.bodyWith(replace, sent);
  const fresh = rowOf(replace, await life.hands.fresh(replace, made.thing));
  // What is as it would be if it were left out shows nothing.
  const drawn = fresh && (apartFromDefaults(operation, taken, fresh) ?? fresh);
  const cautious = otherwise(taken, row, names, null);
  const bold = drawn === undefined ? cautious : otherwise(taken, row, names, drawn);
  // What every answer has to show, and not as nothing, stays somehow, whether it is sent or not.
  const reading = read && life.operation(read);
  const shown = read && reading ? shownBy(reading, read) : [];
  const isNeeded = (member: Member) => member.isRequired && reading && !mayBe(reading, member, null, 'response');
  const needed = new Set(shown.filter(isNeeded).map(({ name }) => name));
  const isLeft = (member: Member, whole: JsonObject) =>
    Object.hasOwn(whole, member.name) && mayBeLeft(member, names) && isSaying(row[member.name]);
  const left = (whole: JsonObject) => {
    const optional = taken.filter((member) => isLeft(member, whole));
    const plain = optional.find(({ name, parts }) => !needed.has(name) && defaultOf(parts) === undefined);
    // What it is where it is not sent the document may say itself.
    const isApart = (value: Json | undefined, name: string) =>
      value !== undefined && likenessOf(value, row[name]) === 'other';
    // What is either so or not, and a list, is told by its default alone.
    const isTold = (member: Member) => {
      const value = row[member.name];
      const isOfDefault = typeof value === 'boolean' || (Array.isArray(value) && value.length > 0);
      return isLeft(member, whole) || (isOfDefault && mayBeLeft(member, names));
    };
    const usual = taken.filter(
      (member) => member !== plain && isTold(member) && isApart(defaultOf(member.parts), member.name),
    );
    return [...(plain ? [plain] : []), ...usual].map(({ name }) => name);
  };
  const omitted = left(cautious);
  const attempts = [
    { whole: bold, names: left(bold) },
    { whole: cautious, names: omitted },
    ...(omitted.length === 0 ? [] : [{ whole: cautious, names: [] }]),
  ];
  const rowsBefore = await rowsOf(life, made, row);
  const isForChanging = mayChange(life, replace);
  for (const { whole, names: without } of attempts) {
    const sent = Object.fromEntries(Object.entries(whole).filter(([each]) => !without.includes(each)));
    const words = without.map((name) => `"${name}"`).join(', ');
    const exchange = await life.ask(replace, made.thing, words ? `replace it, without ${words}` : 'replace it', {
      body: wrapped(sent),
      mayBeRefused: true,
      ...matching(life, before.exchange, replace),
    });
    if (exchange === null || !isSuccess(exchange)) continue;
    await checkPutStatus(life, exchange, before);
    const renamed = await checkRename(life, made, exchange, sent);
    if (renamed !== null) return { made: renamed, last: exchange };
    const after = await checkChanged(life, made, exchange, sent, taken);
    if (after === undefined) return { made, last: exchange };
    await checkCreation(life, made, exchange, before, taken);
    if (change === undefined) {
      await movedBy(before, after, sent);
      await checkTags(life, made, before, after, { role: replace, body: wrapped(sent) });
      await checkVersion(life, replace, taken, before, after, (title, version) =>
        life.ask(replace, made.thing, title, { body: wrapped({ ...sent, ...version }), mayBeRefused: true }),
      );
    }
    await checkOnlyNew(life, made, replace, wrapped(sent));
    await checkNoSecond(life, made, exchange, sent, rowsBefore);
    await checkOthersKept(life, made, exchange, sent, rowsBefore);
    await checkAllReplaced(exchange, before, without);
    await checkListed(life, made, exchange);
    return { made, last: exchange };
  }
  return { made, last: null };

  /** What says when it was changed last has gone on. */
  async function movedBy(old: Reading, after: Reading, sent: JsonObject) {
    const text = taken.find(
      (each) => typeof sent[each.name] === 'string' && easeOf(each, sent[each.name] ?? null) === 0,
    );
    const other = text && !names.has(text.name) ? othersFor(text, sent[text.name] ?? null)[0] : undefined;
    if (text === undefined || other === undefined) return;
    await checkMoved(life, made, taken, old, after, async () => {
      for (const body of [{ ...sent, [text.name]: other }, sent]) {
        const now = await life.read(made.thing, 'read what will be replaced once more');
        const more = { body: wrapped(body), mayBeRefused: true as const };
        const how = now && replace ? matching(life, now.exchange, replace) : null;
        const exchange =
          how && replace && (await life.ask(replace, made.thing, 'replace it once more', { ...more, ...how }));
        if (!exchange || !isSuccess(exchange)) return undefined;
      }
      return life.read(made.thing, 'read when it was replaced');
    });
  }

  async function checkAllReplaced(exchange: Exchange, old: Reading, without: readonly string[]) {
    for (const name of exchange.received.status === 202 ? [] : without)
      if (!(await checkReplaced(life, made, exchange, old, name))) return;
  }

  /** What was not sent is not there any more. */
  async function checkReplaced(_life: Life, { thing }: Made, exchange: Exchange, old: Reading, name: string) {
    return life.hands.hold('replaced', async () => {
      const reading = await life.read(thing, 'read what was replaced');
      if (!reading?.row) return null;
      const value = old.row?.[name];
      if (value === undefined || likenessOf(value, reading.row[name]) === 'other') return kept(reading.exchange);
      return broken(reading.exchange, {
        severity: isForChanging ? 'information' : 'violation',
        message: `PUT has left a member that it did not send: ${told(exchange)} without "${name}", and then ${nameOf(reading.exchange)}`,
        expected: `no "${name}", or another value than before`,
        received: excerpt(reading.row[name]),
        cause: 'PUT leaves what it did not send',
      });
    });
  }
}

/** The thing, with members that a replacement may leave out: an earlier change may have taken them away. */
async function readyToReplace(
  life: Life,
  made: Made,
  replace: ItemRole,
  taken: readonly Member[],
): Promise<Reading | undefined> {
  const before = await life.read(made.thing, 'read what will be replaced');
  const names = naming(life.resource);
  const plain = taken.filter((member) => mayBeLeft(member, names) && defaultOf(member.parts) === undefined);
  const isEmpty = plain.length > 0 && !plain.some(({ name }) => isSaying(before?.row?.[name]));
  // What is either so or not, and is as it would be if it were left out: of what there is one of nobody else makes it otherwise.
  const usual = taken.filter(
    (member) =>
      life.resource.isSingleton &&
      mayBeLeft(member, names) &&
      typeof defaultOf(member.parts) === 'boolean' &&
      isAsUsual(member, before?.row),
  );
  const drawn =
    (isEmpty || usual.length > 0) && before?.row
      ? rowOf(replace, await life.hands.fresh(replace, made.thing))
      : undefined;
  // What a replacement leaves out is to be seen to come back to what it is then.
  const full = drawn && apartFromDefaults(life.operation(replace), taken, drawn);
  const isTelling = plain.some(({ name }) => isSaying(full?.[name])) || usual.some((each) => !isAsUsual(each, full));
  if (!before?.row || !full || !isTelling) return before;
  // Keys and what names others stay.
  const body = life.bodyWith(replace, otherwise(taken, before.row, names, full));
  const how = { body, mayBeRefused: true as const, ...matching(life, before.exchange, replace) };
  const filling = await life.ask(replace, made.thing, 'give it all that it may have', how);
  return filling && isSuccess(filling) ? life.read(made.thing, 'read what will be replaced') : before;
}

/** Whether a replacement may leave a member out, and it is gone then: which thing it is, and when it was made, the server says. */
const isAsUsual = ({ name, parts }: Member, row: JsonObject | null | undefined): boolean =>
  (row?.[name] ?? defaultOf(parts)) === defaultOf(parts);

function mayBeLeft({ name, isRequired }: Member, names: ReadonlySet<string>): boolean {
  return !isRequired && !names.has(name) && !counting.test(name) && !isOfCreation(name, {}, {});
}

/**
 * Many servers take PUT for a change: where there is no other way to make one and nothing says that it replaces, or where PUT
 * needs nothing that PATCH does not and no word says that it replaces.
 */
function mayChange(life: Life, replace: ItemRole): boolean {
  const { change } = life.roles;
  const operation = life.operation(replace);
  if (change === undefined || /\breplac/i.test(`${operation.summary} ${operation.description}`))
    return !saysReplaces(replace, operation);
  const needs = (role: ItemRole) => takenBy(life.operation(role), role).filter(({ isRequired }) => isRequired);
  const neededToChange = new Set(needs(change).map(({ name }) => name));
  return needs(replace).every(({ name }) => neededToChange.has(name));
}

/** What says when a thing was made, and what it was made under, is as it was, where it is not for clients to say. */
async function checkCreation(
  life: Life,
  made: Made,
  replacing: Exchange,
  { row: was }: Reading,
  taken: readonly Member[],
): Promise<void> {
  const { thing } = made;
  await checkPlace(life, made, replacing, was, taken);
  const isTaken = new Set(taken.map(({ name }) => name));
  if (!Object.keys(was ?? {}).some((name) => isOfCreation(name, {}, {}) && !isTaken.has(name))) return;
  await life.hands.hold('others-kept', async () => {
    const after = await life.read(thing, 'read when it was made');
    if (!was || !after?.row) return null;
    const { row } = after;
    const names = Object.keys(was).filter((name) => isOfCreation(name, was, row) && !isTaken.has(name));
    if (names.length === 0) return null;
    const name = names.find((each) => was[each] && row[each] && isOtherMoment(was[each], row[each]));
    if (name === undefined) return kept(after.exchange);
    return broken(after.exchange, {
      message: `To replace a thing has changed when it was made: ${told(replacing)}, and then ${nameOf(after.exchange)}: "${name}"`,
      expected: excerpt(was[name]),
      received: excerpt(row[name]),
      cause: 'another time of creation',
    });
  });
}

/** What a thing was made under it still names, where it is not for clients to say. */
async function checkPlace(
  life: Life,
  { thing }: Made,
  replacing: Exchange,
  was: JsonObject | null,
  taken: readonly Member[],
): Promise<void> {
  const above = new Set(Object.values({ ...thing.under, ...thing.scope }).map(scalarText));
  const isTaken = new Set(taken.map(({ name }) => name));
  const names = life.resource.references.flatMap(({ member: [name, ...inner], isList }) => {
    const isPlace = name !== undefined && inner.length === 0 && !isList && !isTaken.has(name);
    return isPlace && above.has(scalarText(was?.[name])) ? [name] : [];
  });
  if (names.length === 0) return;
  await life.hands.hold('others-kept', async () => {
    const after = await life.read(thing, 'read what it stands under');
    if (!after?.row) return null;
    const { row, exchange } = after;
    const name = names.find((each) => scalarText(row[each] ?? was?.[each]) !== scalarText(was?.[each]));
    if (name === undefined) return kept(exchange);
    return broken(exchange, {
      message: `To replace a thing has put it under another: ${told(replacing)}, and then ${nameOf(exchange)}: "${name}"`,
      expected: excerpt(was?.[name] ?? null),
      received: excerpt(row[name] ?? null),
      cause: 'under another after a change',
    });
  });
}

/**
 * A thing with other values, as far as it is free to have them.
 * @param drawn valid values for all members; null: those that a server most likely takes are made of the values that it has
 */
function otherwise(
  taken: readonly Member[],
  row: JsonObject,
  names: ReadonlySet<string>,
  drawn: JsonObject | null,
): JsonObject {
  const whole: JsonObject = {};
  for (const member of taken) {
    const { name } = member;
    const value = Object.hasOwn(row, name) ? row[name] : undefined;
    const isFree = !names.has(name) && !counting.test(name);
    const other = drawn !== null && Object.hasOwn(drawn, name) ? drawn[name] : undefined;
    // Of a few values the same one is soon drawn again, and what is as it was shows nothing.
    const isSame = value !== undefined && other === value && listedValues(member.parts).length > 1;
    if (isFree && other !== undefined) setMember(whole, name, (isSame ? othersFor(member, value)[0] : other) ?? other);
    else if (value !== undefined && value !== null) {
      const isEasy = isFree && easeOf(member, value) < 3;
      setMember(whole, name, (isEasy ? othersFor(member, value)[0] : undefined) ?? value);
    }
  }
  return whole;
}
