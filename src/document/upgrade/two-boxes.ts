import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { setMember } from '../read/plain.js';

/**
 * Hides values from the upgrader, each behind a reference that no document has. It would translate also
 * what is merely named like what it knows: in examples, in enum values, among properties.
 */
export class Boxes {
  readonly #values: Json[] = [];

  box(value: Json): JsonObject {
    this.#values.push(value);
    return { $ref: `box:${this.#values.length - 1}` };
  }

  /** The object with its scalars in sight and all else boxed; extensions are left out. */
  boxMembers(value: JsonObject): JsonObject {
    const result: JsonObject = {};
    for (const [name, member] of Object.entries(value)) {
      if (!name.startsWith('x-')) {
        setMember(result, name, typeof member === 'object' && member !== null ? this.box(member) : member);
      }
    }
    return result;
  }

  /** Puts the values back; they are the same objects as before. */
  unbox(value: Json): Json {
    if (Array.isArray(value)) return value.map((item) => this.unbox(item));
    if (!isObject(value)) return value;
    const box = typeof value.$ref === 'string' ? /^box:(\d+)$/.exec(value.$ref) : null;
    if (box) return this.#values[Number(box[1])] as Json;
    const result: JsonObject = {};
    for (const [name, member] of Object.entries(value)) {
      // The upgrader sets members to undefined.
      if (member !== undefined) setMember(result, name, this.unbox(member));
    }
    return result;
  }
}
