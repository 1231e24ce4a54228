import type { Place } from './places.js';
import type { Direction } from './types.js';
import { requiredNames, type View } from './view.js';

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

export function createOptionalMembers(view: View): OptionalMembers {
  function of(place: Place, direction: Direction, inherited: ReadonlySet<string>): ReadonlySet<string> {
    const names = new Set(inherited);
    for (const { step, to } of view.under(view.certain(place), 'properties')) {
      if (view.isHidden(direction, to)) names.add(String(step));
    }
    return names;
  }

  function passedTo(target: Place, direction: Direction, optional: ReadonlySet<string>): string[] {
    if (optional.size === 0) return [];
    const known = of(target, direction, none);
    const demanded = requiredNames(view.certain(target));
    return [...optional].filter((name) => demanded.has(name) && !known.has(name)).sort();
  }

  return { of, passedTo };
}
