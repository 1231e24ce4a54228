import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { createMock, type MockOptions } from './index.js';

const members = (count: number): JsonObject =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`level${index}`, { type: 'boolean' }]));

const row = (count: number): JsonObject => ({
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'integer' }, ...members(count) },
});

const answers = (schema: JsonObject): JsonObject => ({
  200: { description: 'ok', content: { 'application/json': { schema } } },
});

const listed = (schema: JsonObject, options: Partial<MockOptions> = {}) => {
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
  const paths = {
    '/things': { get: { responses: answers({ type: 'array', items: schema }) } },
    '/things/{id}': { parameters: [id], get: { responses: answers(schema) } },
  };
  const document = documentFromObject({ openapi: '3.1.0', info: { title: 'Things', version: '1' }, paths });
  const mock = createMock({ operations: createOperations(document), ...options });
  const { body } = mock.answer({ method: 'GET', target: '/things', headers: {}, body: null });
  return JSON.parse(String(body)) as JsonObject[];
};

it('of a list are fewer than small ones, where nobody says how many', () => {
  expect(listed(row(5))).toHaveLength(25);
  expect(listed(row(600))).toHaveLength(12);
  expect(listed(row(600), { rows: 20 })).toHaveLength(20);
});

it('that what is sent and what is shown contradict are made all the same', () => {
  const shown: JsonObject = {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'integer' }, due: { type: 'string', format: 'date-time' } },
  };
  const sent = { type: 'object', properties: { due: { type: 'string', format: 'date' } } };
  const requestBody = { content: { 'application/json': { schema: sent } } };
  const paths = {
    '/things': {
      get: { responses: answers({ type: 'array', items: shown }) },
      post: { requestBody, responses: answers(shown) },
    },
  };
  const document = documentFromObject({ openapi: '3.1.0', info: { title: 'Things', version: '1' }, paths });
  const mock = createMock({ operations: createOperations(document) });
  const { body } = mock.answer({ method: 'GET', target: '/things', headers: {}, body: null });
  const rows = JSON.parse(String(body)) as JsonObject[];
  expect(rows).toHaveLength(25);
  for (const { due } of rows) expect(String(due)).toMatch(/^\d{4}-\d\d-\d\dT/);
});
