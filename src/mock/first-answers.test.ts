import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { createMock } from './index.js';

const thing: JsonObject = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'integer' }, name: { type: 'string' } },
};
const answers = (schema: JsonObject): JsonObject => ({
  200: { description: 'ok', content: { 'application/json': { schema } } },
});
const paths = Object.fromEntries(
  Array.from({ length: 400 }, (_, index) => [
    `/things${index}/{id}`,
    {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      get: { responses: answers(thing) },
    },
  ]),
);

const mock = () =>
  createMock({
    operations: createOperations(
      documentFromObject({ openapi: '3.1.0', info: { title: 'Large', version: '1' }, paths }),
    ),
  });

const asked = { method: 'GET', target: '/things7/3', headers: {}, body: null };

it('of a large document wait until its things are found, a slice at a time, and are the same', async () => {
  const large = mock();
  const first = large.respond(asked);
  expect(first).toBeInstanceOf(Promise);
  expect((await first).body).toEqual(mock().answer(asked).body);
  // Whoever comes later waits for nothing.
  expect(large.respond({ ...asked, target: '/things8/3' })).not.toBeInstanceOf(Promise);
});
