import { expect, test } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { problemsOf } from './problems.js';

test('a contradiction is said wherever it stands, once, and what comes of it where it makes an answer impossible', async () => {
  const never = { type: 'string', minLength: 5, maxLength: 3 };
  const answer = (schema: JsonObject) => ({ 200: { description: '', content: { 'application/json': { schema } } } });
  const root = {
    openapi: '3.0.3',
    info: { title: '', version: '' },
    paths: {
      '/never': { get: { responses: answer(never) } },
      '/member': { get: { responses: answer({ type: 'object', properties: { a: never } }) } },
      '/query': {
        get: { parameters: [{ name: 'q', in: 'query', schema: never }], responses: { 204: { description: '' } } },
      },
    },
  };
  const found: string[] = [];
  for await (const { id, location } of problemsOf(createOperations(documentFromObject(root, { name: 'test.yaml' })))) {
    found.push(`${id} ${location?.pointer}`);
  }
  expect(found).toEqual([
    'answer-unsatisfiable /paths/~1never/get/responses/200/content/application~1json/schema/minLength',
    'schema-contradiction /paths/~1member/get/responses/200/content/application~1json/schema/properties/a/minLength',
    'schema-contradiction /paths/~1query/get/parameters/0/schema/minLength',
  ]);
});
