/** Where Python's `json` module stops reading, and what it says there. */
export interface JsonDecodeError {
  readonly message: string;
  /** In characters, as Python counts them. */
  readonly position: number;
}

/**
 * The error that Python's `json.loads` (3.11) raises for a text: FastAPI passes its message and position on. What
 * Python reads though it is not JSON (`NaN`, `Infinity`) is let through.
 * @returns null where Python finds nothing wrong
 */
export function pythonJsonError(text: string): JsonDecodeError | null {
  // Python counts code points; the common case has none beyond the basic plane and needs no array.
  const characters = /[\ud800-\udbff]/.test(text) ? Array.from(text) : text;
  try {
    const reader = new Reader(characters);
    const end = reader.blank(reader.value(reader.blank(0), 0));
    return end === characters.length ? null : { message: 'Extra data', position: end };
  } catch (error) {
    if (error instanceof Stop) return { message: error.message, position: error.position };
    throw error;
  }
}

class Stop extends Error {
  readonly position: number;
  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

/** Python gives up with a RecursionError near this depth. */
const maximumDepth = 900;

class Reader {
  readonly #text: ArrayLike<string>;

  constructor(text: ArrayLike<string>) {
    this.#text = text;
  }

  blank(start: number): number {
    let position = start;
    while (/[ \t\n\r]/.test(this.#text[position] ?? '')) position++;
    return position;
  }

  /** @returns the position after the value */
  value(start: number, depth: number): number {
    const first = this.#text[start];
    if (depth > maximumDepth) throw new Stop('Expecting value', start);
    if (first === '"') return this.string(start);
    if (first === '{') return this.#object(start + 1, depth + 1);
    if (first === '[') return this.#array(start + 1, depth + 1);
    for (const literal of ['null', 'true', 'false', 'NaN', 'Infinity', '-Infinity']) {
      if (this.#slice(start, literal.length) === literal) return start + literal.length;
    }
    return this.#number(start);
  }

  string(start: number): number {
    for (let position = start + 1; ; position++) {
      const character = this.#text[position];
      if (character === undefined) throw new Stop('Unterminated string starting at', start);
      if (character === '"') return position + 1;
      if (character < ' ') throw new Stop('Invalid control character at', position);
      if (character === '\\') {
        const escaped = this.#text[position + 1];
        if (escaped === undefined) throw new Stop('Unterminated string starting at', start);
        if (escaped === 'u') {
          if (!/^[0-9a-fA-F]{4}$/.test(this.#slice(position + 2, 4))) {
            throw new Stop('Invalid \\uXXXX escape', position + 1);
          }
          position += 5;
        } else if ('"\\/bfnrt'.includes(escaped)) {
          position += 1;
        } else {
          throw new Stop('Invalid \\escape', position);
        }
      }
    }
  }

  #object(start: number, depth: number): number {
    let position = this.blank(start);
    if (this.#text[position] === '}') return position + 1;
    while (true) {
      if (this.#text[position] !== '"') throw new Stop('Expecting property name enclosed in double quotes', position);
      position = this.blank(this.string(position));
      if (this.#text[position] !== ':') throw new Stop("Expecting ':' delimiter", position);
      position = this.blank(this.value(this.blank(position + 1), depth));
      if (this.#text[position] === '}') return position + 1;
      if (this.#text[position] !== ',') throw new Stop("Expecting ',' delimiter", position);
      position = this.blank(position + 1);
    }
  }

  #array(start: number, depth: number): number {
    let position = this.blank(start);
    if (this.#text[position] === ']') return position + 1;
    while (true) {
      position = this.blank(this.value(position, depth));
      if (this.#text[position] === ']') return position + 1;
      if (this.#text[position] !== ',') throw new Stop("Expecting ',' delimiter", position);
      position = this.blank(position + 1);
    }
  }

  #number(start: number): number {
    let position = start;
    if (this.#text[position] === '-') position++;
    if (this.#text[position] === '0') position++;
    else {
      const digits = this.#digits(position);
      if (digits === position) throw new Stop('Expecting value', start);
      position = digits;
    }
    if (this.#text[position] === '.') {
      const end = this.#digits(position + 1);
      if (end > position + 1) position = end;
    }
    if (this.#text[position] === 'e' || this.#text[position] === 'E') {
      const sign = /[+-]/.test(this.#text[position + 1] ?? '') ? 2 : 1;
      const end = this.#digits(position + sign);
      if (end > position + sign) position = end;
    }
    return position;
  }

  #digits(start: number): number {
    let position = start;
    while (/[0-9]/.test(this.#text[position] ?? '')) position++;
    return position;
  }

  #slice(start: number, length: number): string {
    let slice = '';
    for (let position = start; position < start + length; position++) slice += this.#text[position] ?? '';
    return slice;
  }
}
