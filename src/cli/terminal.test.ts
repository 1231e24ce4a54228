import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPaint } from '../report/index.js';
import { printable } from './terminal.js';

test('what a terminal would obey is shown instead', () => {
  expect(printable('/a\x1b[2J\r\nGET /forged 200\x07\x9b\u202e')).toBe(
    '/a\\x1b[2J\\x0d\\x0aGET /forged 200\\x07\\x9b\\u202e',
  );
});

test('whatever comes in, one bounded line without control characters comes out', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      const line = printable(text, 50);
      expect(line.length).toBeLessThanOrEqual(51);
      expect(line).not.toMatch(/\p{Cc}/u);
    }),
  );
});

test('without colour paint adds nothing', () => {
  expect(createPaint(false).red('x')).toBe('x');
  expect(createPaint(true).red('x')).toBe('\x1b[31mx\x1b[39m');
});
