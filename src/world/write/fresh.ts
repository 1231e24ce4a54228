import type { Random } from '../../fake/index.js';
import { type ItemRole, type Resource, readAt } from '../../resource/index.js';
import { fits } from '../../schema/index.js';
import { typeMetaAt } from '../../schema/kubernetes.js';
import { type Part, requiredNames, typesOf, viewOf } from '../../schema/view.js';
import { child } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject, setMember } from '../../text/value.js';
import { unended } from '../coherence/age.js';
import { coherent } from '../coherence/coherent.js';
import { isStamp, stamped } from '../coherence/order.js';
import { stated } from '../coherence/states.js';
import type { Ground } from '../ground.js';
import { overlaidWhere } from '../overlay.js';
import { type RowPlace, rowSchemaOf, type Shape, shapeAt, shapesOf } from '../shape.js';
import { emptyOf, unsaidOf } from './empty.js';
import { heldIn, holderOf, isHeldIn } from './holder.js';

/** What is known of the members of a row: who makes them, and what stands there when nobody says anything. */
interface Members {
  /** Whether a client sends them where rows show them. */
  readonly isHeld: boolean;
  /** What a client may send; null: anything. */
  readonly sendable: ReadonlySet<string> | null;
  readonly required: ReadonlySet<string>;
  readonly readOnly: ReadonlySet<string>;
  /** Those that are readOnly in some place, by the word or by what is said of them. */
  readonly servers: ReadonlySet<string>;
  /** Values that may stand for what was not sent, best first. */
  readonly otherwise: ReadonlyMap<string, readonly Json[]>;
}

const known = new WeakMap<ItemRole, Map<string | null, Members>>();

/** @param holder the member of a row that holds those that are meant; null: the row itself */
function membersOf(role: ItemRole, ground: Ground, holder: string | null = null): Members {
  const all = known.get(role) ?? new Map<string | null, Members>();
  known.set(role, all);
  const members = all.get(holder) ?? findMembers(role, ground, holder);
  all.set(holder, members);
  return members;
}

function findMembers(role: ItemRole, ground: Ground, holder: string | null): Members {
  const view = viewOf(ground.operations.document);
  const inside = (parts: readonly Part[]): readonly Part[] =>
    holder === null ? parts : view.certain(...view.member(parts, holder).map(({ to }) => to));
  const sent = sentShapeOf(role, ground);
  const taken = sent === null ? [] : view.certain(sent.schema.pointer);
  // What a row holds in one object may be sent beside its key.
  const isHeld = holder !== null && view.member(taken, holder).length > 0;
  const asked = isHeld ? inside(taken) : taken;
  const own = holderOf(role.resource, ground);
  const isMoved = (name: string): boolean =>
    holder === null &&
    own !== null &&
    view.member(taken, own.name).length === 0 &&
    isHeldIn(own, name, role.resource.key?.member[0]);
  const names = isHeld ? [...view.members(asked).keys()] : sent?.names;
  const sendable = names ? new Set([...names].filter((name) => !isMoved(name))) : null;
  const shown = shapesOf(role.resource, ground).map(({ schema }) => inside(view.certain(schema.pointer)));
  const all = [...new Set([...asked, ...shown.flat()])];
  // Of what is sent beside the key some stands in the row itself, and some in its holder: each where rows show it.
  const isParted = own !== null;
  const shownNames = view.members(shown.flat());
  const needed = requiredNames(shown.flat());
  const readOnly = new Set<string>();
  const servers = new Set<string>();
  const otherwise = new Map<string, readonly Json[]>();
  for (const [name, edges] of view.members(all)) {
    if (isParted && !shownNames.has(name)) continue;
    if (view.isServers(...edges.map(({ to }) => to))) {
      servers.add(name);
      // What a request takes all the same is the client's.
      const said = view.member(asked, name).map(({ to }) => to);
      if (said.length === 0 || view.isServers(...said)) readOnly.add(name);
    }
    const parts = view.certain(...edges.map(({ to }) => to));
    const kind = typeMetaAt(all, name);
    const said = parts.flatMap(({ schema }) => (schema.default === undefined ? [] : [schema.default]));
    const defaults = kind === undefined ? said : [kind];
    // What may be sent says nothing of what may be shown where it was not.
    const inRows = view.member(shown.flat(), name).map(({ to }) => to);
    const types = inRows.length > 0 ? typesOf(view.certain(...inRows)) : typesOf(parts);
    const isLeftOut = needed.has(name) && view.member(asked, name).length > 0;
    otherwise.set(name, [...defaults, ...unsaidOf(name, types, isLeftOut)]);
  }
  return { isHeld, sendable, required: needed, readOnly, servers, otherwise };
}

