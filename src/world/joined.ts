import {
  type ItemRole,
  isSameName,
  keyOf,
  type ListRole,
  type Relation,
  type Resource,
  readAt,
  setAt,
} from '../resource/index.js';
import { scalarText } from '../text/integers.js';
import { isObject, type Json } from '../text/value.js';
import { phraseOf } from '../text/words.js';
import type { BaseWorld, Now } from './base.js';
import { type Ground, type Scope, scopeFor } from './ground.js';
import { type SaidHome, saidHome, sayingSo } from './joined-by.js';
import type { Change } from './kept-row.js';
import { keyMakerOf } from './keys.js';
import type { Kindred } from './kindred.js';
import { Listing } from './list/listing.js';
import { type Rows, rowsOf } from './list/page.js';
import type { Related } from './related.js';
import { type Row, rowOf } from './row.js';
import { isRow } from './shape.js';
import { type Around, type Call, type ItemOutcome, isUnder, type Refused } from './write/call.js';
import { related } from './write/relate.js';

/** A list, what it is asked under, and when. */
export interface ListAsked {
  readonly role: ListRole;
  readonly scope: Scope;
  readonly around: readonly Around[];
  readonly now: Now;
  /** How a row is shown. */
  shown(row: Row): Row;
}

/**
 * Things that stand under several others, each known from both sides: `/teams/{id}/members/{user_id}` says which users are in a team,
 * and `/users/{id}/teams` which teams a user is in.
 */
export class Joined {
  readonly #ground: Ground;
  readonly #base: BaseWorld;
  readonly #related: Related;
  readonly #kindred: Kindred;

  constructor(ground: Ground, base: BaseWorld, related: Related, kindred: Kindred) {
    this.#ground = ground;
    this.#base = base;
    this.#related = related;
    this.#kindred = kindred;
  }

  /** The thing itself that stands under another one, as it is now; undefined where there is none any more. */
  rowAt(resource: Resource, scope: Scope, key: string, now: Now): Row | undefined {
    const { joins } = resource;
    const own = joins && scopeFor(joins, resource, scope);
    return joins && own ? this.#related.rowAt(joins, own, key, now) : undefined;
  }

  /** The same where the list says nothing of what they stand under: each once, and not once for each of these. */
  all({ resource, scope }: ListRole, now: Now): Rows | null {
    const home = scope.length === 0 ? this.#related.home(resource, null, now) : null;
    return home && new Listing(home.base, home.state);
  }

  /** What such a list shows; null: what is listed otherwise. */
  listed({ role, scope, around, now, shown }: ListAsked): Rows | null {
    const { resource } = role;
    const base = this.#base.now(resource, scope, now);
    const listing = new Listing(base, now.state.collection(base.name));
    const all = () => listing.rows(0, listing.size);
    const home = saidHome(resource, scope, this.#base, now);
    if (home !== null) return rowsOf(sayingSo(home), role);
    if (resource.joins !== null) {
      return rowsOf(
        all().flatMap((row) => this.#related.itself(resource, scope, row, now) ?? []),
        role,
      );
    }
    const kin = this.#kindred.listed(role, scope, around, now);
    if (kin !== null) return rowsOf(kin, role);
    const holds = this.#holderOf(role, scope, around, now);
    return (
      holds &&
      rowsOf(
        all().filter((row) => isUnder(row, around) || holds(shown(row))),
        role,
      )
    );
  }

  /** What says which things of another resource stand under one. */
  #joinOf(resource: Resource, other: Resource | null | undefined): Resource | undefined {
    return this.#ground.resources.all.find(
      ({ parent, joins }) => parent === resource && joins !== null && joins === other,
    );
  }

