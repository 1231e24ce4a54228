import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createOperations, documentFromObject } from '../index.js';
import type { ProxiedExchange } from '../proxy/index.js';
import { openRecord, type RecordFile } from './record-file.js';
import type { Terminal } from './terminal.js';

const operations = createOperations(
  documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: {} }),
);
/** The record counts it as one that it cannot hold. */
const exchange = { read: { operation: null } } as unknown as ProxiedExchange;

let folder: string;
let record: RecordFile;
const said: string[] = [];
const close = () => record.close({ error: (line: string) => said.push(line) } as unknown as Terminal);

beforeEach(() => {
  vi.useFakeTimers();
  said.length = 0;
  folder = join(mkdtempSync(join(tmpdir(), 'counterproof-')), 'records');
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(join(folder, '..'), { recursive: true });
});

test('a record is a whole file from the beginning on, and has every second what came: a process may be killed', async () => {
  const file = join(folder, 'seen.yaml');
  record = await openRecord(file, operations);
  const empty = readFileSync(file, 'utf8');
  expect(empty).toContain('operations: {}');
  rmSync(file);
  await vi.advanceTimersByTimeAsync(5000);
  expect(readdirSync(folder)).toEqual([]);
  record.add(exchange);
  await vi.advanceTimersByTimeAsync(1000);
  expect(readFileSync(file, 'utf8')).toBe(empty);
  expect(readdirSync(folder)).toEqual(['seen.yaml']);
  expect(await close()).toBe(true);
});

test('a record that cannot be written is tried again each second, and at the end is said to be missing', async () => {
  const file = join(folder, 'seen.yaml');
  record = await openRecord(file, operations);
  const breakFolder = () => {
    rmSync(folder, { recursive: true });
    writeFileSync(folder, '');
  };
  breakFolder();
  record.add(exchange);
  await vi.advanceTimersByTimeAsync(2000);
  rmSync(folder);
  mkdirSync(folder);
  await vi.advanceTimersByTimeAsync(1000);
  expect(readdirSync(folder)).toEqual(['seen.yaml']);
  breakFolder();
  record.add(exchange);
  expect(await close()).toBe(false);
  expect(said[0]).toMatch(/^counterproof proxy: \S+seen\.yaml cannot be written: a part of its path is no folder/);
  await expect(openRecord(file, operations)).rejects.toThrow(/--record \S+ cannot be written/);
});
