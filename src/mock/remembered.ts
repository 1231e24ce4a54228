import { type Answer, type HttpRequest, pathOf } from '../operation/index.js';
import type { State } from '../world/index.js';
import { isSame, type RequestPart, readingOf } from './recorded.js';
import type { MockAnswer, Preference } from './types.js';

/** Of each generation, of which there are two. */
const maximumAnswers = 2000;
/** Of each generation: bodies, and what was read of requests, in characters. */
const maximumLength = 64 * 1024 * 1024;
/** What a branch takes besides its reading, about. */
const branchLength = 200;
/** An answer with a longer body is worked out each time. */
const maximumBodyLength = 100_000;

/** What comes after a reading, by what it says: nearly always there is one way. */
class Ways {
  #reading: string | undefined;
  #next: Branch | Answer | undefined;
  #others: Map<string | undefined, Branch | Answer> | undefined;

  get(reading: string | undefined): Branch | Answer | undefined {
    return this.#next !== undefined && this.#reading === reading ? this.#next : this.#others?.get(reading);
  }

  set(reading: string | undefined, next: Branch | Answer): void {
    if (this.#next === undefined || this.#reading === reading) {
      this.#reading = reading;
      this.#next = next;
    } else {
      this.#others ??= new Map();
      this.#others.set(reading, next);
    }
  }
}

/** After all that was read so far comes this part of the request, and by what it says, the next. */
class Branch extends Ways {
  readonly part: RequestPart;

  constructor(part: RequestPart) {
    super();
    this.part = part;
  }
}

/**
 * Answers that were given, by all that they depend on: path, method, what the host prefers, and then what was read of
 * the request, as a tree of decisions: which part is read next may follow from what those before it say. A hit costs
 * one lookup for each part that was read, and no copy of the request.
 *
 * In two generations: when the young one is full it becomes the old one, and what is asked for again moves back.
 */
export class RememberedAnswers {
  /** By path, then by method and what the host prefers. */
  #young = new Map<string, Ways>();
  #old = new Map<string, Ways>();
  #answers = 0;
  #length = 0;

  /** The remembered answer; undefined where there is none. */
  find(request: HttpRequest, state: State, preference: Preference | undefined): MockAnswer | undefined {
    // A counted request comes once.
    if (preference?.ordinal !== undefined) return undefined;
    const path = pathOf(request.target);
    const asked = askedOf(request, preference);
    const young = find(this.#young.get(path)?.get(asked), request, state);
    if (young !== undefined) return young;
    const passed = new Set<RequestPart>();
    const old = find(this.#old.get(path)?.get(asked), request, state, passed);
    if (old !== undefined) this.#keep(request, state, asked, passed, old);
    return old;
  }

  /** @param parts all that was read of the request and the state, in the order in which it was first read */
  keep(
    request: HttpRequest,
    state: State,
    preference: Preference | undefined,
    parts: ReadonlySet<RequestPart>,
    answer: MockAnswer,
  ): void {
    // What changes the world is not asked of the same world again.
    const isKept =
      preference?.ordinal === undefined && answer.body.length <= maximumBodyLength && answer.next === undefined;
    if (isKept) this.#keep(request, state, askedOf(request, preference), parts, answer);
  }

  #keep(request: HttpRequest, state: State, asked: string, parts: ReadonlySet<RequestPart>, answer: Answer): void {
    const readings: [RequestPart, string | undefined][] = [];
    const path = pathOf(request.target);
    let length = answer.body.length + path.length + asked.length;
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
    let place: Ways = this.#ofPath(path);
    let key: string | undefined = asked;
    for (const [part, reading] of readings) {
      let branch = place.get(key);
      if (!(branch instanceof Branch) || !isSame(branch.part, part)) {
        branch = new Branch(part);
        place.set(key, branch);
      }
      place = branch;
      key = reading;
    }
    place.set(key, answer);
  }

  #ofPath(path: string): Ways {
    const known = this.#young.get(path) ?? new Ways();
    this.#young.set(path, known);
    return known;
  }
}

/** No method begins with a brace. */
function askedOf({ method }: HttpRequest, preference: Preference | undefined): string {
  return preference === undefined ? method : `${JSON.stringify(preference)} ${method}`;
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
    place = place.get(reading);
  }
  return place;
}
