import fc from 'fast-check';
import { expect, test } from 'vitest';
import { doubleOf, parseJson, scalarText, writeJson } from './integers.js';

test('integers beyond 2^53 are told apart, and written by their own digits', () => {
  const text = '[9007199254740992,9007199254740993,-9007199254740993,9007199254740993,1e3,0.1,"9007199254740993"]';
  const value = parseJson(text) as number[];
  expect(new Set(value.slice(0, 4)).size).toBe(3);
  expect(value[1]).toBe(value[3]);
  expect(writeJson(value)).toBe(text.replace('1e3', '1000'));
  expect(scalarText(value[1])).toBe('9007199254740993');
});

test('what lies beyond the largest integer of 64 bits is greater than it', () => {
  expect(doubleOf('9223372036854775808')).toBeGreaterThan(doubleOf('9223372036854775807'));
  expect(doubleOf('9223372036854775806')).toBeLessThan(doubleOf('9223372036854775807'));
  expect(doubleOf('-9223372036854775809')).toBeLessThan(doubleOf('-9223372036854775808'));
  expect(scalarText(doubleOf('18446744073709551615'))).toBe('18446744073709551615');
});

test('any JSON with integers of any length is written as it was read', () => {
  const leaf = fc.oneof(
    fc.bigInt({ min: -(2n ** 256n), max: 2n ** 256n }).map(String),
    fc.string().map((s) => JSON.stringify(s)),
  );
  fc.assert(
    fc.property(fc.array(leaf), fc.boolean(), (leaves, isSpaced) => {
      const text = `[${leaves.join(isSpaced ? ' , ' : ',')}]`;
      expect(writeJson(parseJson(text))).toBe(`[${leaves.join(',')}]`);
    }),
  );
});

test('whichever comes first, none is taken for another one', () => {
  const all = [1, 0, 3, 2]
    .map((more) => `${2n ** 53n + 2n ** 20n + BigInt(more)}`)
    .concat('9007199254740993', '9007199254740992');
  expect(new Set(all.map(doubleOf)).size).toBe(all.length);
  expect(all.map((digits) => scalarText(doubleOf(digits)))).toEqual(all);
  expect(doubleOf('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
});
