import type { ItemRole, Resource } from '../../resource/index.js';
import { listedValues } from '../../schema/view.js';
import { scalarText } from '../../text/integers.js';
import type { Json, JsonObject } from '../../text/value.js';
import { askedFor, nameOfKey } from '../things/asked-for.js';
import type { Thing } from '../things/harvest.js';
import { isAboutBody, textOf } from '../things/taken.js';
import type { Exchange } from '../types.js';
import { checkActions } from './acting.js';
import { checkMembership, checkScope } from './apart.js';
import { rowOf } from './attributes.js';
import { checkCase } from './casing.js';
import { ofState } from './changed.js';
import { checkChange } from './changing.js';
import { checkContent, checkContentPut } from './contents.js';
import { checkCreated, checkKeys, checkListed, checkReadOnly } from './creating.js';
import { checkDelete, checkOrphan, checkReadAgain } from './deleting.js';
import { checkEmptied } from './emptying.js';
import type { Hands, Made } from './hands.js';
import { checkKept } from './kept.js';
import { Life } from './life.js';
import { checkList } from './lists.js';
import { checkMadeOnce } from './made-once.js';
import { checkMany } from './many.js';
import { apartFromDefaults, mayBe, othersFor, takenBy } from './members.js';
import { checkMissingNamed } from './missing-named.js';
import { checkOrdersByChange } from './orders.js';
import { checkOwner } from './owner.js';
import { checkPutMade } from './putting.js';
import { checkReplace } from './replacing.js';
import { checkClash, checkRetry, checkTaken } from './retrying.js';
import { checkUnique, checkUniqueChanged } from './unique.js';
import { checkUnshown } from './unshown.js';
import { checkWitness, elsewhereOf, type Witness, witnessOf } from './witness.js';

/**
 * Makes things of a resource, follows one through its life (created, read, listed, changed, replaced, deleted), and asks
 * for their list in several ways while they are there. About forty requests where the document has all of that.
 *
 * @returns why nothing could be made: half a sentence; null where it was
 */
export async function liveThrough(hands: Hands, resource: Resource): Promise<string | null> {
  const life = new Life(hands, resource);
  const first = await hands.make(resource, 'to follow it through its life');
  if (typeof first === 'string') {
    await checkUnshown(life);
    return first;
  }
  const created = await checkCreated(life, first);
  const isThere = created !== null;
  const next = created && (await checkMadeOnce(life, first, created.listing, () => makeFull(life, first)));
  let second = next?.made ?? null;
  // What has the key of another one would be taken for that.
  if (second !== null) await checkKeys(life, first, second);
  if (second !== null && isSameKey(second, first)) second = null;
  if (second !== null && !(await checkCreated(life, second, next?.listing))) second = null;
  const third = isThere ? await checkReadOnly(life, first) : null;
  const { list } = life.roles;
  const more =
    third === null && list !== undefined
      ? await hands.make(resource, 'to have more of them', life.besides(first.thing))
      : null;
  if (list !== undefined) await checkList(hands, { role: list, path: hands.pathTo(list, first.thing) });
  // Of what is not there nothing else can be said.
  if (!isThere) return null;
  let subject = second ?? first;
  // A list may show the newest alone.
  if (second !== null) await checkListed(life, first, second.exchange);
  await checkReadAgain(life, subject);
  await checkContent(life, subject);
  await checkScope(life, subject);
  await checkMembership(life, subject);
  const witness = await witnessOf(life, second === null ? null : first);
  // What was made behind it is beside it too.
  const later = third ?? (typeof more === 'string' ? null : more);
  const isApart = later !== null && second !== null && !isSameKey(later, second);
  const behind = isApart ? await witnessOf(life, later) : null;
  const changed = await checkChange(life, subject, witness);
  const replaced = await checkReplace(life, changed.made);
  subject = replaced.made;
  const last = replaced.last ?? changed.last;
  if (last !== null) await checkAfterChange(life, subject, last, [witness, behind]);
  await checkContentPut(life, subject);
  await checkActions(life, second === null ? null : first);
  await checkRetry(life, first);
  await checkClash(life, first);
  await checkTaken(life, subject);
  await checkUnique(life, subject);
  await checkUniqueChanged(life, first, subject);
  await checkMissingNamed(life, subject);
  await checkOwner(life, subject);
  await checkMany(life, first);
  await checkDelete(life, subject, second === null ? null : first);
  await checkPutMade(life, first, subject);
  await checkKept(life, first);
  await checkOrphan(life, second === null ? null : first);
  return null;
}

const isSameKey = (one: Made, other: Made): boolean => scalarText(one.thing.key) === scalarText(other.thing.key);

/** What can be said of a thing once it takes changes, and of others. */
async function checkAfterChange(
  life: Life,
  subject: Made,
  last: Exchange,
  others: readonly (Witness | null)[],
): Promise<void> {
  for (const other of others) await checkWitness(life, other, last);
  const { list } = life.roles;
  // What was made one after the other is in the order of its changes, until one of them is changed.
  if (list !== undefined)
    await checkOrdersByChange(life.hands, { role: list, path: life.hands.pathTo(list, subject.thing) });
  await checkCase(life, subject);
  await checkEmptied(life, subject);
  await checkContent(life, subject);
}

