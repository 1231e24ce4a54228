import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { State } from '../world/index.js';
import { createMock } from './index.js';

const row = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'integer', readOnly: true }, name: { type: 'string' } },
};
const content = (schema: object) => ({ content: { 'application/json': { schema } } });
const document = documentFromObject({
  openapi: '3.1.0',
  info: { title: 'Rows', version: '1' },
  paths: {
    '/rows': { get: { responses: { 200: { description: '', ...content({ type: 'array', items: row }) } } } },
    '/rows/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      get: { responses: { 200: { description: '', ...content(row) } } },
      patch: {
        requestBody: content({ ...row, required: [] }),
        responses: { 200: { description: '', ...content(row) } },
      },
      delete: { responses: { 204: { description: '' } } },
    },
  },
} as never);

it('works an answer about one row out anew where that row has changed, and no other', () => {
  const mock = createMock({ operations: createOperations(document) });
  let state: State | undefined;
  const ask = (method: string, target: string, sent?: object) => {
    const body = sent === undefined ? null : new TextEncoder().encode(JSON.stringify(sent));
    const headers = body === null ? {} : { 'content-type': 'application/json' };
    const answer = mock.answer({ method, target, headers, body }, undefined, state);
    state = answer.next?.state ?? state;
    return answer;
  };
  expect(ask('PATCH', '/rows/1', { name: 'One' }).status).toBe(200);
  const [second, all] = [ask('GET', '/rows/2'), ask('GET', '/rows')];
  expect(ask('PATCH', '/rows/1', { name: 'Another' }).status).toBe(200);
  expect(ask('GET', '/rows/2')).toBe(second);
  expect(ask('GET', '/rows').body).not.toBe(all.body);
  expect(JSON.parse(String(ask('GET', '/rows/1').body))).toEqual({ id: 1, name: 'Another' });
  expect(ask('DELETE', '/rows/2').status).toBe(204);
  expect(ask('GET', '/rows/2').status).toBe(404);
  expect(ask('GET', '/rows/1').status).toBe(200);
});
