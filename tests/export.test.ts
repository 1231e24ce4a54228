import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readDocument } from '../src/document/index.js';
import { fixturesFromText } from '../src/fixture/index.js';
import { createMock } from '../src/mock/index.js';
import { createOperations } from '../src/operation/index.js';
import { endAll, freePort, root, start, startMock } from './command.js';
import { run } from './program.js';

const document = 'spec/openhands-installations.yaml';
const fixtures = 'fixtures/openhands-installations.yaml';

const operations = createOperations(await readDocument(join(root, document), { name: document }));
const { cases } = createMock({
  operations,
  fixtures: fixturesFromText(readFileSync(join(root, fixtures), 'utf8'), fixtures, operations),
}).fixtures.for(operations.entries[0]?.id ?? '');

const urls = { prism: '', ours: '' };
beforeAll(async () => {
  const port = await freePort();
  const program = [process.execPath, join(root, 'scripts/mock-prism.mjs')];
  const prism = start([document, '-h', '127.0.0.1', '-p', String(port)], { program });
  const ours = await startMock([document]);
  await prism.until(/Prism is listening/);
  urls.prism = `http://127.0.0.1:${port}`;
  urls.ours = ours.url;
});
afterAll(endAll);

async function seen(url: string, prefer: string) {
  const headers = { 'X-Session-API-Key': 'any', Prefer: prefer };
  const response = await fetch(`${url}/api/user/installations?provider=github`, { headers });
  const [type] = response.headers.get('content-type')?.split(';') ?? [];
  return { status: response.status, type, body: await response.json() };
}

test('Prism answers each scripted case by name as the mock does, from the exported document', async () => {
  expect(cases.length).toBeGreaterThan(5);
  for (const { name, status } of cases) {
    const prefer = `code=${status}, example=${name}`;
    const ours = await seen(urls.ours, prefer);
    expect(ours.status, name).toBe(status);
    expect(await seen(urls.prism, prefer), name).toEqual(ours);
  }
});

test('what is asked for by no name is answered alike too', async () => {
  expect(await seen(urls.prism, 'code=200')).toEqual(await seen(urls.ours, 'code=200'));
});

test('a form that is unknown is refused with those that there are', async () => {
  const { code, error } = await run(['export', 'spec/openhands-installations.yaml', '--to', 'httpp']);
  expect(code).toBe(2);
  expect(error).toContain('there are openapi, http, bruno, k6; did you mean "http"?');
});

test('what it could not do is said in one short line, however long the path is', async () => {
  const path = `/${'a'.repeat(7_000)}`;
  const unanswerable = {
    parameters: [{ name: 'q', in: 'query', required: true, schema: false }],
    responses: { 200: { description: '' } },
  };
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-'));
  const file = join(folder, 'long.json');
  const info = { title: 'Long', version: '1' };
  writeFileSync(file, JSON.stringify({ openapi: '3.1.0', info, paths: { [path]: { get: unanswerable } } }));
  const { code, error } = await run(['export', file]);
  rmSync(folder, { recursive: true });
  expect(code).toBe(0);
  expect(error).toMatch(/^! GET \/a+…\n$/);
  expect(error.length).toBeLessThan(600);
});

test.skipIf(!existsSync('/proc/self'))('a folder that cannot be made is an error', async () => {
  const { code, error } = await run(['export', document, '--to', 'bruno', '--out', '/proc/nope/here']);
  expect(code).toBe(2);
  expect(error).toMatch(/^counterproof export: --out \/proc\/nope\/here\/\S+ cannot be written: /);
});
