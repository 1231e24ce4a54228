import type { Resource } from '../resource/index.js';
import { Memo } from '../text/memo.js';
import type { Json } from '../text/value.js';
import { BaseCollection } from './base-collection.js';
import { collectionName, type Ground, type Scope } from './ground.js';
import type { StateReader } from './state.js';

/** Rows that are remembered: each is made again where it is not. */
const rememberedRows = 5000;
const rememberedCollections = 500;

/** The rows that follow from document, fixtures and seed. A row is made when it is first looked at. */
export class BaseWorld {
  readonly #ground: Ground;
  readonly #collections = new Memo<BaseCollection>(rememberedCollections);
  readonly #rows = new Memo<Json | false>(rememberedRows);

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
      collection = new BaseCollection(resource, scope, seed, this.#ground, this.#rows, other, isEmpty);
      this.#collections.set(key, collection);
    }
    return collection;
  }
}

/** When rows are looked at. */
export interface Now {
  readonly state: StateReader;
  readonly seed: number;
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
