import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { whyUnread } from './file-failure.js';
import { readUserBytes, readUserFile } from './user-file.js';

const file = join(mkdtempSync(join(tmpdir(), 'counterproof-')), 'a.json');

test('a file is read whole, whatever parts it comes in, and no more than may be', () => {
  const text = `ä${'b'.repeat(3 * 1024 * 1024 - 2)}`;
  writeFileSync(file, text);
  expect(readUserFile(file, 3 * 1024 * 1024) === text).toBe(true);
  writeFileSync(file, `${text}c`);
  expect(() => readUserFile(file, 3 * 1024 * 1024)).toThrow(
    'it is longer than 3 MiB, which is all that is read of one',
  );
});

test.skipIf(process.platform === 'win32')('a file without an end is refused in words', () => {
  try {
    readUserFile('/dev/zero', 1024 * 1024);
    expect.unreachable();
  } catch (error) {
    expect(whyUnread(error)).toBe('it is longer than 1 MiB, which is all that is read of one');
  }
});

test.skipIf(process.platform === 'win32')('a pipe is read to its end, and not waited for without one', async () => {
  const pipe = join(mkdtempSync(join(tmpdir(), 'counterproof-')), 'pipe');
  execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
  expect(() => readUserBytes(pipe, 100, 50)).toThrow('it is a pipe, and nobody has written into it for 0.05 s');
  spawn('sh', ['-c', 'for piece in a b c; do echo $piece; done > "$0"', pipe]);
  expect(readUserFile(pipe)).toBe('a\nb\nc\n');
});
