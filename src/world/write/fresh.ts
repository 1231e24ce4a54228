import type { Random } from '../../fake/index.js';
import { type ItemRole, type Resource, readAt, setAt } from '../../resource/index.js';
import { fits } from '../../schema/index.js';
import { child } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject, setMember } from '../../text/value.js';
import { unended } from '../coherence/age.js';
import { coherent, following } from '../coherence/coherent.js';
import { begun, dated, isStamp, stamped } from '../coherence/order.js';
import { stated } from '../coherence/states.js';
import type { Ground } from '../ground.js';
import { overlaidWhere } from '../overlay.js';
import { rowSchemaOf } from '../shape.js';
import { beginningOf } from './beginning.js';
import { emptyOf } from './empty.js';
import { heldIn, holderOf } from './holder.js';
import { isDefault, type Members, membersOf } from './members.js';

/** What a client has sent of a row, where rows show it: what is sent flat stands in the holder, if the row has one. */
export function placed(role: ItemRole, sent: JsonObject, ground: Ground): JsonObject {
  const holder = holderOf(role.resource, ground);
  const isHeld = holder === null || membersOf(role, ground, holder.name).isHeld;
  return isHeld ? sent : heldIn(holder, sent, role.resource.key?.member[0]);
}

/** Whether the server alone says what a member is. */
export function isServers(role: ItemRole, [name = '']: readonly string[], ground: Ground): boolean {
  return membersOf(role, ground).servers.has(name);
}

/** Whether clients say what a member is, as far as the document tells. */
export function maySend(role: ItemRole, name: string, ground: Ground): boolean {
  const { sendable, readOnly } = membersOf(role, ground);
  return !readOnly.has(name) && (sendable === null || sendable.has(name));
}

/** A changed row in which what only the server sets is as it was, in the row and in what holds its attributes. */
export function keptByServer(role: ItemRole, row: Json, changed: Json, ground: Ground): Json {
  const kept = keptIn(membersOf(role, ground), row, changed);
  const holder = holderOf(role.resource, ground)?.name;
  const held = holder === undefined ? undefined : child(kept, holder);
  if (holder === undefined || held === undefined || !isObject(kept)) return kept;
  return { ...kept, [holder]: keptIn(membersOf(role, ground, holder), child(row, holder) ?? {}, held) };
}

function keptIn({ readOnly }: Members, row: Json, changed: Json): Json {
  if (!isObject(row) || !isObject(changed)) return changed;
  const kept = { ...changed };
  for (const name of readOnly) {
    if (Object.hasOwn(row, name)) setMember(kept, name, row[name] as Json);
    else delete kept[name];
  }
  return kept;
}

/** How a row is written. */
export interface Writing {
  readonly ground: Ground;
  readonly random: Random;
  /** Of the write, in milliseconds since 1970. */
  readonly time: () => number;
  /** Whether there was no such row before. */
  readonly isNew: boolean;
}

/**
 * A row that a client has sent whole: with what the server makes besides, and of the rest what has to be there.
 * @param made members that nobody may send come from here
 */
export function fresh(role: ItemRole, row: Json, client: JsonObject, writing: Writing): Json {
  if (!isObject(row)) return client;
  const own = rowSchemaOf(role.resource, writing.ground);
  const isValid = (value: Json): boolean => fits(own, value);
  const sent = withServers(role, row, client, writing.ground);
  const made = writing.isNew ? unrelated(role.resource, row, sent, isValid) : row;
  const holder = holderOf(role.resource, writing.ground)?.name;
  // Where nothing is sent of what a new row holds, it is new all the same.
  const [inner, said] = holder === undefined ? [] : [made[holder], sent[holder] ?? (writing.isNew ? {} : undefined)];
  const { all: places, kept } = placesOf(role.resource);
  const members = membersOf(role, writing.ground);
  const { random, time, isNew } = writing;
  const begins = isNew ? beginningOf(role, writing.ground) : null;
  const whole = { random, time, isNew, begins, members, kept, places, isValid };
  if (holder === undefined || !isObject(inner) || !isObject(said) || kept.has(holder))
    return freshObject(made, sent, whole);
  const held = freshObject(inner, said, {
    ...whole,
    members: membersOf(role, writing.ground, holder),
    kept: nothing,
    places: places.flatMap(([name, ...inside]) => (name === holder && inside.length > 0 ? [inside] : [])),
    isValid: (value) => isValid({ ...made, [holder]: value }),
  });
  return freshObject({ ...made, [holder]: held }, { ...sent, [holder]: held }, whole);
}

