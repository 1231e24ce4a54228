import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fixtureFile } from './subject.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterproof-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (...path: string[]) => {
  const file = join(folder, ...path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '');
  return file;
};

test('fixtures stand beside the document, or in a folder of their own, in this order', () => {
  const document = write('spec', 'api.v1.yaml');
  expect(fixtureFile(document, undefined)).toBeNull();
  for (const path of [
    ['fixtures', 'api.v1.yaml'],
    ['spec', 'fixtures', 'api.v1.yml'],
    ['spec', 'api.v1.fixtures.yaml'],
  ]) {
    const expected = write(...path);
    expect(fixtureFile(document, undefined)).toBe(expected);
  }
});

test('a named file is taken as it is, and none is none', () => {
  const document = write('api.yaml');
  write('api.fixtures.yaml');
  expect(fixtureFile(document, 'other.yaml')).toBe('other.yaml');
  expect(fixtureFile(document, 'none')).toBeNull();
});
