import type { Document } from '../document/index.js';
import { addAll } from '../text/many.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { type Application, isInPlace, keywordNamed, subschemas } from './keywords.js';
import { compilePattern } from './pattern/pattern.js';
import { addressOf, keyOf, type Place, type Places } from './place.js';
import { placesOf } from './places.js';
import { isServers } from './read-only-words.js';
import type { Direction } from './types.js';

/** One Schema Object, and where it stands. */
export interface Part {
  /** Where messages say that it stands: a pointer into the document. */
  readonly pointer: string;
  readonly schema: JsonObject;
  readonly place: Place;
}

/** The way from a Schema Object to a schema that it holds or refers to. */
export interface Edge {
  readonly keyword: string;
  readonly applies: Application;
  /** The name of a member, the trigger or pattern, or the index under the keyword. */
  readonly step?: string | number;
  readonly to: Place;
  readonly pointer: string;
}

/** Where one keyword of a schema leads. */
interface Led {
  readonly all: Edge[];
  readonly byStep: Map<string | number | undefined, Edge[]>;
}

const none: readonly Edge[] = [];

/** A place, or a pointer into the document. */
export type At = string | Place;

const views = new WeakMap<Places, View>();

/** The view of a document: one for each, since what it finds out is kept. */
export function viewOf(document: Document): View {
  return viewOver(placesOf(document));
}

/** The view of the document that has these places. */
export function viewOver(places: Places): View {
  const view = views.get(places) ?? new View(places);
  views.set(places, view);
  return view;
}

/**
 * What the schemas of a document say at a place, with references followed, static ones and the initial target of
 * dynamic ones (JSON Schema Core, 8.2.3). A schema is looked at once, however many ways lead to it.
 */
export class View {
  readonly #places: Places;
  readonly #parts = new Map<string, Part | undefined>();
  /** The same by the place itself, of which a key need not be made then. */
  readonly #partsOfPlaces = new WeakMap<Place, Part | null>();
  readonly #edges = new WeakMap<Part, readonly Edge[]>();
  readonly #indices = new WeakMap<Part, ReadonlyMap<string, Led>>();
  readonly #forks = new WeakMap<Part, boolean>();
  readonly #certain = new Map<Part, readonly Part[]>();
  readonly #types = new WeakMap<Place, ReadonlySet<string> | null>();

  constructor(places: Places) {
    this.#places = places;
  }

  /** The Schema Object at a place; undefined for a boolean schema, and where there is none. */
  part(at: At): Part | undefined {
    if (typeof at === 'string') return this.#partNamed(`#${at}`, () => this.#places.at(at));
    let part = this.#partsOfPlaces.get(at);
    if (part === undefined) {
      part = this.#partNamed(keyOf(at), () => at) ?? null;
      this.#partsOfPlaces.set(at, part);
    }
    return part ?? undefined;
  }

  #partNamed(key: string, placeOf: () => Place | undefined): Part | undefined {
    if (this.#parts.has(key)) return this.#parts.get(key);
    const place = placeOf();
    const part = place && isObject(place.value) ? { pointer: addressOf(place), schema: place.value, place } : undefined;
    this.#parts.set(key, part);
    return part;
  }

  /** Where a schema leads: by reference first, then in the order in which it is written. */
  edges(part: Part): readonly Edge[] {
    let edges = this.#edges.get(part);
    if (edges === undefined) {
      edges = [...this.#references(part), ...this.#held(part)];
      this.#edges.set(part, edges);
    }
    return edges;
  }

  *#references({ place }: Part): Generator<Edge> {
    for (const keyword of ['$ref', '$dynamicRef'] as const) {
      const to = this.#places.referredTo(place, keyword);
      if (to) yield { keyword, applies: 'all', to, pointer: addressOf(to) };
    }
  }