/** What is made, without things that it would be related to and of which nobody has said anything (JSON:API 1.1, 7.6). */
function unrelated(
  resource: Resource,
  made: JsonObject,
  sent: JsonObject,
  isValid: (row: Json) => boolean,
): JsonObject {
  const unsaid = resource.relations.filter(
    ({ isList, member }) => isList && member.length > 1 && readAt(sent, member) === undefined,
  );
  return unsaid.reduce((whole, { member }) => {
    const alone = readAt(whole, member) === undefined ? whole : setAt(whole, member, []);
    return isObject(alone) && isValid(alone) ? alone : whole;
  }, made);
}

/** What is sent, where the object that says which row it is has besides what path and server say there: `metadata.namespace`. */
function withServers(role: ItemRole, made: JsonObject, sent: JsonObject, ground: Ground): JsonObject {
  const { all: places, around } = placesOf(role.resource);
  let whole = sent;
  for (const name of around) {
    const [own, said] = [child(made, name), child(sent, name)];
    if (!isObject(own) || !isObject(said)) continue;
    const { readOnly } = membersOf(role, ground, name);
    const isOurs = ([member]: [string, Json]): boolean =>
      readOnly.has(member) || places.some(([first, second]) => first === name && second === member);
    whole = { ...whole, [name]: { ...said, ...Object.fromEntries(Object.entries(own).filter(isOurs)) } };
  }
  return whole;
}

const nothing: ReadonlySet<string> = new Set();

interface Freshness extends Omit<Writing, 'ground'> {
  /** The state in which it begins; null: one that is usual. */
  readonly begins: ReturnType<typeof beginningOf>;
  readonly members: Members;
  /** The members that say which row it is. */
  readonly kept: ReadonlySet<string>;
  /** Where they say it, which may be inside of them. */
  readonly places: readonly (readonly string[])[];
  isValid(value: Json): boolean;
}

function freshObject(made: JsonObject, sent: JsonObject, freshness: Freshness): Json {
  const { members, kept, random, time, isNew, begins, isValid } = freshness;
  const written = only(sent, (name) => !members.readOnly.has(name));
  const { row, instead } = withoutUnsaid(made, written, freshness);
  let whole: Json = { ...row, ...written };
  if (!isValid(whole)) {
    // One of several may be sent where the row that was made has another: none of them is shown beside it.
    const needed = { ...only(row, (name) => members.required.has(name) || isOurs(name, freshness)), ...written };
    whole = isValid(needed) ? needed : overlaidWhere(isValid(row) ? row : made, written, isValid);
  }
  for (const [name, values] of instead) whole = withFirst(whole, name, values, isValid);
  if (isNew) {
    // What holds its attributes was made new before.
    const isFree = (name: string, holder?: string) =>
      holder === undefined && !Object.hasOwn(written, name) && (members.otherwise.get(name)?.[0] ?? null) === null;
    const young = unended(whole, true, isFree, isValid);
    const { member, value } = begins ?? {};
    const mayBegin = isObject(young) && member !== undefined && Object.hasOwn(young, member) && isFree(member);
    const begunThere = mayBegin ? withFirst(young, member, [value ?? null], isValid) : young;
    whole = stated(begunThere, true, time, isFree, isValid);
  }
  const isServers = (name: string): boolean => isOurs(name, freshness);
  const isOpen = (name: string): boolean => isServers(name) && !kept.has(name);
  if (isNew) whole = dated(begun(whole, time, isOpen, isValid), time, isOpen, isValid);
  const stamp = stamped(whole, isNew ? 'created' : 'updated', time, written, isServers);
  const unstamped = whole;
  if (isValid(stamp)) whole = stamp;
  // What is told by what was replaced is so from now on: nothing is in stock where none is.
  if (!isNew) whole = following(made, whole, keeping({ made: {}, written, unstamped, whole }, freshness));
  return coherent(whole, keeping({ made, written, unstamped, whole }, freshness), random);
}

