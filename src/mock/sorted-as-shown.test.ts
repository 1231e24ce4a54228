import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { createMock } from './index.js';

const json = (schema: JsonObject) => ({ description: 'd', content: { 'application/json': { schema } } });
const orderOf = (total: JsonObject) => ({
  type: 'object',
  required: ['orderId', 'total'],
  properties: { orderId: { type: 'string' }, total },
});

/** One order is shown with a number where the list of orders has a text. */
const document = {
  openapi: '3.0.3',
  info: { title: 'T', version: '1' },
  paths: {
    '/orders': {
      get: {
        parameters: [
          { name: 'sort', in: 'query', schema: { type: 'string', enum: ['total', '-total'] } },
          { name: 'limit', in: 'query', schema: { type: 'integer' } },
          { name: 'offset', in: 'query', schema: { type: 'integer' } },
        ],
        responses: { 200: json({ type: 'array', items: orderOf({ type: 'string', enum: ['a', 'b', 'c', 'd'] }) }) },
      },
    },
    '/orders/{orderId}': {
      get: {
        parameters: [{ name: 'orderId', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 200: json(orderOf({ type: 'integer' })) },
      },
    },
  },
};

it('sorts by what it shows, and shows a row alike on each page', () => {
  const mock = createMock({ operations: createOperations(documentFromObject(document as JsonObject)) });
  const rowsOf = (query: string) => {
    const { body } = mock.answer({ method: 'GET', target: `/orders${query}`, headers: {}, body: null });
    return JSON.parse(String(body)) as { orderId: string; total: string }[];
  };
  const all = rowsOf('');
  expect(new Set(all.map(({ total }) => total)).size).toBeGreaterThan(1);
  expect(rowsOf('?limit=3&offset=4')).toEqual(all.slice(4, 7));
  const totals = rowsOf('?limit=100&sort=total').map(({ total }) => total);
  expect(totals).toEqual(totals.toSorted());
  expect(rowsOf('?limit=100&sort=-total').map(({ total }) => total)).toEqual(totals.toReversed());
});

it('sorts by what it shows also where only a later row is not shown as it is', () => {
  const { paths } = structuredClone(document) as JsonObject as { paths: Record<string, { get: JsonObject }> };
  const content = { schema: { type: 'array', items: orderOf({ type: 'string', enum: ['a', 'b', 'c', 'd'] }) } };
  const example = [{ orderId: 'first', total: 'c' }];
  Object.assign(paths['/orders']?.get ?? {}, {
    responses: { 200: { description: 'd', content: { 'application/json': { ...content, example } } } },
  });
  Object.assign(paths['/orders/{orderId}']?.get ?? {}, {
    responses: {
      200: json({ type: 'object', properties: { orderId: { type: 'string' } }, example: { orderId: 'other' } }),
    },
  });
  const mock = createMock({
    operations: createOperations(documentFromObject({ ...document, paths } as unknown as JsonObject)),
  });
  const { body } = mock.answer({ method: 'GET', target: '/orders?limit=100&sort=total', headers: {}, body: null });
  const totals = (JSON.parse(String(body)) as { total: string }[]).map(({ total }) => total);
  expect(new Set(totals).size).toBeGreaterThan(1);
  expect(totals).toEqual(totals.toSorted());
});

it('sorts by what it shows also where only what was made since is not shown as it is', () => {
  const taskOf = (state: JsonObject) => ({
    type: 'object',
    required: ['id', 'state'],
    properties: { id: { type: 'integer', readOnly: true }, state },
  });
  const any = taskOf({ type: 'string' });
  const tasks = {
    get: {
      parameters: [{ name: 'sort', in: 'query', schema: { type: 'string' } }],
      responses: { 200: json({ type: 'array', items: taskOf({ type: 'string', maxLength: 30 }) }) },
    },
    post: { requestBody: { content: { 'application/json': { schema: any } } }, responses: { 201: json(any) } },
  };
  const one = {
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
    get: { responses: { 200: json(any) } },
  };
  const paths = { '/tasks': tasks, '/tasks/{id}': one };
  const mock = createMock({
    operations: createOperations(documentFromObject({ ...document, paths } as unknown as JsonObject)),
  });
  const made = mock.answer({
    method: 'POST',
    target: '/tasks',
    headers: { 'content-type': 'application/json' },
    body: new TextEncoder().encode(`{"state":"z${'o'.repeat(40)}"}`),
  });
  const list = { method: 'GET', target: '/tasks?sort=-state', headers: {}, body: null };
  const { body } = mock.answer(list, undefined, made.next?.state);
  const states = (JSON.parse(String(body)) as { state: string }[]).map(({ state }) => state);
  expect(states).toHaveLength(26);
  expect(states).toEqual(states.toSorted().toReversed());
});
