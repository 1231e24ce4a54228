import fc from 'fast-check';
import { expect, it } from 'vitest';
import { percentDecodeForm, replaceInPieces } from './text.js';

it.each([
  ['a line break', /\r\n?/g, '\n', ['\r', '\n', 'a']],
  ['an encoded comma', /%2C/gi, ',', ['%', '2', 'C', 'c', '%2C']],
  ['a plus', '+' as const, ' ', ['+', 'a']],
])('%s is replaced in a long text as in a short one', (_name, pattern: string | RegExp, replacement, letters) => {
  const around = fc.string({ unit: fc.constantFrom(...letters), maxLength: 40 });
  fc.assert(
    fc.property(around, fc.integer({ min: 65_500, max: 65_560 }), around, (before, length, after) => {
      const text = `${before.padEnd(length, 'b')}${after}${'b'.repeat(10)}${before}`;
      expect(replaceInPieces(text, pattern, replacement) === text.replaceAll(pattern, replacement)).toBe(true);
    }),
  );
});

it('megabytes of plus signs take a few times their bytes', () => {
  const text = '+'.repeat(9_000_000);
  const before = process.memoryUsage().rss;
  expect(percentDecodeForm(text)?.length).toBe(text.length);
  expect(process.memoryUsage().rss - before).toBeLessThan(12 * text.length);
});
