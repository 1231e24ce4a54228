import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const ours = (schema: JsonObject) => ({ ...schema, readOnly: true });
const number = { type: 'number', minimum: 0 };
const Order = object({
  id: ours(count),
  note: text,
  net_amount: ours(number),
  tax_amount: ours(number),
  gross_amount: ours(number),
});
const Line = object({ id: ours(count), quantity: count, unit_price: number, net_amount: ours(number) });
const Bill = object({
  id: ours(count),
  amount_total: count,
  amount_paid: ours(count),
  amount_due: ours(count),
  status: ours({ type: 'string', enum: ['pending', 'confirmed'] }),
});
const states = (...listed: string[]) => ours({ type: 'string', enum: listed });
const Payment = object({ id: ours(count), bill_id: count, amount: count, status: states('succeeded', 'refunded') });
const Account = object({ id: ours(count), balance: ours(count) });
const Transfer = object({
  id: ours(count),
  from_account_id: count,
  to_account_id: count,
  amount: count,
  status: states('completed', 'reversed'),
});

const one = (schema: string, more: JsonObject = {}) => ({
  parameters: [inPath('id', count)],
  get: { responses: { 200: answer(ref(schema)) } },
  ...more,
});
const all = (schema: string, sent: JsonObject, parameters: JsonObject[] = []) => ({
  parameters,
  get: { responses: { 200: answer(list(ref(schema))) } },
  post: { requestBody: json(sent), responses: { 201: answer(ref(schema)) } },
});
const act = (schema: string) => ({
  parameters: [inPath('id', count)],
  post: { responses: { 200: answer(ref(schema)) } },
});

const mock = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Sums', version: '1' },
    components: { schemas: { Order, Line, Bill, Payment, Account, Transfer } },
    paths: {
      '/orders': all('Order', object({ note: text })),
      '/orders/{id}': one('Order'),
      '/orders/{order_id}/lines': all('Line', object({ quantity: count, unit_price: number }), [
        inPath('order_id', count),
      ]),
      '/orders/{order_id}/lines/{id}': {
        ...one('Line', {
          patch: { requestBody: json(object({ quantity: count }, [])), responses: { 200: answer(ref('Line')) } },
          delete: { responses: { 204: { description: 'Gone' } } },
        }),
        parameters: [inPath('order_id', count), inPath('id', count)],
      },
      '/bills': all('Bill', object({ amount_total: count })),
      '/bills/{id}': one('Bill'),
      '/payments': all('Payment', object({ bill_id: count, amount: count })),
      '/payments/{id}': one('Payment'),
      '/payments/{id}/refund': act('Payment'),
      '/accounts': all('Account', object({}, [])),
      '/accounts/{id}': one('Account'),
      '/transfers': all('Transfer', object({ from_account_id: count, to_account_id: count, amount: count })),
      '/transfers/{id}': one('Transfer'),
      '/transfers/{id}/reverse': act('Transfer'),
    },
  });

test('an order costs what its lines come to, as these are made, changed and deleted', () => {
  const { read, ask } = mock();
  const order = read('POST', '/orders', { note: 'x' });
  expect(order).toMatchObject({ net_amount: 0, tax_amount: 0, gross_amount: 0 });
  const path = `/orders/${order.id}`;
  const bolts = read('POST', `${path}/lines`, { quantity: 3, unit_price: 2.5 });
  read('POST', `${path}/lines`, { quantity: 1, unit_price: 4 });
  expect(bolts).toMatchObject({ net_amount: 7.5 });
  expect(read('GET', path)).toMatchObject({ net_amount: 11.5, gross_amount: 11.5 });
  read('PATCH', `${path}/lines/${bolts.id}`, { quantity: 4 });
  expect(read('GET', path)).toMatchObject({ net_amount: 14 });
  ask('DELETE', `${path}/lines/${bolts.id}`);
  expect(read('GET', path)).toMatchObject({ net_amount: 4, gross_amount: 4 });
});

test('a line more of what was there before makes it dearer by that', () => {
  const { read } = mock();
  const [before] = read('GET', '/orders');
  read('POST', `/orders/${before.id}/lines`, { quantity: 2, unit_price: 10 });
  const after = read('GET', `/orders/${before.id}`);
  expect(after.net_amount).toBeCloseTo(before.net_amount + 20, 2);
  expect(after.gross_amount).toBeCloseTo(after.net_amount + after.tax_amount, 2);
});

test('what was paid is paid, and what was refunded is not', () => {
  const { read } = mock();
  const { id } = read('POST', '/bills', { amount_total: 500 });
  const payment = read('POST', '/payments', { bill_id: id, amount: 200 });
  expect(read('GET', `/bills/${id}`)).toMatchObject({ amount_paid: 200, amount_due: 300 });
  read('POST', '/payments', { bill_id: id, amount: 300 });
  expect(read('GET', `/bills/${id}`)).toMatchObject({ amount_paid: 500, amount_due: 0 });
  read('POST', `/payments/${payment.id}/refund`);
  expect(read('GET', `/bills/${id}`)).toMatchObject({ amount_paid: 300, amount_due: 200 });
});

test('what is reversed goes back to where it came from, once', () => {
  const { read } = mock();
  const [from, to] = read('GET', '/accounts');
  const amount = Math.min(5, from.balance);
  const { id } = read('POST', '/transfers', { from_account_id: from.id, to_account_id: to.id, amount });
  expect(read('GET', `/accounts/${to.id}`).balance).toBe(to.balance + amount);
  for (let tries = 0; tries < 2; tries++) {
    read('POST', `/transfers/${id}/reverse`);
    expect([from, to].map((each) => read('GET', `/accounts/${each.id}`).balance)).toEqual([from.balance, to.balance]);
  }
});
