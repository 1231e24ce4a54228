import fc from 'fast-check';
import { expect, it } from 'vitest';
import { documentFromObject } from '../../../document/index.js';
import type { JsonObject } from '../../../text/value.js';
import { createSchemas } from '../../schemas.js';
import type { Schema } from '../../types.js';
import { createInterpreter } from './interpreter.js';

const inner = {
  type: 'object',
  required: ['a'],
  properties: { a: { type: ['integer', 'null'], minimum: 1 }, b: { type: 'string', maxLength: 2 } },
};
const row = { ...inner, properties: { ...inner.properties, c: inner, d: { type: 'array', items: inner } } };

function interpreted(): Schema {
  const root = { openapi: '3.1.0', info: { title: '', version: '' }, paths: {}, components: { schemas: { row } } };
  return createSchemas(documentFromObject(root), createInterpreter).at('/components/schemas/row', 'response');
}

const scalar = fc.constantFrom(0, 1, 2, null, true, '', 'ab', 'abc', 1.5);
const object = fc.dictionary(fc.constantFrom('a', 'b'), scalar);
const value = fc
  .record({ c: fc.option(object, { nil: 1 }), d: fc.array(object, { maxLength: 3 }) }, { requiredKeys: [] })
  .chain((more) => object.map((own): JsonObject => ({ ...own, ...more })));

it('says of a value what it says of it alone, whatever it was asked before', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 12 }), (values) => {
      const schema = interpreted();
      for (const one of values) expect(schema.validate(one, 'body')).toEqual(interpreted().validate(one, 'body'));
    }),
  );
});

it('looks again at what was changed in place', () => {
  const schema = interpreted();
  const held: { a: number; c: { a: unknown }; d: { a: unknown }[] } = { a: 1, c: { a: 1 }, d: [{ a: 1 }] };
  expect(schema.accepts(held)).toBe(true);
  held.c.a = 0;
  expect(schema.accepts({ ...held })).toBe(false);
  held.c.a = 1;
  (held.d[0] as { a: unknown }).a = 'x';
  expect(schema.accepts({ ...held })).toBe(false);
});

/** Members that a value takes from here or there: others are the very same as before. */
const changes = fc.array(
  fc.record({ a: scalar, b: scalar, c: object, d: fc.array(object, { maxLength: 3 }) }, { requiredKeys: [] }),
  {
    minLength: 1,
    maxLength: 12,
  },
);

it('says the same of what nobody changes in place', () => {
  fc.assert(
    fc.property(changes, (all) => {
      const schema = interpreted();
      let held: JsonObject = {};
      for (const change of all) {
        held = { ...held, ...change };
        expect(schema.accepts(held, true)).toBe(interpreted().accepts(held));
      }
    }),
  );
});

it('looks once at what nobody changes in place', () => {
  const schema = interpreted();
  let looks = 0;
  const c = {
    get a() {
      looks += 1;
      return 1;
    },
  };
  expect(schema.accepts({ a: 1, c }, true)).toBe(true);
  const first = looks;
  expect(schema.accepts({ a: 2, c }, true)).toBe(true);
  expect(schema.accepts({ a: 0, c }, true)).toBe(false);
  expect(looks).toBe(first);
  expect(schema.accepts({ a: 1, c: { ...c, a: 0 } }, true)).toBe(false);
});
