import { doubleOf } from '../../text/integers.js';
import { resultOf, type Work } from '../../text/slices.js';
import { isObject, type Json, type JsonObject, setMember } from '../../text/value.js';

/** What is nested deeper is not read: no document needs it, and every reader may then use recursion. */
export const maximumDepth = 500;

/** A value that JSON cannot hold, or that no reader should be given. */
export interface PlainProblem {
  readonly segments: readonly string[];
  readonly message: string;
  readonly remedy?: string;
  /** It was mended: a warning. */
  readonly mended?: true;
}

/** So many values may come from aliases and shared objects: enough for any document, too few for a bomb. */
const maximumCopies = 500_000;

/**
 * Looks through what JSON.parse made, which is a tree already: numbers that became Infinity, and what is nested too deep, become null,
 * each with a warning.
 */
export function checkParsed(root: Json): PlainProblem[] {
  return resultOf(checkingParsed(root));
}

/** What lies deeper is looked through at once. */
const dividedLevels = 4;

/** Why a value can be no part of a document; null where it can. */
function unreadable(value: Json, path: readonly (string | number)[]): PlainProblem | null {
  if (typeof value === 'number') return Number.isFinite(value) ? null : notFinite(path.map(String));
  return path.length >= maximumDepth ? tooDeep(path.map(String)) : null;
}

/** As `checkParsed`, piece by piece. */
export function* checkingParsed(root: Json): Work<PlainProblem[]> {
  const problems: PlainProblem[] = [];
  const path: (string | number)[] = [];

  const look = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return;
    // The keys of a list of millions would be as many texts.
    if (Array.isArray(value)) for (let index = 0; index < value.length; index++) lookInto(value, index);
    else for (const name in value) lookInto(value, name);
  };
  const lookInto = (holder: Json[] | JsonObject, key: string | number): void => {
    const held = holder as Record<string | number, Json>;
    const member = held[key] as Json;
    if (typeof member === 'string' || typeof member === 'boolean' || member === null) return;
    path.push(key);
    const problem = unreadable(member, path);
    if (problem === null) look(member);
    else held[key] = null;
    if (problem !== null) problems.push(problem);
    path.pop();
  };
  function* lookPieceByPiece(value: Json): Work {
    if (!isObject(value) || path.length >= dividedLevels) {
      look(value);
      return;
    }
    // Names and values of a million members together take three times as long, in one go.
    for (const name of Object.keys(value)) {
      const member = value[name] as Json;
      if (isObject(member)) {
        path.push(name);
        yield* lookPieceByPiece(member);
        path.pop();
      } else lookInto(value, name);
      yield null;
    }
  }
  yield* lookPieceByPiece(root);
  return problems;
}

/**
 * A tree of JSON values of its own, from a value whose objects may be shared (YAML aliases) or that a
 * program made. As JSON.stringify does, leaves out undefined members and writes dates as text.
 */
export function copyPlain(root: unknown): { readonly value: Json; readonly problems: readonly PlainProblem[] } {
  const copier = new Copier();
  return { value: copier.copy(root), problems: copier.problems };
}

class Copier {
  readonly problems: PlainProblem[] = [];
  readonly #path: string[] = [];
  readonly #ancestors = new Set<object>();
  readonly #seen = new Set<object>();
  #copies = 0;
  #sharing = 0;

  copy(value: unknown): Json {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'bigint':
        return this.copy(doubleOf(String(value)));
      case 'number':
        return Number.isFinite(value) ? value : this.#refuse(notFinite([...this.#path]));
      case 'undefined':
        return null;
      case 'object':
        return value === null ? null : this.#copyObject(value);
      default:
        return this.#refuse({ segments: [...this.#path], message: `A ${typeof value} stands where JSON is expected` });
    }
  }

  #copyObject(value: object): Json {
    if (this.#ancestors.has(value)) {
      return this.#refuse({
        segments: [...this.#path],
        message: 'An object contains itself, and null was read in its place',
        remedy: 'Give the document with its references, not with the objects that they lead to.',
        mended: true,
      });
    }
    if (this.#path.length >= maximumDepth) return this.#refuse(tooDeep(this.#path));
    const shared = this.#seen.has(value);
    this.#seen.add(value);
    this.#sharing += shared ? 1 : 0;
    this.#copies += this.#sharing > 0 ? 1 : 0;
    if (this.#copies === maximumCopies) {
      this.#refuse({ segments: [...this.#path], message: `Aliases stand for more than ${maximumCopies} values` });
    }
    this.#ancestors.add(value);
    const copy = this.#copies >= maximumCopies ? null : this.#copyMembers(value);
    this.#ancestors.delete(value);
    this.#sharing -= shared ? 1 : 0;
    return copy;
  }

  #copyMembers(value: object): Json {
    if (Array.isArray(value)) return Array.from(value, (item, index) => this.#copyAt(String(index), item));
    if (value instanceof Date && !Number.isNaN(value.getTime())) {
      const text = value.toISOString();
      this.problems.push({
        segments: [...this.#path],
        message: `A Date was read as the text ${JSON.stringify(text)}`,
        remedy: 'Load the document without dates, so that its text stays as it was written.',
        mended: true,
      });
      return text;
    }
    const type = Object.prototype.toString.call(value);
    if (type !== '[object Object]') {
      return this.#refuse({ segments: [...this.#path], message: `${type} stands where JSON is expected` });
    }
    const copy: JsonObject = {};
    for (const [key, member] of Object.entries(value)) {
      if (member !== undefined) setMember(copy, key, this.#copyAt(key, member));
    }
    return copy;
  }

  #copyAt(step: string, value: unknown): Json {
    this.#path.push(step);
    const copy = this.copy(value);
    this.#path.pop();
    return copy;
  }

  #refuse(problem: PlainProblem): null {
    this.problems.push(problem);
    return null;
  }
}

function notFinite(segments: readonly string[]): PlainProblem {
  return {
    segments,
    message: 'A number is not one that JSON and IEEE 754 can hold, and null was read in its place',
    remedy: 'Write a number between -1.79e308 and 1.79e308.',
    mended: true,
  };
}

function tooDeep(path: readonly string[]): PlainProblem {
  return {
    segments: [...path.slice(0, 20)],
    message: `Values are nested more than ${maximumDepth} levels deep, and null was read in place of what is deeper`,
    mended: true,
  };
}
