import type { Content, RequestValues } from '../operation/index.js';
import {
  type ItemRole,
  isSameName,
  keyOf,
  type ListRole,
  namedOtherwise,
  type Relation,
  type Resource,
  type Role,
  readAt,
  verbIn,
} from '../resource/index.js';
import { viewOf } from '../schema/view.js';
import { scalarText } from '../text/integers.js';
import { isObject, type Json } from '../text/value.js';
import type { BaseWorld, Now } from './base.js';
import type { BaseCollection } from './base-collection.js';
import type { WorldRequest } from './exchange.js';
import { type Ground, type Scope, scopeFor } from './ground.js';
import type { Said } from './list/envelope.js';
import { Listing } from './list/listing.js';
import { type Row, rowOf } from './row.js';
import type { CollectionReader } from './state.js';
import type { Around } from './write/call.js';
import { haveNames, isCalled } from './write/names.js';

/** A row, and what it is nested under. */
export interface Placed {
  readonly resource: Resource;
  readonly scope: Scope;
  readonly row: Row;
}

/** The rows of a collection as they are now. */
export interface Home {
  readonly base: BaseCollection;
  readonly state: CollectionReader | undefined;
}

const nothing: readonly Said[] = [];

/** Rows of one answer that are included: more are seldom asked for, and each has to be made. */
const mostIncluded = 500;

/** The rows that others are related to: those that they show in lists, or link to (JSON:API 1.1, 7.6). */
export class Related {
  readonly #ground: Ground;
  readonly #base: BaseWorld;

  constructor(ground: Ground, base: BaseWorld) {
    this.#ground = ground;
    this.#base = base;
  }

