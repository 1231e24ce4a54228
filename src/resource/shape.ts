import type { Document } from '../document/index.js';
import { requiredNames, viewOf } from '../schema/view.js';
import { pointerOf } from '../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { impliedTypes, innerFirst, saidTypes, together, unionOf } from './shape-types.js';
import { shareOf } from './share.js';
import { fold } from './words.js';

/**
 * The shapes of a document: one for each schema, however many ways lead to it. Read from the tree of the document itself,
 * since a view costs ten times as much and thousands of schemas are looked at here; what the tree alone does not tell
 * (`$id`, anchors, `$dynamicRef`) the view is asked.
 */
export class Shapes {
  readonly document: Document;
  readonly #known = new Map<JsonObject, Shape>();

  constructor(document: Document) {
    this.document = document;
  }

  /** The shape of a schema that stands at a pointer. */
  of(value: Json | undefined, pointer: () => string): Shape {
    // `true` says nothing, and neither does what is no schema.
    if (!isObject(value)) return new Shape({}, pointer, this);
    const shape = this.#known.get(value) ?? new Shape(value, pointer, this);
    this.#known.set(value, shape);
    return shape;
  }
}

/** What a thing is the first branches of a union tell. */
const mostBranches = 1000;

/** What a schema says of the values that are sent: their types, members and items. Each is looked at once, when asked. */
export class Shape {
  /** As written. */
  readonly schema: JsonObject;
  readonly #shapes: Shapes;
  /** The one that it stands in, and where: a large document has tens of thousands, so it is no function. */
  readonly #above: Shape | (() => string);
  readonly #keyword: string;
  readonly #step: string | number | undefined;
  #pointer: string | undefined;
  #core: Shape | undefined;
  #bases: readonly Shape[] | undefined;
  #branches: readonly Shape[] | undefined;
  #possible: readonly Shape[] | undefined;
  #named: ReadonlyMap<string, string> | undefined;
  #own: ReadonlyMap<string, Shape> | undefined;
  #members: ReadonlyMap<string, Shape> | undefined;
  #required: ReadonlySet<string> | undefined;
  #types: ReadonlySet<string> | null | undefined;
  #item: Shape | null | undefined;

  constructor(
    schema: JsonObject,
    above: Shape | (() => string),
    shapes: Shapes,
    keyword = '',
    step: string | number | undefined = undefined,
  ) {
    this.schema = schema;
    this.#above = above;
    this.#shapes = shapes;
    this.#keyword = keyword;
    this.#step = step;
  }

  /** Where the schema stands in the document. */
  get pointer(): string {
    this.#pointer ??= typeof this.#above === 'function' ? this.#above() : this.#above.pointer + this.#steps();
    return this.#pointer;
  }

