import type { Document } from '../../document/index.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';

/** A schema of the document, looked at from outside: what a value of it may consist of. */
export interface Shape {
  readonly types: readonly string[];
  /** Members by name, with the pointer of their schema. From `allOf` too. */
  readonly properties: ReadonlyMap<string, string>;
  readonly required: ReadonlySet<string>;
  /** Pointer of the schema of all items; null where there is none. */
  readonly items: string | null;
  /** Pointer of the schema of members that are not named; null where there is none. */
  readonly members: string | null;
  /** Pointers of the alternatives of `oneOf` and `anyOf`. */
  readonly alternatives: readonly string[];
  /** Whether the value is drawn from a list, a pattern or a format, and no free text fits. */
  readonly narrow: boolean;
}

const maximumDepth = 12;
const narrowingKeywords = ['enum', 'const', 'pattern', 'format'];

const remembered = new WeakMap<Document, Map<string, Shape>>();

/** The shape of the schema at a pointer, references followed and `allOf` merged. */
export function shapeAt(document: Document, pointer: string): Shape {
  let shapes = remembered.get(document);
  if (shapes === undefined) {
    shapes = new Map();
    remembered.set(document, shapes);
  }
  let shape = shapes.get(pointer);
  if (shape === undefined) {
    shape = new ShapeReader(document).read(pointer);
    shapes.set(pointer, shape);
  }
  return shape;
}

class ShapeReader {
  readonly #document: Document;
  readonly #types = new Set<string>();
  readonly #properties = new Map<string, string>();
  readonly #required = new Set<string>();
  readonly #alternatives: string[] = [];
  #items: string | null = null;
  #members: string | null = null;
  #narrow = false;

  constructor(document: Document) {
    this.#document = document;
  }

  read(pointer: string): Shape {
    this.#visit(this.#document.at(pointer), pointer, 0);
    if (this.#types.size === 0 && this.#properties.size > 0) this.#types.add('object');
    if (this.#types.size === 0 && this.#items !== null) this.#types.add('array');
    return {
      types: [...this.#types],
      properties: this.#properties,
      required: this.#required,
      items: this.#items,
      members: this.#members,
      alternatives: this.#alternatives,
      narrow: this.#narrow,
    };
  }

  #visit(value: Json | undefined, pointer: string, depth: number): void {
    if (!isObject(value) || depth > maximumDepth) return;
    this.#follow(value, pointer, depth);
    this.#look(value, pointer);
    if (Array.isArray(value.allOf)) {
      for (const [index, member] of value.allOf.entries()) this.#visit(member, `${pointer}/allOf/${index}`, depth + 1);
    }
  }

  #follow(value: JsonObject, pointer: string, depth: number): void {
    if (typeof value.$ref !== 'string') return;
    const target = this.#document.resolve({ $ref: value.$ref }, pointer);
    if (target.pointer !== pointer) this.#visit(target.value, target.pointer, depth + 1);
  }

  #look(value: JsonObject, pointer: string): void {
    for (const type of [value.type ?? []].flat()) this.#types.add(String(type));
    if (isObject(value.properties)) {
      for (const name of Object.keys(value.properties)) {
        if (!this.#properties.has(name)) this.#properties.set(name, `${pointer}/properties/${escapeToken(name)}`);
      }
    }
    if (Array.isArray(value.required)) for (const name of value.required) this.#required.add(String(name));
    if (value.items !== undefined) this.#items ??= `${pointer}/items`;
    if (isObject(value.additionalProperties)) this.#members ??= `${pointer}/additionalProperties`;
    if (narrowingKeywords.some((keyword) => value[keyword] !== undefined)) this.#narrow = true;
    for (const keyword of ['oneOf', 'anyOf'] as const) {
      const list = value[keyword];
      if (Array.isArray(list)) this.#alternatives.push(...list.map((_, index) => `${pointer}/${keyword}/${index}`));
    }
  }
}

function escapeToken(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
