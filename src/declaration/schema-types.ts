import type { Document } from '../document/index.js';
import { childrenOf, tagsOf } from '../schema/discriminator.js';
import { hasType } from '../schema/keywords.js';
import { keyOf, type Place } from '../schema/place.js';
import { placesOf } from '../schema/places.js';
import type { Direction } from '../schema/types.js';
import { listedValues, type Part, requiredNames, typesOf, type View, viewOf } from '../schema/view.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { schemaComment } from './comment.js';
import { directedParts } from './directed.js';
import { leadsTo, type Named } from './named.js';
import { indented, literal, memberName, TypeNames } from './names.js';
import { intersection, listOf, literalOf, never, one, type TypeText, union, unknown } from './type-text.js';

/** Deeper inside of one schema nothing is told apart. */
const maximumDepth = 100;
/** So many places of a tuple are told apart. */
const maximumTuple = 64;
/** So many kinds of members may stand beside additional ones. */
const maximumBeside = 6;

/** Where a type is written. */
interface Inside {
  readonly direction: Direction;
  readonly named: Named | null;
  /** Whether it is what `named` is, and not what a member or an item of that is. */
  readonly isImmediate: boolean;
  readonly depth: number;
}

/** The types of a document's schemas: what is referred to has a name, everything else stands where it is needed. */
export class SchemaTypes {
  readonly #document: Document;
  readonly #view: View;
  readonly #names: TypeNames;
  readonly #named = new Map<string, Named>();
  readonly #directed: ReadonlySet<Part>;
  /** Those that are still to be written: schemas lead to each other deeper than the stack bears. */
  readonly #unwritten: Named[] = [];
  /** Those that lead back to themselves immediately, which TypeScript has no type for. */
  readonly #circular = new Set<Named>();

  /**
   * @param components pointers to those that are declared whether or not something refers to them
   * @param pointers the others that are asked for: what depends on the direction is looked for from all of them
   */
  constructor(document: Document, components: readonly string[], pointers: readonly string[]) {
    this.#document = document;
    this.#names = new TypeNames(components);
    this.#view = viewOf(document);
    this.#directed = directedParts(this.#view, [...components, ...pointers]);
    for (const pointer of components) {
      const place = placesOf(document).at(pointer);
      if (place !== undefined) this.#nameOf(place, 'response', false);
      this.#writeAll();
    }
  }

