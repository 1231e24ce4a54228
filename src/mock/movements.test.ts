import { expect, test } from 'vitest';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const movement = { kind: { type: 'string', enum: ['RECEIPT', 'ISSUE', 'COUNT'] }, quantity: { ...count, minimum: 1 } };

const stock = asking({
  openapi: '3.1.0',
  info: { title: 'Stock', version: '1' },
  components: {
    schemas: {
      Item: object({
        name: { ...text, readOnly: true, description: 'Resource name, `items/{item}`' },
        itemId: { ...text, readOnly: true },
        quantity: { ...count, minimum: 0, readOnly: true },
        reorder_level: count,
        low_stock: { type: 'boolean', readOnly: true },
      }),
      Movement: object({ id: { ...text, readOnly: true }, ...movement }),
    },
  },
  paths: {
    '/items': { get: { responses: { 200: answer(object({ items: list(ref('Item')) })) } } },
    '/items/{itemId}': { parameters: [inPath('itemId')], get: { responses: { 200: answer(ref('Item')) } } },
    '/items/{itemId}/movements': {
      parameters: [inPath('itemId')],
      get: { responses: { 200: answer(object({ movements: list(ref('Movement')) })) } },
      post: {
        requestBody: json(object(movement)),
        responses: { 201: answer(ref('Movement')), 409: { description: 'Not enough stock' } },
      },
    },
    '/items/{itemId}/movements/{id}': {
      parameters: [inPath('itemId'), inPath('id')],
      get: { responses: { 200: answer(ref('Movement')) } },
    },
  },
});

test('what comes in and goes out changes how much there is, and more than that does not go', () => {
  const [first] = stock.read('GET', '/items').items;
  const path = `/items/${first.itemId}`;
  expect(first.name.endsWith(`items/${first.itemId}`)).toBe(true);
  const move = (kind: string, quantity: number) => stock.ask('POST', `${path}/movements`, { kind, quantity }).status;
  const held = () => stock.read('GET', path);
  expect(first.low_stock).toBe(first.quantity <= first.reorder_level);
  expect(move('RECEIPT', 1000)).toBe(201);
  expect(held()).toMatchObject({ quantity: first.quantity + 1000, low_stock: false });
  expect(move('COUNT', 5)).toBe(201);
  expect(move('ISSUE', 1000 + first.quantity + 1)).toBe(409);
  expect(move('ISSUE', 1000 + first.quantity)).toBe(201);
  expect(held()).toMatchObject({ quantity: 0, low_stock: true });
});
