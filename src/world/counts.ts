import { type Counted, keyOf, type Resource, readAt, setAt } from '../resource/index.js';
import { fits } from '../schema/index.js';
import { attached } from '../text/attached.js';
import { scalarText } from '../text/integers.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { averageBeside, averageOf } from './averages.js';
import type { BaseWorld, Now } from './base.js';
import type { BaseCollection } from './base-collection.js';
import { following } from './coherence/coherent.js';
import { collectionName, type Ground, type Scope, scopeFor, scopeOfRow } from './ground.js';
import { saidHome, sayingSo } from './joined-by.js';
import type { Kindred } from './kindred.js';
import { testsOf } from './list/filter.js';
import { Listing } from './list/listing.js';
import { passing } from './list/matching.js';
import { type Row, rowOf } from './row.js';
import { rowSchemaOf } from './shape.js';
import type { CollectionReader } from './state.js';
import { isLarge } from './weight.js';

/** What a row says of how many things stand under it is how many their list has: `comments_count` of a post. */
export class Counts {
  readonly #ground: Ground;
  readonly #base: BaseWorld;
  readonly #kindred: Kindred;

  constructor(ground: Ground, base: BaseWorld, kindred: Kindred) {
    this.#ground = ground;
    this.#base = base;
    this.#kindred = kindred;
  }

