import { keyOf, type Resource, setAt } from '../resource/index.js';
import { isObject } from '../text/value.js';
import type { BaseWorld, Now } from './base.js';
import { fits, type Ground, type Scope, scopeOfRow } from './ground.js';
import { Listing } from './list/listing.js';
import { type Row, rowOf } from './row.js';
import { rowSchemaOf } from './shape.js';

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
      for (const { member, resource: under } of counts) {
        const held = Object.hasOwn(value, member) ? value[member] : undefined;
        if (!Number.isInteger(held)) continue;
        const base = this.#base.now(under, [...scopeOfRow(resource, value, scope), key], now);
        const { size } = new Listing(base, now.state.collection(base.name));
        const changed = size === held ? whole : setAt(whole, [member], size);
        if (changed !== whole && isObject(changed) && fits(own, changed)) whole = changed;
      }
      return whole === value ? row : rowOf(whole);
    };
  }
}
