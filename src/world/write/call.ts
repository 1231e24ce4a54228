import { formatOf, type HttpRequest, type Operation, type RequestValues } from '../../operation/index.js';
import {
  type ItemRole,
  type Naming,
  type RelationRole,
  type Resource,
  type Role,
  readAt,
  type SeveralRole,
  shownRow,
} from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import type { BaseCollection } from '../base-collection.js';
import { type Ground, isCalledByClients } from '../ground.js';
import type { Change } from '../kept-row.js';
import { keyMakerOf } from '../keys.js';
import type { Row } from '../row.js';
import type { CollectionReader, StateReader } from '../state.js';
import { isKeysOf } from '../things-named.js';
import { placed } from './fresh.js';

/** One request that is about the rows of a collection. */
export interface Call<R> {
  readonly role: R;
  readonly operation: Operation;
  readonly request: HttpRequest;
  readonly values: RequestValues;
  readonly seed: number;
  readonly ground: Ground;
  readonly base: BaseCollection;
  readonly state: CollectionReader | undefined;
  /** Whether a request has made a row with a key under other things than these. */
  isMadeElsewhere(key: string): boolean;
  /** What the path says of rows besides their collection and key. */
  readonly around: readonly Around[];
  /** How a row is shown, with what stands under it. */
  shown(row: Row): Row;
  /** What was sent of a row, with what things in its lists lack; `row`: as it is, where there is one. */
  completed(sent: Json, row?: Json): Json;
  /** A new row that says that it is of the one that asks, where what was sent says nothing of that. */
  ofAsker(row: Json, sent: JsonObject): Json;
  /** A row with what it has of where it belongs from what it names, unless that was sent. */
  inheriting(row: Json, sent: JsonObject): Json;
  /** What a row is made of that is made below another thing; undefined for nothing. */
  readonly source?: Json | undefined;
  /** What was sent of this row, of several that are. */
  readonly element?: JsonObject;
}

const ofRelations = new WeakMap<RelationRole, ItemRole>();

/** How one row is looked at by what is about one: what says to which others a row is related changes it. Others have no use for it. */
export function itemRoleOf(role: Role | RelationRole | SeveralRole): ItemRole {
  if (role.kind !== 'relation') return role as ItemRole;
  const own = ofRelations.get(role) ?? { ...role, kind: 'merge', naming: null };
  ofRelations.set(role, own);
  return own;
}

/** A parameter of a path that is a member of rows: `{userId}` in `/users/{userId}/posts`, which are rows of `/posts`. */
export interface Around {
  readonly parameter: string;
  /** null: no member says it, so that the path alone does. */
  readonly member: readonly string[] | null;
  readonly value: string;
}

const nothing: readonly string[] = [];

/** What a path says of a row that is made by it and no member of the row does, each as a text. */
export function underOf(around: readonly Around[]): readonly string[] {
  if (around.length === 0) return nothing;
  return around.filter(({ member }) => member === null).map(({ parameter, value }) => underText(parameter, value));
}

const underText = (parameter: string, value: string): string => `${parameter} ${value}`;

/** Whether a row was made by this path. */
export function isUnder({ under = [] }: Row, around: readonly Around[]): boolean {
  return underOf(around).some((text) => under.includes(text));
}

/** Whether a row was made by a path that says something else of it than this one does. */
export function isElsewhere({ under }: Row, around: readonly Around[]): boolean {
  if (under === undefined || under.length === 0) return false;
  return around.some(({ parameter, member, value }) => {
    if (member !== null || under.includes(underText(parameter, value))) return false;
    return under.some((one) => one.startsWith(underText(parameter, '')));
  });
}

export type Done = {
  readonly kind: 'done';
  /** What the answer shows; null where there is none any more. */
  readonly row: Row | null;
  /** What a path calls the row that was made, where one was. */
  readonly key?: string | undefined;
  readonly changes: readonly Change[];
  /** Whether a row was made that was not there before. */
  readonly isCreated: boolean;
  /** The entity tag of the row, where the document speaks of tags. */
  readonly tag: string | null;
};

export type Refused = { readonly kind: 'refused'; readonly status: number; readonly detail: string };

/** null: the world has nothing to say. */
export type ItemOutcome = Done | Refused | { readonly kind: 'unchanged'; readonly tag: string } | null;

