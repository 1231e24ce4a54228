import {
  type HttpRequest,
  type Names,
  pathOf,
  queryPairs,
  queryTextOf,
  type RequestHeaders,
  readTargetBy,
} from '../operation/index.js';
import type { Change, CollectionReader, State, StateReader } from '../world/index.js';
import type { ReadPart } from './types.js';

const body = Symbol('body');
const headerNames = Symbol('names of all header fields');
const target = Symbol('the whole target');

/**
 * What an answer may depend on, besides method and path: a header field by name, the body, the names of all fields, the
 * whole target or some of its query, or something of what happened before.
 */
export type RequestPart = string | symbol | StatePart | QueryPart;

/** Of the query what stands under some names. */
class QueryPart {
  readonly names: Names;
  /** Mostly it is one address that is asked for again and again. */
  #target = '';
  #reading = '';

  constructor(names: Names) {
    this.names = names;
  }

  readingOf({ target: sent }: HttpRequest): string {
    if (sent !== this.#target) {
      this.#reading = queryTextOf(sent, this.names);
      this.#target = sent;
    }
    return this.#reading;
  }
}

const queryParts = new WeakMap<Names, QueryPart>();

/** One for each object that says which names are meant. */
function queryPart(names: Names): QueryPart {
  const part = queryParts.get(names) ?? new QueryPart(names);
  queryParts.set(names, part);
  return part;
}

/**
 * Of a collection: whether anything happened to it, what happened to the row with a key, or all that happened. Of a resource:
 * which of its collections something happened to.
 */
class StatePart {
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

export function isSame(one: RequestPart, other: RequestPart): boolean {
  if (!(one instanceof StatePart && other instanceof StatePart)) return one === other;
  return one.key === other.key && one.collection === other.collection && one.of === other.of;
}

const symbols = { body, names: headerNames, target } as const;

/** A part as it is told to whoever does not share memory. */
export function told(part: RequestPart): ReadPart {
  if (typeof part === 'string') return part;
  if (part instanceof StatePart) return { of: part.of, collection: part.collection, key: part.key };
  // Which names were meant only a function may know: the whole target says more.
  return { of: part === body ? 'body' : part === headerNames ? 'names' : 'target' };
}

/** The part that was told. */
export function partOf(read: ReadPart): RequestPart {
  if (typeof read === 'string') return read;
  return 'key' in read ? new StatePart(read.of, read.collection, read.key) : symbols[read.of];
}

/** A request with a longer body is not remembered, in bytes. */
const maximumReadingLength = 8192;

const latin1 = new TextDecoder('latin1');

/**
 * What a part of a request says, as one text: equal where, and only where, the parts are equal.
 * @returns undefined where the request has no such part; null where it is too long to be kept
 */
export function readingOf(request: HttpRequest, state: State, part: RequestPart): string | undefined | null {
  if (typeof part === 'string') return textOf(request.headers[part]);
  if (part instanceof StatePart) return part.readingOf(state);
  if (part instanceof QueryPart) return part.readingOf(request);
  if (part === target) return request.target;
  if (part === headerNames) return JSON.stringify(Object.keys(request.headers));
  if (request.body === null) return undefined;
  return request.body.length > maximumReadingLength ? null : latin1.decode(request.body);
}

/** A field value has no line breaks, so that a text with one in front can be nothing else. */
function textOf(value: RequestHeaders[string]): string | undefined {
  if (typeof value === 'string') return value.charCodeAt(0) === 10 ? `\n${value}` : value;
  return Array.isArray(value) ? `\n\n${JSON.stringify(value)}` : undefined;
}

/** A state whose every reading is noted. */
export type RecordedState = Omit<StateReader, 'with'> & Pick<State, 'with'>;

type Note = (part: StatePart) => void;

/** A collection whose every reading is noted: what is asked of one row depends on that row alone. */
class RecordedCollection implements CollectionReader {
  readonly #whole: CollectionReader;
  readonly #name: string;
  readonly #note: Note;

  constructor(whole: CollectionReader, name: string, note: Note) {
    this.#whole = whole;
    this.#name = name;
    this.#note = note;
  }

  row(key: string): ReturnType<CollectionReader['row']> {
    this.#note(new StatePart('row', this.#name, key));
    return this.#whole.row(key);
  }

  deletedRow(key: string): ReturnType<CollectionReader['deletedRow']> {
    this.#note(new StatePart('row', this.#name, key));
    return this.#whole.deletedRow(key);
  }

  get #all(): CollectionReader {
    this.#note(new StatePart('all', this.#name));
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

/** A request whose every reading is noted, and what was read of it, in the order in which it was first read. */
interface RecordedRequest {
  readonly request: HttpRequest;
  readonly state: RecordedState;
  readonly parts: ReadonlySet<RequestPart>;
}

/**
 * The steps of the mock get a request in this form, and have no other way to it: so what an answer depends on is known
 * without anybody having to say it.
 */
export function recorded({ method, target: sent, headers, body: bytes }: HttpRequest, whole: State): RecordedRequest {
  const parts = new Set<RequestPart>();
  const field = (name: string | symbol) => {
    if (typeof name === 'symbol') return undefined;
    parts.add(name);
    return Object.hasOwn(headers, name) ? headers[name] : undefined;
  };
  const noting = new Proxy(headers, {
    get: (_, name) => field(name),
    has: (_, name) => field(name) !== undefined,
    ownKeys() {
      parts.add(headerNames);
      return Object.keys(headers);
    },
    getOwnPropertyDescriptor(_, name) {
      const value = field(name);
      return value === undefined ? undefined : { value, enumerable: true, configurable: true, writable: true };
    },
  });
  const request = {
    method,
    get target() {
      parts.add(target);
      return sent;
    },
    headers: noting,
    get body() {
      parts.add(body);
      return bytes;
    },
  };
  readTargetBy(request, {
    path: pathOf(sent),
    pairs(names) {
      parts.add(queryPart(names));
      return queryPairs(sent, names);
    },
  });
  const known: StatePart[] = [];
  // Where all is noted of a collection, no more need be noted of its rows.
  const note: Note = (part) => {
    if (known.some((one) => isSame(one, part) || (one.of === 'all' && one.collection === part.collection))) return;
    known.push(part);
    parts.add(part);
  };
  // What is shown after some changes, and what is kept of them, is the same state.
  let changed: { readonly by: readonly Change[]; readonly state: State | null } | undefined;
  const state: RecordedState = {
    collection(name) {
      note(new StatePart('any', name));
      const collection = whole.collection(name);
      return collection && new RecordedCollection(collection, name, note);
    },
    nested(resource) {
      note(new StatePart('nested', resource));
      return whole.nested(resource);
    },
    with(changes) {
      if (changed?.by !== changes) changed = { by: changes, state: whole.with(changes) };
      return changed.state;
    },
  };
  return { request, state, parts };
}

/** Whether all that was read of one state says the same in another. */
export function isReadSame(parts: ReadonlySet<RequestPart>, one: State, other: State): boolean {
  return [...parts].every((part) => !(part instanceof StatePart) || part.readingOf(one) === part.readingOf(other));
}
