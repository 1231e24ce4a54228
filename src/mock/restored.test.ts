import { expect, it } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const text = { type: 'string' };
const note = {
  type: 'object',
  required: ['id', 'title'],
  properties: { id: { type: 'integer', readOnly: true }, title: text, place: text },
};
const json = (schema: JsonObject) => ({ description: 'd', content: { 'application/json': { schema } } });
const sent = { requestBody: { content: json({ type: 'object', properties: { title: text, place: text } }).content } };
const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }];
const client = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/notes': {
        get: { responses: { 200: json({ type: 'array', items: note }) } },
        post: { ...sent, responses: { 201: json(note) } },
      },
      '/notes/{id}': {
        parameters,
        get: { responses: { 200: json(note), 404: { description: 'd' } } },
        patch: { ...sent, responses: { 200: json(note) } },
        delete: { responses: { 204: { description: 'd' } } },
      },
      '/notes/{id}/restore': { parameters, post: { responses: { 200: json(note) } } },
    },
  } as JsonObject);

it.each([false, true])('brings back what was deleted as it was (after a restart: %s)', (isRestarted) => {
  const { ask, read, restart } = client();
  const made = read('POST', '/notes', { title: 'Kiln', place: 'Ghent' });
  const [first] = read('GET', '/notes').slice(-1);
  read('PATCH', `/notes/${first.id}`, { title: 'Loom' });
  for (const { id } of [made, first]) expect(ask('DELETE', `/notes/${id}`).status).toBe(204);
  if (isRestarted) restart();
  expect(read('POST', `/notes/${made.id}/restore`)).toEqual(made);
  expect(read('GET', `/notes/${made.id}`)).toEqual(made);
  read('POST', `/notes/${first.id}/restore`);
  expect(read('GET', `/notes/${first.id}`)).toEqual({ ...first, title: 'Loom' });
});
