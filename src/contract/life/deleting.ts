import { isCall, keyOf } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import type { JsonObject } from '../../text/value.js';
import { outcomeOf, standingOf } from '../checks/outcome.js';
import type { Thing } from '../things/harvest.js';
import type { Exchange } from '../types.js';
import { aboveOf, checkAbove } from './above.js';
import { checkNoChange, checkTotal } from './after-delete.js';
import { isSuccess, rowsIn } from './answers.js';
import { checkCounted, countsBeside, countsFallen } from './counts.js';
import type { Made } from './hands.js';
import { broken, isMissing, kept, Life, type Listing, type Reading, tagOf, told } from './life.js';
import { isVolatile, takenBy, withoutGoing } from './members.js';
import { checkKeyed, keyedBy } from './membership.js';
import { checkRestored } from './restoring.js';
import { checkNotSought } from './sought.js';
import { tagOfNothing } from './validators.js';
import type { Walk } from './walk.js';
import { checkWitness, witnessOf } from './witness.js';

/** Members by which a server says that a thing it still shows is deleted. */
const mark = /delet|archiv|remov|trash|inactive|active|enabled|hidden|status|state|valid/i;

/** Deletes a thing: it is gone, in the list too, and no other one is. */
export async function checkDelete(life: Life, made: Made, other: Made | null): Promise<void> {
  const { remove } = life.roles;
  if (remove === undefined) return;
  const before = await life.read(made.thing, 'read what will be deleted');
  const others = await witnessOf(life, other);
  const above = await aboveOf(life, made);
  const keyed = await keyedBy(life, made);
  const listed = await life.listOf(made.thing, before?.row ?? made.sent ?? {});
  const whole = { ...made, sent: before?.row ?? made.sent };
  // What others have taken meanwhile is rightly counted no more.
  const isThere = before?.row != null || listed?.found != null;
  const counts = await (isThere ? checkCounted : countsBeside)(life, whole);
  const tag = before && tagOf(before.exchange);
  const headers = tag === undefined ? undefined : { 'if-match': tag };
  if (tag !== undefined && takesMatch(life) && !(await checkStale(life, made))) return;
  const deleting = await life.ask(remove, made.thing, 'delete it', {
    mayBeRefused: true,
    ...(headers && takesMatch(life) && { headers }),
  });
  if (deleting === null || !isSuccess(deleting)) return;
  if (deleting.received.status === 202 && !life.hands.isPatient) return;
  const isSoft = await checkGone(life, made.thing, before, deleting);

  await life.hands.hold('deleted-gone', async () => {
    const again = await life.ask(remove, made.thing, 'delete it once more', {
      mayBeMissing: true,
      ...(headers && takesMatch(life) && { headers }),
    });
    const status = again && standingOf(again);
    if (again === null || status === null || isMissing(status) !== null) return again && kept(again);
    // A failure is that of another rule, and what has to do with rights and limits says nothing.
    if (status >= 500 || (status === 400 && isCall(remove.path)) || [401, 403, 405, 412, 428, 429].includes(status))
      return null;
    return broken(again, {
      severity: 'warning',
      message: `A second DELETE is refused as if it were wrong: ${told(again)}`,
      expected: '404, 410, or 2xx again',
      received: `status ${status}`,
      cause: 'a second DELETE',
    });
  });

  if (listed?.found) {
    await life.hands.hold('listed', async () => {
      const now = await life.listOf(made.thing, before?.row ?? made.sent ?? {});
      const last = now?.walked.pages.at(-1)?.exchange;
      if (!now || last === undefined) return null;
      if (now.found === null) return now.walked.isWhole ? kept(last) : null;
      return broken(now.found.exchange, {
        severity: isSoft ? 'information' : 'violation',
        message: `The list shows what was deleted: ${told(deleting)}, and then ${told(now.found.exchange)}`,
        expected: `no item with the key ${JSON.stringify(made.thing.key)}`,
        received: 'an item with that key',
        cause: 'deleted and in the list',
      });
    });
  }

  if (!isSoft && listed) {
    await checkTotal(life, made.thing, before?.row ?? made.sent ?? {});
    await checkNotSought(life, made, listed, deleting);
  }
  if (!isSoft && counts.length > 0) await checkCounts(life, whole, listed, counts, deleting);

  if (listed?.walked.isWhole)
    await checkNeighbours(life, [made.thing], before?.row ?? made.sent ?? {}, deleting, keysIn(life, listed.walked));
  await checkWitness(life, others, deleting);
  if (above !== null) await checkAbove(above, deleting);
  await checkKeyed(keyed, deleting);
  if (!isSoft) await checkNoChange(life, made, before, deleting);
  await checkRestored(life, made, before?.row ?? null);
}

