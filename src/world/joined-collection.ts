import { mix } from '../fake/index.js';
import { scalarText } from '../text/integers.js';
import type { Json } from '../text/value.js';
import { BaseCollection, type CollectionOptions } from './base-collection.js';
import type { Keys } from './keys.js';

/** Rows of another collection, of which some stand here: the users that are in a team. */
export class JoinedCollection extends BaseCollection {
  readonly #joined: BaseCollection;
  readonly #seed: number;
  /** How many of so many others stand here: few in what a row shows as a list. */
  readonly #share: number;
  #some: Keys | undefined;

  constructor(joined: BaseCollection, options: CollectionOptions) {
    super(options);
    this.#joined = joined;
    this.#seed = options.seed;
    this.#share = options.resource.embeddedIn === null ? 2 : 8;
  }

  override row(index: number): Json | undefined {
    return this.#joined.row(this.#joined.indexOf(this.keyAt(index)) ?? -1);
  }

  override rawAt(index: number): Json | undefined {
    return this.#joined.rawAt(this.#joined.indexOf(this.keyAt(index)) ?? -1);
  }

  override made(key: string): Json | undefined {
    const index = this.#joined.indexOf(key);
    return index === undefined ? this.#joined.made(key) : this.#joined.row(index);
  }

  /** Some of the others' keys: so there are some that can be added. */
  protected override allKeys(): Keys {
    if (this.#some === undefined) {
      const all = Array.from({ length: this.#joined.size }, (_, index) => this.#joined.keyValueAt(index));
      const salt = mix(this.#seed, this.name);
      const values = all.filter((key, index) => index === 0 || mix(salt, scalarText(key)) % this.#share === 0);
      this.#some = { values, indices: new Map(values.map((key, index) => [scalarText(key), index])), rows: [] };
    }
    return this.#some;
  }
}
