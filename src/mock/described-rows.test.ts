import { expect, test } from 'vitest';
import { asking } from './library/asking.js';
import { answer, count, json, list, object, ref, text } from './library/document.js';

const flag = { type: 'boolean' };
const Todo = object({ id: count, title: text, done: flag, priority: count });
const filters = ['id', 'title', 'done', 'priority'].map((name) => ({ name, in: 'query', schema: text }));
const limit = { name: 'limit', in: 'query', schema: count };
const rows = { responses: { 200: answer(list(ref('Todo'))), 204: { description: 'Done' } } };

const todos = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Todos', version: '1' },
    components: { schemas: { Todo } },
    paths: {
      '/todos': {
        get: { parameters: [...filters, limit], responses: { 200: answer(list(ref('Todo'))) } },
        post: {
          requestBody: json({ anyOf: [ref('Todo'), list(ref('Todo'))] }),
          responses: { 201: answer(list(ref('Todo'))) },
        },
        patch: {
          parameters: filters,
          requestBody: json(object({ title: text, done: flag, priority: count }, [])),
          ...rows,
        },
        delete: { parameters: filters, ...rows },
      },
    },
  });

type Row = { readonly [name in 'id' | 'priority']: number } & { readonly done: boolean };
const all = '/todos?limit=100';

test('the rows that a query describes are changed together, and answered with', () => {
  const mock = todos();
  const before: Row[] = mock.read('GET', all);
  const open = before.filter(({ done }) => !done);
  const [first] = open;
  expect(mock.read('PATCH', `/todos?id=eq.${first?.id}`, { priority: 900 })).toEqual([{ ...first, priority: 900 }]);
  const changed: Row[] = mock.read('PATCH', '/todos?done=eq.false', { done: true });
  expect(changed.map(({ id }) => id).toSorted()).toEqual(open.map(({ id }) => id).toSorted());
  expect(mock.read('GET', '/todos?done=eq.false')).toEqual([]);
  expect(mock.read('GET', '/todos?priority=gte.900')).toMatchObject([{ id: first?.id, done: true }]);
});

test('and taken away together, while those that are sent alone or in a list are made', () => {
  const mock = todos();
  const before: Row[] = mock.read('GET', all);
  const one = { id: 901, title: 'Buy milk', done: false, priority: 9000 };
  expect(mock.read('POST', '/todos', one)).toEqual([one]);
  expect(
    mock.read('POST', '/todos', [
      { ...one, id: 902 },
      { ...one, id: 903 },
    ] as never),
  ).toHaveLength(2);
  expect(mock.read('GET', '/todos?title=eq.Buy%20milk')).toHaveLength(3);
  mock.ask('DELETE', '/todos?priority=gt.8000&id=neq.902');
  expect(mock.read('GET', '/todos?title=eq.Buy%20milk')).toEqual([{ ...one, id: 902 }]);
  expect(mock.read('GET', all)).toHaveLength(before.length + 1);
});
