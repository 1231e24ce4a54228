import { JsonDefect, type JsonTolerance } from './json-defect.js';
import { pointerOf } from './pointer.js';
import { type Json, type JsonObject, setMember } from './value.js';

const numberPattern = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const nonFinitePattern = /NaN|-?Infinity/y;
const wordPattern = /[^\s[\]{},:"]{1,20}/y;
const escapePattern = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

const character = {
  tab: 0x09,
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  space: 0x20,
  quote: 0x22,
  comma: 0x2c,
  colon: 0x3a,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  f: 0x66,
  n: 0x6e,
  t: 0x74,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const;

/** Stand for every container of a value that is not kept. */
const nothing: JsonObject = {};
const none: Json[] = [];

/** The one reader of JSON. Needs no recursion, so that no depth of nesting exhausts the stack. */
export class JsonReader {
  readonly #text: string;
  readonly #tolerance: JsonTolerance;
  readonly #maximumDepth: number;
  readonly #maximumMembers: number;
  #members = 0;
  #position = 0;
  /** The containers around the position, and the name of the member of each that is read; '' in an array. */
  readonly #containers: (JsonObject | Json[])[] = [];
  readonly #names: string[] = [];

  constructor(text: string, tolerance: JsonTolerance) {
    this.#text = text;
    this.#tolerance = tolerance;
    this.#maximumDepth = tolerance.maximumDepth ?? Number.POSITIVE_INFINITY;
    this.#maximumMembers = tolerance.maximumMembers ?? Number.POSITIVE_INFINITY;
  }

  /** Members and items that were read, at all levels. */
  get members(): number {
    return this.#members;
  }

  read(): Json | JsonDefect {
    try {
      const value = this.#value();
      this.#next();
      if (this.#position < this.#text.length) this.#fail('end', 'the end of the text');
      return value;
    } catch (error) {
      if (error instanceof JsonDefect) return error;
      throw error;
    }
  }

  /**
   * Visits the members or items of the container that begins at an offset, in a text that is JSON.
   * @param visit is given the offset of the key (of the value, for an item) and that of the value
   */
  visitMembers(offset: number, visit: (key: string, place: number, start: number) => void): void {
    this.#position = offset;
    const opening = this.#text.charCodeAt(offset);
    if (opening !== character.openBrace && opening !== character.openBracket) return;
    const closing = opening === character.openBrace ? character.closeBrace : character.closeBracket;
    this.#position += 1;
    if (this.#next() === closing) return;
    for (let index = 0; ; index++) {
      this.#next();
      const place = this.#position;
      const key = opening === character.openBrace ? this.#name(null) : String(index);
      this.#next();
      visit(key, place, this.#position);
      this.#skip();
      if (this.#ends(closing)) return;
    }
  }

  #value(): Json {
    const containers = this.#containers;
    const names = this.#names;
    for (;;) {
      let value: Json;
      const code = this.#next();
      if (code === character.openBrace) {
        const object: JsonObject = this.#made({}, nothing);
        if (this.#opens(character.closeBrace)) {
          names.push(this.#name(null));
          containers.push(object);
          continue;
        }
        value = object;
      } else if (code === character.openBracket) {
        const array: Json[] = this.#made([], none);
        if (this.#opens(character.closeBracket)) {
          names.push('');
          containers.push(array);
          continue;
        }
        value = array;
      } else {
        value = this.#scalar(code);
      }
      for (;;) {
        const last = containers.length - 1;
        const container = containers[last];
        if (container === undefined) return value;
        this.#add(container, names[last] as string, value);
        if (Array.isArray(container)) {
          if (!this.#ends(character.closeBracket)) break;
        } else {
          if (!this.#ends(character.closeBrace)) {
            names[last] = this.#name(container);
            break;
          }
        }
        value = container;
        containers.pop();
        names.pop();
      }
    }
  }

  /** Goes behind a value of a text that is JSON, sooner than by reading it. */
  #skip(): void {
    let depth = 0;
    do {
      const code = this.#next();
      if (code === character.quote) {
        this.#string();
      } else if (code === character.openBrace || code === character.openBracket) {
        depth += 1;
        this.#position += 1;
      } else if (code === character.closeBrace || code === character.closeBracket) {
        depth -= 1;
        this.#position += 1;
      } else if (depth === 0) {
        this.#scalar(code);
      } else {
        this.#position += 1;
      }
    } while (depth > 0);
  }

  #scalar(code: number): Json {
    switch (code) {
      case character.quote:
        return this.#string();
      case character.t:
        return this.#word('true', true);
      case character.f:
        return this.#word('false', false);
      case character.n:
        return this.#word('null', null);
      default:
        return this.#number();
    }
  }

  /** Goes into a container. Whether there is something in it. */
  #opens(closing: number): boolean {
    if (this.#containers.length >= this.#maximumDepth) {
      throw new JsonDefect('depth', this.#position, `at most ${this.#maximumDepth} levels`, 'deeper nesting');
    }
    this.#position += 1;
    if (this.#next() !== closing) return true;
    this.#position += 1;
    return false;
  }

  #made<Container>(container: Container, unkept: Container): Container {
    return this.#tolerance.discards ? unkept : container;
  }

  #add(container: JsonObject | Json[], name: string, value: Json): void {
    this.#members += 1;
    if (this.#members > this.#maximumMembers) {
      const expected = `at most ${this.#maximumMembers} members and items`;
      throw new JsonDefect('members', this.#position, expected, 'more of them');
    }
    if (this.#tolerance.discards) return;
    if (Array.isArray(container)) container.push(value);
    else setMember(container, name, value);
  }

  /** The name of a member, and what stands between it and its value. */
  #name(object: JsonObject | null): string {
    if (this.#next() !== character.quote) this.#fail('name', 'a member name in double quotes');
    const offset = this.#position;
    const name = this.#string();
    if (object !== null && Object.hasOwn(object, name)) this.#duplicate(name, offset);
    if (this.#next() !== character.colon) this.#fail('colon', '":"');
    this.#position += 1;
    return name;
  }

  #duplicate(name: string, offset: number): void {
    const { onDuplicate } = this.#tolerance;
    if (onDuplicate === undefined) {
      const found = `${shown(JSON.stringify(name))} a second time`;
      throw new JsonDefect('duplicate', offset, 'each member name once', found);
    }
    const around = this.#containers.slice(0, -1);
    const tokens = around.map((container, depth) =>
      Array.isArray(container) ? container.length : (this.#names[depth] as string),
    );
    onDuplicate({ name, offset, pointer: pointerOf(...tokens) });
  }

  /** Whether the container ends here, rather than going on behind a comma. */
  #ends(closing: number): boolean {
    const code = this.#next();
    if (code !== character.comma && code !== closing) this.#fail('comma', `"," or "${String.fromCharCode(closing)}"`);
    this.#position += 1;
    return code === closing;
  }

  #word<Value extends Json>(word: string, value: Value): Value {
    if (!this.#text.startsWith(word, this.#position)) this.#fail('value', 'a value');
    this.#position += word.length;
    return value;
  }

  #number(): number {
    numberPattern.lastIndex = this.#position;
    const match = numberPattern.exec(this.#text);
    if (!match) return this.#nonFinite();
    this.#position += match[0].length;
    return numberOf(match[0]);
  }

  #nonFinite(): number {
    nonFinitePattern.lastIndex = this.#position;
    const match = this.#tolerance.nonFinite ? nonFinitePattern.exec(this.#text) : null;
    if (!match) return this.#fail('value', 'a value');
    this.#position += match[0].length;
    return Number(match[0]);
  }

  #string(): string {
    const text = this.#text;
    const start = this.#position;
    let escaped = false;
    for (let index = start + 1; ; index++) {
      const code = text.charCodeAt(index);
      if (code === character.quote) {
        this.#position = index + 1;
        return escaped ? (JSON.parse(text.slice(start, index + 1)) as string) : text.slice(start + 1, index);
      }
      if (code === character.backslash) {
        escapePattern.lastIndex = index;
        const match = escapePattern.exec(text);
        if (!match) this.#fail('escape', 'an escape such as \\n or \\u0041', index);
        escaped = true;
        index += (match?.[0].length ?? 1) - 1;
      } else if (!(code >= character.space)) {
        if (Number.isNaN(code)) this.#fail('unclosed', 'the closing quote of a string', index);
        this.#fail('control', 'control characters to be escaped', index);
      }
    }
  }

  /** Goes to the next character that is not blank, and gives its code; NaN at the end. */
  #next(): number {
    for (;;) {
      const code = this.#text.charCodeAt(this.#position);
      if (code > character.space || !isBlank(code)) return code;
      this.#position += 1;
    }
  }

  /** @param offset where it stands, in the token that begins at the position */
  #fail(kind: JsonDefect['kind'], expected: string, offset = this.#position): never {
    throw new JsonDefect(kind, offset, expected, this.#foundAt(offset), this.#position);
  }

  #foundAt(offset: number): string {
    const code = this.#text.codePointAt(offset);
    if (code === undefined) return 'the end of the text';
    if (code === 0xfeff) return 'a byte order mark (U+FEFF)';
    wordPattern.lastIndex = offset;
    return shown(JSON.stringify(wordPattern.exec(this.#text)?.[0] ?? String.fromCodePoint(code)));
  }
}

function isBlank(code: number): boolean {
  return (
    code === character.space ||
    code === character.lineFeed ||
    code === character.tab ||
    code === character.carriageReturn
  );
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** The double nearest to a JSON number; never an infinite one. */
export function numberOf(literal: string): number {
  const number = Number(literal);
  if (number === Number.POSITIVE_INFINITY) return Number.MAX_VALUE;
  return number === Number.NEGATIVE_INFINITY ? -Number.MAX_VALUE : number;
}
