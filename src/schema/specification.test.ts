import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import type { Json, JsonObject } from '../text/value.js';
import { createSchemas } from './schemas.js';
import { createInterpreter } from './validate/interpret/interpreter.js';

const scalar = fc.constantFrom<Json>(null, true, false, 0, 1, 2, 3, 1.5, -1, '', 'a', 'b', 'ab', 'abc');
const name = fc.constantFrom('a', 'b', 'c');

/** Data from few names and values, so that schemas often say something about it. */
const { data } = fc.letrec<{ data: Json }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    scalar,
    fc.array(tie('data'), { maxLength: 3 }),
    fc.dictionary(name, tie('data'), { maxKeys: 3, noNullPrototype: true }) as fc.Arbitrary<JsonObject>,
  ),
}));

/** Schemas with a few keywords each, out of all that assert or apply. */
const { schema } = fc.letrec<{ schema: JsonObject | boolean }>((tie) => {
  const one = tie('schema');
  const list = fc.array(one, { minLength: 1, maxLength: 3 });
  const map = fc.dictionary(name, one, { maxKeys: 2, noNullPrototype: true });
  const count = fc.constantFrom(0, 1, 2);
  const keywords = {
    type: fc.oneof(
      fc.constantFrom('string', 'integer', 'object', 'array', 'null'),
      fc.constant(['object', 'array', 'number']),
    ),
    enum: fc.array(data, { minLength: 1, maxLength: 3 }),
    const: data,
    minimum: count,
    exclusiveMaximum: count,
    multipleOf: fc.constantFrom(1, 2),
    minLength: count,
    maxLength: count,
    pattern: fc.constantFrom('^a', 'b$'),
    minItems: count,
    uniqueItems: fc.boolean(),
    minProperties: count,
    required: fc.uniqueArray(name, { maxLength: 2 }),
    dependentRequired: fc.dictionary(name, fc.uniqueArray(name, { maxLength: 1 }), {
      maxKeys: 1,
      noNullPrototype: true,
    }),
    prefixItems: list,
    items: one,
    contains: one,
    minContains: count,
    maxContains: count,
    properties: map,
    patternProperties: fc.dictionary(fc.constantFrom('^a', 'b'), one, { maxKeys: 1, noNullPrototype: true }),
    additionalProperties: one,
    propertyNames: one,
    allOf: list,
    anyOf: list,
    oneOf: list,
    not: one,
    if: one,
    // biome-ignore lint/suspicious/noThenProperty: the keyword's name
    then: one,
    else: one,
    dependentSchemas: map,
    $ref: fc.constantFrom('#/$defs/x', '#/$defs/y'),
    unevaluatedProperties: one,
    unevaluatedItems: one,
  };
  const some = fc.subarray(Object.keys(keywords) as (keyof typeof keywords)[], { maxLength: 4 }).chain((chosen) =>
    fc.record(Object.fromEntries(chosen.map((keyword) => [keyword, keywords[keyword] as fc.Arbitrary<Json>])), {
      noNullPrototype: true,
    }),
  );
  return { schema: fc.oneof({ maxDepth: 3, depthSize: 'small' }, fc.boolean(), some) };
});

/** What of a value a schema has evaluated (JSON Schema Core, 7.7.1). */
interface Evaluated {
  readonly names: Set<string>;
  readonly items: Set<number>;
}

/**
 * JSON Schema 2020-12 read from its specification, as slow and as plain as can be: an opinion that owes nothing to Ajv.
 * @param definitions What `$ref` leads to.
 * @returns null where the value is not valid.
 */
function evaluate(rules: Json, value: Json, definitions: JsonObject): Evaluated | null {
  if (typeof rules === 'boolean') return rules ? { names: new Set(), items: new Set() } : null;
  const keywords = rules as JsonObject;
  const evaluated = evaluateInPlace(keywords, value, definitions);
  if (!evaluated || !assertsHold(keywords, value)) return null;
  const inside = (inner: Json, held: Json) => evaluate(inner, held, definitions) !== null;
  if (Array.isArray(value)) return itemsHold(keywords, value, evaluated, inside) ? evaluated : null;
  const isObject = typeof value === 'object' && value !== null;
  return isObject && !membersHold(keywords, value, evaluated, inside) ? null : evaluated;
}

function evaluateInPlace(keywords: JsonObject, value: Json, definitions: JsonObject): Evaluated | null {
  const of = (rules: Json) => evaluate(rules, value, definitions);
  const list = (keyword: string) => ((keywords[keyword] ?? []) as Json[]).map(of);
  const dependent = Object.entries((keywords.dependentSchemas ?? {}) as JsonObject);
  const some = list('anyOf').filter((result) => result !== null);
  const one = list('oneOf').filter((result) => result !== null);
  const condition = keywords.if === undefined ? undefined : of(keywords.if);
  const clause = condition === undefined ? undefined : keywords[condition ? 'then' : 'else'];
  const all = [
    ...list('allOf'),
    ...(keywords.$ref === undefined ? [] : [of(definitions[String(keywords.$ref).slice(-1)] as Json)]),
    ...dependent.flatMap(([member, rules]) => (hasMember(value, member) ? [of(rules)] : [])),
    ...(clause === undefined ? [] : [of(clause)]),
    ...some,
    ...one,
  ];
  const holds =
    all.every((result) => result !== null) &&
    (keywords.anyOf === undefined || some.length > 0) &&
    (keywords.oneOf === undefined || one.length === 1) &&
    (keywords.not === undefined || of(keywords.not) === null);
  const parts = [...all, condition].filter((result) => result !== null && result !== undefined);
  return holds
    ? {
        names: new Set(parts.flatMap(({ names }) => [...names])),
        items: new Set(parts.flatMap(({ items }) => [...items])),
      }
    : null;
}

