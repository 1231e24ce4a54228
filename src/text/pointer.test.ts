import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePointer, pointerOf, referenceTo, valueAt } from './pointer.js';

/** Names made of what pointers, fragments and percent-encoding treat specially. */
const tokens = fc.array(fc.string({ unit: fc.constantFrom(...'/~%01aé #"{}?&𝒳', '\ud800') }));

test('a pointer says its tokens again, whatever they are', () => {
  fc.assert(
    fc.property(tokens, (names) => {
      expect(parsePointer(pointerOf(...names))).toEqual(names);
    }),
  );
});

test('a pointer as a reference says its tokens again, percent-encoded', () => {
  fc.assert(
    fc.property(tokens, (names) => {
      const reference = referenceTo(pointerOf(...names));
      expect(parsePointer(reference)).toEqual(names);
      expect(reference).not.toMatch(/[ {}"<>]/);
    }),
  );
  expect(referenceTo(pointerOf('paths', '/a/{id}'))).toBe('#/paths/~1a~1%7Bid%7D');
});

test('the examples of RFC 6901, section 5 and 6', () => {
  const root = { foo: ['bar', 'baz'], '': 0, 'a/b': 1, 'c%d': 2, 'm~n': 8, ' ': 7 };
  expect(valueAt(root, parsePointer(''))).toBe(root);
  expect(valueAt(root, parsePointer('/foo/0'))).toBe('bar');
  expect(valueAt(root, parsePointer('/'))).toBe(0);
  expect(valueAt(root, parsePointer('/a~1b'))).toBe(1);
  expect(valueAt(root, parsePointer('/c%d'))).toBe(2);
  expect(valueAt(root, parsePointer('/m~0n'))).toBe(8);
  expect(valueAt(root, parsePointer('#/c%25d'))).toBe(2);
  expect(valueAt(root, parsePointer('#/%20'))).toBe(7);
});

test('only own members and items are found', () => {
  expect(valueAt({}, ['constructor'])).toBeUndefined();
  expect(valueAt({ list: ['a'] }, ['list', 'length'])).toBeUndefined();
  expect(valueAt({ list: ['a'] }, ['list', '00'])).toBeUndefined();
  expect(valueAt({ text: 'abc' }, ['text', '0'])).toBeUndefined();
  expect(valueAt(JSON.parse('{"__proto__": 1}'), ['__proto__'])).toBe(1);
});

test('what cannot be decoded is taken as it is', () => {
  expect(parsePointer('#/%zz/%')).toEqual(['%zz', '%']);
});
