import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject) => ({ responses: { 200: { description: 'OK', ...json(schema) } } });
const object = (properties: JsonObject) => ({ type: 'object', required: Object.keys(properties), properties });
const query = (...names: string[]) => names.map((name) => ({ name, in: 'query', schema: { type: 'string' } }));

const { read } = asking({
  openapi: '3.1.0',
  info: { title: 'Numbers', version: '1' },
  paths: {
    '/analytics/daily': {
      get: {
        parameters: query('start_date', 'end_date'),
        ...answer({
          type: 'array',
          items: object({ date: { type: 'string', format: 'date' }, visits: { type: 'integer' } }),
        }),
      },
    },
    '/traffic': {
      get: {
        parameters: [
          ...query('from', 'to', 'granularity'),
          { name: 'limit', in: 'query', schema: { type: 'integer' } },
        ],
        ...answer(
          object({
            data: {
              type: 'array',
              items: object({
                timestamp: { type: 'string', format: 'date-time' },
                errors: { type: 'integer', maximum: 9 },
              }),
            },
            total: { type: 'integer' },
          }),
        ),
      },
    },
    '/holidays': {
      get: {
        parameters: query('start_date'),
        ...answer({
          type: 'array',
          items: object({ date: { type: 'string', format: 'date' }, name: { type: 'string' } }),
        }),
      },
    },
  },
});

const days = (target: string) => (read('GET', target) as { date: string }[]).map(({ date }) => date);

test('numbers that are listed over time are those of the time that is asked for', () => {
  const week = days('/analytics/daily?start_date=2026-02-27&end_date=2026-03-02');
  expect(week).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']);
  const usual = days('/analytics/daily');
  expect(usual).toHaveLength(25);
  expect(usual).toEqual(usual.toSorted());
  expect(usual.at(-1)).toBe('2025-01-14');
  // What is no number is a thing that has a date.
  expect(days('/holidays')).not.toEqual(days('/holidays').toSorted());
});

test('they are as far apart as is asked for, on pages too', () => {
  const day = '/traffic?from=2026-10-01T00:00:00Z&to=2026-10-02T00:00:00Z';
  const said = (more: string) => {
    const { data, total } = read('GET', `${day}${more}`) as { data: { timestamp: string }[]; total: number };
    return [total, data.length, data[1]?.timestamp];
  };
  expect(said('')).toEqual([24, 24, '2026-10-01T01:00:00Z']);
  expect(said('&granularity=15m&limit=5')).toEqual([96, 5, '2026-10-01T00:15:00Z']);
  expect(said('&granularity=day')).toEqual([1, 1, undefined]);
  expect(said('&granularity=hour')).toEqual(said(''));
});
