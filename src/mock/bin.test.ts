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

test('what is deleted of several kinds is in one trash, and is again what it was where it is restored from there', () => {
  const id = { type: 'integer', readOnly: true };
  const when = { type: 'string', format: 'date-time' };
  const File = object({ id, name: text });
  const Item = object({ id, type: { type: 'string', enum: ['file', 'folder'] }, name: text, deletedAt: when });
  const rows = (name: string, schema: JsonObject) => ({
    [`/${name}`]: {
      get: { responses: { 200: answer({ type: 'array', items: schema }) } },
      post: { requestBody: json(object({ name: text })), responses: { 201: answer(schema) } },
    },
    [`/${name}/{id}`]: {
      parameters,
      get: { responses: { 200: answer(schema), 404: { description: 'None' } } },
      delete: { description: 'Moves it to the trash.', responses: { 204: { description: 'Gone' } } },
    },
  });
  const done = { 204: { description: 'Done' } };
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Files', version: '1' },
    paths: {
      ...rows('files', File),
      ...rows('folders', object({ id, name: text, colour: text })),
      '/trash': { get: { responses: { 200: answer({ type: 'array', items: Item }) } }, delete: { responses: done } },
      '/trash/{id}': { parameters, delete: { responses: done } },
      '/trash/{id}/restore': { parameters, post: { responses: done } },
    },
  });
  const inTrash = () => mock.read('GET', '/trash');
  expect(inTrash()).toEqual([]);
  const file = mock.read('POST', '/files', { name: 'notes.txt' });
  const folder = mock.read('GET', '/folders/3');
  for (const target of [`/files/${file.id}`, '/folders/3']) mock.ask('DELETE', target);
  const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);
  const gone = [
    { id: 3, type: 'folder', name: folder.name, deletedAt: date },
    { id: file.id, type: 'file', name: 'notes.txt', deletedAt: date },
  ];
  expect(inTrash()).toEqual(gone);
  mock.restart();
  expect(inTrash()).toEqual(gone);
  expect(mock.ask('GET', '/folders/3').status).toBe(404);
  for (const { id } of gone) expect(mock.ask('POST', `/trash/${id}/restore`).status).toBe(204);
  expect(inTrash()).toEqual([]);
  expect(mock.read('GET', '/folders/3')).toEqual(folder);
  expect(mock.read('GET', `/files/${file.id}`)).toEqual(file);
  mock.ask('DELETE', '/folders/3');
  mock.ask('DELETE', '/trash');
  expect(inTrash()).toEqual([]);
  expect(mock.ask('GET', '/folders/3').status).toBe(404);
});
