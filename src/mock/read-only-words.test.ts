import { expect, it } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const text = { type: 'string' };
const thing = {
  type: 'object',
  required: ['name', 'uid'],
  properties: {
    name: text,
    uid: { ...text, format: 'uuid', description: 'Tells it from all others.\n\nPopulated by the system. Read-only.' },
    creationTimestamp: { ...text, format: 'date-time', description: 'Output only. When it was made.' },
    generation: { type: 'integer', description: 'How often it was changed. Read-only.' },
    mode: { ...text, enum: ['read-only', 'read-write'], description: 'Whether it is read-only' },
  },
};
const json = { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } };
const list = {
  content: { 'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Thing' } } } },
};

const document = {
  openapi: '3.1.0',
  info: { title: 'T', version: '1' },
  paths: {
    '/things': {
      get: { responses: { 200: { description: 'd', ...list } } },
      post: { requestBody: { required: true, ...json }, responses: { 201: { description: 'd', ...json } } },
    },
    '/things/{name}': {
      parameters: [{ name: 'name', in: 'path', required: true, schema: text }],
      get: { responses: { 200: { description: 'd', ...json } } },
      put: { requestBody: { required: true, ...json }, responses: { 200: { description: 'd', ...json } } },
    },
  },
  components: { schemas: { Thing: thing } },
};

it('makes what a description says is the server’s, and takes it from no client', () => {
  const { ask, read } = asking(document as JsonObject);
  const uid = '11111111-1111-4111-8111-111111111111';
  const sent = { name: 'a', uid, creationTimestamp: '2001-01-01T00:00:00Z', generation: 77, mode: 'read-only' };
  const made = read('POST', '/things', sent);
  expect(made).toMatchObject({ name: 'a', mode: 'read-only' });
  expect([made.uid, made.creationTimestamp, made.generation]).not.toEqual([uid, sent.creationTimestamp, 77]);
  expect(made.uid).not.toBe(uid);
  expect(made.creationTimestamp).not.toBe(sent.creationTimestamp);
  expect(read('PUT', '/things/a', sent).uid).toBe(made.uid);
  expect(ask('POST', '/things', { name: 'b' }).status).toBe(201);
  expect(read('GET', '/things/b').uid).toMatch(/-/);
  expect(ask('POST', '/things', { uid }).status).toBe(422);
});
