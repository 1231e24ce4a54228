import { keyOf, type Place } from './places.js';
import type { View } from './view.js';

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
export function containedIn(start: Place, view: View): Contained[] {
  const found: Contained[] = [];
  const seen = new Set<string>();

  function collect(place: Place, guards: Contained['guards']): void {
    const key = JSON.stringify([keyOf(place), guards.map((guard) => keyOf(guard.place))]);
    const part = view.part(place);
    if (part === undefined || seen.has(key)) return;
    seen.add(key);
    const condition = view.under([part], 'if')[0]?.to;
    const when = (place: Place | undefined, holds: boolean) => (place ? [...guards, { place, holds }] : guards);
    for (const { keyword, applies, to } of view.edges(part)) {
      if (keyword === 'contains') found.push({ guards, items: to });
      else if (keyword === '$ref' || keyword === 'allOf') collect(to, guards);
      else if (applies === 'some') collect(to, when(to, true));
      else if (condition && (keyword === 'if' || keyword === 'then')) collect(to, when(condition, true));
      else if (condition && keyword === 'else') collect(to, when(condition, false));
    }
  }

  collect(start, []);
  return found;
}
