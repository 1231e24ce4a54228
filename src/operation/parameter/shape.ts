import type { Document } from '../../document/index.js';
import type { JsonSchema } from '../../schema/index.js';
import { compilePattern } from '../../schema/pattern/pattern.js';
import type { Json, JsonObject } from '../../text/value.js';

/** The types that a value can have on the wire, as bits. null has no form there (RFC 6570, 2.3: undefined). */
export const wireType = { string: 1, number: 2, integer: 4, boolean: 8, array: 16, object: 32 } as const;

/** The types that are one string on the wire. */
export const primitiveTypes = wireType.string | wireType.number | wireType.integer | wireType.boolean;
const everyType = primitiveTypes | wireType.array | wireType.object;

/**
 * What a schema lets a value look like: an upper bound, since the validator has the last word. It says how a string
 * from the wire can be read, so that `5` is a number where only a number can be valid.
 */
export interface Shape {
  /** Bits of `wireType`. */
  readonly types: number;
  /** Members that `properties` names, anywhere in the schema. */
  readonly names: readonly string[];
  /** Whether members are described that are not named: additionalProperties, patternProperties, or no properties at all. */
  readonly open: boolean;
  item(index: number): Shape;
  member(name: string): Shape;
}

/** Nothing is known. */
export const anyShape: Shape = {
  types: everyType,
  names: [],
  open: true,
  item: () => anyShape,
  member: () => anyShape,
};
const noShape: Shape = { types: 0, names: [], open: false, item: () => anyShape, member: () => anyShape };

/** The shape of a schema of the document. Cheap: what lies below is looked at when it is asked for. */
export function shapeOf(schema: JsonSchema | Json | undefined, document: Document): Shape {
  if (schema === false) return noShape;
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return anyShape;
  let ofDocument = shapes.get(document);
  if (!ofDocument) {
    ofDocument = new WeakMap();
    shapes.set(document, ofDocument);
  }
  let shape = ofDocument.get(schema);
  if (!shape) {
    shape = new SchemaShape(schema, document);
    ofDocument.set(schema, shape);
  }
  return shape;
}

/** By document too: one schema object in two of them may refer to different things. */
const shapes = new WeakMap<Document, WeakMap<JsonObject, Shape>>();

class SchemaShape implements Shape {
  readonly #schema: JsonObject;
  readonly #document: Document;
  readonly #members = new Map<string, Shape>();
  #applied: readonly Shape[] | undefined;
  #types: number | undefined;
  #names: readonly string[] | undefined;
  /** What this shape is being asked, so that a schema that applies itself ends in "anything". */
  readonly #asked = new Set<string>();

  constructor(schema: JsonObject, document: Document) {
    this.#schema = schema;
    this.#document = document;
  }

