import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import { createCredentials } from '../credentials/credentials.js';
import type { Received } from '../types.js';
import { answer } from './library/answer.js';
import { foundOf } from './library/violated.js';

const text = { type: 'string', minLength: 1, maxLength: 40 };
const row = (key: JsonObject, more: JsonObject = {}): JsonObject => ({
  type: 'object',
  required: ['id', 'title'],
  properties: { id: key, title: text, ...more },
});
const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const refusals = { 401: { description: 'x' }, 404: { description: 'x' } };
const gives = (status: number, schema: JsonObject) => ({
  responses: { [status]: { description: 'x', ...json(schema) }, ...refusals },
});
const takes = {
  requestBody: { required: true, ...json({ type: 'object', required: ['title'], properties: { title: text } }) },
};
const removes = { delete: { responses: { 204: { description: 'x' }, ...refusals } } };
const id = (schema: JsonObject) => ({ parameters: [{ name: 'id', in: 'path', required: true, schema }] });
const number = { type: 'integer' };
const word = { type: 'string', pattern: '^[a-z]{5}$' };
const kept = (words: string, schema: JsonObject) => ({
  get: { description: words, ...gives(200, { type: 'array', items: schema }) },
  post: { ...takes, ...gives(201, schema) },
});
const one = (schema: JsonObject) => ({
  ...id(number),
  get: gives(200, schema),
  patch: { ...takes, ...gives(200, schema) },
  ...removes,
});
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    security: [{ key: [] }],
    paths: {
      '/notes': kept('Lists your notes', row(number)),
      '/notes/{id}': one(row(number)),
      '/colours': kept('Lists the colours', row(number)),
      '/colours/{id}': one(row(number)),
      '/labels/{id}': {
        ...id(word),
        get: gives(200, row(word)),
        put: {
          ...takes,
          responses: { 200: { description: 'x', ...json(row(word)) }, 201: { description: 'x', ...json(row(word)) } },
        },
        ...removes,
      },
    },
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
  }),
);

/** Colours are everybody's, each user has notes, and labels by the same names. */
function server(open: 'none' | 'notes' | 'labels' | 'colours by their key alone' | 'notes, counted for each user') {
  const tables = new Map<string, Map<string, JsonObject>>();
  const isCounted = open === 'notes, counted for each user';
  let next = isCounted ? 1 : 100;
  const others = Array.from({ length: 40 }, (_, each): [string, JsonObject] => [
    String(each),
    { id: each, title: `another's note ${each}` },
  ]);

  function tableOf(kind: string, user: string): Map<string, JsonObject> {
    const name = kind === 'colours' || kind === open ? kind : `${kind} of ${user}`;
    const table = tables.get(name) ?? new Map(isCounted && name === 'notes of k-2' ? others : []);
    tables.set(name, table);
    return table;
  }

  return async ({ method, target, body, headers }: HttpRequest): Promise<Received> => {
    const [, kind = '', key] = target.split('/');
    const user = String(headers['x-key']);
    const rows = tableOf(kind, user);
    const isHidden = `${kind} by their key alone of ${user}` === `${open} of k-2`;
    const sent = body && JSON.parse(new TextDecoder().decode(body));
    if (key === undefined && method === 'GET') return answer(200, isHidden ? [] : [...rows.values()]);
    const own = key ?? String(next++);
    const old = rows.get(own);
    if (method === 'DELETE') return answer(rows.delete(own) ? 204 : 404);
    if (old === undefined && (method === 'GET' || method === 'PATCH')) return answer(404);
    if (sent) rows.set(own, { ...sent, id: kind === 'labels' ? own : Number(own) });
    return answer(sent && old === undefined ? 201 : 200, rows.get(own));
  };
}

async function found(open: Parameters<typeof server>[0]): Promise<string[]> {
  const findings = await foundOf(server(open), {
    operations,
    allowWrites: true,
    credentials: createCredentials({ auth: { key: 'k-1' } }, ['key']),
    secondUser: createCredentials({ auth: { key: 'k-2' } }, ['key']),
  });
  return findings
    .filter(({ check, severity }) => check === 'owner-only' || severity === 'violation')
    .map(({ check, severity, message }) => `${severity} ${check}: ${message.split(/ what| \(/)[0]}`);
}

const shared = 'warning owner-only: A second user is shown';
const can = (what: string) => `violation owner-only: A second user can ${what}`;

it('accuses nobody of what is for all users, nor of what each user has by the same name', async () => {
  expect(await found('none')).toEqual([shared]);
  expect(await found('notes, counted for each user')).toEqual([shared]);
});

it('says what a second user can do with what the document calls one’s own, and with what is hidden in one way alone', async () => {
  expect(await found('notes')).toEqual(
    expect.arrayContaining([can('read'), can('list'), can('change'), can('delete'), shared]),
  );
  expect(await found('colours by their key alone')).toEqual(expect.arrayContaining([can('read'), can('change')]));
  expect(await found('labels')).toContain(shared);
});
