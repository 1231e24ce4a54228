import { child } from '../text/pointer.js';
import { isObject } from '../text/value.js';
import { keyOf, type Place, type Places } from './places.js';

/** A `contains` that evaluates items of the list that a schema describes. */
export interface Contained {
  /** The schemas that must hold, or must not, for it to apply at all. */
  readonly guards: readonly { readonly place: Place; readonly holds: boolean }[];
  /** The schema of the items that it evaluates. */
  readonly items: Place;
}

/**
 * Every `contains` whose items `unevaluatedItems` of the same schema counts as evaluated (JSON Schema Core, 11.2): its own,
 * and those of all that applies in place. `$dynamicRef` is not followed.
 */
export function containedIn(start: Place, places: Places): Contained[] {
  const found: Contained[] = [];
  const seen = new Set<string>();

  function collect(place: Place, guards: Contained['guards']): void {
    const key = JSON.stringify([keyOf(place), guards.map((guard) => keyOf(guard.place))]);
    if (!isObject(place.value) || seen.has(key)) return;
    seen.add(key);
    const at = (...steps: (string | number)[]): Place | undefined => {
      const value = steps.reduce((held, step) => child(held, String(step)), place.value as Place['value'] | undefined);
      return value === undefined ? undefined : places.inside(place, steps, value);
    };
    const items = at('contains');
    if (items) found.push({ guards, items });
    const target = places.referredTo(place, '$ref');
    if (target) collect(target, guards);
    collectBranches(at, guards);
    collectConditional(at, guards);
  }

  type At = (...steps: (string | number)[]) => Place | undefined;

  function collectBranches(at: At, guards: Contained['guards']): void {
    for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
      for (let index = 0, part = at(keyword, 0); part; index += 1, part = at(keyword, index)) {
        collect(part, keyword === 'allOf' ? guards : [...guards, { place: part, holds: true }]);
      }
    }
  }

  function collectConditional(at: At, guards: Contained['guards']): void {
    const condition = at('if');
    if (!condition) return;
    const holding = [...guards, { place: condition, holds: true }];
    const failing = [...guards, { place: condition, holds: false }];
    for (const [part, partGuards] of [
      [condition, holding],
      [at('then'), holding],
      [at('else'), failing],
    ] as const) {
      if (part) collect(part, partGuards);
    }
  }

  collect(start, []);
  return found;
}
