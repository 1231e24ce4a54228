import type { Json, JsonObject } from '../document/index.js';

/** Equality of JSON values (JSON Schema Core, 4.2.2): members in any order. */
export function sameJson(left: Json, right: Json): boolean {
  if (left === right) {
    return true;
  }
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) {
    return false;
  }
  if (Array.isArray(left) || Array.isArray(right)) {
    return (
      Array.isArray(left) &&
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => sameJson(item, right[index] as Json))
    );
  }
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => sameMember(left, right, name));
}

function sameMember(left: JsonObject, right: JsonObject, name: string): boolean {
  return Object.hasOwn(right, name) && sameJson(left[name] as Json, right[name] as Json);
}
