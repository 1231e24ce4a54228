import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { answer } from './library/answer.js';
import { violatedBy } from './library/violated.js';

const text = { type: 'string', minLength: 1 };
const mine = { readOnly: true };
const bill = {
  type: 'object',
  required: ['id', 'note', 'total', 'created_at'],
  properties: {
    id: { type: 'integer', ...mine },
    note: text,
    total: { type: 'number', ...mine },
    created_at: { type: 'string', format: 'date-time', ...mine },
  },
};
const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const refusals = { 400: { description: 'x' }, 404: { description: 'x' } };
const gives = (status: number, schema: JsonObject) => ({
  responses: { [status]: { description: 'x', ...json(schema) }, ...refusals },
});
/** @param rest what a request may have besides what it declares */
const operationsOf = (rest: JsonObject) => {
  const takes = (...required: string[]) => ({
    requestBody: { required: true, ...json({ type: 'object', properties: { note: text }, required, ...rest }) },
  });
  return createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/bills': {
          get: gives(200, { type: 'array', items: bill }),
          post: { ...takes('note'), ...gives(201, bill) },
        },
        '/bills/{id}': {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
          get: gives(200, bill),
          patch: { ...takes(), ...gives(200, bill) },
        },
      },
    }),
  );
};

/** @param taken what is taken from the client, of what the request does not declare, and by which method */
function server(taken: { readonly [method: string]: string }) {
  const rows = new Map<number, JsonObject>();
  const keptOf = (method: string, sent: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(sent).filter(([name]) => name === 'note' || name === taken[method]));
  return async ({ method, target, body }: HttpRequest): Promise<Received> => {
    const id = Number(target.split('/')[2] ?? Number.NaN);
    const sent = body && JSON.parse(new TextDecoder().decode(body));
    if (method === 'POST') {
      const key = rows.size + 1;
      const own = { id: key, total: 0, created_at: `2026-01-01T00:00:${String(key % 60).padStart(2, '0')}Z` };
      rows.set(key, { ...own, ...keptOf(method, sent) });
      return answer(201, rows.get(key));
    }
    if (Number.isNaN(id)) return answer(200, [...rows.values()]);
    const row = rows.get(id);
    if (row === undefined) return answer(404);
    if (method === 'PATCH') rows.set(id, { ...row, ...keptOf(method, sent) });
    return answer(200, rows.get(id));
  };
}

it.each([
  ['nothing', {}, {}, []],
  ['a total by a create', { POST: 'total' }, {}, ['read-only-kept']],
  ['a time by a change', { PATCH: 'created_at' }, {}, ['read-only-kept']],
  ['what may not be sent', { POST: 'total', PATCH: 'created_at' }, { additionalProperties: false }, []],
])('takes %s that its answers alone declare as readOnly', async (_what, taken, rest, checks) => {
  const send = server(taken as { readonly [method: string]: string });
  expect([...new Set(await violatedBy(send, { operations: operationsOf(rest), allowWrites: true }))]).toEqual(checks);
});
