import { type ItemRole, keyOf } from '../../resource/index.js';
import { type Json, type JsonObject, setMember } from '../../text/value.js';
import { excerpt } from '../excerpt.js';
import type { Thing } from '../things/harvest.js';
import type { Exchange } from '../types.js';
import { isSuccess, nameOf, rowIn } from './answers.js';
import { rowOf } from './attributes.js';
import { type Candidate, changesOf, hardest } from './candidates.js';
import { checkListed, foreignValues } from './creating.js';
import { differencesOf, saidOf } from './differences.js';
import type { Made } from './hands.js';
import { broken, isMissing, kept, type Life, type Reading, told } from './life.js';
import { folded, isOtherMoment, likenessOf } from './likeness.js';
import { counting, isVolatile, type Member, shownBy, takenBy } from './members.js';
import { checkMerge } from './merging.js';
import { checkTags, checkVersion, matching } from './validators.js';

/** What says when a thing was made. */
export const isOfCreation =
  /^(?:date_?)?(?:creat(?:ed|ion)|(?:inserted|registered|added)(?=.))(?:[_-]?(?:at|on|time|date|timestamp))?$/i;

/** So many members are tried until one change is taken. */
const mostChanges = 4;

/** A thing, which may have another key by now, and the last change of it that was taken. */
export interface Changed {
  readonly made: Made;
  readonly last: Exchange | null;
}

/**
 * Changes one member, and looks at what became of the thing; then all others at once, or each by itself.
 */
export async function checkChange(life: Life, made: Made): Promise<Changed> {
  const { change } = life.roles;
  const before = await life.read(made.thing, 'read what will be changed');
  if (change === undefined || !before?.row) return { made, last: null };
  const taken = takenBy(life.operation(change), change);
  const changing: Changing = { life, made, change, taken };
  const drawn = rowOf(change, await life.hands.fresh(change, made.thing)) ?? {};
  const candidates = changesOf(life, life.operation(change), taken, before.row, drawn);
  let refused = 0;
  let last: Exchange | null = null;
  for (const { member, value } of candidates.slice(0, mostChanges * 2)) {
    if (refused >= mostChanges) break;
    const { name } = member;
    const exchange = await send(changing, before, { [name]: value }, `change "${name}" alone`);
    if (exchange === null) continue;
    if (!isSuccess(exchange)) {
      refused++;
      continue;
    }
    last = exchange;
    const renamed = await checkRename(life, made, exchange, { [name]: value });
    if (renamed !== null) return { made: renamed, last };
    const after = await checkChanged(life, made, exchange, { [name]: value }, taken);
    if (!after?.row) break;
    await checkOthers(life, made, exchange, before, { [name]: value }, taken);
    const same = bodyOf(changing, after.row, { [name]: after.row[name] ?? null });
    await checkTags(life, made, before, after, change.kind === 'patch' ? null : { role: change, body: same });
    await checkVersion(life, change, taken, before, after, (title, version) => {
      const body = bodyOf(changing, after.row ?? {}, { [name]: after.row?.[name] ?? null, ...version });
      return life.ask(change, made.thing, title, { body, mayBeRefused: true });
    });
    last = (await changeRest(changing, after, candidates, name)) ?? last;
    break;
  }
  if (last !== null) {
    await checkMerge(life, made, taken, (reading, members, title) => send(changing, reading, members, title));
    await checkReadOnlyStays(changing);
    await checkListed(life, made, last);
  }
  return { made, last };
}