  *#held({ place, schema }: Part): Generator<Edge> {
    for (const { keyword, steps, value } of subschemas(schema, (name) => keywordNamed(name)?.holds)) {
      const applies = keywordNamed(keyword)?.applies;
      const step = steps[1];
      const to = this.#places.inside(place, steps, value);
      if (applies) yield { keyword, applies, to, pointer: addressOf(to), ...(step !== undefined && { step }) };
    }
  }

  /** Whether a schema has branches or conditions, so that what it says depends on the value. */
  forks(part: Part): boolean {
    let forks = this.#forks.get(part);
    if (forks === undefined) {
      forks = this.edges(part).some(({ applies }) => applies === 'some' || applies === 'if met');
      this.#forks.set(part, forks);
    }
    return forks;
  }

  /** The schemas that hold for every value here: itself, what it refers to and `allOf`, in the order of reading. */
  certain(...ats: readonly At[]): readonly Part[] {
    if (ats.length !== 1) return [...new Set(ats.flatMap((at) => this.certain(at)))];
    const part = this.part(ats[0] as At);
    if (part === undefined) return [];
    let parts = this.#certain.get(part);
    if (parts === undefined) {
      parts = this.gather([part], (each) => this.edges(each).filter(({ applies }) => applies === 'all'));
      this.#certain.set(part, parts);
    }
    return parts;
  }

  /** The types that the schemas which hold for every value at a place allow; null where none of them says. */
  types(at: Place): ReadonlySet<string> | null {
    let types = this.#types.get(at);
    if (types === undefined) {
      types = typesOf(this.certain(at));
      this.#types.set(at, types);
    }
    return types;
  }

  /** The schemas that hold for some value here: the certain ones, all branches, and what holds on a condition. */
  possible(...ats: readonly At[]): readonly Part[] {
    return this.gather(this.certain(...ats), (part) =>
      this.edges(part).filter(({ keyword, applies }) => isInPlace(keyword) && applies !== 'asked'),
    );
  }

  /** Schemas and those that ways lead to, each once; depth first, so in the order of reading. */
  gather(start: readonly Part[], ways: (part: Part) => readonly Edge[]): Part[] {
    const found = new Set<Part>();
    const open = [...start].reverse();
    for (let part = open.pop(); part !== undefined; part = open.pop()) {
      if (found.has(part)) continue;
      found.add(part);
      for (const { to } of [...ways(part)].reverse()) {
        const inner = this.part(to);
        if (inner) open.push(inner);
      }
    }
    return [...found];
  }

  /** The schemas for a member: those of its name, else those of additional or unevaluated ones (Core, 10.3.2 and 11.3). */
  member(parts: readonly Part[], name: string): readonly Edge[] {
    const found = parts.flatMap((part) => {
      const patterned = this.#under(part, 'patternProperties');
      const matching = patterned.filter(({ step }) => compilePattern(String(step))?.test(name) ?? false);
      const own = [...this.#under(part, 'properties', name), ...matching];
      return own.length > 0 ? own : this.#under(part, 'additionalProperties');
    });
    return found.length > 0 ? found : this.under(parts, 'unevaluatedProperties');
  }

  /** The schemas for the item at an index (Core, 10.3.1 and 11.2). Those that it is counted under (`contains`) are apart. */
  item(parts: readonly Part[], index: number): readonly Edge[] {
    const found = parts.flatMap((part) => {
      const own = this.#under(part, 'prefixItems', index);
      return own.length > 0 ? own : this.#under(part, 'items');
    });
    return found.length > 0 ? found : this.under(parts, 'unevaluatedItems');
  }

  /** The schemas that hold for every value at a path of members below a place. */
  within(at: At, path: readonly string[]): readonly Part[] {
    let parts = this.certain(at);
    for (const name of path) parts = this.certain(...this.member(parts, name).map(({ to }) => to));
    return parts;
  }

  /** The members that are declared by name, each with its schemas, in the order of reading. */
  members(parts: readonly Part[]): ReadonlyMap<string, readonly Edge[]> {
    const found = new Map<string, Edge[]>();
    for (const edge of this.under(parts, 'properties')) {
      const known = found.get(String(edge.step));
      if (known) known.push(edge);
      else found.set(String(edge.step), [edge]);
    }
    return found;
  }

  /** Where a keyword leads from each of some schemas. */
  under(parts: readonly Part[], keyword: string): Edge[] {
    return parts.flatMap((part) => this.#under(part, keyword));
  }

  #under(part: Part, keyword: string, step?: string | number): readonly Edge[] {
    let index = this.#indices.get(part);
    if (index === undefined) {
      const made = new Map<string, Led>();
      for (const edge of this.edges(part)) {
        const led: Led = made.get(edge.keyword) ?? { all: [], byStep: new Map() };
        made.set(edge.keyword, led);
        led.all.push(edge);
        const known = led.byStep.get(edge.step);
        if (known) known.push(edge);
        else led.byStep.set(edge.step, [edge]);
      }
      index = made;
      this.#indices.set(part, index);
    }
    const led = index.get(keyword);
    return (step === undefined ? led?.all : led?.byStep.get(step)) ?? none;
  }

  /** Whether what a schema describes is never sent in a direction (OpenAPI 3.1, 4.8.24). */
  isHidden(direction: Direction, ...ats: readonly At[]): boolean {
    const mark = direction === 'request' ? 'readOnly' : 'writeOnly';
    return this.certain(...ats).some(({ schema }) => schema[mark] === true);
  }

  /** Whether the server alone sets what a schema describes: it says so by `readOnly`, or in words alone. */
  isServers(...ats: readonly At[]): boolean {
    return this.certain(...ats).some(isServers);
  }

  /**
   * Every Schema Object that must hold, or may have to, somewhere at or below a place; each once, the nearest first. Those
   * that are only asked (`not`, `if`) and those of names are left out: to break them breaks nothing by itself.
   * @param seen those that were visited before, which are not visited again
   */
  *below(at: At, seen = new Set<Part>()): Generator<Part> {
    const start = this.part(at);
    const open = start ? [start] : [];
    // What is added while it goes on is visited too.
    for (const part of open) {
      if (seen.has(part)) continue;
      seen.add(part);
      yield part;
      addAll(open, this.heldBy(part));
    }
  }

  /** The schemas directly below one that must hold, or may have to. */
  heldBy(part: Part): readonly Part[] {
    return this.edges(part).flatMap(({ applies, to }) =>
      applies === 'asked' || applies === 'names' ? [] : (this.part(to) ?? []),
    );
  }
}

