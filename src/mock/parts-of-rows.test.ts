import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject) => ({ description: 'OK', ...json(schema) });
const text = { type: 'string' };
const integer = { type: 'integer', minimum: 0 };
const object = (properties: JsonObject, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
});
const parameters = (...names: string[]) => names.map((name) => ({ name, in: 'path', required: true, schema: text }));

const Line = object({ id: text, product: text, quantity: integer, unit_price: integer, total: integer });
const amounts = { currency: { enum: ['EUR', 'USD'] }, subtotal: integer, tax: integer, total: integer };
const Cart = object({ id: text, items: { type: 'array', items: Line }, item_count: integer, ...amounts });
const Order = object({
  id: text,
  email: text,
  items: { type: 'array', items: Line },
  ...amounts,
  status: { enum: ['shipped', 'cancelled', 'pending'] },
});
const cart = { $ref: '#/components/schemas/Cart' };
const order = { $ref: '#/components/schemas/Order' };

/** @param isListed whether the lines of a cart are listed by themselves too */
const mock = (isListed = false) => {
  const at = isListed ? 'items' : 'line-items';
  return asking({
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1' },
    components: { schemas: { Cart, Order } },
    paths: {
      '/carts': {
        post: { requestBody: json(object({ currency: text }, [])), responses: { 201: answer(cart) } },
      },
      '/carts/{cart_id}': { parameters: parameters('cart_id'), get: { responses: { 200: answer(cart) } } },
      [`/carts/{cart_id}/${at}`]: {
        parameters: parameters('cart_id'),
        ...(isListed && { get: { responses: { 200: answer({ type: 'array', items: Line }) } } }),
        post: {
          requestBody: json(object({ product: text, quantity: integer })),
          responses: { 201: answer(cart) },
        },
      },
      [`/carts/{cart_id}/${at}/{item_id}`]: {
        parameters: parameters('cart_id', 'item_id'),
        patch: { requestBody: json(object({ quantity: integer })), responses: { 200: answer(cart) } },
        delete: { responses: { 200: answer(cart), 404: { description: 'None' } } },
      },
      '/carts/{cart_id}/checkout': {
        parameters: parameters('cart_id'),
        post: { requestBody: json(object({ email: text })), responses: { 201: answer(order) } },
      },
      '/orders': { get: { responses: { 200: answer({ type: 'array', items: order }) } } },
      '/orders/{id}': { parameters: parameters('id'), get: { responses: { 200: answer(order) } } },
    },
  });
};

test.each([false, true])(
  'What a row shows in a list is added, changed and taken away by paths below it that answer with the row, listed: %j',
  (isListed) => {
    const { ask, read } = mock(isListed);
    const empty = read('POST', '/carts', { currency: 'EUR' });
    expect(empty).toMatchObject({ items: [], item_count: 0, currency: 'EUR', subtotal: 0, tax: 0, total: 0 });
    const at = `/carts/${empty.id}/${isListed ? 'items' : 'line-items'}`;
    const one = read('POST', at, { product: 'a', quantity: 2 });
    const [{ id, unit_price: price }] = one.items;
    expect(one).toMatchObject({
      id: empty.id,
      item_count: 1,
      subtotal: 2 * price,
      items: [{ product: 'a', total: 2 * price }],
    });
    expect(read('POST', at, { product: 'b', quantity: 1 }).items).toHaveLength(2);
    const more = read('PATCH', `${at}/${id}`, { quantity: 5 });
    expect(more.items[0]).toEqual({ ...one.items[0], quantity: 5, total: 5 * price });
    expect(more.subtotal).toBe(5 * price + more.items[1].total);
    const less = read('DELETE', `${at}/${id}`);
    expect(less).toMatchObject({ items: [{ product: 'b' }], item_count: 1 });
    expect(ask('DELETE', `${at}/${id}`).status).toBe(404);
    expect(read('GET', `/carts/${empty.id}`)).toEqual(less);
    if (isListed) expect(read('GET', at)).toEqual(less.items);
  },
);

test('What is made of one thing is another one, with what both have', () => {
  const { read } = mock();
  const { id } = read('POST', '/carts', { currency: 'USD' });
  const { items } = read('POST', `/carts/${id}/line-items`, { product: 'a', quantity: 3 });
  const made = read('POST', `/carts/${id}/checkout`, { email: 'a@b.org' });
  expect(made).toMatchObject({ email: 'a@b.org', items, currency: 'USD', status: 'pending' });
  expect(made.total).toBe(made.subtotal + made.tax);
  expect(read('GET', `/orders/${made.id}`)).toEqual(made);
  expect(read('GET', '/orders')[0]).toEqual(made);
});