/** A key that is made of what was changed, as the slug of a title is, may change with it. @returns the thing under that key */
export async function checkRename(life: Life, made: Made, changing: Exchange, sent: JsonObject): Promise<Made | null> {
  const row = rowsOfChange(life, changing);
  const key = row ? keyOf(life.resource, row) : undefined;
  const isMadeOf = (text: string) =>
    key !== undefined && text.length > 2 && (folded(key).startsWith(text) || text.startsWith(folded(key)));
  if (key === undefined || key === String(made.thing.key)) return null;
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

interface Changing {
  readonly life: Life;
  readonly made: Made;
  readonly change: ItemRole;
  /** The members that it takes. */
  readonly taken: readonly Member[];
}

function bodyOf({ life, change, taken }: Changing, row: JsonObject, members: JsonObject): Json {
  return change.kind === 'patch'
    ? Object.entries(members).map(([name, value]) => ({ op: 'replace', path: `/${name}`, value }))
    : life.bodyWith(change, withRequired(life, taken, row, members));
}

function send(changing: Changing, { exchange, row }: Reading, members: JsonObject, title: string) {
  const { life, made, change } = changing;
  const body = bodyOf(changing, row ?? {}, members);
  return life.ask(change, made.thing, title, { body, mayBeRefused: true, ...matching(life, exchange, change) });
}

/** What is not changed yet: a server may forget one member, and keep another. */
async function changeRest(
  changing: Changing,
  before: Reading,
  candidates: readonly Candidate[],
  done: string,
): Promise<Exchange | null> {
  const { life, made, taken } = changing;
  const rest = new Map<string, Json>();
  const easy = new Map<string, Json>();
  for (const { member, value, ease } of candidates) {
    if (member.name === done || rest.has(member.name)) continue;
    rest.set(member.name, value);
    if (ease < hardest) easy.set(member.name, value);
  }
  for (const some of easy.size > 0 && easy.size < rest.size ? [rest, easy] : [rest]) {
    if (some.size === 0) return null;
    const title = some === rest ? 'change all other members' : 'change all other members that it has';
    const all = await send(changing, before, Object.fromEntries(some), title);
    if (all === null || !isSuccess(all)) continue;
    await checkChanged(life, made, all, Object.fromEntries(some), taken);
    return all;
  }
  let last: Exchange | null = null;
  for (const [name, value] of [...rest].slice(0, mostChanges)) {
    const now = await life.read(made.thing, 'read what will be changed again');
    const one = now && (await send(changing, now, { [name]: value }, `change "${name}" alone`));
    if (!one || !isSuccess(one)) continue;
    last = one;
    await checkChanged(life, made, one, { [name]: value }, taken);
  }
  return last;
}

/** What is `readOnly` is the server's: a change that names it changes nothing of it. */
async function checkReadOnlyStays(changing: Changing): Promise<void> {
  const { life, made, change } = changing;
  const before = await life.read(made.thing, 'read what only the server sets');
  const foreign = before?.row ? foreignValues(life.operation(change), change, before.row) : {};
  if (!before?.row || Object.keys(foreign).length === 0) return;
  const exchange = await send(changing, before, foreign, 'change what is readOnly');
  // To refuse it is as right as to overlook it.
  if (exchange === null || !isSuccess(exchange) || exchange.received.status === 202) return;
  await life.hands.hold('read-only-kept', async () => {
    const after = await life.read(made.thing, 'read what was readOnly');
    if (!after?.row) return null;
    const { row } = after;
    const name = Object.keys(foreign).find((each) => String(row[each]) === String(foreign[each]));
    if (name === undefined) return kept(after.exchange);
    return broken(after.exchange, {
      message: `What is readOnly was taken from the client: ${told(exchange)} with "${name}", and then ${nameOf(after.exchange)}`,
      expected: excerpt(before.row?.[name]),
      received: excerpt(row[name]),
      cause: `readOnly "${name}" in a change`,
    });
  });
}

/** With what the schema requires besides, as it is, and the key where the path has none. */
function withRequired(life: Life, taken: readonly Member[], row: JsonObject, changed: JsonObject): JsonObject {
  const body: JsonObject = {};
  const [key] = life.resource.key?.member ?? [];
  const isKeyed = life.roles.change?.keyParameter === null;
  for (const { name, isRequired } of taken) {
    const value = row[name];
    if ((isRequired || (isKeyed && name === key)) && value !== undefined) setMember(body, name, value);
  }
  return { ...body, ...changed };
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
  const key = String(thing.key);
  let last: Reading | undefined;
  const isLater = changing.received.status === 202 && !life.hands.isPatient;
  const answered = rowsOfChange(life, changing);
  await life.hands.hold('key-stays', async () => {
    const reading = await life.read(thing, 'read what was changed by its key');
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
  const isKept = await life.hands.hold('change-kept', async () => {
    last = await life.read(thing, 'read what was changed');
    const isGone = last === undefined ? null : isMissing(last.status);
    if (last === undefined || isGone === null) return null;
    if (isGone) {
      return broken(last.exchange, {
        message: `What was changed is no longer there: ${told(changing)}, and then ${told(last.exchange)}`,
        expected: 'the changed thing',
        received: `status ${last.status}`,
        cause: 'changed and gone',
      });
    }
    if (last.row === null) return null;
    const left = leftOut(life, thing, sent);
    const operation = life.operation(read);
    const declared = shownBy(operation, read);
    const words = `${told(changing)}, and then ${told(last.exchange)}`;
    const said = saidOf(differencesOf(sent, last.row, taken, declared, left, operation.schemas), words);
    return said ? broken(last.exchange, said) : kept(last.exchange);
  });
  if (isKept === true && answered !== null) await checkAnswer(life, thing, changing, sent, taken);
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
  const left = leftOut(life, thing, sent);
  const said = saidOf(
    differencesOf(sent, row, taken, shownBy(operation, role), left, operation.schemas),
    `${told(changing)}, and reading it shows what was sent`,
  );
  await life.hands.hold('values-kept', async () => (said ? broken(changing, said) : kept(changing)));
}

/** Members of which nobody knows whether they are shown as they were sent. */
function leftOut(life: Life, thing: Thing, sent: JsonObject): Set<string> {
  return new Set([
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
  const mine = new Set(taken.map(({ name }) => name));
  await life.hands.hold('others-kept', async () => {
    const reading = await life.read(thing, 'read the members that were not changed');
    const row = reading?.row;
    if (!row) return null;
    const names = Object.keys(was).filter(
      (name) => !Object.hasOwn(changed, name) && (isOfCreation.test(name) || (mine.has(name) && !isVolatile(name))),
    );
    if (names.length === 0) return null;
    const lost = names.filter((name) => {
      const isDerived = Object.values(changed).some((value) =>
        folded(String(row[name])).includes(folded(String(value))),
      );
      const [old = null, now] = [was[name], Object.hasOwn(row, name) ? row[name] : undefined];
      if (isOfCreation.test(name) && isOtherMoment(old, now)) return true;
      return !isDerived && likenessOf(old, now) === 'other';
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
