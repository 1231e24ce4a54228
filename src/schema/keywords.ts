import type { Json, JsonObject } from '../text/value.js';
import { isObject } from '../text/value.js';
import type { JsonSchema } from './types.js';

/** How a keyword holds other schemas: one, a list, or a map by name. */
export type Holding = 'schema' | 'list' | 'map';

/** Steps from a keyword's value to the part that is wrong (none: the whole), or null where nothing is. */
type Fault = readonly (string | number)[] | null;

/** One keyword of JSON Schema 2020-12 that has a say in whether a value is valid. */
export interface Keyword {
  /** What its value, or the part of it that is wrong, has to be, for "expected …". */
  readonly expects: string;
  /** What the 2020-12 meta-schema says of its value, except what can have no effect (a name listed twice). */
  fault(value: Json): Fault;
  readonly holds?: Holding;
  /** Its schemas look at the same value as the schema that it stands in. */
  readonly inPlace?: true;
}

export const typeNames: readonly string[] = ['null', 'boolean', 'object', 'array', 'number', 'string', 'integer'];

const schema: Keyword = { expects: 'a schema (an object or a boolean)', fault: unless(isSchema), holds: 'schema' };
const schemaInPlace: Keyword = { ...schema, inPlace: true };
const schemaMap: Keyword = {
  expects: 'an object of schemas',
  fault: (value) => (isObject(value) ? faultyEntry(value, isSchema) : []),
  holds: 'map',
};
const schemaList: Keyword = {
  expects: 'a list of schemas',
  fault: (value) => (Array.isArray(value) ? faultyItem(value, isSchema) : []),
  holds: 'list',
};
const alternatives: Keyword = {
  expects: 'a list of at least one schema',
  fault: (value) => (Array.isArray(value) && value.length === 0 ? [] : schemaList.fault(value)),
  holds: 'list',
  inPlace: true,
};
const number: Keyword = { expects: 'a number', fault: unless((value) => typeof value === 'number') };
const count: Keyword = {
  expects: 'an integer of 0 or more',
  fault: unless((value) => typeof value === 'number' && Number.isInteger(value) && value >= 0),
};
const string: Keyword = { expects: 'a string', fault: unless((value) => typeof value === 'string') };
const names: Keyword = { expects: 'a list of property names', fault: faultyNames };
const reference: Keyword = { expects: 'a URI reference', fault: string.fault };
const anchor: Keyword = { expects: 'a plain name', fault: unless(isAnchor) };

/**
 * JSON Schema 2020-12, Core and Validation, as data: every keyword that asserts or applies. Annotations
 * are not here; they may hold what they like.
 */
