import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import type { State } from '../world/index.js';
import { createMock } from './index.js';

const json = (schema: JsonObject) => ({ description: 'd', content: { 'application/json': { schema } } });
const path = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];

/** What is closed and asks for what it does not have: nothing fits. */
const batch = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'notes', 'owner'],
  properties: { id: { type: 'string', readOnly: true }, notes: { type: 'string' } },
};
const document = {
  openapi: '3.0.3',
  info: { title: 'T', version: '1' },
  paths: {
    '/batches': {
      get: {
        responses: {
          200: json({
            type: 'object',
            additionalProperties: false,
            required: ['batches', 'total', 'owner'],
            properties: { batches: { type: 'array', items: batch }, total: { type: 'integer' } },
          }),
        },
      },
      post: {
        requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
        responses: { 201: json(batch) },
      },
    },
    '/batches/{id}': {
      parameters: path,
      get: { responses: { 200: json(batch), 404: { description: 'd' } } },
      delete: { responses: { 204: { description: 'd' } } },
    },
  },
};

it('lists, reads, makes and removes things also where nothing fits what is said of them', () => {
  const mock = createMock({ operations: createOperations(documentFromObject(document as unknown as JsonObject)) });
  let state: State | undefined;
  const ask = (method: string, target: string, sent?: JsonObject) => {
    const body = sent === undefined ? null : new TextEncoder().encode(JSON.stringify(sent));
    const answer = mock.answer(
      { method, target, headers: sent === undefined ? {} : { 'content-type': 'application/json' }, body },
      {},
      state,
    );
    state = answer.next?.state ?? state;
    const { status, headers } = answer;
    return { status, mark: headers.Counterproof, body: answer.body === '' ? null : JSON.parse(String(answer.body)) };
  };
  const { body: all, mark } = ask('GET', '/batches');
  expect(mark).toContain('valid=no');
  expect(all.total).toBe(25);
  expect(new Set(all.batches.map(({ id }: { id: string }) => id)).size).toBe(25);
  expect(ask('GET', `/batches/${all.batches[3].id}`).body).toEqual(all.batches[3]);
  const made = ask('POST', '/batches', { notes: 'mine' });
  expect(made).toMatchObject({ status: 201, body: { notes: 'mine' } });
  expect(ask('GET', '/batches').body.batches).toEqual([made.body, ...all.batches]);
  expect(ask('GET', `/batches/${made.body.id}`).body).toEqual(made.body);
  expect(ask('DELETE', `/batches/${made.body.id}`).status).toBe(204);
  expect(ask('GET', `/batches/${made.body.id}`).status).toBe(404);
});
