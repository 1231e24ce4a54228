import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject) => ({ description: 'OK', ...json(schema) });
const text = { type: 'string' };
const object = (properties: JsonObject) => ({ type: 'object', required: Object.keys(properties), properties });
const Product = {
  type: 'object',
  required: ['id', 'name', 'sku'],
  properties: { id: { type: 'integer', readOnly: true }, name: text, sku: text },
};

test('what was not sent is no reason to refuse a thing as there already, and is not what another one has', () => {
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Products', version: '1' },
    paths: {
      '/products': {
        get: { responses: { 200: answer({ type: 'array', items: Product }) } },
        post: {
          requestBody: json({ ...Product, required: ['name'] }),
          responses: { 201: answer(Product), 409: { description: 'There already' } },
        },
      },
      '/products/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { responses: { 200: answer(Product) } },
      },
    },
  });
  const skus = () => mock.read('GET', '/products').map(({ sku }: { sku: string }) => sku);
  const before = new Set(skus());
  for (const name of ['Rex', 'Ada']) expect(mock.ask('POST', '/products', { name }).status).toBe(201);
  expect(new Set(skus()).size).toBe(before.size + 2);
  const { sku } = mock.read('GET', '/products')[0];
  expect(mock.ask('POST', '/products', { name: 'Rex', sku }).status).toBe(409);
});

test('what a row cannot have of what was sent is no reason to refuse it either', () => {
  const email = { type: 'string', format: 'email' };
  const Invite = { ...Product, required: ['id', 'email'], properties: { id: Product.properties.id, email } };
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Invites', version: '1' },
    paths: {
      '/invites': {
        get: { responses: { 200: answer({ type: 'array', items: Invite }) } },
        post: {
          requestBody: json({ type: 'object', properties: { email: text } }),
          responses: { 201: answer(Invite), 409: { description: 'There already' } },
        },
      },
      '/invites/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { responses: { 200: answer(Invite) } },
      },
    },
  });
  expect(mock.ask('POST', '/invites', { email: 'somebody' }).status).toBe(201);
  const [{ email: taken }] = mock.read('GET', '/invites');
  expect(mock.ask('POST', '/invites', { email: taken }).status).toBe(409);
});

test('what the document says of a conflict names what no two things have alike', () => {
  const Device = {
    type: 'object',
    required: ['id', 'name', 'serialNumber', 'status'],
    properties: { id: { type: 'integer', readOnly: true }, name: text, serialNumber: text, status: text },
  };
  const { ask } = asking({
    openapi: '3.1.0',
    info: { title: 'Devices', version: '1' },
    paths: {
      '/devices': {
        get: { responses: { 200: answer({ type: 'array', items: Device }) } },
        post: {
          requestBody: json(Device),
          responses: {
            201: answer(Device),
            409: {
              description: 'A device of this name already exists, or its status is in use: the name is already taken',
            },
          },
        },
      },
      '/devices/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { responses: { 200: answer(Device) } },
      },
    },
  });
  const create = (name: string, serialNumber: string) =>
    ask('POST', '/devices', { name, serialNumber, status: 'on' }).status;
  expect([create('a', '1'), create('b', '2'), create('A', '3'), create('c', '2')]).toEqual([201, 201, 409, 409]);
});

const Group = object({
  id: { type: 'integer', readOnly: true },
  name: text,
  label: { ...text, description: 'Unique among all groups.' },
});

test.each([
  ['name', 'The name must be unique.', '400'],
  ['name', 'The name must be unique.', '422'],
  ['label', '', '409'],
])('what is said to be unique is refused the second time with what is declared: %s', (member, description, status) => {
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Groups', version: '1' },
    paths: {
      '/groups': {
        get: { responses: { 200: answer({ type: 'array', items: Group }) } },
        post: {
          description,
          requestBody: json(object({ name: text, label: text })),
          responses: { 201: answer(Group), [status]: { description: 'Not so' } },
        },
      },
      '/groups/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { responses: { 200: answer(Group) } },
      },
    },
  });
  const make = (name: string, label: string) => mock.ask('POST', '/groups', { name, label }).status;
  expect(make('Blue', 'one')).toBe(201);
  expect(member === 'name' ? make('Blue', 'two') : make('Red', 'one')).toBe(Number(status));
  expect(make('Green', 'three')).toBe(201);
});

test('what is said to be unique where it is sent alone is refused too', () => {
  const Scheme = object({ id: { type: 'integer', readOnly: true }, name: text });
  const unique = object({ name: { ...text, description: 'The name of the scheme. Must be unique.' } });
  const { ask } = asking({
    openapi: '3.1.0',
    info: { title: 'Schemes', version: '1' },
    paths: {
      '/schemes': {
        get: { responses: { 200: answer({ type: 'array', items: Scheme }) } },
        post: { requestBody: json(unique), responses: { 201: answer(Scheme), 400: { description: 'Not so' } } },
      },
      '/schemes/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { responses: { 200: answer(Scheme) } },
      },
    },
  });
  const make = (name: string) => ask('POST', '/schemes', { name }).status;
  expect([make('one'), make('two'), make('one')]).toEqual([201, 201, 400]);
});

test('what a replacement leaves out is as the document says, and what follows from that with it', () => {
  const stock = { type: 'integer', minimum: 0, default: 0 };
  const Item = object({
    id: { type: 'integer', readOnly: true },
    name: text,
    stock,
    in_stock: { type: 'boolean', readOnly: true },
  });
  const sent = { type: 'object', required: ['name'], properties: { name: text, stock } };
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Items', version: '1' },
    paths: {
      '/items': {
        get: { responses: { 200: answer({ type: 'array', items: Item }) } },
        post: { requestBody: json(sent), responses: { 201: answer(Item) } },
      },
      '/items/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { responses: { 200: answer(Item) } },
        put: { requestBody: json(sent), responses: { 200: answer(Item) } },
      },
    },
  });
  const { id } = mock.read('POST', '/items', { name: 'Tea', stock: 7 });
  expect(mock.read('GET', `/items/${id}`)).toMatchObject({ stock: 7, in_stock: true });
  expect(mock.read('PUT', `/items/${id}`, { name: 'Tea' })).toMatchObject({ stock: 0, in_stock: false });
});