  #steps(): string {
    return this.#step === undefined ? pointerOf(this.#keyword) : pointerOf(this.#keyword, this.#step);
  }

  /** Those inside of it stand in no index: who asks for them finds them through it. */
  #inside(value: Json | undefined, keyword: string, step?: string | number): Shape {
    return new Shape(isObject(value) ? value : {}, this, this.#shapes, keyword, step);
  }

  /** The schemas that hold here for every value: itself, what it refers to, and `allOf`. */
  get bases(): readonly Shape[] {
    if (this.#bases === undefined) {
      // What leads back to itself adds nothing.
      this.#bases = [this];
      const { allOf } = this.schema;
      const all = Array.isArray(allOf) ? allOf.map((each, index) => this.#inside(each, 'allOf', index)) : [];
      const inner = [...this.#targets(), ...all].flatMap(({ bases }) => bases);
      if (inner.length > 0) this.#bases = [...new Set([this, ...inner])];
    }
    return this.#bases;
  }

  /** What its references lead to. */
  #targets(): readonly Shape[] {
    const { schema } = this;
    if (schema.$ref === undefined && schema.$dynamicRef === undefined) return [];
    const { document } = this.#shapes;
    const { value, pointer } = document.resolve(schema, this.pointer);
    if (value !== undefined && value !== schema && schema.$dynamicRef === undefined)
      return [this.#shapes.of(value, () => pointer)];
    const parts = viewOf(document).certain(this.pointer);
    return parts.map((part) => this.#shapes.of(part.schema, () => part.pointer)).filter((shape) => shape !== this);
  }

  /** The schemas that hold here for some value: those for every value, and all branches. */
  get #all(): readonly Shape[] {
    if (this.#possible !== undefined) return this.#possible;
    const all = new Set<Shape>();
    const left: Shape[] = [this];
    for (let shape = left.pop(); shape !== undefined; shape = left.pop()) {
      const own = shape.bases.filter((base) => !all.has(base));
      for (const base of own) all.add(base);
      for (const branch of own.flatMap(({ branches }) => branches).reverse()) left.push(branch);
    }
    this.#possible = [...all];
    return this.#possible;
  }

  /** Its own `oneOf` and `anyOf`, of each the first thousand. */
  get branches(): readonly Shape[] {
    if (this.schema.oneOf === undefined && this.schema.anyOf === undefined) return [];
    this.#branches ??= ['oneOf', 'anyOf'].flatMap((keyword) => {
      const list = this.schema[keyword];
      const first: readonly Json[] = Array.isArray(list) ? list.slice(0, mostBranches) : [];
      return first.map((each, index) => this.#inside(each, keyword, index));
    });
    return this.#branches;
  }

  /** The members that are declared by name, those of branches too. */
  get members(): ReadonlyMap<string, Shape> {
    if (this.#members === undefined) {
      const [first = none, ...others] = this.#all
        .filter(({ schema }) => isObject(schema.properties))
        .map((holder) => holder.#ownMembers);
      this.#members = others.length === 0 ? first : together([first, ...others]);
    }
    return this.#members;
  }

  /** Those that stand in its own `properties`: all that refer to it or are built on it share them. */
  get #ownMembers(): ReadonlyMap<string, Shape> {
    this.#own ??= new Map(
      Object.entries(this.schema.properties as JsonObject).map(([name, value]) => [
        name,
        this.#inside(value, 'properties', name),
      ]),
    );
    return this.#own;
  }

  /**
   * How much is described here of what is inside: 2 where members are, here or of the items, 1 where nothing but items are, else 0.
   * What these are in turn is not asked, since that may lead on without end.
   */
  get tells(): number {
    const hasMembers = (shape: Shape) =>
      shape.#all.some(({ schema: { properties } }) => isObject(properties) && Object.keys(properties).length > 0);
    const { item } = this;
    if (hasMembers(this) || (item !== undefined && hasMembers(item))) return 2;
    return item === undefined ? 0 : 1;
  }

  /** The name of the member that is called so apart from what separates words. */
  memberNamed(folded: string): string | undefined {
    if (this.#named === undefined) {
      const named = new Map<string, string>();
      for (const name of this.members.keys()) {
        const key = fold(name);
        if (!named.has(key)) named.set(key, name);
      }
      this.#named = named;
    }
    return this.#named.get(folded);
  }

  /** The items of a list; undefined where no list is described. */
  get item(): Shape | undefined {
    if (this.#item === undefined) {
      this.#item = null;
      const holders = this.is('array') ? this.#all.filter(({ schema }) => isObject(schema.items)) : [];
      const items = holders.map((holder) => holder.#inside(holder.schema.items, 'items'));
      this.#item = (items.length > 1 ? items.find(({ members }) => members.size > 0) : undefined) ?? items[0] ?? null;
    }
    return this.#item ?? undefined;
  }

  /** The values of an object whose members have no names of their own, as things by their keys; undefined where none is described. */
  get value(): Shape | undefined {
    if (!this.isObject || this.members.size > 0) return undefined;
    const holder = this.bases.find(({ schema }) => isObject(schema.additionalProperties));
    return holder ? holder.#inside(holder.schema.additionalProperties as Json, 'additionalProperties') : undefined;
  }

  /** The types of values here; null where nothing is said of them. */
  get types(): ReadonlySet<string> | null {
    if (this.#types === undefined) {
      innerFirst<Shape>(this, {
        enter(shape) {
          if (shape.#types !== undefined) return null;
          shape.#types = saidTypes(shape.schema, shape.bases);
          return shape.#types === null ? shape.bases.flatMap(({ branches }) => branches) : [];
        },
        leave(shape, branches) {
          shape.#types ??= unionOf(branches.map((branch) => branch.#types ?? null)) ?? impliedTypes(shape.bases);
        },
      });
    }
    return this.#types ?? null;
  }

  /** Whether an object is described, with members or without. */
  get isObject(): boolean {
    const { types } = this;
    return types === null ? this.members.size > 0 : types.has('object');
  }

  /** Whether nothing but a text, number or boolean is described, or nothing at all. */
  get isScalar(): boolean {
    const { types } = this;
    return types === null ? this.members.size === 0 : !types.has('object') && !types.has('array');
  }

  /** Whether it is of a type, as far as anything is said of that. */
  may(type: string): boolean {
    return this.types === null || this.types.has(type);
  }

  /** Whether it says that it is of a type. */
  is(type: string): boolean {
    return this.types?.has(type) ?? false;
  }

  get required(): ReadonlySet<string> {
    this.#required ??= requiredNames(this.bases);
    return this.#required;
  }

  /** The first value of a keyword here; undefined where none is there. */
  keyword(name: string): unknown {
    return this.#all.find(({ schema }) => schema[name] !== undefined)?.schema[name];
  }

  /** The same, where it is a text, or else an empty one. */
  text(name: string): string {
    const value = this.keyword(name);
    return typeof value === 'string' ? value : '';
  }

  /** The shape at a path of members, where lists on the way mean their items. */
  at(path: readonly string[]): Shape | undefined {
    let shape: Shape | undefined = this;
    for (const name of path) shape = shape && (shape.item ?? shape).members.get(name);
    return shape;
  }

  /** What a reference alone, or with nothing but words, stands for. */
  get core(): Shape {
    if (this.#core === undefined) {
      const names = Object.keys(this.schema).filter((name) => !annotations.has(name));
      const isReference = names.length === 1 && (names[0] === '$ref' || names[0] === 'allOf');
      const [, next] = this.bases;
      const isOnly = isReference && next !== undefined && next.bases.length === this.bases.length - 1;
      this.#core = isOnly ? next.core : this;
    }
    return this.#core;
  }

  /** Whether two describe one kind of thing by reference: they lead to one schema, or one is built on the other. */
  isOneWith(other: Shape): boolean {
    const [own, theirs] = [this.core, other.core];
    return own === theirs || this.#isBuiltOn(theirs) || other.#isBuiltOn(own);
  }

  #isBuiltOn(base: Shape): boolean {
    return this.bases.includes(base) && base.members.size > 0;
  }

  /**
   * How much of the smaller of two objects the other has as well, from 0 to 1: of the required names, or of all. One name
   * alone tells little.
   */
  likeness(other: Shape): number {
    if (this.isOneWith(other)) return 1;
    // Where all things of an API have one frame, what is inside of it tells them apart.
    for (const frame of ['attributes', 'spec']) {
      const [own, theirs] = [this.members.get(frame), other.members.get(frame)];
      if (own?.members.size && theirs?.members.size) return own.likeness(theirs);
    }
    return Math.max(shareOf(this.required, other.required), shareOf(this.members, other.members));
  }
}

const none: ReadonlyMap<string, Shape> = new Map();
const annotations = new Set(['description', 'title', 'summary', 'example', 'examples', 'deprecated', 'xml']);
