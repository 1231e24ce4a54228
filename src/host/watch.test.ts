import { mkdtempSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Watcher, watchFiles } from './watch.js';

let folder: string;
let watcher: Watcher;
let calls = 0;
const called = (times: number) => vi.waitFor(() => expect(calls).toBe(times), { timeout: 300_000 });

/** Resolves when a watcher that began later has noticed two changes of a file: one that began earlier would have too. */
async function noticedByAnother(file: string): Promise<void> {
  let noticed = 0;
  const other = watchFiles([file], async () => void noticed++);
  for (const times of [1, 2]) {
    writeFileSync(file, `change ${times}`);
    await vi.waitFor(() => expect(noticed).toBe(times), { timeout: 300_000 });
  }
  other.close();
}

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
  writeFileSync(first, 'x');
  await noticedByAnother(first);
  expect(calls).toBe(0);
  writeFileSync(second, 'x');
  await called(1);
  watcher.close();
  writeFileSync(second, 'y');
  await noticedByAnother(second);
  expect(calls).toBe(1);
});

test('what was written while it was being read is noticed, and once', async () => {
  const [before, during] = ['a', 'b'].map((name) => join(folder, name)) as [string, string];
  writeFileSync(before, 'x');
  const { mtimeMs } = statSync(before);
  writeFileSync(during, 'x');
  const noticed: string[] = [];
  utimesSync(during, new Date(), new Date(mtimeMs + 2000));
  const changed = async (files: ReadonlySet<string>) => {
    noticed.push(...files);
    watcher.follow([before, during], mtimeMs + 1000);
  };
  watcher = watchFiles([before, during], changed, mtimeMs + 1000);
  await vi.waitFor(() => expect(noticed).toEqual([during]), { timeout: 300_000 });
  await noticedByAnother(join(folder, 'c'));
  expect(noticed).toEqual([during]);
});

test('a link that leads in a circle is like a file that is not there, and one that is mended is noticed', async () => {
  const file = join(folder, 'api.yaml');
  symlinkSync('other.yaml', file);
  symlinkSync('api.yaml', join(folder, 'other.yaml'));
  watcher = watchFiles([file], async () => void calls++);
  rmSync(file);
  writeFileSync(file, 'one');
  await called(1);
});
