import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { violatedBy } from './library/violated.js';

const text = { type: 'string' };
const incident = {
  type: 'object',
  required: ['id', 'title'],
  properties: { id: text, type: text, title: text, note: text },
};
const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answers = (status: number) => ({
  responses: { [status]: { description: 'd', ...json(incident) }, 404: { description: 'd' } },
});
const sent = {
  requestBody: {
    required: true,
    ...json({ type: 'object', required: ['title'], properties: { title: { ...text, minLength: 1 } } }),
  },
};
const path = [{ name: 'id', in: 'path', required: true, schema: text }];
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/incidents': {
        get: { responses: { 200: { description: 'd', ...json({ type: 'array', items: incident }) } } },
        post: { ...sent, ...answers(201) },
      },
      '/incidents/{id}': { parameters: path, get: answers(200) },
      '/incidents/{id}/merge': { parameters: path, post: answers(200) },
    },
  }),
);

/** @param said what the action says of the incident besides, which is so of none */
function server(said: JsonObject) {
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
    const [, , id, action] = target.split('/');
    if (id === undefined && method === 'GET') return answer(200, [...rows.values()]);
    if (id === undefined) {
      const row = {
        ...JSON.parse(new TextDecoder().decode(body ?? new Uint8Array())),
        id: `i${rows.size}`,
        type: 'incident',
        note: 'none',
      };
      rows.set(row.id, row);
      return answer(201, row);
    }
    const row = rows.get(id);
    if (row === undefined) return answer(404, {});
    return answer(200, action === undefined ? row : { ...row, ...said });
  };
}

it('takes what an action calls a thing for no change of it', async () => {
  expect(await violatedBy(server({ type: 'incident_reference' }), { operations, allowWrites: true })).toEqual([]);
  expect(await violatedBy(server({ note: 'merged' }), { operations, allowWrites: true })).toEqual(['change-kept']);
});
