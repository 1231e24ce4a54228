import type { Answer, HttpRequest, RequestHeaders } from '../operation/index.js';
import type { State, StateReader } from '../world/index.js';
import type { MockAnswer, Preference } from './types.js';

const body = Symbol('body');
const headerNames = Symbol('names of all header fields');

/**
 * What an answer may depend on, besides method and target: a header field by name, these, or what happened to the rows of a
 * collection, by its name behind a line break.
 */
type RequestPart = string | typeof body | typeof headerNames;

/** A request with a longer body is not remembered, in bytes. */
const maximumReadingLength = 8192;

const latin1 = new TextDecoder('latin1');

/**
 * What a part of a request says, as one text: equal where, and only where, the parts are equal.
 * @returns undefined where the request has no such part; null where it is too long to be kept
 */
function readingOf(request: HttpRequest, state: State, part: RequestPart): string | undefined | null {
  if (typeof part === 'string') {
    if (part.charCodeAt(0) !== 10) return textOf(request.headers[part]);
    return state.collection(part.slice(1))?.version.toString();
  }
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
export type RecordedState = StateReader & Pick<State, 'with'>;

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
function recorded({ method, target, headers, body: bytes }: HttpRequest, whole: State): RecordedRequest {
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
    target,
    headers: noting,
    get body() {
      parts.add(body);
      return bytes;
    },
  };
  const state: RecordedState = {
    collection(name) {
      parts.add(`\n${name}`);
      return whole.collection(name);
    },
    with: (changes) => whole.with(changes),
  };
  return { request, state, parts };
}

/** Of each generation, of which there are two. */
const maximumAnswers = 2000;
/** Of each generation: bodies, and what was read of requests, in characters. */
const maximumLength = 64 * 1024 * 1024;
/** What a branch takes besides its reading, about. */
const branchLength = 200;
/** An answer with a longer body is worked out each time. */
const maximumBodyLength = 100_000;

type Branches = Map<string | undefined, Branch | Answer>;

/** After all that was read so far comes this part of the request, and by what it says, the next. */
class Branch {
  readonly part: RequestPart;
  readonly next: Branches = new Map();

  constructor(part: RequestPart) {
    this.part = part;
  }
}

/**
 * Answers that were given, by all that they depend on: target, method, what the host prefers, and then what was read of
 * the request, as a tree of decisions: which part is read next may follow from what those before it say. A hit costs
 * one lookup for each part that was read, and no copy of the request.
 *
 * In two generations: when the young one is full it becomes the old one, and what is asked for again moves back.
 */
export class RememberedAnswers {
  /** By target, then by method and what the host prefers. */
  #young = new Map<string, Branches>();
  #old = new Map<string, Branches>();
  #answers = 0;
  #length = 0;

  /** The remembered answer, or the one that is made, which is then remembered. */
  get(
    request: HttpRequest,
    state: State,
    preference: Preference | undefined,
    make: (request: HttpRequest, state: RecordedState) => MockAnswer,
  ): MockAnswer {
    // A counted request comes once.
    if (preference?.ordinal !== undefined) return make(request, state);
    const { method, target } = request;
    // No method begins with a brace.
    const asked = preference === undefined ? method : `${JSON.stringify(preference)} ${method}`;
    const young = find(this.#young.get(target)?.get(asked), request, state);
    if (young !== undefined) return young;
    const passed = new Set<RequestPart>();
    const old = find(this.#old.get(target)?.get(asked), request, state, passed);
    if (old !== undefined) {
      this.#keep(request, state, asked, passed, old);
      return old;
    }
    const record = recorded(request, state);
    const answer = make(record.request, record.state);
    // What changes the world is not asked of the same world again.
    const isKept = answer.body.length <= maximumBodyLength && answer.next === undefined;
    if (isKept) this.#keep(request, state, asked, record.parts, answer);
    return answer;
  }

  #keep(request: HttpRequest, state: State, asked: string, parts: ReadonlySet<RequestPart>, answer: Answer): void {
    const readings: [RequestPart, string | undefined][] = [];
    let length = answer.body.length + request.target.length + asked.length;
    for (const part of parts) {
      const reading = readingOf(request, state, part);
      if (reading === null) return;
      length += branchLength + (reading?.length ?? 0);
      readings.push([part, reading]);
    }
    if (this.#answers >= maximumAnswers || this.#length + length > maximumLength) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#answers = 0;
      this.#length = 0;
    }
    this.#answers += 1;
    this.#length += length;
    let place: Branches = this.#ofTarget(request.target);
    let key: string | undefined = asked;
    for (const [part, reading] of readings) {
      let branch = place.get(key);
      if (!(branch instanceof Branch) || branch.part !== part) {
        branch = new Branch(part);
        place.set(key, branch);
      }
      place = branch.next;
      key = reading;
    }
    place.set(key, answer);
  }

  #ofTarget(target: string): Branches {
    const known = this.#young.get(target) ?? new Map();
    this.#young.set(target, known);
    return known;
  }
}

/** @param passed what is read of the request on the way is added to it */
function find(
  start: Branch | Answer | undefined,
  request: HttpRequest,
  state: State,
  passed?: Set<RequestPart>,
): Answer | undefined {
  let place = start;
  while (place instanceof Branch) {
    passed?.add(place.part);
    const reading = readingOf(request, state, place.part);
    if (reading === null) return undefined;
    place = place.next.get(reading);
  }
  return place;
}
