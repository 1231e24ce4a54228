import type { Resource } from '../resource/index.js';
import { Memo } from '../text/memo.js';
import { shownAbove } from './above.js';
import { BaseCollection, type CollectionOptions } from './base-collection.js';
import { collectionName, type Ground, type Scope, scopeFor } from './ground.js';
import { JoinedCollection } from './joined-collection.js';
import type { Change } from './kept-row.js';
import { MadeRows } from './made-rows.js';
import type { StateReader } from './state.js';

const rememberedCollections = 500;

/** The rows that follow from document, fixtures and seed. A row is made when it is first looked at. */
export class BaseWorld {
  readonly #ground: Ground;
  readonly #collections = new Memo<BaseCollection>(rememberedCollections);
  readonly made = new MadeRows();

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** The rows as they follow from the state too: under what a request has made stands nothing by itself. */
  now(resource: Resource, scope: Scope, { state, seed }: Now): BaseCollection {
    return this.collection(resource, scope, seed, !resource.isSingleton && isUnderNew(resource, scope, state));
  }

  collection(resource: Resource, scope: Scope, seed: number, isEmpty = false): BaseCollection {
    const name = collectionName(resource, scope);
    const key = `${seed} ${isEmpty ? 'empty ' : ''}${name}`;
    let collection = this.#collections.get(key);
    if (collection === undefined) {
      const other = (one: Resource, ofScope: Scope) => this.collection(one, ofScope, seed);
      const options = { resource, scope, seed, ground: this.#ground, rows: this.made, other, isEmpty };
      const joined = isEmpty ? null : this.#joined(options);
      collection = joined === null ? new BaseCollection(options) : new JoinedCollection(joined, options);
      this.#collections.set(key, collection);
    }
    return collection;
  }

  /** The rows of which some stand here, where these are no things of their own. */
  #joined({ resource, scope, other }: Omit<CollectionOptions, 'isEmpty'>): BaseCollection | null {
    const { joins } = resource;
    const own = joins && scopeFor(joins, resource, scope);
    if (joins === null || own === null || this.#ground.rowsOf(resource).isCounted) return null;
    // What the author shows in a row is there.
    const isWritten = shownAbove(resource, scope, other, this.#ground)?.isWritten === true;
    return isWritten ? null : other(joins, own);
  }
}

/** When rows are looked at. */
export interface Now {
  readonly state: StateReader;
  readonly seed: number;
  /** The members that are asked for whole. */
  readonly expand?: readonly string[] | undefined;
}

/**
 * What there is after some changes. It is worked out where it is asked for, so that what is kept of a row knows by then in which shape
 * it was shown. A class, since an object with a getter of its own is one of its own kind to the engine each time.
 */
export class After implements Now {
  readonly seed: number;
  readonly expand: readonly string[] | undefined;
  readonly #before: StateReader;
  readonly #changes: readonly Change[];
  #state: StateReader | undefined;

  constructor({ state, seed, expand }: Now, changes: readonly Change[]) {
    this.seed = seed;
    this.expand = expand;
    this.#before = state;
    this.#changes = changes;
  }

  get state(): StateReader {
    this.#state ??= this.#before.with(this.#changes) ?? this.#before;
    return this.#state;
  }
}

/** Whether something that rows are nested under was made by a request. */
function isUnderNew({ scope: parents }: Resource, scope: Scope, state: StateReader): boolean {
  return parents.some(({ resource: parent }, index) => {
    const depth = parent?.scope.length ?? 0;
    if (parent === null || parent.isSingleton || depth > index) return false;
    const rows = state.collection(collectionName(parent, scope.slice(index - depth, index)));
    return rows?.row(scope[index] as string)?.isNew === true;
  });
}
