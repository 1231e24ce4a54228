import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RequestValues } from '../operation/index.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { hasSeries, inOrderOfTime, saysSpan } from './series.js';

const asked = (query: JsonObject): RequestValues =>
  ({ path: {}, query, header: {}, cookie: {}, body: undefined }) as never;
const points = [
  { t: '2024-05-20T22:00:58Z', v: 10, unit: 'C' },
  { t: '2023-01-08T18:24:49Z', v: 20.5, unit: 'C' },
];
const hour = { from: '2026-01-01T00:00:00Z', to: '2026-01-01T01:00:00Z' };

it('puts numbers over time in the order of their times, within what is asked for and as far apart', () => {
  const told = (query: JsonObject, value: Json = { points }) => inOrderOfTime(value, asked(query), () => true);
  expect(told({})).toEqual({
    points: [
      { t: '2023-01-08T18:24:49Z', v: 10, unit: 'C' },
      { t: '2024-05-20T22:00:58Z', v: 20.5, unit: 'C' },
    ],
  });
  expect(told(hour)).toEqual({
    points: [
      { t: '2026-01-01T00:00:00Z', v: 10, unit: 'C' },
      { t: '2026-01-01T00:30:00Z', v: 20.5, unit: 'C' },
    ],
  });
  const { points: five } = told({ ...hour, interval: '5m' }) as { points: { t: string; v: number }[] };
  expect(five.map(({ t }) => t.slice(14, 16)).join()).toBe('00,05,10,15,20,25,30,35,40,45,50,55');
  expect(five[0]?.v).toBe(10);
  const days = [{ date: '2020-03-04', visits: 7 }];
  expect(told({ start_date: '2026-02-27', end_date: '2026-03-02', granularity: 'day' }, days)).toMatchObject([
    { date: '2026-02-27', visits: 7 },
    { date: '2026-02-28' },
    { date: '2026-03-01' },
    { date: '2026-03-02' },
  ]);
  const seconds = { data: { result: [{ timestamp: 1_600_000_000, value: 1 }] } };
  expect(told({ start: 1_700_000_000, step: 'PT1H' }, seconds)).toEqual({
    data: { result: [{ timestamp: 1_700_000_000, value: 1 }] },
  });
});

it('leaves what is no series, what may not be changed, and times that make no sense', () => {
  const rows = [
    { id: 1, date: '2026-02-02', price: 2 },
    { id: 2, date: '2020-02-02', price: 2 },
  ];
  const meetings = [
    { start: '2026-02-02', title: 'x' },
    { start: '2020-02-02', title: 'y' },
  ];
  for (const value of [rows, meetings, [], {}, 7, null]) {
    expect(hasSeries(value)).toBe(false);
    expect(inOrderOfTime(value, asked(hour), () => true)).toBe(value);
  }
  const other = { from: hour.to, to: hour.from, interval: '5m' };
  const ordered = [...points].reverse();
  expect(inOrderOfTime(ordered, asked(other), () => true)).toEqual(ordered);
  expect(inOrderOfTime(points, asked(hour), () => false)).toBe(points);
  // As many as there may be, where more are asked for than are valid.
  const two = inOrderOfTime(points, asked({ ...hour, interval: '1m' }), (one) => (one as Json[]).length === 2);
  expect(two).toMatchObject([{ t: hour.from }, { t: '2026-01-01T00:30:00Z' }]);
});

it('says which parameters may ask for a time', () => {
  const names =
    'from to since until start_date endTime interval granularity startTime date_from period_end page q limit id';
  expect(names.split(' ').filter(saysSpan).join(' ')).toBe(
    'from to since until start_date endTime interval granularity startTime date_from period_end',
  );
});

it('holds for all points and times', () => {
  const instant = fc.date({ min: new Date('2000-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
  const point = fc.record({
    time: instant.map((date) => date.toISOString()),
    value: fc.integer({ min: -1000, max: 1000 }),
  });
  const interval = fc.constantFrom(undefined, '1s', '5m', 'hour', 'daily', 'P1M', '0m', 'soon');
  fc.assert(
    fc.property(
      fc.array(point, { minLength: 1, maxLength: 6 }),
      instant,
      instant,
      interval,
      (all, one, other, apart) => {
        const [from, to] = [one, other].toSorted((a, b) => a.getTime() - b.getTime()) as [Date, Date];
        const query = { from: from.toISOString(), to: to.toISOString(), ...(apart && { interval: apart }) };
        const made = inOrderOfTime(all, asked(query), () => true);
        expect(inOrderOfTime(all, asked(query), () => true)).toEqual(made);
        const items = (made as Json[]).filter(isObject);
        const times = items.map(({ time }) => Date.parse(String(time)));
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(items.length).toBeLessThanOrEqual(Math.max(400, all.length));
        const isSpan = to.getTime() > from.getTime() && apart !== '0m';
        if (isSpan) for (const time of times) expect(time >= from.getTime() && time < to.getTime()).toBe(true);
      },
    ),
  );
});
