import { mix, Random } from '../../fake/index.js';
import { type Embedded, type ItemRole, keyOf, type Resource, readAt, setAt } from '../../resource/index.js';
import { fits, type Schema } from '../../schema/index.js';
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
  // A patch says it by its operations: of what it leaves as it is nothing is changed.
  const isPatch = Array.isArray(body) || (isObject(body) && Array.isArray(body.Operations));
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
      const { rows, changes: more } = this.#written(said, below, embedded);
      changes.push(...more);
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
    const nest = new Nest(below, embedded, this.#call);
    const taken = [...left].map((row) => nest.taken(row));
    const put = items.map((item, place) => {
      const change = nest.put(item, before[place]);
      if (change === null) return { row: before[place], changes: [] };
      const row = rowOf(change.row as Json);
      if (resource.key === null) row.key ??= change.key;
      const own = { kind: 'done' as const, row, changes: [change], isCreated: change.isNew === true, tag: null };
      // What the thing itself shows in lists was sent with it.
      return this.with(own, resource, below.scope, thingIn(embedded, item), false);
    });
    // The newest comes first where they are listed.
    const changes = [...taken, ...put.toReversed().flatMap((one) => one.changes)];
    return { rows: put.flatMap(({ row }) => row ?? []), changes };
  }
}

/** The list as it is to be; undefined where nothing is said of it. */
function saidIn(
  { member }: Embedded,
  row: Json,
  sent: Json | undefined,
  isSaidByRow: boolean,
): readonly Json[] | undefined {
  const [said, after] = [readAt(sent, member), readAt(row, member)];
  if (Array.isArray(said)) return said;
  return (isSaidByRow || said === null) && Array.isArray(after) ? after : undefined;
}

const keyIn = ({ list: { resource } }: Embedded, { value, key }: Row): string | undefined =>
  keyOf(resource, value) ?? key;

/** What an item says of the thing that it shows. */
function thingIn({ inside, isOfKeys }: Embedded, item: Json): JsonObject {
  const thing = isOfKeys ? undefined : readAt(item, inside);
  return isObject(thing) ? thing : {};
}

/** How things come under a row, and go. */
class Nest {
  readonly #below: Below;
  readonly #embedded: Embedded;
  readonly #call: Call<ItemRole>;
  readonly #own: Schema | null;
  readonly #taken = new Set<string>();
  #count: number;

  constructor(below: Below, embedded: Embedded, call: Call<ItemRole>) {
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

  /** null: it is as it was. */
  put(item: Json, before: Row | undefined): Change | null {
    const thing = thingIn(this.#embedded, item);
    if (before !== undefined) {
      if (keeps(before.value, thing)) return null;
      return this.#changeOf(keyIn(this.#embedded, before) ?? '', this.#with(before.value, thing));
    }
    const said = keyOfItem(this.#embedded, item);
    const known = said === undefined ? undefined : this.#standing(said);
    if (said !== undefined && known !== undefined) return this.#placed(said, this.#with(known, thing));
    const key = this.#freeKey(said);
    return key === undefined ? null : { ...this.#placed(key, this.#made(key, thing)), isNew: true };
  }

  /** A thing that is there, and not yet under this row. */
  #standing(key: string): Json | undefined {
    const { base, state, around } = this.#below;
    const kept = around.length === 0 ? null : state?.row(key);
    const index = kept === undefined ? base.indexOf(key) : undefined;
    return index === undefined ? kept?.value : base.row(index);
  }

  #freeKey(said: string | undefined): string | undefined {
    const { base, state, isJoined } = this.#below;
    const { resource } = this.#embedded.list;
    if (resource.key === null) return `+${this.#count++}`;
    const maker = keyMakerOf(resource, this.#call.ground);
    const isTaken = (one: string): boolean => state?.row(one) !== undefined || this.#taken.has(one);
    const isOurs = said !== undefined && !isTaken(said) && maker.accepts(maker.read(said));
    const key = isOurs ? said : base.nextKey(this.#count++, (one) => isTaken(one) || isJoined(one));
    if (key === undefined) return undefined;
    this.#taken.add(String(key));
    return String(key);
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

  /** A row that says what it stands under. */
  #placed(key: string, row: Json): Change {
    const { around, base } = this.#below;
    const placed = around.reduce(
      (whole, { member, value }) => (member === null ? whole : (withSaid(whole, member, value, this.#own) ?? whole)),
      row,
    );
    const under = underOf(around);
    return { ...this.#changeOf(key, base.addressed(placed, key)), ...(under.length > 0 && { under }) };
  }

  #changeOf(key: string, row: Json | null): Change {
    const { base } = this.#below;
    const unique = row === null ? [] : uniqueTexts(this.#embedded.list.resource, row, this.#call.ground);
    return { collection: base.name, key, row, isBase: base.indexOf(key) !== undefined, unique };
  }
}
