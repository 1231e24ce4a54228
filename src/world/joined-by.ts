import { type Resource, readAt } from '../resource/index.js';
import { scalarText } from '../text/integers.js';
import type { BaseWorld, Now } from './base.js';
import type { BaseCollection } from './base-collection.js';
import { type Scope, scopeFor } from './ground.js';
import { Listing } from './list/listing.js';
import type { Row } from './row.js';

const known = new WeakMap<Resource, readonly string[] | null>();

/**
 * The member by which things say themselves that they stand below another one (`groupId` of `/groups/{groupId}/devices/{deviceId}`): then
 * that alone says which do; null where they do not say so.
 */
export function joinedBy(resource: Resource): readonly string[] | null {
  let by = known.get(resource);
  if (by === undefined) {
    const own = resource.joins?.references.filter((each) => each.resource === resource.parent) ?? [];
    const [only] = own;
    // What a row shows as a list of its own is what that says.
    const isShown = resource.parent?.embedded.some(({ list }) => list.resource === resource) === true;
    by = own.length === 1 && only !== undefined && !only.isList && !isShown ? only.member : null;
    known.set(resource, by);
  }
  return by;
}

/** The things themselves that say so, as they are now, and where they are kept; null where they do not. */
export function sayingSo(
  resource: Resource,
  scope: Scope,
  world: BaseWorld,
  now: Now,
): { readonly rows: readonly Row[]; readonly home: BaseCollection } | null {
  const { joins } = resource;
  const by = joinedBy(resource);
  const own = joins && scopeFor(joins, resource, scope);
  const key = scope.at(-1);
  if (joins === null || by === null || own === null || key === undefined) return null;
  const home = world.now(joins, own, now);
  const listing = new Listing(home, now.state.collection(home.name));
  const rows = listing.rows(0, listing.size).filter(({ value }) => {
    const said = readAt(value, by);
    return (typeof said === 'string' || typeof said === 'number') && scalarText(said) === key;
  });
  return { rows, home };
}
