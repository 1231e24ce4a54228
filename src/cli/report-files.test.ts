import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdtempSync, symlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { replaceFile } from './report-files.js';

const folder = mkdtempSync(join(tmpdir(), 'counterproof-'));

test.skipIf(process.platform === 'win32')(
  'what leads to a pipe or a device stays one, and is written into',
  async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
    const read = readFile(pipe, 'utf8');
    replaceFile(pipe, 'text');
    expect(await read).toBe('text');
    expect(lstatSync(pipe).isFIFO()).toBe(true);
    const nothing = join(folder, 'nothing');
    symlinkSync('/dev/null', nothing);
    replaceFile(nothing, 'text');
    expect(lstatSync(nothing).isSymbolicLink()).toBe(true);
  },
);

test.skipIf(!existsSync('/dev/full'))('a disk that is full is an error', () => {
  const full = join(folder, 'full');
  symlinkSync('/dev/full', full);
  expect(() => replaceFile(full, 'text')).toThrow('ENOSPC');
});
