import { child } from '../text/pointer.js';
import { isObject } from '../text/value.js';
import type { Place, Places } from './places.js';
import type { Direction } from './types.js';

/**
 * Which members are not required: `readOnly` ones of a request, `writeOnly` ones of a response (OpenAPI 3.1, 4.8.24). An
 * object may be described in several schemas that `$ref` and `allOf` put together; what one of them says of a member
 * counts for what another one demands.
 */
export interface OptionalMembers {
  /** In one schema, with those that it is told of by the schemas that it is part of. */
  of(place: Place, direction: Direction, inherited: ReadonlySet<string>): ReadonlySet<string>;
  /** Of the optional members, those that a schema referred to demands and does not know to be so itself. */
  passedTo(target: Place, direction: Direction, optional: ReadonlySet<string>): string[];
}

const none: ReadonlySet<string> = new Set();

export function createOptionalMembers(places: Places): OptionalMembers {
  function of(place: Place, direction: Direction, inherited: ReadonlySet<string>): ReadonlySet<string> {
    const mark = direction === 'request' ? 'readOnly' : 'writeOnly';
    const names = new Set(inherited);
    for (const part of together(place)) {
      const properties = child(part.value, 'properties');
      for (const [name, property] of Object.entries(isObject(properties) ? properties : {})) {
        const parts = together(places.inside(part, ['properties', name], property));
        if (parts.some(({ value }) => child(value, mark) === true)) names.add(name);
      }
    }
    return names;
  }

  function passedTo(target: Place, direction: Direction, optional: ReadonlySet<string>): string[] {
    if (optional.size === 0) return [];
    const known = of(target, direction, none);
    const demanded = new Set(
      together(target).flatMap(({ value }) => {
        const required = child(value, 'required');
        return Array.isArray(required) ? required : [];
      }),
    );
    return [...optional].filter((name) => demanded.has(name) && !known.has(name)).sort();
  }

  /** A schema with all that `$ref` and `allOf` put together with it. */
  function together(place: Place, into = new Map<unknown, Place>()): Place[] {
    if (isObject(place.value) && !into.has(place.value)) {
      into.set(place.value, place);
      const target = places.referredTo(place, '$ref');
      if (target) together(target, into);
      const all = child(place.value, 'allOf');
      for (const [index, part] of Array.isArray(all) ? all.entries() : []) {
        together(places.inside(place, ['allOf', index], part), into);
      }
    }
    return [...into.values()];
  }

  return { of, passedTo };
}
