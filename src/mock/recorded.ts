import {
  type HttpRequest,
  type Names,
  type Pairs,
  pathOf,
  queryPairs,
  queryTextOf,
  type RequestHeaders,
  type TargetReader,
  targetReader,
} from '../operation/index.js';
import type { State } from '../world/index.js';
import { type RecordedState, RecordingState, StatePart } from './recorded-state.js';
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

/** Header fields whose every reading is noted. */
class NotingHeaders implements ProxyHandler<RequestHeaders> {
  readonly #parts: Set<RequestPart>;

  constructor(parts: Set<RequestPart>) {
    this.#parts = parts;
  }

  #field(headers: RequestHeaders, name: string | symbol) {
    if (typeof name === 'symbol') return undefined;
    this.#parts.add(name);
    return Object.hasOwn(headers, name) ? headers[name] : undefined;
  }

  get(headers: RequestHeaders, name: string | symbol) {
    return this.#field(headers, name);
  }

  has(headers: RequestHeaders, name: string | symbol): boolean {
    return this.#field(headers, name) !== undefined;
  }

  ownKeys(headers: RequestHeaders): string[] {
    this.#parts.add(headerNames);
    return Object.keys(headers);
  }

  getOwnPropertyDescriptor(headers: RequestHeaders, name: string | symbol): PropertyDescriptor | undefined {
    const value = this.#field(headers, name);
    return value === undefined ? undefined : { value, enumerable: true, configurable: true, writable: true };
  }
}

/** A request whose every reading is noted. A class, since to define what reads each time takes longer than most readings. */
class RecordingRequest implements HttpRequest, TargetReader {
  readonly method: string;
  readonly headers: RequestHeaders;
  readonly path: string;
  readonly #target: string;
  readonly #body: Uint8Array | null;
  readonly #parts: Set<RequestPart>;

  constructor({ method, target: sent, headers, body: bytes }: HttpRequest, parts: Set<RequestPart>) {
    this.method = method;
    this.headers = new Proxy(headers, new NotingHeaders(parts));
    this.path = pathOf(sent);
    this.#target = sent;
    this.#body = bytes;
    this.#parts = parts;
  }

  get [targetReader](): TargetReader {
    return this;
  }

  get target(): string {
    this.#parts.add(target);
    return this.#target;
  }

  get body(): Uint8Array | null {
    this.#parts.add(body);
    return this.#body;
  }

  pairs(names: Names): Pairs {
    this.#parts.add(queryPart(names));
    return queryPairs(this.#target, names);
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
export function recorded(request: HttpRequest, state: State): RecordedRequest {
  const parts = new Set<RequestPart>();
  return { request: new RecordingRequest(request, parts), state: new RecordingState(state, parts), parts };
}

/** Whether all that was read of one state says the same in another. */
export function isReadSame(parts: ReadonlySet<RequestPart>, one: State, other: State): boolean {
  return [...parts].every((part) => !(part instanceof StatePart) || part.readingOf(one) === part.readingOf(other));
}
