import { isObject, type Json } from '../text/value.js';
import { Tree } from './tree.js';

/** One thing that happened to one row. */
export interface Change {
  /** Which rows: a resource, and the things that it is nested under (`collectionName`). */
  readonly collection: string;
  /** As it stands in a path. */
  readonly key: string;
  /** The row as it is now; null: it was deleted. */
  readonly row: Json | null;
  /** Whether the base world lists a row with this key: then it keeps its place. */
  readonly isBase: boolean;
  /** What of it no other row may have, each as a text. */
  readonly unique: readonly string[];
}

/** What is kept of a row that changed. */
interface Kept {
  readonly row: Json | null;
  /** Its place among those that were added; null for a row of the base world, and for a deleted one. */
  readonly place: number | null;
  readonly unique: readonly string[];
  /** Characters of its JSON. */
  readonly length: number;
}

/** Of one session: more is answered and not kept. */
const maximumChanges = 500_000;
/** Characters of JSON, of one session. */
const maximumLength = 128 * 1024 * 1024;

let versions = 0;

/** What happened to the rows of one collection. Never changes. */
export class CollectionState {
  /** Another one for each value: equal where, and only where, it is the same value. */
  readonly version: number;
  readonly #rows: Tree<string, Kept>;
  readonly #places: Tree<number, string>;
  readonly #unique: Tree<string, string>;
  /** How many changes there were: what is made next depends on it. */
  readonly count: number;

  private constructor(
    rows: Tree<string, Kept>,
    places: Tree<number, string>,
    unique: Tree<string, string>,
    count: number,
  ) {
    this.version = ++versions;
    this.#rows = rows;
    this.#places = places;
    this.#unique = unique;
    this.count = count;
  }

  static readonly empty = new CollectionState(Tree.empty(), Tree.empty(), Tree.empty(), 0);

  /** The row with a key; null where it was deleted, undefined where nothing happened to it. */
  get(key: string): Json | null | undefined {
    return this.#rows.get(key)?.row;
  }

  /** How many rows were added to those of the base world, and are there. */
  get addedCount(): number {
    return this.#places.size;
  }

