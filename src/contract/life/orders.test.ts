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
] as [(string | number)[], boolean | null, string][])(
  'of %j it is said where the order breaks',
  (values, way, said) => {
    expect(aroundBreak(values, way)).toBe(said);
  },
);
