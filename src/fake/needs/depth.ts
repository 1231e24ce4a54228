import { isSchema } from '../../schema/keywords.js';
import { isObject, type JsonObject } from '../../text/value.js';
import { remember, type Site, type Sites } from './site.js';

/** Deeper than this, a value that still is not complete is taken for one that never ends. */
const maximumDepth = 512;

interface Known {
  fits: number;
  failsAt: number;
}

/**
 * How many levels of members and items the smallest value of a schema needs: 0 for a scalar, Infinity for a
 * schema that demands itself. It looks at each schema alone, so it may be less than what a combination needs.
 */
export function minimumDepth(site: Site, sites: Sites): number {
  if (typeof site.value === 'boolean') return 0;
  return remember(site, 'minimum depth', () => {
    for (let levels = 0; levels <= maximumDepth; levels = levels * 2 + 1) {
      if (fits(site, levels, sites)) return knownOf(site).fits;
    }
    return Number.POSITIVE_INFINITY;
  });
}

function knownOf(site: Site): Known {
  return remember(site, 'fits', () => ({ fits: Number.POSITIVE_INFINITY, failsAt: -1 }));
}

function fits(site: Site, levels: number, sites: Sites): boolean {
  const { value } = site;
  if (typeof value === 'boolean') return true;
  const known = knownOf(site);
  if (levels >= known.fits) return true;
  if (levels <= known.failsAt) return false;
  // A circle of references adds no demand of its own: what comes back here is taken to fit.
  const before = { ...known };
  known.fits = levels;
  const result = inPlaceFits(site, levels, sites) && partsFit(site, value, levels, sites);
  known.fits = result ? Math.min(before.fits, levels) : before.fits;
  if (!result) known.failsAt = Math.max(before.failsAt, levels);
  return result;
}

function inPlaceFits(site: Site, levels: number, sites: Sites): boolean {
  const fitsHere = (one: Site): boolean => fits(one, levels, sites);
  return (
    sites.references(site).every(({ to }) => to === null || fitsHere(to)) &&
    sites.all(site, 'allOf').every(fitsHere) &&
    ['anyOf', 'oneOf'].every((keyword) => {
      const options = sites.all(site, keyword);
      return options.length === 0 || options.some(fitsHere);
    })
  );
}

/** Whether the members and items that cannot be left out fit below. */
function partsFit(site: Site, value: JsonObject, levels: number, sites: Sites): boolean {
  if (value.const !== undefined || value.enum !== undefined) return true;
  const types = value.type === undefined ? [] : Array.isArray(value.type) ? value.type : [value.type];
  if (types.some((type) => type !== 'object' && type !== 'array')) return true;
  const allowed = (type: string): boolean => types.length === 0 || types.includes(type);
  const whole = [
    ...(allowed('object') ? [requiredMembers(site, value, sites)] : []),
    ...(allowed('array') ? [requiredItems(site, value, sites)] : []),
  ];
  const complete = (below: readonly Site[]): boolean =>
    below.every((inner) => levels > 0 && fits(inner, levels - 1, sites));
  // Where no type is said, the keywords mean an object or an array, but a scalar will do if that never ends.
  return types.length === 0 ? whole.every(complete) || levels > maximumDepth / 4 : whole.some(complete);
}

function requiredMembers(site: Site, value: JsonObject, sites: Sites): Site[] {
  const properties = isObject(value.properties) ? value.properties : {};
  const required = Array.isArray(value.required) ? value.required : [];
  const named = required.flatMap((name) => {
    const schema = Object.hasOwn(properties, String(name)) ? properties[String(name)] : value.additionalProperties;
    return isSchema(schema) ? [sites.inside(site, ['properties', String(name)], schema)] : [];
  });
  const isMap = Object.keys(properties).length === 0 && value.patternProperties === undefined;
  const others = value.additionalProperties === undefined ? 'unevaluatedProperties' : 'additionalProperties';
  const more = isMap && Number(value.minProperties) > required.length ? sites.one(site, others) : null;
  return more === null ? named : [...named, more];
}

function requiredItems(site: Site, value: JsonObject, sites: Sites): Site[] {
  const minimum = typeof value.minItems === 'number' ? value.minItems : 0;
  const prefix = sites.all(site, 'prefixItems');
  const rest = minimum > prefix.length ? sites.one(site, 'items') : null;
  const contained = value.minContains === 0 ? null : sites.one(site, 'contains');
  return [...prefix.slice(0, minimum), rest, contained].filter((inner) => inner !== null);
}
