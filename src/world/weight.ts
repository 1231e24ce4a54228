import type { Resource } from '../resource/index.js';
import { leadsToMore } from '../schema/index.js';
import type { Ground } from './ground.js';

/** So much leads from the schema of a large row, and of one that is not made for what another row says of it alone. */
const stepsOfLarge = 1000;
const stepsOfCostly = 100;

/** Whether more leads from the schema of a row, found out once for each resource. */
function leadingTo(most: number): (resource: Resource, ground: Ground) => boolean {
  const known = new WeakMap<Resource, boolean>();
  return (resource, { operations }) => {
    const isMore = known.get(resource) ?? leadsToMore(operations.document, resource.schema, most);
    known.set(resource, isMore);
    return isMore;
  };
}

/** Whether a row that is made whole takes longer than others can wait. */
export const isLarge = leadingTo(stepsOfLarge);

/** Whether a row takes longer to be made than something can wait that only names it. */
export const isCostly = leadingTo(stepsOfCostly);

/** How many rows a collection has where nobody says: fewer of large ones, since whoever asks for a list waits for all of them. */
export const usualRows = (resource: Resource, ground: Ground): number => (isLarge(resource, ground) ? 12 : 25);
