import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { virtualClock } from '../run/clock.js';
import { run } from '../run/run.js';
import type { Received } from '../types.js';

const text = { type: 'string', minLength: 1 };
const object = (properties: JsonObject, ...required: string[]) => ({ type: 'object', properties, required });
const json = (schema: object) => ({ description: 'x', content: { 'application/json': { schema } } });
const body = (schema: object) => ({ required: true, content: { 'application/json': { schema } } });
const answers = (status: number, schema: object) => ({
  responses: { [status]: json(schema), 404: json({}), 422: json({}) },
});
const named = (name: string, schema: object) => ({ name, in: 'path', required: true, schema });
const number = { type: 'integer', minimum: 1 };
const folder = object({ id: { ...number, readOnly: true }, name: text }, 'id', 'name');
const topic = object({ id: { ...number, readOnly: true }, name: text, folderId: number }, 'id', 'name', 'folderId');
const settings = object({ zone: { type: 'string', enum: ['UTC', 'CET'] }, loud: { type: 'boolean' } }, 'zone', 'loud');
/** Of settings all are shown, whichever are sent. */
const part = object(settings.properties);
const kept = {
  get: answers(200, settings),
  put: { requestBody: body(part), ...answers(200, settings) },
  patch: { requestBody: body(part), ...answers(200, settings) },
};
const one = { get: answers(200, settings), put: { requestBody: body(settings), ...answers(200, settings) } };

const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/folders': {
        get: answers(200, { type: 'array', items: folder }),
        post: { requestBody: body(folder), ...answers(201, folder) },
      },
      '/folders/{folderId}': { parameters: [named('folderId', number)], get: answers(200, folder) },
      '/folders/{folderId}/topics': {
        parameters: [named('folderId', number)],
        get: answers(200, { type: 'array', items: topic }),
        post: { requestBody: body(topic), ...answers(201, topic) },
      },
      '/folders/{folderId}/topics/{topicId}': {
        parameters: [named('folderId', number), named('topicId', number)],
        get: answers(200, topic),
      },
      '/folders/{folderId}/draft': { parameters: [named('folderId', number)], ...one },
      '/me': kept,
      '/of/{owner}/settings': { parameters: [named('owner', text)], ...kept },
    },
  } as JsonObject),
);

const answer = (status: number, value: Json): Received => {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const headers: [string, string][] = [['Content-Type', 'application/json']];
  return { status, headers, raw: bytes, body: bytes, problems: [], duration: 1 };
};

/** Each folder has a draft, and each owner settings; of what a topic belongs to the path decides. */
function server() {
  const rows = new Map<string, JsonObject>();
  const ones = new Map<string, JsonObject>();
  return async ({ method, target, body: bytes }: HttpRequest): Promise<Received> => {
    const path = target.split('?', 1)[0] ?? '';
    const sent = bytes === null ? {} : (JSON.parse(new TextDecoder().decode(bytes)) as JsonObject);
    const parent = /^\/folders\/[^/]+/.exec(path)?.[0];
    if (parent !== undefined && !rows.has(parent)) return answer(404, {});
    if (/\/(draft|settings|me)$/.test(path)) {
      const held = ones.get(path) ?? { zone: 'UTC', loud: false };
      if (method !== 'GET') ones.set(path, !path.endsWith('/draft') ? { ...held, ...sent } : sent);
      return answer(200, ones.get(path) ?? held);
    }
    if (method === 'POST') {
      const id = rows.size + 1;
      const row = { ...sent, id, ...(parent !== undefined && { folderId: Number(parent.split('/')[2]) }) };
      rows.set(`${path}/${id}`, row);
      return answer(201, row);
    }
    const known = rows.get(path);
    if (known !== undefined) return answer(200, known);
    if (!/\/(folders|topics)$/.test(path)) return answer(404, {});
    return answer(
      200,
      [...rows].flatMap(([at, row]) => (at.slice(0, at.lastIndexOf('/')) === path ? [row] : [])),
    );
  };
}

it('accuses nobody who goes by the path: of members that say otherwise, and of what there is once under each parent, or always shown', async () => {
  const send = server();
  const asked: string[] = [];
  const result = await run({
    operations,
    send: (request) => {
      asked.push(`${request.method} ${request.target}`);
      return send(request);
    },
    target: 'http://localhost',
    allowWrites: true,
    aspects: ['life'],
    ...{ clock: virtualClock() },
  });
  expect(result.findings.filter(({ severity }) => severity === 'violation')).toEqual([]);
  expect(asked.some((each) => /^PUT \/folders\/\d+\/draft/.test(each))).toBe(true);
});
