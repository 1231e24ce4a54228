import { type Counted, keyOf, type Resource, readAt, setAt } from '../resource/index.js';
import { isObject } from '../text/value.js';
import type { BaseWorld, Now } from './base.js';
import type { BaseCollection } from './base-collection.js';
import { collectionName, fits, type Ground, type Scope, scopeFor, scopeOfRow } from './ground.js';
import { testsOf } from './list/filter.js';
import { Listing } from './list/listing.js';
import { passing } from './list/matching.js';
import { type Row, rowOf } from './row.js';
import { rowSchemaOf } from './shape.js';
import type { CollectionReader } from './state.js';

/** What a row says of how many things stand under it is how many their list has: `comments_count` of a post. */
export class Counts {
  readonly #ground: Ground;
  readonly #base: BaseWorld;

  constructor(ground: Ground, base: BaseWorld) {
    this.#ground = ground;
    this.#base = base;
  }

  /** How rows of a resource are shown under some things; null: as they are. */
  of(resource: Resource, scope: Scope, now: Now): ((row: Row) => Row) | null {
    const { counts } = resource;
    if (counts.length === 0) return null;
    const own = rowSchemaOf(resource, this.#ground);
    return (row) => {
      const { value } = row;
      const key = keyOf(resource, value);
      if (key === undefined || !isObject(value)) return row;
      let whole = value;
      for (const { member, resource: under, only } of counts) {
        const held = readAt(value, member);
        if (!Number.isInteger(held)) continue;
        const below = [...scopeOfRow(resource, value, scope), key];
        const base = this.#base.now(under, below, now);
        const size = sizeOf(base, now.state.collection(base.name), only) - this.#goneIn(under, below, base, now);
        const changed = size === held ? whole : setAt(whole, member, size);
        if (changed !== whole && isObject(changed) && fits(own, changed)) whole = changed;
      }
      return whole === value ? row : rowOf(whole);
    };
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

const sizes = new WeakMap<object, Map<Counted['only'], number>>();

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
