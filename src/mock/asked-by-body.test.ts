import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const missing = { 404: { description: 'None' } };
const Page = object({ id: text, title: text, status: { enum: ['todo', 'done'] }, score: count });
const listed = object({
  results: list(ref('Page')),
  next_cursor: { type: ['string', 'null'] },
  has_more: { type: 'boolean' },
});
const place = { start_cursor: text, page_size: { ...count, maximum: 100 } };
const sorts = list(object({ property: text, direction: { enum: ['ascending', 'descending'] } }));

const wiki = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Wiki', version: '1' },
    components: { schemas: { Page } },
    paths: {
      '/shelves/{shelf_id}/query': {
        parameters: [inPath('shelf_id')],
        post: {
          requestBody: json(object({ filter: { type: 'object' }, sorts, ...place }, [])),
          responses: { 200: answer(listed), ...missing },
        },
      },
      '/search': {
        post: { requestBody: json(object({ query: text, ...place }, [])), responses: { 200: answer(listed) } },
      },
      '/pages': { post: { requestBody: json(object({ title: text })), responses: { 201: answer(ref('Page')) } } },
      '/pages/{page_id}': {
        parameters: [inPath('page_id')],
        get: { responses: { 200: answer(ref('Page')), ...missing } },
        patch: { requestBody: json(object({ title: text })), responses: { 200: answer(ref('Page')), ...missing } },
        delete: { responses: { 204: { description: 'Gone' } } },
      },
    },
  });

type Row = { readonly id: string; readonly title: string; readonly status: string; readonly score: number };

test('a list that is asked for by a body elsewhere shows the things that another path names', () => {
  const mock = wiki();
  const ask = (body: JsonObject) => mock.read('POST', '/shelves/a/query', body);
  const first = ask({ page_size: 3 });
  const [page] = first.results as Row[];
  expect(first).toMatchObject({ has_more: true, results: { length: 3 } });
  expect(ask({ page_size: 3, start_cursor: first.next_cursor }).results[0]).toEqual(ask({}).results[3]);
  expect(mock.read('GET', `/pages/${page?.id}`)).toEqual(page);

  mock.ask('PATCH', `/pages/${page?.id}`, { title: 'Quite another' });
  expect(ask({ page_size: 1 }).results[0].title).toBe('Quite another');
  expect(mock.read('POST', '/search', { query: 'quite ANOTHER' }).results).toHaveLength(1);
  const before = mock.read('POST', '/search', { page_size: 100 }).results.length;
  mock.ask('POST', '/search', { query: 'x' });
  mock.ask('DELETE', `/pages/${page?.id}`);
  expect(mock.read('POST', '/search', { page_size: 100 }).results).toHaveLength(before - 1);
});

test('conditions and orders in a body are heeded, and those that nobody can read take nothing away', () => {
  const mock = wiki();
  const ask = (filter: JsonObject, more: JsonObject = {}) =>
    mock.read('POST', '/shelves/a/query', { page_size: 100, filter, ...more }).results as Row[];
  const all = ask({});
  const done = all.filter(({ status }) => status === 'done');
  const high = all.filter(({ score }) => score >= 40);
  expect([all.length, done.length > 0 && done.length < 25, high.length > 0 && high.length < 25]).toEqual([
    25,
    true,
    true,
  ]);
  for (const filter of [
    { status: 'done' },
    { status: ['done'] },
    { property: 'status', select: { equals: 'done' } },
    { field: 'status', operator: 'ne', value: 'todo' },
    { and: [{ property: 'status', status: { equals: 'done' } }] },
    { not: { status: 'todo' } },
  ]) {
    expect(ask(filter)).toEqual(done);
  }
  expect(ask({ score: { gte: 40 } })).toEqual(high);
  expect(ask({ or: [{ status: 'todo' }, { field: 'score', op: '>=', value: 40 }] })).toEqual(
    all.filter(({ status, score }) => status === 'todo' || score >= 40),
  );
  expect(ask({ property: 'Colour', select: { equals: 'red' } })).toEqual(all);
  expect(ask({ status: { sounds_like: 'don' } })).toEqual(all);

  const scores = ask({}, { sorts: [{ property: 'score', direction: 'descending' }] }).map(({ score }) => score);
  expect(scores).toEqual(all.map(({ score }) => score).toSorted((a, b) => b - a));
});

test('QUERY, and a parameter that is the whole query, ask for rows as a query of many parameters does', () => {
  const wanted = object({ status: { enum: ['todo', 'done'] }, page: count, size: count, sort: text }, []);
  const form = { 'application/x-www-form-urlencoded': { schema: wanted } };
  const mock = asking({
    openapi: '3.2.0',
    info: { title: 'Wiki', version: '1' },
    components: { schemas: { Page } },
    paths: {
      '/pages': {
        get: {
          parameters: [{ name: 'wanted', in: 'querystring', content: form }],
          responses: { 200: answer(object({ items: list(ref('Page')), total: count })) },
        },
        query: { requestBody: json(wanted), responses: { 200: answer(list(ref('Page'))) } },
      },
      '/pages/{page_id}': {
        parameters: [inPath('page_id')],
        get: { responses: { 200: answer(ref('Page')), ...missing } },
        delete: { responses: { 204: { description: 'Gone' } } },
      },
    },
  });
  const all = mock.read('GET', '/pages?size=50').items as Row[];
  const done = all.filter(({ status }) => status === 'done');
  expect(done.length > 0 && done.length < 25).toBe(true);
  expect(mock.read('GET', '/pages?size=50&status=done')).toEqual({ items: done, total: done.length });
  expect(mock.read('GET', '/pages?size=4&page=2')).toEqual({ items: all.slice(4, 8), total: 25 });
  expect(mock.read('QUERY', '/pages', { status: 'done', size: 50 })).toEqual(done);
  expect(mock.read('QUERY', '/pages', { size: 4, page: 2 })).toEqual(all.slice(4, 8));
  expect(mock.read('QUERY', '/pages', { sort: '-score', size: 1 })).toEqual(
    mock.read('GET', '/pages?sort=-score&size=1').items,
  );
  mock.ask('DELETE', `/pages/${all[0]?.id}`);
  expect(mock.read('QUERY', '/pages', { size: 50 })).toEqual(all.slice(1));
});

test('what a body that asks leaves out is as if its documented default had been sent', () => {
  const order = { enum: ['score', 'title'], default: 'score' };
  const way = { enum: ['asc', 'desc'], default: 'desc' };
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Wiki', version: '1' },
    components: { schemas: { Page } },
    paths: {
      '/pages': { get: { responses: { 200: answer(list(ref('Page'))) } } },
      '/pages/search': {
        post: {
          requestBody: json(object({ order, order_direction: way, page_size: { ...count, default: 4 } }, [])),
          responses: { 200: answer(list(ref('Page'))) },
        },
      },
    },
  });
  const plain = read('POST', '/pages/search', {}) as Row[];
  expect(plain.map(({ score }) => score)).toEqual(plain.map(({ score }) => score).toSorted((a, b) => b - a));
  expect(plain).toHaveLength(4);
  expect(read('POST', '/pages/search', { order: 'score', order_direction: 'desc', page_size: 4 })).toEqual(plain);
});
