import { addAll } from '../text/many.js';
import { child, childList } from '../text/pointer.js';
import type { Json, JsonObject } from '../text/value.js';
import type { Place, Places } from './place.js';

/** How many schemas are looked through for one that a branch extends. */
const maximumExtensions = 50;

/** Whether a schema has a branch that is, or extends, the schema that refers to it in place. */
export function isBaseOf(places: Places, base: Place, from: Place): boolean {
  const extending = from.path.replace(/(?:\/allOf\/\d+)+$/, '');
  const open = branchesOf(base.value).map((reference) => places.resolve(reference, base.resource));
  const seen = new Set<string>();
  for (const place of open) {
    if (place === undefined || seen.has(place.path) || seen.size > maximumExtensions) continue;
    if (place.tree === from.tree && place.path === extending) return true;
    seen.add(place.path);
    const parts = [place.value, ...childList(place.value, 'allOf')];
    addAll(
      open,
      referencesOf(parts).map((reference) => places.resolve(reference, place.resource)),
    );
  }
  return false;
}

function branchesOf(value: Json): string[] {
  return referencesOf([...childList(value, 'oneOf'), ...childList(value, 'anyOf')]);
}

function referencesOf(schemas: readonly Json[]): string[] {
  return schemas.map((schema) => child(schema, '$ref')).filter((reference) => typeof reference === 'string');
}

const cuts = new WeakMap<object, Json>();

/** A schema without its branches. */
export function cut(place: Place): Place {
  const { oneOf: _one, anyOf: _any, discriminator: _by, ...rest } = place.value as JsonObject;
  const value = cuts.get(place.value as JsonObject) ?? rest;
  cuts.set(place.value as JsonObject, value);
  return { ...place, value, isCut: true };
}
