import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject) => ({ description: 'OK', ...json(schema) });
const text = { type: 'string' };
const Book = {
  type: 'object',
  required: ['id', 'name', 'owner'],
  properties: { id: { type: 'integer' }, name: text, owner: { type: 'object', properties: { login: text } } },
};
const ref = { $ref: '#/components/schemas/Book' };
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: text });

test('what a text names behind whose it is is called so, and its number is another matter', () => {
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Shelves', version: '1' },
    components: { schemas: { Book } },
    paths: {
      '/books/{owner}/{book}': {
        parameters: [inPath('owner'), inPath('book')],
        get: { responses: { 200: answer(ref) } },
        delete: { responses: { 204: { description: 'Gone' } } },
      },
      '/shelves/{shelf}/books': {
        parameters: [inPath('shelf')],
        get: { responses: { 200: answer({ type: 'array', items: ref }) } },
      },
    },
  });
  const book = mock.read('GET', '/books/ada/engines');
  expect(book.name).toBe('engines');
  expect(Number.isInteger(book.id)).toBe(true);
  mock.ask('DELETE', '/books/ada/engines');
  expect(mock.ask('GET', '/books/ada/engines').status).toBe(404);
  expect(mock.read('GET', '/books/ada/notes').name).toBe('notes');
});
