import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';
import { answer, inPath, json, list, object, text } from './library/document.js';

const city = object({ id: text, name: text });
const cities = (description: string) =>
  asking({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/cities': {
        get: {
          parameters: [{ name: 'name', in: 'query', description, schema: text }],
          responses: { 200: answer(list(city)) },
        },
        post: { requestBody: json(object({ name: text })), responses: { 201: answer(city) } },
      },
      '/cities/{id}': { parameters: [inPath('id')], get: { responses: { 200: answer(city) } } },
    },
  });

test.each([
  ['The name (case-insensitive)', ['Rome']],
  ['The exact name', []],
])('a filter tells capitals from small letters unless it is said not to: %s', (said, found) => {
  const mock = cities(said);
  mock.read('POST', '/cities', { name: 'Rome' });
  expect(mock.read('GET', '/cities?name=rOME').map(({ name }: JsonObject) => name)).toEqual(found);
  expect(mock.read('GET', '/cities?name=Rome')).toHaveLength(1);
});
