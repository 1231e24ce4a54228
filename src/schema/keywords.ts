import type { Json, JsonObject } from '../text/value.js';
import { isObject } from '../text/value.js';
import { compilePattern } from './pattern/pattern.js';
import type { JsonSchema } from './types.js';

/** How a keyword holds other schemas: one, a list, or a map by name. */
export type Holding = 'schema' | 'list' | 'map';

/**
 * What the schemas that a keyword holds are for. Of the same value as the schema around them: each (`all`), one or some
 * (`some`), each on a condition (`if met`), or none, since they are only asked (`asked`). Or of what is inside of it.
 */
export type Application = 'all' | 'some' | 'if met' | 'asked' | 'members' | 'names' | 'items';

/** The type of value that a keyword has a say in; all others satisfy it. */
export type Subject = 'any' | 'number' | 'string' | 'array' | 'object';

/** Steps from a keyword's value to the part that is wrong (none: the whole), or null where nothing is. */
type Defect = readonly (string | number)[] | null;

/** What the value of a keyword has to look like. */
interface Form {
  /** What its value, or the part of it that is wrong, has to be, for "expected …". */
  readonly expects: string;
  /** What the 2020-12 meta-schema says of its value, except what can have no effect (a name listed twice). */
  defect(value: Json): Defect;
  readonly holds?: Holding;
  /** The regular expressions in its value, where that has no defect. */
  readonly patterns?: (value: Json) => readonly string[];
}

/** One keyword of JSON Schema 2020-12 that has a say in whether a value is valid. */
export interface Keyword extends Form {
  /** Absent where it says something of the schema, and nothing of a value. */
  readonly about?: Subject;
  /** It is broken by itself: not only by what the schemas that it holds, or that it refers to, assert. */
  readonly asserts?: true | 'where false';
  readonly applies?: Application;
}

export const typeNames: readonly string[] = ['null', 'boolean', 'object', 'array', 'number', 'string', 'integer'];

const schema: Form = { expects: 'a schema (an object or a boolean)', defect: unless(isSchema), holds: 'schema' };
const schemaMap: Form = {
  expects: 'an object of schemas',
  defect: (value) => (isObject(value) ? wrongEntry(value, isSchema) : []),
  holds: 'map',
};
const schemaList: Form = {
  expects: 'a list of schemas',
  defect: (value) => (Array.isArray(value) ? wrongItem(value, isSchema) : []),
  holds: 'list',
};
const alternatives: Form = {
  expects: 'a list of at least one schema',
  defect: (value) => (Array.isArray(value) && value.length === 0 ? [] : schemaList.defect(value)),
  holds: 'list',
};
const number: Form = { expects: 'a number', defect: unless((value) => typeof value === 'number') };
const count: Form = {
  expects: 'an integer of 0 or more',
  defect: unless((value) => typeof value === 'number' && Number.isInteger(value) && value >= 0),
};
const string: Form = { expects: 'a string', defect: unless((value) => typeof value === 'string') };
const names: Form = { expects: 'a list of property names', defect: wrongNames };
const reference: Form = { expects: 'a URI reference', defect: string.defect };
const anchor: Form = { expects: 'a plain name', defect: unless(isAnchor) };

const asserts = (about: Subject, form: Form) => ({ ...form, about, asserts: true }) as const;
const applies = (about: Subject, application: Application, form: Form) =>
  ({ ...form, about, applies: application }) as const;
const both = (about: Subject, application: Application, form: Form) =>
  ({ ...applies(about, application, form), asserts: true }) as const;
const closes = (about: Subject, application: Application, form: Form) =>
  ({ ...applies(about, application, form), asserts: 'where false' }) as const;

/**
 * JSON Schema 2020-12, Core and Validation, as data: every keyword that asserts or applies. What walks over schemas,
 * words violations, breaks values and counts what was exercised asks here. Annotations are below.
 */
