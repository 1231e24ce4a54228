import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject) => ({ description: 'OK', ...json(schema) });
const text = { type: 'string' };
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
