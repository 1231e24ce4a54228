import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shortenedInside, tame, visible, visibleLines } from './visible.js';

test('what a terminal would obey is shown instead', () => {
  expect(visible('/a\x1b[2J\r\nGET /forged 200\x07\x9b\u202e')).toBe(
    '/a\\u001b[2J\\r\\nGET /forged 200\\u0007\\u009b\\u202e',
  );
});

test('whatever comes in, one bounded line without control characters comes out', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      const line = visible(text, 50);
      expect(line.length).toBeLessThanOrEqual(50);
      expect(line).not.toMatch(/\p{Cc}|\p{Cs}/u);
    }),
  );
});

test('lines stay lines, each of them bounded', () => {
  expect(visibleLines('one\x9b\ntwo and more', 8)).toBe('one\\u00…\ntwo and…');
});

test('a line for a terminal keeps its colours and nothing else that is obeyed', () => {
  expect(tame('\x1b[31mred\x1b[39m \x1b]0;title\x07 \x1b[2J \u202e é ☃ 😀')).toBe(
    '\x1b[31mred\x1b[39m \\u001b]0;title\\u0007 \\u001b[2J \\u202e é ☃ 😀',
  );
});

test('a line of JSON says the same as before', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(JSON.parse(tame(JSON.stringify(text)))).toBe(text);
    }),
  );
});

test('what is cut inside keeps its beginning and its end', () => {
  expect(shortenedInside('/projects/{projectId}/jobs/{jobId}/artifacts', 24)).toMatchInlineSnapshot(
    `"/project…obId}/artifacts"`,
  );
});

test('whatever is cut inside is as long as it may be, and nothing is torn', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), fc.integer({ min: 2, max: 60 }), (text, length) => {
      const signs = Array.from(shortenedInside(text, length));
      expect(signs.length).toBe(Math.min(length, Array.from(text).length));
      expect(text.startsWith(signs.slice(0, Math.floor(length / 3)).join(''))).toBe(true);
      expect(text.endsWith(signs.at(-1) ?? '')).toBe(true);
    }),
  );
});