  get types(): number {
    this.#types ??= this.#ask('types', everyType, () =>
      this.#all().reduce((types, shape) => types & shape.types, ownTypes(this.#schema)),
    );
    return this.#types;
  }

  get names(): readonly string[] {
    this.#names ??= this.#ask<readonly string[]>('names', [], () => {
      const names = new Set(Object.keys(objectAt(this.#schema, 'properties')));
      for (const shape of [...this.#all(), ...this.#optional()]) for (const name of shape.names) names.add(name);
      return [...names];
    });
    return this.#names;
  }

  get open(): boolean {
    const { additionalProperties, unevaluatedProperties, patternProperties } = this.#schema;
    if (additionalProperties === false) return patternProperties !== undefined;
    if (patternProperties !== undefined || additionalProperties !== undefined) return true;
    if (unevaluatedProperties !== undefined) return unevaluatedProperties !== false;
    if (this.names.length === 0) return true;
    return this.#ask('open', false, () => this.#all().some((shape) => shape.names.length > 0 && shape.open));
  }

  item(index: number): Shape {
    const { prefixItems, items } = this.#schema;
    const prefix = Array.isArray(prefixItems) ? prefixItems : [];
    return this.#ask('item', anyShape, () => {
      const own = index < prefix.length ? prefix[index] : items;
      return intersection([shapeOf(own, this.#document), ...this.#all().map((shape) => shape.item(index))]);
    });
  }

  member(name: string): Shape {
    const known = this.#members.get(name);
    if (known) return known;
    const shape = this.#ask(`member ${name}`, anyShape, () =>
      intersection([this.#ownMember(name), ...this.#all().map((part) => part.member(name))]),
    );
    // Only what the document names is kept: other names come from the wire, and there is no end to them.
    if (this.#asked.size === 0 && this.names.includes(name)) this.#members.set(name, shape);
    return shape;
  }

  #ownMember(name: string): Shape {
    const { additionalProperties, unevaluatedProperties } = this.#schema;
    const properties = objectAt(this.#schema, 'properties');
    const applied: Shape[] = [];
    if (Object.hasOwn(properties, name)) applied.push(shapeOf(properties[name], this.#document));
    for (const [pattern, schema] of Object.entries(objectAt(this.#schema, 'patternProperties'))) {
      if (compilePattern(pattern)?.test(name) ?? true) applied.push(shapeOf(schema, this.#document));
    }
    if (applied.length > 0) return intersection(applied);
    if (additionalProperties !== undefined) return shapeOf(additionalProperties, this.#document);
    return this.names.includes(name) ? anyShape : shapeOf(unevaluatedProperties, this.#document);
  }

  /** The schemas that hold together with this one; of alternatives, their union. */
  #all(): readonly Shape[] {
    if (!this.#applied) {
      const { $ref, allOf, anyOf, oneOf } = this.#schema;
      const applied: Shape[] = [];
      if (typeof $ref === 'string') applied.push(shapeOf(this.#document.resolve({ $ref }, '').value, this.#document));
      if (Array.isArray(allOf)) applied.push(...allOf.map((schema) => shapeOf(schema, this.#document)));
      for (const alternatives of [anyOf, oneOf]) {
        if (Array.isArray(alternatives) && alternatives.length > 0) {
          applied.push(union(alternatives.map((schema) => shapeOf(schema, this.#document))));
        }
      }
      const { if: condition, then: consequence, else: otherwise } = this.#schema;
      if (condition !== undefined && (consequence !== undefined || otherwise !== undefined)) {
        applied.push(union([shapeOf(consequence, this.#document), shapeOf(otherwise, this.#document)]));
      }
      this.#applied = applied;
    }
    return this.#applied;
  }

  /** Schemas that may apply; they add names and nothing else. */
  #optional(): readonly Shape[] {
    return Object.values(objectAt(this.#schema, 'dependentSchemas')).map((schema) => shapeOf(schema, this.#document));
  }

  #ask<Answer>(question: string, whenAskedAgain: Answer, answer: () => Answer): Answer {
    if (this.#asked.has(question)) return whenAskedAgain;
    this.#asked.add(question);
    const result = answer();
    this.#asked.delete(question);
    return result;
  }
}

/** What holds for a value that must have all of these shapes. */
function intersection(shapes: readonly Shape[]): Shape {
  const narrowing = shapes.filter((shape) => shape !== anyShape);
  const [only] = narrowing;
  if (narrowing.length <= 1) return only ?? anyShape;
  return {
    types: narrowing.reduce((types, shape) => types & shape.types, everyType),
    names: [...new Set(narrowing.flatMap((shape) => shape.names))],
    open: narrowing.some((shape) => shape.open),
    item: (index) => intersection(narrowing.map((shape) => shape.item(index))),
    member: (name) => intersection(narrowing.map((shape) => shape.member(name))),
  };
}

/** What holds for a value that must have one of these shapes. */
function union(shapes: readonly Shape[]): Shape {
  return {
    get types() {
      return shapes.reduce((types, shape) => types | shape.types, 0);
    },
    get names() {
      return [...new Set(shapes.flatMap((shape) => shape.names))];
    },
    get open() {
      return shapes.some((shape) => (shape.types & wireType.object) !== 0 && shape !== anyShape && shape.open);
    },
    item: (index) => union(shapes.map((shape) => shape.item(index))),
    member: (name) => union(shapes.map((shape) => shape.member(name))),
  };
}

/** What `type`, `const` and `enum` of one schema object leave possible. */
function ownTypes(schema: JsonObject): number {
  let types = everyType;
  const { type } = schema;
  if (typeof type === 'string') types &= typeBits(type);
  else if (Array.isArray(type)) types &= type.reduce((bits: number, name) => bits | typeBits(name), 0);
  if (Object.hasOwn(schema, 'const')) types &= valueBits(schema.const);
  if (Array.isArray(schema.enum)) types &= schema.enum.reduce((bits: number, value) => bits | valueBits(value), 0);
  return types;
}

function typeBits(type: Json): number {
  if (type === 'number') return wireType.number | wireType.integer;
  return typeof type === 'string' && Object.hasOwn(wireType, type) ? wireType[type as keyof typeof wireType] : 0;
}

function valueBits(value: Json | undefined): number {
  if (typeof value === 'number') return wireType.number | wireType.integer;
  if (Array.isArray(value)) return wireType.array;
  if (value === null || value === undefined) return 0;
  return wireType[typeof value as 'string' | 'boolean' | 'object'];
}

function objectAt(schema: JsonObject, keyword: string): JsonObject {
  const value = schema[keyword];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
