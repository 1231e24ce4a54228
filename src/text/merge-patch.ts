import { child } from './pointer.js';
import { isObject, type Json, type JsonObject, setMember } from './value.js';

/** A value after a merge patch (RFC 7396, 2). */
export function merged(value: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const result: JsonObject = isObject(value) ? { ...value } : {};
  for (const [name, change] of Object.entries(patch)) {
    if (change === null) delete result[name];
    else setMember(result, name, merged(child(result, name), change));
  }
  return result;
}
