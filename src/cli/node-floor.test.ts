import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isBelowFloor, nodeFloor } from './node-floor.js';

test('the floor is that of the package', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(manifest.engines.node).toBe(`>=${nodeFloor}`);
});

test('older than the floor is too old', () => {
  expect(['18.20.8', '20.18.3', '8.0.0'].map(isBelowFloor)).toEqual([true, true, true]);
  expect(['20.19.0', '20.20.2', '22.0.0', '24.21.0', '100.1.0'].map(isBelowFloor)).not.toContain(true);
});
