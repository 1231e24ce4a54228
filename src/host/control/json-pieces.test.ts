import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resultOf } from '../../text/slices.js';
import { writingJson } from './json-pieces.js';

const text = (value: unknown) => new TextDecoder().decode(resultOf(writingJson(value)));

test('JSON in pieces is the JSON of all at once', () => {
  fc.assert(
    fc.property(fc.jsonValue({ depthSize: 'large', maxDepth: 14 }), (value) => {
      expect(text(value)).toBe(JSON.stringify(value));
    }),
  );
  expect(text({ a: undefined, b: [undefined, null], c: {} })).toBe('{"b":[null,null],"c":{}}');
});

test('a long text means the same wherever it is cut', () => {
  for (const before of ['', 'x']) {
    const long = { text: before + '😀\n"'.repeat(40_000) };
    expect(JSON.parse(text(long))).toEqual(long);
  }
});

test('others have their turn after each piece', () => {
  const steps = [...writingJson({ text: 'x'.repeat(1e6), list: Array.from({ length: 1e5 }, (_, index) => index) })];
  expect(steps.length).toBeGreaterThan(15);
});
