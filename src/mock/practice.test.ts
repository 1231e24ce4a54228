import { expect, test } from 'vitest';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const time = { type: 'string', format: 'date-time' };
const maybe = { type: ['string', 'null'], format: 'date-time' };
const number = { type: 'number' };
const get = (shown: object, parameters: object[] = []) => ({
  get: { parameters, responses: { 200: answer(shown as never) } },
});
const serving = (schemas: object, paths: object) =>
  asking({ openapi: '3.1.0', info: { title: 'T', version: '1' }, components: { schemas }, paths } as never);

test('a date belongs to the state that it says, also by two words, and what is new has come to none', () => {
  const Visit = object({
    id: count,
    status: { enum: ['scheduled', 'checked_in', 'completed', 'cancelled'] },
    checked_in_at: maybe,
    cancellation_reason: { type: ['string', 'null'] },
    reversed_at: maybe,
    last_visit_at: maybe,
    doctor_id: count,
    doctor_name: text,
    starts_at: time,
    ends_at: time,
    duration_minutes: count,
  });
  const Doctor = object({ id: count, full_name: text });
  const { read } = serving(
    { Visit, Doctor },
    {
      '/doctors': get(list(ref('Doctor'))),
      '/doctors/{id}': { parameters: [inPath('id', count)], ...get(ref('Doctor')) },
      '/visits': {
        ...get(list(ref('Visit'))),
        post: { requestBody: json(object({ doctor_id: count })), responses: { 201: answer(ref('Visit')) } },
      },
      '/visits/{id}': { parameters: [inPath('id', count)], ...get(ref('Visit')) },
      '/visits/{id}/check_in': {
        parameters: [inPath('id', count)],
        post: { responses: { 200: answer(ref('Visit')) } },
      },
    },
  );
  const names = new Map(
    read('GET', '/doctors').map((one: { id: number; full_name: string }) => [one.id, one.full_name]),
  );
  for (const visit of read('GET', '/visits')) {
    if (visit.status === 'scheduled') expect(visit.checked_in_at).toBeNull();
    if (visit.status === 'checked_in') expect(visit.checked_in_at).not.toBeNull();
    if (visit.status !== 'cancelled') expect(visit.cancellation_reason).toBeNull();
    expect(visit.doctor_name).toBe(names.get(visit.doctor_id));
    expect(Date.parse(visit.ends_at) - Date.parse(visit.starts_at)).toBe(visit.duration_minutes * 60_000);
  }
  const made = read('POST', '/visits', { doctor_id: 2 });
  expect(made).toMatchObject({ status: 'scheduled', checked_in_at: null, reversed_at: null, last_visit_at: null });
  const done = read('POST', `/visits/${made.id}/check_in`);
  expect(done.status).toBe('checked_in');
  expect(done.checked_in_at).not.toBeNull();
});

test('a key that one kind of things has at home names one of these, also where others stand below something by it', () => {
  const Item = object({ sku: text, title: text, birth_date: { type: 'string', format: 'date' } });
  const Level = object({ place: text, sku: text, onHand: count, reserved: count, available: count });
  const Line = object({
    lineNo: count,
    sku: text,
    title: text,
    quantityOrdered: count,
    quantityReceived: count,
    unitCost: number,
  });
  const Order = object({ id: count, lines: list(ref('Line')), totalCost: number });
  const { read } = serving(
    { Item, Level, Line, Order },
    {
      '/items': get(list(ref('Item')), [
        { name: 'born_after', in: 'query', schema: { type: 'string', format: 'date' } },
      ]),
      '/items/{sku}': { parameters: [inPath('sku')], ...get(ref('Item')) },
      '/places/{place}/stock': { parameters: [inPath('place')], ...get(list(ref('Level'))) },
      '/places/{place}/stock/{sku}': { parameters: [inPath('place'), inPath('sku')], ...get(ref('Level')) },
      '/orders': {
        ...get(list(ref('Order'))),
        post: {
          requestBody: json(object({ lines: list(object({ sku: text, quantityOrdered: count, unitCost: number })) })),
          responses: { 201: answer(ref('Order')) },
        },
      },
      '/orders/{id}': { parameters: [inPath('id', count)], ...get(ref('Order')) },
    },
  );
  const items: { sku: string; title: string; birth_date: string }[] = read('GET', '/items');
  const titles = new Map(items.map(({ sku, title }) => [sku, title]));
  for (const { lines, totalCost } of read('GET', '/orders')) {
    expect(lines.map(({ lineNo }: { lineNo: number }) => lineNo)).toEqual(lines.map((_: object, at: number) => at + 1));
    for (const { sku, title, quantityOrdered, quantityReceived } of lines) {
      expect(titles.get(sku)).toBe(title);
      expect(quantityReceived).toBeLessThanOrEqual(quantityOrdered);
    }
    const sum = lines.reduce(
      (all: number, one: Record<string, number>) => all + Number(one.quantityOrdered) * Number(one.unitCost),
      0,
    );
    expect(totalCost).toBeCloseTo(sum);
  }
  for (const { onHand, reserved, available } of read('GET', '/places/here/stock'))
    expect(available).toBe(onHand - reserved);
  const [first = expect.fail(), second = expect.fail()] = items;
  const sent = [first, second].map(({ sku }) => ({ sku, quantityOrdered: 4, unitCost: 2.5 }));
  const made = read('POST', '/orders', { lines: sent });
  expect(made.totalCost).toBe(20);
  expect(made.lines).toEqual(
    sent.map((one, at) => ({ ...one, lineNo: at + 1, quantityReceived: 0, title: titles.get(one.sku) })),
  );
  const day = first.birth_date;
  expect(read('GET', `/items?born_after=${day}`)).toEqual(items.filter(({ birth_date }) => birth_date > day));
});
