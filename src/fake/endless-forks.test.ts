import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createSchemas } from '../schema/index.js';
import type { Json } from '../text/value.js';
import { createFaker } from './create-faker.js';

const self = { $ref: '#/components/schemas/A' };

/** Each fork leads to another one of the same kind, which no circle of schemas ends: what is negated is made anew. */
it.each<[string, Json]>([
  [
    'a condition that is the schema itself',
    {
      type: 'object',
      if: self,
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { required: ['x'] },
      else: { required: ['y'] },
      properties: { x: self, y: { type: 'string' } },
    },
  ],
  ['the negation of a schema that negates itself', { type: 'object', not: { properties: { x: { not: self } } } }],
])('is given up without a crash: %s', (_of, schema) => {
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {},
    components: { schemas: { A: schema } },
  });
  const schemas = createSchemas(document);
  const at = schemas.at('/components/schemas/A', 'response');
  const faker = createFaker(schemas);
  expect(() => faker.contradiction(at)).not.toThrow();
  const made = faker.generate(at, { seed: 1 });
  // Counted, and not by what the stack bears, which is more once the code has been compiled.
  expect(made).toMatchObject({ ok: false, problem: { message: expect.stringMatching(/^No value was found before/) } });
});
