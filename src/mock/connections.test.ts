import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject) => ({ description: 'OK', ...json(schema) });
const query = (name: string, schema: JsonObject) => ({ name, in: 'query', schema });
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'integer' } });

const text = { type: 'string' };
const cursor = { type: ['string', 'null'] };
const Ticket = {
  type: 'object',
  required: ['number', 'title', 'state'],
  properties: { number: { type: 'integer', readOnly: true }, title: text, state: { enum: ['OPEN', 'DONE'] } },
};
const ref = { $ref: '#/components/schemas/Ticket' };
const pageInfo = {
  type: 'object',
  required: ['hasNextPage', 'hasPreviousPage', 'startCursor', 'endCursor'],
  properties: {
    hasNextPage: { type: 'boolean' },
    hasPreviousPage: { type: 'boolean' },
    startCursor: cursor,
    endCursor: cursor,
  },
};
const connection = {
  type: 'object',
  required: ['edges', 'pageInfo', 'totalCount'],
  properties: {
    edges: {
      type: 'array',
      items: { type: 'object', required: ['cursor', 'node'], properties: { cursor: text, node: ref } },
    },
    pageInfo,
    totalCount: { type: 'integer' },
  },
};
const ask = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Tickets', version: '1' },
    components: { schemas: { Ticket } },
    paths: {
      '/tickets': {
        get: {
          parameters: [
            query('first', { type: 'integer' }),
            query('after', text),
            query('last', { type: 'integer' }),
            query('before', text),
            query('state', { enum: ['OPEN', 'DONE'] }),
          ],
          responses: { 200: answer(connection) },
        },
        post: { requestBody: json(ref), responses: { 201: answer(ref) } },
      },
      '/tickets/{number}': {
        parameters: [inPath('number')],
        get: { responses: { 200: answer(ref), 404: { description: 'None' } } },
        delete: { responses: { 204: { description: 'Gone' } } },
      },
    },
  });

interface Edge {
  readonly cursor: string;
  readonly node: { readonly number: number; readonly state: string };
}

const nodes = (body: { edges: Edge[] }) => body.edges.map(({ node }) => node);

test('the nodes of a connection are rows: by themselves, filtered, added, deleted', () => {
  const mock = ask();
  const all = mock.read('GET', '/tickets?first=100');
  expect(all.totalCount).toBe(25);
  const [first] = nodes(all);
  expect(mock.read('GET', `/tickets/${first?.number}`)).toEqual(first);
  const open = nodes(mock.read('GET', '/tickets?first=100&state=OPEN'));
  expect(open).toEqual(nodes(all).filter(({ state }) => state === 'OPEN'));
  const made = mock.read('POST', '/tickets', { title: 'Door', state: 'OPEN' });
  expect(nodes(mock.read('GET', '/tickets'))).toContainEqual(made);
  mock.ask('DELETE', `/tickets/${made.number}`);
  expect(mock.read('GET', '/tickets?first=100')).toEqual(all);
});

test('each cursor leads on from its edge, and pageInfo has the first and the last of them', () => {
  const mock = ask();
  const all = nodes(mock.read('GET', '/tickets?first=100'));
  const page = mock.read('GET', '/tickets?first=5');
  expect(page.pageInfo).toEqual({
    hasNextPage: true,
    hasPreviousPage: false,
    startCursor: page.edges[0].cursor,
    endCursor: page.edges[4].cursor,
  });
  expect(nodes(mock.read('GET', `/tickets?first=2&after=${page.edges[1].cursor}`))).toEqual(all.slice(2, 4));
  const end = mock.read('GET', `/tickets?first=30&after=${page.pageInfo.endCursor}`);
  expect(nodes(end)).toEqual(all.slice(5));
  expect(end.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
});

test('last and before ask for the rows before a cursor, or for the last ones', () => {
  const mock = ask();
  const all = mock.read('GET', '/tickets?first=100');
  expect(nodes(mock.read('GET', '/tickets?last=3'))).toEqual(nodes(all).slice(-3));
  const before = mock.read('GET', `/tickets?last=2&before=${all.edges[5].cursor}`);
  expect(nodes(before)).toEqual(nodes(all).slice(3, 5));
  expect(nodes(mock.read('GET', `/tickets?last=9&before=${all.edges[2].cursor}`))).toEqual(nodes(all).slice(0, 2));
});
