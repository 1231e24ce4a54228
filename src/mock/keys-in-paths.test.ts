import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { createMock } from './index.js';

const text = { type: 'string' };
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: text });
const content = (schema: object) => ({ 'application/json': { schema } });
const answer = (schema: object) => ({ description: 'd', content: content(schema) });
const tag = {
  type: 'object',
  required: ['name', 'level'],
  properties: { name: text, level: { type: 'integer' } },
};

/** Things that only a client calls, by the path that it puts them to. */
const document = {
  openapi: '3.0.3',
  info: { title: 'T', version: '1' },
  paths: {
    '/files/{file_id}/labels': {
      parameters: [inPath('file_id')],
      get: { responses: { 200: answer({ type: 'array', items: tag }) } },
    },
    '/files/{file_id}/labels/{name}': {
      parameters: [inPath('file_id'), inPath('name')],
      get: { responses: { 200: answer(tag), 404: { description: 'd' } } },
      put: {
        requestBody: { content: content({ type: 'object', properties: { level: { type: 'integer' } } }) },
        responses: { 201: answer(tag) },
      },
      delete: { responses: { 204: { description: 'd' }, 404: { description: 'd' } } },
    },
  },
};

it('does not miss a thing because a client has put one of another owner to a path that ends alike', () => {
  const mock = createMock({ operations: createOperations(documentFromObject(document as unknown as JsonObject)) });
  let state: Parameters<typeof mock.answer>[2];
  const send = (method: string, target: string, value?: JsonObject) => {
    const body = value === undefined ? null : new TextEncoder().encode(JSON.stringify(value));
    const answered = mock.answer({ method, target, headers: { 'content-type': 'application/json' }, body }, {}, state);
    state = answered.next?.state ?? state;
    return { status: answered.status, body: String(answered.body ?? '') };
  };
  const before = send('GET', '/files/2/labels/green');
  expect(before.status).toBe(200);
  expect(send('PUT', '/files/1/labels/green', { level: 3 }).status).toBe(201);
  expect(JSON.parse(send('GET', '/files/1/labels/green').body)).toEqual({ name: 'green', level: 3 });
  expect(send('GET', '/files/2/labels/green')).toEqual(before);
  expect(send('DELETE', '/files/2/labels/green').status).toBe(204);
  expect(send('GET', '/files/1/labels/green').status).toBe(200);
});
