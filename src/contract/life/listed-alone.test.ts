import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { answer } from './library/answer.js';
import { violatedBy } from './library/violated.js';

const note: JsonObject = {
  type: 'object',
  required: ['id', 'text'],
  properties: { id: { type: 'integer', readOnly: true }, text: { type: 'string', minLength: 1 } },
};
// Any mode may be sent, and of these some are shown.
const mode: JsonObject = { type: 'string' };
const noteSent = { ...note, properties: { ...(note.properties as JsonObject), mode } };
const noteShown = { ...note, properties: { ...(note.properties as JsonObject), mode: { ...mode, enum: ['a', 'b'] } } };
const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/notes': {
        get: { responses: { 200: { description: 'd', ...json({ type: 'array', items: noteShown }) } } },
        post: {
          requestBody: { required: true, ...json(noteSent) },
          responses: { 201: { description: 'd', ...json(noteShown) }, 422: { description: 'd' } },
        },
      },
    },
  }),
);

const server = (defect: string) => {
  const rows: JsonObject[] = [];
  return async ({ method, body }: HttpRequest): Promise<Received> => {
    const [first] = rows;
    if (method === 'GET') return answer(200, defect === 'twice' && first !== undefined ? [first, ...rows] : rows);
    const made = { ...JSON.parse(new TextDecoder().decode(body ?? undefined)), id: rows.length + 1 } as JsonObject;
    if (typeof made.text !== 'string' || made.text === '') return answer(422, {});
    made.mode = ['a', 'b'].includes(String(made.mode)) ? (made.mode as string) : 'a';
    rows.push(defect === 'alters' ? { ...made, text: 'untitled' } : made);
    return answer(201, made);
  };
};

it.each([
  ['none', []],
  ['alters', ['values-kept']],
  ['twice', ['items-once']],
])('what no path reads by itself is looked at in its list: %s', async (defect, checks) => {
  const broken = await violatedBy(server(defect), { operations, allowWrites: true });
  expect([...new Set(broken)]).toEqual(checks);
});

it('what a verb says to show one thing is no list of all, also where it shows that one in a list', async () => {
  const token = { name: 'channel', in: 'query', schema: { type: 'string' } };
  const channels = json({ type: 'object', properties: { channel: { type: 'array', items: note } } });
  const post = (properties: JsonObject) => ({
    requestBody: { required: true, ...json({ type: 'object', properties, required: Object.keys(properties) }) },
    responses: { 200: { description: 'd', ...json({ type: 'object' }) } },
  });
  const text = { type: 'string', minLength: 1 };
  const calls = createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/channels.create': { post: post({ text }) },
        '/channels.rename': { post: post({ channel: text, text }) },
        '/channels.info': { get: { parameters: [token], responses: { 200: { description: 'd', ...channels } } } },
      },
    }),
  );
  const send = async ({ method }: HttpRequest): Promise<Received> =>
    answer(200, method === 'GET' ? { channel: [] } : {});
  expect(await violatedBy(send, { operations: calls, allowWrites: true })).not.toContain('create-stored');
});
