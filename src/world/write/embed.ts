import { mix, Random } from '../../fake/index.js';
import { type Embedded, type ItemRole, keyOf, type Resource, readAt, setAt } from '../../resource/index.js';
import { fits, type Schema } from '../../schema/index.js';
import { scalarText } from '../../text/integers.js';
import { addAll } from '../../text/many.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import type { Now } from '../base.js';
import { type Below, type EmbeddedLists, keyOfItem } from '../embedded.js';
import type { Scope } from '../ground.js';
import type { Change } from '../kept-row.js';
import { keyMakerOf } from '../keys.js';
import { overlaidWhere } from '../overlay.js';
import { type Row, rowOf } from '../row.js';
import { rowSchemaOf, withSaid } from '../shape.js';
import { type Call, type Done, timeOf, underOf } from './call.js';
import { fresh, keeps } from './fresh.js';
import { uniqueTexts } from './unique.js';

/**
 * What a written row says of things that have a path of their own below it happens to these: those it no longer has are no longer there.
 * @param isSaidByRow whether the row as it is now says it, and not what was sent
 */
export function withEmbedded(
  outcome: Done,
  call: Call<ItemRole>,
  lists: EmbeddedLists,
  scope: Scope,
  now: Now,
  isSaidByRow: boolean,
): Done {
  const { role, values } = call;
  const body = values.body as Json | undefined;
  const sent = role.body === null ? undefined : readAt(body, role.body.path);
  // A patch says it by its operations, and a path by its end: of what they leave as it is nothing is changed.
  const isPatch = Array.isArray(body) || (isObject(body) && Array.isArray(body.Operations)) || Boolean(role.part);
  return new Embedding(call, lists, now).with(outcome, role.resource, scope, sent, isPatch || isSaidByRow);
}

/** What one write does to lists in rows. */
class Embedding {
  readonly #call: Call<ItemRole>;
  readonly #lists: EmbeddedLists;
  readonly #now: Now;

  constructor(call: Call<ItemRole>, lists: EmbeddedLists, now: Now) {
    this.#call = call;
    this.#lists = lists;
    this.#now = now;
  }

