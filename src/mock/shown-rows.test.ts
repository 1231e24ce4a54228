import { expect, test } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { createMock } from './create-mock.js';

const json = (schema: JsonObject) => ({ description: 'done', content: { 'application/json': { schema } } });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const paths = Object.fromEntries(
  ['customer', 'order'].flatMap((noun) => {
    const id = { name: `${noun}Id`, in: 'path', required: true, schema: { type: 'string' } };
    return [
      [`/${noun}s`, { get: { responses: { 200: json({ type: 'array', items: ref(noun) }) } } }],
      [`/${noun}s/{${noun}Id}`, { parameters: [id], get: { responses: { 200: json(ref(noun)) } } }],
    ];
  }),
);
const described = (properties: JsonObject) => ({ type: 'object', required: Object.keys(properties), properties });
const schemas = {
  customer: described({ id: { type: 'string', format: 'uuid' }, name: { type: 'string' }, note: { type: 'string' } }),
  order: described({ id: { type: 'string', format: 'uuid' }, customer: ref('customer'), total: { type: 'number' } }),
};

test('rows that are shown by others are few, and shown as they are', () => {
  const document = { openapi: '3.1.0', info: { title: 'Shop', version: '1' }, paths, components: { schemas } };
  const mock = createMock({ operations: createOperations(documentFromObject(document)) });
  const read = (target: string) =>
    JSON.parse(String(mock.answer({ method: 'GET', target, headers: {}, body: null }).body));
  const customers: readonly { id: string; name: string }[] = read('/customers');
  const orders: readonly { customer: { id: string; name: string } }[] = read('/orders');
  const shown = new Map(orders.map(({ customer }) => [customer.id, customer.name]));
  expect(orders.length).toBeGreaterThan(20);
  expect(shown.size).toBeLessThan(9);
  for (const [id, name] of shown) expect(customers.find((customer) => customer.id === id)?.name).toBe(name);
});

test('what the example of a row lacks agrees with what it says, which stays', () => {
  const moment = { type: 'string', format: 'date-time' };
  const run = described({
    id: { type: 'string' },
    runStart: moment,
    runEnd: moment,
    startDate: moment,
    endDate: moment,
  });
  const example = ['2031-03-05T10:00:00Z', '2019-03-05T10:00:00Z'].flatMap((time, index) => [
    { id: `start ${index}`, runStart: time, startDate: time },
    { id: `end ${index}`, runEnd: time, endDate: time },
  ]);
  const listed = {
    description: 'd',
    content: { 'application/json': { schema: { type: 'array', items: run }, example } },
  };
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  const document = {
    openapi: '3.1.0',
    info: { title: 'Runs', version: '1' },
    paths: {
      '/runs': { get: { responses: { 200: listed } } },
      '/runs/{id}': { parameters: [id], get: { responses: { 200: json(run) } } },
    },
  };
  const mock = createMock({ operations: createOperations(documentFromObject(document)) });
  const shown = JSON.parse(String(mock.answer({ method: 'GET', target: '/runs', headers: {}, body: null }).body));
  expect(shown.slice(0, 4)).toMatchObject(example);
  for (const { runStart, runEnd, startDate, endDate } of shown) {
    expect(Date.parse(runStart)).toBeLessThanOrEqual(Date.parse(runEnd));
    expect(Date.parse(startDate)).toBeLessThanOrEqual(Date.parse(endDate));
  }
});