  /** The row that was added after so many later ones: the newest has index 0. */
  added(index: number): Json | undefined {
    const key = this.addedKey(index);
    return key === undefined ? undefined : (this.#rows.get(key)?.row as Json);
  }

  addedKey(index: number): string | undefined {
    return this.#places.at(this.#places.size - 1 - index)?.[1];
  }

  /** The index under which `added` gives a row; undefined where it is none of these. */
  indexOf(key: string): number | undefined {
    const place = this.#rows.get(key)?.place ?? null;
    return place === null ? undefined : this.#places.size - 1 - this.#places.countBefore(place);
  }

  /** The key of the row that has something which only one may have. */
  holderOf(unique: string): string | undefined {
    return this.#unique.get(unique);
  }

  /** How many rows are kept, the deleted ones too. */
  get size(): number {
    return this.#rows.size;
  }

  lengthOf(key: string): number {
    return this.#rows.get(key)?.length ?? 0;
  }

  with({ key, row, isBase, unique }: Change, length: number): CollectionState {
    const before = this.#rows.get(key);
    let places = this.#places;
    let place: number | null = null;
    if (row === null) {
      if (before?.place != null) places = places.delete(before.place);
    } else if (!isBase) {
      place = before?.place ?? this.count;
      if (before?.place == null) places = places.set(place, key);
    }
    let held = this.#unique;
    for (const one of before?.unique ?? []) held = held.delete(one);
    for (const one of unique) held = held.set(one, key);
    return new CollectionState(this.#rows.set(key, { row, place, unique, length }), places, held, this.count + 1);
  }

  /** In the order of their places, then what was changed or deleted. */
  *changes(collection: string): Generator<Change> {
    for (const [, key] of this.#places) yield this.#change(collection, key, this.#rows.get(key) as Kept);
    for (const [key, kept] of this.#rows) if (kept.place === null) yield this.#change(collection, key, kept);
  }

  #change(collection: string, key: string, { row, place, unique }: Kept): Change {
    return { collection, key, row, isBase: place === null, unique };
  }

  /** The same, as if so many changes had led to it. */
  counted(count: number): CollectionState {
    return new CollectionState(this.#rows, this.#places, this.#unique, Math.max(count, this.count));
  }
}

/** What of a state the making of an answer may look at. */
export interface StateReader {
  /** undefined where nothing has happened to these rows. */
  collection(name: string): CollectionState | undefined;
}

/** All that happened in a session, as a value: what changes it gives another one, and shares what stayed. */
export class State implements StateReader {
  readonly #collections: Tree<string, CollectionState>;
  /** Of all rows, in characters. */
  readonly length: number;
  /** How many rows are kept, the deleted ones too. */
  readonly size: number;

  private constructor(collections: Tree<string, CollectionState>, length: number, size: number) {
    this.#collections = collections;
    this.length = length;
    this.size = size;
  }

  /** Nothing has happened. */
  static readonly empty = new State(Tree.empty(), 0, 0);

  collection(name: string): CollectionState | undefined {
    return this.#collections.get(name);
  }

  /** Of the collections that something has happened to. */
  get names(): string[] {
    return Array.from(this.#collections, ([name]) => name);
  }

  /** The state after some changes; null where it would become too large. */
  with(changes: readonly Change[]): State | null {
    let collections = this.#collections;
    let { length, size } = this;
    for (const change of changes) {
      const before = collections.get(change.collection) ?? CollectionState.empty;
      const added = change.row === null ? 0 : JSON.stringify(change.row).length;
      const after = before.with(change, added);
      length += added - before.lengthOf(change.key);
      size += after.size - before.size;
      collections = collections.set(change.collection, after);
    }
    return length > maximumLength || size > maximumChanges ? null : new State(collections, length, size);
  }

  /** As JSON, from which `stateFrom` makes an equal one. */
  toJSON(): StateSnapshot {
    const collections = [...this.#collections].map(([name, state]) => ({
      name,
      count: state.count,
      changes: [...state.changes(name)].map(({ collection: _collection, unique, ...change }) => ({
        ...change,
        ...(unique.length > 0 && { unique: [...unique] }),
      })),
    }));
    return { version: 1, collections };
  }

  /**
   * The state that a snapshot was taken of.
   * @returns a sentence without a final period where it is no snapshot, or too large
   */
  static from(snapshot: unknown): State | string {
    if (!isObject(snapshot) || snapshot.version !== 1 || !Array.isArray(snapshot.collections)) {
      return 'This is no snapshot of a state: expected { "version": 1, "collections": [ … ] }';
    }
    let state: State | null = State.empty;
    for (const {
      name: collection,
      count,
      changes,
    } of snapshot.collections as unknown as StateSnapshot['collections']) {
      if (typeof collection !== 'string' || !Array.isArray(changes)) return 'A collection needs a name and changes';
      const read: Change[] = [];
      for (const { key, row, isBase, unique = [] } of changes) {
        if (typeof key !== 'string' || row === undefined) return `A change in "${collection}" needs a key and a row`;
        read.push({ collection, key, row, isBase: isBase === true, unique });
      }
      state = state.with(read);
      if (state === null) return 'The state is larger than is kept';
      const made = state.#collections.get(collection);
      if (made === undefined) continue;
      const counted = made.counted(Number(count) || 0);
      state = new State(state.#collections.set(collection, counted), state.length, state.size);
    }
    return state;
  }
}

/** A state as JSON. */
export interface StateSnapshot {
  readonly version: 1;
  readonly collections: readonly {
    readonly name: string;
    readonly count: number;
    readonly changes: readonly (Omit<Change, 'collection' | 'unique'> & { readonly unique?: readonly string[] })[];
  }[];
}
