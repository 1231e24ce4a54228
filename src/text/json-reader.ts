import { duplicateDefect, JsonDefect, type JsonTolerance } from './json-defect.js';
import { character, JsonScanner } from './json-scanner.js';
import { pointerOf } from './pointer.js';
import { type Json, type JsonObject, setMember } from './value.js';

/** Stand for every container of a value that is not kept. */
const nothing: JsonObject = {};
const none: Json[] = [];

/** The one reader of JSON. Needs no recursion, so that no depth of nesting exhausts the stack. */
export class JsonReader {
  readonly #scanner: JsonScanner;
  readonly #tolerance: JsonTolerance;
  readonly #maximumDepth: number;
  readonly #maximumMembers: number;
  #members = 0;
  /** The containers around the position, and the name of the member of each that is read; '' in an array. */
  readonly #containers: (JsonObject | Json[])[] = [];
  readonly #names: string[] = [];

  constructor(text: string, tolerance: JsonTolerance) {
    this.#scanner = new JsonScanner(text, tolerance.nonFinite === true);
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
      this.#scanner.next();
      if (!this.#scanner.isAtEnd) this.#scanner.fail('end', 'the end of the text');
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
    this.#scanner.position = offset;
    const opening = this.#scanner.codeAt(offset);
    if (opening !== character.openBrace && opening !== character.openBracket) return;
    const closing = opening === character.openBrace ? character.closeBrace : character.closeBracket;
    this.#scanner.position += 1;
    if (this.#scanner.next() === closing) return;
    for (let index = 0; ; index++) {
      this.#scanner.next();
      const place = this.#scanner.position;
      const key = opening === character.openBrace ? this.#name(null) : String(index);
      this.#scanner.next();
      visit(key, place, this.#scanner.position);
      this.#scanner.skip();
      if (this.#scanner.ends(closing)) return;
    }
  }

  /** The same of an object of which it is known where each key stands. */
  visitPlaces(places: readonly number[], visit: (key: string, place: number, start: number) => void): void {
    for (const place of places) {
      this.#scanner.position = place;
      const key = this.#name(null);
      this.#scanner.next();
      visit(key, place, this.#scanner.position);
    }
  }

  #value(): Json {
    const containers = this.#containers;
    const names = this.#names;
    for (;;) {
      let value: Json;
      const code = this.#scanner.next();
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
        value = this.#scanner.scalar(code);
      }
      for (;;) {
        const last = containers.length - 1;
        const container = containers[last];
        if (container === undefined) return value;
        this.#add(container, names[last] as string, value);
        if (Array.isArray(container)) {
          if (!this.#scanner.ends(character.closeBracket)) break;
        } else {
          if (!this.#scanner.ends(character.closeBrace)) {
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

  /** Goes into a container. Whether there is something in it. */
  #opens(closing: number): boolean {
    if (this.#containers.length >= this.#maximumDepth) {
      throw new JsonDefect('depth', this.#scanner.position, `at most ${this.#maximumDepth} levels`, 'deeper nesting');
    }
    this.#scanner.position += 1;
    if (this.#scanner.next() !== closing) return true;
    this.#scanner.position += 1;
    return false;
  }

  #made<Container>(container: Container, unkept: Container): Container {
    return this.#tolerance.discards ? unkept : container;
  }

  #add(container: JsonObject | Json[], name: string, value: Json): void {
    this.#members += 1;
    if (this.#members > this.#maximumMembers) {
      const expected = `at most ${this.#maximumMembers} members and items`;
      throw new JsonDefect('members', this.#scanner.position, expected, 'more of them');
    }
    if (this.#tolerance.discards) return;
    if (Array.isArray(container)) container.push(value);
    else setMember(container, name, value);
  }

  /** The name of a member, and what stands between it and its value. */
  #name(object: JsonObject | null): string {
    if (this.#scanner.next() !== character.quote) this.#scanner.fail('name', 'a member name in double quotes');
    const offset = this.#scanner.position;
    const name = this.#scanner.string();
    if (object !== null && Object.hasOwn(object, name)) this.#duplicate(name, offset);
    if (this.#scanner.next() !== character.colon) this.#scanner.fail('colon', '":"');
    this.#scanner.position += 1;
    return name;
  }

  #duplicate(name: string, offset: number): void {
    const { onDuplicate } = this.#tolerance;
    if (onDuplicate === undefined) throw duplicateDefect(name, offset);
    const around = this.#containers.slice(0, -1);
    const tokens = around.map((container, depth) =>
      Array.isArray(container) ? container.length : (this.#names[depth] as string),
    );
    onDuplicate({ name, offset, pointer: pointerOf(...tokens) });
  }
}
