import { keyOf, type Resource, setAt } from '../resource/index.js';
import { isObject } from '../text/value.js';
import { phraseOf } from '../text/words.js';
import type { BaseWorld, Now } from './base.js';
import { countsOf } from './coherence/amounts.js';
import { fits, type Ground, type Scope } from './ground.js';
import { Listing } from './list/listing.js';
import { type Row, rowOf } from './row.js';
import { rowSchemaOf } from './shape.js';

/** Things that stand under those of a resource, with what a row may call their number. */
interface Counted {
  readonly resource: Resource;
  readonly names: ReadonlySet<string>;
}

/** What a row says of how many things stand under it is how many their list has: `comments_count` of a post. */
export class Counts {
  readonly #ground: Ground;
  readonly #base: BaseWorld;
  readonly #counted = new Map<Resource, readonly Counted[]>();

  constructor(ground: Ground, base: BaseWorld) {
    this.#ground = ground;
    this.#base = base;
  }

  /**
   * How rows of a resource are shown under some things; null: as they are.
   * @param isNew whether they are made by this request
   */
  of(resource: Resource, scope: Scope, now: Now, isNew = false): ((row: Row) => Row) | null {
    const counted = this.#countedBy(resource);
    if (counted.length === 0) return null;
    const own = rowSchemaOf(resource, this.#ground);
    return (row) => {
      const { value } = row;
      const key = keyOf(resource, value);
      if (key === undefined || !isObject(value)) return row;
      let whole = value;
      for (const [name, held] of Object.entries(value)) {
        const under = Number.isInteger(held) ? counted.find(({ names }) => names.has(phraseOf(name))) : undefined;
        if (under === undefined) continue;
        const below: Scope = [...scope, key];
        const base = isNew
          ? this.#base.collection(under.resource, below, now.seed, true)
          : this.#base.now(under.resource, below, now);
        const { size } = new Listing(base, now.state.collection(base.name));
        const changed = size === held ? whole : setAt(whole, [name], size);
        if (changed !== whole && isObject(changed) && fits(own, changed)) whole = changed;
      }
      return whole === value ? row : rowOf(whole);
    };
  }

  #countedBy(resource: Resource): readonly Counted[] {
    const known = this.#counted.get(resource);
    if (known !== undefined) return known;
    const under = this.#ground.resources.all.filter(
      (one) =>
        one.parent === resource &&
        one.scope.length === resource.scope.length + 1 &&
        one.roles.some(({ kind, entry }) => kind === 'list' && entry.path === one.collection),
    );
    const found = under.map((one) => {
      const noun = phraseOf(one.name.split('.').at(-1) ?? '');
      return { resource: one, names: new Set([noun, ...countsOf(noun)]) };
    });
    this.#counted.set(resource, found);
    return found;
  }
}
