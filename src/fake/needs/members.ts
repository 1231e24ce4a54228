import type { JsonSchema } from '../../schema/index.js';
import { isSchema } from '../../schema/keywords.js';
import { compilePattern } from '../../schema/pattern/pattern.js';
import { isObject, type JsonObject } from '../../text/value.js';
import { type Demand, demanded, type Lineage, type Part } from './gather.js';
import { pointerTo, type Site, type Sites } from './site.js';

/** The names that the schemas of an object declare, in the order of the document. */
export function declaredNames(parts: readonly Part[]): string[] {
  const names = new Set<string>();
  for (const { schema } of parts) {
    for (const name of Object.keys(objectAt(schema, 'properties'))) names.add(name);
  }
  return [...names];
}

/** Everything that a member of this name has to satisfy (JSON Schema Core, 10.3.2 and 11.3). */
export function demandsOnMember(parts: readonly Part[], name: string, sites: Sites): Demand[] {
  const demands: Demand[] = [];
  for (const { schema, site } of parts) {
    const own = ownDemands(schema, site, name, sites);
    if (own.length > 0) {
      demands.push(...own);
    } else if (isSchema(schema.additionalProperties)) {
      demands.push(demanded(sites.inside(site, ['additionalProperties'], schema.additionalProperties)));
    }
  }
  for (const part of parts) {
    const { schema, site } = part;
    if (isSchema(schema.unevaluatedProperties) && !parts.some((other) => evaluatesMember(part, other, name))) {
      demands.push(demanded(sites.inside(site, ['unevaluatedProperties'], schema.unevaluatedProperties)));
    }
  }
  return demands;
}

function ownDemands(schema: JsonObject, site: Site, name: string, sites: Sites): Demand[] {
  const demands: Demand[] = [];
  const properties = objectAt(schema, 'properties');
  if (Object.hasOwn(properties, name) && isSchema(properties[name])) {
    demands.push(demanded(sites.inside(site, ['properties', name], properties[name])));
  }
  for (const [pattern, held] of Object.entries(objectAt(schema, 'patternProperties'))) {
    if (isSchema(held) && compilePattern(pattern)?.test(name)) {
      demands.push(demanded(sites.inside(site, ['patternProperties', pattern], held)));
    }
  }
  return demands;
}

function evaluatesMember(part: Part, other: Part, name: string): boolean {
  const { schema } = other;
  const outside = part !== other;
  if (outside && !isWithin(other.lineage, part.schema)) return false;
  return (
    schema.additionalProperties !== undefined ||
    (outside && schema.unevaluatedProperties !== undefined) ||
    Object.hasOwn(objectAt(schema, 'properties'), name) ||
    Object.keys(objectAt(schema, 'patternProperties')).some((pattern) => compilePattern(pattern)?.test(name))
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
  const demands: Demand[] = [];
  for (const { schema, site } of parts) {
    const prefix = prefixOf(schema);
    if (index < prefix.length) {
      demands.push(demanded(sites.inside(site, ['prefixItems', index], prefix[index] as JsonSchema)));
    } else if (isSchema(schema.items)) {
      demands.push(demanded(sites.inside(site, ['items'], schema.items)));
    }
  }
  for (const part of parts) {
    const { schema, site } = part;
    const matched = matching.some(({ part: other }) => other === part || isWithin(other.lineage, schema));
    if (isSchema(schema.unevaluatedItems) && !matched && !parts.some((other) => evaluatesItem(part, other, index))) {
      demands.push(demanded(sites.inside(site, ['unevaluatedItems'], schema.unevaluatedItems)));
    }
  }
  return demands;
}

function evaluatesItem(part: Part, other: Part, index: number): boolean {
  const { schema } = other;
  const outside = part !== other;
  if (outside && !isWithin(other.lineage, part.schema)) return false;
  return (
    schema.items !== undefined || (outside && schema.unevaluatedItems !== undefined) || index < prefixOf(schema).length
  );
}

/** `propertyNames` of all parts. */
export function namings(parts: readonly Part[], sites: Sites): Site[] {
  return parts.flatMap(({ schema, site }) =>
    isSchema(schema.propertyNames) ? [sites.inside(site, ['propertyNames'], schema.propertyNames)] : [],
  );
}

/** The keys of `patternProperties` of all parts. */
export function namePatterns(parts: readonly Part[]): string[] {
  return parts.flatMap(({ schema }) => Object.keys(objectAt(schema, 'patternProperties')));
}

/** `contains` of all parts, with how many items have to match and may match. */
export function containments(parts: readonly Part[], sites: Sites): Containment[] {
  return parts.flatMap((part) => {
    const { schema, site } = part;
    if (!isSchema(schema.contains)) return [];
    const { minContains, maxContains } = schema;
    return [
      {
        part,
        demand: demanded(sites.inside(site, ['contains'], schema.contains)),
        minimum: typeof minContains === 'number' ? minContains : 1,
        maximum: typeof maxContains === 'number' ? maxContains : Number.POSITIVE_INFINITY,
        pointer: pointerTo(site, 'contains'),
      },
    ];
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
      for (const [trigger, names] of Object.entries(objectAt(schema, keyword))) {
        if (Array.isArray(names)) byTrigger.set(trigger, [...(byTrigger.get(trigger) ?? []), ...names.map(String)]);
      }
    }
  }
  return byTrigger;
}

export function prefixOf(schema: JsonObject): JsonSchema[] {
  return Array.isArray(schema.prefixItems) ? schema.prefixItems.filter(isSchema) : [];
}

function isWithin(lineage: Lineage | null, schema: object): boolean {
  for (let at = lineage; at; at = at.outer) {
    if (at.schema === schema) return true;
  }
  return false;
}

function objectAt(schema: JsonObject, keyword: string): JsonObject {
  const held = schema[keyword];
  return isObject(held) ? held : {};
}
