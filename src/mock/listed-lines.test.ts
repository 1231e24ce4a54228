import { expect, test } from 'vitest';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const number = { type: 'number' };
const get = (shown: object) => ({ get: { responses: { 200: answer(shown as never) } } });

test('lines that have a path of their own are of things that there are, and the row comes to what they make', () => {
  const Product = object({ id: count, name: text, price: number });
  const Item = object({ productId: count, name: text, quantity: count, unitPrice: number, total: number });
  const Order = object({ id: count, items: list(ref('Item')), subtotal: number, tax: number, total: number });
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Orders', version: '1' },
    components: { schemas: { Product, Item, Order } },
    paths: {
      '/products': get(list(ref('Product'))),
      '/products/{id}': { parameters: [inPath('id', count)], ...get(ref('Product')) },
      '/orders': {
        ...get(list(ref('Order'))),
        post: {
          requestBody: json(object({ items: list(object({ productId: count, quantity: count })) })),
          responses: { 201: answer(ref('Order')) },
        },
      },
      '/orders/{id}': { parameters: [inPath('id', count)], ...get(ref('Order')) },
      '/orders/{id}/items': { parameters: [inPath('id', count)], ...get(list(ref('Item'))) },
    },
  });
  const products = new Map(read('GET', '/products').map((one: { id: number }) => [one.id, one]));
  type Line = { productId: number; name: string; quantity: number; unitPrice: number; total: number };
  const holds = (order: { items: Line[]; subtotal: number; tax: number; total: number }) => {
    for (const { productId, name, unitPrice, quantity, total } of order.items) {
      expect(products.get(productId)).toMatchObject({ name, price: unitPrice });
      expect(total).toBeCloseTo(quantity * unitPrice);
    }
    expect(order.subtotal).toBeCloseTo(order.items.reduce((sum, { total }) => sum + total, 0));
    expect(order.total).toBeCloseTo(order.subtotal + order.tax);
  };
  for (const order of read('GET', '/orders')) holds(order);
  const made = read('POST', '/orders', {
    items: [
      { productId: 1, quantity: 2 },
      { productId: 2, quantity: 1 },
    ],
  });
  expect(made.items.map(({ productId, quantity }: Line) => [productId, quantity])).toEqual([
    [1, 2],
    [2, 1],
  ]);
  holds(made);
  expect(read('GET', `/orders/${made.id}/items`)).toEqual(expect.arrayContaining(made.items));
});

test('lines are of few things where these take long to be made, and of any where they do not', () => {
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, place) => [`member${place}`, text]));
  const Item = object({ id: count, productId: count, name: text, quantity: count });
  const Order = object({ id: count, items: list(object({ productId: count, name: text, quantity: count })) });
  const named = (more: object) => {
    const Product = object({ id: count, name: text, ...more });
    const { read } = asking({
      openapi: '3.1.0',
      info: { title: 'Orders', version: '1' },
      components: { schemas: { Product, Item, Order } },
      paths: {
        '/products': get(list(ref('Product'))),
        '/products/{id}': { parameters: [inPath('id', count)], ...get(ref('Product')) },
        '/orders': get(list(ref('Order'))),
        '/orders/{id}': { parameters: [inPath('id', count)], ...get(ref('Order')) },
        '/orders/{id}/rows': { parameters: [inPath('id', count)], ...get(list(ref('Item'))) },
      },
    });
    const lines = [
      read('GET', '/orders/1/rows'),
      read('GET', '/orders').flatMap(({ items }: { items: object[] }) => items),
    ];
    return lines.map((each: { productId: number; name: string }[]) => {
      for (const { productId, name } of each) expect(read('GET', `/products/${productId}`).name).toBe(name);
      return new Set(each.map(({ productId }) => productId)).size;
    });
  };
  for (const size of named(many)) expect(size).toBeLessThanOrEqual(3);
  for (const size of named({})) expect(size).toBeGreaterThan(3);
});
