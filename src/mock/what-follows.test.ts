import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const number = { type: 'number', minimum: 0 };
const servers = (schema: JsonObject) => ({ ...schema, readOnly: true });
const progress = { type: 'integer', minimum: 0, maximum: 100 };
const moment = servers({ type: ['string', 'null'], format: 'date-time' });
const states = servers({ type: 'string', enum: ['active', 'completed', 'cancelled'] });
const Course = object({ id: servers(count), title: text, price: number, price_with_tax: servers(number) });
const Enrollment = object({ id: servers(count), progress, status: states, completed_at: moment });
const sent = object({ title: text, price: number });

const mock = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Courses', version: '1' },
    components: { schemas: { Course, Enrollment } },
    paths: {
      '/courses': {
        get: {
          parameters: [
            { name: 'page', in: 'query', schema: count },
            { name: 'per_page', in: 'query', schema: count },
          ],
          responses: {
            200: answer(
              object({ data: list(ref('Course')), meta: object({ path: text, current_page: count, total: count }) }),
            ),
          },
        },
        post: {
          requestBody: json(sent),
          responses: { 201: answer(ref('Course')), 422: { description: 'The title has already been taken' } },
        },
      },
      '/courses/{id}': {
        parameters: [inPath('id', count)],
        get: { responses: { 200: answer(ref('Course')) } },
        put: { requestBody: json(sent), responses: { 200: answer(ref('Course')) } },
        patch: { requestBody: json(object({ price: number }, [])), responses: { 200: answer(ref('Course')) } },
      },
      '/enrollments': {
        get: { responses: { 200: answer(list(ref('Enrollment'))) } },
        post: { requestBody: json(object({}, [])), responses: { 201: answer(ref('Enrollment')) } },
      },
      '/enrollments/{id}': {
        parameters: [inPath('id', count)],
        get: { responses: { 200: answer(ref('Enrollment')) } },
        patch: { requestBody: json(object({ progress }, [])), responses: { 200: answer(ref('Enrollment')) } },
      },
    },
  });

test('what something costs with its tax follows from what it costs, also after a change', () => {
  const { read } = mock();
  const rows: readonly Readonly<Record<string, number>>[] = read('GET', '/courses').data;
  for (const row of rows) expect(row.price_with_tax).toBeCloseTo(Number(row.price) * 1.2, 1);
  const { id } = read('POST', '/courses', { title: 'Art', price: 10 });
  expect(read('GET', `/courses/${id}`)).toMatchObject({ price: 10, price_with_tax: 12 });
  expect(read('PATCH', `/courses/${id}`, { price: 20 })).toMatchObject({ price_with_tax: 24 });
  expect(read('PUT', `/courses/${id}`, { title: 'Art', price: 5 })).toMatchObject({ price_with_tax: 6 });
});

test('what has come to its end is called so, and what was called off has not', () => {
  const { read } = mock();
  const rows: readonly JsonObject[] = read('GET', '/enrollments');
  expect(new Set(rows.map(({ status }) => status)).size).toBe(3);
  for (const row of rows) expect(row.completed_at === null).toBe(row.status !== 'completed');
  const { id } = read('POST', '/enrollments', {});
  expect(read('PATCH', `/enrollments/${id}`, { progress: 40 })).toMatchObject({ status: 'active', completed_at: null });
  expect(read('PATCH', `/enrollments/${id}`, { progress: 100 })).toMatchObject({
    status: 'completed',
    completed_at: expect.any(String),
  });
});

test('an envelope says the path of its list, and a refusal with 422 what is taken', () => {
  const { read, ask } = mock();
  expect(read('GET', '/courses?page=2&per_page=5').meta).toEqual({ path: '/courses', current_page: 2, total: 25 });
  expect([1, 2].map(() => ask('POST', '/courses', { title: 'Art', price: 1 }).status)).toEqual([201, 422]);
});

const tax = servers(number);
const Order = object({
  id: servers(count),
  order_date: { type: 'string', format: 'date' },
  requested_delivery_date: { type: 'string', format: 'date' },
  net_amount: servers(number),
  tax_amount: tax,
  gross_amount: servers(number),
  status: servers({ type: 'string', enum: ['draft', 'released', 'canceled'] }),
  cancellation_reason: servers({ type: ['string', 'null'] }),
});
const Line = object({ id: servers(count), quantity: count, unit_price: number, net_amount: servers(number) });

test('an order is delivered after it was placed, costs what it costs and its tax, and was called off where that has a reason', () => {
  const rows = (name: string, schema: JsonObject) => ({
    [`/${name}`]: { get: { responses: { 200: answer(list(schema)) } } },
    [`/${name}/{id}`]: { parameters: [inPath('id', count)], get: { responses: { 200: answer(schema) } } },
  });
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Orders', version: '1' },
    paths: { ...rows('orders', Order), ...rows('lines', Line) },
  });
  const orders: readonly JsonObject[] = read('GET', '/orders');
  expect(new Set(orders.map(({ status }) => status)).size).toBe(3);
  for (const row of orders) {
    expect(String(row.order_date) <= String(row.requested_delivery_date)).toBe(true);
    expect(row.gross_amount).toBeCloseTo(Number(row.net_amount) + Number(row.tax_amount), 2);
    if (row.status !== 'canceled') expect(row.cancellation_reason).toBeNull();
  }
  const lines: readonly Readonly<Record<string, number>>[] = read('GET', '/lines');
  for (const { quantity = 0, unit_price = 0, net_amount } of lines)
    expect(net_amount).toBeCloseTo(quantity * unit_price, 2);
});

test('what is overdue was due before now, and what goes on is due later', () => {
  const date = { type: 'string', format: 'date' };
  const Loan = object({
    id: servers(count),
    loaned_at: { type: 'string', format: 'date-time' },
    due_on: date,
    status: servers({ type: 'string', enum: ['active', 'overdue', 'returned'] }),
    returned_at: moment,
  });
  const Task = object({ id: servers(count), due_date: date, is_overdue: servers({ type: 'boolean' }) });
  const rows = (name: string, schema: JsonObject) => ({
    [`/${name}`]: { get: { responses: { 200: answer(list(schema)) } } },
    [`/${name}/{id}`]: { parameters: [inPath('id', count)], get: { responses: { 200: answer(schema) } } },
  });
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Library', version: '1' },
    paths: { ...rows('loans', Loan), ...rows('tasks', Task) },
  });
  const today = '2025-01-15';
  const loans: readonly JsonObject[] = read('GET', '/loans');
  expect(new Set(loans.map(({ status }) => status)).size).toBe(3);
  for (const { status, due_on, loaned_at } of loans) {
    if (status === 'overdue') expect(String(due_on) < today).toBe(true);
    if (status === 'active') expect(String(due_on) >= today).toBe(true);
    expect(String(loaned_at).slice(0, 10) <= String(due_on)).toBe(true);
  }
  const tasks: readonly JsonObject[] = read('GET', '/tasks');
  for (const { due_date, is_overdue } of tasks) expect(is_overdue).toBe(String(due_date) < today);
});
