import { child, childList } from '../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import type { Place, Places } from './place.js';
import { type Repair, show } from './repair.js';

/** A schema together with others of the same value, where one that is closed forbids what another one declares. */
export interface Extension {
  /** The schema as it is read: what is closed is closed to what none of them declares. */
  readonly value: JsonObject;
  readonly repairs: readonly Repair[];
  /** The indices under `allOf` of what is closed by itself, and extended here. */
  readonly opened: ReadonlySet<number>;
}

/** What the schemas of one value say of its members. */
interface Members {
  readonly declared: ReadonlyMap<string, Json>;
  readonly required: ReadonlySet<string>;
  /** What one of them allows of others: nothing, or some types; undefined: anything. */
  readonly limit: Limit | undefined;
}

type Limit = false | JsonObject;

const nothing: Members = { declared: new Map(), required: new Set(), limit: undefined };

/**
 * How schemas are read that are put together though one of them is closed. `additionalProperties` sees the `properties` beside it
 * alone (JSON Schema Core, 10.3.2.3), so that what `allOf` declares is forbidden, or what is added to a closed base. Where a
 * forbidden member is required, or where none of the forbidden ones is named again, this can only mean
 * `unevaluatedProperties` around them all; else it may be meant to narrow, and is read by the letter. So is what allows others of
 * one type alone, and is extended by members of another.
 */
export class Extensions {
  readonly #places: Places;
  readonly #extensions = new WeakMap<JsonObject, Extension | null>();
  readonly #members = new WeakMap<JsonObject, Members>();
  readonly #open = new WeakMap<JsonObject, JsonObject>();
  /** What was given its `unevaluatedProperties` here; who writes it means what it says. */
  readonly #closed = new WeakSet<JsonObject>();

  constructor(places: Places) {
    this.#places = places;
  }

  /** @returns null where nothing forbids what another one declares */
  of(place: Place): Extension | null {
    const { value } = place;
    if (!isObject(value) || !('allOf' in value || value.additionalProperties === false)) return null;
    let extension = this.#extensions.get(value);
    if (extension === undefined) {
      // Whoever comes back here finds the schema as it is written.
      this.#extensions.set(value, null);
      extension = this.#extend(place, value);
      this.#extensions.set(value, extension);
      if (extension !== null) this.#extensions.set(extension.value, extension);
    }
    return extension;
  }

