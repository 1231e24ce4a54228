import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { endAll, root, run, startMock } from './command.js';

const folder = mkdtempSync(join(tmpdir(), 'counterproof-package-'));
const home = join(folder, 'empty');
const bin = join(home, 'node_modules', '.bin', 'counterproof');
let packed: { filename: string; files: { path: string; mode: number }[] };

const npm = (args: readonly string[], cwd: string) =>
  execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

// The build has been made before these tests: `prepare` must not make it again under those that run beside them.
beforeAll(() => {
  [packed] = JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root));
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), '{ "private": true, "type": "module" }');
  npm(['install', '--prefer-offline', '--no-save', join(folder, packed.filename)], home);
}, 120_000);
afterEach(endAll);
afterAll(() => rmSync(folder, { recursive: true }));

test('the package holds what is needed to run it, and nothing else', () => {
  const paths = packed.files.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining([
      'LICENSE',
      'README.md',
      'package.json',
      'dist/index.js',
      'dist/index.d.ts',
      'dist/cli/main.js',
      'spec/openhands-installations.yaml',
      'fixtures/openhands-installations.yaml',
    ]),
  );
  const other = /^(LICENSE|README\.md|CHANGELOG\.md|package\.json|(dist|spec|fixtures)\/.*)$/;
  expect(paths.filter((path) => !other.test(path))).toEqual([]);
  expect(paths.filter((path) => /\.test\.|\.tsbuildinfo$/.test(path))).toEqual([]);
});

test('installed in an empty folder, npx counterproof runs', async () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(npm(['exec', '--no', 'counterproof', '--', '--version'], home).trim()).toBe(version);
});

test('installed in an empty folder, it mocks the document that it brings', async () => {
  const { url, end } = await startMock([], { cwd: home, program: [bin] });
  const response = await fetch(`${url}/api/user/installations?provider=gitlab`, {
    headers: { 'X-Session-API-Key': 'k' },
  });
  expect(response.status).toBe(200);
  expect(await response.json()).toBeInstanceOf(Array);
  expect((await end('SIGTERM')).code).toBe(0);
});

test('what it exports can be imported, and its types be resolved', async () => {
  const code = `import { createMock, createOperations, documentFromObject, type Mock } from 'counterproof';
const document = documentFromObject({ openapi: '3.1.0', info: { title: 't', version: '1' }, paths: {} });
export const mock: Mock = createMock({ operations: createOperations(document) });
const { status }: { status: number } = mock.answer({ method: 'GET', target: '/', headers: {}, body: null });
console.log(status);
`;
  writeFileSync(join(home, 'use.ts'), code);
  // The library is checked too: the declarations of ours must not need what a user does not have.
  const typeRoots = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')];
  const flags = ['--module', 'nodenext', '--target', 'es2023', '--strict', ...typeRoots];
  execFileSync(join(root, 'node_modules/.bin/tsc'), [...flags, 'use.ts'], { cwd: home, stdio: 'inherit' });
  expect(await run([], { cwd: home, program: [process.execPath, 'use.js'] })).toMatchObject({
    code: 0,
    out: '404\n',
    error: '',
  });
});
