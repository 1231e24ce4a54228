import { parseJson } from './integers.js';
import { JsonDefect } from './json-defect.js';
import { character, JsonScanner } from './json-scanner.js';
import type { Work } from './slices.js';
import { type Json, type JsonObject, setMember } from './value.js';

/** So many characters are parsed in a moment. */
const usualLength = 100_000;

/** What lies deeper is not divided. */
const deepest = 100;

/** Where containers begin that are long, each with where its members or items do: nobody has to look for them again. */
export type LongContainers = Map<number, readonly number[]>;

/**
 * As parseJson, piece by piece.
 * @param length of what is parsed at a time, about
 * @param long is told of containers that are longer
 * @throws SyntaxError as there
 */
export function* parsingJson(text: string, length = usualLength, long?: LongContainers): Work<unknown> {
  if (text.length > length && /^\s*[{[]/.test(text)) {
    try {
      return yield* new JsonParts(text, length, long).read();
    } catch (error) {
      // What is wrong with a text is said of it as a whole.
      if (!(error instanceof SyntaxError || error instanceof JsonDefect)) throw error;
      long?.clear();
    }
  }
  return parseJson(text);
}

/** A container is parsed whole where it is short, and else member by member, with short ones that stand side by side at a time. */
class JsonParts {
  readonly #text: string;
  readonly #length: number;
  readonly #scanner: JsonScanner;
  readonly #long: LongContainers | undefined;

  constructor(text: string, length: number, long: LongContainers | undefined) {
    this.#text = text;
    this.#length = length;
    this.#long = long;
    this.#scanner = new JsonScanner(text, false);
  }

  *read(): Work<Json> {
    this.#scanner.next();
    const value = yield* this.#container(0);
    this.#scanner.next();
    if (!this.#scanner.isAtEnd) this.#scanner.fail('end', 'the end of the text');
    return value;
  }

  /** The container that begins at the position. */
  *#container(depth: number): Work<Json> {
    const scanner = this.#scanner;
    const isList = scanner.codeAt(scanner.position) === character.openBracket;
    const closing = isList ? character.closeBracket : character.closeBrace;
    const longest = depth < deepest ? this.#length : this.#text.length;
    const container: Json[] | JsonObject = isList ? [] : {};
    const places: number[] = [];
    this.#long?.set(scanner.position, places);
    const add = (name: string, value: Json) => {
      if (Array.isArray(container)) container.push(value);
      else setMember(container, name, value);
    };
    /** Where short members stand side by side that are not parsed yet. */
    let from: number | null = null;
    let end = 0;
    const parse = (start: number) => {
      const members = this.#text.slice(start, end);
      const part = parseJson(isList ? `[${members}]` : `{${members}}`) as JsonObject;
      for (const name of Object.keys(part)) add(name, part[name] as Json);
      from = null;
    };
    scanner.position += 1;
    do {
      scanner.next();
      const place = scanner.position;
      places.push(place);
      const name = isList ? '""' : this.#name();
      scanner.next();
      const start = scanner.position;
      const isShort = scanner.skip(start + longest);
      if (!isShort && depth >= deepest) scanner.fail('unclosed', 'the end of what is open');
      if (isShort) {
        from ??= place;
        end = scanner.position;
      }
      if (from !== null && (!isShort || end - from > this.#length)) {
        parse(from);
        yield null;
      }
      if (!isShort) {
        scanner.position = start;
        add(JSON.parse(name) as string, yield* this.#container(depth + 1));
      }
    } while (!scanner.ends(closing));
    if (from !== null) parse(from);
    return container;
  }

  /** The name of a member as it is written. */
  #name(): string {
    const scanner = this.#scanner;
    const start = scanner.position;
    if (scanner.codeAt(start) !== character.quote) scanner.fail('name', 'a member name');
    scanner.skipString();
    const name = this.#text.slice(start, scanner.position);
    if (scanner.next() !== character.colon) scanner.fail('colon', '":"');
    scanner.position += 1;
    return name;
  }
}
