import type { Document } from '../../document/index.js';
import type { Schema } from '../../schema/index.js';
import type { Place } from '../../schema/place.js';
import { placesOf } from '../../schema/places.js';
import { type Part, type View, viewOf } from '../../schema/view.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';

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
export function shapeOf(schema: Pick<Schema, 'pointer' | 'value'> | null | undefined, document: Document): Shape {
  if (schema?.value === false) return noShape;
  if (!isObject(schema?.value)) return anyShape;
  const part = viewOf(document).part(schema.pointer);
  const place = part?.schema === schema.value ? part.place : placesOf(document).inline(schema.value, schema.pointer);
  return shapeAt(viewOf(document), [place], []);
}

const shapes = new WeakMap<Part, Shape>();

/** What holds for a value that must keep all of some schemas, and one of each union. */
function shapeAt(view: View, places: readonly Place[], unions: readonly (readonly Shape[])[]): Shape {
  if (places.some(({ value }) => value === false)) return noShape;
  const roots = view.certain(...places);
  const [root] = roots;
  if (root === undefined && unions.length === 0) return anyShape;
  if (places.length !== 1 || root === undefined || unions.length > 0) return new SchemaShape(view, places, unions);
  // The same one each time, so that a schema that applies itself is noticed.
  const shape = shapes.get(root) ?? new SchemaShape(view, places, []);
  shapes.set(root, shape);
  return shape;
}

class SchemaShape implements Shape {
  readonly #view: View;
  /** The schemas that hold together. */
  readonly #parts: readonly Part[];
  /** Those of them that the others stand in. */
  readonly #roots: readonly Part[];
  readonly #given: readonly (readonly Shape[])[];
  readonly #members = new Map<string, Shape>();
  #unions: readonly (readonly Shape[])[] | undefined;
  #types: number | undefined;
  #names: readonly string[] | undefined;
  /** What this shape is being asked, so that a schema that applies itself ends in "anything". */
  readonly #asked = new Set<string>();

  constructor(view: View, places: readonly Place[], given: readonly (readonly Shape[])[]) {
    this.#view = view;
    this.#parts = view.certain(...places);
    this.#roots = places.map((place) => view.part(place)).filter((part) => part !== undefined);
    this.#given = given;
  }

  get types(): number {
    this.#types ??= this.#ask('types', everyType, () => {
      const own = this.#parts.reduce((types, { schema }) => types & ownTypes(schema), everyType);
      return this.#alternatives().reduce(
        (types, shapes) => types & shapes.reduce((sum, shape) => sum | shape.types, 0),
        own,
      );
    });
    return this.#types;
  }

  get names(): readonly string[] {
    this.#names ??= this.#ask<readonly string[]>('names', [], () => {
      const dependent = this.#view
        .under(this.#parts, 'dependentSchemas')
        .map(({ to }) => shapeAt(this.#view, [to], []));
      const optional = [...this.#alternatives().flat(), ...dependent];
      return [...new Set([...this.#view.members(this.#parts).keys(), ...optional.flatMap(({ names }) => names)])];
    });
    return this.#names;
  }

  get open(): boolean {
    for (const parts of [this.#roots, this.#parts]) {
      const said = parts.map(({ schema }) => isOpen(schema)).filter((open) => open !== undefined);
      if (said.length > 0) return said.includes(true);
    }
    if (this.names.length === 0) return true;
    return this.#ask('open', false, () =>
      this.#alternatives().some((shapes) => {
        const objects = shapes.filter((shape) => (shape.types & wireType.object) !== 0 && shape !== anyShape);
        return shapes.some((shape) => shape.names.length > 0) && objects.some((shape) => shape.open);
      }),
    );
  }

  item(index: number): Shape {
    return this.#ask('item', anyShape, () => {
      const places = this.#view.item(this.#parts, index).map(({ to }) => to);
      return shapeAt(
        this.#view,
        places,
        this.#inside((shape) => shape.item(index)),
      );
    });
  }

  member(name: string): Shape {
    const known = this.#members.get(name);
    if (known) return known;
    const shape = this.#ask(`member ${name}`, anyShape, () => {
      const isNamed = this.names.includes(name);
      const edges = this.#view.member(this.#parts, name);
      const own = edges.filter(({ keyword }) => !(isNamed && keyword === 'unevaluatedProperties'));
      return shapeAt(
        this.#view,
        own.map(({ to }) => to),
        this.#inside((each) => each.member(name)),
      );
    });
    // Only what the document names is kept: other names come from the wire, and there is no end to them.
    if (this.#asked.size === 0 && this.names.includes(name)) this.#members.set(name, shape);
    return shape;
  }

  /** The unions of what is inside; without those of which nothing is known. */
  #inside(step: (shape: Shape) => Shape): Shape[][] {
    return this.#alternatives()
      .map((shapes) => shapes.map(step))
      .filter((shapes) => shapes.some((shape) => shape !== anyShape));
  }

  /** Of the branches of each union one holds, and either `then` or `else`. */
  #alternatives(): readonly (readonly Shape[])[] {
    this.#unions ??= [...this.#given, ...this.#parts.flatMap((part) => this.#unionsOf(part))];
    return this.#unions;
  }

  #unionsOf(part: Part): Shape[][] {
    const under = (keyword: string) => this.#view.under([part], keyword).map(({ to }) => shapeAt(this.#view, [to], []));
    const unions = [under('anyOf'), under('oneOf')].filter((shapes) => shapes.length > 0);
    const clauses = part.schema.if === undefined ? [] : [...under('then'), ...under('else')];
    if (clauses.length > 0) unions.push(clauses.length === 1 ? [...clauses, anyShape] : clauses);
    return unions;
  }

  #ask<Answer>(question: string, whenAskedAgain: Answer, answer: () => Answer): Answer {
    if (this.#asked.has(question)) return whenAskedAgain;
    this.#asked.add(question);
    const result = answer();
    this.#asked.delete(question);
    return result;
  }
}

/** Whether a schema describes members that it does not name; undefined where it has no word on that. */
function isOpen({ additionalProperties, unevaluatedProperties, patternProperties }: JsonObject): boolean | undefined {
  if (patternProperties !== undefined) return true;
  if (additionalProperties !== undefined) return additionalProperties !== false;
  return unevaluatedProperties === undefined ? undefined : unevaluatedProperties !== false;
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
