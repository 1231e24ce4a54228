import { expect, it } from 'vitest';
import type { Json } from '../../text/value.js';
import { areComparable, aroundBreak } from './orders.js';

it.each<[Json[], boolean]>([
  [[1, 2.5, null], true],
  [['a', '', 'B'], true],
  [[1, 'a'], false],
  [[1, true], false],
  [['a', ['b']], false],
  [[{ id: 1 }, { id: 2 }], false],
])('values of %j have a usual order: %s', (values, isSo) => {
  expect(areComparable([...values.map((value) => ({ value })), {}], ['value'])).toBe(isSo);
});

it.each([
  [[1, 2, 3, 4, 5, 6, 3, 7, 8, 9, 10], false, '…, 3, 4, 5, 6, 3, 7, 8, 9'],
  [['b', 'a', 'c'], false, '"b", "a", "c"'],
  [['c', 'b', 'a', 'b'], null, '"c", "b", "a", "b"'],
  [
    [
      '2025-03-01T00:00:01.5Z',
      '2025-03-01T00:00:01Z',
      '2025-03-01T01:00:00+01:00',
      '2025-02-02T00:00:00Z',
      '2025-01-01T00:00:00Z',
    ],
    true,
    '…, "2025-03-01T00:00:01Z", "2025-03-01T01:00:00+01:00", "2025-02-02T00:00:00Z", "2025-01-01T00:00:00Z"',
  ],
] as [(string | number)[], boolean | null, string][])(
  'of %j it is said where the order breaks',
  (values, way, said) => {
    expect(aroundBreak(values, way)).toBe(said);
  },
);
