import fc from 'fast-check';
import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createSchemas } from '../schema/index.js';
import type { Json, JsonObject } from '../text/value.js';
import { createFaker } from './index.js';
import { Random } from './random.js';

/** Any JSON value, small. */
function anyValue(random: Random, depth: number): Json {
  const scalars: Json[] = [
    '',
    'abc',
    'hello world',
    'a@b.co',
    '2024-05-06',
    'Zürich',
    0,
    -5,
    42,
    2 ** 31,
    0.25,
    -3.75,
    true,
    null,
  ];
  if (depth === 0 || random.chance(0.4)) return random.pick(scalars);
  const inner = Array.from({ length: random.integer(0, 3) }, () => anyValue(random, depth - 1));
  return random.chance(0.5)
    ? inner
    : Object.fromEntries(inner.map((value) => [random.pick(['a', 'b', 'c', 'd']), value]));
}

/** A schema with all sorts of keywords under which a given value is valid, so that it can be satisfied. */
function schemaAround(value: Json, random: Random, depth: number): JsonObject {
  const inner = (one: Json): JsonObject => schemaAround(one, random, depth - 1);
  const stranger = (): JsonObject => schemaAround(anyValue(random, 1), random, 0);
  const sometimes = (probability: number, schema: () => JsonObject): JsonObject =>
    random.chance(probability) ? schema() : {};
  const combined = (): JsonObject => ({
    ...sometimes(0.15, () => ({ allOf: [inner(value), inner(value)] })),
    ...sometimes(0.15, () => ({ anyOf: [stranger(), inner(value)] })),
    ...sometimes(0.1, () => ({ oneOf: [inner(value), { const: 'never' }] })),
    ...sometimes(0.1, () => ({ not: { enum: ['never', { never: true }] } })),
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema has a keyword of this name
    ...sometimes(0.1, () => ({ if: stranger(), then: inner(value), else: inner(value) })),
  });
  return {
    ...sometimes(0.7, () => ({ type: [typeOf(value), ...(random.chance(0.2) ? ['null'] : [])] })),
    ...sometimes(0.08, () => ({ const: value })),
    ...sometimes(0.08, () => ({ enum: [anyValue(random, 1), value] })),
    ...aroundKind(value, random, depth, inner, sometimes),
    ...(depth > 0 ? combined() : {}),
  };
}

function aroundKind(
  value: Json,
  random: Random,
  depth: number,
  inner: (one: Json) => JsonObject,
  sometimes: (probability: number, schema: () => JsonObject) => JsonObject,
): JsonObject {
  if (typeof value === 'string') {
    const length = [...value].length;
    return {
      ...sometimes(0.4, () => ({ minLength: Math.max(0, length - random.integer(0, 2)) })),
      ...sometimes(0.4, () => ({ maxLength: length + random.integer(0, 2) })),
      ...sometimes(0.3, () => ({
        pattern: `^${[...value].map((one) => (/[a-z]/.test(one) ? '[a-z]' : `[${one}]`)).join('')}`,
      })),
    };
  }
  if (typeof value === 'number') {
    return {
      ...sometimes(0.4, () => ({ minimum: value - random.integer(0, 5) })),
      ...sometimes(0.4, () => ({ exclusiveMaximum: value + random.integer(1, 5) })),
      ...sometimes(0.3, () => ({ multipleOf: value === 0 ? 3 : Math.abs(value) })),
    };
  }
  if (Array.isArray(value) && depth > 0) {
    const some = value.slice(0, random.integer(0, value.length));
    return {
      ...sometimes(0.4, () => ({ minItems: value.length })),
      ...sometimes(0.4, () => ({ maxItems: value.length + random.integer(0, 1) })),
      ...sometimes(0.5, () => ({ prefixItems: [true, ...some.slice(1).map(inner)] })),
      ...sometimes(value.length > 0 ? 0.4 : 0, () => ({ items: { anyOf: value.map(inner) } })),
      ...sometimes(value.length > 0 ? 0.3 : 0, () => ({
        contains: inner(random.pick(value)),
        maxContains: value.length,
      })),
    };
  }
  return typeof value === 'object' && value !== null && depth > 0
    ? aroundObject(value as JsonObject, random, inner, sometimes)
    : {};
}

function aroundObject(
  value: JsonObject,
  random: Random,
  inner: (one: Json) => JsonObject,
  sometimes: (probability: number, schema: () => JsonObject) => JsonObject,
): JsonObject {
  const names = Object.keys(value);
  const [first, second] = names;
  const declared = Object.entries(value).filter(() => random.chance(0.8));
  const closed = declared.length === names.length;
  return {
    properties: { ...Object.fromEntries(declared.map(([name, one]) => [name, inner(one)])), e: { type: 'string' } },
    required: names.filter(() => random.chance(0.5)),
    ...sometimes(0.3, () => ({ minProperties: names.length })),
    ...sometimes(0.3, () => ({ maxProperties: names.length })),
    ...sometimes(closed ? 0.3 : 0, () => ({ [random.pick(['additionalProperties', 'unevaluatedProperties'])]: false })),
    ...sometimes(0.2, () => ({ propertyNames: { maxLength: random.integer(1, 3) } })),
    ...(first === undefined
      ? {}
      : {
          ...sometimes(0.2, () => ({ patternProperties: { [`^[${first}z]`]: inner(value[first] as Json) } })),
          ...sometimes(0.2, () => ({ dependentRequired: { [first]: [second ?? first] } })),
          ...sometimes(0.2, () => ({ dependentSchemas: { [first]: { minProperties: 1 } } })),
          ...sometimes(names.includes('d') ? 0 : 0.2, () => ({ not: { required: ['d'] } })),
        }),
  };
}

function typeOf(value: Json): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

it('a schema that something is known to be valid under gets a value, however its keywords are combined', () => {
  let satisfiable = 0;
  const missed: JsonObject[] = [];
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 3 }), (seed, depth) => {
      const random = new Random(seed);
      const witness = anyValue(random, depth);
      const Subject = schemaAround(witness, random, depth);
      const root = {
        openapi: '3.1.0',
        info: { title: 'test', version: '1' },
        paths: {},
        components: { schemas: { Subject } },
      };
      const schemas = createSchemas(documentFromObject(root));
      const schema = schemas.at('/components/schemas/Subject', 'response');
      if (schema.accepts(witness)) {
        satisfiable += 1;
        const faker = createFaker(schemas);
        expect({ Subject, contradiction: faker.contradiction(schema) }).toEqual({ Subject, contradiction: null });
        const result = faker.generate(schema, { seed });
        if (!result.ok) {
          missed.push(Subject);
        } else {
          expect(schema.accepts(result.value)).toBe(true);
        }
      }
    }),
    // The example has several `contains`, which are not met in any of the orders that are tried.
    { numRuns: 400, examples: [[-1736182262, 3]] },
  );
  expect(satisfiable).toBeGreaterThan(300);
  // About five of ten thousand defeat the search, most of them with several `contains` in one array.
  expect(missed.length).toBeLessThanOrEqual(4);
});
