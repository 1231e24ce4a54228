/** Why a text is not one JSON text, and where: 1-based line and column, columns in characters. */
import { type Json, type JsonObject, setMember } from './value.js';
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly expected: string;
  readonly found: string;
}

export type JsonReading =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly fault: JsonFault };

/** Deeper than any API nests, and shallow enough for every recursive validator behind this. */
export const maximumJsonDepth = 256;

/**
 * Reads one JSON text (RFC 8259). Stricter than JSON.parse where parsers part: a byte order mark (8.1), a member
 * that is there twice (4) and nesting beyond `maximumJsonDepth` are faults. `__proto__` is a member like any other.
 * A number beyond the range of a double is the largest double, so that it stays a number.
 */
export function readJson(text: string): JsonReading {
  const reader = new JsonReader(text);
  try {
    return { ok: true, value: reader.document() };
  } catch (error) {
    if (error instanceof Fault) return { ok: false, fault: error.at(text) };
    throw error;
  }
}

class Fault extends Error {
  constructor(
    readonly offset: number,
    readonly expected: string,
    readonly found: string,
  ) {
    super(expected);
  }

  at(text: string): JsonFault {
    const before = text.slice(0, this.offset).split(/\r\n|\n|\r/);
    const column = Array.from(before.at(-1) ?? '').length + 1;
    return { line: before.length, column, expected: this.expected, found: this.found };
  }
}

const numberPattern = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
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

class JsonReader {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): Json {
    const value = this.#value(0);
    this.#next();
    if (this.#position < this.#text.length) this.#fail('the end of the text');
    return value;
  }

  #value(depth: number): Json {
    switch (this.#next()) {
      case character.openBrace:
        return this.#object(this.#deeper(depth));
      case character.openBracket:
        return this.#array(this.#deeper(depth));
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

  #deeper(depth: number): number {
    if (depth >= maximumJsonDepth) {
      throw new Fault(this.#position, `at most ${maximumJsonDepth} levels`, 'deeper nesting');
    }
    this.#position += 1;
    return depth + 1;
  }

  #object(depth: number): JsonObject {
    const object: JsonObject = {};
    if (this.#next() === character.closeBrace) {
      this.#position += 1;
      return object;
    }
    for (;;) {
      if (this.#next() !== character.quote) this.#fail('a member name in double quotes');
      const start = this.#position;
      const name = this.#string();
      if (Object.hasOwn(object, name)) {
        throw new Fault(start, 'each member name once', `${shown(JSON.stringify(name))} a second time`);
      }
      if (this.#next() !== character.colon) this.#fail('":"');
      this.#position += 1;
      setMember(object, name, this.#value(depth));
      if (this.#ends(character.closeBrace)) return object;
    }
  }

  #array(depth: number): Json[] {
    const array: Json[] = [];
    if (this.#next() === character.closeBracket) {
      this.#position += 1;
      return array;
    }
    for (;;) {
      array.push(this.#value(depth));
      if (this.#ends(character.closeBracket)) return array;
    }
  }

  /** Whether the container ends here, rather than going on behind a comma. */
  #ends(closing: number): boolean {
    const code = this.#next();
    if (code !== character.comma && code !== closing) this.#fail(`"," or "${String.fromCharCode(closing)}"`);
    this.#position += 1;
    return code === closing;
  }

  #word<Value extends Json>(word: string, value: Value): Value {
    if (!this.#text.startsWith(word, this.#position)) this.#fail('a value');
    this.#position += word.length;
    return value;
  }

  #number(): number {
    numberPattern.lastIndex = this.#position;
    const match = numberPattern.exec(this.#text);
    if (!match) return this.#fail('a value');
    this.#position += match[0].length;
    return numberOf(match[0]);
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
        if (!match) this.#failAt(index, 'an escape such as \\n or \\u0041');
        escaped = true;
        index += (match?.[0].length ?? 1) - 1;
      } else if (!(code >= character.space)) {
        this.#failAt(index, Number.isNaN(code) ? 'the closing quote of a string' : 'control characters to be escaped');
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

  #fail(expected: string): never {
    return this.#failAt(this.#position, expected);
  }

  #failAt(offset: number, expected: string): never {
    throw new Fault(offset, expected, this.#foundAt(offset));
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
