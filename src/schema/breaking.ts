import { isObject, type Json, type JsonObject, without } from '../text/value.js';
import type { Assertion } from './keywords.js';

/** Of a value that keeps a keyword, values that may break it. The schema has the last word on whether they do. */
type Breaking = (value: Json, limit: Json, schema: JsonObject) => readonly Json[];

const foreignName = 'counterproofUnexpected';
const mostMembers = 100;
const oneOfEach: readonly Json[] = [12345, 'counterproof', true, null, {}, [], 0.5];

/** How each assertion of JSON Schema 2020-12 (Validation, 6) is broken, the plainest way first. */
export const breaking: Readonly<Record<Assertion, Breaking>> = {
  type: () => oneOfEach,
  enum: (value) => [...nearMisses(value), ...oneOfEach],
  const: (value) => [...nearMisses(value), ...oneOfEach],
  anyOf: () => [['counterproof', {}], 'counterproof-unknown', ...oneOfEach],
  oneOf: () => [['counterproof', {}], 'counterproof-unknown', ...oneOfEach],
  not: (_, negated) => [...valuesOf(negated), ...oneOfEach],
  multipleOf: numbers((limit, value) => value + limit / 2),
  maximum: numbers((limit) => limit + 1),
  exclusiveMaximum: numbers((limit) => limit),
  minimum: numbers((limit) => limit - 1),
  exclusiveMinimum: numbers((limit) => limit),
  maxLength: strings((limit, value) => value.padEnd(limit + 1, value === '' ? 'x' : value)),
  minLength: strings((limit, value) => [...value].slice(0, Math.max(0, limit - 1)).join('')),
  pattern(value) {
    if (typeof value !== 'string') return [];
    const rest = value.slice(1);
    return [...['!', '~', ' ', 'é'].map((first) => first + rest), 'x', '0', '%', `${value}\u2003`, '\u2003', '', 'Z9~'];
  },
  format: () => ['not-a-valid-value ]', 'not a date', '12', '%', 99999999999],
  maxItems: lists((items, limit) => [repeated(items, limit + 1)]),
  minItems: lists((items, limit) => [items.slice(0, Math.max(0, limit - 1))]),
  items: lists((items) => oneOfEach.map((item) => [...items, item])),
  uniqueItems: lists((items) => (items.length > 0 ? [[...items, items.at(-1) ?? null]] : [])),
  contains: lists((items) => [items.map(() => 'counterproof'), items.map(() => null), []]),
  minContains: lists((items, limit) => [items.slice(0, Math.max(0, limit - 1)), items.map(() => null)]),
  maxContains: lists((items, limit) => items.map((item) => [...items, ...repeated([item], limit + 1)])),
  unevaluatedItems: lists((items) => oneOfEach.map((item) => [...items, item])),
  maxProperties: objects((value, limit) => (typeof limit === 'number' ? [grown(value, limit + 1)] : [])),
  minProperties: objects((value, limit) => [Object.fromEntries(Object.entries(value).slice(0, Number(limit) - 1))]),
  required: objects((value, limit) => namesIn(limit).map((name) => without(value, name))),
  dependentRequired: objects((value, limit) =>
    Object.entries(isObject(limit) ? limit : {})
      .filter(([trigger]) => Object.hasOwn(value, trigger))
      .flatMap(([, names]) => namesIn(names).map((name) => without(value, name))),
  ),
  propertyNames: objects((value) =>
    ['', '!', 'COUNTERPROOF unexpected', '0'.repeat(200)].map((name) => ({
      ...value,
      [name]: Object.values(value)[0] ?? 'x',
    })),
  ),
  additionalProperties: objects((value) => [{ ...value, [foreignName]: 'x' }]),
  unevaluatedProperties: objects((value) => [{ ...value, [foreignName]: 'x' }]),
};

function numbers(broken: (limit: number, value: number) => number): Breaking {
  return (value, limit) => (typeof limit === 'number' && typeof value === 'number' ? [broken(limit, value)] : []);
}

function strings(broken: (limit: number, value: string) => string): Breaking {
  return (value, limit) => (typeof limit === 'number' && typeof value === 'string' ? [broken(limit, value)] : []);
}

function lists(broken: (items: Json[], limit: number) => readonly Json[]): Breaking {
  return (value, limit) => (Array.isArray(value) ? broken(value, Number(limit)) : []);
}

function objects(broken: (value: JsonObject, limit: Json) => readonly Json[]): Breaking {
  return (value, limit) => (isObject(value) ? broken(value, limit) : []);
}

/** A list made as long as is asked by its own items; none where that is longer than anybody would send. */
function repeated(items: readonly Json[], length: number): Json[] {
  if (items.length === 0 || length > 10_000) return [...items];
  return Array.from({ length }, (_, index) => items[index % items.length] ?? null);
}

function grown(value: JsonObject, size: number): JsonObject {
  const many = { ...value };
  const model = Object.values(value)[0] ?? 'x';
  for (let index = 0; Object.keys(many).length < Math.min(size, mostMembers + 1); index++) {
    many[`counterproof${index}`] = model;
  }
  return many;
}

/** What servers are lenient about, for a word of a closed list. */
function nearMisses(value: Json): Json[] {
  if (typeof value === 'number') return [value + 1, String(value)];
  if (typeof value !== 'string') return [];
  return [`${value}_v2`, value.toUpperCase(), value.toLowerCase(), ` ${value}`, ''];
}

/** The values that a schema names, for who wants what it excludes. */
function valuesOf(schema: Json): readonly Json[] {
  if (!isObject(schema)) return [];
  return Array.isArray(schema.enum) ? schema.enum : schema.const === undefined ? [] : [schema.const];
}

function namesIn(names: Json | undefined): string[] {
  return Array.isArray(names) ? names.map(String) : [];
}
