import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { replaceFile, replaceFileSync } from './replaced-file.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterproof-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe.each([
  ['at once', async (file: string, text: string) => replaceFileSync(file, text)],
  ['while others are served', replaceFile],
])('a file that is replaced %s', (_, replace) => {
  test('is there with its folder, and nothing beside it', async () => {
    const file = join(folder, 'a/b/file');
    await replace(file, 'first');
    await replace(file, 'second');
    expect(readFileSync(file, 'utf8')).toBe('second');
    expect(readdirSync(join(folder, 'a/b'))).toEqual(['file']);
  });

  test.skipIf(process.platform === 'win32')('keeps who may read it, and the link that leads to it', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'first');
    chmodSync(file, 0o600);
    const link = join(folder, 'link');
    symlinkSync(file, link);
    await replace(link, 'second');
    expect(readFileSync(file, 'utf8')).toBe('second');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test.skipIf(process.platform === 'win32')('stays a pipe or a device, and is written into', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
    const read = readFile(pipe, 'utf8');
    await replace(pipe, 'text');
    expect(await read).toBe('text');
    expect(lstatSync(pipe).isFIFO()).toBe(true);
    const nothing = join(folder, 'nothing');
    symlinkSync('/dev/null', nothing);
    await replace(nothing, 'text');
    expect(lstatSync(nothing).isSymbolicLink()).toBe(true);
  });

  test.skipIf(!existsSync('/dev/full'))('is an error on a disk that is full', async () => {
    const full = join(folder, 'full');
    symlinkSync('/dev/full', full);
    await expect(replace(full, 'text')).rejects.toThrow('ENOSPC');
  });

  test.skipIf(!existsSync('/proc/self'))('is an error where its folder cannot be made', async () => {
    await expect(replace('/proc/nope/here/file', 'text')).rejects.toThrow(/ENOENT|EACCES|EPERM/);
  });
});
