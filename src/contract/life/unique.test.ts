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
const changing = (required: readonly string[], conflict: string) => ({
  parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
  requestBody: { required: true, ...json({ type: 'object', required: [...required], properties: sent }) },
  responses: { 200: { description: 'd', ...json(entry) }, 404: { description: 'd' }, 409: { description: conflict } },
});

/** @param change what is said of 409 where an entry can be changed and replaced */
const operationsWith = (conflict: string, change?: string) =>
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
          ...(change !== undefined && {
            patch: changing([], change),
            put: changing(['number', 'status', 'mode'], change),
          }),
        },
      },
    }),
  );

/** Takes every entry, and every change but one to a number that is taken, where it `refuses` that. */
function server(refuses = true) {
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
    const known = rows.get(id ?? '');
    if (id !== undefined && (method === 'GET' || known === undefined)) return answer(known ? 200 : 404, known ?? {});
    if (method === 'GET') return answer(200, [...rows.values()]);
    const isTaken = (number: Json | undefined) => [...rows.values()].some((each) => each.number === number);
    const sent = JSON.parse(new TextDecoder().decode(body ?? new Uint8Array()));
    if (known !== undefined) {
      if (refuses && sent.number !== known.number && isTaken(sent.number)) return answer(409, {});
      const changed = { ...(method === 'PATCH' && known), ...sent, id: id ?? '' };
      rows.set(changed.id, changed);
      return answer(200, changed);
    }
    if (refuses && isTaken(sent.number)) return answer(409, {});
    const row = { ...sent, id: `e${rows.size}` };
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
  expect(await violatedBy(server(false), { operations: operationsWith(conflict), allowWrites: true })).toEqual(
    violated,
  );
});

it.each<[string, boolean, string[]]>([
  ['The number is taken', true, []],
  ['The number is taken', false, ['keys-differ']],
  ['The entry is locked', false, []],
])('holds a change to "%s", refused: %s', async (conflict, refuses, violated) => {
  const operations = operationsWith('It is busy', conflict);
  expect(await violatedBy(server(refuses), { operations, allowWrites: true })).toEqual(violated);
});
