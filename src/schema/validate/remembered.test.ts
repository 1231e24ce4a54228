import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createSchemas } from '../schemas.js';

const levels = 60;
const next = (index: number) => ({ $ref: `#/components/schemas/L${index}` });
const last = { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } };

/** Each schema leads to the next in two ways, so that there are 2^60 ways to the last. */
function schemaOf(keyword: 'allOf' | 'anyOf', more: object = {}) {
  const schemas = Object.fromEntries(
    Array.from({ length: levels }, (_, index) => [`L${index}`, { [keyword]: [next(index + 1), next(index + 1)] }]),
  );
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths: {},
    components: { schemas: { ...schemas, [`L${levels}`]: last, Start: { allOf: [next(0)], ...more } } },
  });
  return createSchemas(document).at('/components/schemas/Start', 'response');
}

it.each(['allOf', 'anyOf'] as const)(
  'judges a value once where %s leads to one schema in very many ways',
  (keyword) => {
    const schema = schemaOf(keyword);
    // Often enough for code to be made of the schemas too.
    for (let call = 0; call < 250; call++) {
      expect(schema.accepts({ a: 1 })).toBe(true);
      expect(schema.accepts({ a: 'x' })).toBe(false);
      expect(schema.accepts({})).toBe(false);
    }
    expect(schema.validate({ a: 'x' }, 'body').map(({ pointer }) => pointer)).toContain('/a');
  },
);

it('knows what has been evaluated in each of very many ways', () => {
  const schema = schemaOf('allOf', { unevaluatedProperties: false });
  expect(schema.accepts({ a: 1 })).toBe(true);
  expect(schema.accepts({ a: 1, b: 2 })).toBe(false);
});

it('judges a value anew that has been changed since', () => {
  const schema = schemaOf('allOf');
  const value: { a: unknown } = { a: 1 };
  expect(schema.accepts(value)).toBe(true);
  value.a = 'x';
  expect(schema.accepts(value)).toBe(false);
});

it('judges a value once where branches lead to one schema for the same member', () => {
  const expression = { $ref: '#/components/schemas/Expression' };
  const kinds = Array.from({ length: 12 }, (_, index) => `Kind${index}`);
  const kind = (name: string) => ({
    type: 'object',
    required: ['kind'],
    properties: { kind: { const: name }, left: expression, right: expression },
  });
  const schemas = {
    Expression: { oneOf: [...kinds.map((name) => ({ $ref: `#/components/schemas/${name}` })), { type: 'integer' }] },
    ...Object.fromEntries(kinds.map((name) => [name, kind(name)])),
  };
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths: {},
    components: { schemas },
  });
  const schema = createSchemas(document).at('/components/schemas/Expression', 'response');
  // A tree of so many levels has 12^20 ways to its leaf.
  const deep = (leaf: unknown, levels: number): unknown =>
    levels === 0 ? leaf : { kind: kinds[levels % 12], left: deep(leaf, levels - 1), right: 1 };
  expect(schema.accepts(deep(1, 20))).toBe(true);
  expect(schema.accepts(deep('x', 20))).toBe(false);
});
