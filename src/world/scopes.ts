import { mix } from '../fake/index.js';
import type { RequestValues } from '../operation/index.js';
import {
  boundScope,
  type RelationRole,
  type Resource,
  type Role,
  readAt,
  type SeveralRole,
} from '../resource/index.js';
import { scalarText } from '../text/integers.js';
import type { Json } from '../text/value.js';
import type { BaseWorld } from './base.js';
import type { BaseCollection } from './base-collection.js';
import { collectionName, type Ground, type Scope, scopeIn } from './ground.js';
import { rowSchemaOf, withSaid } from './shape.js';
import type { StateReader } from './state.js';
import type { Around } from './write/call.js';

/** What a request says of the things that rows are nested under; undefined where it does not say which one. */
export type KnownScope = readonly (string | undefined)[];

const nowhere = { scope: [], around: [] };

/**
 * Which collection a request means, by its path or by what is sent, and which members of rows the path says besides.
 * @returns null where that cannot be told: a parameter is not there, as in a request that is only taken as valid
 */
export function placeOf(
  role: Role | RelationRole | SeveralRole,
  { path, body }: Pick<RequestValues, 'path'> & Partial<Pick<RequestValues, 'body'>>,
): { scope: KnownScope; around: readonly Around[] } | null {
  const { resource, scope } = role;
  if (scope.length === 0 && resource.scope.length === 0) return nowhere;
  const sent =
    role.kind === 'list' ||
    role.kind === 'relation' ||
    role.kind === 'create-many' ||
    role.kind === 'change-many' ||
    role.body === null
      ? undefined
      : readAt(body as Json | undefined, role.body.path);
  const left = scope.map(({ parameter, resource: of, member }) => {
    const value = path[parameter];
    // Several things in one segment (`/lines/{ids}/status`) are what rows stand under together, and no row says all of them.
    const isSeveral = Array.isArray(value) && value.every((each) => typeof each !== 'object');
    return isSeveral
      ? { parameter, resource: of, member: null, value: scalarText(value) }
      : { parameter, resource: of, member, value };
  });
  if (left.some(({ value }) => value === undefined || value === null || typeof value === 'object')) return null;
  const bound = boundScope(role);
  const texts = resource.scope.map((own, index) => {
    const value = left[bound[index] ?? -1]?.value ?? (own.member === null ? undefined : readAt(sent, own.member));
    return value === undefined || value === null || typeof value === 'object' ? undefined : scalarText(value);
  });
  return {
    scope: texts,
    around: left
      .filter((_, index) => !bound.includes(index))
      .map(({ parameter, member, value }) => ({ parameter, member, value: scalarText(value) })),
  };
}

/** So many rows are asked whether they can have what a path says: one that belongs to nothing has no place for the key of what another belongs to. */
const mostAsked = 5;

/** What a path says of rows, as far as they can have it: a text that is none of a number's keeps no row from being listed. */
export function heardAround(
  resource: Resource,
  around: readonly Around[],
  base: BaseCollection,
  ground: Ground,
): readonly Around[] {
  if (around.length === 0 || base.row(0) === undefined) return around;
  const own = rowSchemaOf(resource, ground);
  const canHave = (member: readonly string[], value: string): boolean => {
    for (let index = 0; index < mostAsked; index++) {
      const row = base.row(index);
      if (row !== undefined && withSaid(row, member, value, own) !== undefined) return true;
    }
    return false;
  };
  return around.filter(({ member, value }) => member === null || canHave(member, value));
}

export interface Nest {
  readonly ground: Ground;
  readonly base: BaseWorld;
  readonly state: StateReader;
  readonly seed: number;
}

/** Things whose rows a list shows together that does not say what they are nested under. */
const maximumScopes = 3;

/** What some rows are nested under. */
export interface Nested {
  readonly scope: Scope;
  /** Whether of these rows only those count that were added. */
  readonly isOnlyAdded: boolean;
}

/** What the rows are nested under: several, where a list does not say which, of which a row is made under the first. */
export function scopesAsked(
  { resource, kind }: Role | RelationRole | SeveralRole,
  known: KnownScope,
  nest: Nest,
): readonly Nested[] {
  const isWhole = (scope: KnownScope): scope is Scope => !scope.includes(undefined);
  if (isWhole(known)) return [{ scope: known, isOnlyAdded: false }];
  return kind === 'list' || kind === 'create' || kind === 'create-many' ? scopesOf(resource, known, nest) : [];
}

