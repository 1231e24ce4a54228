import { expect, test } from 'vitest';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const Board = object({ id: count, name: text });
const Column = object({ id: count, board_id: count, name: text, position: count });
const id = inPath('id', count);

const boards = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Boards', version: '1' },
    components: { schemas: { Board, Column } },
    paths: {
      '/boards': {
        get: { responses: { 200: answer(list(ref('Board'))) } },
        post: { requestBody: json(object({ name: text })), responses: { 201: answer(ref('Board')) } },
      },
      '/boards/{id}': { parameters: [id], get: { responses: { 200: answer(ref('Board')) } } },
      '/boards/{id}/columns': {
        parameters: [id],
        get: {
          parameters: [{ name: 'sort', in: 'query', schema: text }],
          responses: { 200: answer(list(ref('Column'))) },
        },
        post: { requestBody: json(object({ name: text })), responses: { 201: answer(ref('Column')) } },
      },
      '/columns': { get: { responses: { 200: answer(list(ref('Column'))) } } },
      '/columns/{id}': {
        parameters: [id],
        get: { responses: { 200: answer(ref('Column')) } },
        patch: { requestBody: json(object({ position: count })), responses: { 200: answer(ref('Column')) } },
      },
    },
  });

type Row = { readonly id: number; readonly name: string; readonly position: number };

test('what has a place among others is listed by it, and what is made comes last', () => {
  const mock = boards();
  const all: Row[] = mock.read('GET', '/columns');
  const places = all.map(({ position }) => position);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(new Set(places).size).toBe(all.length);
  const board = mock.read('POST', '/boards', { name: 'Launch' });
  const at = `/boards/${board.id}/columns`;
  const names = () => (mock.read('GET', at) as Row[]).map(({ name }) => name);
  const made = ['To do', 'Doing', 'Done'].map((name): Row => mock.read('POST', at, { name }));
  expect(made.map(({ position }) => position)).toEqual([1, 2, 3]);
  expect(names()).toEqual(['To do', 'Doing', 'Done']);
  mock.ask('PATCH', `/columns/${made[2]?.id}`, { position: 0 });
  expect(names()).toEqual(['Done', 'To do', 'Doing']);
  const byName: Row[] = mock.read('GET', `${at}?sort=name`);
  expect(byName.map(({ name }) => name)).toEqual(['Doing', 'Done', 'To do']);
});

test('what is made has the documented default of its place, whatever the places of others', () => {
  const Tag = object({ id: count, name: text, sort_order: { ...count, default: 0 } });
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Tags', version: '1' },
    components: { schemas: { Tag } },
    paths: {
      '/tags': {
        get: { responses: { 200: answer(list(ref('Tag'))) } },
        post: {
          requestBody: json(object({ name: text, sort_order: { ...count, default: 0 } }, ['name'])),
          responses: { 201: answer(ref('Tag')) },
        },
      },
    },
  });
  expect(read('POST', '/tags', { name: 'new' })).toMatchObject({ name: 'new', sort_order: 0 });
});
