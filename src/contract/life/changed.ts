import { type ItemRole, isCall, keyOf, type Role, saysState } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import type { JsonObject } from '../../text/value.js';
import { excerpt } from '../excerpt.js';
import type { Thing } from '../things/harvest.js';
import type { Exchange } from '../types.js';
import { displacedIn, nameOf, rowIn } from './answers.js';
import { differencesOf, saidOf, withShownKeys } from './differences.js';
import { firstThen, type Made, type Outcome } from './hands.js';
import { broken, isMissing, kept, type Life, type Reading, told } from './life.js';
import { folded, isOtherMoment, likenessOf } from './likeness.js';
import { counting, isSaying, isVolatile, type Member, shownBy, withoutGoing } from './members.js';
import { mayBeShown, showingsOf, unreadable } from './showable.js';
import { checkAnsweredTag } from './validators.js';

/** A thing, which may have another key by now, and the last change of it that was taken. */
export interface Changed {
  readonly made: Made;
  readonly last: Exchange | null;
}

/** What says when a thing was made. */
const ofCreation =
  /^(?:date_?)?(?:creat(?:ed|ion)|(?:inserted|registered|added)(?=.))(?:[_-]?(?:at|on|time|date|timestamp))?$/i;

/** The same, of what one can do again: an account that was closed is opened again, and who has left joins again. */
const ofBeginning = /^(?:date_?)?(?:opened|joined|enrolled|signed_?up)[_-]?(?:at|on|time|date|timestamp)$/i;
/** Members that say in which state a thing is. */
export const ofState = /stat(?:e|us)|phase|stage|active|enabled|open|closed|member/i;

/** Whether a member says when a thing was made, before and after a change by which its state has stayed. */
export function isOfCreation(name: string, was: JsonObject, now: JsonObject): boolean {
  if (ofCreation.test(name)) return true;
  if (!ofBeginning.test(name)) return false;
  const states = Object.keys({ ...was, ...now }).filter((each) => ofState.test(each) && !ofBeginning.test(each));
  return states.every((each) => likenessOf(was[each] ?? null, now[each]) !== 'other');
}

/** A key that is made of what was changed, as the slug of a title is, may change with it. @returns the thing under that key */
export async function checkRename(life: Life, made: Made, changing: Exchange, sent: JsonObject): Promise<Made | null> {
  const row = rowsOfChange(life, changing);
  const key = row ? keyOf(life.resource, row) : undefined;
  const isMadeOf = (text: string) =>
    key !== undefined && text.length > 2 && (folded(key).startsWith(text) || text.startsWith(folded(key)));
  if (key === undefined || key === scalarText(made.thing.key)) return null;
  if (!Object.values(sent).some((value) => typeof value === 'string' && isMadeOf(folded(value)))) return null;
  const thing = life.hands.renamed(made.thing, key);
  await life.hands.hold('key-stays', async () => {
    const reading = await life.read(thing, 'read it by its new key');
    if (reading === undefined || isMissing(reading.status) === null) return null;
    const said = isMissing(reading.status)
      ? `A change has given the thing a key that leads nowhere: ${told(changing)}, and then ${told(reading.exchange)}`
      : `The key follows what it is made of: ${told(changing)}`;
    return broken(reading.exchange, {
      severity: isMissing(reading.status) ? 'violation' : 'information',
      message: said,
      expected: `the key ${JSON.stringify(made.thing.key)}, or the thing under another one`,
      received: `the key ${JSON.stringify(key)}`,
      cause: 'a key that follows',
    });
  });
  return { ...made, thing };
}

/** It has the values that were sent, under the same key. Undefined: it has not, or nobody can tell. */
export async function checkChanged(
  life: Life,
  { thing }: Made,
  changing: Exchange,
  sent: JsonObject,
  taken: readonly Member[],
): Promise<Reading | undefined> {
  const { read } = life.roles;
  const key = scalarText(thing.key);
  let last: Reading | undefined;
  const isLater = changing.received.status === 202 && !life.hands.isPatient;
  const answered = rowsOfChange(life, changing);
  let first = null as Reading | null;
  await life.hands.hold('key-stays', async () => {
    const reading = await life.read(thing, 'read what was changed by its key');
    first ??= reading ?? null;
    const keys = [answered, reading?.row].map((row) => (row ? keyOf(life.resource, row) : undefined));
    const other = keys.find((each) => each !== undefined && each !== key);
    if (keys.every((each) => each === undefined)) return null;
    if (other === undefined) return kept(changing);
    return broken(changing, {
      message: `A change has given the thing another key: ${told(changing)}`,
      expected: `the key ${JSON.stringify(thing.key)}`,
      received: `the key ${JSON.stringify(other)}`,
      cause: 'another key after a change',
    });
  });
  if (isLater || read === undefined) return undefined;
  // Also what was read first: a server that remembers what was there may forget that by the second look.
  const again = async () => (await life.read(thing, 'read what was changed')) ?? null;
  const judged = (reading: Reading): Outcome | null => {
    last = reading;
    const isGone = isMissing(last.status);
    if (isGone === null) return null;
    if (isGone) {
      return broken(last.exchange, {
        message: `What was changed is no longer there: ${told(changing)}, and then ${told(last.exchange)}`,
        expected: 'the changed thing',
        received: `status ${last.status}`,
        cause: 'changed and gone',
      });
    }
    if (last.row === null) return null;
    const left = leftOut(life, thing, sent, last.exchange, life.roles.read);
    const operation = life.operation(read);
    const declared = shownBy(operation, read);
    const words = `${told(changing)}, and then ${told(last.exchange)}`;
    const said = saidOf(
      differencesOf(
        withShownKeys(life.resource, sent, last.row),
        last.row,
        taken,
        declared,
        left,
        operation.schemas,
        thing.key,
      ),
      words,
    );
    if (said === null) return kept(last.exchange);
    for (const [name, value] of Object.entries(sent)) {
      if (likenessOf(value, Object.hasOwn(last.row, name) ? last.row[name] : undefined) === 'other')
        life.left.add(name);
    }
    return broken(last.exchange, said);
  };
  const isKept = await life.hands.hold('change-kept', firstThen(first, again, judged));
  if (isKept === true && answered !== null) await checkAnswer(life, thing, changing, sent, taken);
  if (isKept === true && last !== undefined) await checkAnsweredTag(life, { thing }, changing, answered, last);
  return isKept === false ? undefined : last;
}

