import { expect, test } from 'vitest';
import { asking } from './library/asking.js';

const integer = { type: 'integer' };
const Pet = { type: 'object', required: ['id'], properties: { id: integer } };

/** How many are listed where the size of a page is described so. */
function listed(description: string): number {
  const content = { 'application/json': { schema: { type: 'array', items: Pet } } };
  const size = { name: 'limit', in: 'query', description, schema: integer };
  const pets = { get: { parameters: [size], responses: { 200: { description: 'OK', content } } } };
  const mock = asking({ openapi: '3.1.0', info: { title: 'Pets', version: '1' }, paths: { '/pets': pets } });
  return mock.read('GET', '/pets').length;
}

test.each([
  ['How many. Default is 20.', 20],
  ['Page size (default: 10, max: 100)', 10],
  ['Defaults to `5`', 5],
  ['Default value = 7', 7],
  ['At most 100, 15 by default', 15],
  ['At most 10', 25],
  ['By default all, or 10', 25],
])('a page is as large as its description says: %s', (description, size) => {
  expect(listed(description)).toBe(size);
});
