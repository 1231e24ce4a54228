import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { violatedBy } from './library/violated.js';

const text = { type: 'string', minLength: 1 };
const sent = { number: text, status: text, mode: { enum: ['inbound', 'outbound'] } };
const entry = { type: 'object', required: ['id', 'number'], properties: { id: text, ...sent } };
const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });

const operationsWith = (conflict: string) =>
  createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/entries': {
          get: { responses: { 200: { description: 'd', ...json({ type: 'array', items: entry }) } } },
          post: {
            requestBody: {
              required: true,
              ...json({ type: 'object', required: ['number', 'status', 'mode'], properties: sent }),
            },
            responses: { 201: { description: 'd', ...json(entry) }, 409: { description: conflict } },
          },
        },
        '/entries/{id}': {
          get: {
            parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
            responses: { 200: { description: 'd', ...json(entry) }, 404: { description: 'd' } },
          },
        },
      },
    }),
  );

/** Takes every entry. */
function server() {
  const rows = new Map<string, JsonObject>();
  const answer = (status: number, value: Json): Received => {
    const bytes = new TextEncoder().encode(JSON.stringify(value));
    return {
      status,
      headers: [['Content-Type', 'application/json']],
      raw: bytes,
      body: bytes,
      problems: [],
      duration: 1,
    };
  };
  return async ({ method, target, body }: HttpRequest): Promise<Received> => {
    const id = target.split('/')[2];
    if (id !== undefined) return answer(rows.has(id) ? 200 : 404, rows.get(id) ?? {});
    if (method === 'GET') return answer(200, [...rows.values()]);
    const row = { ...JSON.parse(new TextDecoder().decode(body ?? new Uint8Array())), id: `e${rows.size}` };
    rows.set(row.id, row);
    return answer(201, row);
  };
}

it.each<[string, string[]]>([
  ['The number is taken', ['keys-differ']],
  ['An entry with this number exists', ['keys-differ']],
  ['Another entry has that number', ['keys-differ']],
  ['**HTTP Status Code:** `409` **Conflict**<br>It already exists.', []],
  ['Status 409: it already exists', []],
  ['One of this mode already exists', []],
])('reads of "%s" what is taken', async (conflict, violated) => {
  expect(await violatedBy(server(), { operations: operationsWith(conflict), allowWrites: true })).toEqual(violated);
});
