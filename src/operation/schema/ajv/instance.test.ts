import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentFromObject, type Json, type JsonObject } from '../../../document/index.js';
import { createSchemas } from '../../schema.js';

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

/** Schemas with every keyword that Ajv has right, a few at a time. */
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
  };
  const some = fc.subarray(Object.keys(keywords) as (keyof typeof keywords)[], { maxLength: 4 }).chain((chosen) =>
    fc.record(Object.fromEntries(chosen.map((keyword) => [keyword, keywords[keyword] as fc.Arbitrary<Json>])), {
      noNullPrototype: true,
    }),
  );
  return { schema: fc.oneof({ maxDepth: 3, depthSize: 'small' }, fc.boolean(), some) };
});

const document = documentFromObject({ openapi: '3.1.0', info: { title: '', version: '' }, paths: {} });
const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false, logger: false, ownProperties: true });

describe('the keywords that replace those of Ajv', () => {
  it('answer as Ajv does where it is right', () => {
    fc.assert(
      fc.property(schema, schema, schema, fc.array(data, { minLength: 3, maxLength: 8 }), (subject, x, y, values) => {
        const whole = { $id: 'https://example.org/subject', $defs: { x, y }, allOf: [subject] };
        const ours = createSchemas(document).inline(whole as JsonObject, '', 'response');
        if (ours.problem) {
          // Both referring to themselves without end.
          expect(ours.problem.message).toContain('without end');
          return;
        }
        ajv.removeSchema();
        const theirs = ajv.compile(structuredClone(whole));
        expect(values.map((value) => ours.accepts(value))).toEqual(values.map((value) => theirs(value)));
        expect(values.map((value) => ours.validate(value, 'body').length === 0)).toEqual(
          values.map((value) => theirs(value)),
        );
      }),
      { numRuns: 400 },
    );
  });
});
