import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createSchemas } from '../schema/index.js';
import type { Json, JsonObject } from '../text/value.js';
import { createFaker, type Generated } from './create-faker.js';

/** Makes values for the last of these schemas, and says whether each is valid. */
function maker(schema: Json, others: Record<string, Json> = {}) {
  const root = { openapi: '3.1.0', info: { title: 't', version: '1' }, paths: {} };
  const schemas = createSchemas(
    documentFromObject({ ...root, components: { schemas: { ...others, Subject: schema } } }),
  );
  const faker = createFaker(schemas);
  const subject = schemas.at('/components/schemas/Subject', 'response');
  return (salt: string, steps: number): Generated & { valid: boolean } => {
    const generated = faker.generate(subject, { seed: 1, salt, steps });
    return { ...generated, valid: generated.ok && subject.accepts(generated.value) };
  };
}

const salts = ['a', 'b', 'c', 'd'];
/** What a mock searches for one request. */
const steps = 2000;

const choice = (name: string, wanted: boolean): JsonObject => ({
  required: [name],
  properties: { [name]: { const: wanted } },
});

describe('A search that is counted finds', () => {
  it('values under twenty conditions, of which none but the first can hold', () => {
    const names = Array.from({ length: 20 }, (_, index) => `kind${index}`);
    const make = maker({
      type: 'object',
      required: ['kind'],
      properties: { kind: { type: 'string', enum: names } },
      allOf: names.map((name) => ({
        if: { properties: { kind: { const: name } }, required: ['kind'] },
        // biome-ignore lint/suspicious/noThenProperty: the keyword's name
        then: { required: [`of ${name}`] },
      })),
    });
    for (const salt of salts) expect(make(salt, steps)).toMatchObject({ ok: true, valid: true });
  });

  it('values under clauses of three variables each, whatever the salt', () => {
    const variables = ['a', 'b', 'c', 'd', 'e', 'f'];
    const literal = fc.record({ name: fc.constantFrom(...variables), wanted: fc.boolean() });
    const clause = fc.record({ kept: fc.constantFrom(...variables), others: fc.tuple(literal, literal) });
    const truth = fc.array(fc.boolean(), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(truth, fc.array(clause, { maxLength: 16 }), fc.constantFrom(...salts), (values, clauses, salt) => {
        const make = maker({
          type: 'object',
          required: variables,
          properties: Object.fromEntries(variables.map((name) => [name, { type: 'boolean' }])),
          allOf: clauses.map(({ kept, others }) => ({
            anyOf: [
              choice(kept, values[variables.indexOf(kept)] === true),
              ...others.map(({ name, wanted }) => choice(name, wanted)),
            ],
          })),
        });
        expect(make(salt, steps * 2)).toMatchObject({ ok: true, valid: true });
      }),
      { numRuns: 20 },
    );
  });

  it('values under clauses that say the same again and again', () => {
    const no = [choice('a', false), choice('a', false), choice('b', false)];
    const make = maker({
      type: 'object',
      required: ['a', 'b', 'c'],
      properties: { a: { type: 'boolean' }, b: { type: 'boolean' }, c: { type: 'boolean' } },
      allOf: [
        { anyOf: [choice('a', false), choice('c', true)] },
        ...Array.from({ length: 12 }, () => ({ anyOf: no })),
        { anyOf: [choice('c', false), choice('b', true)] },
        { anyOf: [choice('c', false), choice('a', true)] },
      ],
    });
    for (const salt of salts.flatMap((one) => salts.map((other) => one + other)))
      expect(make(salt, steps)).toMatchObject({ ok: true, valid: true });
  });

  it('one of very many branches', () => {
    const branches = Array.from({ length: 1600 }, (_, index) => choice(`kind${index}`, true));
    expect(maker({ type: 'object', oneOf: branches, maxProperties: 1 })('a', steps)).toMatchObject({ valid: true });
  });

  it.each([
    ['integers', { type: 'integer', minimum: 1, maximum: 300 }],
    ['multiples', { type: 'integer', minimum: 0, maximum: 2990, multipleOf: 10 }],
    ['listed values', { enum: Array.from({ length: 300 }, (_, index) => `value ${index}`) }],
  ])('as many different %s as there are', (_name, items) => {
    const make = maker({ type: 'array', uniqueItems: true, minItems: 300, items });
    for (const salt of salts) expect(make(salt, steps)).toMatchObject({ ok: true, valid: true });
  });
});

test('A tuple of 20,000 items is made without looking at all of them for each', () => {
  const prefixItems = Array.from({ length: 20_000 }, () => ({ type: 'integer' }));
  expect(maker({ type: 'array', prefixItems, minItems: 20_000 })('a', steps).ok).toBe(true);
});

test('An array of 10,000 items is made where they are small', () => {
  const made = maker({ type: 'array', minItems: 10_000, items: { type: 'integer' } })('a', steps);
  expect(made).toMatchObject({ ok: true, valid: true });
});

test('One of the values that long lists have in common is made', () => {
  const enums = [0, 1, 2].map((from) => ({ enum: Array.from({ length: 30_000 }, (_, index) => `v${index + from}`) }));
  expect(maker({ allOf: enums })('a', steps)).toMatchObject({ ok: true, valid: true });
});

test('One of 2,000 branches that a discriminator tells apart is made', () => {
  const names = Array.from({ length: 2000 }, (_, index) => `Kind${index}`);
  const kinds = Object.fromEntries(names.map((name) => [name, { type: 'object', ...choice(name, true) }]));
  const oneOf = names.map((name) => ({ $ref: `#/components/schemas/${name}` }));
  const mapping = Object.fromEntries(names.map((name) => [name.toLowerCase(), `#/components/schemas/${name}`]));
  const schema = { oneOf, discriminator: { propertyName: 'kind', mapping } };
  expect(maker(schema, kinds)('a', steps)).toMatchObject({ ok: true, valid: true });
});

describe('A search that is given up says why', () => {
  test('where more members are required than are made', () => {
    const required = Array.from({ length: 20_000 }, (_, index) => `member${index}`);
    const { ok, ...rest } = maker({ type: 'object', required })('a', steps);
    expect(ok).toBe(false);
    expect(rest).toMatchObject({
      problem: { message: '20000 required members are more than are made up in one search' },
    });
  });

  test.each([
    ['items', { type: 'array', minItems: 500_000, items: { type: 'object', required: ['a'] } }, '500000 items'],
    ['characters', { type: 'string', minLength: 9_000_000 }, '9000000 characters'],
  ])('where more %s are wanted than are made', (_name, schema, many) => {
    const { ok, ...rest } = maker(schema)('a', steps);
    expect(ok).toBe(false);
    expect(rest).toMatchObject({ problem: { message: `${many} are more than are made up in one search` } });
    // What need not be there stands in nobody's way.
    expect(maker({ type: 'object', properties: { a: schema } })('a', steps)).toMatchObject({ ok: true, valid: true });
  });

  test('and does not call impossible what it has not tried', () => {
    const levels = Array.from({ length: 12 }, (_, level): [string, JsonObject] => {
      const next = level < 11 ? { $ref: `#/components/schemas/L${level + 1}` } : { type: 'string' };
      return [
        `L${level}`,
        { oneOf: [0, 1, 2].map((index) => ({ properties: { [`at${level}`]: { const: index } }, allOf: [next] })) },
      ];
    });
    const make = maker({ type: 'object', allOf: [{ $ref: '#/components/schemas/L0' }] }, Object.fromEntries(levels));
    expect(make('a', 300)).toMatchObject({
      ok: false,
      problem: { message: expect.stringContaining('the search had to be given up') },
    });
  });
});