/**
 * What the rows are nested under that a request means which does not say all of it (`GET /repos` where the path of one is
 * `/repos/{owner}/{name}`): the first things that there are, and what was added under others.
 */
function scopesOf(resource: Resource, known: KnownScope, nest: Nest): readonly Nested[] {
  let first: Scope[] = [[]];
  for (const [index, value] of known.entries()) {
    const left = value === undefined ? Math.ceil(maximumScopes / first.length) : 1;
    first = first.flatMap((scope) => {
      const values = value === undefined ? valuesAt(resource, index, scope, nest).slice(0, left) : [value];
      return values.map((one) => [...scope, one]);
    });
  }
  // Where a row does not say what it is nested under, two of one key would be one thing for whoever reads the list.
  if (resource.scope.some(({ member }, index) => known[index] === undefined && member === null))
    first = withKeysApart(resource, first, nest);
  const names = new Set(first.map((scope) => collectionName(resource, scope)));
  const others = nest.state
    .nested(resource.name)
    .filter((name) => !names.has(name))
    .map((name) => scopeIn(name.slice(resource.name.length + 1)) ?? []);
  const isMeant = (scope: Scope) =>
    scope.length === known.length && known.every((one, index) => one === undefined || one === scope[index]);
  return [
    ...first.map((scope) => ({ scope, isOnlyAdded: false })),
    ...others.filter(isMeant).map((scope) => ({ scope, isOnlyAdded: true })),
  ].filter(({ scope }) => isThere(resource, scope, nest));
}

/** In so many rows keys are looked for that two have. */
const maximumCompared = 1000;

/** The first of some collections, and of the others those that share no key with those before them. */
function withKeysApart(resource: Resource, scopes: readonly Scope[], { base, seed }: Nest): Scope[] {
  const keys = new Set<string>();
  return scopes.filter((scope, place) => {
    const rows = base.collection(resource, scope, seed);
    const own = Array.from({ length: Math.min(rows.size, maximumCompared) }, (_, index) => rows.keyAt(index));
    if (place > 0 && (rows.size > maximumCompared || own.some((key) => keys.has(key)))) return false;
    for (const key of own) keys.add(key);
    return true;
  });
}

/** What the parameter at a place may say, behind those before it: keys of what it names, or values that it takes. */
function valuesAt(resource: Resource, index: number, before: Scope, { ground, base, seed }: Nest): string[] {
  const { resource: parent, parameter } = resource.scope[index] as Resource['scope'][number];
  const depth = parent?.scope.length ?? 0;
  if (parent?.key != null && depth <= index) {
    const rows = base.collection(parent, before.slice(index - depth), seed);
    return Array.from({ length: Math.min(maximumScopes, rows.size) }, (_, place) => rows.keyAt(place));
  }
  const schema = resource.roles
    .filter(({ path }) => path === resource.item)
    .flatMap(({ entry }) => ground.operations.compile(entry).parameters)
    .find(({ in: place, name }) => place === 'path' && name === parameter)?.schema;
  const salt = `${resource.name} ${parameter}`;
  const made = Array.from({ length: maximumScopes }, (_, place) => {
    const value =
      schema && ground.faker.generate(schema, { seed: mix(seed, salt), salt: `${salt} ${place}`, row: place });
    const isPlain = value?.ok === true && (typeof value.value === 'string' || typeof value.value === 'number');
    return isPlain && value.value !== '' ? scalarText(value.value) : `${parameter}-${place + 1}`;
  });
  return [...new Set(made)];
}

/** Whether nothing of what something is nested under was deleted. */
function isThere(resource: Resource, scope: Scope, { state }: Nest): boolean {
  return resource.scope.every(({ resource: parent }, index) => {
    const depth = parent?.scope.length ?? 0;
    if (parent === null || depth > index) return true;
    const rows = state.collection(collectionName(parent, scope.slice(index - depth, index)));
    return rows?.row(scope[index] as string) !== null;
  });
}
