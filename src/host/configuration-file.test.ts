import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sourceOfConfiguration } from './configuration-file.js';
import { configured, readMock } from './subject.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'host-configuration-'));
  write('package.json', {});
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, content: object): void {
  writeFileSync(join(folder, name), JSON.stringify(content));
}

const document = (word: string) => ({
  openapi: '3.1.0',
  info: { title: 'Words', version: '1' },
  servers: [{ url: `/${word}` }],
  paths: { '/word': { get: { operationId: 'say', responses: { 200: { description: word } } } } },
});

test('a host that is given no document has that of the configuration, and what it says besides; options outrank it', async () => {
  for (const name of ['one', 'two']) write(`${name}.json`, document(name));
  write('counterproof.config.json', {
    document: ['one.json', 'two.json'],
    prefix: 'two.json=/second',
    seed: 7,
    mock: { rows: '3', state: false, port: 1 },
    check: { target: 'http://localhost:1' },
  });
  const { source, file } = await configured({ document: undefined, rows: 4 }, folder);
  expect(file).toBe(join(folder, 'counterproof.config.json'));
  expect(source).toEqual({
    document: [{ document: join(folder, 'one.json') }, { document: join(folder, 'two.json'), prefix: '/second' }],
    seed: 7,
    rows: 4,
    state: false,
  });
  const { operations, seed } = await readMock(source);
  expect(seed).toBe(7);
  expect(operations.entries.map(({ id, path }) => `${id} ${path}`)).toEqual(['one.say /word', 'two.say /second/word']);
});

test('a prefix is for a document as the command takes it: by the end of its name, without its ending too', async () => {
  write('counterproof.config.json', {
    document: ['a/one.json', 'b/two.json'],
    prefix: ['one=/first', './two.json=/second'],
  });
  const { source } = await sourceOfConfiguration(folder);
  expect(source.document).toMatchObject([{ prefix: '/first' }, { prefix: '/second' }]);
});

test('one that names its document reads no configuration', async () => {
  write('counterproof.config.json', { document: 3 });
  expect(await configured({ document: 'api.yaml' }, folder)).toEqual({ source: { document: 'api.yaml' }, file: null });
});

test('what cannot be used is said with its place', async () => {
  await expect(sourceOfConfiguration(folder)).rejects.toThrow(
    'No document is named, and there is no counterproof.config',
  );
  write('counterproof.config.json', { seed: 1 });
  await expect(sourceOfConfiguration(folder)).rejects.toThrow(/config\.json names no document/);
  write('counterproof.config.json', { document: 'a.yaml', seed: 'x' });
  await expect(sourceOfConfiguration(folder)).rejects.toThrow(/counterproof\.config\.json:1:\d+: seed is "x"/);
});
