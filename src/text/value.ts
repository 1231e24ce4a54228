/** Any JSON value (RFC 8259). */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [member: string]: Json;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a value is, for "found …". */
export function describe(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? shorten(JSON.stringify(value)) : `the ${typeof value} ${value}`;
}

const shownLength = 80;

function shorten(text: string): string {
  return text.length > shownLength ? `${text.slice(0, shownLength)}…"` : text;
}

/** An object without one of its members. */
export function without(object: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([member]) => member !== name));
}

/** Sets an own member, also one that is called `__proto__`. */
export function setMember(target: object, name: string | number, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
  } else {
    (target as Record<string | number, unknown>)[name] = value;
  }
}

/** What a table of ours says of a name that others have chosen: `constructor` and the like, which every object inherits, are in none. */
export function inTable<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/**
 * An object without inherited members, for names that come from the wire: `toString` is absent unless it was sent.
 * Made by a constructor, since V8 keeps such objects fast, and those of `Object.create(null)` not.
 */
export const Members = function Members() {} as unknown as new () => Record<string, unknown>;
Members.prototype = Object.freeze(Object.create(null));
