import { expect, test } from 'vitest';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const number = { type: 'number' };
const id = inPath('id', count);
const Slot = object({ id: count, name: text, is_available: { type: 'boolean' } });
const Booking = object({ id: count, slot_id: count, status: { enum: ['confirmed', 'cancelled'] } });
const Account = object({ id: count, name: text, balance: number, available_balance: number });
const Transfer = object({ id: count, from_account_id: count, to_account_id: count, amount: number });
const taken = { 409: { description: 'The slot is not available' } };
const get = (name: string) => ({ get: { responses: { 200: answer(ref(name)) } } });
const all = (name: string) => ({ get: { responses: { 200: answer(list(ref(name))) } } });

const things = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    components: { schemas: { Slot, Booking, Account, Transfer } },
    paths: {
      '/slots': all('Slot'),
      '/slots/{id}': { parameters: [id], ...get('Slot') },
      '/bookings': {
        ...all('Booking'),
        post: { requestBody: json(object({ slot_id: count })), responses: { 201: answer(ref('Booking')), ...taken } },
      },
      '/bookings/{id}': {
        parameters: [id],
        ...get('Booking'),
        delete: { responses: { 204: { description: 'Done' } } },
      },
      '/bookings/{id}/cancel': { parameters: [id], post: { responses: { 200: answer(ref('Booking')) } } },
      '/accounts': all('Account'),
      '/accounts/{id}': { parameters: [id], ...get('Account') },
      '/transfers': {
        ...all('Transfer'),
        post: {
          requestBody: json(object({ from_account_id: count, to_account_id: count, amount: number })),
          responses: { 201: answer(ref('Transfer')) },
        },
      },
    },
  });

test('what was booked is not free until that is cancelled or deleted', () => {
  const mock = things();
  const slot = (mock.read('GET', '/slots') as { id: number; is_available: boolean }[]).find((one) => one.is_available);
  const isFree = () => mock.read('GET', `/slots/${slot?.id}`).is_available;
  const book = () => mock.ask('POST', '/bookings', { slot_id: slot?.id as number });
  const made = JSON.parse(String(book().body));
  expect(made).toMatchObject({ slot_id: slot?.id, status: 'confirmed' });
  expect(isFree()).toBe(false);
  expect(book().status).toBe(409);
  expect(mock.read('POST', `/bookings/${made.id}/cancel`).status).toBe('cancelled');
  expect(isFree()).toBe(true);
  const again = JSON.parse(String(book().body));
  expect(isFree()).toBe(false);
  mock.ask('DELETE', `/bookings/${again.id}`);
  expect(isFree()).toBe(true);
});

test('what is transferred goes from one to the other', () => {
  const mock = things();
  const [from, to] = mock.read('GET', '/accounts');
  mock.ask('POST', '/transfers', { from_account_id: from.id, to_account_id: to.id, amount: 12.5 });
  const balances = (key: number) => mock.read('GET', `/accounts/${key}`);
  expect(balances(from.id).balance).toBeCloseTo(from.balance - 12.5);
  expect(balances(from.id).available_balance).toBeCloseTo(from.available_balance - 12.5);
  expect(balances(to.id).balance).toBeCloseTo(to.balance + 12.5);
});

test.each(['slots', 'rooms', 'seats', 'desks', 'courts'])('the first of the %s is free to be booked', (path) => {
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    components: { schemas: { Slot } },
    paths: { [`/${path}`]: all('Slot'), [`/${path}/{id}`]: { parameters: [id], ...get('Slot') } },
  });
  const rows: { is_available: boolean }[] = mock.read('GET', `/${path}`);
  expect(rows[0]?.is_available).toBe(true);
  expect(rows.every((one) => one.is_available)).toBe(false);
});

test('a room is booked once at a time, where that is said, and again when that is cancelled', () => {
  const date = { type: 'string', format: 'date' };
  const status = { enum: ['confirmed', 'cancelled'], readOnly: true };
  const sent = object({ room_id: count, guest_id: count, check_in: date, check_out: date });
  const Stay = object({ ...sent.properties, id: count, status });
  const one = { parameters: [id], get: { responses: { 200: answer(Stay) } } };
  const thing = object({ id: count, name: text });
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Stays', version: '1' },
    paths: {
      '/rooms': { get: { responses: { 200: answer(list(thing)) } } },
      '/rooms/{id}': { parameters: [id], get: { responses: { 200: answer(thing) } } },
      '/guests': { get: { responses: { 200: answer(list(thing)) } } },
      '/guests/{id}': { parameters: [id], get: { responses: { 200: answer(thing) } } },
      '/reservations': {
        get: { responses: { 200: answer(list(Stay)) } },
        post: {
          requestBody: json(sent),
          responses: { 201: answer(Stay), 409: { description: 'The room is not available on these dates' } },
        },
      },
      '/reservations/{id}': one,
      '/reservations/{id}/cancel': { parameters: [id], post: { responses: { 200: answer(Stay) } } },
    },
  });
  const book = (room: number, from: string, to: string) =>
    mock.ask('POST', '/reservations', { room_id: room, guest_id: 1, check_in: from, check_out: to });
  const first = book(1, '2031-02-01', '2031-02-04');
  expect(first.status).toBe(201);
  expect(book(1, '2031-02-03', '2031-02-05').status).toBe(409);
  expect(book(1, '2031-02-04', '2031-02-05').status).toBe(201);
  expect(book(2, '2031-02-03', '2031-02-05').status).toBe(201);
  mock.ask('POST', `/reservations/${JSON.parse(String(first.body)).id}/cancel`);
  expect(book(1, '2031-02-01', '2031-02-03').status).toBe(201);
});