function sentShapeOf({ entry, body }: ItemRole, ground: Ground): Shape | null {
  if (body === null) return null;
  const content = ground.operations
    .compile(entry)
    .requestBody?.content.find(({ mediaType }) => mediaType === body.mediaType);
  const place: RowPlace = { path: body.path, list: body.isInList ? 'array' : null, inside: body.inside ?? [] };
  return content === undefined ? null : shapeAt(content, place, 'request', ground);
}

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
export function fresh(role: ItemRole, made: Json, client: JsonObject, writing: Writing): Json {
  if (!isObject(made)) return client;
  const sent = withServers(role, made, client, writing.ground);
  const own = rowSchemaOf(role.resource, writing.ground);
  const isValid = (row: Json): boolean => fits(own, row);
  const holder = holderOf(role.resource, writing.ground)?.name;
  const [inner, said] = holder === undefined ? [] : [made[holder], sent[holder]];
  const places = placesOf(role.resource);
  const kept = new Set(places.flatMap(([name]) => name ?? []));
  const members = membersOf(role, writing.ground);
  if (holder === undefined || !isObject(inner) || !isObject(said) || kept.has(holder))
    return freshObject(made, sent, { ...writing, members, kept, places, isValid });
  const held = freshObject(inner, said, {
    ...writing,
    members: membersOf(role, writing.ground, holder),
    kept: nothing,
    places: places.flatMap(([name, ...inside]) => (name === holder && inside.length > 0 ? [inside] : [])),
    isValid: (value) => isValid({ ...made, [holder]: value }),
  });
  return freshObject(
    { ...made, [holder]: held },
    { ...sent, [holder]: held },
    { ...writing, members, kept, places, isValid },
  );
}

/** What is sent, where the object that says which row it is has besides what path and server say there: `metadata.namespace`. */
function withServers(role: ItemRole, made: JsonObject, sent: JsonObject, ground: Ground): JsonObject {
  const places = placesOf(role.resource);
  let whole = sent;
  for (const name of new Set(places.flatMap(([first, ...inside]) => (first && inside.length > 0 ? [first] : [])))) {
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
  readonly members: Members;
  /** The members that say which row it is. */
  readonly kept: ReadonlySet<string>;
  /** Where they say it, which may be inside of them. */
  readonly places: readonly (readonly string[])[];
  isValid(value: Json): boolean;
}

function freshObject(made: JsonObject, sent: JsonObject, freshness: Freshness): Json {
  const { members, places, random, time, isNew, isValid } = freshness;
  const written = Object.fromEntries(Object.entries(sent).filter(([name]) => !members.readOnly.has(name)));
  const { row, instead } = withoutUnsaid(made, written, freshness);
  const plain = { ...row, ...written };
  // One of several may be sent where the row that was made has another: none of them is shown beside it.
  const needed = Object.entries(row).filter(([name]) => members.required.has(name) || isOurs(name, freshness));
  const first = [plain, { ...Object.fromEntries(needed), ...written }].find(isValid);
  let whole: Json = first ?? overlaidWhere(isValid(row) ? row : made, written, isValid);
  for (const [name, values] of instead) whole = withFirst(whole, name, values, isValid);
  if (isNew) {
    const isFree = (name: string) =>
      !Object.hasOwn(written, name) && (members.otherwise.get(name)?.[0] ?? null) === null;
    whole = stated(unended(whole, true, isFree, isValid), true, time, isFree, isValid);
  }
  const isServers = (name: string): boolean => isOurs(name, freshness);
  const stamp = stamped(whole, isNew ? 'created' : 'updated', time, sent, isServers);
  const unstamped = whole;
  if (isValid(stamp)) whole = stamp;
  const said = Object.keys(written).filter((name) => keeps(child(whole, name), written[name] as Json));
  // What a client might have sent and has not is what is documented for that: no count of what the row holds.
  const usual = [...members.otherwise].flatMap(([name, [first]]) =>
    isNew && members.sendable?.has(name) && isDefault(first) && child(whole, name) === first ? [name] : [],
  );
  // The time of the write, and what the row had from the server before it.
  const held = Object.keys(made).filter(
    (name) => child(whole, name) !== child(unstamped, name) || (!isNew && child(whole, name) === made[name]),
  );
  const isSaid = (value: Json): boolean =>
    places.every((place) => readAt(value, place) === readAt(whole, place)) &&
    said.every((name) => keeps(child(value, name), written[name] as Json)) &&
    [...held, ...usual].every((name) => child(value, name) === child(whole, name));
  return coherent(whole, (value) => isSaid(value) && isValid(value), random);
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
    else if (isNew) instead.push([name, emptyOf(name, value)]);
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

/** Whether a value that may stand for what was not sent says something. */
function isDefault(value: Json | undefined): value is Json {
  return value !== undefined && value !== null && !Array.isArray(value);
}

/** Where a row says which one it is, and of what. */
function placesOf({ key, scope }: Resource): readonly (readonly string[])[] {
  return [key?.member, ...scope.map(({ member }) => member)].flatMap((path) => (path ? [path] : []));
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