export const keywords: Readonly<Record<string, Keyword>> = {
  // Core
  $ref: reference,
  $dynamicRef: reference,
  $recursiveRef: { expects: '$dynamicRef, which took its place in JSON Schema 2020-12', fault: () => [] },
  $id: {
    expects: 'a URI reference without a fragment',
    fault: unless((value) => typeof value === 'string' && /^[^#]*#?$/.test(value)),
  },
  $anchor: anchor,
  $dynamicAnchor: anchor,
  $schema: { expects: 'a URI', fault: string.fault },
  // Applicators, in place
  allOf: { ...schemaList, inPlace: true },
  anyOf: alternatives,
  oneOf: alternatives,
  not: schemaInPlace,
  if: schemaInPlace,
  // biome-ignore lint/suspicious/noThenProperty: the keyword's name
  then: schemaInPlace,
  else: schemaInPlace,
  dependentSchemas: { ...schemaMap, inPlace: true },
  dependencies: {
    expects: 'an object of schemas or lists of property names',
    fault: (value) => (isObject(value) ? faultyEntry(value, (entry) => isSchema(entry) || !faultyNames(entry)) : []),
    holds: 'map',
    inPlace: true,
  },
  // Applicators, to members and items
  properties: schemaMap,
  patternProperties: {
    expects: 'an object of schemas by regular expression (ECMA-262)',
    fault(value) {
      const pattern = isObject(value) ? Object.keys(value).find((name) => !isPattern(name)) : undefined;
      return pattern === undefined ? schemaMap.fault(value) : [pattern];
    },
    holds: 'map',
  },
  additionalProperties: schema,
  propertyNames: schema,
  prefixItems: schemaList,
  items: { ...schema, expects: 'a schema (an object or a boolean; a list belongs under prefixItems)' },
  contains: schema,
  unevaluatedProperties: schema,
  unevaluatedItems: schema,
  // Validation
  type: {
    expects: `one of ${typeNames.join(', ')}, or a list of these`,
    fault: unless((value) => {
      const list = Array.isArray(value) ? value : [value];
      return list.length > 0 && list.every((item) => typeof item === 'string' && typeNames.includes(item));
    }),
  },
  enum: { expects: 'a list of values', fault: unless(Array.isArray) },
  const: { expects: 'any value', fault: () => null },
  multipleOf: { expects: 'a number above 0', fault: unless((value) => typeof value === 'number' && value > 0) },
  maximum: number,
  exclusiveMaximum: number,
  minimum: number,
  exclusiveMinimum: number,
  maxLength: count,
  minLength: count,
  pattern: { expects: 'a regular expression (ECMA-262)', fault: unless(isPattern) },
  maxItems: count,
  minItems: count,
  uniqueItems: { expects: 'true or false', fault: unless((value) => typeof value === 'boolean') },
  maxContains: count,
  minContains: count,
  maxProperties: count,
  minProperties: count,
  required: names,
  dependentRequired: {
    expects: 'an object of lists of property names',
    fault: (value) => (isObject(value) ? faultyEntry(value, (entry) => !faultyNames(entry)) : []),
  },
  format: string,
};

/** Keywords that hold schemas to be referred to, and apply none of them. */
export const shelves: Readonly<Record<string, Holding>> = { $defs: 'map', definitions: 'map', contentSchema: 'schema' };

/**
 * The schemas that stand directly inside one, with the steps that lead there. What is not shaped as its
 * keyword demands is left out.
 */
export function* subschemas(
  value: JsonObject,
  where: (keyword: string) => Holding | undefined,
): Generator<{ keyword: string; steps: readonly (string | number)[]; value: JsonSchema }> {
  for (const [keyword, held] of Object.entries(value)) {
    const holding = where(keyword);
    if (holding === 'schema' && isSchema(held)) {
      yield { keyword, steps: [keyword], value: held };
    } else if (holding === 'list' && Array.isArray(held)) {
      for (const [index, item] of held.entries()) {
        if (isSchema(item)) yield { keyword, steps: [keyword, index], value: item };
      }
    } else if (holding === 'map' && isObject(held)) {
      for (const [name, item] of Object.entries(held)) {
        if (isSchema(item)) yield { keyword, steps: [keyword, name], value: item };
      }
    }
  }
}

/** How a keyword holds schemas, applied or not. */
export function holdingOf(keyword: string): Holding | undefined {
  return keywordNamed(keyword)?.holds ?? (Object.hasOwn(shelves, keyword) ? shelves[keyword] : undefined);
}

export function keywordNamed(name: string): Keyword | undefined {
  return Object.hasOwn(keywords, name) ? keywords[name] : undefined;
}

export function isSchema(value: Json | undefined): value is JsonSchema {
  return typeof value === 'boolean' || isObject(value);
}

function unless(right: (value: Json) => boolean): (value: Json) => Fault {
  return (value) => (right(value) ? null : []);
}

function faultyEntry(value: JsonObject, right: (entry: Json) => boolean): Fault {
  const wrong = Object.keys(value).find((name) => !right(value[name] as Json));
  return wrong === undefined ? null : [wrong];
}

function faultyItem(value: Json[], right: (item: Json) => boolean): Fault {
  const wrong = value.findIndex((item) => !right(item));
  return wrong === -1 ? null : [wrong];
}

function faultyNames(value: Json): Fault {
  return Array.isArray(value) ? faultyItem(value, (item) => typeof item === 'string') : [];
}

function isAnchor(value: Json): boolean {
  return typeof value === 'string' && /^[A-Za-z_][-A-Za-z0-9._]*$/.test(value);
}

function isPattern(value: Json): boolean {
  return typeof value === 'string' && compilePattern(value) !== null;
}

const patterns = new Map<string, RegExp | null>();

/**
 * A regular expression of a schema (JSON Schema Core, 6.4): ECMA-262 with the flag `u`. Real documents have
 * ones that only compile without (`[\w-.]`, `\-`): these are taken without it. null: it does not compile.
 */
export function compilePattern(pattern: string): RegExp | null {
  let compiled = patterns.get(pattern);
  if (compiled === undefined) {
    compiled = tryPattern(pattern, 'u') ?? tryPattern(pattern, '');
    patterns.set(pattern, compiled);
  }
  return compiled;
}

function tryPattern(pattern: string, flags: string): RegExp | null {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return null;
  }
}