/** What a change answers with is the thing as it is by then, and not as it was before. */
async function checkAnswer(
  life: Life,
  thing: Thing,
  changing: Exchange,
  sent: JsonObject,
  taken: readonly Member[],
): Promise<void> {
  const role = roleOfChange(life, changing);
  const row = role && rowIn(changing, role);
  if (!role || !row) return;
  const { operation } = changing;
  const left = new Set([...leftOut(life, thing, sent, changing, role), ...unreadable(life, sent, row)]);
  const said = saidOf(
    differencesOf(
      withShownKeys(life.resource, sent, row),
      row,
      taken,
      shownBy(operation, role),
      left,
      operation.schemas,
      thing.key,
    ),
    `${told(changing)}, and reading it shows what was sent`,
  );
  await life.hands.hold('values-kept', async () => (said ? broken(changing, said) : kept(changing)));
}

/** Members of which nobody knows whether they are shown as they were sent. */
function leftOut(life: Life, thing: Thing, sent: JsonObject, shown: Exchange, by: Role | undefined): Set<string> {
  return new Set([
    ...(by === undefined ? [] : displacedIn(shown, by, sent)),
    ...(life.resource.key?.member.slice(0, 1) ?? []),
    ...Object.keys(sent).filter((name) => counting.test(name)),
    ...life.contradicted(thing, sent),
  ]);
}

function roleOfChange({ roles: { change, replace } }: Life, { operation }: Exchange): ItemRole | undefined {
  return [change, replace].find((each) => each?.entry.id === operation.id);
}

function rowsOfChange(life: Life, changing: Exchange): JsonObject | null {
  const role = roleOfChange(life, changing);
  return role ? rowIn(changing, role) : null;
}

/** Whether a call may put what it is sent in the place of the whole thing: it needs more than what it changes, and no method says that it does not. */
function mayReplace({ resource, roles: { change } }: Life, { operation }: Exchange, taken: readonly Member[]): boolean {
  const names = [resource.key?.member.at(-1), change?.naming?.member.at(-1)];
  return isCall(operation.path) && taken.some(({ name, isRequired }) => isRequired && !names.includes(name));
}

/**
 * The other members that a client can set are as they were, unless they are made of the changed one; and so is what says when
 * the thing was made.
 */
export async function checkOthers(
  life: Life,
  { thing }: Made,
  changing: Exchange,
  before: Reading,
  changed: JsonObject,
  taken: readonly Member[],
): Promise<void> {
  const was = before.row;
  if (was === null) return;
  const mine = new Set(mayReplace(life, changing, taken) ? [] : taken.map(({ name }) => name));
  // A time that clients say is not nothing again by itself, unless another state means that.
  const isOfState = Object.entries(changed).some(([name, value]) => saysState(name) || typeof value === 'boolean');
  const isTakenAway = (name: string, row: JsonObject) =>
    !isOfState && isSaying(was[name]) && (row[name] ?? null) === null;
  await life.hands.hold('others-kept', async () => {
    const reading = await life.read(thing, 'read the members that were not changed');
    const row = reading?.row;
    if (!row) return null;
    // What is shown as it may not be is accused of that, and set right when anything is written.
    const shown = showingsOf(life, []);
    const names = Object.keys(was).filter(
      (name) =>
        !Object.hasOwn(changed, name) &&
        mayBeShown(shown(name), was[name] ?? null) &&
        (isOfCreation(name, was, row) || (mine.has(name) && (!isVolatile(name) || isTakenAway(name, row)))),
    );
    if (names.length === 0) return null;
    const lost = names.filter((name) => {
      const isDerived = Object.values(changed).some((value) =>
        folded(scalarText(row[name])).includes(folded(scalarText(value))),
      );
      const [old = null, now] = [was[name], Object.hasOwn(row, name) ? row[name] : undefined];
      if (isOfCreation(name, was, row) && isOtherMoment(old, now)) return true;
      return !isDerived && likenessOf(withoutGoing(old), now === undefined ? now : withoutGoing(now)) === 'other';
    });
    const [first] = lost;
    if (first === undefined) return kept(reading.exchange);
    return broken(reading.exchange, {
      message: `A change of one member has changed others: ${told(changing)} with ${Object.keys(changed)
        .map((name) => `"${name}"`)
        .join(', ')}, and then ${nameOf(reading.exchange)}: ${lost.map((name) => `"${name}"`).join(', ')}`,
      expected: excerpt(Object.fromEntries(lost.map((name) => [name, was[name]]))),
      received: excerpt(Object.fromEntries(lost.map((name) => [name, row[name] ?? null]))),
      cause: `others than the changed member: ${changing.operation.method}`,
    });
  });
}