  /** How rows of a resource are shown under some things; null: as they are. */
  of(resource: Resource, scope: Scope, now: Now): ((row: Row) => Row) | null {
    const { counts } = resource;
    if (counts.length === 0) return null;
    const own = rowSchemaOf(resource, this.#ground);
    return (row) => {
      const { value } = row;
      const key = keyOf(resource, value);
      // What there is one of says how many there are of all things.
      if ((key === undefined && !resource.isSingleton) || !isObject(value)) return row;
      const below = [...scopeOfRow(resource, value, scope), ...(key === undefined ? [] : [key])];
      let whole = value;
      for (const counted of counts) {
        const { member } = counted;
        const held = readAt(value, member);
        if (!Number.isInteger(held)) continue;
        const size = this.sizeOf(counted, resource, below, now);
        const changed = size === null || size === held ? whole : setAt(whole, member, size);
        if (changed !== whole && isObject(changed) && fits(own, changed)) whole = changed;
        whole = this.#averaged(whole, counted, resource, below, now, (one) => fits(own, one));
      }
      // What is left, and whether that is nothing, follows from how many there are.
      return whole === value ? row : rowOf(following(value, whole, (one) => fits(own, one)));
    };
  }

  /**
   * How many things there are of those that are counted; null where nobody can tell, or it would take too long.
   * @param resource of the row that counts them
   * @param below the row, and what it is nested under
   */
  sizeOf(
    { resource: under, only, by, kin, through }: Omit<Counted, 'member'>,
    resource: Resource,
    below: Scope,
    now: Now,
  ): number | null {
    if (through !== undefined) return this.#sizeThrough({ resource: under, only, by }, through, resource, below, now);
    if (kin !== undefined)
      return only === null
        ? this.#kindred.sizeOf(kin, { resource, scope: below.slice(0, -1) }, below.at(-1) ?? '', now)
        : null;
    // All of them would have to be made to see which are meant.
    if ((by !== null || only !== null) && isLarge(under, this.#ground)) return null;
    if (by === null) {
      if (under.scope.length !== below.length) return null;
      const home = saidHome(under, below, this.#base, now);
      if (home !== null && isLarge(under, this.#ground)) return null;
      if (home !== null) return talliedIn(home.base, home.state, home.by, only)?.get(home.above) ?? null;
      const base = this.#base.now(under, below, now);
      return sizeOf(base, now.state.collection(base.name), only) - this.#goneIn(under, below, base, now);
    }
    const scope = scopeFor(under, resource, below.slice(0, -1));
    if (scope === null) return null;
    const base = this.#base.now(under, scope, now);
    return talliedIn(base, now.state.collection(base.name), by, only)?.get(below.at(-1) as string) ?? null;
  }

  /** The same of what is counted under each of what stands between. */
  #sizeThrough(
    counted: Omit<Counted, 'member'>,
    { resource: between, by }: NonNullable<Counted['through']>,
    resource: Resource,
    below: Scope,
    now: Now,
  ): number | null {
    const scope = by === null ? below : scopeFor(between, resource, below.slice(0, -1));
    const own = scope && this.#rowsUnder(between, by, scope, below.at(-1) ?? '', now);
    if (scope === null || own === null) return null;
    let all = 0;
    for (const { value } of own) {
      const key = keyOf(between, value);
      const size = key === undefined ? null : this.sizeOf(counted, between, [...scope, key], now);
      if (size === null) return null;
      all += size;
    }
    return all;
  }

  /** The rows that stand under another one, or name it by its key; null where nobody can tell, or there are too many to look. */
  #rowsUnder(
    under: Resource,
    by: readonly string[] | null,
    scope: Scope,
    key: string,
    now: Now,
  ): readonly Row[] | null {
    if (under.scope.length !== scope.length || isLarge(under, this.#ground)) return null;
    const home = by === null ? saidHome(under, scope, this.#base, now) : null;
    const base = this.#base.now(under, scope, now);
    const listing = new Listing(base, now.state.collection(base.name));
    if (listing.size > mostTallied) return null;
    const rows = home === null ? listing.rows(0, listing.size) : sayingSo(home);
    return by === null ? rows : passing(rows, testsOf({ query: [] }, {}, [{ member: by, value: key }]));
  }

  /** A row that says of what is counted how good it is on average, as those say it: `average_rating` beside `rating_count`. */
  #averaged(
    row: JsonObject,
    { member, resource: under, only, by, kin, through }: Counted,
    resource: Resource,
    below: Scope,
    now: Now,
    isValid: (row: Json) => boolean,
  ): JsonObject {
    const path = only === null && !kin && !through ? averageBeside(row, member) : null;
    const scope = path === null || by === null ? below : scopeFor(under, resource, below.slice(0, -1));
    const rows = path && scope && this.#rowsUnder(under, by, scope, below.at(-1) ?? '', now);
    if (!path || !rows) return row;
    const told = averageOf(rows.map(({ value }) => value));
    const changed = told.map((value) => setAt(row, path, value)).find((one) => isObject(one) && isValid(one));
    return changed !== undefined && isObject(changed) ? changed : row;
  }

  /** How many things stand below another one by their keys alone, and are not there themselves any more. */
  #goneIn(resource: Resource, scope: Scope, base: BaseCollection, now: Now): number {
    const { joins } = resource;
    const own = joins && scopeFor(joins, resource, scope);
    const themselves = joins && own ? now.state.collection(collectionName(joins, own)) : undefined;
    if (themselves === undefined) return 0;
    const listing = new Listing(base, now.state.collection(base.name));
    const keys = Array.from({ length: listing.size }, (_, index) => listing.keyAt(index));
    return keys.filter((key) => themselves.row(key) === null).length;
  }
}

/** Of more rows nobody counts which name what: all of them would have to be made. */
const mostTallied = 2000;

const tallies = attached<object, Map<string, { get(key: string): number }>>();

/** How many rows of a list name each thing by a member; null where there are too many to look. */
function talliedIn(
  base: BaseCollection,
  state: CollectionReader | undefined,
  by: readonly string[],
  only: Counted['only'],
): { get(key: string): number } | null {
  const listing = new Listing(base, state);
  if (listing.size > mostTallied) return null;
  const known = tallies.get(state?.whole ?? base) ?? new Map<string, { get(key: string): number }>();
  tallies.set(state?.whole ?? base, known);
  const name = JSON.stringify([by, only]);
  const tally = known.get(name) ?? tallyOf(listing.rows(0, listing.size), by, only);
  known.set(name, tally);
  return tally;
}

function tallyOf(all: readonly Row[], by: readonly string[], only: Counted['only']): { get(key: string): number } {
  const rows = only === null ? all : passing(all, testsOf({ query: [] }, {}, [only]));
  const counts = new Map<string, number>();
  for (const { value } of rows) {
    const said = readAt(value, by);
    for (const key of Array.isArray(said) ? said : [said])
      counts.set(scalarText(key), (counts.get(scalarText(key)) ?? 0) + 1);
  }
  return { get: (key) => counts.get(key) ?? 0 };
}

const sizes = attached<object, Map<Counted['only'], number>>();

/** How many rows a list has, or how many of them are what is counted alone: that is looked up once in rows that stay as they are. */
function sizeOf(base: BaseCollection, state: CollectionReader | undefined, only: Counted['only']): number {
  const listing = new Listing(base, state);
  if (only === null) return listing.size;
  const known = sizes.get(state?.whole ?? base) ?? new Map<Counted['only'], number>();
  sizes.set(state?.whole ?? base, known);
  const size = known.get(only) ?? passing(listing.rows(0, listing.size), testsOf({ query: [] }, {}, [only])).length;
  known.set(only, size);
  return size;
}
