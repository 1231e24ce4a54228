import { expect, it } from 'vitest';
import { equalTo, operatedTest } from './operated.js';

const passes = (asked: string, held: unknown): boolean | null => operatedTest([asked])?.([held as never]) ?? null;

it.each([
  ['eq.3', 3, true],
  ['neq.3', 3, false],
  ['gte.5', 4, false],
  ['in.(1,3)', 3, true],
  ['not.in.(1,3)', 3, false],
  ['ilike.*plan*', 'The Plan B', true],
  ['is.null', null, true],
  ['is.true', true, true],
  ['gt:2', 3, true],
  ['ge2020-01-01', '2021-05-06', true],
  ['lt5', 7, false],
  ['ge2020-01-01', 'amber', false],
])('a value says itself how it is compared: %s with %j', (asked, held, is) => {
  expect(passes(asked, held)).toBe(is);
});

it.each(['open', 'ge', 'gear2', '2020-01-01', 'eq', 'in progress'])('%s is compared as it is', (asked) => {
  expect(operatedTest([asked])).toBeNull();
});

it('what asks for a key by itself names it', () => {
  expect(equalTo(['eq.3'])).toEqual(['3']);
  expect(equalTo(['gt.3'])).toEqual([]);
  expect(equalTo(['3'])).toBeNull();
});
