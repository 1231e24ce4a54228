import { expect, it } from 'vitest';
import { saysExclusive, saysInclusive } from './filter-words.js';

it.each([
  ['Day before which it starts (exclusive)', 'exclusive'],
  ['End of the range, exclusive.', 'exclusive'],
  ['The exclusive upper bound', 'exclusive'],
  ['First day, inclusive', 'inclusive'],
  ['On or after this day', 'inclusive'],
  ['Mutually exclusive with page', null],
  ['Exclusive offers only', null],
  ['From (inclusive) to (exclusive)', null],
  ['Created before this day', null],
])('of a bound, "%s" says %s', (description, said) => {
  expect(saysInclusive(description)).toBe(said === 'inclusive');
  expect(saysExclusive(description)).toBe(said === 'exclusive');
});
