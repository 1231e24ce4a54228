import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAssets } from './console-assets.js';

test('what keeps the files of the console from being read is over when it is over', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'counterproof-'));
  const folder = join(parent, 'console');
  const answer = createAssets(folder, '/console');
  const page = () => answer({ method: 'GET', target: '/console/', headers: {}, body: null });
  // A file in its place is as good as too many open files: it is no missing console.
  writeFileSync(folder, '');
  await expect(page()).rejects.toThrow('ENOTDIR');
  rmSync(folder);
  mkdirSync(folder);
  writeFileSync(join(folder, 'index.html'), '<title>here</title>');
  expect(await page()).toMatchObject({ status: 200, body: '<title>here</title>' });
  rmSync(parent, { recursive: true });
});