  /** The type of a schema, as it stands at a pointer into the document. */
  at(pointer: string, direction: Direction): string {
    const place = placesOf(this.#document).at(pointer);
    const inside = { direction, named: null, isImmediate: false, depth: 0 };
    const { text } = place === undefined ? unknown : this.#typeOf(place, inside);
    this.#writeAll();
    return text;
  }

  /** Declares every type that was named. */
  declarations(): string {
    for (const named of this.#named.values()) if (leadsTo(named, named)) this.#circular.add(named);
    for (const named of this.#circular) this.#write(named);
    this.#writeAll();
    const all = [...this.#named.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    return all
      .map(({ name, place, text }) => `${schemaComment(place)}export type ${name} = ${text.text};\n`)
      .join('\n');
  }

  #nameOf(place: Place, wanted: Direction, isBase: boolean): Named {
    const part = this.#view.part(place);
    const direction = part !== undefined && this.#directed.has(part) ? wanted : 'response';
    const key = `${keyOf(place)} ${direction} ${isBase}`;
    let named = this.#named.get(key);
    if (named === undefined) {
      const suffix = (isBase || place.isCut ? 'Base' : '') + (direction === 'request' ? 'Input' : '');
      const name = this.#names.nameFor(place.path, suffix);
      named = { name, place, direction, isBase, text: unknown, immediate: new Set() };
      this.#named.set(key, named);
      this.#unwritten.push(named);
    }
    return named;
  }

  #writeAll(): void {
    for (let named = this.#unwritten.shift(); named; named = this.#unwritten.shift()) this.#write(named);
  }

  #write(named: Named): void {
    const { place, direction, isBase } = named;
    named.immediate.clear();
    const inside = { direction, named, isImmediate: true, depth: 0 };
    named.text = (isBase ? null : this.#extended(place, inside)) ?? this.#typeOf(place, inside);
  }

  /** What extends a schema, each with its tag (OpenAPI 3.1, 4.8.25); null where nothing does. */
  #extended(place: Place, inside: Inside): TypeText | null {
    const part = this.#view.part(place);
    const children = part ? childrenOf(this.#document.root, part.schema, place.path) : [];
    if (part === undefined || children.length === 0) return null;
    const { propertyName, mapping } = part.schema.discriminator as JsonObject;
    const tagged = (to: Place, isBase: boolean, tags: readonly string[]) =>
      intersection([this.#reference(to, inside, isBase), this.#tag(to, String(propertyName), tags)]);
    const own = isObject(mapping)
      ? Object.entries(mapping).flatMap(([tag, target]) => (isNameOf(String(target), place) ? [tag] : []))
      : [place.path.split('/').at(-1) ?? ''];
    const types = children.flatMap(({ pointer, tags }) => {
      const to = placesOf(this.#document).at(pointer);
      return to === undefined ? [] : [tagged(to, false, tags)];
    });
    return union([...(own.length > 0 ? [tagged(place, true, own)] : []), ...types]);
  }

  /** A member that tells alternatives apart, where the schema of it does not say so itself. */
  #tag(place: Place, property: string, tags: readonly string[]): TypeText {
    const parts = this.#view.certain(place);
    const members = this.#view.certain(...this.#view.member(parts, property).map(({ to }) => to));
    if (tags.length === 0 || listedValues(members).length > 0 || !typesOf(members)?.has('string')) return unknown;
    return one(`{ ${memberName(property)}: ${union(tags.map((tag) => one(literal(tag)))).text} }`);
  }

  #reference(to: Place, inside: Inside, isBase = false): TypeText {
    // What a base says to those that extend it is what it says itself.
    const isExtended =
      inside.named !== null &&
      this.#children(to).some((pointer) => pointer === inside.named?.place.path) &&
      inside.isImmediate;
    const named = this.#nameOf(to, inside.direction, isBase || isExtended);
    if (!inside.isImmediate || inside.named === null) return one(named.name);
    if (this.#circular.has(inside.named) && leadsTo(named, inside.named)) return unknown;
    if (this.#circular.has(inside.named) && named === inside.named) return unknown;
    inside.named.immediate.add(named);
    return one(named.name);
  }

  #children(place: Place): readonly string[] {
    const part = this.#view.part(place);
    return part ? childrenOf(this.#document.root, part.schema, place.path).map(({ pointer }) => pointer) : [];
  }

  #typeOf(place: Place, inside: Inside): TypeText {
    if (place.value === false) return never;
    const part = this.#view.part(place);
    if (part === undefined || place.tree.name !== '' || inside.depth > maximumDepth) return unknown;
    const { schema } = part;
    if ('const' in schema) return literalOf(schema.const as Json);
    if (Array.isArray(schema.enum)) return this.#listed(schema);
    const here = { ...inside, depth: inside.depth + 1 };
    const edges = this.#view.edges(part);
    const referred = edges.filter(({ keyword }) => keyword === '$ref' || keyword === '$dynamicRef');
    const others = [
      ...referred.map(({ to }) => (to.tree.name === '' ? this.#reference(to, here) : unknown)),
      ...edges.filter(({ keyword }) => keyword === 'allOf').map(({ to }) => this.#typeOf(to, here)),
      ...(['anyOf', 'oneOf'] as const).map((keyword) => this.#alternatives(part, keyword, here)),
    ].filter(({ text }) => text !== 'unknown');
    const own = this.#own(part, here, others.length > 0);
    const all = intersection([...(own === null ? [] : [own]), ...others]);
    return others.length === 0 ? all : this.#withRequired(part, all, here.direction);
  }

  #listed(schema: JsonObject): TypeText {
    const types = typesOf([{ schema }]);
    const values = (schema.enum as Json[]).filter(
      (value) => types === null || [...types].some((type) => hasType(value, type)),
    );
    return union(values.map(literalOf));
  }

  #alternatives(part: Part, keyword: 'anyOf' | 'oneOf', inside: Inside): TypeText {
    const edges = this.#view.under([part], keyword);
    if (edges.length === 0) return unknown;
    const tags = tagsOf(part.schema, keyword);
    const types = edges.map(({ to, step }) => {
      const named = [...(tags?.indices ?? [])].flatMap(([tag, index]) => (index === step ? [tag] : []));
      const isOther = tags?.otherwise === step;
      const type = this.#typeOf(to, inside);
      return tags === undefined || isOther ? type : intersection([type, this.#tag(to, tags.property, named)]);
    });
    return union(types);
  }

  /** What a schema says by itself; null for nothing. */
  #own(part: Part, inside: Inside, isPart: boolean): TypeText | null {
    const { schema } = part;
    const has = (...names: string[]) => names.some((name) => name in schema);
    const isObjectLike = has('properties', 'additionalProperties', 'patternProperties');
    const isList = has('items', 'prefixItems');
    const types = typesOf([part]) ?? (isObjectLike ? ['object'] : isList ? ['array'] : null);
    if (types === null) return null;
    const within = { ...inside, isImmediate: false };
    const texts = [...types].map((type): TypeText => {
      if (type === 'object') return isObjectLike || !isPart ? this.#object(part, within) : unknown;
      if (type === 'array') return isList || !isPart ? this.#list(part, within) : unknown;
      return one(type === 'integer' ? 'number' : type);
    });
    return union(texts);
  }

  #object(part: Part, inside: Inside): TypeText {
    const { direction } = inside;
    const required = requiredNames(this.#view.certain(part.place));
    const members = this.#view.under([part], 'properties').map(({ to, step }) => {
      const name = String(step);
      const isRequired = required.has(name) && !this.#view.isHidden(direction, to);
      return { to, name, isRequired, type: this.#typeOf(to, inside) };
    });
    const lines = members.map(
      ({ to, name, isRequired, type }) =>
        `${schemaComment(to)}${memberName(name)}${isRequired ? '' : '?'}: ${type.text};`,
    );
    const rest = this.#additional(part, inside, members);
    if (rest !== null) lines.push(rest);
    return one(lines.length === 0 ? 'Record<string, never>' : `{\n${indented(lines.join('\n'))}\n}`);
  }

  /** The members that have no name of their own. */
  #additional(
    part: Part,
    inside: Inside,
    members: readonly { readonly type: TypeText; readonly isRequired: boolean }[],
  ): string | null {
    const { additionalProperties } = part.schema;
    const patterned = this.#view.under([part], 'patternProperties').map(({ to }) => to);
    const others = this.#view.under([part], 'additionalProperties').map(({ to }) => to);
    if (additionalProperties === undefined && patterned.length === 0 && members.length > 0) return null;
    const isClosed = additionalProperties === false;
    if (isClosed && patterned.length === 0) return null;
    const isOpen = (additionalProperties === undefined && patterned.length === 0) || additionalProperties === true;
    const types = isOpen
      ? [unknown]
      : [...patterned, ...(isClosed ? [] : others)].map((to) => this.#typeOf(to, inside));
    const beside = members.flatMap(({ type, isRequired }) => (isRequired ? [type] : [type, one('undefined')]));
    const all = union([...types, ...beside]);
    const isWide = new Set(beside.map(({ text }) => text)).size > maximumBeside;
    return `[name: string]: ${isWide ? 'unknown' : all.text};`;
  }

  #list(part: Part, inside: Inside): TypeText {
    const places = this.#view.under([part], 'prefixItems');
    const [items] = this.#view.under([part], 'items');
    const isClosed = part.schema.items === false || part.schema.unevaluatedItems === false;
    const item = items === undefined ? unknown : this.#typeOf(items.to, inside);
    if (places.length === 0) return isClosed ? one('[]') : listOf(item);
    const { minItems } = part.schema;
    const least = typeof minItems === 'number' ? minItems : 0;
    const types = places.slice(0, maximumTuple).map(({ to }, index) => {
      const type = this.#typeOf(to, inside);
      return index < least ? type.text : type.is === 'one' ? `${type.text}?` : `(${type.text})?`;
    });
    const rest = isClosed && places.length <= maximumTuple ? [] : [`...${listOf(item).text}`];
    return one(`[${[...types, ...rest].join(', ')}]`);
  }

  /** Members that a schema requires and another one declares. */
  #withRequired(part: Part, type: TypeText, direction: Direction): TypeText {
    const certain = this.#view.certain(part.place);
    const inline = this.#view.under([part], 'allOf').flatMap(({ to }) => this.#view.part(to) ?? []);
    const names = [...requiredNames([part, ...inline])].filter((name) => {
      const edges = this.#view.members(certain).get(name);
      const isSaidThere = [...certain].some(
        (each) => isObject(each.schema.properties) && name in each.schema.properties && requiredNames([each]).has(name),
      );
      const isOwn = isObject(part.schema.properties) && name in part.schema.properties;
      return edges && !isSaidThere && !isOwn && !this.#view.isHidden(direction, ...edges.map(({ to }) => to));
    });
    if (names.length === 0) return type;
    return one(`WithRequired<${type.text}, ${names.map(literal).join(' | ')}>`);
  }
}

function isNameOf(target: string, place: Place): boolean {
  const name = place.path.split('/').at(-1);
  return target === `#${place.path}` || target === name;
}
