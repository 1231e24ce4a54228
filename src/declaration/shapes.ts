import type { Document } from '../document/index.js';
import { keyOf, type Place } from '../schema/place.js';
import { placesOf } from '../schema/places.js';
import type { Direction } from '../schema/types.js';
import { type Part, type View, viewOf } from '../schema/view.js';
import { isObject, type Json, type JsonObject, setMember } from '../text/value.js';
import { TypeNames } from './names.js';

/** `part`: of some members alone, and null takes one away. */
export type ShapeUse = Direction | 'part';

/** What of a schema is copied as it is: no regular expressions and formats, which editors read otherwise. */
const copied =
  `type const enum minimum maximum exclusiveMinimum exclusiveMaximum minLength maxLength minItems maxItems title
description default deprecated`.split(/\s+/);

const maximumDepth = 100;

/** A text that stands for something of the request may stand anywhere. */
const placeholder: JsonObject = { type: 'string', pattern: '\\$\\{' };

/**
 * The schemas of a document as an editor needs them: what members, types and values there are, for values that may have
 * placeholders. They allow whatever the document allows, and more.
 */
export class Shapes {
  readonly #document: Document;
  readonly #view: View;
  readonly #names = new TypeNames([]);
  readonly #named = new Map<string, string>();
  /** Those that are still to be defined: schemas lead to each other deeper than the stack bears. */
  readonly #pending: (() => void)[] = [];
  /** Those that are referred to, by name. */
  readonly definitions: JsonObject = {};

  constructor(document: Document) {
    this.#document = document;
    this.#view = viewOf(document);
  }

  /** The shape of a schema that stands at a pointer into the document. */
  at(pointer: string, use: ShapeUse): JsonObject | boolean {
    const place = placesOf(this.#document).at(pointer);
    const shape = place === undefined ? true : this.#shapeOf(place, use, 0);
    for (let define = this.#pending.shift(); define; define = this.#pending.shift()) define();
    return shape;
  }

  #referred(place: Place, use: ShapeUse): JsonObject {
    const key = `${keyOf(place)} ${use}`;
    const known = this.#named.get(key);
    const name = known ?? this.#names.nameFor(place.path, use === 'response' ? '' : use === 'part' ? 'Part' : 'Input');
    if (known === undefined) {
      this.#named.set(key, name);
      this.definitions[name] = true;
      this.#pending.push(() => {
        this.definitions[name] = this.#shapeOf(place, use, 0);
      });
    }
    return { $ref: `#/$defs/${name}` };
  }

  #shapeOf(place: Place, use: ShapeUse, depth: number): JsonObject | boolean {
    if (typeof place.value === 'boolean') return place.value;
    const part = this.#view.part(place);
    if (part === undefined || place.tree.name !== '' || depth > maximumDepth) return true;
    const shape = this.#own(part, use, depth);
    const others = [
      ...(use === 'request' || (!isObject(shape) && shape) ? [] : [placeholder]),
      ...(use === 'part' ? [{ type: 'null' }] : []),
    ];
    return others.length === 0 || Object.keys(shape).length === 0 ? shape : { anyOf: [shape, ...others] };
  }

  #own(part: Part, use: ShapeUse, depth: number): JsonObject {
    const { schema, place } = part;
    const out: JsonObject = {};
    for (const keyword of copied) if (schema[keyword] !== undefined) out[keyword] = schema[keyword];
    // An empty list is no enumeration to a validator.
    if (Array.isArray(out.enum) && out.enum.length === 0) delete out.enum;
    const inside = (to: Place) => this.#shapeOf(to, use, depth + 1);
    const referred = this.#view.edges(part).filter(({ keyword }) => keyword === '$ref' || keyword === '$dynamicRef');
    const all: Json[] = referred.map(({ to }) => (to.tree.name === '' ? this.#referred(to, use) : true));
    for (const { to } of this.#view.under([part], 'allOf')) all.push(inside(to));
    for (const keyword of ['anyOf', 'oneOf']) {
      const branches = this.#view.under([part], keyword).map(({ to }) => inside(to));
      if (branches.length > 0) all.push({ anyOf: branches });
    }
    if (all.length > 0) out.allOf = all;
    this.#object(part, use, out, inside);
    const items = this.#view.under([part], 'items')[0];
    const prefix = this.#view.under([part], 'prefixItems').map(({ to }) => inside(to));
    if (prefix.length > 0) out.prefixItems = prefix;
    if (items !== undefined) out.items = inside(items.to);
    else if (isObject(place.value) && place.value.items === false) out.items = false;
    return out;
  }

  #object(part: Part, use: ShapeUse, out: JsonObject, inside: (to: Place) => Json): void {
    const { required, additionalProperties, patternProperties } = part.schema;
    const members = this.#view.under([part], 'properties');
    const properties: JsonObject = {};
    for (const { to, step } of members) setMember(properties, String(step), inside(to));
    if (members.length > 0) out.properties = properties;
    if (Array.isArray(required) && use !== 'part') {
      const declared = this.#view.members(this.#view.possible(part.place));
      const isSent = (name: Json) =>
        !this.#view.isHidden(use, ...(declared.get(String(name)) ?? []).map(({ to }) => to));
      const demanded = required.filter(isSent);
      if (demanded.length > 0) out.required = demanded;
    }
    if (patternProperties !== undefined) return;
    const [others] = this.#view.under([part], 'additionalProperties');
    if (additionalProperties === false) out.additionalProperties = false;
    else if (others !== undefined) out.additionalProperties = inside(others.to);
  }
}
