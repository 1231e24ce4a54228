import type { Change, CollectionReader, State, StateReader } from '../world/index.js';

/**
 * Of a collection: whether anything happened to it, what happened to the row with a key, or all that happened. Of a resource:
 * which of its collections something happened to.
 */
export class StatePart {
  readonly of: 'any' | 'row' | 'all' | 'nested';
  readonly collection: string;
  readonly key: string;

  constructor(of: StatePart['of'], collection: string, key = '') {
    this.of = of;
    this.collection = collection;
    this.key = key;
  }

  readingOf(state: State): string | undefined {
    if (this.of === 'nested') return state.nested(this.collection).join('\n');
    const collection = state.collection(this.collection);
    if (collection === undefined || this.of === 'any') return collection && '';
    return (this.of === 'row' ? collection.versionOf(this.key) : collection.version)?.toString();
  }
}

/** Takes down what is read, in the order in which it was first read. */
interface Parts {
  add(part: StatePart): unknown;
}

/** A state whose every reading is noted. */
export type RecordedState = Omit<StateReader, 'with'> & Pick<State, 'with'>;

/** A collection whose every reading is noted: what is asked of one row depends on that row alone. */
class RecordedCollection implements CollectionReader {
  readonly #whole: CollectionReader;
  readonly #noted: NotedCollection;

  constructor(whole: CollectionReader, noted: NotedCollection) {
    this.#whole = whole;
    this.#noted = noted;
  }

  row(key: string): ReturnType<CollectionReader['row']> {
    this.#noted.row(key);
    return this.#whole.row(key);
  }

  deletedRow(key: string): ReturnType<CollectionReader['deletedRow']> {
    this.#noted.row(key);
    return this.#whole.deletedRow(key);
  }

  get #all(): CollectionReader {
    this.#noted.all();
    return this.#whole;
  }

  get whole(): object {
    return this.#all.whole;
  }

  get addedCount(): number {
    return this.#all.addedCount;
  }

  get count(): number {
    return this.#all.count;
  }

  get deleted(): CollectionReader['deleted'] {
    return this.#all.deleted;
  }

  added(from: number, to: number): ReturnType<CollectionReader['added']> {
    return this.#all.added(from, to);
  }

  addedKey(index: number): string | undefined {
    return this.#all.addedKey(index);
  }

  indexOf(key: string): number | undefined {
    return this.#all.indexOf(key);
  }

  get bin(): CollectionReader['bin'] {
    return this.#all.bin;
  }

  holderOf(unique: string): string | undefined {
    return this.#all.holderOf(unique);
  }
}

/** What was noted of a collection, each once: where all of it is, no more need be of its rows. */
class NotedCollection {
  /** undefined where nothing has happened to it. */
  readonly reader: RecordedCollection | undefined;
  readonly #parts: Parts;
  readonly #name: string;
  #isAll = false;
  #lastKey: string | undefined;
  #keys: Set<string> | undefined;

  constructor(name: string, whole: CollectionReader | undefined, parts: Parts) {
    this.#name = name;
    this.#parts = parts;
    this.reader = whole && new RecordedCollection(whole, this);
    parts.add(new StatePart('any', name));
  }

  row(key: string): void {
    if (this.#isAll || key === this.#lastKey) return;
    // Mostly it is one row that is asked for.
    if (this.#lastKey !== undefined) {
      this.#keys ??= new Set([this.#lastKey]);
      if (this.#keys.has(key)) return;
      this.#keys.add(key);
    }
    this.#lastKey = key;
    this.#parts.add(new StatePart('row', this.#name, key));
  }

  all(): void {
    if (this.#isAll) return;
    this.#isAll = true;
    this.#parts.add(new StatePart('all', this.#name));
  }
}

export class RecordingState implements RecordedState {
  readonly #whole: State;
  readonly #parts: Parts;
  readonly #collections = new Map<string, NotedCollection>();
  #nested: Set<string> | undefined;
  /** What is shown after some changes, and what is kept of them, is the same state. */
  #changed: { readonly by: readonly Change[]; readonly state: State | null } | undefined;

  constructor(whole: State, parts: Parts) {
    this.#whole = whole;
    this.#parts = parts;
  }

  collection(name: string): RecordedCollection | undefined {
    let noted = this.#collections.get(name);
    if (noted === undefined) {
      noted = new NotedCollection(name, this.#whole.collection(name), this.#parts);
      this.#collections.set(name, noted);
    }
    return noted.reader;
  }

  nested(resource: string): string[] {
    this.#nested ??= new Set();
    if (!this.#nested.has(resource)) this.#parts.add(new StatePart('nested', resource));
    this.#nested.add(resource);
    return this.#whole.nested(resource);
  }

  with(changes: readonly Change[]): State | null {
    if (this.#changed?.by !== changes) this.#changed = { by: changes, state: this.#whole.with(changes) };
    return this.#changed.state;
  }
}