  with(outcome: Done, resource: Resource, scope: Scope, sent: Json | undefined, isPatch: boolean): Done {
    const [change, ...others] = outcome.changes;
    if (resource.embedded.length === 0 || change === undefined || change.row === null || others.length > 0)
      return outcome;
    let row: Json = change.row;
    const changes: Change[] = [];
    for (const embedded of resource.embedded) {
      const said = saidIn(embedded, row, sent, outcome.isCreated || isPatch);
      // The row as it is now says under what they stand.
      const now = { ...this.#now, state: this.#now.state.with([change, ...changes]) ?? this.#now.state };
      const below = said && this.#lists.below(embedded, resource, row, scope, now);
      if (!said || !below) continue;
      const { rows, changes: more } = this.#written(said.items, below, embedded, said.isSent);
      addAll(changes, more);
      const items = this.#lists.shown(rows, [], embedded, resource, now);
      const isKept = (value: Json): boolean => !isObject(sent) || keeps(value, sent);
      if (items !== null) row = this.#lists.with(row, items, embedded, resource, isKept);
    }
    const held = rowOf(row);
    held.key ??= change.key;
    return { ...outcome, row: held, changes: [{ ...change, row }, ...changes] };
  }

  /** The things of a list as it is to be, in its order, and what happens to them for that. */
  #written(
    items: readonly Json[],
    below: Below,
    embedded: Embedded,
    isSent: boolean,
  ): { readonly rows: readonly Row[]; readonly changes: readonly Change[] } {
    const { resource } = embedded.list;
    const left = new Set(below.rows);
    const before = items.map((item) => {
      const key = keyOfItem(embedded, item);
      const thing = thingIn(embedded, item);
      const found = [...left].find((row) =>
        key === undefined ? keeps(row.value, thing) : keyIn(embedded, row) === key,
      );
      if (found !== undefined) left.delete(found);
      return found;
    });
    const nest = new Nest(below, embedded, this.#call, isSent);
    const taken = [...left].map((row) => nest.taken(row));
    const put = items.map((item, place) => {
      const [change, ...others] = nest.put(item, before[place]);
      if (change === undefined) return { row: before[place], changes: [] };
      const row = rowOf(change.row as Json);
      if (resource.key === null) row.key ??= change.key;
      const own = { kind: 'done' as const, row, changes: [change], isCreated: change.isNew === true, tag: null };
      // What the thing itself shows in lists was sent with it.
      const done = this.with(own, resource, below.scope, thingIn(embedded, item), false);
      return { ...done, changes: [...done.changes, ...others] };
    });
    // The newest comes first where they are listed.
    const changes = [...taken, ...put.toReversed().flatMap((one) => one.changes)];
    return { rows: put.flatMap(({ row }) => row ?? []), changes };
  }
}

/** The list as it is to be; undefined where nothing is said of it. */
function saidIn(
  { member, list }: Embedded,
  row: Json,
  sent: Json | undefined,
  isSaidByRow: boolean,
): { readonly items: readonly Json[]; readonly isSent: boolean } | undefined {
  const [said, after] = [readAt(sent, member), readAt(row, member)];
  // What has no key is there as it was completed: a line with the price of what it is of.
  const isCompleted = list.resource.key === null && Array.isArray(said) && Array.isArray(after);
  if (isCompleted && said.length === after.length) return { items: after, isSent: true };
  if (Array.isArray(said)) return { items: said, isSent: true };
  return (isSaidByRow || said === null) && Array.isArray(after) ? { items: after, isSent: false } : undefined;
}

const keyIn = ({ list: { resource } }: Embedded, { value, key }: Row): string | undefined =>
  keyOf(resource, value) ?? key;

/** What an item says of the thing that it shows. */
function thingIn({ inside, isOfKeys }: Embedded, item: Json): JsonObject {
  const thing = isOfKeys ? undefined : readAt(item, inside);
  return isObject(thing) ? thing : {};
}

/** A thing that is there. */
function standing(key: string, place: Pick<Below, 'base' | 'state'> | null): Json | undefined {
  const kept = place?.state?.row(key);
  const index = kept === undefined ? place?.base.indexOf(key) : undefined;
  return index === undefined ? kept?.value : place?.base.row(index);
}

/** How things come under a row, and go. */
class Nest {
  readonly #below: Below;
  readonly #embedded: Embedded;
  readonly #call: Call<ItemRole>;
  readonly #own: Schema | null;
  /** Whether what is said of things is what was sent, and not with what was made up for it. */
  readonly #isSent: boolean;
  readonly #taken = new Set<string>();
  #count: number;

  constructor(below: Below, embedded: Embedded, call: Call<ItemRole>, isSent: boolean) {
    this.#isSent = isSent;
    this.#below = below;
    this.#embedded = embedded;
    this.#call = call;
    this.#own = rowSchemaOf(embedded.list.resource, call.ground);
    this.#count = below.state?.count ?? 0;
  }