/** Another thing, with all members that the document declares, or else as the first one. */
async function makeFull(life: Life, first: Made): Promise<Made | null> {
  const { hands, resource } = life;
  const { create } = life.roles;
  const bodies = create?.kind === 'create' ? await fullBodies(life, create, first) : [];
  for (let [body = null, ...simpler] = bodies, tries = 0; create && body !== null && tries < mostTries; tries++) {
    const path = hands.pathTo(create, first.thing);
    const title = 'create another, with all members';
    const exchange = await hands.send({ entry: create.entry, path, body, title, mayBeRefused: true });
    const made = exchange && hands.madeBy(exchange, create);
    if (made !== null) return made;
    if (exchange === null) break;
    // What is usual may be all that a new thing can have.
    const isChosen = tries === 0 && bodies.length > 2;
    const without = isChosen ? null : withoutRefused(life, create, body, exchange);
    [body = null, ...simpler] = without === null ? simpler : [without, ...simpler];
  }
  if (create?.kind === 'upsert') {
    const full = await hands.make(resource, 'with all members', life.besides(first.thing), true);
    if (typeof full !== 'string') return full;
  }
  const again = await hands.make(resource, 'to have two of them', life.besides(first.thing));
  return typeof again === 'string' ? null : again;
}

/** Bodies with all members: what is chosen is another one than a thing has, or nothing is as if it were left out, or as it is drawn. */
async function fullBodies(life: Life, create: ItemRole, first: Made): Promise<Json[]> {
  const drawn = await life.hands.fresh(create, first.thing);
  const row = rowOf(create, drawn);
  if (drawn === null || !row) return drawn === null ? [] : [drawn];
  const operation = life.operation(create);
  const unusual = apartFromDefaults(operation, takenBy(operation, create), row);
  const rows = [otherChoices(life, create, unusual, first.sent ?? {}), unusual].filter((each) => each !== null);
  return [...rows.map((each) => life.bodyWith(create, each, drawn)), drawn];
}

/** What is chosen among listed values is another one than a thing has; null where nothing is. What state it begins in is the server's. */
function otherChoices(life: Life, create: ItemRole, row: JsonObject, first: JsonObject): JsonObject | null {
  const operation = life.operation(create);
  const others = takenBy(operation, create).flatMap((member): [string, Json][] => {
    const { name, parts } = member;
    const isChosen = listedValues(parts).length > 1 && !ofState.test(name) && Object.hasOwn(row, name);
    const value = isChosen && row[name] === first[name] ? othersFor(member, row[name] ?? null)[0] : undefined;
    return value !== undefined && mayBe(operation, member, value) ? [[name, value]] : [];
  });
  return others.length === 0 ? null : { ...row, ...Object.fromEntries(others) };
}

/** So often all members are sent, each time without one that was refused. */
const mostTries = 5;

/** A body without an optional member that a refusal names, or that names something of which nobody knows; null: there is none. */
function withoutRefused(life: Life, create: ItemRole, body: Json, { received }: Exchange): Json | null {
  const row = rowOf(create, body);
  if (!row || !isAboutBody(received.status)) return null;
  const taken = takenBy(life.operation(create), create);
  const optional = taken.flatMap(({ name, isRequired }) => (!isRequired && Object.hasOwn(row, name) ? [name] : []));
  const refused = askedFor(textOf(received.body), optional) ?? optional.find((name) => nameOfKey.test(name));
  if (refused === undefined) return null;
  return life.bodyWith(create, Object.fromEntries(Object.entries(row).filter(([name]) => name !== refused)), body);
}

/**
 * Changes and replaces what there is one of, such as settings, and puts back what it was.
 * @param path what it stands under
 */
export async function changeSingleton(hands: Hands, resource: Resource, path: Thing['scope']): Promise<void> {
  const life = new Life(hands, resource);
  const thing: Thing = {
    resource,
    scope: path,
    under: path,
    key: null,
    row: null,
    origin: 'listed',
    from: resource.name,
  };
  const before = await life.read(thing, 'read what will be put back');
  if (!before?.row) return;
  const made: Made = { thing, exchange: before.exchange, sent: null };
  await checkReadAgain(life, made);
  const elsewhere = await elsewhereOf(life, made);
  const changed = await checkChange(life, made, elsewhere);
  const replaced = await checkReplace(life, made);
  const last = replaced.last ?? changed.last;
  if (last !== null) await checkWitness(life, elsewhere, last);
  const { replace, change } = life.roles;
  const putting = replace ?? change;
  if (putting === undefined || putting.kind === 'patch') return;
  const taken = takenBy(life.operation(putting), putting).filter(({ name }) => before.row && name in before.row);
  const row = Object.fromEntries(taken.map(({ name }) => [name, before.row?.[name] ?? null]));
  const body = life.bodyWith(putting, row);
  await life.ask(putting, thing, 'put back what it was', { body, mayBeRefused: true });
}
