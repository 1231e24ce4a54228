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
