import type { Resource } from '../resource/index.js';
import type { BaseWorld, Now } from './base.js';
import type { BaseCollection } from './base-collection.js';
import { type Scope, scopeFor } from './ground.js';
import { testsOf } from './list/filter.js';
import { Listing } from './list/listing.js';
import { passing } from './list/matching.js';
import type { Row } from './row.js';
import type { CollectionReader } from './state.js';

const known = new WeakMap<Resource, readonly string[] | null>();

/**
 * The member by which things say themselves that they stand below another one (`groupId` of `/groups/{groupId}/devices/{deviceId}`): then
 * that alone says which do; null where they do not say so.
 */
function joinedBy(resource: Resource): readonly string[] | null {
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

/** Where the things themselves are kept that say so; null where they do not. */
export function saidHome(resource: Resource, scope: Scope, world: BaseWorld, now: Now): SaidHome | null {
  const { joins } = resource;
  const by = joinedBy(resource);
  const own = joins && scopeFor(joins, resource, scope);
  const above = scope[resource.scope.findLastIndex((each) => each.resource === resource.parent)];
  if (joins === null || by === null || own === null || above === undefined) return null;
  const base = world.now(joins, own, now);
  return { by, above, base, state: now.state.collection(base.name) };
}

export interface SaidHome {
  readonly by: readonly string[];
  /** The key of what they stand below. */
  readonly above: string;
  readonly base: BaseCollection;
  readonly state: CollectionReader | undefined;
}

/** Those of them that say that they stand below it. */
export function sayingSo({ by, above, base, state }: SaidHome): readonly Row[] {
  const listing = new Listing(base, state);
  return passing(listing.rows(0, listing.size), testsOf({ query: [] }, {}, [{ member: by, value: above }]));
}
