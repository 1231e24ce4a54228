import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject) => ({ description: 'OK', ...json(schema) });
const text = { type: 'string' };
const yes = { type: 'boolean' };
const count = { type: 'integer' };
const object = (properties: JsonObject, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
});
const query = (name: string, schema: JsonObject) => ({ name, in: 'query', schema });
const sort = object({ sorted: yes, unsorted: yes, empty: yes });
const charge = object({ id: text, amount: count, amount_refunded: count, refunded: yes });
const person = object({ id: text, userName: text });
const members = { type: 'array', minItems: 1, items: object({ value: text, display: text }) };

function shop() {
  const list = (items: JsonObject, beside: JsonObject, required: string[] = []) =>
    answer(object({ items: { type: 'array', items }, ...beside }, ['items', ...required]));
  const one = (schema: JsonObject) => ({
    parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
    get: { responses: { 200: answer(schema) } },
  });
  const page = { pageable: object({ paged: yes, unpaged: yes, offset: count, sort }), sort, empty: yes };
  return asking({
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1' },
    paths: {
      '/charges': {
        get: {
          parameters: [query('$count', yes), query('$top', count)],
          responses: { 200: list(charge, { '@odata.count': count, url: text }, ['url']) },
        },
      },
      '/charges/{id}': {
        ...one(charge),
        delete: { responses: { 200: answer(object({ id: text, deleted: { type: 'boolean', default: false } })) } },
      },
      '/users': {
        get: {
          parameters: [query('page', count), query('size', count), query('sort', { type: 'array', items: text })],
          responses: { 200: list(person, page, ['pageable', 'sort', 'empty']) },
        },
      },
      '/users/{id}': one(person),
      '/groups': { get: { responses: { 200: list(object({ id: text, members }), {}) } } },
      '/groups/{id}': one(object({ id: text, members })),
    },
  });
}

test('how many there are is said where it is asked for, and the address of a list without its query', () => {
  const mock = shop();
  expect(mock.read('GET', '/charges?$top=3&$count=true')).toMatchObject({ '@odata.count': 25, url: '/charges' });
  expect(mock.read('GET', '/charges?$top=3')).not.toHaveProperty(['@odata.count']);
});

test('a page says whether it is one, and whether it is sorted', () => {
  const mock = shop();
  const unsorted = { sorted: false, unsorted: true, empty: true };
  expect(mock.read('GET', '/users?page=2&size=10')).toMatchObject({
    pageable: { paged: true, unpaged: false, offset: 10, sort: unsorted },
    sort: unsorted,
    empty: false,
  });
  expect(mock.read('GET', '/users?sort=userName').sort).toEqual({ sorted: true, unsorted: false, empty: false });
});

test('what was deleted is said to be, and what was paid back is all of an amount or nothing', () => {
  const mock = shop();
  for (const { amount, amount_refunded: back, refunded } of mock.read('GET', '/charges').items)
    expect(back).toBe(refunded ? amount : 0);
  const [{ id }] = mock.read('GET', '/charges').items;
  expect(mock.read('DELETE', `/charges/${id}`)).toEqual({ id, deleted: true });
});

test('the members of a group are users (RFC 7643, 4.2)', () => {
  const mock = shop();
  const users = mock.read('GET', '/users?size=100').items.map(({ id }: { id: string }) => id);
  for (const group of mock.read('GET', '/groups').items)
    for (const { value } of group.members) expect(users).toContain(value);
});

test('a timeline goes on by max_id, a list is sorted by order_by and sort, and Location ends as the paths do', () => {
  const note = object({ id: text, title: object({ rendered: text }), labels: { type: 'array', items: text } });
  const list = { ...answer({ type: 'array', items: note }), headers: { Link: { schema: text } } };
  const located = { ...answer(note), headers: { Location: { schema: { type: 'string', format: 'uri-reference' } } } };
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Notes', version: '1' },
    paths: {
      '/notes.json': {
        get: {
          parameters: [
            ...['since_id', 'max_id'].map((name) => query(name, text)),
            query('limit', count),
            query('order_by', { enum: ['id', 'title'] }),
            query('sort', { enum: ['asc', 'desc'] }),
          ],
          responses: { 200: list },
        },
        post: {
          requestBody: json(object({ title: text, labels: text })),
          responses: { 201: located },
        },
      },
      '/notes/{id}.json': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
        get: { responses: { 200: answer(note) } },
      },
    },
  });
  const idsOf = (target: string) => mock.read('GET', target).map(({ id }: { id: string }) => id);
  const all = idsOf('/notes.json?limit=25');
  expect(idsOf(`/notes.json?limit=5&max_id=${all[4]}`)).toEqual(all.slice(5, 10));
  expect(mock.ask('GET', '/notes.json?limit=5').headers.Link).toContain(`max_id=${all[4]}>; rel="next"`);
  expect(idsOf(`/notes.json?limit=5&since_id=${all[5]}`)).toEqual(all.slice(0, 5));
  expect(idsOf('/notes.json?limit=25&order_by=id&sort=desc')).toEqual(all.toSorted().reverse());
  const made = mock.ask('POST', '/notes.json', { title: 'News', labels: 'bug, ui' });
  expect(JSON.parse(String(made.body))).toMatchObject({ title: { rendered: 'News' }, labels: ['bug', 'ui'] });
  expect(made.headers.Location).toBe(`/notes/${JSON.parse(String(made.body)).id}.json`);
});

test('Link is said where it is declared as a list of links, too (style `simple`)', () => {
  const note = object({ id: text });
  const linked = { Link: { schema: { type: 'array', items: text } } };
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Notes', version: '1' },
    paths: {
      '/notes': {
        get: {
          parameters: [query('page', count), query('page_size', count)],
          responses: { 200: { ...answer({ type: 'array', items: note }), headers: linked } },
        },
      },
      '/notes/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
        get: { responses: { 200: answer(note) } },
      },
    },
  });
  expect(mock.ask('GET', '/notes?page_size=9').headers.Link).toContain('page=2>; rel="next"');
});