/** The types that schemas together allow; null where none of them says. */
export function typesOf(parts: readonly Pick<Part, 'schema'>[]): ReadonlySet<string> | null {
  const lists = parts
    .filter(({ schema }) => schema.type !== undefined)
    .map(({ schema }) => new Set([schema.type ?? []].flat().map(String)));
  for (const list of lists) if (list.has('number')) list.add('integer');
  const [first, ...others] = lists;
  return first ? new Set([...first].filter((type) => others.every((other) => other.has(type)))) : null;
}

/** The names that schemas together require. */
export function requiredNames(parts: readonly Pick<Part, 'schema'>[]): ReadonlySet<string> {
  return new Set(parts.flatMap(({ schema }) => (Array.isArray(schema.required) ? schema.required.map(String) : [])));
}

/** The values of a closed list, with `const` as a list of one; none where the schemas have no such list. */
export function listedValues(parts: readonly Pick<Part, 'schema'>[]): readonly Json[] {
  for (const { schema } of parts) {
    if (Array.isArray(schema.enum)) return schema.enum;
    if (schema.const !== undefined) return [schema.const];
  }
  return [];
}

/** The documented default of what the schemas hold for; undefined where none says one. */
export function defaultOf(parts: readonly Pick<Part, 'schema'>[]): Json | undefined {
  return parts.find(({ schema }) => schema.default !== undefined)?.schema.default;
}
