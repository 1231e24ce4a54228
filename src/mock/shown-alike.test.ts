import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { Json, JsonObject } from '../text/value.js';
import { createMock, State } from './index.js';

const body = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (status: number, schema: JsonObject) => ({ [status]: { description: '', ...body(schema) } });
const thing = (others: JsonObject) => ({
  type: 'object',
  required: ['id', 'title', ...Object.keys(others)],
  properties: { id: { type: 'integer' }, title: { type: 'string' }, ...others },
});
const text = { type: 'string' };
const maybe = (type: string) => ({ type: [type, 'null'] });

it('shows a thing alike in its list and by itself, where one of them may say less of it', () => {
  const operations = createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'Pulls', version: '1' },
      paths: {
        '/pulls': {
          get: {
            responses: answer(200, {
              type: 'array',
              items: thing({ note: text, size: { type: 'integer', maximum: 9 }, head: thing({ repo: text }) }),
            }),
          },
          post: {
            requestBody: body({ type: 'object', required: ['title'], properties: { title: text } }),
            responses: answer(201, { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } }),
          },
        },
        '/pulls/{id}': {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
          get: {
            responses: answer(
              200,
              thing({ note: maybe('string'), size: maybe('integer'), head: thing({ repo: maybe('string') }) }),
            ),
          },
        },
      },
    } as JsonObject),
  );
  for (let seed = 1; seed <= 10; seed++) {
    const mock = createMock({ operations, seed });
    let state = State.empty;
    const send = (method: string, target: string, sent?: Json) => {
      const bytes = sent === undefined ? null : new TextEncoder().encode(JSON.stringify(sent));
      const headers = bytes === null ? {} : { 'content-type': 'application/json' };
      const said = mock.answer({ method, target, headers, body: bytes }, {}, state);
      state = said.next?.state ?? state;
      return JSON.parse(String(said.body));
    };
    for (const title of ['a', 'b', 'c', 'd', 'e', 'f']) send('POST', '/pulls', { title });
    for (const row of send('GET', '/pulls')) expect(send('GET', `/pulls/${row.id}`)).toEqual(row);
  }
});
