import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { laterOptimising, optimisingSoon } from './optimise-later.js';

test('only an engine without a tier between is told to optimise later', () => {
  expect(laterOptimising('11.3.244.8-node.38')).toEqual(['--interrupt-budget=400000']);
  expect(laterOptimising('12.4.254.21-node.33')).toEqual([]);
  expect(laterOptimising('13.6.233.10-node.28')).toEqual([]);
  expect(laterOptimising(undefined)).toEqual([]);
});

test('this engine knows what it is told', () => {
  const { status, stderr } = spawnSync(process.execPath, [...laterOptimising(process.versions.v8), '-e', '0']);
  expect([status, String(stderr)]).toEqual([0, '']);
});

test('who has answered many requests answers on, and this engine takes the flag while it runs', () => {
  const ask = optimisingSoon((mock: string, request: number) => `${mock} ${request}`);
  const answers = Array.from({ length: 5001 }, (_, index) => ask('mock', index));
  expect(answers.at(-1)).toBe('mock 5000');
});
