import { expect, it } from 'vitest';
import type { Json } from '../../text/value.js';
import { areComparable } from './orders.js';

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