export const keywords = {
  // Core
  $ref: { ...reference, about: 'any', applies: 'all' },
  $dynamicRef: { ...reference, about: 'any', applies: 'all' },
  $recursiveRef: { expects: '$dynamicRef, which took its place in JSON Schema 2020-12', defect: () => [] },
  $id: {
    expects: 'a URI reference without a fragment',
    defect: unless((value) => typeof value === 'string' && /^[^#]*#?$/.test(value)),
  },
  $anchor: anchor,
  $dynamicAnchor: anchor,
  $schema: { expects: 'a URI', defect: string.defect },
  // Validation
  type: asserts('any', {
    expects: `one of ${typeNames.join(', ')}, or a list of these`,
    defect: unless((value) => {
      const list = Array.isArray(value) ? value : [value];
      return list.length > 0 && list.every((item) => typeof item === 'string' && typeNames.includes(item));
    }),
  }),
  enum: asserts('any', { expects: 'a list of values', defect: unless(Array.isArray) }),
  const: asserts('any', { expects: 'any value', defect: () => null }),
  // Applicators, in place
  allOf: applies('any', 'all', schemaList),
  anyOf: both('any', 'some', alternatives),
  oneOf: both('any', 'some', alternatives),
  not: both('any', 'asked', schema),
  if: applies('any', 'asked', schema),
  // biome-ignore lint/suspicious/noThenProperty: the keyword's name
  then: applies('any', 'if met', schema),
  else: applies('any', 'if met', schema),
  dependentSchemas: applies('object', 'if met', schemaMap),
  dependencies: applies('object', 'if met', {
    expects: 'an object of schemas or lists of property names',
    defect: (value) => (isObject(value) ? wrongEntry(value, (entry) => isSchema(entry) || !wrongNames(entry)) : []),
    holds: 'map',
  }),
  // Numbers, strings
  multipleOf: asserts('number', {
    expects: 'a number above 0',
    defect: unless((value) => typeof value === 'number' && value > 0),
  }),
  maximum: asserts('number', number),
  exclusiveMaximum: asserts('number', number),
  minimum: asserts('number', number),
  exclusiveMinimum: asserts('number', number),
  maxLength: asserts('string', count),
  minLength: asserts('string', count),
  pattern: asserts('string', {
    expects: 'a regular expression (ECMA-262)',
    defect: unless(isPattern),
    patterns: (value) => [value as string],
  }),
  format: asserts('string', string),
  // Lists
  maxItems: asserts('array', count),
  minItems: asserts('array', count),
  uniqueItems: asserts('array', { expects: 'true or false', defect: unless((value) => typeof value === 'boolean') }),
  prefixItems: applies('array', 'items', schemaList),
  items: closes('array', 'items', {
    ...schema,
    expects: 'a schema (an object or a boolean; a list belongs under prefixItems)',
  }),
  contains: both('array', 'items', schema),
  minContains: asserts('array', count),
  maxContains: asserts('array', count),
  unevaluatedItems: closes('array', 'items', schema),
  // Objects
  maxProperties: asserts('object', count),
  minProperties: asserts('object', count),
  required: asserts('object', names),
  dependentRequired: asserts('object', {
    expects: 'an object of lists of property names',
    defect: (value) => (isObject(value) ? wrongEntry(value, (entry) => !wrongNames(entry)) : []),
  }),
  propertyNames: both('object', 'names', schema),
  properties: applies('object', 'members', schemaMap),
  patternProperties: applies('object', 'members', {
    expects: 'an object of schemas by regular expression (ECMA-262)',
    defect(value) {
      const pattern = isObject(value) ? Object.keys(value).find((name) => !isPattern(name)) : undefined;
      return pattern === undefined ? schemaMap.defect(value) : [pattern];
    },
    holds: 'map',
    patterns: (value) => Object.keys(value as JsonObject),
  }),
  additionalProperties: closes('object', 'members', schema),
  unevaluatedProperties: closes('object', 'members', schema),
} as const satisfies Readonly<Record<string, Keyword>>;

export type KeywordName = keyof typeof keywords;

/** The keywords that are broken by themselves. */
export type Assertion = {
  [Name in KeywordName]: (typeof keywords)[Name] extends { asserts: true | 'where false' } ? Name : never;
}[KeywordName];

export const assertions = (Object.keys(keywords) as KeywordName[]).filter(
  (name): name is Assertion => 'asserts' in keywords[name],
);

/** The assertions that a type of value can break, any value included. */
export function assertionsAbout(value: Json): readonly Assertion[] {
  const type = Array.isArray(value) ? 'array' : typeof value;
  return assertions.filter((name) => keywords[name].about === 'any' || keywords[name].about === type);
}

/** Whether an assertion is one that every value keeps, but for what the schema that it holds asserts by itself. */
export function isVacuous(name: Assertion, value: Json): boolean {
  if (name === 'uniqueItems') return value === false;
  if (name === 'propertyNames') return value === true;
  return keywords[name].asserts === 'where false' && value !== false;
}

/** Keywords that say something to people and programs, and do not validate (JSON Schema 2020-12; OpenAPI 3.1, 4.8.24). */
export const annotations: readonly string[] = [
  '$schema',
  '$comment',
  '$defs',
  '$vocabulary',
  'title',
  'description',
  'default',
  'examples',
  'example',
  'deprecated',
  'readOnly',
  'writeOnly',
  'contentEncoding',
  'contentMediaType',
  'contentSchema',
  'discriminator',
  'xml',
  'externalDocs',
];

/** Keywords that hold schemas to be referred to, and apply none of them. */
export const shelves: Readonly<Record<string, Holding>> = { $defs: 'map', definitions: 'map', contentSchema: 'schema' };

/** Whether a keyword's schemas look at the same value as the schema that it stands in. */
export function isInPlace(name: string): boolean {
  return inPlaceApplications.has(keywordNamed(name)?.applies);
}

const inPlaceApplications: ReadonlySet<Application | undefined> = new Set(['all', 'some', 'if met', 'asked']);

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
  return Object.hasOwn(keywords, name) ? keywords[name as KeywordName] : undefined;
}

export function isSchema(value: Json | undefined): value is JsonSchema {
  return typeof value === 'boolean' || isObject(value);
}

/** Whether a value is of a JSON Schema type (`1.0` is an integer). */
export function hasType(value: Json, type: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  return typeof value === type;
}

function unless(right: (value: Json) => boolean): (value: Json) => Defect {
  return (value) => (right(value) ? null : []);
}

function wrongEntry(value: JsonObject, right: (entry: Json) => boolean): Defect {
  const wrong = Object.keys(value).find((name) => !right(value[name] as Json));
  return wrong === undefined ? null : [wrong];
}

function wrongItem(value: Json[], right: (item: Json) => boolean): Defect {
  const wrong = value.findIndex((item) => !right(item));
  return wrong === -1 ? null : [wrong];
}

function wrongNames(value: Json): Defect {
  return Array.isArray(value) ? wrongItem(value, (item) => typeof item === 'string') : [];
}

function isAnchor(value: Json): boolean {
  return typeof value === 'string' && /^[A-Za-z_][-A-Za-z0-9._]*$/.test(value);
}

function isPattern(value: Json): boolean {
  return typeof value === 'string' && compilePattern(value) !== null;
}
