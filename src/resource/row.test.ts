import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Json } from '../text/value.js';
import { keyOf, readAt, setAt, valuesAt } from './row.js';

const path = fc.array(fc.oneof(fc.string(), fc.constant('__proto__')), { maxLength: 3 });

it('reads what was set, and leaves the row that it was set in', () => {
  fc.assert(
    fc.property(fc.jsonValue(), path, fc.jsonValue(), (value, steps, inside) => {
      const before = JSON.stringify(value);
      expect(readAt(setAt(value as Json, steps, inside as Json), steps)).toBe(inside);
      expect(JSON.stringify(value)).toBe(before);
    }),
  );
});

it('reads each item of a list on the way', () => {
  expect(valuesAt({ tags: [{ name: 'a' }, { name: ['b'] }, {}] }, ['tags', 'name'])).toEqual(['a', ['b']]);
  expect(valuesAt({ tags: ['a'] }, ['tags'])).toEqual([['a']]);
  expect(valuesAt({}, ['toString'])).toEqual([]);
});

it('gives the key of a row as it stands in a path', () => {
  const resource = { key: { member: ['metadata', 'name'], parameter: 'name', by: 'name' as const } };
  expect(keyOf(resource, { metadata: { name: 7 } })).toBe('7');
  expect(keyOf(resource, { metadata: { name: null } })).toBeUndefined();
  expect(keyOf({ key: null }, { id: 1 })).toBeUndefined();
});
