import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject) => ({ description: 'OK', ...json(schema) });
const text = { type: 'string' };
const integer = { type: 'integer' };
const object = (properties: JsonObject, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
});
const list = (items: JsonObject) => ({ type: 'array', items });

const sentLine = object({ id: integer, product: text, quantity: integer, notes: list(object({ words: text })) }, [
  'product',
]);
const Line = object(
  { id: integer, product: text, quantity: integer, tax: text, notes: list(object({ id: integer, words: text })) },
  ['id', 'product', 'tax'],
);
const Order = object({ id: integer, customer: text, lines: list(Line) });

const orders = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Orders', version: '1' },
    paths: {
      '/orders': {
        get: { responses: { 200: answer(list(Order)) } },
        post: {
          requestBody: json(object({ customer: text, lines: list(sentLine) }, ['customer'])),
          responses: { 201: answer(Order) },
        },
      },
      '/orders/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: integer }],
        get: { responses: { 200: answer(Order) } },
        patch: {
          requestBody: json(object({ lines: list(sentLine) }, [])),
          responses: { 200: answer(Order) },
        },
      },
    },
  });

test('things in a list that was sent are shown with what was said of each, and with what they lack', () => {
  const mock = orders();
  const lines = [
    { product: 'Tea', quantity: 2, notes: [{ words: 'Green' }] },
    { product: 'Cup', quantity: 1 },
  ];
  const made = mock.read('POST', '/orders', { customer: 'Ada', lines });
  expect(made).toMatchObject({ customer: 'Ada', lines });
  expect(new Set(made.lines.map(({ id }: { id: number }) => id)).size).toBe(2);
  expect(mock.read('GET', `/orders/${made.id}`)).toEqual(made);
});

test('a thing in a list that is sent again by its key keeps what nothing was said of', () => {
  const mock = orders();
  const made = mock.read('POST', '/orders', { customer: 'Ada', lines: [{ product: 'Tea' }, { product: 'Cup' }] });
  const [, cup] = made.lines;
  const changed = mock.read('PATCH', `/orders/${made.id}`, {
    lines: [
      { id: cup.id, product: 'Mug' },
      { product: 'Pot', quantity: 3 },
    ],
  });
  expect(changed.lines[0]).toEqual({ ...cup, product: 'Mug' });
  expect(changed.lines[1]).toMatchObject({ product: 'Pot', quantity: 3 });
  expect(changed.lines[1].id).not.toBe(cup.id);
});

test('a list with nothing in it takes things too', () => {
  const mock = orders();
  const made = mock.read('POST', '/orders', { customer: 'Ada', lines: [] });
  expect(made.lines).toEqual([]);
  const { lines } = mock.read('PATCH', `/orders/${made.id}`, { lines: [{ product: 'Tea' }] });
  expect(lines).toMatchObject([{ product: 'Tea' }]);
});

test('things in a list of a row say which row they belong to', () => {
  const Item = object({ id: integer, transfer_id: integer, variant: text });
  const Transfer = object({ id: integer, number: text, rows: list(Item) });
  const sent = list(object({ transfer_id: integer, variant: text }, ['variant']));
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Transfers', version: '1' },
    paths: {
      '/transfers': {
        get: { responses: { 200: answer(list(Transfer)) } },
        post: {
          requestBody: json(object({ number: text, rows: sent })),
          responses: { 201: answer(Transfer) },
        },
      },
      '/transfers/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: integer }],
        get: { responses: { 200: answer(Transfer) } },
        patch: { requestBody: json(object({ number: text }, [])), responses: { 200: answer(Transfer) } },
      },
    },
  });
  const owners = ({ rows }: { rows: { transfer_id: number }[] }) => rows.map(({ transfer_id }) => transfer_id);
  const transfers = mock.read('GET', '/transfers');
  expect(transfers.flatMap(owners).length).toBeGreaterThan(0);
  for (const transfer of transfers) for (const owner of owners(transfer)) expect(owner).toBe(transfer.id);
  const made = mock.read('POST', '/transfers', {
    number: 'T1',
    rows: [{ variant: 'Tea' }, { variant: 'Cup', transfer_id: 3 }],
  });
  expect(owners(made)).toEqual([made.id, 3]);
  expect(mock.read('PATCH', `/transfers/${made.id}`, { number: 'T2' })).toEqual({ ...made, number: 'T2' });
});

test('things in a list are whole where nothing but the answer to a change says what they have', () => {
  const permission = object({ id: { type: 'number' }, name: text, created: text });
  const mock = asking({
    openapi: '3.0.3',
    info: { title: 'Roles', version: '1' },
    paths: {
      '/roles/update/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
        put: {
          requestBody: json(object({ name: text, permissions: list(object({ id: { type: 'number' } })) })),
          responses: {
            201: answer(
              object({ message: text, role: object({ id: integer, name: text, permissions: list(permission) }) }),
            ),
          },
        },
      },
    },
  });
  const permissions = [{ id: 7 }, { id: 8 }];
  const { role } = mock.read('PUT', '/roles/update/12', { name: 'Author', permissions });
  expect(role).toMatchObject({ id: 12, name: 'Author', permissions });
});

test('things in a list that was sent are shown where only the answer to it has that list, and other lists do not', () => {
  const Step = object({ stepId: text, name: text });
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Flows', version: '1' },
    components: { schemas: { Item: object({ id: text, name: text }) } },
    paths: {
      '/flows': {
        get: { responses: { 200: answer(list({ $ref: '#/components/schemas/Item' })) } },
        post: {
          requestBody: json(object({ name: text, steps: list(object({ name: text })) })),
          responses: { 201: answer(object({ id: text, name: text, steps: list(Step) })) },
        },
      },
    },
  });
  const made = read('POST', '/flows', { name: 'Deploy', steps: [{ name: 'build' }, { name: 'ship' }] });
  expect(made).toMatchObject({ name: 'Deploy', steps: [{ name: 'build' }, { name: 'ship' }] });
  expect(read('GET', '/flows')).toContainEqual({ id: made.id, name: 'Deploy' });
});