function assertsHold(keywords: JsonObject, value: Json): boolean {
  const isType = (type: Json) =>
    type === typeOf(value) || (typeof value === 'number' && type === 'integer' && value % 1 === 0);
  const same = (other: Json) => text(other) === text(value);
  const general =
    (keywords.type === undefined || [keywords.type].flat().some(isType)) &&
    (keywords.enum === undefined || (keywords.enum as Json[]).some(same)) &&
    (keywords.const === undefined || same(keywords.const));
  if (typeof value === 'number') {
    const {
      minimum = value,
      exclusiveMaximum = value + 1,
      multipleOf = value || 1,
    } = keywords as Record<string, number>;
    return general && value >= minimum && value < exclusiveMaximum && value % multipleOf === 0;
  }
  if (typeof value === 'string') {
    const fits = new RegExp(String(keywords.pattern ?? '')).test(value);
    return general && fits && within(value.length, keywords.minLength, keywords.maxLength);
  }
  return general;
}

type Inside = (rules: Json, held: Json) => boolean;

function itemsHold(keywords: JsonObject, value: Json[], { items }: Evaluated, inside: Inside): boolean {
  const prefix = (keywords.prefixItems ?? []) as Json[];
  const { contains, unevaluatedItems } = keywords;
  const contained = value.flatMap((item, index) => (contains !== undefined && inside(contains, item) ? [index] : []));
  let holds =
    within(value.length, keywords.minItems, undefined) &&
    (keywords.uniqueItems !== true || new Set(value.map(text)).size === value.length) &&
    (contains === undefined || within(contained.length, keywords.minContains ?? 1, keywords.maxContains));
  for (const [index, item] of value.entries()) {
    const applied = index < prefix.length ? prefix[index] : keywords.items;
    const seen = items.has(index) || applied !== undefined || contained.includes(index);
    holds &&= applied === undefined || inside(applied, item);
    holds &&= seen || unevaluatedItems === undefined || inside(unevaluatedItems, item);
    if (seen || unevaluatedItems !== undefined) items.add(index);
  }
  return holds;
}

function membersHold(keywords: JsonObject, value: JsonObject, { names }: Evaluated, inside: Inside): boolean {
  const { properties = {}, patternProperties = {}, dependentRequired = {} } = keywords as Record<string, JsonObject>;
  const { additionalProperties, propertyNames, unevaluatedProperties } = keywords;
  const has = (member: Json) => hasMember(value, String(member));
  let holds =
    within(Object.keys(value).length, keywords.minProperties, undefined) &&
    ((keywords.required ?? []) as Json[]).every(has) &&
    Object.entries(dependentRequired).every(([member, others]) => !has(member) || (others as Json[]).every(has));
  for (const [member, held] of Object.entries(value)) {
    const matching = Object.entries(patternProperties).filter(([pattern]) => new RegExp(pattern).test(member));
    const declared = matching
      .map(([, rules]) => rules)
      .concat(hasMember(properties, member) ? [properties[member] as Json] : []);
    const applied = declared.length === 0 && additionalProperties !== undefined ? [additionalProperties] : declared;
    const seen = names.has(member) || applied.length > 0;
    holds &&= propertyNames === undefined || inside(propertyNames, member);
    holds &&= applied.every((rules) => inside(rules, held));
    holds &&= seen || unevaluatedProperties === undefined || inside(unevaluatedProperties, held);
    if (seen || unevaluatedProperties !== undefined) names.add(member);
  }
  return holds;
}

function within(size: number, minimum: Json | undefined, maximum: Json | undefined): boolean {
  return size >= Number(minimum ?? 0) && size <= Number(maximum ?? Number.POSITIVE_INFINITY);
}

function hasMember(value: Json, member: string): boolean {
  return typeOf(value) === 'object' && Object.hasOwn(value as JsonObject, member);
}

function typeOf(value: Json): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

/** One text for equal values: the members in one order. */
function text(value: Json): string {
  return JSON.stringify(value, (_member, held: Json) =>
    typeOf(held) === 'object' ? Object.fromEntries(Object.entries(held as JsonObject).sort()) : held,
  );
}

const document = documentFromObject({ openapi: '3.1.0', info: { title: '', version: '' }, paths: {} });

describe('a schema, compiled', () => {
  it('answers as the specification says', () => {
    const values = fc.array(data, { minLength: 3, maxLength: 8 });
    fc.assert(
      fc.property(schema, schema, schema, values, (subject, x, y, some) => {
        const unevaluated = { unevaluatedItems: x, unevaluatedProperties: y };
        const whole = { $id: 'https://example.org/s', $defs: { x, y }, allOf: [subject], ...unevaluated };
        const compiled = createSchemas(document).inline(whole, '', 'response', true);
        if (compiled.problem) {
          expect(compiled.problem.message).toContain('without end');
          return;
        }
        const expected = some.map((value) => evaluate(whole, value, { x, y }) !== null);
        expect(some.map((value) => compiled.accepts(value))).toEqual(expected);
        const violations = some.map((value) => compiled.validate(value, 'body'));
        expect(violations.map(({ length }) => length === 0)).toEqual(expected);
        const interpreted = createSchemas(document, createInterpreter).inline(whole, '', 'response', true);
        expect(some.map((value) => interpreted.validate(value, 'body'))).toEqual(violations);
      }),
      { numRuns: 400 },
    );
  });
});
