import { keyOf, setAt } from '../../resource/index.js';
import { type Json, type JsonObject, setMember } from '../../text/value.js';
import { excerpt } from '../excerpt.js';
import type { Exchange } from '../types.js';
import { isSuccess, nameOf, rowIn } from './answers.js';
import { checkListed } from './creating.js';
import { differencesOf, saidOf } from './differences.js';
import type { Asked, Made } from './hands.js';
import { broken, isMissing, kept, type Life, type Reading, tagOf, told } from './life.js';
import { folded, likenessOf } from './likeness.js';
import { defaultOf, easeOf, isSaying, type Member, naming, othersFor, shownBy, takenBy, volatile } from './members.js';

/** So many members are tried until one change is taken. */
const mostChanges = 4;

/** Changes one member, and looks at what became of the thing and of the others. */
export async function checkChange(life: Life, made: Made): Promise<void> {
  const { change } = life.roles;
  const before = await life.read(made.thing, 'read what will be changed');
  if (change === undefined || !before?.row) return;
  const operation = life.operation(change);
  const taken = takenBy(operation, change);
  const candidates = changesOf(life, taken, before.row).slice(0, mostChanges * 2);
  let refused = 0;
  for (const { member, value } of candidates) {
    if (refused >= mostChanges) return;
    const { name } = member;
    const body =
      change.kind === 'patch'
        ? [{ op: 'replace', path: `/${name}`, value }]
        : setAt(undefined, change.body?.path ?? [], withRequired(life, taken, before.row, { [name]: value }));
    const exchange = await life.ask(change, made.thing, `change "${name}" alone`, {
      body,
      mayBeRefused: true,
      ...matching(life, before.exchange),
    });
    if (exchange === null) continue;
    if (!isSuccess(exchange)) {
      refused++;
      continue;
    }
    const after = await checkChanged(life, made, exchange, { [name]: value }, taken);
    if (after?.row) await checkOthers(life, made, exchange, before, name, value, taken);
    if (after) await checkTags(life, made, before, after, name);
    await checkListed(life, made, exchange);
    return;
  }
}

/** Values that a server most likely takes first. */
function changesOf(life: Life, taken: readonly Member[], row: JsonObject): { member: Member; value: Json }[] {
  const names = naming(life.resource);
  return taken
    .flatMap((member) => {
      const old = Object.hasOwn(row, member.name) ? row[member.name] : undefined;
      if (old === undefined || old === null || names.has(member.name)) return [];
      return othersFor(member, old).map((value) => ({ member, value, ease: easeOf(member, value) }));
    })
    .sort((a, b) => a.ease - b.ease);
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

/** The header by which a change says what it is of (RFC 9110, 13.1.1), where the document has one. */
function matching(life: Life, read: Exchange, tag = tagOf(read)): Partial<Asked> {
  const roles = [life.roles.change, life.roles.replace, life.roles.remove];
  const isAsked = roles.some((role) =>
    role
      ? life.operation(role).parameters.some((each) => each.in === 'header' && /^if-match$/i.test(each.name))
      : false,
  );
  return isAsked && tag !== undefined ? { headers: { 'if-match': tag } } : {};
}

/** It has the values that were sent, under the same key. Undefined: it has not, or nobody can tell. */
async function checkChanged(
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
    const left = new Set(life.resource.key?.member.slice(0, 1));
    const operation = life.operation(read);
    const declared = shownBy(operation, read);
    const words = `${told(changing)}, and then ${told(last.exchange)}`;
    const said = saidOf(differencesOf(sent, last.row, taken, declared, left, operation.schemas), words);
    return said ? broken(last.exchange, said) : kept(last.exchange);
  });
  return isKept === false ? undefined : last;
}

function rowsOfChange(life: Life, changing: Exchange): JsonObject | null {
  const role = [life.roles.change, life.roles.replace].find((each) => each?.entry.id === changing.operation.id);
  return role ? rowIn(changing, role) : null;
}

/** The other members that a client can set are as they were, unless they are made of the changed one. */
async function checkOthers(
  life: Life,
  { thing }: Made,
  changing: Exchange,
  before: Reading,
  changed: string,
  value: Json,
  taken: readonly Member[],
): Promise<void> {
  const was = before.row;
  if (was === null) return;
  const mine = new Set(taken.map(({ name }) => name));
  await life.hands.hold('others-kept', async () => {
    const reading = await life.read(thing, 'read the members that were not changed');
    const row = reading?.row;
    if (!row) return null;
    const names = Object.keys(was).filter((name) => name !== changed && mine.has(name) && !volatile.test(name));
    if (names.length === 0) return null;
    const lost = names.filter((name) => {
      const isDerived = folded(String(row[name])).includes(folded(String(value)));
      return !isDerived && likenessOf(was[name] as Json, Object.hasOwn(row, name) ? row[name] : undefined) === 'other';
    });
    const [first] = lost;
    if (first === undefined) return kept(reading.exchange);
    return broken(reading.exchange, {
      message: `A change of one member has changed others: ${told(changing)} with "${changed}", and then ${nameOf(reading.exchange)}: ${lost.map((name) => `"${name}"`).join(', ')}`,
      expected: excerpt(Object.fromEntries(lost.map((name) => [name, was[name]]))),
      received: excerpt(Object.fromEntries(lost.map((name) => [name, row[name] ?? null]))),
      cause: `others than the changed member: ${changing.operation.method}`,
    });
  });
}

