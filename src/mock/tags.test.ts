import { expect, test } from 'vitest';
import { asking } from './library/asking.js';

const Pet = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'integer', readOnly: true }, name: { type: 'string' } },
};
const content = { 'application/json': { schema: Pet } };
const tagged = { description: 'OK', headers: { ETag: { schema: { type: 'string' } } }, content };

test('an answer that declares an entity tag has that of the row, also where no change heeds it', () => {
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Pets', version: '1' },
    paths: {
      '/pets': {
        get: {
          responses: {
            200: { description: 'OK', content: { 'application/json': { schema: { type: 'array', items: Pet } } } },
          },
        },
      },
      '/pets/{petId}': {
        parameters: [{ name: 'petId', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { responses: { 200: tagged, 304: { description: 'As it was' } } },
        put: { requestBody: { required: true, content }, responses: { 200: tagged } },
      },
    },
  });
  const tag = (path: string) => String(mock.ask('GET', path).headers.ETag);
  const before = tag('/pets/1');
  expect(tag('/pets/2')).not.toBe(before);
  expect(mock.ask('GET', '/pets/1', undefined, { 'if-none-match': before }).status).toBe(304);
  const put = mock.ask('PUT', '/pets/1', { name: 'Rex' });
  const after = tag('/pets/1');
  expect(after).not.toBe(before);
  expect(put.headers.ETag).toBe(after);
  expect(mock.ask('GET', '/pets/1', undefined, { 'if-none-match': before }).status).toBe(200);
});
