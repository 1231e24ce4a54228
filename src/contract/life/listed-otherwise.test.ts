import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { answer } from './library/answer.js';
import { violatedBy } from './library/violated.js';

const text: JsonObject = { type: 'string', minLength: 1 };
const json = (schema: JsonObject) => ({ description: 'd', content: { 'application/json': { schema } } });
const object = (properties: JsonObject): JsonObject => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
});
const operationsOf = (paths: JsonObject) =>
  createOperations(documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths }));
const read = (body: HttpRequest['body']) => JSON.parse(new TextDecoder().decode(body ?? undefined)) as JsonObject;

const shownRule = object({ from: text });
const rules = operationsOf({
  '/rules': {
    get: {
      responses: {
        200: json({ type: 'array', items: { oneOf: [object({ id: text, name: text, when: shownRule })] } }),
      },
    },
    post: {
      // What is sent may be of a form that no list may show.
      requestBody: {
        required: true,
        ...json(
          object({
            name: text,
            when: { required: ['from'], properties: { from: {} }, not: { properties: { from: text } } },
          }),
        ),
      },
      responses: { 201: json(object({ id: text })), 422: { description: 'd' } },
    },
  },
  '/rules/{rule}': {
    parameters: [{ name: 'rule', in: 'path', required: true, schema: text }],
    delete: { responses: { 204: { description: 'd' }, 404: { description: 'd' } } },
  },
});

const rulesServer = (name: (sent: Json) => Json) => {
  const rows = new Map<string, JsonObject>();
  let count = 0;
  return async ({ method, target, body }: HttpRequest): Promise<Received> => {
    const key = target.split('/')[2];
    if (key !== undefined) return rows.delete(key) ? answer(204) : answer(404, {});
    if (method === 'GET') return answer(200, [...rows.values()]);
    const id = `k${++count}`;
    const sent = read(body);
    if (typeof sent.name !== 'string' || sent.name === '') return answer(422, {});
    rows.set(id, { id, name: name(sent.name), when: { from: 'somebody' } });
    return answer(201, { id });
  };
};

it('what a list alone shows of several forms, and may not show as it was sent, is not asked for', async () => {
  expect(
    await violatedBy(
      rulesServer((sent) => sent),
      { operations: rules, allowWrites: true },
    ),
  ).toEqual([]);
  const other = await violatedBy(
    rulesServer(() => 'other'),
    { operations: rules, allowWrites: true },
  );
  expect(other).toContain('values-kept');
});

const boxes = operationsOf({
  '/boxes': {
    get: { responses: { 200: json(object({ list: { type: 'array', items: object({ id: text, owner: text }) } })) } },
    post: {
      requestBody: { required: true, ...json(object({ box: text })) },
      responses: { 200: { description: 'd' } },
    },
  },
  '/boxes/{box}': {
    parameters: [{ name: 'box', in: 'path', required: true, schema: text }],
    delete: { responses: { 204: { description: 'd' }, 404: { description: 'd' } } },
  },
});

const boxesServer = (isKept: boolean) => {
  const keys = new Set(['first', 'second']);
  return async ({ method, target, body }: HttpRequest): Promise<Received> => {
    const key = target.split('/')[2];
    if (key !== undefined) return keys.delete(key) ? answer(204) : answer(404, {});
    if (method === 'GET') return answer(200, { list: [...keys].map((id) => ({ id, owner: 'o' })) });
    if (isKept) keys.add(String(read(body).box));
    return answer(200);
  };
};

it('a create that names by its key what is there already need not make another one', async () => {
  expect(await violatedBy(boxesServer(true), { operations: boxes, allowWrites: true })).toEqual([]);
});

const kindOf = (...kinds: string[]): JsonObject => object({ id: text, kind: { type: 'string', enum: kinds } });
const notes = operationsOf({
  '/notes': {
    get: { responses: { 200: json({ type: 'array', items: { anyOf: [kindOf('news'), kindOf('feed')] } }) } },
    post: {
      requestBody: { required: true, ...json(object({ body: text })) },
      responses: { 201: json(object({ id: text, body: text })) },
    },
  },
  '/notes/{id}': {
    parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
    get: { responses: { 200: json(object({ id: text, kind: text, body: text })), 404: { description: 'd' } } },
    delete: { responses: { 204: { description: 'd' }, 404: { description: 'd' } } },
  },
});

const notesServer = (kind: string) => {
  const rows = new Map<string, JsonObject>();
  return async ({ method, target, body }: HttpRequest): Promise<Received> => {
    const key = target.split('/')[2];
    if (method === 'DELETE') return rows.delete(key ?? '') ? answer(204) : answer(404, {});
    if (key !== undefined) return rows.has(key) ? answer(200, { ...rows.get(key), kind }) : answer(404, {});
    if (method === 'GET')
      return answer(
        200,
        Array.from(rows.values(), ({ id = null }) => ({ id, kind: 'news' })),
      );
    const id = `k${rows.size + 1}`;
    rows.set(id, { id, body: read(body).body as Json });
    return answer(201, rows.get(id));
  };
};

it('a list whose every form forbids what reading shows is not blamed for showing something else', async () => {
  const violated = (kind: string) => violatedBy(notesServer(kind), { operations: notes, allowWrites: true });
  expect(await violated('note')).not.toContain('listed');
  expect(await violated('feed')).toContain('listed');
});
