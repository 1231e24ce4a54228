import { expect, test } from 'vitest';
import { selectorTest } from './selector.js';

const row = { metadata: { name: 'web', labels: { app: 'web', tier: 'front' } } };

test.each([
  ['app=web', true],
  ['app==web,tier=front', true],
  ['app=web,tier=back', false],
  ['app!=web', false],
  ['zone!=a', true],
  ['tier in (back, front)', true],
  ['tier notin (back,front)', false],
  ['app in (web),!old', true],
  ['app', true],
  ['old', false],
  ['!app', false],
])('%s', (text, expected) => {
  expect(selectorTest(text)?.(row)).toBe(expected);
});

test('what cannot be read selects by nothing', () => {
  expect(selectorTest('app=(')).toBeNull();
  expect(selectorTest('')).toBeNull();
});