/** What says how many there are says one less, unless others have come meanwhile. */
async function checkCounts(
  life: Life,
  made: Made,
  listed: Listing | null,
  counts: Awaited<ReturnType<typeof countsBeside>>,
  deleting: Exchange,
): Promise<void> {
  const before = new Set(listed ? keysIn(life, listed.walked) : []);
  await life.hands.hold('total-right', async () => {
    const gone = await life.read(made.thing, 'read what is to be counted no more');
    const now = listed && (await life.listOf(made.thing, made.sent ?? {}));
    const isMore = now && keysIn(life, now.walked).some((key) => !before.has(key));
    if (isMore || (gone && isMissing(gone.status) !== true)) return null;
    return countsFallen(life, counts, deleting, await countsBeside(life, made));
  });
}

/** What was deleted is not there. @returns whether it is still shown, marked as that */
export async function checkGone(
  life: Life,
  thing: Thing,
  before: Reading | undefined,
  deleting: Exchange,
): Promise<boolean> {
  const { read } = life.roles;
  // Where reading a thing has 410 for what is gone, a mark does not do.
  const mayBeMarked = !read || !life.operation(read).responses.some(({ key }) => key === '410');
  let isSoft = false;

  await life.hands.hold('deleted-gone', async () => {
    const reading = await life.read(thing, 'read what was deleted');
    if (reading === undefined || isMissing(reading.status) === null) return null;
    if (isMissing(reading.status)) return kept(reading.exchange);
    isSoft = mayBeMarked && isMarkedAsDeleted(before, reading);
    return broken(reading.exchange, {
      severity: isSoft ? 'information' : 'violation',
      message: isSoft
        ? `What was deleted is still shown, marked as that: ${told(deleting)}, and ${told(reading.exchange)}`
        : `What was deleted is still there: ${told(deleting)}, and ${told(reading.exchange)}`,
      expected: 'status 404 or 410',
      received: `status ${reading.status}`,
      cause: isSoft ? 'deleted and marked' : 'deleted and there',
    });
  });
  return isSoft;
}

/** A DELETE that is meant for another state of the thing is refused, where the document says so. @returns whether it was */
async function checkStale(life: Life, { thing }: Made): Promise<boolean> {
  const { remove } = life.roles;
  if (!remove || !life.operation(remove).responses.some(({ key }) => key === '412')) return true;
  const headers = { 'if-match': tagOfNothing };
  const exchange = await life.ask(remove, thing, 'delete it by a tag that it does not have', {
    headers,
    mayBeRefused: true,
  });
  if (exchange === null || !isSuccess(exchange)) return true;
  await life.hands.hold('validators', async () =>
    broken(exchange, {
      message: `If-Match with a tag that the thing does not have was not refused: ${told(exchange)}`,
      expected: 'status 412 (RFC 9110, 13.1.1)',
      received: `status ${exchange.received.status}`,
      cause: 'If-Match of a DELETE',
    }),
  );
  return false;
}

/** What else was in the list is there still. */
export async function checkNeighbours(
  life: Life,
  gone: readonly [Thing, ...Thing[]],
  row: JsonObject,
  deleting: Exchange,
  before: readonly string[],
): Promise<void> {
  await life.hands.hold('others-kept', async () => {
    const now = await life.listOf(gone[0], row);
    const last = now?.walked.pages.at(-1)?.exchange;
    if (!now?.walked.isWhole || last === undefined) return null;
    const keys = new Set([...keysIn(life, now.walked), ...gone.map(({ key }) => scalarText(key))]);
    const lost = before.find((key) => !keys.has(key));
    if (lost === undefined) return kept(last);
    // A list may have shown for a while what had been deleted before, and what has another state by now it may leave out.
    const [{ resource, scope }] = gone;
    const reading = await life.read({ ...gone[0], key: lost, row: null }, 'read what is not listed');
    if (life.hands.hasEnded({ resource, scope, key: lost }) || isMissing(reading?.status ?? null) === false)
      return kept(last);
    return broken(last, {
      message: `To delete ${gone.length === 1 ? 'one thing' : 'some things'} has taken another out of the list: ${told(deleting)}, and then ${told(last)}`,
      expected: `an item with the key ${JSON.stringify(lost)}, as before`,
      received: 'a list without it',
      cause: 'another thing after a delete',
    });
  });
}

export function keysIn({ resource }: Life, { pages }: Walk): string[] {
  return pages.flatMap(({ rows }) => rows.flatMap((row) => keyOf(resource, row) ?? []));
}

function takesMatch({ roles, hands }: Life): boolean {
  const operation = roles.remove && hands.operation(roles.remove.entry);
  return operation?.parameters.some(({ in: place, name }) => place === 'header' && /^if-match$/i.test(name)) ?? false;
}

function isMarkedAsDeleted(before: Reading | undefined, { row }: Reading): boolean {
  if (row === null) return false;
  return Object.entries(row).some(
    ([name, value]) => mark.test(name) && JSON.stringify(value) !== JSON.stringify(before?.row?.[name]),
  );
}

