import { expect, test } from 'vitest';
import { wrapped } from './wrapped.js';

test('a paragraph is broken between words, behind its sign and under its own beginning', () => {
  expect(wrapped('one two three four', 11, '  ', '! ')).toEqual(['! one two', '  three', '  four']);
  expect(wrapped('one two three four', Number.POSITIVE_INFINITY, '  ', '! ')).toEqual(['! one two three four']);
});

test('a word that is longer than a line stays whole, so that it can be copied', () => {
  expect(wrapped('see https://example.com/x for more', 12)).toEqual(['see', 'https://example.com/x', 'for more']);
});
