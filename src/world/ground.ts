import type { Faker } from '../fake/index.js';
import type { Operations } from '../operation/index.js';
import { type Resource, type Resources, type Role, readAt } from '../resource/index.js';
import { scalarText } from '../text/integers.js';
import type { Json } from '../text/value.js';

/** What a world is made from, the same for each request. */
export interface Ground {
  readonly operations: Operations;
  readonly resources: Resources;
  readonly faker: Faker;
  /** How many rows a collection has, and which of its own it begins with. */
  rowsOf(resource: Resource): {
    /** null: nobody says. */
    readonly count: number | null;
    readonly data: readonly Json[];
    /** Whether the fixture file says how many these rows are. */
    readonly isCounted: boolean;
  };
  /** Whether a thing that no row is about does not exist: otherwise a row is made for it. */
  readonly isClosed: boolean;
  /** What dates of what happens are after, in milliseconds since 1970. */
  readonly time: number;
}

/** Values of the path parameters before the own key, outermost first, as they stand in a path before percent-encoding. */
export type Scope = readonly string[];

/** What tells the rows of one collection from all others: the resource, and what it is nested under. */
export function collectionName(resource: Resource, scope: Scope): string {
  return scope.length === 0 ? resource.name : `${resource.name} ${JSON.stringify(scope)}`;
}

/** Under what rows stand that those of another resource name: what both stand under; null where that does not tell. */
export function scopeFor(to: Resource, resource: Resource, scope: Scope): Scope | null {
  const names = resource.scope.map(({ parameter }) => parameter);
  const places = to.scope.map(({ parameter }) => names.indexOf(parameter));
  return places.includes(-1) ? null : places.map((place) => scope[place] as string);
}

/** Under what a row of some collection stands: as it says itself, as far as it does. */
export function scopeOfRow({ scope: parents }: Resource, row: Json, scope: Scope): Scope {
  return scope.map((key, index) => {
    const said = readAt(row, parents[index]?.member ?? []);
    return typeof said === 'string' || typeof said === 'number' ? scalarText(said) : key;
  });
}

/** The scope in the name of a collection: what stands there behind the resource. */
export function scopeIn(text: string): Scope | null {
  try {
    const keys: unknown = JSON.parse(text);
    return Array.isArray(keys) && keys.every((key) => typeof key === 'string') ? keys : null;
  } catch {
    return null;
  }
}

/** Whether rows are listed by keys that no member of theirs says. */
export function isKeyedByList({ key, roles }: Resource): boolean {
  return key === null && roles.some((role) => role.kind === 'list' && role.answer?.isKeyed === true);
}

/**
 * Whether things are named by their paths alone: no member of theirs is the key, and `Location` tells it (RFC 9110, 10.2.2).
 * Only where something of them can be changed, or a list tells their keys: what is only shown is the document's.
 */
export function isNamedByPath(resource: Resource): boolean {
  const { key, item, isSingleton, roles } = resource;
  if (key !== null || item === null || isSingleton) return false;
  return isKeyedByList(resource) || roles.some(({ kind }) => !reading.has(kind));
}

const reading: ReadonlySet<string> = new Set(['list', 'read', 'exists']);

/** What nobody can change, filter or look at one by one is answered by the document alone. */
export function isOnlyShown(resource: Resource, { resources: { besides } }: Ground): boolean {
  const isTold = () => besides.some(({ role }) => role.resource === resource && !reading.has(role.kind));
  const known = onlyShown.get(resource) ?? (findOnlyShown(resource) && !isTold());
  onlyShown.set(resource, known);
  return known;
}

const onlyShown = new WeakMap<Resource, boolean>();

function findOnlyShown({ key, roles, isSingleton, embedded, embeddedIn, through, counts }: Resource): boolean {
  // What is shown in two places is the same in both, and so is how many there are.
  if (embedded.length > 0 || embeddedIn !== null || through !== null) return false;
  if (isSingleton && counts.length > 0) return false;
  const isPlain = (role: Role) => role.kind === 'list' && role.query.length === 0 && role.sent.length === 0;
  if (key === null && roles.every(isPlain)) return true;
  return isSingleton && roles.every(({ kind }) => kind === 'read' || kind === 'exists' || kind === 'list');
}

/** Whether clients alone call its things by their paths, so that those of two owners may have one name (RFC 9110, 9.3.4). */
export function isCalledByClients({ roles }: Resource): boolean {
  const kinds = new Set(roles.map(({ kind }) => kind));
  return kinds.has('upsert') && !kinds.has('create');
}
