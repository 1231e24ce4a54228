import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Watcher, watchFiles } from './watch.js';

let folder: string;
let watcher: Watcher;
let calls = 0;
const called = (times: number) => vi.waitFor(() => expect(calls).toBe(times), { timeout: 3000 });

beforeEach(() => {
  calls = 0;
  folder = mkdtempSync(join(tmpdir(), 'counterproof-'));
});
afterEach(() => {
  watcher.close();
  rmSync(folder, { recursive: true });
});

test('a file that is written, replaced by another, removed or made is noticed, once each', async () => {
  const file = join(folder, 'api.yaml');
  writeFileSync(file, 'one');
  watcher = watchFiles([file], async () => void calls++);
  await new Promise((resolve) => setTimeout(resolve, 50));
  writeFileSync(file, 'two');
  await called(1);
  writeFileSync(`${file}.new`, 'two');
  renameSync(`${file}.new`, file);
  await called(2);
  rmSync(file);
  await called(3);
  writeFileSync(file, 'three');
  await called(4);
});

test('what is followed can change, and nothing is noticed after the end', async () => {
  const [first, second] = ['a', 'b'].map((name) => join(folder, name)) as [string, string];
  watcher = watchFiles([first], async () => void calls++);
  watcher.follow([second]);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(calls).toBe(0);
  writeFileSync(first, 'x');
  writeFileSync(second, 'x');
  await called(1);
  watcher.close();
  writeFileSync(second, 'y');
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(calls).toBe(1);
});