  /** Whether the thing that a path names stands under a row, or is one of those that it shows; null where nothing says so. */
  #holderOf(role: ListRole, scope: Scope, around: readonly Around[], now: Now): ((row: Row) => boolean) | null {
    const { resource } = role;
    const last = role.scope.at(-1);
    const named = around.find(({ parameter }) => parameter === last?.parameter);
    if (named === undefined || last?.resource == null || last.resource === resource) return null;
    const join = this.#joinOf(resource, last.resource);
    if (join !== undefined) {
      return ({ value }) => {
        const key = keyOf(resource, value);
        if (key === undefined) return false;
        const base = this.#base.now(join, [...scope, key], now);
        return new Listing(base, now.state.collection(base.name)).indexOf(named.value) !== undefined;
      };
    }
    // What says in one member under which it stands does not say so in a list besides.
    const isSaid = ({ member }: Relation) =>
      last.member === null || member.every((step, index) => step === last.member?.[index]);
    const relation = resource.relations.find((one) => one.resource === last.resource && one.isList && isSaid(one));
    return relation === undefined ? null : ({ value }) => this.#related.keysIn(value, relation).includes(named.value);
  }

  /** What comes of a request that says which things stand under another one; undefined where it says something else. */
  outcome(role: ItemRole, call: Omit<Call<ItemRole>, 'role'>, scope: Scope, now: Now): ItemOutcome | undefined {
    const { resource, kind, keyParameter } = role;
    const body = call.values.body as Json | undefined;
    const done = (changes: readonly Change[] | null, key: string | undefined): ItemOutcome => {
      const row = key === undefined ? undefined : this.rowAt(resource, scope, key, now);
      // What is put where nothing was is new there (RFC 9110, 9.3.4).
      const isCreated = kind === 'upsert' && changes !== null && changes.length > 0;
      return changes && { kind: 'done', row: row ?? null, key, changes, isCreated, tag: null };
    };
    if (resource.joins === null) {
      const keys = kind === 'create' && role.scope.length > resource.scope.length ? namesAlone(body, resource) : null;
      return keys === null ? undefined : done(this.#told(role, scope, { around: call.around, keys, now }), undefined);
    }
    const home = saidHome(resource, scope, this.#base, now);
    if (home !== null && keyParameter !== null)
      return this.#saidBy(home, role, scalarText(call.values.path[keyParameter] as Json), scope, now);
    if (kind === 'create') {
      const maker = keyMakerOf(resource.joins, this.#ground);
      const isKey = (key: string) =>
        maker.accepts(maker.read(key)) || this.rowAt(resource, scope, key, now) !== undefined;
      // What can be no key names none of them: the request says less of it than the things do.
      const named = keysSent(body, resource)?.filter(isKey) ?? [];
      const keys = named.length > 0 ? named : this.#freeKeys(resource, scope, now);
      if (home !== null) return this.#allSaidBy(home, role, keys, scope, now);
      return done(this.#added(resource, scope, keys, now), keys.at(-1));
    }
    const key = keyParameter === null ? undefined : scalarText(call.values.path[keyParameter]);
    if (key === undefined || kind === 'delete' || kind === 'delete-many') return undefined;
    if (kind !== 'read' && kind !== 'exists') return done(this.#added(resource, scope, [key], now), key);
    if (this.rowAt(resource, scope, key, now) === undefined) return noRow(resource, key);
    return this.#isAddedElsewhere(resource, scope, key, now) ? noRow(resource, key) : undefined;
  }

  /** Whether a request has put a thing below another one, and nothing says that it is below this one too. */
  #isAddedElsewhere(resource: Resource, scope: Scope, key: string, now: Now): boolean {
    const base = this.#base.now(resource, scope, now);
    if (base.indexOf(key) !== undefined || now.state.collection(base.name)?.row(key) !== undefined) return false;
    return now.state.nested(resource.name).some((name) => now.state.collection(name)?.row(key) != null);
  }

  /** What becomes of a thing that says itself below which other one it stands. */
  #saidBy(
    { by, above, base, state }: SaidHome,
    { resource, kind }: ItemRole,
    key: string,
    scope: Scope,
    now: Now,
  ): ItemOutcome {
    const { joins, parent } = resource;
    const row = this.rowAt(resource, scope, key, now);
    if (joins === null || parent === null) return null;
    const held = row && readAt(row.value, by);
    const isHere = (typeof held === 'string' || typeof held === 'number') && scalarText(held) === above;
    const isAdded = kind === 'upsert' || kind === 'replace';
    const unchanged = { kind: 'done' as const, key, changes: [], isCreated: false, tag: null };
    if (row === undefined || (!isHere && !isAdded)) {
      // That it stands elsewhere is no reason to refuse what the document does not call refused: every id exists.
      const isMoved = row === undefined || state?.row(key) !== undefined;
      if (isMoved || this.#ground.isClosed) return noRow(resource, key);
      return kind === 'delete' ? { ...unchanged, row: null } : null;
    }
    if (kind === 'read' || kind === 'exists' || (isAdded && isHere)) return { ...unchanged, row };
    const said = isAdded ? keyMakerOf(parent, this.#ground).read(above) : null;
    const value = setAt(row.value, by, said);
    if (!(isAdded || kind === 'delete') || !isRow(value, joins, this.#ground)) return null;
    const change = { collection: base.name, key, row: value, isBase: base.indexOf(key) !== undefined, unique: [] };
    return { ...unchanged, row: isAdded ? rowOf(value) : null, changes: [change] };
  }

  /** The same of several that a body names; null where one of them cannot say so. */
  #allSaidBy(home: SaidHome, role: ItemRole, keys: readonly string[], scope: Scope, now: Now): ItemOutcome {
    const outcomes = [...new Set(keys)].map((key) => this.#saidBy(home, { ...role, kind: 'upsert' }, key, scope, now));
    const changes: Change[] = [];
    for (const outcome of outcomes) {
      if (outcome?.kind !== 'done') return outcome;
      changes.push(...outcome.changes);
    }
    const last = outcomes.at(-1);
    return last?.kind === 'done' ? { ...last, changes } : null;
  }

  /** The key of one more thing, for a request that does not say which. */
  #freeKeys(resource: Resource, scope: Scope, now: Now): readonly string[] {
    const { joins } = resource;
    const own = joins && scopeFor(joins, resource, scope);
    if (joins === null || own === null) return [];
    const base = this.#base.now(joins, own, now);
    const here = this.#base.now(resource, scope, now);
    const [all, some] = [base, here].map((one) => new Listing(one, now.state.collection(one.name)));
    const keys = Array.from({ length: all?.size ?? 0 }, (_, index) => all?.keyAt(index) ?? '');
    return keys.filter((key) => some?.indexOf(key) === undefined).slice(0, 1);
  }

  /** What a request that names things changes in what they stand under; null where it names none that there are. */
  #added(resource: Resource, scope: Scope, keys: readonly string[], now: Now): readonly Change[] | null {
    const base = this.#base.now(resource, scope, now);
    const state = now.state.collection(base.name);
    const changes: Change[] = [];
    for (const key of new Set(keys)) {
      const row = this.rowAt(resource, scope, key, now);
      if (row === undefined) return null;
      const isBase = base.indexOf(key) !== undefined;
      const kept = state?.row(key);
      const isThere = kept === undefined ? isBase : kept !== null;
      if (!isThere) changes.push({ collection: base.name, key, row: row.value, isBase, unique: [] });
    }
    return changes;
  }

  /** The same where the things say themselves what they stand under: `labels` of a contact, by `POST /labels/{id}/contacts`. */
  #told({ resource, scope: parents }: ItemRole, scope: Scope, { around, keys, now }: Told): readonly Change[] | null {
    const last = parents.at(-1);
    const named = around.find(({ parameter }) => parameter === last?.parameter);
    if (named === undefined) return null;
    const join = this.#joinOf(resource, last?.resource);
    if (join !== undefined) {
      const added = keys.map((key) => this.#added(join, [...scope, key], [named.value], now));
      return added.some((changes) => changes === null) ? null : added.flatMap((changes) => changes ?? []);
    }
    const relation = resource.relations.find((one) => one.isList && one.resource === last?.resource);
    if (relation === undefined) return null;
    const base = this.#base.now(resource, scope, now);
    const role = { relation, change: 'add' as const, body: { mediaType: '', path: [] }, resource };
    const rowOf = (key: string) => this.#related.named(relation, { resource, scope }, key, now);
    const changes: Change[] = [];
    for (const key of new Set(keys)) {
      const row = this.#related.rowAt(resource, scope, key, now);
      const value = row && related(role, row.value, [named.value], rowOf, this.#ground);
      if (value === undefined) return null;
      changes.push({ collection: base.name, key, row: value, isBase: base.indexOf(key) !== undefined, unique: [] });
    }
    return changes;
  }
}

const noRow = ({ name }: Resource, key: string): Refused => ({
  kind: 'refused',
  status: 404,
  detail: `There is no row of ${name} with the key ${JSON.stringify(key)}`,
});

interface Told {
  readonly around: readonly Around[];
  readonly keys: readonly string[];
  readonly now: Now;
}

/** The keys of things that a body names; null where it names none. */
export function keysSent(body: Json | undefined, { key, name, joins }: Resource): readonly string[] | null {
  const texts = (value: Json | undefined): readonly string[] | null => {
    const list = Array.isArray(value) ? value : [value];
    const keys = list.map((one) => (isObject(one) ? readAt(one, key?.member ?? []) : one));
    return keys.length > 0 && keys.every((one) => typeof one === 'string' || typeof one === 'number')
      ? keys.map(scalarText)
      : null;
  };
  if (Array.isArray(body)) return texts(body);
  if (!isObject(body)) return null;
  const nouns = [name, joins?.name ?? name].map((one) => one.split('.').at(-1) ?? '');
  const own = key?.member.at(-1) ?? '';
  for (const [member, value] of Object.entries(body)) {
    const isNamed =
      /(?:^| )(?:id|key|uuid)s?$/.test(phraseOf(member)) || [own, ...nouns].some((one) => isSameName(member, one));
    const keys = isNamed ? texts(value) : null;
    if (keys !== null) return keys;
  }
  return null;
}

/** The same where it says nothing else: `{ "contact_ids": […] }`, or a list of keys. */
export function namesAlone(body: Json | undefined, resource: Resource): readonly string[] | null {
  const isList = (value: Json | undefined) => Array.isArray(value) && value.every((one) => !isObject(one));
  const values = isObject(body) ? Object.values(body) : [];
  return isList(body) || (values.length === 1 && isList(values[0])) ? keysSent(body, resource) : null;
}
