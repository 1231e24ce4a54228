import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { createMock } from './index.js';

const pet = {
  type: 'object',
  required: ['id', 'role'],
  properties: { id: { type: 'integer' }, role: { type: 'string', enum: ['cat', 'dog'] }, name: { type: 'string' } },
};
const parameters = [{ name: 'petId', in: 'path', required: true, schema: { type: 'integer' } }];
const answer = (schema: object, example?: object) => ({
  description: 'd',
  content: { 'application/json': { schema, ...(example && { example }) } },
});
const change = { type: 'object', properties: { role: { type: 'string' }, name: { type: 'string' } } };
const document = {
  openapi: '3.1.0',
  info: { title: 'T', version: '1' },
  paths: {
    '/pets': { get: { responses: { 200: answer({ type: 'array', items: pet }) } } },
    '/pets/{petId}': {
      parameters,
      get: { responses: { 200: answer(pet) } },
      patch: {
        requestBody: { content: { 'application/json': { schema: change } } },
        responses: { 200: answer(pet, { id: 12, role: 'dog' }), 404: answer(pet, { id: 12, role: 'cat' }) },
      },
    },
  },
};
const mock = createMock({ operations: createOperations(documentFromObject(document as JsonObject)) });

it('shows what cannot be remembered with the key that the path names, and an error as it is declared', () => {
  const body = new TextEncoder().encode('{"role":"horse"}');
  const headers = { 'content-type': 'application/json' };
  const send = (prefer = {}) =>
    mock.answer({ method: 'PATCH', target: '/pets/7', headers: { ...headers, ...prefer }, body });
  const skipped = send();
  expect(skipped.headers.Counterproof).toContain('state=skipped');
  expect(JSON.parse(String(skipped.body))).toEqual({ id: 7, role: 'dog' });
  expect(JSON.parse(String(send({ prefer: 'code=404' }).body))).toEqual({ id: 12, role: 'cat' });
});

it('remembers of a change what a thing can have', () => {
  const body = new TextEncoder().encode('{"role":"horse","name":"Rex"}');
  const target = '/pets/7';
  const changed = mock.answer({ method: 'PATCH', target, headers: { 'content-type': 'application/json' }, body });
  const read = mock.answer({ method: 'GET', target, headers: {}, body: null }, {}, changed.next?.state);
  expect(JSON.parse(String(read.body))).toMatchObject({ id: 7, name: 'Rex' });
  expect(JSON.parse(String(changed.body))).toEqual(JSON.parse(String(read.body)));
});
