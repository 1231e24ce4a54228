import { child, pointerOf } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { tagsOf } from '../discriminator.js';
import { isInPlace, isSchema, keywordNamed } from '../keywords.js';
import { addressOf, keyOf, type Place, type Places } from '../place.js';
import type { Direction, JsonSchema } from '../types.js';
import { requiredNames, type View, viewOver } from '../view.js';
import { coverOf } from './overlap.js';

/** Where an object of the translated schema comes from. */
export interface Origin {
  readonly pointer: string;
  readonly value: JsonSchema;
}

/** How a schema is read. */
export interface Mode {
  /** null where nothing that it leads to depends on the direction. */
  readonly direction: Direction | null;
  /** Whether `unevaluatedProperties` or `unevaluatedItems` may ask what it has evaluated. */
  readonly tracked: boolean;
}

/** A place that a translated reference leads to. */
export interface Destination extends Mode {
  readonly place: Place;
  /** Members that are not required there, though it does not say so itself. */
  readonly optional: readonly string[];
}

export interface Translator {
  /** What Ajv is given for a schema: the same, with references resolved and the direction applied. */
  translate(destination: Destination): JsonObject;
  /** Where an object in what `translate` gave comes from. */
  originOf(translated: object): Origin | undefined;
}

/** A schema `false`, as an object: so that an error names the place where it stands. */
export const falseSchema = 'falseSchema';

/**
 * For `unevaluatedItems`: every `contains` that looks at the same list, as pairs of a schema that says whether it applies
 * and the schema of the items that it has evaluated.
 */
export const containedItems = '$containedItems';

/**
 * For `anyOf` and `oneOf` beside a discriminator: by keyword, the member whose value is the tag, and the index of the branch
 * that each tag names.
 */
export const taggedBranches = '$taggedBranches';

/** For a `oneOf` of which any branch is enough: true. */
export const anyBranch = '$anyBranch';

/** Keywords that say what a schema is, which Ajv does not need to know. */
const dropped = new Set(['$id', '$anchor', '$dynamicAnchor', '$schema', '$ref', '$dynamicRef']);

const none: ReadonlySet<string> = new Set();

/**
 * @param keyFor Registers a destination and gives the key by which a translated `$ref` names it.
 */
export function createTranslator(places: Places, keyFor: (destination: Destination) => string): Translator {
  const origins = new WeakMap<object, Origin>();
  const optionalMembers = createOptionalMembers(viewOver(places));

  function translateSchema(place: Place, mode: Mode, inherited: ReadonlySet<string>): JsonObject {
    const { value } = place;
    const out: JsonObject = {};
    origins.set(out, { pointer: addressOf(place), value: value as JsonSchema });
    if (value === false) out[falseSchema] = true;
    if (!isObject(value)) return out;
    const optional = mode.direction ? optionalMembers.of(place, mode.direction, inherited) : none;
    for (const [name, held] of Object.entries(value)) {
      const keyword = keywordNamed(name);
      if (keyword?.holds) {
        const passed = isInPlace(name) && keyword.applies !== 'asked' ? optional : none;
        out[name] = translateHeld(place, name, held, mode, passed);
      } else if (name === 'required') {
        out[name] = (held as string[]).filter((member) => !optional.has(member));
      } else if (keyword && !dropped.has(name)) {
        out[name] = held;
      }
    }
    addReferences(place, value, out, mode, optional);
    if ('unevaluatedItems' in value) addContained(place, mode, out);
    addTags(value, out);
    Object.assign(out, marksOf(places, place, value));
    return withProtoMember(out);
  }

  function translateHeld(place: Place, name: string, held: Json, mode: Mode, optional: ReadonlySet<string>): Json {
    const one = (value: Json, ...steps: (string | number)[]): Json => {
      if (!isSchema(value) || (value === false && keywordNamed(name)?.asserts === 'where false')) return value;
      return translateInside(places.inside(place, [name, ...steps], value), place, mode, optional);
    };
    if (Array.isArray(held)) return held.map((item, index) => one(item, index));
    if (isObject(held) && keywordNamed(name)?.holds === 'map') {
      return Object.fromEntries(Object.entries(held).map(([key, item]) => [key, one(item, key)]));
    }
    return one(held);
  }

  /** A schema inside another one. A resource of its own is called, so that its dynamic anchors come into scope. */
  function translateInside(place: Place, outer: Place, mode: Mode, optional: ReadonlySet<string>): JsonObject {
    return place.resource === outer.resource
      ? translateSchema(place, mode, optional)
      : { $ref: keyFor({ place, ...mode, optional: [] }), $leavesResource: true };
  }

  function addReferences(
    place: Place,
    value: JsonObject,
    out: JsonObject,
    mode: Mode,
    optional: ReadonlySet<string>,
  ): void {
    const target = places.referredTo(place, '$ref');
    if (target) {
      const passed = mode.direction ? optionalMembers.passedTo(target, mode.direction, optional) : [];
      out.$ref = keyFor({ place: target, ...mode, optional: passed });
      if (target.resource !== place.resource) out.$leavesResource = true;
    }
    const initial = places.referredTo(place, '$dynamicRef');
    if (initial) {
      const dynamic = String(value.$dynamicRef);
      const anchor = dynamic.slice(dynamic.indexOf('#') + 1);
      const key = keyFor({ place: initial, ...mode, optional: [] });
      if (child(initial.value, '$dynamicAnchor') === anchor) {
        out.$dynamicRef = { anchor, key };
      } else {
        // Without a dynamic anchor at its end it is a `$ref` (Core, 8.2.3.2).
        out.allOf = [...((out.allOf as Json[] | undefined) ?? []), { $ref: key, $leavesResource: true }];
      }
    }
  }

  /** By reference: a `contains` may stand in a schema that comes back to this one. */
  function addContained(place: Place, mode: Mode, out: JsonObject): void {
    const called = (inner: Place): JsonObject => ({
      $ref: keyFor({ place: inner, ...mode, optional: [] }),
      ...(inner.resource === place.resource ? {} : { $leavesResource: true }),
    });
    const pairs = containedIn(place, viewOver(places)).flatMap(({ guards, items }): JsonObject[] => {
      const conditions = guards.map((guard) => (guard.holds ? called(guard.place) : { not: called(guard.place) }));
      return [{ allOf: conditions }, called(items)];
    });
    if (pairs.length > 0) out[containedItems] = pairs;
  }

  return {
    translate: ({ place, optional, ...mode }) => translateSchema(place, mode, new Set(optional)),
    originOf: (translated) => origins.get(translated),
  };
}