  /** The row with a key as it is now, or one that is called so; undefined where it was deleted, or cannot be made. */
  rowAt(resource: Resource, scope: Scope, key: string, now: Now): Row | undefined {
    const base = this.#base.now(resource, scope, now);
    const own = now.state.collection(base.name);
    const kept = own?.row(key);
    if (kept !== undefined) return kept ?? undefined;
    const index = base.indexOf(key);
    if (index === undefined) {
      const rows = haveNames(resource, this.#ground) ? new Listing(base, own).rows(0, base.size) : [];
      const called = rows.find(({ value }) => isCalled(value, key));
      if (called !== undefined || this.#ground.isClosed) return called;
    }
    const row = index === undefined ? base.made(key) : base.row(index);
    return row === undefined ? undefined : rowOf(row);
  }

  /**
   * The thing itself, of a row that stands below another one by its key alone; undefined where it was deleted.
   * @param scope under what the row stands; null where nobody says
   */
  itself(resource: Resource, scope: Scope | null, row: Row, now: Now): Row | undefined {
    const key = resource.joins === null ? undefined : keyOf(resource, row.value);
    const home = key === undefined ? null : this.home(resource, scope, now);
    if (home === null || key === undefined) return row;
    const kept = home.state?.row(key);
    if (kept !== undefined) return kept ?? undefined;
    const index = home.base.indexOf(key);
    const themselves = index === undefined ? undefined : home.base.row(index);
    // What was made here and is listed nowhere else is as it was made.
    return themselves === undefined ? row : rowOf(themselves);
  }

  /**
   * Where things are kept themselves that stand below others by their keys alone; null where they stand here only.
   * @param scope under what they stand; null where nobody says
   */
  home(resource: Resource, scope: Scope | null, now: Now): Home | null {
    const { joins } = resource;
    const own = joins && (scope === null ? (joins.scope.length === 0 ? [] : null) : scopeFor(joins, resource, scope));
    if (!joins || !own) return null;
    const base = this.#base.now(joins, own, now);
    return { base, state: now.state.collection(base.name) };
  }

  /** The thing of another resource that a path below a row shows, since the row names it; null where it names none that is there. */
  through({ parent, scope: own, through }: Resource, scope: Scope, now: Now): Placed | null {
    const key = scope[own.length - 1];
    if (parent === null || through === null || key === undefined) return null;
    const above = scope.slice(own.length - 1 - parent.scope.length, own.length - 1);
    const named = readAt(this.rowAt(parent, above, key, now)?.value ?? null, through.member);
    const to = scopeFor(through.resource, parent, above);
    if (to === null || (typeof named !== 'string' && typeof named !== 'number')) return null;
    const row = this.rowAt(through.resource, to, scalarText(named), now);
    return row === undefined ? null : { resource: through.resource, scope: to, row };
  }

  /**
   * What a path says of rows besides, where it calls a thing otherwise than they do: by its slug, where they have its id. What stood
   * below a thing from the beginning does so by its path alone, and what is made says both.
   */
  around(
    role: Pick<Role, 'scope'> & { readonly kind: string },
    said: readonly Around[],
    path: RequestValues['path'],
    now: Now,
  ): readonly Around[] {
    if (said.length === 0) return said;
    return said.flatMap((one) => {
      const index = role.scope.findIndex(({ parameter }) => parameter === one.parameter);
      const resource = role.scope[index]?.resource;
      const name = resource && one.member && namedOtherwise(one.member, resource);
      if (!resource || !name) return [one];
      const above = role.scope
        .slice(index - resource.scope.length, index)
        .map(({ parameter }) => scalarText(path[parameter]));
      const row = this.rowAt(resource, above, one.value, now);
      const told = row && isObject(row.value) ? row.value[name] : undefined;
      const byPath = { ...one, member: null };
      if (typeof told !== 'string' && typeof told !== 'number') return [byPath];
      return row?.isNew || role.kind === 'create' ? [byPath, { ...one, value: scalarText(told) }] : [byPath];
    });
  }

  /** The row below which another thing is made that stands elsewhere: the cart of `POST /carts/{id}/checkout`, or one of its kind; undefined where none is. */
  madeOf(
    { resource: made, scope, path: own }: Pick<ItemRole, 'resource' | 'scope' | 'path'>,
    path: RequestValues['path'],
    now: Now,
  ): Row | undefined {
    const last = scope.at(-1);
    const from = last?.resource ?? null;
    const key = path[last?.parameter ?? ''];
    if (from === null || key === undefined || made.scope.length > 0) return undefined;
    // What is made in its own list below another thing has nothing of that but its key.
    const isListed = isSameName(verbIn(own), made.name);
    if (last?.member !== null && from !== made && isListed) return undefined;
    const above = scope.slice(-1 - from.scope.length, -1).map(({ parameter }) => scalarText(path[parameter]));
    return this.rowAt(from, above, scalarText(key), now);
  }

  /** The keys of what a row is related to, in its order. */
  keysIn(row: Json, { member, isList, inside }: Relation): string[] {
    const held = readAt(row, member);
    const things = isList ? (Array.isArray(held) ? held : []) : [held];
    return things.flatMap((thing) => {
      const key = thing === undefined ? undefined : readAt(thing, inside);
      return typeof key === 'string' || typeof key === 'number' ? [scalarText(key)] : [];
    });
  }

  /** The row that a key names for what is related to it. */
  named({ resource }: Relation, from: Omit<Placed, 'row'>, key: string, now: Now): Row | undefined {
    const scope = scopeFor(resource, from.resource, from.scope);
    return scope === null ? undefined : this.rowAt(resource, scope, key, now);
  }

  /** The rows that a row is related to. */
  of({ resource, scope, row }: Placed, relation: Relation, now: Now): Placed[] {
    const to = scopeFor(relation.resource, resource, scope);
    if (to === null) return [];
    return this.keysIn(row.value, relation).flatMap((key) => {
      const other = this.rowAt(relation.resource, to, key, now);
      return other === undefined ? [] : [{ resource: relation.resource, scope: to, row: other }];
    });
  }

  /**
   * What a list shows that stands below one thing which says itself what it is related to (`/articles/{id}/comments`).
   * @returns null where it does not
   */
  listed(role: ListRole, path: RequestValues['path'], now: Now): readonly Row[] | null {
    const last = role.scope.at(-1);
    const { resource } = last ?? {};
    const word = role.entry.path.split('/').at(-1) ?? '';
    if (!last?.resource || !resource || last.member !== null || role.resource.parent === resource) return null;
    const relation = resource.relations.find((one) => one.resource === role.resource && isSameName(one.name, word));
    if (relation === undefined || !relation.isList) return null;
    const keys = role.scope.map(({ parameter }) => scalarText(path[parameter]));
    const scope = keys.slice(keys.length - 1 - resource.scope.length, -1);
    const row = this.rowAt(resource, scope, keys.at(-1) as string, now);
    return row === undefined ? null : this.of({ resource, scope, row }, relation, now).map((one) => one.row);
  }

  /** What stands beside the rows of an answer that has a place for what is asked to be included. */
  beside(
    resource: Resource,
    scope: Scope,
    shown: readonly Row[],
    content: Content,
    { values, state, seed }: WorldRequest,
  ): readonly Said[] {
    const isRelated = shown.length === 0 || resource.relations.length > 0;
    if (!isRelated || !declaresIncluded(content, this.#ground)) return nothing;
    const from = shown.map((row) => ({ resource, scope, row }));
    const rows = this.included(from, includesIn(values.query), { state, seed });
    return [{ at: { member: ['included'] }, values: [rows.map(({ value }) => value), undefined] }];
  }

  /** The rows that are asked for beside others, each once: `?include=author,comments.author` (JSON:API 1.1, 8.3). */
  included(from: readonly Placed[], paths: readonly string[], now: Now): readonly Row[] {
    const found = new Set<Row>();
    for (const path of paths) {
      let open = from;
      for (const name of path.split('.')) {
        open = open.flatMap((one) => {
          const relation = one.resource.relations.find((each) => each.name === name);
          return relation === undefined ? [] : this.of(one, relation, now);
        });
        for (const { row } of open) if (found.size < mostIncluded) found.add(row);
      }
    }
    const primary = new Set(from.map(({ row }) => row));
    return [...found].filter((row) => !primary.has(row));
  }
}

const declaring = new WeakMap<Content, boolean>();

/** Whether an answer has a place for what is included. */
function declaresIncluded(content: Content, { operations }: Ground): boolean {
  const known = declaring.get(content);
  if (known !== undefined) return known;
  const view = viewOf(operations.document);
  const parts = content.schema === null ? [] : view.certain(content.schema.pointer);
  const found = view.members(parts).has('included');
  declaring.set(content, found);
  return found;
}

/** The paths of relations that a query asks to include. */
function includesIn({ include }: RequestValues['query']): readonly string[] {
  return [include]
    .flat()
    .flatMap((one) => (typeof one === 'string' ? one.split(',').filter((path) => path !== '') : []));
}
