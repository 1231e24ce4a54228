import { describe, expect, test } from 'vitest';
import { CoverageTally } from '../contract/run/coverage.js';
import { documentFromObject } from '../document/index.js';
import { faults } from '../fault/index.js';
import { createOperations, resultOf } from '../operation/index.js';
import { breaking } from '../schema/breaking.js';
import { type Assertion, assertions } from '../schema/keywords.js';
import { messageFor } from '../schema/messages.js';
import { viewOf } from '../schema/view.js';
import type { Json } from '../text/value.js';

/** For each assertion, what says something by it, and a value that keeps that. A new keyword needs a row here. */
const examples: Readonly<
  Record<Assertion, readonly [limit: Json, kept: Json, besides?: Readonly<Record<string, Json>>]>
> = {
  type: ['string', 'a'],
  enum: [['a', 'b'], 'a'],
  const: ['a', 'a'],
  anyOf: [[{ type: 'integer' }], 1],
  oneOf: [[{ type: 'integer' }], 1],
  not: [{ const: 'a' }, 'b'],
  multipleOf: [2, 4],
  maximum: [4, 4],
  exclusiveMaximum: [4, 3],
  minimum: [4, 4],
  exclusiveMinimum: [4, 5],
  maxLength: [2, 'ab'],
  minLength: [2, 'ab'],
  pattern: ['^a$', 'a'],
  format: ['date', '2026-01-01'],
  maxItems: [2, [1, 2]],
  minItems: [2, [1, 2]],
  uniqueItems: [true, [1, 2]],
  items: [false, []],
  contains: [{ type: 'integer' }, [1]],
  minContains: [2, [1, 2], { contains: { type: 'integer' } }],
  maxContains: [1, [1], { contains: { type: 'integer' } }],
  unevaluatedItems: [false, []],
  maxProperties: [1, { a: 1 }],
  minProperties: [1, { a: 1 }],
  required: [['a'], { a: 1 }],
  dependentRequired: [{ a: ['b'] }, { a: 1, b: 1 }],
  propertyNames: [{ pattern: '^a' }, { a: 1 }],
  additionalProperties: [false, {}],
  unevaluatedProperties: [false, {}],
};

/** Violations of these are told of another keyword. */
const toldOf: Partial<Record<Assertion, Assertion>> = { minContains: 'contains', maxContains: 'contains' };

describe.each(assertions)('the keyword %s of the table', (keyword) => {
  const [limit, kept, besides = {}] = examples[keyword];
  const content = { 'application/json': { schema: { ...besides, [keyword]: limit } } };
  const operations = createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 't', version: '1' },
      paths: { '/a': { put: { requestBody: { content }, responses: { 200: { description: 'ok', content } } } } },
    }),
  );
  const [entry] = operations.entries;
  if (entry === undefined) throw new Error('no operation');
  const operation = operations.compile(entry);
  const root = '/paths/~1a/put/responses/200/content/application~1json/schema';
  const schema = operations.schemas.at(root, 'response');

  test('is kept by one value, and broken by one that is made of it', () => {
    expect(schema.validate(kept, 'body')).toEqual([]);
    const broken = breaking[keyword](kept, limit, { ...besides, [keyword]: limit });
    expect(broken.some((value) => !schema.accepts(value))).toBe(true);
  });

  test('is told in words of its own', () => {
    const broken = breaking[keyword](kept, limit, { ...besides, [keyword]: limit });
    const found = broken.flatMap((value) => schema.validate(value, 'body')).map((violation) => violation.keyword);
    const told = toldOf[keyword] ?? keyword;
    const closed = ['items', 'unevaluatedItems'].includes(keyword) ? [told, 'falseSchema'] : [told];
    expect(closed.some((one) => found.includes(one))).toBe(true);
    expect(messageFor(told, limit, kept, {})).not.toContain('must be valid for');
  });

  test('is counted by coverage, struck by a fault, and may be forgotten by a server', () => {
    const tally = new CoverageTally(operations);
    resultOf(tally.beginning(operation));
    expect(tally.result(operations.entries).keywords.never).toContain(`response #${root}/${keyword}`);
    const sites = faults.flatMap((fault) => fault.sites?.(operation) ?? []).map(({ pointer }) => pointer);
    expect(sites).toContain(`${root}/${keyword}`);
    const sent = '/paths/~1a/put/requestBody/content/application~1json/schema';
    expect(sites).toContain(`${sent}/${toldOf[keyword] ?? keyword}`);
    expect(viewOf(operation.document).part(root)?.schema[keyword]).toEqual(limit);
  });
});
