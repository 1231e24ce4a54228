import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { answer } from './library/answer.js';
import { violatedBy } from './library/violated.js';

const text = { type: 'string', minLength: 1 };
const moment = { type: ['string', 'null'], format: 'date-time' };
const said = { title: text, remind_at: moment, state: { type: 'object', properties: { lastSyncedTime: moment } } };
const Task = { type: 'object', required: ['id', 'title'], properties: { id: text, ...said } };
const content = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const json = (schema: JsonObject) => ({ description: 'd', ...content(schema) });
const inPath = { name: 'id', in: 'path', required: true, schema: text };

const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'Tasks', version: '1' },
    paths: {
      '/tasks': {
        post: {
          requestBody: { required: true, ...content({ type: 'object', required: ['title'], properties: said }) },
          responses: { 201: json(Task) },
        },
      },
      '/tasks/{id}': {
        parameters: [inPath],
        get: { responses: { 200: json(Task), 404: { description: 'd' } } },
        patch: {
          requestBody: { required: true, ...content({ type: 'object', properties: said }) },
          responses: { 200: json(Task) },
        },
      },
    },
  }),
);

const synced = (minute: number) => new Date(Date.UTC(2025, 0, 15, 9, minute)).toISOString();

/** When a task was last synchronised is said inside of it, and another time after each change. */
function server(isWiping: boolean) {
  let changes = 100;
  const tasks = new Map<string, JsonObject>();
  return async ({ method, target, body }: HttpRequest): Promise<Received> => {
    const sent = () => JSON.parse(new TextDecoder().decode(body ?? new Uint8Array()));
    if (method === 'POST') {
      const task = { remind_at: null, ...sent(), id: `t${tasks.size}`, state: { lastSyncedTime: synced(tasks.size) } };
      tasks.set(task.id, task);
      return answer(201, task);
    }
    const task = tasks.get(target.split('/')[2] ?? '');
    if (task === undefined) return answer(404);
    if (method === 'PATCH') {
      Object.assign(task, isWiping ? { remind_at: null } : {}, sent(), {
        state: { lastSyncedTime: synced(++changes) },
      });
    }
    return answer(200, task);
  };
}

it.each([
  [false, []],
  [true, ['others-kept']],
])('a time that a client has said is as it was after a change of something else: %s', async (isWiping, broken) => {
  expect(await violatedBy(server(isWiping), { operations, allowWrites: true })).toEqual(broken);
});
