import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const number = { type: 'number' };
const date = { type: 'string', format: 'date-time' };
const day = { type: 'string', format: 'date' };

const things = (thing: JsonObject, sent: JsonObject = {}, query: readonly string[] = []) =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    components: { schemas: { Thing: thing } },
    paths: {
      '/things': {
        get: {
          parameters: query.map((name) => ({ name, in: 'query', schema: day })),
          responses: { 200: answer(list(ref('Thing'))) },
        },
        post: { requestBody: json(object(sent)), responses: { 201: answer(ref('Thing')) } },
      },
      '/things/{id}': { parameters: [inPath('id', count)], get: { responses: { 200: answer(ref('Thing')) } } },
      '/things/{id}/pay': { parameters: [inPath('id', count)], post: { responses: { 200: answer(ref('Thing')) } } },
    },
  });

type Numbers<Name extends string> = { readonly [name in Name]: number };

test('what remains is what there is without what was used of it', () => {
  const mock = things(
    object({
      ...{ id: count, entitled: number, used: number, remaining: number, balance: number, available_balance: number },
      ...{ totalSeats: count, bookedSeats: count, availableSeats: count },
    }),
  );
  type Row = Numbers<'entitled' | 'used' | 'remaining' | 'balance' | 'available_balance'> &
    Numbers<'totalSeats' | 'bookedSeats' | 'availableSeats'>;
  for (const row of mock.read('GET', '/things') as Row[]) {
    expect(row.remaining).toBeCloseTo(row.entitled - row.used);
    expect(row.remaining).toBeGreaterThanOrEqual(0);
    expect(row.available_balance).toBeLessThanOrEqual(row.balance);
    expect(row.availableSeats).toBe(row.totalSeats - row.bookedSeats);
  }
});

test('of what is due some was paid and the rest remains, and a new account has nothing', () => {
  const status = { enum: ['open', 'paid'] };
  const mock = things(
    object({
      ...{ id: count, name: text, status, amount_due: count, amount_paid: count, amount_remaining: count },
      balance: number,
    }),
    { name: text },
  );
  type Row = Numbers<'amount_due' | 'amount_paid' | 'amount_remaining'> & { readonly status: string };
  for (const row of mock.read('GET', '/things') as Row[]) {
    expect(row.amount_remaining).toBe(row.amount_due - row.amount_paid);
    if (row.status === 'paid') expect(row.amount_remaining).toBe(0);
  }
  const made = mock.read('POST', '/things', { name: 'A' });
  expect(made).toMatchObject({ balance: 0, amount_paid: 0, amount_remaining: made.amount_due });
  const paid = mock.read('POST', `/things/${made.id}/pay`);
  expect(paid).toMatchObject({ status: 'paid', amount_remaining: 0, amount_paid: made.amount_due });
});

test('so many days are from the first to the last one, and so many nights between them', () => {
  const sent = { startDate: day, endDate: day };
  const mock = things(object({ id: count, ...sent, days: number, nights: number }), sent);
  expect(mock.read('POST', '/things', { startDate: '2025-03-03', endDate: '2025-03-07' })).toMatchObject({
    days: 5,
    nights: 4,
  });
});

test('up to a day is up to its end', () => {
  const mock = things(object({ id: count, booked_at: date }), { booked_at: date }, ['from', 'to']);
  const made = mock.read('POST', '/things', { booked_at: '2031-05-15T17:03:34Z' });
  expect(mock.read('GET', '/things?from=2031-05-15&to=2031-05-15')).toEqual([made]);
  expect(mock.read('GET', '/things?from=2031-05-16')).toEqual([]);
  expect(mock.read('GET', '/things?to=2031-05-14')).not.toContainEqual(made);
});
