import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const text = { type: 'string' };
const integer = { type: 'integer' };
const object = (properties: JsonObject, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
});
const Customer = object({ id: integer, first_name: text, orders_count: integer });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const Order = object({
  id: integer,
  customer_id: integer,
  customer: ref('Customer'),
  name: { ...text, example: '#1001' },
  order_number: integer,
  closed_at: { type: ['string', 'null'], format: 'date-time' },
});
const order = object({ order: ref('Order') });
const ok = (schema: JsonObject, headers: JsonObject = {}) => ({
  responses: { 200: { description: 'OK', headers, ...json(schema) } },
});
const id = (name: string) => [{ name, in: 'path', required: true, schema: integer }];
const query = (name: string, schema: JsonObject) => ({ name, in: 'query', schema });
const link = { Link: { schema: text } };

/** Paths that end in a format, rows in an envelope, pages by a text that says nothing (as shops and help desks have them). */
const shop = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1' },
    components: { schemas: { Customer, Order } },
    paths: {
      '/orders.json': {
        get: {
          parameters: [query('limit', integer), query('page_info', text)],
          ...ok(object({ orders: { type: 'array', items: ref('Order') } }), link),
        },
        post: {
          requestBody: json(object({ order: object({ customer_id: integer }) })),
          responses: { 201: { description: 'Made', ...json(order) } },
        },
      },
      '/orders/{order_id}.json': { parameters: id('order_id'), get: ok(order) },
      '/orders/{order_id}/close.json': { parameters: id('order_id'), post: ok(order) },
      '/customers.json': {
        get: {
          parameters: [query('limit', integer)],
          ...ok(object({ customers: { type: 'array', items: ref('Customer') } }), link),
        },
      },
      '/customers/{customer_id}.json': {
        parameters: id('customer_id'),
        get: ok(object({ customer: ref('Customer') })),
      },
    },
  });

test('an action is called by its last word, and not by the format behind it', () => {
  const { read } = shop();
  const { order } = read('POST', '/orders.json', { order: { customer_id: 3 } }) as { order: JsonObject };
  expect(order.closed_at).toBeNull();
  const closed = read('POST', `/orders/${order.id}/close.json`) as { order: JsonObject };
  expect(closed.order.closed_at).toEqual(expect.any(String));
});

test('what is counted of a thing is the same where a row of others shows it', () => {
  const { read } = shop();
  read('POST', '/orders.json', { order: { customer_id: 3 } });
  const { orders } = read('GET', '/orders.json') as { orders: { customer: JsonObject }[] };
  for (const { customer } of orders) expect(read('GET', `/customers/${customer.id}.json`)).toEqual({ customer });
});

test('a new row has numbers of its own', () => {
  const { read } = shop();
  const made = [1, 2].map(() => read('POST', '/orders.json', { order: { customer_id: 3 } }) as { order: JsonObject });
  const { orders } = read('GET', '/orders.json?limit=100') as { orders: JsonObject[] };
  expect(made).toHaveLength(2);
  for (const member of ['name', 'order_number'])
    expect(new Set(orders.map((order) => order[member])).size).toBe(orders.length);
});

test('what is asked for by a name has an id of its own besides', () => {
  const Product = object({ id: integer, slug: text, title: text });
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Products', version: '1' },
    paths: {
      '/products': {
        get: ok({ type: 'array', items: Product }),
        post: {
          requestBody: json(object({ title: text })),
          responses: { 201: { description: 'Made', ...json(Product) } },
        },
      },
      '/products/{slug}': {
        parameters: [{ name: 'slug', in: 'path', required: true, schema: text }],
        get: ok(Product),
      },
      '/reviews': {
        get: ok({ type: 'array', items: object({ id: integer, product_id: integer, product_title: text }) }),
      },
      '/reviews/{id}': {
        parameters: id('id'),
        get: ok(object({ id: integer, product_id: integer, product_title: text })),
      },
    },
  });
  const products = read('GET', '/products') as { id: number; title: string }[];
  for (const { product_id, product_title } of read('GET', '/reviews'))
    expect(products.find((product) => product.id === product_id)?.title).toBe(product_title);
  for (const title of ['Blue mug', 'Red mug']) read('POST', '/products', { title });
  const ids = (read('GET', '/products') as { id: number }[]).map(({ id: own }) => own);
  expect(new Set(ids).size).toBe(27);
});

test('a link leads to another page, or is not there', () => {
  const { ask } = shop();
  const next = (target: string) => /<([^>]+)>; rel="next"/.exec(String(ask('GET', target).headers.Link ?? ''))?.[1];
  expect(next('/orders.json?limit=2')).toContain('page_info=');
  // No parameter says where a page of these begins.
  expect(next('/customers.json?limit=2')).toBeUndefined();
});
