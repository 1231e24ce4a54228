import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject) => ({ description: 'OK', ...json(schema) });
const text = { type: 'string' };
const object = (properties: JsonObject) => ({ type: 'object', required: Object.keys(properties), properties });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const told = object({ _id: text, result: { enum: ['created', 'updated'] } });

test('what is put flat stands in the source of a document that is read', () => {
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Documents', version: '1' },
    components: {
      schemas: {
        Song: object({ title: text, year: { type: 'integer' } }),
        Hit: object({ _index: text, _id: text, _source: ref('Song') }),
      },
    },
    paths: {
      '/songs/_doc': { post: { requestBody: json(ref('Song')), responses: { 201: answer(told) } } },
      '/songs/_doc/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
        get: { responses: { 200: answer(ref('Hit')) } },
        put: { requestBody: json(ref('Song')), responses: { 200: answer(told) } },
      },
    },
  });
  const { _id: id } = mock.read('POST', '/songs/_doc', { title: 'Winter', year: 1725 });
  expect(mock.read('GET', `/songs/_doc/${id}`)).toMatchObject({ _id: id, _source: { title: 'Winter', year: 1725 } });
  mock.ask('PUT', `/songs/_doc/${id}`, { title: 'Summer', year: 1726 });
  expect(mock.read('GET', `/songs/_doc/${id}`)._source).toEqual({ title: 'Summer', year: 1726 });
});
