import { isSchema } from '../../schema/keywords.js';
import { compilePattern } from '../../schema/pattern/pattern.js';
import type { JsonObject } from '../../text/value.js';
import { type Demand, demanded, type Lineage, objectAt, type Part } from './gather.js';
import { pointerTo, type Site, type Sites } from './site.js';

/** Everything that a member of this name has to satisfy (JSON Schema Core, 10.3.2 and 11.3). */
export function demandsOnMember(parts: readonly Part[], name: string, sites: Sites): Demand[] {
  const own = parts.flatMap((part) => {
    const named = namedSites(part, name, sites);
    return named.length > 0 ? named : (sites.one(part.site, 'additionalProperties') ?? []);
  });
  const unevaluated = parts.filter((part) =>
    isUnevaluated(
      parts,
      part,
      'unevaluatedProperties',
      ({ additionalProperties, properties, patternProperties }) =>
        additionalProperties !== undefined ||
        Object.hasOwn(objectAt(properties), name) ||
        Object.keys(objectAt(patternProperties)).some((pattern) => compilePattern(pattern)?.test(name)),
    ),
  );
  return [...own, ...unevaluated.flatMap(({ site }) => sites.one(site, 'unevaluatedProperties') ?? [])].map(demanded);
}

/** The schemas of `properties` and `patternProperties` for a name. */
function namedSites({ schema, site }: Part, name: string, sites: Sites): Site[] {
  const properties = objectAt(schema.properties);
  const declared = Object.hasOwn(properties, name) ? [['properties', name, properties[name]] as const] : [];
  const patterned = Object.entries(objectAt(schema.patternProperties))
    .filter(([pattern]) => compilePattern(pattern)?.test(name))
    .map(([pattern, held]) => ['patternProperties', pattern, held] as const);
  return [...declared, ...patterned].flatMap(([keyword, step, held]) =>
    isSchema(held) ? [sites.inside(site, [keyword, step], held)] : [],
  );
}

/**
 * Everything that the item at an index has to satisfy (JSON Schema Core, 10.3.1 and 11.2).
 * @param matching the `contains` that it matches, which `unevaluatedItems` around them has no say in then
 */
export function demandsOnItem(
  parts: readonly Part[],
  index: number,
  sites: Sites,
  matching: readonly Containment[],
): Demand[] {
  const own = parts.flatMap(({ site }) => sites.nth(site, 'prefixItems', index) ?? sites.one(site, 'items') ?? []);
  const unevaluated = parts.filter(
    (part) =>
      isUnevaluated(
        parts,
        part,
        'unevaluatedItems',
        ({ items, prefixItems }) => items !== undefined || (Array.isArray(prefixItems) && index < prefixItems.length),
      ) && !matching.some(({ part: other }) => other === part || isWithin(other.lineage, part.schema)),
  );
  return [...own, ...unevaluated.flatMap(({ site }) => sites.one(site, 'unevaluatedItems') ?? [])].map(demanded);
}

/** Whether `unevaluated…` of a part has its say: neither itself nor a schema within it has looked at the place. */
function isUnevaluated(
  parts: readonly Part[],
  part: Part,
  keyword: 'unevaluatedProperties' | 'unevaluatedItems',
  looks: (schema: JsonObject) => boolean,
): boolean {
  const hasLooked = (other: Part): boolean =>
    other === part
      ? looks(other.schema)
      : isWithin(other.lineage, part.schema) && (other.schema[keyword] !== undefined || looks(other.schema));
  return part.schema[keyword] !== undefined && !parts.some(hasLooked);
}

/** `contains` of all parts, with how many items have to match and may match. */
export function containments(parts: readonly Part[], sites: Sites): Containment[] {
  return parts.flatMap((part) => {
    const { schema, site } = part;
    const { minContains, maxContains } = schema;
    const contained = sites.one(site, 'contains');
    if (!contained) return [];
    return {
      part,
      demand: demanded(contained),
      minimum: typeof minContains === 'number' ? minContains : 1,
      maximum: typeof maxContains === 'number' ? maxContains : Number.POSITIVE_INFINITY,
      pointer: pointerTo(site, 'contains'),
    };
  });
}

export interface Containment {
  readonly part: Part;
  readonly demand: Demand;
  readonly minimum: number;
  readonly maximum: number;
  readonly pointer: string;
}

/** What the presence of a member demands: names, by trigger (`dependentRequired`, and the older `dependencies`). */
export function dependentNames(parts: readonly Part[]): ReadonlyMap<string, readonly string[]> {
  const byTrigger = new Map<string, string[]>();
  for (const { schema } of parts) {
    for (const keyword of ['dependentRequired', 'dependencies']) {
      for (const [trigger, names] of Object.entries(objectAt(schema[keyword]))) {
        if (Array.isArray(names)) byTrigger.set(trigger, [...(byTrigger.get(trigger) ?? []), ...names.map(String)]);
      }
    }
  }
  return byTrigger;
}

function isWithin(lineage: Lineage | null, schema: object): boolean {
  for (let at = lineage; at; at = at.outer) {
    if (at.schema === schema) return true;
  }
  return false;
}