/** Reading a thing twice shows the same. What only the server sets may go on by itself, but it does not come back. */
export async function checkReadAgain(life: Life, { thing }: Made): Promise<void> {
  const { read, create, change, replace } = life.roles;
  if (read === undefined) return;
  const taken = [create, change, replace].flatMap((role) => (role ? takenBy(life.operation(role), role) : []));
  const mine = new Set(taken.map(({ name }) => name));
  await life.hands.hold('read-again-same', async () => {
    const first = await life.read(thing, 'read it');
    const second = first && (await life.read(thing, 'read it again'));
    if (!first || !second || isMissing(first.status) === null || isMissing(second.status) === null) return null;
    const changed = changedIn(first, second);
    const isLost = !(first.row && second.row) && first.status !== second.status;
    if (changed.length === 0 && !isLost) return kept(second.exchange);
    if (!isLost && !changed.some((name) => mine.has(name))) {
      const third = await life.read(thing, 'read it a third time');
      const hasComeBack = third?.row && changed.some((name) => isSameIn(name, first, third));
      if (!hasComeBack) return kept(second.exchange);
    }
    return broken(second.exchange, {
      message: `Reading a thing twice shows two things: ${told(first.exchange)}, and then ${told(second.exchange)}`,
      expected: 'the same, since nothing has changed it',
      received: isLost ? `status ${second.status}` : `another ${changed.map((name) => `"${name}"`).join(', ')}`,
      cause: 'reading twice',
    });
  });
}

function changedIn(one: Reading, other: Reading): string[] {
  if (one.row === null || other.row === null) return [];
  return Object.keys({ ...one.row, ...other.row }).filter((name) => !isVolatile(name) && !isSameIn(name, one, other));
}

function isSameIn(name: string, one: Reading, other: Reading): boolean {
  const [was, is] = [one, other].map(({ row }) => JSON.stringify(withoutGoing(row?.[name] ?? null)));
  return was === is;
}

/** What stands under a thing goes with it: by a path that begins with that of what was deleted nothing is shown. */
export async function checkOrphan(life: Life, other: Made | null): Promise<void> {
  const { hands, resource } = life;
  const { read } = life.roles;
  const place = resource.scope.at(-1);
  if (!read || !place?.resource?.item || !read.path.startsWith(`${place.resource.item}/`)) return;
  const above = new Life(hands, place.resource);
  const { remove } = above.roles;
  if (!remove || !above.roles.read) return;
  const parent = await hands.make(place.resource, 'to be deleted with what stands under it');
  if (typeof parent === 'string') return;
  const there = await above.read(parent.thing, 'read what something is to stand under');
  if (!there?.row) return;
  const scope = { ...parent.thing.scope, [place.parameter]: parent.thing.key };
  const under = life.besides({ ...parent.thing, resource, scope, under: scope, key: null, row: null });
  const child = await hands.make(resource, 'to be deleted with what it stands under', under);
  if (typeof child === 'string') return;
  const isElsewhere = scalarText(other?.thing.scope[place.parameter]) !== scalarText(parent.thing.key);
  const others = await witnessOf(life, isElsewhere ? other : null);
  // To keep what others stand under is as right.
  const deleting = await above.ask(remove, parent.thing, 'delete what another stands under', { mayBeRefused: true });
  if (deleting === null || !isSuccess(deleting)) return;
  const gone = await above.read(parent.thing, 'read what was deleted with what stands under it');
  if (!gone || isMissing(gone.status) !== true) return;
  await checkWitness(life, others, deleting);
  const complain = (exchange: Exchange, expected: string, received: string) =>
    broken(exchange, {
      message: `What stood under a deleted thing is still there: ${told(deleting)}, and then ${told(exchange)}`,
      expected,
      received,
      cause: 'what stood under a deleted thing',
    });
  await hands.hold('deleted-gone', async () => {
    const reading = await life.read(child.thing, 'read what stood under something deleted');
    const isGone = reading ? isMissing(reading.status) : null;
    if (reading === undefined || isGone === null) return null;
    if (isGone) return kept(reading.exchange);
    const expected = `status 404 or 410, as for ${JSON.stringify(parent.thing.key)} itself`;
    return complain(reading.exchange, expected, `status ${reading.status}`);
  });
  const { list } = life.roles;
  if (list === undefined || !list.path.startsWith(`${place.resource.item}/`)) return;
  await hands.hold('deleted-gone', async () => {
    const title = 'the list of what stood under something deleted';
    const path = hands.pathTo(list, child.thing);
    const exchange = await hands.send({ entry: list.entry, path, title, mayBeMissing: true });
    const rows = exchange && rowsIn(exchange, list);
    if (exchange === null || rows === null) return exchange && isMissing(outcomeOf(exchange)) ? kept(exchange) : null;
    const isShown = rows.some((row) => keyOf(resource, row) === scalarText(child.thing.key));
    return isShown ? complain(exchange, '404, 410, or a list without it', 'a list with it') : kept(exchange);
  });
}
