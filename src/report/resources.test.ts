import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import { findResources } from '../resource/index.js';
import type { JsonObject } from '../text/value.js';
import { resourcesReport } from './resources.js';

const json = (schema: JsonObject) => ({ description: 'done', content: { 'application/json': { schema } } });
const order = {
  type: 'object',
  required: ['id', 'customerId', 'state'],
  properties: {
    id: { type: 'string' },
    customerId: { type: 'string' },
    state: { type: 'string', enum: ['open', 'paid'] },
    total: { type: 'number' },
    created_at: { type: 'string', format: 'date-time' },
  },
};
const customer = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'string' }, name: { type: 'string' } },
};
const parameter = (name: string, schema: JsonObject, place = 'query') => ({
  name,
  in: place,
  required: place === 'path',
  schema,
});
const page = {
  type: 'object',
  properties: {
    orders: { type: 'array', items: order },
    meta: { type: 'object', properties: { total: { type: 'integer' }, next_cursor: { type: 'string' } } },
  },
};

const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1' },
    paths: {
      '/customers/{customerId}': {
        get: { parameters: [parameter('customerId', { type: 'string' }, 'path')], responses: { 200: json(customer) } },
      },
      '/customers/{customerId}/orders': {
        parameters: [parameter('customerId', { type: 'string' }, 'path')],
        get: {
          parameters: [
            parameter('limit', { type: 'integer', default: 20, maximum: 100 }),
            parameter('cursor', { type: 'string' }),
            parameter('state', { type: 'string', enum: ['open', 'paid', 'all'] }),
            parameter('created_after', { type: 'string', format: 'date-time' }),
            parameter('min_total', { type: 'number' }),
            parameter('sort', { type: 'string' }),
            parameter('fields', { type: 'string' }),
          ],
          responses: { 200: { ...json(page), headers: { Link: { schema: { type: 'string' } } } } },
        },
        post: { requestBody: json(order), responses: { 201: json(order) } },
      },
      '/customers/{customerId}/orders/{orderId}': {
        parameters: [
          parameter('customerId', { type: 'string' }, 'path'),
          parameter('orderId', { type: 'string' }, 'path'),
        ],
        get: { responses: { 200: json(order) } },
        delete: { responses: { 204: { description: 'gone' } } },
      },
      '/login': { post: { responses: { 204: { description: 'in' } } } },
    },
  }),
);

it('shows what a document says about things, and why, within 80 columns but for what is one word', () => {
  const text = resourcesReport('text', { document: 'shop.yaml', operations, resources: findResources(operations) });
  for (const line of text.split('\n')) expect(line.length <= 80 || /^(?: +[a-z]+)? +\S+$/.test(line), line).toBe(true);
  expect(text).toMatchInlineSnapshot(`
    "customers
      collection   /customers
      item         /customers/{customerId}
      schema       #/paths/~1customers~1{customerId}/get/responses/200/content/application~1json/schema
      key          id = {customerId}, by name
      read         GET /customers/{customerId}
      because      /customers/{customerId} names one thing
      because      "id" equals {customerId}, by name

    customers.orders
      collection   /customers/{customerId}/orders
      item         /customers/{customerId}/orders/{orderId}
      schema       #/paths/~1customers~1{customerId}~1orders~1{orderId}/get/responses/200/content/application~1json/schema
      key          id = {orderId}, by name
      parent       customers
      {customerId} = customerId (of customers)
      reference    customerId names one of customers
      list         GET /customers/{customerId}/orders
                   rows in orders
                   query: limit (size: 20, at most 100), cursor (cursor), state
                   (state =), created_after (created_at >), min_total (total ≥),
                   sort (order)
                   left alone: fields
                   answer: meta.total (total), meta.next_cursor (next-cursor), Link
                   (link-header)
      create       POST /customers/{customerId}/orders
      read         GET /customers/{customerId}/orders/{orderId}
      delete       DELETE /customers/{customerId}/orders/{orderId}
      because      /customers/{customerId}/orders lists what
                   /customers/{customerId}/orders/{orderId} names one of
      because      "id" equals {orderId}, by name

    Of no resource:
      POST /login
        Its path names no known thing, and it shows none

    2 resources: 1 list, 2 read, 1 created. 5 of 6 operations have a role."
  `);
});

it('is JSON without circles, with all of it', () => {
  const found = { document: 'shop.yaml', operations, resources: findResources(operations) };
  expect(JSON.parse(resourcesReport('json', found))).toMatchObject({
    schemaVersion: 1,
    resources: [
      { name: 'customers', key: { member: ['id'] }, parent: null },
      {
        name: 'customers.orders',
        parent: 'customers',
        scope: [{ parameter: 'customerId', resource: 'customers', member: ['customerId'] }],
        roles: [
          { kind: 'list', operation: 'GET /customers/{customerId}/orders' },
          { kind: 'create' },
          { kind: 'read' },
          {},
        ],
      },
    ],
    unplaced: [{ operation: 'POST /login' }],
  });
});

it('shows what is done with rows otherwise: counted, made together, related, called by a verb', () => {
  const tag = {
    type: 'object',
    required: ['id', 'name'],
    properties: { id: { type: 'string' }, name: { type: 'string' } },
  };
  const note = {
    type: 'object',
    required: ['id', 'title'],
    properties: { id: { type: 'string' }, title: { type: 'string' }, tags: { type: 'array', items: tag } },
  };
  const list = { type: 'array', items: note };
  const ids = { type: 'array', items: { type: 'string' } };
  const sent = (schema: JsonObject) => ({ requestBody: { content: { 'application/json': { schema } } } });
  const id = parameter('id', { type: 'string' }, 'path');
  const user = { type: 'object', required: ['id'], properties: { id: { type: 'string' }, email: { type: 'string' } } };
  const naming = { type: 'object', required: ['user'], properties: { user: { type: 'string' } } };
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: 'Notes', version: '1' },
    paths: {
      '/notes': { get: { responses: { 200: json(list) } } },
      '/notes/count': { get: { responses: { 200: json({ type: 'integer' }) } } },
      '/notes/bulk': { post: { ...sent(list), responses: { 201: json(list) } } },
      '/notes/{id}': { parameters: [id], get: { responses: { 200: json(note) } } },
      '/notes/{id}/tags': { parameters: [id], post: { ...sent(ids), responses: { 204: { description: 'done' } } } },
      '/tags': { get: { responses: { 200: json({ type: 'array', items: tag }) } } },
      '/tags/{id}': { parameters: [id], get: { responses: { 200: json(tag) } } },
      '/users.list': { post: { responses: { 200: json({ type: 'array', items: user }) } } },
      '/users.create': { post: { ...sent(user), responses: { 200: json(user) } } },
      '/users.delete': { post: { ...sent(naming), responses: { 204: { description: 'done' } } } },
    },
  });
  const made = createOperations(document);
  const found = { document: 'notes.yaml', operations: made, resources: findResources(made) };
  const shown = resourcesReport('text', found)
    .split('\n')
    .filter((line) => /^ {2}(?:count|create many|relation|(?:list|create|delete) .*users\.)/.test(line));
  expect(shown.map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['count', 'GET /notes/count'],
    ['create many', 'POST /notes/bulk'],
    ['relation', 'POST /notes/{id}/tags (add tags)'],
    ['list', 'POST /users.list'],
    ['create', 'POST /users.create'],
    ['delete', 'POST /users.delete (named in its body: user)'],
  ]);
  expect(found.resources.unplaced.map(({ reason }) => reason)).toEqual([]);
  expect(JSON.parse(resourcesReport('json', found)).besides).toHaveLength(3);
});