/** How many seconds of the world's own clock a change takes, which starts at the instant that dates are near to. */
const secondMilliseconds = 1000;

/** What the body has of the row, as it was sent; undefined for nothing. */
export function bodyOf({ role: { body }, values, element }: Call<ItemRole>): Json | undefined {
  return element ?? (body === null ? undefined : shownRow(values.body as Json | undefined, body));
}

/** What the client has sent of a row; `row`: as it is, where there is one. */
export function sentIn(call: Call<ItemRole>, row?: Json): JsonObject {
  const { role, ground, completed } = call;
  const sent = bodyOf(call);
  if (!isObject(sent)) return {};
  // What another format has may be no JSON: a part of a form may be bytes.
  const isJson = formatOf(role.body?.mediaType ?? '').name.startsWith('json');
  const read = isJson ? sent : (JSON.parse(JSON.stringify(sent)) as JsonObject);
  const whole = withRelations(role, read);
  const naming = role.naming?.in === 'body' ? namingIn(role.naming, role.body?.path ?? []) : null;
  // What only says which row is meant is no member of it.
  const isOnlyName = naming !== null && Object.hasOwn(whole, naming) && role.resource.key?.member[0] !== naming;
  const said = isOnlyName ? Object.fromEntries(Object.entries(whole).filter(([name]) => name !== naming)) : whole;
  return completed(placed(role, said, ground), row) as JsonObject;
}

/** The member of what is sent of a row that says which one is meant; null where that stands elsewhere in the body. */
function namingIn({ member }: Naming, path: readonly string[]): string | null {
  const isInside = member.length === path.length + 1 && path.every((step, index) => step === member[index]);
  return isInside ? (member.at(-1) ?? null) : null;
}

/** What is sent with keys of what a row shows as things: `label_ids` beside `labels`, each once. */
function withRelations({ resource }: ItemRole, sent: JsonObject): JsonObject {
  return resource.relations.reduce((whole, { name, member, isList, inside }) => {
    if (!isList || member.length > 1 || inside.length === 0 || Object.hasOwn(whole, name)) return whole;
    const own = Object.keys(whole).find((one) => isKeysOf(one, name));
    const keys = own === undefined ? undefined : whole[own];
    if (own === undefined || !Array.isArray(keys) || keys.some(isObject)) return whole;
    const { [own]: _, ...others } = whole;
    // A row that shows the keys too has been told both.
    const isShown = resource.relations.some((one) => one.name === own);
    return { ...(isShown ? whole : others), [name]: [...new Set(keys)] };
  }, sent);
}

export function declares({ operation }: Pick<Call<ItemRole>, 'operation'>, key: string): boolean {
  return operation.responses.some((response) => response.key === key);
}

/** The key that a path names, or a server has made, is the row's, whatever is sent. */
export function withKey(
  { role: { resource }, ground, base }: Call<ItemRole>,
  sent: JsonObject,
  key: string,
): JsonObject {
  return base.withKey(sent, keyMakerOf(resource, ground).read(key)) as JsonObject;
}

export function timeOf({ ground, state }: Call<ItemRole>): number {
  return ground.time + (state?.count ?? 0) * secondMilliseconds;
}

export function changeOf({ base }: Call<ItemRole>, key: string, row: Json | null): Change {
  return { collection: base.name, key, row, isBase: base.indexOf(key) !== undefined, unique: [] };
}

/** Whether a request has made a row of that key under other things, where those of two owners have no names in common. */
export function isMadeUnderOthers(resource: Resource, collection: string, state: StateReader, key: string): boolean {
  if (resource.isSingleton || isCalledByClients(resource)) return false;
  return state
    .nested(resource.name)
    .some((name) => name !== collection && state.collection(name)?.row(key)?.isNew === true);
}

/** Whether a row says of itself what a path says of it, as far as it says that. */
export function isBelow(row: Json, around: readonly Around[]): boolean {
  return around.every(({ member, value }) => {
    const said = member === null ? undefined : readAt(row, member);
    if (Array.isArray(said)) return said.some((one) => scalarText(one) === value);
    return said === undefined || ((typeof said === 'string' || typeof said === 'number') && scalarText(said) === value);
  });
}
