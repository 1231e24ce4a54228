import type { Json, JsonObject } from '../document/index.js';
import { child, pointerOf } from '../document/pointer.js';
import { falseSchema } from './schema-ajv-keywords.js';
import { isObject, isSchema, keywordNamed } from './schema-keywords.js';
import { addressOf, type Place, type Places } from './schema-places.js';
import type { Direction, JsonSchema } from './types.js';

/** Where an object of the translated schema comes from. */
export interface Origin {
  readonly pointer: string;
  readonly value: JsonSchema;
}

/** A place that a translated reference leads to, with the members that are not required of it there. */
export interface Destination {
  readonly place: Place;
  /** null where nothing that it leads to depends on the direction. */
  readonly direction: Direction | null;
  readonly optional: readonly string[];
}

export interface Translator {
  /** What Ajv is given for a schema: the same, with references resolved and the direction applied. */
  translate(destination: Destination): JsonObject;
  /** Where an object in what `translate` gave comes from. */
  originOf(translated: object): Origin | undefined;
}

/** Keywords whose value `false` Ajv words better than a schema that nothing matches. */
const keepsFalse = new Set(['additionalProperties', 'unevaluatedProperties', 'unevaluatedItems', 'items']);

/** Keywords that say what a schema is, which Ajv does not need to know. */
const dropped = new Set(['$id', '$anchor', '$dynamicAnchor', '$schema', '$ref', '$dynamicRef']);

/**
 * @param keyFor Registers a destination and gives the key by which a translated `$ref` names it.
 */
export function createTranslator(places: Places, keyFor: (destination: Destination) => string): Translator {
  const origins = new WeakMap<object, Origin>();

  function translateSchema(place: Place, direction: Direction | null, inherited: ReadonlySet<string>): JsonObject {
    const { value } = place;
    const out: JsonObject = {};
    origins.set(out, { pointer: addressOf(place), value: value as JsonSchema });
    if (value === false) {
      out[falseSchema] = true;
    }
    if (!isObject(value)) {
      return out;
    }
    const optional = optionalMembers(place, direction, inherited);
    for (const [name, held] of Object.entries(value)) {
      const keyword = keywordNamed(name);
      if (keyword && !dropped.has(name)) {
        const passed = keyword.inPlace && name !== 'not' && name !== 'if' ? optional : none;
        out[name] =
          name === 'required'
            ? (held as string[]).filter((member) => !optional.has(member))
            : keyword.holds
              ? translateHeld(place, name, held, direction, passed)
              : held;
      }
    }
    addReferences(place, value, out, direction, optional);
    return out;
  }

  function translateHeld(
    place: Place,
    name: string,
    held: Json,
    direction: Direction | null,
    optional: ReadonlySet<string>,
  ): Json {
    const one = (value: Json, ...steps: (string | number)[]): Json => {
      if (!isSchema(value) || (value === false && keepsFalse.has(name))) {
        return value;
      }
      const inner = places.inside(place, [name, ...steps], value);
      return inner.resource === place.resource
        ? translateSchema(inner, direction, optional)
        : { $ref: keyFor({ place: inner, direction, optional: [] }), $leavesResource: true };
    };
    if (Array.isArray(held)) {
      return held.map((item, index) => one(item, index));
    }
    if (isObject(held) && keywordNamed(name)?.holds === 'map') {
      return Object.fromEntries(Object.entries(held).map(([key, item]) => [key, one(item, key)]));
    }
    return one(held);
  }

  function addReferences(
    place: Place,
    value: JsonObject,
    out: JsonObject,
    direction: Direction | null,
    optional: ReadonlySet<string>,
  ): void {
    const reference = child(value, '$ref');
    const target = typeof reference === 'string' ? places.resolve(reference, place.resource) : undefined;
    if (target) {
      out.$ref = keyFor({ place: target, direction, optional: passedTo(target, direction, optional) });
      if (target.resource !== place.resource) {
        out.$leavesResource = true;
      }
    }
    const dynamic = child(value, '$dynamicRef');
    const initial = typeof dynamic === 'string' ? places.resolve(dynamic, place.resource) : undefined;
    if (typeof dynamic === 'string' && initial) {
      const anchor = dynamic.slice(dynamic.indexOf('#') + 1);
      const key = keyFor({ place: initial, direction, optional: [] });
      if (isObject(initial.value) && initial.value.$dynamicAnchor === anchor) {
        out.$dynamicRef = { anchor, key };
      } else {
        // Without a dynamic anchor at its end it is a `$ref` (Core, 8.2.3.2).
        out.allOf = [...((out.allOf as Json[] | undefined) ?? []), { $ref: key, $leavesResource: true }];
      }
    }
  }

  /** Of the members that need not be there, those that a schema demands and does not know to be so itself. */
  function passedTo(target: Place, direction: Direction | null, optional: ReadonlySet<string>): string[] {
    if (optional.size === 0) {
      return [];
    }
    const known = optionalMembers(target, direction, none);
    const demanded = new Set<string>();
    for (const place of group(target)) {
      const required = isObject(place.value) ? child(place.value, 'required') : undefined;
      for (const name of Array.isArray(required) ? required : []) {
        demanded.add(String(name));
      }
    }
    return [...optional].filter((name) => demanded.has(name) && !known.has(name)).sort();
  }

  /** Members that are `readOnly` in a request, `writeOnly` in a response, wherever the same object is described. */
  function optionalMembers(
    place: Place,
    direction: Direction | null,
    inherited: ReadonlySet<string>,
  ): ReadonlySet<string> {
    if (direction === null) {
      return inherited;
    }
    const mark = direction === 'request' ? 'readOnly' : 'writeOnly';
    const names = new Set(inherited);
    for (const part of group(place)) {
      const properties = isObject(part.value) ? child(part.value, 'properties') : undefined;
      for (const [name, property] of Object.entries(isObject(properties) ? properties : {})) {
        const inner = places.inside(part, ['properties', name], property);
        if ([...group(inner)].some(({ value }) => isObject(value) && value[mark] === true)) {
          names.add(name);
        }
      }
    }
    return names;
  }

  /** A schema with all that `$ref` and `allOf` put together with it. */
  function group(place: Place, into = new Map<Json, Place>()): Iterable<Place> {
    if (!into.has(place.value) && isObject(place.value)) {
      into.set(place.value, place);
      const reference = child(place.value, '$ref');
      const target = typeof reference === 'string' ? places.resolve(reference, place.resource) : undefined;
      if (target) {
        group(target, into);
      }
      const all = child(place.value, 'allOf');
      for (const [index, part] of Array.isArray(all) ? all.entries() : []) {
        group(places.inside(place, ['allOf', index], part), into);
      }
    }
    return into.values();
  }

  return {
    translate: ({ place, direction, optional }) => translateSchema(place, direction, new Set(optional)),
    originOf: (translated) => origins.get(translated),
  };
}

const none: ReadonlySet<string> = new Set();

export function pointerTo(origin: Origin, keyword: string): string {
  return keyword === falseSchema ? origin.pointer : origin.pointer + pointerOf(keyword);
}
