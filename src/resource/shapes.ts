import { type At, type Edge, type Part, requiredNames, typesOf, type View } from '../schema/view.js';

/** What the schemas of a document say of the objects that are sent: their members and types. Each is looked at once. */
export class Shapes {
  readonly #view: View;
  readonly #members = new Map<Part, ReadonlyMap<string, At>>();
  readonly #types = new Map<Part, ReadonlySet<string> | null>();
  readonly #possible = new Map<Part, readonly Part[]>();

  constructor(view: View) {
    this.#view = view;
  }

  part(at: At): Part | undefined {
    return this.#view.part(at);
  }

  /** The schemas that hold here for some value, branches included. */
  possible(at: At): readonly Part[] {
    const part = this.part(at);
    if (part === undefined) return [];
    let parts = this.#possible.get(part);
    if (parts === undefined) {
      parts = this.#view.possible(part.place);
      this.#possible.set(part, parts);
    }
    return parts;
  }

  /** The members that are declared by name, those of branches too, each with where its schema stands. */
  members(at: At): ReadonlyMap<string, At> {
    const part = this.part(at);
    if (part === undefined) return new Map();
    let members = this.#members.get(part);
    if (members === undefined) {
      const found = this.#view.members(this.possible(at));
      members = new Map(Array.from(found, ([name, edges]) => [name, this.#best(edges)]));
      this.#members.set(part, members);
    }
    return members;
  }

  /** Of several schemas for one member the one that says most by itself. */
  #best(edges: readonly Edge[]): At {
    const [first] = edges as [Edge, ...Edge[]];
    if (edges.length === 1) return first.to;
    return (edges.find(({ to }) => this.members(to).size > 0 || this.item(to) !== undefined) ?? first).to;
  }

  /** The schema of the items of a list; undefined where no list is described. */
  item(at: At): At | undefined {
    const part = this.part(at);
    if (part === undefined || !this.types(at)?.has('array')) return undefined;
    return this.#view.item(this.possible(at), 0)[0]?.to;
  }

  /** The types of values here; null where nothing is said of them. */
  types(at: At): ReadonlySet<string> | null {
    const part = this.part(at);
    if (part === undefined) return null;
    const known = this.#types.get(part);
    if (known !== undefined) return known;
    // A schema that leads back to itself says nothing by that.
    this.#types.set(part, null);
    const parts = this.#view.certain(at);
    const types = typesOf(parts) ?? this.#typesOfBranches(parts) ?? impliedTypes(parts);
    this.#types.set(part, types);
    return types;
  }

  #typesOfBranches(parts: readonly Part[]): ReadonlySet<string> | null {
    const branches = ['oneOf', 'anyOf'].flatMap((keyword) => this.#view.under(parts, keyword));
    const types = branches.map(({ to }) => this.types(to));
    if (branches.length === 0 || types.includes(null)) return null;
    return new Set(types.flatMap((each) => [...(each ?? [])]));
  }

  /** Whether an object with members of its own is described. */
  isObject(at: At): boolean {
    const types = this.types(at);
    return (types === null || types.has('object')) && this.members(at).size > 0;
  }

  /** Whether nothing but a text, number or boolean is described, or nothing at all. */
  isScalar(at: At): boolean {
    const types = this.types(at);
    return (types === null || !(types.has('object') || types.has('array'))) && this.members(at).size === 0;
  }

  required(at: At): ReadonlySet<string> {
    return requiredNames(this.#view.certain(at));
  }

  /** The first value of a keyword here. */
  keyword(at: At, name: string): unknown {
    return this.possible(at).find(({ schema }) => schema[name] !== undefined)?.schema[name];
  }

  /** The member at a path of names, where lists on the way mean their items. */
  at(from: At, path: readonly string[]): At | undefined {
    let at: At | undefined = from;
    for (const name of path) {
      at = at && this.members(this.item(at) ?? at).get(name);
    }
    return at;
  }

  /** Where a schema stands that says something besides a reference: what `$ref` alone stands for. */
  core(at: At): Part | undefined {
    let part = this.part(at);
    const seen = new Set<Part>();
    while (part && !seen.has(part)) {
      seen.add(part);
      const names = Object.keys(part.schema).filter((name) => !annotations.has(name));
      const [only, ...others] = this.#view.edges(part).filter(({ applies }) => applies === 'all');
      const isOnlyReference = names.length === 1 && only !== undefined && others.length === 0;
      const next: Part | undefined = isOnlyReference ? this.part(only.to) : undefined;
      if (next === undefined) return part;
      part = next;
    }
    return part;
  }

  /** Whether two schemas describe one kind of thing by reference: they lead to one schema, or one is built on the other. */
  areOne(one: At, other: At): boolean {
    const [a, b] = [this.core(one), this.core(other)];
    if (a === undefined || b === undefined) return false;
    return a === b || this.#isBuiltOn(one, b) || this.#isBuiltOn(other, a);
  }

  #isBuiltOn(at: At, base: Part): boolean {
    return this.members(base.place).size > 0 && this.#view.certain(at).includes(base);
  }

  /**
   * How much of the smaller of two objects the other has as well, from 0 to 1: of the required names, or of all. One name
   * alone tells little.
   */
  likeness(one: At, other: At): number {
    if (this.areOne(one, other)) return 1;
    const required = shareOf(this.required(one), this.required(other));
    return Math.max(required, shareOf(new Set(this.members(one).keys()), new Set(this.members(other).keys())));
  }
}

function shareOf(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [smaller, larger] = one.size < other.size ? [one, other] : [other, one];
  if (smaller.size === 0) return 0;
  const shared = [...smaller].filter((name) => larger.has(name)).length;
  return smaller.size === 1 ? shared / 2 : shared / smaller.size;
}

const annotations = new Set(['description', 'title', 'summary', 'example', 'examples', 'deprecated', 'xml']);

function impliedTypes(parts: readonly Part[]): ReadonlySet<string> | null {
  if (parts.some(({ schema }) => schema.properties !== undefined)) return new Set(['object']);
  return parts.some(({ schema }) => schema.items !== undefined) ? new Set(['array']) : null;
}