/** Whether a value that was changed still says what it has to: most rows are right as they are, and nothing is changed in them. */
function keeping(
  { made, written, unstamped, whole }: Record<'made' | 'written', JsonObject> & Record<'unstamped' | 'whole', Json>,
  { members, places, isNew, isValid }: Freshness,
): (value: Json) => boolean {
  const find = () => {
    const said = Object.keys(written).filter((name) => keeps(child(whole, name), written[name] as Json));
    // What a client might have sent and has not is what is documented for that: no count of what the row holds.
    const usual = members.usual.filter(([name, value]) => child(whole, name) === value);
    // The time of the write, and what the row had from the server before it.
    const held = Object.keys(made).filter(
      (name) => child(whole, name) !== child(unstamped, name) || (!isNew && child(whole, name) === made[name]),
    );
    return { said, same: [...held, ...usual.map(([name]) => name)] };
  };
  let found: ReturnType<typeof find> | undefined;
  return (value) => {
    found ??= find();
    return (
      places.every((place) => readAt(value, place) === readAt(whole, place)) &&
      found.said.every((name) => keeps(child(value, name), written[name] as Json)) &&
      found.same.every((name) => child(value, name) === child(whole, name)) &&
      isValid(value)
    );
  };
}

/** The members of an object whose names are meant. */
function only(object: JsonObject, isMeant: (name: string) => boolean): JsonObject {
  const kept: JsonObject = {};
  for (const name of Object.keys(object)) if (isMeant(name)) setMember(kept, name, object[name] as Json);
  return kept;
}

/** The members of a row that stay though nobody has sent them, and what may stand in their place, best first. */
function withoutUnsaid(
  made: JsonObject,
  written: JsonObject,
  freshness: Freshness,
): { readonly row: JsonObject; readonly instead: readonly (readonly [string, readonly Json[]])[] } {
  const { kept, isNew } = freshness;
  const { required, otherwise } = freshness.members;
  const row: JsonObject = {};
  const instead: [string, readonly Json[]][] = [];
  for (const [name, value] of Object.entries(made)) {
    const isSent = Object.hasOwn(written, name);
    // When it was made and changed a server says, also where clients may.
    const isServers = isOurs(name, freshness) || (!isSent && isStamp(name, value));
    const usual = otherwise.get(name) ?? [];
    if (!isSent && !isServers && usual.length === 0 && !required.has(name)) continue;
    setMember(row, name, value);
    if (isSent || kept.has(name)) continue;
    if (!isServers) instead.push([name, usual]);
    // What clients say of it only later nobody has said of a new one.
    else if (isNew) instead.push([name, [...(isLater(name, freshness) ? [null] : []), ...emptyOf(name, value)]]);
  }
  for (const [name, [first]] of otherwise) {
    if (isDefault(first) && !Object.hasOwn(row, name) && !Object.hasOwn(written, name)) setMember(row, name, first);
  }
  return { row, instead };
}

/** Whether a member is what the path or the server says, and no client. */
function isOurs(name: string, { members: { sendable, readOnly }, kept }: Freshness): boolean {
  return kept.has(name) || readOnly.has(name) || (sendable !== null && !sendable.has(name));
}

/** Whether a client may say it of a row that is there, and not of a new one, and it may be nothing. */
const isLater = (name: string, { members: { sendable, readOnly, servers, otherwise } }: Freshness): boolean =>
  sendable !== null &&
  !sendable.has(name) &&
  !readOnly.has(name) &&
  !servers.has(name) &&
  otherwise.get(name)?.includes(null) === true;

const placesByResource = new WeakMap<Resource, Places>();

/** Where a row says which one it is, and of what. */
interface Places {
  readonly all: readonly (readonly string[])[];
  /** The members that say it, or have it inside of them. */
  readonly kept: ReadonlySet<string>;
  /** Those that have it inside of them. */
  readonly around: readonly string[];
}

function placesOf(resource: Resource): Places {
  let places = placesByResource.get(resource);
  if (places === undefined) {
    const { key, scope } = resource;
    const all = [key?.member, ...scope.map(({ member }) => member)].flatMap((path) => (path ? [path] : []));
    const around = all.flatMap(([first, ...inside]) => (first && inside.length > 0 ? [first] : []));
    places = { all, kept: new Set(all.flatMap(([name]) => name ?? [])), around: [...new Set(around)] };
    placesByResource.set(resource, places);
  }
  return places;
}

function withFirst(row: Json, name: string, values: readonly Json[], isValid: (row: Json) => boolean): Json {
  for (const value of values) {
    const changed = { ...(row as JsonObject), [name]: value };
    if (isValid(changed)) return changed;
  }
  return row;
}

/** Whether a value still says what was sent. */
export function keeps(value: Json | undefined, sent: Json): boolean {
  if (typeof sent !== 'object' || sent === null) return value === sent;
  if (Array.isArray(sent)) {
    return (
      Array.isArray(value) && value.length === sent.length && sent.every((item, index) => keeps(value[index], item))
    );
  }
  return isObject(value) && Object.keys(sent).every((name) => keeps(child(value, name), sent[name] as Json));
}
