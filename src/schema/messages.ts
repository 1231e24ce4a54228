import { scalarText, writeJson } from '../text/integers.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import type { Assertion } from './keywords.js';

type Sentence = (expected: Json, received: unknown, params: Readonly<Record<string, unknown>>) => string;

/** Keywords that a violation can be of. What `minContains` and `maxContains` say is told of `contains`. */
type Violated = Exclude<Assertion, 'minContains' | 'maxContains'> | 'dependencies' | 'falseSchema';

/** What a violation of a keyword says to a person, without a final period. */
const sentences: Readonly<Record<Violated, Sentence>> = {
  type: (expected, received) => `must be ${typeText(expected)}, not ${kindOf(received)}`,
  enum: (expected) =>
    Array.isArray(expected) ? `must be ${alternatives(expected.map(quote))}` : 'must be a declared value',
  const: (expected) => `must be ${quote(expected)}`,
  required: (expected) => `${quote(expected)} is required`,
  dependentRequired: (expected, _received, { property }) =>
    `${quote(expected)} is required where ${quote(property as Json)} is there`,
  dependencies: (expected, _received, { property }) =>
    `${quote(expected)} is required where ${quote(property as Json)} is there`,
  additionalProperties: (_expected, _received, { additionalProperty }) =>
    `${quote(additionalProperty as Json)} is not allowed here`,
  unevaluatedProperties: (_expected, _received, { unevaluatedProperty }) =>
    `${quote(unevaluatedProperty as Json)} is not allowed here`,
  propertyNames: (_expected, received) => `${quote(received as Json)} is not allowed as a name`,
  minimum: (expected) => `must be ${scalarText(expected)} or more`,
  maximum: (expected) => `must be ${scalarText(expected)} or less`,
  exclusiveMinimum: (expected) => `must be more than ${scalarText(expected)}`,
  exclusiveMaximum: (expected) => `must be less than ${scalarText(expected)}`,
  multipleOf: (expected) => `must be a multiple of ${scalarText(expected)}`,
  minLength: (expected) => `must have at least ${plural(expected, 'character')}`,
  maxLength: (expected) => `must have at most ${plural(expected, 'character')}`,
  minItems: (expected) => `must have at least ${plural(expected, 'item')}`,
  maxItems: (expected) => `must have at most ${plural(expected, 'item')}`,
  minProperties: (expected) => `must have at least ${plural(expected, 'member')}`,
  maxProperties: (expected) => `must have at most ${plural(expected, 'member')}`,
  uniqueItems: (_expected, _received, { i, j }) => `must not have an item twice (items ${j} and ${i} are equal)`,
  items: (_expected, _received, { limit }) => `must have at most ${plural(limit as Json, 'item')}`,
  unevaluatedItems: () => 'is an item too many',
  contains: (_expected, _received, { minContains, maxContains }) =>
    maxContains === undefined
      ? `must contain at least ${plural(minContains as Json, 'item')} of the described kind`
      : `must contain ${minContains} to ${maxContains} items of the described kind`,
  pattern: (expected) => `must match the pattern ${expected}`,
  format: (expected) => `must be in the format ${quote(expected)}`,
  anyOf: (expected) => `must be ${union(expected)}`,
  oneOf: (expected, _received, { passing }) =>
    Array.isArray(passing)
      ? `must match one alternative, not several (${several(expected, passing)})`
      : `must be ${union(expected)}`,
  not: () => 'must not be what the schema excludes',
  falseSchema: () => 'is not allowed here',
};

/** A keyword of the table in its own words; another one, of our own, by its name. */
export function messageFor(
  keyword: string,
  expected: Json,
  received: unknown,
  params: Readonly<Record<string, unknown>>,
): string {
  const sentence = Object.hasOwn(sentences, keyword) ? sentences[keyword as Violated] : undefined;
  return sentence?.(expected, received, params) ?? `must be valid for "${keyword}"`;
}

function typeText(expected: Json): string {
  const types = Array.isArray(expected) ? expected : [expected];
  return alternatives(types.map((type) => article(String(type))));
}

function article(type: string): string {
  return type === 'null' ? 'null' : /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

/** What a value is, in the words of JSON Schema. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return article(Array.isArray(value) ? 'array' : typeof value);
}

function quote(value: Json): string {
  const text = typeof value === 'string' ? `'${value}'` : (writeJson(value) ?? 'nothing');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** `'a', 'b' or 'c'`; a long list is cut, since `expected` has it whole. */
function alternatives(texts: readonly string[]): string {
  const shown = texts.length > 12 ? [...texts.slice(0, 11), `${texts.length - 11} others`] : texts;
  return shown.length < 2 ? (shown[0] ?? 'nothing at all') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}

function plural(count: Json, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function union(expected: Json): string {
  return Array.isArray(expected) ? alternatives([...new Set(labels(expected))]) : 'one of the alternatives';
}

function several(expected: Json, passing: readonly unknown[]): string {
  const all = Array.isArray(expected) ? labels(expected) : [];
  return passing.map((index) => all[Number(index)] ?? `alternative ${Number(index) + 1}`).join(' and ');
}

/** Alternatives in a few words: each by its name or title, by its type where no other one has it, or by its number. */
function labels(schemas: readonly Json[]): string[] {
  const types = schemas.map((schema) => (isObject(schema) && schema.type !== undefined ? typeText(schema.type) : null));
  const counts = new Map<string | null, number>();
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
  return schemas.map((schema, index) => {
    const name = nameOf(schema);
    const type = types[index] ?? null;
    if (name !== null) return name;
    return type !== null && counts.get(type) === 1 ? type : `alternative ${index + 1}`;
  });
}

function nameOf(schema: Json): string | null {
  if (!isObject(schema)) return null;
  if (typeof schema.$ref === 'string') return schema.$ref.split('/').at(-1) ?? schema.$ref;
  return typeof schema.title === 'string' ? schema.title : null;
}

/** Alternatives of which no more is said than that there are others. */
const shownAlternatives = 4;

/**
 * What a union says of a value that none of its alternatives takes: what it lacks of each, of many of those that lack least.
 * @param lacking of each alternative the first thing that is wrong, how many there are, and whether it is of another type
 */
export function unionMessage(
  expected: Json,
  lacking: readonly { text: string; count: number; isType: boolean }[],
): string {
  const schemas = Array.isArray(expected) ? expected : [];
  const names = labels(schemas);
  const most = lacking.length > shownAlternatives ? shownAlternatives - 1 : shownAlternatives;
  const nearest = lacking
    .map((one, index) => ({ ...one, index }))
    .sort((a, b) => a.count - b.count || a.index - b.index)
    .slice(0, most)
    .sort((a, b) => a.index - b.index);
  const texts = nearest.map(({ text, isType, index }) => {
    const type = isObject(schemas[index] ?? null) ? (schemas[index] as JsonObject).type : undefined;
    if (isType && type !== undefined && nameOf(schemas[index] ?? null) === null) return typeText(type);
    return `${names[index] ?? `alternative ${index + 1}`} (${text})`;
  });
  const left = lacking.length - nearest.length;
  return `must be ${alternatives([...new Set(texts), ...(left > 0 ? [`${left} others`] : [])])}`;
}
