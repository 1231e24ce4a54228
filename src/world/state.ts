import { parseJson } from '../text/integers.js';
import { isObject, type Json } from '../text/value.js';
import { type Change, changeOf, KeptRow, none } from './kept-row.js';
import { calledRow, type Row } from './row.js';
import { changesIn, type StateSnapshot, type Unread } from './snapshot.js';
import { Tree } from './tree.js';

/** Of one session: more is answered and not kept. */
const maximumChanges = 500_000;
/** Characters of JSON, of one session. */
const maximumLength = 128 * 1024 * 1024;
/** Of each collection, rows that were added and deleted again which it knows as deleted: those that went last. */
const maximumRemoved = 10_000;

let versions = 0;

/** What of a collection the making of an answer may look at. */
export interface CollectionReader {
  /** The row with a key; null where it was deleted, undefined where nothing happened to it. */
  row(key: string): Row | null | undefined;
  /** What was deleted with this key, as it was; undefined where that is not kept. */
  deletedRow(key: string): Json | undefined;
  /** What has all of it: the same object where, and only where, all is the same. */
  readonly whole: object;
  /** How many rows were added to those of the base world, and are there. */
  readonly addedCount: number;
  /** How many changes there were: what is made next depends on it. */
  readonly count: number;
  /** Rows that were added, the newest first. */
  added(from: number, to: number): readonly Row[];
  /** The key of the row that was added after so many later ones: the newest has index 0. */
  addedKey(index: number): string | undefined;
  /** The index under which `addedKey` gives a key; undefined where it is none of these. */
  indexOf(key: string): number | undefined;
  /** The key of the row that has something which only one may have. */
  holderOf(unique: string): string | undefined;
  /** The same of all that were deleted and are kept, those that were added before the others. */
  readonly bin: readonly Row[];
  /** The keys of rows that were deleted, of the base world all: the same object where they are the same. */
  readonly deleted: Iterable<readonly [key: string, true]> & { readonly size: number };
}

/** What happened to the rows of one collection. Never changes. */
export class CollectionState implements CollectionReader {
  /** Another one for each value: equal where, and only where, it is the same value. */
  readonly version: number;
  readonly #rows: Tree<string, KeptRow>;
  readonly #places: Tree<number, KeptRow>;
  readonly #unique: Tree<string, string>;
  /** The keys of rows that were added and deleted again, in the order in which they went. */
  readonly #removed: Tree<number, string>;
  readonly deleted: Tree<string, true>;
  readonly count: number;
  /** Characters of the JSON of all rows. */
  readonly length: number;

  private constructor(
    rows: Tree<string, KeptRow>,
    places: Tree<number, KeptRow>,
    unique: Tree<string, string>,
    removed: Tree<number, string>,
    deleted: Tree<string, true>,
    count: number,
    length: number,
  ) {
    this.version = ++versions;
    this.#rows = rows;
    this.#places = places;
    this.#unique = unique;
    this.#removed = removed;
    this.deleted = deleted;
    this.count = count;
    this.length = length;
  }

  static readonly empty = new CollectionState(
    Tree.empty(),
    Tree.empty(),
    Tree.empty(),
    Tree.empty(),
    Tree.empty(),
    0,
    0,
  );

  get whole(): object {
    return this;
  }

  row(key: string): Row | null | undefined {
    const kept = this.#rows.get(key);
    return kept?.isDeleted ? null : kept;
  }

  get addedCount(): number {
    return this.#places.size;
  }

  added(from: number, to: number): Row[] {
    const { size } = this.#places;
    return this.#places.slice(Math.max(0, size - to), size - from).reverse();
  }

  addedKey(index: number): string | undefined {
    return this.#places.at(this.#places.size - 1 - index)?.[1].key;
  }

  indexOf(key: string): number | undefined {
    const place = this.#rows.get(key)?.place ?? null;
    return place === null ? undefined : this.#places.size - 1 - this.#places.countBefore(place);
  }

  holderOf(unique: string): string | undefined {
    return this.#unique.get(unique);
  }

  deletedRow(key: string): Json | undefined {
    const was = this.#rows.get(key)?.was;
    return was ? (parseJson(was) as Json) : undefined;
  }