test('What is made of one thing by a verb costs what that does, and says of which it was made, and nothing costs nothing', () => {
  const Cart = object({
    id: integer,
    items: { type: 'array', items: object({ sku: text, price: integer, quantity: integer }) },
    total: integer,
  });
  const Bill = object({ id: integer, cart_id: integer, total: integer, status: { enum: ['new', 'paid'] } });
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Bills', version: '1' },
    components: { schemas: { Cart, Bill } },
    paths: {
      '/carts': { post: { responses: { 201: answer({ $ref: '#/components/schemas/Cart' }) } } },
      '/carts/{id}': {
        parameters: parameters('id'),
        get: { responses: { 200: answer({ $ref: '#/components/schemas/Cart' }) } },
      },
      '/carts/{id}/pay': {
        parameters: parameters('id'),
        post: { responses: { 201: answer({ $ref: '#/components/schemas/Bill' }) } },
      },
      '/bills': {
        get: { responses: { 200: answer({ type: 'array', items: { $ref: '#/components/schemas/Bill' } }) } },
      },
      '/bills/{id}': {
        parameters: parameters('id'),
        get: { responses: { 200: answer({ $ref: '#/components/schemas/Bill' }) } },
      },
    },
  });
  expect(read('POST', '/carts')).toMatchObject({ items: [], total: 0 });
  const cart = read('GET', '/carts/7');
  const bill = read('POST', '/carts/7/pay');
  expect(bill).toMatchObject({ cart_id: 7, total: cart.total, status: 'new' });
  expect(read('GET', '/bills')[0]).toEqual(bill);
});

test('A new row says of the file that was sent what it is called, how large it is and of which type', () => {
  const File = object({ id: text, name: text, extension: text, size: integer, content_type: text, note: text });
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Files', version: '1' },
    paths: {
      '/files': {
        get: { responses: { 200: answer({ type: 'array', items: File }) } },
        post: {
          requestBody: {
            content: {
              'multipart/form-data': { schema: object({ file: { type: 'string', format: 'binary' }, note: text }) },
            },
          },
          responses: { 201: answer(File) },
        },
      },
      '/files/{file}': {
        parameters: parameters('file'),
        get: { responses: { 200: answer(File), 404: { description: 'None' } } },
        delete: { responses: { 204: { description: 'Gone' } } },
      },
      '/files/{file}/restore': { parameters: parameters('file'), post: { responses: { 200: answer(File) } } },
    },
  });
  const body = [
    '--x',
    'Content-Disposition: form-data; name="file"; filename="notes.txt"',
    'Content-Type: text/plain',
    '',
    'hello',
    '--x',
    'Content-Disposition: form-data; name="note"',
    '',
    'mine',
    '--x--',
    '',
  ].join('\r\n');
  const made = mock.readBytes('POST', '/files', new TextEncoder().encode(body), 'multipart/form-data; boundary=x');
  expect(made).toMatchObject({ size: 5, content_type: 'text/plain', note: 'mine' });
  expect(made).toMatchObject({ name: 'notes.txt', extension: 'txt' });
  // What a file has in it is not what it is called by, though both are called a file.
  expect(made.id).not.toBe('hello');
  const plain = new TextEncoder().encode(body.replace('; filename="notes.txt"', ''));
  expect(mock.readBytes('POST', '/files', plain, 'multipart/form-data; boundary=x').id).not.toBe('hello');

  const [, file] = mock.read('GET', '/files');
  mock.ask('DELETE', `/files/${file.id}`);
  expect(mock.ask('GET', `/files/${file.id}`).status).toBe(404);
  expect(mock.read('POST', `/files/${file.id}/restore`)).toEqual(file);
  expect(mock.read('GET', `/files/${file.id}`)).toEqual(file);
});

test('what answers with a thing that is read by itself has made one, also where the row has a list of that name', () => {
  const shared = { id: text, note: text, state: text, created_by: text };
  const visit = object({ ...shared, plan_id: text });
  const list = (items: JsonObject) => ({ get: { responses: { 200: answer({ type: 'array', items }) } } });
  const one = (schema: JsonObject) => ({ parameters: parameters('id'), get: { responses: { 200: answer(schema) } } });
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Plans', version: '1' },
    components: {
      schemas: { Plan: object({ ...shared, visits: { type: 'array', items: object({ note: text }) } }), Visit: visit },
    },
    paths: {
      '/plans': list(ref('Plan')),
      '/plans/{id}': one(ref('Plan')),
      '/plans/{plan_id}/visits': {
        parameters: parameters('plan_id'),
        post: { requestBody: json(object({ note: text })), responses: { 201: answer(ref('Visit')) } },
      },
      '/visits': list(ref('Visit')),
      '/visits/{id}': one(ref('Visit')),
    },
  });
  const [plan] = read('GET', '/plans') as { id: string }[];
  const made = read('POST', `/plans/${plan?.id}/visits`, { note: 'mine' }) as JsonObject;
  expect(made.id).not.toBe(plan?.id);
  expect(read('GET', `/visits/${made.id}`)).toEqual(made);
});
