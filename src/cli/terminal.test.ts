import { expect, test } from 'vitest';
import { createPaint } from '../report/index.js';

test('without colour paint adds nothing', () => {
  expect(createPaint(false).red('x')).toBe('x');
  expect(createPaint(true).red('x')).toBe('\x1b[31mx\x1b[39m');
});