/** A tag is another one when the thing is (RFC 9110, 8.8.3), and is heeded where the document says so. */
async function checkTags(life: Life, { thing }: Made, before: Reading, after: Reading, changed: string): Promise<void> {
  const { read, change } = life.roles;
  const [old, tag] = [tagOf(before.exchange), tagOf(after.exchange)];
  if (read === undefined || old === undefined || tag === undefined) return;
  const { responses } = life.operation(read);
  const isDeclared = responses.some(
    ({ key, headers }) => key === '304' || headers.some(({ name }) => /^etag$/i.test(name)),
  );
  if (!isDeclared || JSON.stringify(before.row) === JSON.stringify(after.row)) return;
  await life.hands.hold('validators', async () =>
    old !== tag
      ? kept(after.exchange)
      : broken(after.exchange, {
          message: `The ETag is the same before and after a change: ${nameOf(after.exchange)}`,
          expected: 'another tag than before',
          received: tag,
          cause: 'one tag for two states',
        }),
  );
  if (responses.some(({ key }) => key === '304')) {
    await life.hands.hold('validators', async () => {
      const headers = { 'if-none-match': tag };
      const exchange = await life.ask(read, thing, 'read what is known by its tag', { headers, mayBeMissing: true });
      const status = exchange?.received.status ?? null;
      if (exchange === null || (status !== 304 && isMissing(status) !== false)) return null;
      if (status === 304 || tagOf(exchange) !== tag) return kept(exchange);
      return broken(exchange, {
        message: `If-None-Match with the tag of the thing was not answered with 304: ${told(exchange)}`,
        expected: 'status 304 (RFC 9110, 13.1.2)',
        received: `status ${status}, with the same tag`,
        cause: 'If-None-Match',
      });
    });
  }
  if (change === undefined || !life.operation(change).responses.some(({ key }) => key === '412')) return;
  const { row } = after;
  if (row === null || change.kind === 'patch') return;
  const same = withRequired(life, takenBy(life.operation(change), change), row, { [changed]: row[changed] ?? null });
  const body = setAt(undefined, change.body?.path ?? [], same);
  await life.hands.hold('validators', async () => {
    const headers = { 'if-match': old };
    const title = 'change it by a tag that it no longer has';
    const exchange = await life.ask(change, thing, title, { headers, body, mayBeRefused: true });
    if (exchange === null || exchange.received.status === null || exchange.received.status >= 500) return null;
    if (!isSuccess(exchange)) return exchange.received.status === 412 ? kept(exchange) : null;
    return broken(exchange, {
      message: `If-Match with a tag that the thing no longer has was not refused: ${told(exchange)}`,
      expected: 'status 412 (RFC 9110, 13.1.1)',
      received: `status ${exchange.received.status}`,
      cause: 'If-Match',
    });
  });
}

/** Replaces the whole thing, without one member that it had. */
export async function checkReplace(life: Life, made: Made): Promise<void> {
  const { replace, change } = life.roles;
  const before = await life.read(made.thing, 'read what will be replaced');
  if (replace === undefined || !before?.row) return;
  const operation = life.operation(replace);
  const taken = takenBy(operation, replace);
  const { row } = before;
  const names = naming(life.resource);
  const whole = otherwise(taken, row, names);
  const omitted = taken.find(
    ({ name, parts, isRequired }) =>
      Object.hasOwn(whole, name) &&
      !isRequired &&
      !names.has(name) &&
      defaultOf(parts) === undefined &&
      isSaying(row[name]),
  )?.name;
  for (const name of omitted === undefined ? [undefined] : [omitted, undefined]) {
    const sent = Object.fromEntries(Object.entries(whole).filter(([each]) => each !== name));
    const exchange = await life.ask(replace, made.thing, name ? `replace it, without "${name}"` : 'replace it', {
      body: setAt(undefined, replace.body?.path ?? [], sent),
      mayBeRefused: true,
      ...matching(life, before.exchange),
    });
    if (exchange === null || !isSuccess(exchange)) continue;
    const after = await checkChanged(life, made, exchange, sent, taken);
    if (after === undefined) return;
    if (name !== undefined && exchange.received.status !== 202) await checkReplaced(life, made, exchange, before, name);
    await checkListed(life, made, exchange);
    return;
  }

  /** What was not sent is not there any more. */
  async function checkReplaced(_life: Life, { thing }: Made, exchange: Exchange, old: Reading, name: string) {
    await life.hands.hold('replaced', async () => {
      const reading = await life.read(thing, 'read what was replaced');
      if (!reading?.row) return null;
      const value = old.row?.[name];
      if (value === undefined || likenessOf(value, reading.row[name]) === 'other') return kept(reading.exchange);
      return broken(reading.exchange, {
        // Many servers take PUT for a change where there is no other way to make one.
        severity: change === undefined ? 'information' : 'violation',
        message: `PUT has left a member that it did not send: ${told(exchange)} without "${name}", and then ${nameOf(reading.exchange)}`,
        expected: `no "${name}", or another value than before`,
        received: excerpt(reading.row[name]),
        cause: 'PUT leaves what it did not send',
      });
    });
  }
}

/** A thing with other values, as far as it is free to have them. */
function otherwise(taken: readonly Member[], row: JsonObject, names: ReadonlySet<string>): JsonObject {
  const whole: JsonObject = {};
  for (const member of taken) {
    const value = Object.hasOwn(row, member.name) ? row[member.name] : undefined;
    if (value === undefined || value === null) continue;
    const isFree = !names.has(member.name) && easeOf(member, value) < 3;
    setMember(whole, member.name, (isFree ? othersFor(member, value)[0] : undefined) ?? value);
  }
  return whole;
}