  /** What stands nowhere else is deleted; another one says no longer that it belongs there. */
  taken(row: Row): Change {
    const { around } = this.#below;
    const left = around.reduce<Json>(
      (whole, { member }) => (member === null ? whole : setAt(whole, member, null)),
      row.value,
    );
    const isElsewhere = around.length > 0 && fits(this.#own, left);
    const change = this.#changeOf(keyIn(this.#embedded, row) ?? '', isElsewhere ? left : null);
    return isElsewhere ? { ...change, under: [] } : change;
  }

  /** What happens to a thing for what is said of it: first here, then where it is kept itself. */
  put(item: Json, before: Row | undefined): readonly Change[] {
    const thing = thingIn(this.#embedded, item);
    const { home, base, state, around } = this.#below;
    if (before !== undefined) {
      if (keeps(before.value, thing)) return [];
      const key = keyIn(this.#embedded, before) ?? '';
      const row = this.#with(before.value, thing);
      return [this.#changeOf(key, row), ...this.#changedAtHome(key, row)];
    }
    const said = keyOfItem(this.#embedded, item);
    const here = around.length === 0 ? null : { base, state };
    const known = said === undefined ? undefined : (standing(said, home) ?? standing(said, here));
    if (said !== undefined && known !== undefined) {
      const row = this.#with(known, thing);
      return [this.#placed(said, row, thing), ...this.#changedAtHome(said, row)];
    }
    const key = this.#freeKey(said);
    return key === undefined ? [] : [{ ...this.#placed(key, this.#made(key, thing), thing), isNew: true }];
  }

  /** What is kept elsewhere, and stands here by its key alone, is the same thing in both places. */
  #changedAtHome(key: string, row: Json): readonly Change[] {
    const { home } = this.#below;
    const known = standing(key, home);
    return home === null || !this.#isSent || known === undefined || keeps(known, row)
      ? []
      : [this.#changeOf(key, row, home.base)];
  }

  #freeKey(said: string | undefined): string | undefined {
    const { base, state, home } = this.#below;
    const { resource } = this.#embedded.list;
    if (resource.key === null) return `+${this.#count++}`;
    const maker = keyMakerOf(resource, this.#call.ground);
    const isTaken = (one: string): boolean => state?.row(one) !== undefined || this.#taken.has(one);
    const isElsewhere = (one: string): boolean =>
      home !== null && (home.base.indexOf(one) !== undefined || home.state?.row(one) !== undefined);
    const isOurs =
      said !== undefined && !isTaken(said) && home?.state?.row(said) !== null && maker.accepts(maker.read(said));
    const key = isOurs ? said : base.nextKey(this.#count++, (one) => isTaken(one) || isElsewhere(one));
    if (key === undefined) return undefined;
    this.#taken.add(scalarText(key));
    return scalarText(key);
  }

  #made(key: string, thing: JsonObject): Json {
    const { base } = this.#below;
    const { resource } = this.#embedded.list;
    const { ground, seed } = this.#call;
    const role = resource.roles.find((one): one is ItemRole => one.kind === 'create');
    const source = (base.size > 0 ? base.row(this.#count % base.size) : undefined) ?? base.made(key) ?? {};
    const named = (row: Json): Json => base.withKey(row, keyMakerOf(resource, ground).read(key));
    const sent = named(thing) as JsonObject;
    if (role === undefined) return fits(this.#own, sent) ? sent : this.#with(named(source), sent);
    const random = new Random(mix(seed, `${base.name} ${key} ${this.#count}`));
    return fresh(role, named(source), sent, { ground, random, time: () => timeOf(this.#call), isNew: true });
  }

  #with(row: Json, thing: JsonObject): Json {
    return overlaidWhere(row, thing, (one) => fits(this.#own, one));
  }

  /** A row that says what it stands under. @param sent what was said of it, which stays as it was said */
  #placed(key: string, row: Json, sent: JsonObject): Change {
    const { around, base } = this.#below;
    const placed = around.reduce(
      (whole, { member, value }) => (member === null ? whole : (withSaid(whole, member, value, this.#own) ?? whole)),
      row,
    );
    const under = underOf(around);
    const linked = base.addressed(placed, key, (name) => !Object.hasOwn(sent, name));
    return { ...this.#changeOf(key, linked), ...(under.length > 0 && { under }) };
  }

  #changeOf(key: string, row: Json | null, base = this.#below.base): Change {
    const unique = row === null ? [] : uniqueTexts(this.#embedded.list.resource, row, this.#call.ground);
    return { collection: base.name, key, row, isBase: base.indexOf(key) !== undefined, unique };
  }
}
