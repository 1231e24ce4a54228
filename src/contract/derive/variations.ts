import { pointerOf } from '../../text/pointer.js';
import type { Json } from '../../text/value.js';
import { families, type Proposal } from './keywords/index.js';
import { type Place, placesOf } from './places.js';
import type { Workbench } from './workbench.js';

/** Another value for a whole parameter or body, which differs in one place. */
export interface Variation extends Proposal {
  /** Worked out when it is asked for: a copy of all around the place. undefined: absent. */
  whole(): Json | undefined;
  /** JSON Pointer of the place that differs. */
  readonly path: string;
  readonly name: string | null;
  readonly within?: string;
}

/**
 * Varies a value at every place of its schema, one keyword at a time: linear in the keywords of the schema.
 * Nothing here knows yet whether a variation is really valid or invalid.
 */
export function* variationsOf(
  bench: Workbench,
  schemaPointer: string,
  whole: Json,
  typed: boolean,
): Iterable<Variation> {
  for (const place of placesOf(bench, schemaPointer, whole)) {
    yield* presence(place);
    for (const view of place.views) {
      for (const family of families) {
        for (const proposal of family(view, { bench, place, typed })) yield at(place, proposal);
      }
    }
  }
}

/** A member that may be absent: there with its own value, and away. */
function* presence(place: Place): Iterable<Variation> {
  const pointer = place.views[0]?.pointer;
  if (place.path === '' || place.required || pointer === undefined) return;
  // Before what stands in it: of a target that refuses it as a whole nothing is known of its members.
  const isAround = typeof place.value === 'object' && place.value !== null && place.within === undefined;
  const rank = isAround ? 'enum value' : 'accepted';
  const common = { accepted: true, rank, keyword: 'optional', pointer } as const;
  yield at(place, { ...common, value: place.value, why: 'an optional member' });
  yield at(place, { ...common, value: undefined, why: 'without an optional member' });
}

function at(place: Place, proposal: Proposal): Variation {
  const { missing } = proposal;
  const path = missing === undefined ? place.path : place.path + pointerOf(missing);
  const { name, within } = place;
  return {
    ...proposal,
    whole: () => place.set(proposal.value),
    path,
    name: missing ?? name,
    ...(within && { within }),
  };
}
