import { keyOfSteps, lastWordOf, parametersOf, type Step } from './path.js';
import type { Shape } from './shape.js';
import { isPartOfOthers, isRowOf, type List, type Site } from './site.js';
import { isSameName } from './words.js';

/** The sites that are known. */
interface Known {
  /** Those whose rows have a schema, or are built on it. */
  ofSchema(schema: Shape): readonly Site[];
  /** Those whose things are called so, in singular or plural. */
  called(noun: string): readonly Site[];
  /** The things that a path stands below. */
  above(steps: readonly Step[]): readonly Site[];
}

/**
 * Where the things of a list are at home that no path below it names. By the schema: the same one, or one that is built on it; of
 * several the one that is called so.
 */
export function siteElsewhere({ node, item }: List, { ofSchema, called, above }: Known): Site | undefined {
  const noun = lastWordOf(node.steps);
  const alike = new Set([item.core, ...item.bases].flatMap(ofSchema));
  const own = above(node.steps);
  const isOfOthers = (site: Site): boolean => isPartOfOthers(noun, own, above(site.steps));
  const same = [...alike].filter((site) => site.row.isOneWith(item) && !isOfOthers(site));
  const keyed = same.filter((site) => site.item !== null);
  const [only, ...others] = keyed;
  if (only && others.length === 0) return only;
  const isCalled = (site: Site) => isSameName(site.noun, noun);
  const order = nearestTo(node.steps);
  const [nearest] = keyed.filter(isCalled).toSorted(order);
  if (nearest) return nearest;
  const scope = parametersOf(node.steps).join('/');
  const listed = same.find((site) => isCalled(site) && !site.item && parametersOf(site.steps).join('/') === scope);
  if (listed) return listed;
  const rows = called(noun).filter((site) => site.item && isRowOf(item, site) && !isOfOthers(site));
  return rows.toSorted(order)[0];
}

/**
 * Which of two sites is more likely where the things of a list are at home: what stands under fewer things that the path of the
 * list does not name, then what has more of that path, then what stands under the fewest.
 */
function nearestTo(steps: readonly Step[]): (one: Site, other: Site) => number {
  const named = new Set(parametersOf(steps));
  const unnamed = (site: Site): number => parametersOf(site.steps).filter((name) => !named.has(name)).length;
  const common = (site: Site): number => {
    const apart = site.steps.findIndex(
      (step, index) => keyOfSteps([step]) !== keyOfSteps(steps.slice(index, index + 1)),
    );
    return apart === -1 ? site.steps.length : apart;
  };
  return (one, other) =>
    unnamed(one) - unnamed(other) || common(other) - common(one) || one.steps.length - other.steps.length;
}
