import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkParsed, copyPlain } from './plain.js';

const refusal = (value: unknown) => copyPlain(value).problems[0];

test('JSON values are copied as they are', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const copy = copyPlain(value);
      expect(copy.problems).toEqual([]);
      expect(JSON.stringify(copy.value)).toBe(JSON.stringify(value));
      expect(checkParsed(JSON.parse(JSON.stringify(value)))).toEqual([]);
    }),
  );
});

test('objects that are shared become trees', () => {
  const shared = { a: 1 };
  const { value, problems } = copyPlain({ x: shared, y: [shared] });
  expect(problems).toEqual([]);
  const { x, y } = value as { x: object; y: object[] };
  expect(x).toEqual(y[0]);
  expect(x).not.toBe(y[0]);
});

test('an object that contains itself is null where it does', () => {
  const circle: Record<string, unknown> = { a: {} };
  circle.a = [{ back: circle }];
  expect(refusal(circle)).toMatchObject({
    segments: ['a', '0', 'back'],
    message: expect.stringContaining('An object contains itself'),
    mended: true,
  });
  expect(copyPlain(circle).value).toEqual({ a: [{ back: null }] });
});

test('undefined members are left out, as in JSON.stringify', () => {
  expect(copyPlain({ a: undefined, b: [undefined] }).value).toEqual({ b: [null] });
});

test('a date is its text, with a warning', () => {
  const { value, problems } = copyPlain({ a: new Date('2020-01-01') });
  expect(value).toEqual({ a: '2020-01-01T00:00:00.000Z' });
  expect(problems).toMatchObject([{ segments: ['a'], mended: true }]);
});

test.each([
  [() => 1, 'A function stands where JSON is expected'],
  [Symbol('x'), 'A symbol stands where JSON is expected'],
  [new Map(), '[object Map] stands where JSON is expected'],
  [/x/, '[object RegExp] stands where JSON is expected'],
  [new Date(Number.NaN), '[object Date] stands where JSON is expected'],
  [Number.NaN, 'A number is not one that JSON and IEEE 754 can hold'],
  [Number.POSITIVE_INFINITY, 'A number is not one that JSON and IEEE 754 can hold'],
])('%s is told, and null stands in its place', (value, message) => {
  const { value: copy, problems } = copyPlain({ a: [value] });
  expect(problems).toMatchObject([{ segments: ['a', '0'], message: expect.stringContaining(message) }]);
  expect(copy).toEqual({ a: [null] });
});

test('a number too large for a double becomes null in parsed JSON', () => {
  const parsed = JSON.parse('{"a": [1, 1e400], "b": 1e400, "c": {"d": {"e": {"f": {"g": 1e400, "h": 1}}}}}');
  expect(checkParsed(parsed).map(({ segments, mended }) => [segments.join('/'), mended])).toEqual([
    ['a/1', true],
    ['b', true],
    ['c/d/e/f/g', true],
  ]);
  expect(parsed).toEqual({ a: [1, null], b: null, c: { d: { e: { f: { g: null, h: 1 } } } } });
});

test('nesting is bounded in both', () => {
  const deep = JSON.parse('['.repeat(10_000) + ']'.repeat(10_000));
  const message = expect.stringContaining('Values are nested more than 500 levels deep');
  expect(refusal(deep)).toMatchObject({ message });
  expect(checkParsed(deep)).toMatchObject([{ message }]);
  expect(JSON.stringify(deep)).toBe(`${'['.repeat(500)}null${']'.repeat(500)}`);
});

test('a few objects that stand for billions are refused, soon', () => {
  let bomb: unknown = 'lol';
  for (let level = 0; level < 12; level++) bomb = Array.from({ length: 10 }, () => bomb);
  expect(refusal(bomb)?.message).toMatch(/^Aliases stand for more than/);
});

test('a member named __proto__ stays a member', () => {
  const { value } = copyPlain(JSON.parse('{"__proto__": {"a": 1}}'));
  expect(Object.keys(value as object)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});
