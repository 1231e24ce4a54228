import { expect, it } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const text = { type: 'string' };
const answering = (schema: JsonObject) => ({
  responses: { 200: { description: 'd', content: { 'application/json': { schema } } } },
});
const thing = { type: 'object', required: ['id', 'name'], properties: { id: text, name: text } };
const bare = { type: 'object' };

const document = {
  openapi: '3.1.0',
  info: { title: 'T', version: '1' },
  paths: {
    '/things': { get: answering({ type: 'array', items: thing }), delete: answering(bare) },
    '/things/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
      get: answering(thing),
      delete: answering({ $ref: '#/components/schemas/Nothing' }),
    },
    '/things/{id}/tags': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
      delete: answering({ type: 'object', additionalProperties: text }),
    },
    '/sync': { post: answering({ type: 'object', additionalProperties: true }) },
    '/counts': { post: answering({ type: 'object', additionalProperties: { type: 'integer' } }) },
    '/one': { put: answering({ type: 'object', minProperties: 1 }), patch: answering({ ...bare, example: { ok: 1 } }) },
    '/free': { get: answering(bare) },
  },
  components: { schemas: { Nothing: { type: 'object', description: 'Nothing to say.', properties: {} } } },
};

it('makes up no members where the answer of a write is an object of none', () => {
  const { read } = asking(document as JsonObject);
  expect(read('DELETE', '/things/a')).toEqual({});
  expect(read('DELETE', '/things')).toEqual({});
  expect(read('DELETE', '/things/b/tags')).toEqual({});
  expect(read('POST', '/sync')).toEqual({});
});

it('shows members where they are described, demanded or shown, and where something is read', () => {
  const { read } = asking(document as JsonObject);
  expect(read('POST', '/counts')).not.toEqual({});
  expect(read('PUT', '/one')).not.toEqual({});
  expect(read('PATCH', '/one')).toEqual({ ok: 1 });
  expect(read('GET', '/free')).not.toEqual({});
});
