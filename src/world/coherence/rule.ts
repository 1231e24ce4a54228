import type { Random } from '../../fake/index.js';
import type { JsonObject } from '../../text/value.js';

/** Members of one object that belong together. */
export interface Rule {
  /** What the members are called that it can tell by, as phrases. */
  readonly names: readonly RegExp[];
  /** Of so many of them at least there has to be one, else nothing need be looked at. */
  readonly fewest: number;
  /** Changed objects, best first, each a copy; none where all is well. What is yielded need not be valid. */
  apply(object: JsonObject, random: Random): Iterable<JsonObject>;
}

/** A changed object, where it is another one. */
export function* ifChanged(object: JsonObject, changed: JsonObject): Generator<JsonObject> {
  if (Object.keys(changed).some((name) => changed[name] !== object[name])) yield changed;
}