  get bin(): Row[] {
    const added = Array.from(this.#removed, ([, key]) => key).reverse();
    const keys = [...added, ...Array.from(this.deleted, ([key]) => key)];
    return keys.flatMap((key) => {
      const was = this.deletedRow(key);
      return was === undefined ? [] : [calledRow(was, key)];
    });
  }

  /** How many rows are kept, the deleted ones too. */
  get size(): number {
    return this.#rows.size;
  }

  /** Another one for each change of the row with a key; undefined where there was none. */
  versionOf(key: string): number | undefined {
    return this.#rows.get(key)?.version;
  }

  with(change: Change): CollectionState {
    const { key, row, isBase } = change;
    const earlier = this.#rows.get(key);
    let places = this.#places;
    let place: number | null = null;
    if (row === null) {
      if (earlier?.place != null) places = places.delete(earlier.place);
    } else if (!isBase) place = earlier?.place ?? this.count;
    const { under = earlier?.under ?? none, isNew = earlier?.isNew ?? false } = change;
    const removedAt = row === null && !isBase ? this.count : null;
    const kept = new KeptRow(change, place ?? removedAt, { under, isNew });
    if (place !== null) places = places.set(place, kept);
    let held = this.#unique;
    for (const one of earlier?.unique ?? none) held = held.delete(one);
    for (const one of kept.unique) held = held.set(one, key);
    const isBaseDeleted = row === null && isBase;
    const deleted = isBaseDeleted ? this.deleted.set(key, true) : this.deleted.delete(key);
    let rows = this.#rows.set(key, kept);
    let removed = this.#removed;
    const length = this.length + kept.length - (earlier?.length ?? 0);
    if (earlier?.removedAt != null) removed = removed.delete(earlier.removedAt);
    if (removedAt !== null) removed = removed.set(removedAt, key);
    const first = removed.size > maximumRemoved ? removed.at(0) : undefined;
    if (first !== undefined) {
      removed = removed.delete(first[0]);
      rows = rows.delete(first[1]);
    }
    return new CollectionState(rows, places, held, removed, deleted, this.count + 1, length);
  }

  /** In the order of their places, then what was changed or deleted of the base world, then what was added and has gone. */
  *changes(collection: string): Generator<Change> {
    for (const [, kept] of this.#places) yield changeOf(collection, kept);
    for (const [, kept] of this.#rows) {
      if (kept.place === null && kept.removedAt === null) yield changeOf(collection, kept);
    }
    for (const [, key] of this.#removed) yield changeOf(collection, this.#rows.get(key) as KeptRow);
  }

  /** The same, as if so many changes had led to it. */
  counted(count: number): CollectionState {
    const most = Math.max(count, this.count);
    return new CollectionState(this.#rows, this.#places, this.#unique, this.#removed, this.deleted, most, this.length);
  }
}

/** What of a state the making of an answer may look at. */
export interface StateReader {
  /** undefined where nothing has happened to these rows. */
  collection(name: string): CollectionReader | undefined;
  /** The names of the collections of a resource, under whatever it is nested, that something has happened to. */
  nested(resource: string): readonly string[];
  /** The state after some changes; null where it would become too large. */
  with(changes: readonly Change[]): StateReader | null;
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

  nested(resource: string): string[] {
    return this.names.filter((name) => name.startsWith(`${resource} [`));
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
      const earlier = collections.get(change.collection) ?? CollectionState.empty;
      const after = earlier.with(change);
      length += after.length - earlier.length;
      size += after.size - earlier.size;
      collections = collections.set(change.collection, after);
    }
    return length > maximumLength || size > maximumChanges ? null : new State(collections, length, size);
  }

  /** As JSON, from which `State.from` makes an equal one. */
  toJSON(): StateSnapshot {
    return { version: 1, collections: [...this.pieces()] };
  }

  /** The collections of `toJSON`, one after the other, those with more changes than `most` as several of one name. */
  *pieces(most = Number.POSITIVE_INFINITY): Generator<StateSnapshot['collections'][number]> {
    for (const [name, state] of this.#collections) {
      let changes: StateSnapshot['collections'][number]['changes'][number][] = [];
      for (const { collection: _collection, unique, ...change } of state.changes(name)) {
        if (changes.length >= most) {
          yield { name, count: 0, changes };
          changes = [];
        }
        changes.push({ ...change, ...(unique.length > 0 && { unique: [...unique] }) });
      }
      yield { name, count: state.count, changes };
    }
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
    for (const held of snapshot.collections as readonly unknown[]) {
      const { name: collection, count, changes }: Unread = isObject(held) ? held : {};
      if (typeof collection !== 'string' || !Array.isArray(changes)) return 'A collection needs a name and changes';
      const read = changesIn(collection, changes);
      if (typeof read === 'string') return read;
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
