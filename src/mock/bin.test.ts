import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject) => ({ description: 'OK', ...json(schema) });
const text = { type: 'string' };
const object = (properties: JsonObject, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
});
const Note = object({
  id: { type: 'integer', readOnly: true },
  title: text,
  deleted_at: { type: ['string', 'null'], format: 'date-time', readOnly: true },
});
const ref = { $ref: '#/components/schemas/Note' };
const list = { get: { responses: { 200: answer({ type: 'array', items: ref }) } } };
const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }];

const notes = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Notes', version: '1' },
    components: { schemas: { Note } },
    paths: {
      '/notes': { ...list, post: { requestBody: json(object({ title: text })), responses: { 201: answer(ref) } } },
      '/notes/trash': list,
      '/notes/{id}': {
        parameters,
        get: { responses: { 200: answer(ref), 404: { description: 'None' } } },
        delete: { responses: { 204: { description: 'Gone' } } },
      },
      '/notes/{id}/restore': { parameters, post: { responses: { 200: answer(ref) } } },
    },
  });

test('what was deleted is in the trash, with when that was, and nothing else is', () => {
  const mock = notes();
  expect(mock.read('GET', '/notes/trash')).toEqual([]);
  const [first] = mock.read('GET', '/notes');
  const made = mock.read('POST', '/notes', { title: 'To buy' });
  mock.ask('DELETE', `/notes/${first.id}`);
  mock.ask('DELETE', `/notes/${made.id}`);
  const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);
  const gone = [
    { ...made, deleted_at: date },
    { ...first, deleted_at: date },
  ];
  expect(mock.read('GET', '/notes/trash')).toEqual(gone);
  expect(mock.read('GET', '/notes')).toHaveLength(24);
  mock.restart();
  expect(mock.read('GET', '/notes/trash')).toEqual(gone);
});

test('what is brought back is as it was, and no more in the trash', () => {
  const mock = notes();
  const made = mock.read('POST', '/notes', { title: 'To buy' });
  mock.ask('DELETE', `/notes/${made.id}`);
  expect(mock.read('POST', `/notes/${made.id}/restore`)).toEqual(made);
  expect(mock.read('GET', `/notes/${made.id}`)).toEqual(made);
  expect(mock.read('GET', '/notes/trash')).toEqual([]);
  expect(mock.read('GET', '/notes')[0]).toEqual(made);
});