function marksOf(places: Places, place: Place, value: JsonObject): JsonObject {
  return coverOf(places, place, value) === null ? {} : { [anyBranch]: true };
}

function addTags(value: JsonObject, out: JsonObject): void {
  const entries = (['anyOf', 'oneOf'] as const).flatMap((keyword): [string, JsonObject][] => {
    const tags = tagsOf(value, keyword);
    if (tags === undefined) return [];
    const { property, indices, otherwise } = tags;
    return [
      [keyword, { property, indices: Object.fromEntries(indices), ...(otherwise !== undefined && { otherwise }) }],
    ];
  });
  if (entries.length > 0) out[taggedBranches] = Object.fromEntries(entries);
}

/** Ajv leaves out a property that is called `__proto__`; as a pattern it does not. */
function withProtoMember(out: JsonObject): JsonObject {
  const { properties, patternProperties } = out;
  if (isObject(patternProperties) && Object.hasOwn(patternProperties, '__proto__')) {
    const { ['__proto__']: pattern, ...others } = patternProperties;
    out.patternProperties = { ...others, '(?:__proto__)': pattern as Json };
  }
  if (isObject(properties) && Object.hasOwn(properties, '__proto__')) {
    const { ['__proto__']: member, ...others } = properties;
    out.properties = others;
    out.patternProperties = { ...(out.patternProperties as JsonObject | undefined), '^__proto__$': member as Json };
  }
  return out;
}

/** Where the keyword of a violation stands. */
export function pointerTo(origin: Origin, keyword: string): string {
  return keyword === falseSchema ? origin.pointer : origin.pointer + pointerOf(keyword);
}

/** A `contains` that evaluates items of the list that a schema describes. */
interface Contained {
  /** The schemas that must hold, or must not, for it to apply at all. */
  readonly guards: readonly { readonly place: Place; readonly holds: boolean }[];
  /** The schema of the items that it evaluates. */
  readonly items: Place;
}

/**
 * Every `contains` whose items `unevaluatedItems` of the same schema counts as evaluated (JSON Schema Core, 11.2): its own,
 * and those of all that applies in place. `$dynamicRef` is not followed.
 */
function containedIn(start: Place, view: View): Contained[] {
  const found: Contained[] = [];
  const seen = new Set<string>();

  function collect(place: Place, guards: Contained['guards']): void {
    const key = JSON.stringify([keyOf(place), guards.map((guard) => keyOf(guard.place))]);
    const part = view.part(place);
    if (part === undefined || seen.has(key)) return;
    seen.add(key);
    const condition = view.under([part], 'if')[0]?.to;
    const when = (place: Place | undefined, holds: boolean) => (place ? [...guards, { place, holds }] : guards);
    for (const { keyword, applies, to } of view.edges(part)) {
      if (keyword === 'contains') found.push({ guards, items: to });
      else if (keyword === '$ref' || keyword === 'allOf') collect(to, guards);
      else if (applies === 'some') collect(to, when(to, true));
      else if (condition && (keyword === 'if' || keyword === 'then')) collect(to, when(condition, true));
      else if (condition && keyword === 'else') collect(to, when(condition, false));
    }
  }

  collect(start, []);
  return found;
}

/**
 * Which members are not required: `readOnly` ones of a request, `writeOnly` ones of a response (OpenAPI 3.1, 4.8.24). An
 * object may be described in several schemas that `$ref` and `allOf` put together; what one of them says of a member
 * counts for what another one demands.
 */
interface OptionalMembers {
  /** In one schema, with those that it is told of by the schemas that it is part of. */
  of(place: Place, direction: Direction, inherited: ReadonlySet<string>): ReadonlySet<string>;
  /** Of the optional members, those that a schema referred to demands and does not know to be so itself. */
  passedTo(target: Place, direction: Direction, optional: ReadonlySet<string>): string[];
}

const noOptional: ReadonlySet<string> = new Set();

function createOptionalMembers(view: View): OptionalMembers {
  function of(place: Place, direction: Direction, inherited: ReadonlySet<string>): ReadonlySet<string> {
    const names = new Set(inherited);
    for (const { step, to } of view.under(view.certain(place), 'properties')) {
      if (view.isHidden(direction, to)) names.add(String(step));
    }
    return names;
  }

  function passedTo(target: Place, direction: Direction, optional: ReadonlySet<string>): string[] {
    if (optional.size === 0) return [];
    const known = of(target, direction, noOptional);
    const demanded = requiredNames(view.certain(target));
    return [...optional].filter((name) => demanded.has(name) && !known.has(name)).sort();
  }

  return { of, passedTo };
}
