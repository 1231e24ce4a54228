import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject) => ({ description: 'OK', ...json(schema) });
const [text, whole, amount] = [{ type: 'string' }, { type: 'integer' }, { type: 'number', minimum: 0 }];
const object = (properties: JsonObject, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
});
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const parameters = [{ name: 'id', in: 'path', required: true, schema: whole }];
const asked = object({ product_id: whole, quantity: { type: 'integer', minimum: 1 } });
const list = (name: string) => ({ get: { responses: { 200: answer({ type: 'array', items: ref(name) }) } } });
const read = (name: string) => ({ parameters, get: { responses: { 200: answer(ref(name)) } } });

const shop = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1' },
    components: {
      schemas: {
        Product: object({ id: whole, name: text, price: amount }),
        Line: object({
          id: whole,
          product_id: whole,
          name: text,
          unit_price: amount,
          quantity: { type: 'integer', minimum: 1 },
          line_total: amount,
        }),
        Cart: object({
          id: { ...whole, readOnly: true },
          items: { type: 'array', items: ref('Line') },
          total: { ...amount, readOnly: true },
        }),
      },
    },
    paths: {
      '/products': list('Product'),
      '/products/{id}': read('Product'),
      '/carts': {
        ...list('Cart'),
        post: {
          requestBody: json(object({ items: { type: 'array', items: asked } })),
          responses: { 201: answer(ref('Cart')) },
        },
      },
      '/carts/{id}': read('Cart'),
      '/carts/{id}/items': { parameters, post: { requestBody: json(asked), responses: { 201: answer(ref('Cart')) } } },
    },
  });

interface Product {
  readonly id: number;
  readonly name: string;
  readonly price: number;
}

interface Cart {
  readonly id: number;
  readonly total: number;
  readonly items: readonly {
    readonly product_id: number;
    readonly quantity: number;
    readonly name: string;
    readonly unit_price: number;
    readonly line_total: number;
  }[];
}

function expectOf(products: readonly Product[], cart: Cart) {
  for (const { product_id, name, unit_price, quantity, line_total } of cart.items) {
    expect({ id: product_id, name, price: unit_price }).toEqual(products.find(({ id }) => id === product_id));
    expect(line_total).toBeCloseTo(quantity * unit_price, 2);
  }
  expect(cart.total).toBeCloseTo(
    cart.items.reduce((sum, { line_total }) => sum + line_total, 0),
    2,
  );
}

test('lines of carts are of products that there are, with their names and prices', () => {
  const mock = shop();
  const products = mock.read('GET', '/products');
  for (const cart of mock.read('GET', '/carts')) expectOf(products, cart);
});

test('so are those that are sent with no more than a product and a quantity, at once or later', () => {
  const mock = shop();
  const products = mock.read('GET', '/products');
  const made = mock.read('POST', '/carts', { items: [{ product_id: products[3].id, quantity: 2 }] });
  expectOf(products, made);
  const cart = mock.read('POST', `/carts/${made.id}/items`, { product_id: products[5].id, quantity: 3 });
  expect(cart.items).toHaveLength(2);
  expectOf(products, cart);
  expect(mock.read('GET', `/carts/${made.id}`)).toEqual(cart);
});
