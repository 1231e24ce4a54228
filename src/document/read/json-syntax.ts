import { maximumDepth, type SyntaxProblem } from './yaml.js';

/**
 * Where text that JSON.parse has refused stops being JSON (RFC 8259), in words; JSON.parse's own message
 * differs between engines and often has no place. Null where the text is JSON.
 */
export function jsonSyntaxProblem(text: string): SyntaxProblem | null {
  const reader = new JsonReader(text);
  try {
    reader.document();
    return null;
  } catch (error) {
    if (error instanceof Stop) return { message: error.message, offset: error.offset };
    throw error;
  }
}

/** Members of one object with one name, of which JSON.parse keeps the last. The text has to be JSON. */
export function repeatedKeys(text: string): { readonly key: string; readonly offset: number }[] {
  const reader = new JsonReader(text);
  reader.document();
  return reader.repeated;
}

class Stop extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const blank = /[ \t\r\n]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these in a string.
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const literal = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;

/** Walks over the text and keeps nothing but keys that are repeated. */
class JsonReader {
  readonly repeated: { readonly key: string; readonly offset: number }[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): void {
    this.#value(0);
    if (this.#next() !== undefined) this.#fail('the end of the file');
  }

  #value(depth: number): void {
    if (depth > maximumDepth) throw new Stop(`nested more than ${maximumDepth} levels deep`, this.#at);
    const character = this.#next();
    if (character === '{') {
      const keys = new Set<string>();
      this.#list('}', () => this.#member(depth + 1, keys));
    } else if (character === '[') {
      this.#list(']', () => this.#value(depth + 1));
    } else if (character === '"') {
      this.#string();
    } else if (!this.#take(literal)) {
      this.#fail('a value');
    }
  }

  #list(closing: '}' | ']', read: () => void): void {
    this.#at += 1;
    if (this.#next() === closing) {
      this.#at += 1;
      return;
    }
    for (;;) {
      read();
      const character = this.#next();
      if (character !== ',' && character !== closing) this.#fail(`"," or "${closing}"`);
      this.#at += 1;
      if (character === closing) return;
    }
  }

  #member(depth: number, keys: Set<string>): void {
    if (this.#next() !== '"') this.#fail('a key in double quotes');
    const offset = this.#at;
    this.#string();
    const key = JSON.parse(this.#text.slice(offset, this.#at)) as string;
    if (keys.has(key)) this.repeated.push({ key, offset });
    keys.add(key);
    if (this.#next() !== ':') this.#fail('":"');
    this.#at += 1;
    this.#value(depth);
  }

  #string(): void {
    if (!this.#take(string)) {
      throw new Stop('a string is not closed on its line, or holds a control character or a wrong escape', this.#at);
    }
  }

  /** The next character that is not blank. */
  #next(): string | undefined {
    this.#take(blank);
    return this.#text[this.#at];
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const matches = pattern.test(this.#text);
    if (matches) this.#at = pattern.lastIndex;
    return matches;
  }

  #fail(expected: string): never {
    const rest = this.#text.slice(this.#at, this.#at + 20);
    const word = /^[\w$.+-]+/.exec(rest)?.[0] ?? String.fromCodePoint(rest.codePointAt(0) ?? 0);
    const found = rest === '' ? 'the file ends' : `found ${JSON.stringify(word)}`;
    throw new Stop(`expected ${expected}, but ${found}`, this.#at);
  }
}
