import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { violatedBy } from './library/violated.js';

const integer = { type: 'integer', format: 'int64' };
const note = { type: 'object', required: ['id', 'name'], properties: { id: integer, name: { type: 'string' } } };
const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answers = (status: number, schema: JsonObject) => ({ [status]: { description: 'd', ...json(schema) } });
const sent = { requestBody: { required: true, ...json({ type: 'object', properties: { name: { type: 'string' } } }) } };
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/notes': {
        get: { responses: answers(200, { type: 'array', items: note }) },
        post: { ...sent, responses: answers(201, note) },
      },
      '/notes/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: integer }],
        get: { responses: { ...answers(200, note), 404: { description: 'd' } } },
        patch: { ...sent, responses: { ...answers(200, note), 404: { description: 'd' } } },
        delete: { responses: { 204: { description: 'd' }, 404: { description: 'd' } } },
      },
    },
  }),
);

/** Keys are snowflakes, next to each other: no double is one. */
function server() {
  const notes = new Map<string, string>();
  let next = 1_234_567_890_123_456_789n;
  const answer = (status: number, text: string, headers: [string, string][] = []): Received => {
    const bytes = new TextEncoder().encode(text);
    return {
      status,
      headers: [['Content-Type', 'application/json'], ...headers],
      raw: bytes,
      body: bytes,
      problems: [],
      duration: 1,
    };
  };
  const add = (name: string) => {
    const key = `${next++}`;
    notes.set(key, name);
    return key;
  };
  const shown = (key: string) => `{"id": ${key}, "name": ${JSON.stringify(notes.get(key))}}`;
  for (const name of ['Anvil', 'Bellows', 'Crucible']) add(name);
  return async ({ method, target, body }: HttpRequest): Promise<Received> => {
    const { name = 'none' } = body === null ? {} : JSON.parse(new TextDecoder().decode(body));
    if (target === '/notes' && method === 'GET') return answer(200, `[${[...notes.keys()].map(shown).join(', ')}]`);
    if (target === '/notes') {
      const key = add(name);
      return answer(201, shown(key), [['Location', `/notes/${key}`]]);
    }
    const key = target.split('/')[2] ?? '';
    if (!notes.has(key)) return answer(404, '{}');
    if (method === 'PATCH' && body !== null) notes.set(key, name);
    if (method !== 'DELETE') return answer(200, shown(key));
    notes.delete(key);
    return { ...answer(204, ''), headers: [] };
  };
}

it('asks for a thing by the digits of its key, beyond 2^53 too, and takes no two for one', async () => {
  expect(await violatedBy(server(), { operations })).toEqual([]);
});