  /** A schema as part of one that extends it: not closed. */
  open(place: Place): Place {
    if (!isObject(place.value) || this.#membersOf(place).limit === undefined) return place;
    let value = this.#open.get(place.value);
    if (value === undefined) {
      value = { ...place.value };
      if (limitOf(value.additionalProperties) !== undefined) delete value.additionalProperties;
      if (this.#closed.has(place.value)) delete value.unevaluatedProperties;
      this.#open.set(place.value, value);
    }
    return { ...place, value, isOpen: true };
  }

  #extend(place: Place, value: JsonObject): Extension | null {
    const own = ownMembers(value);
    const parts = childList(value, 'allOf').map((part, index) =>
      this.#membersOf(this.#inside(place, 'allOf', index, part)),
    );
    const others = join([...parts, ...this.#beside(place, value)]);
    const required = new Set([...own.required, ...others.required]);

    const repairs: Repair[] = [];
    const opened = new Set<number>();
    // All of them are put together once, and not once for each.
    const together = join([own, ...parts]).declared;
    const counts = countsOf([own, ...parts]);
    for (const [index, part] of parts.entries()) {
      if (part.limit === undefined) continue;
      const isOfOthers = ([name]: readonly [string, Json]) => !part.declared.has(name) || (counts.get(name) ?? 0) > 1;
      const forbidden = forbiddenBy(part, new Map([...together].filter(isOfOthers)), required);
      if (forbidden.length === 0) continue;
      opened.add(index);
      repairs.push({
        steps: ['allOf', index],
        message:
          '"additionalProperties" of what is extended here forbids what is added: it is read as "unevaluatedProperties" around both',
        expected: 'a schema that allows what is declared beside it',
        found: show([...forbidden]),
        isRead: true,
      });
    }
    const forbidden = 'patternProperties' in value ? [] : forbiddenBy(own, others.declared, required);
    if (forbidden.length > 0) {
      repairs.unshift({
        steps: ['additionalProperties'],
        message: '"additionalProperties" forbids what is declared beside it: it is read as "unevaluatedProperties"',
        expected: '"unevaluatedProperties", which sees what "allOf" declares',
        found: show([...forbidden]),
        isRead: true,
      });
    }
    if (repairs.length === 0) return null;
    if (value.additionalProperties !== undefined && forbidden.length === 0) return { value, repairs, opened };
    const { additionalProperties, ...rest } = value;
    const limited = forbidden.length > 0 ? own : join(parts.filter((_, index) => opened.has(index)));
    const read = { unevaluatedProperties: limited.limit as Limit, ...rest };
    if (read.unevaluatedProperties !== value.unevaluatedProperties) this.#closed.add(read);
    return { value: read, repairs, opened };
  }

  #membersOf(place: Place): Members {
    const { value } = place;
    if (!isObject(value)) return nothing;
    let members = this.#members.get(value);
    if (members === undefined) {
      this.#members.set(value, nothing);
      const parts = childList(value, 'allOf').map((part, index) =>
        this.#membersOf(this.#inside(place, 'allOf', index, part)),
      );
      const own = ownMembers(value);
      const whole = this.#closed.has(value) ? { ...own, limit: limitOf(value.unevaluatedProperties) } : own;
      members = join([whole, ...parts, ...this.#beside(place, value)]);
      this.#members.set(value, members);
    }
    return members;
  }

  /** What a reference beside says of members, and the branches: those require nothing for certain. */
  #beside(place: Place, value: JsonObject): Members[] {
    const to = this.#places.target(place, '$ref');
    const branches = ['anyOf', 'oneOf'].flatMap((keyword) =>
      childList(value, keyword).map((branch, index) => this.#membersOf(this.#inside(place, keyword, index, branch))),
    );
    return [
      ...(to ? [this.#membersOf(to)] : []),
      ...branches.map(({ declared }) => ({ declared, required: nothing.required, limit: undefined })),
    ];
  }

  #inside(place: Place, keyword: string, index: number, value: Json): Place {
    return this.#places.inside(place, [keyword, index], value);
  }
}

/** What is added and may not stand, where that can only be a mistake. */
function forbiddenBy(
  { declared, limit }: Members,
  added: ReadonlyMap<string, Json>,
  required: ReadonlySet<string>,
): readonly string[] {
  if (limit === undefined) return [];
  const others = [...added].filter(([name]) => !declared.has(name));
  if (limit !== false) return others.flatMap(([name, schema]) => (mayBothBe(schema, limit) ? [] : [name]));
  const isNarrowing = others.length < added.size && !others.some(([name]) => required.has(name));
  return isNarrowing ? [] : others.map(([name]) => name);
}

/** Whether something is of the types of both, as far as they say. */
function mayBothBe(one: Json, other: Json): boolean {
  const [types, others] = [typesOf(one), typesOf(other)];
  return types.length === 0 || others.length === 0 || types.some((type) => others.includes(type));
}

/** Integers are numbers here. */
function typesOf(schema: Json): readonly string[] {
  return [child(schema, 'type') ?? []].flat().map((type) => (type === 'integer' ? 'number' : String(type)));
}

function ownMembers(value: JsonObject): Members {
  const properties = isObject(value.properties) ? Object.entries(value.properties) : [];
  const required = Array.isArray(value.required) ? value.required.map(String) : [];
  return {
    declared: new Map(properties.filter(([, schema]) => schema !== false)),
    required: new Set(required),
    limit: limitOf(value.additionalProperties),
  };
}

function limitOf(rest: Json | undefined): Limit | undefined {
  return rest === false || (isObject(rest) && 'type' in rest) ? rest : undefined;
}

/** How many of them declare each member. */
function countsOf(all: readonly Members[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { declared } of all) for (const name of declared.keys()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function join(all: readonly Members[]): Members {
  const limits = all.map(({ limit }) => limit);
  return {
    declared: new Map(all.flatMap(({ declared }) => [...declared])),
    required: new Set(all.flatMap(({ required }) => [...required])),
    limit: limits.includes(false) ? false : limits.find((limit) => limit !== undefined),
  };
}
