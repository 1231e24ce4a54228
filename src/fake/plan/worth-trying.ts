import { equalityKey } from '../../schema/equality.js';
import { isObject } from '../../text/value.js';
import type { Choice, Demand, Option } from '../needs/gather.js';
import type { Needs } from '../needs/needs.js';
import { remember, type Site } from '../needs/site.js';

/** Of more options none is compared with the others. */
const mostCompared = 64;

/**
 * Of the options of a fork, in their order, those that are worth a try. One that says what is demanded already leaves all open that any
 * other would: where nothing comes of it, nothing comes of the fork. Of those that say the same one is enough.
 */
export function worthTrying({ keyword }: Choice, options: readonly Option[], needs: Needs): readonly Option[] {
  if (keyword !== 'anyOf' && keyword !== 'oneOf') return options;
  const isImplied = ({ demands }: Option): boolean =>
    demands.length > 0 && demands.every((demand) => needs.demands.some((one) => isSame(demand, one)));
  const implied = options.find(isImplied);
  if (implied !== undefined) return [implied];
  if (options.length > mostCompared) return options;
  return options.filter((option, index) => !options.slice(0, index).some((earlier) => saysSame(earlier, option)));
}

function saysSame(one: Option, other: Option): boolean {
  return (
    one.demands.length === other.demands.length &&
    one.wishes.length === 0 &&
    other.wishes.length === 0 &&
    one.demands.every((demand, index) => isSame(demand, other.demands[index] as Demand))
  );
}

function isSame({ site: one }: Demand, { site: other }: Demand): boolean {
  if (one.value === other.value) return true;
  // What a reference leads to depends on where it stands.
  if (one.scope !== other.scope || !isObject(one.value) || !isObject(other.value)) return false;
  return Object.keys(one.value).length === Object.keys(other.value).length && keyOf(one) === keyOf(other);
}

const keyOf = (site: Site): unknown => remember(site, 'equality', () => ({ key: equalityKey(site.value) })).key;
