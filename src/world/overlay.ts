import { fits, type Schema } from '../schema/index.js';
import { readAs } from '../schema/reading.js';
import { isObject, type Json, type JsonObject, setMember } from '../text/value.js';

/** Of so many members of an object inside of another each may be tried by itself, which takes a look at the whole each time. */
const mostTriedApart = 100;

/** A valid value with as many of other members as it can have: all, or else each that it can, whole or with what they lack. */
export function overlaid(base: Json, members: Json, schema: Schema): Json {
  return overlaidWhere(base, members, (value) => fits(schema, value));
}

/** The same, of what is valid by more than a schema of its own. */
export function overlaidWhere(base: Json, members: Json, isValid: (value: Json) => boolean): Json {
  if (!isObject(base) || !isObject(members)) return base;
  const all = { ...base, ...members };
  if (isValid(all)) return all;
  const names = Object.keys(members).filter((name) => base[name] !== members[name]);
  return withEach(base, members, names, isValid);
}

/** Members that a value cannot have all together. Mostly few of them are to blame: these are found by halves, since each try is a look at the whole. */
function withEach(
  base: JsonObject,
  members: JsonObject,
  names: readonly string[],
  isValid: (value: Json) => boolean,
): JsonObject {
  const [name, ...more] = names;
  if (name === undefined) return base;
  if (more.length === 0) return withOther(base, name, members[name] as Json, isValid);
  const half = Math.ceil(names.length / 2);
  let value = base;
  for (const some of [names.slice(0, half), names.slice(half)]) {
    const changed = { ...value };
    for (const one of some) setMember(changed, one, members[one]);
    value = isValid(changed) ? changed : withEach(value, members, some, isValid);
  }
  return value;
}

/** With what may stand for a member that cannot be had as it is. */
function withOther(value: JsonObject, name: string, member: Json, isValid: (value: Json) => boolean): JsonObject {
  const own = value[name];
  const isHeld = (other: Json): boolean => isValid({ ...value, [name]: other });
  const other = othersFor(own, member).find(isHeld);
  const held = other === undefined ? partOf(own, member, isHeld) : other;
  return held === undefined ? value : { ...value, [name]: held };
}

/** Of an object that cannot be had as a whole, what can be had of its members: so it is with attributes (JSON:API). */
function partOf(own: Json | undefined, other: Json, isHeld: (value: Json) => boolean): Json | undefined {
  if (!isObject(other) || Object.keys(other).length > mostTriedApart) return undefined;
  if (isObject(own)) return overlaidWhere(own, other, isHeld);
  if ((own ?? null) !== null || !isHeld({})) return undefined;
  const part = overlaidWhere({}, other, isHeld);
  return Object.keys(part as JsonObject).length === 0 ? undefined : part;
}

/** What may stand for a value where another form is shown than was sent. */
function othersFor(own: Json | undefined, other: Json): Json[] {
  if (isObject(own) && isObject(other)) return [{ ...own, ...other }];
  // One of several, and several of which there is one.
  if (Array.isArray(other))
    return Array.isArray(own) ? [...thingsFor(own, other), ...keysFor(other)] : other.slice(0, 1);
  if (Array.isArray(own)) return [...(typeof other === 'string' ? [other.split(/\s*,\s*/)] : []), [other]];
  // A thing in the place of its key, and its key in the place of a thing.
  if (isObject(own)) return thingFor([own], other);
  if (isObject(other)) return keysFor([other]).flat();
  // What is a text in one place may be a number in another.
  const read = readAs(typeof own === 'string' ? 'string' : 'number', other);
  return read === undefined ? [] : [read];
}

/** Things in the place of their keys: `lists: [2]` is sent, and shown as `lists: [{ "id": 2, … }]`. */
function thingsFor(own: readonly Json[], keys: readonly Json[]): Json[] {
  if (!isObject(own[0])) return [];
  const things = keys.flatMap((key) => thingFor(own, key).slice(0, 1));
  return things.length === keys.length ? [things] : [];
}

/** Keys in the place of their things, by each name that all have. */
function keysFor(things: readonly Json[]): Json[] {
  return keyNames.flatMap((name) => {
    const keys = things.flatMap((thing) =>
      isObject(thing) && Object.hasOwn(thing, name) ? [thing[name] as Json] : [],
    );
    return keys.length === things.length && keys.length > 0 ? [keys] : [];
  });
}

/** The thing that has a key, or one like the first of some with it. */
function thingFor(own: readonly Json[], key: Json): JsonObject[] {
  const [first] = own;
  const member = isObject(first) ? keyNames.find((name) => typeof first[name] === typeof key) : undefined;
  if (!isObject(first) || member === undefined || typeof key === 'object') return [];
  const held = own.find((one): one is JsonObject => isObject(one) && one[member] === key);
  return [held ?? { ...first, [member]: key }];
}

const keyNames = ['id', 'key', 'code', 'value', 'slug', 'name', 'ref', 'login', 'rendered', 'raw'];
