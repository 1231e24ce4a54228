import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { endAll, root, runProcess, startMock } from './command.js';

const folder = mkdtempSync(join(tmpdir(), 'counterproof-package-'));
const home = join(folder, 'empty');
const bin = join(home, 'node_modules', '.bin', 'counterproof');
type Packed = { filename: string; integrity: string; files: { path: string; mode: number }[] };
let packed: Packed;
let again: Packed;

const npm = (args: readonly string[], cwd: string) =>
  execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

// The build has been made before these tests: `prepare` must not make it again under those that run beside them.
beforeAll(() => {
  // Twice, one after the other.
  [packed, again] = JSON.parse(
    npm(['pack', '.', '.', '--json', '--ignore-scripts', '--pack-destination', folder], root),
  );
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), '{ "private": true, "type": "module" }');
  npm(['install', '--prefer-offline', '--no-save', join(folder, packed.filename)], home);
});
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
      'dist/cli/licenses.md',
      'dist/console/index.html',
      'spec/counterproof-control.yaml',
      'spec/openhands-installations.yaml',
      'fixtures/openhands-installations.yaml',
    ]),
  );
  const other = /^(LICENSE|action\.yml|(README|CHANGELOG)\.md|package\.json|(dist|spec|fixtures|templates)\/.*)$/;
  expect(paths.filter((path) => !other.test(path))).toEqual([]);
  expect(paths.filter((path) => /\.test\.|\.tsbuildinfo$|\/library\//.test(path))).toEqual([]);
});

test('what is bundled for Node is written in ASCII, of which the engine keeps one byte a character', () => {
  const bundled = packed.files.filter(({ path }) => /^dist\/(?:cli|node)\/.*\.c?js$/.test(path));
  expect(bundled.length).toBeGreaterThan(20);
  const others = bundled.filter(({ path }) => /[^\0-\x7f]/.test(readFileSync(join(root, path), 'utf8')));
  expect(others).toEqual([]);
});

test('packed again it is the same, byte for byte', () => {
  expect(again.integrity).toBe(packed.integrity);
});

test('the page on security says what each runtime dependency is for, and the SBOM has them all', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const names = Object.keys(dependencies).sort();
  const [, table = ''] = readFileSync(join(root, 'SECURITY.md'), 'utf8').split('## What it is made of');
  expect([...table.matchAll(/^\| `(.+?)` \|/gm)].map(([, name]) => name).sort()).toEqual(names);
  const { components } = JSON.parse(npm(['run', '--silent', 'sbom'], root));
  expect(components.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(names));
});

test('publint and attw have nothing to say of it', () => {
  const tarball = join(folder, packed.filename);
  // Each exits with 1 where it finds an error, publint also where it warns: then this throws with what was said.
  const exec = (program: string, args: readonly string[]) =>
    execFileSync(join(root, 'node_modules/.bin', program), [tarball, ...args], { encoding: 'utf8' });
  expect(exec('publint', ['--strict'])).not.toMatch(/^(Errors|Warnings):/m);
  // Modules alone: Node 20.19 and newer can `require` these too.
  expect(exec('attw', ['--profile', 'esm-only', '--format', 'ascii', '--no-emoji'])).toContain('"counterproof"');
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
  const flags = ['--checkers', '1', '--module', 'nodenext', '--target', 'es2023', '--strict', ...typeRoots];
  execFileSync(join(root, 'node_modules/.bin/tsc'), [...flags, 'use.ts'], { cwd: home, stdio: 'inherit' });
  expect(await runProcess([], { cwd: home, program: [process.execPath, 'use.js'] })).toMatchObject({
    code: 0,
    out: '404\n',
    error: '',
  });
});

test('what makes values, and what makes code of schemas, is loaded when it is first needed', async () => {
  const code = `import { createRequire } from 'node:module';
    import { createMock, createOperations, documentFromObject } from 'counterproof';
    const { cache } = createRequire(import.meta.url);
    const tell = () => console.log(Object.keys(cache).flatMap((file) => /later.(\\w+)\\.cjs$/.exec(file)?.[1] ?? []).join());
    const content = { 'application/json': { schema: { type: 'object', properties: { name: { type: 'string' } } } } };
    const put = { requestBody: { content }, responses: { 200: { description: '', content } } };
    const mock = createMock({
      operations: createOperations(
        documentFromObject({ openapi: '3.1.0', info: { title: 't', version: '1' }, paths: { '/a': { put } } }),
      ),
    });
    tell();
    for (let turn = 0; turn < 250; turn++) {
      const body = new TextEncoder().encode(JSON.stringify({ name: String(turn) }));
      mock.answer({ method: 'PUT', target: '/a', headers: { 'content-type': 'application/json' }, body });
      if (turn === 0) tell();
    }
    tell();`;
  const program = [process.execPath, '--input-type=module', '--eval', code];
  const { out, error } = await runProcess([], { cwd: home, program });
  expect(error).toBe('');
  expect(out.split('\n')).toEqual(['', expect.stringMatching(/^library\b/), expect.stringMatching(/\binstance\b/), '']);
  expect(out.split('\n')[1]).not.toContain('instance');
});

/** What a subpath brings, and the package that it is for, with what is said where that is not there. */
const subpaths = [
  { name: 'counterproof/contract', exported: 'checks', peer: null },
  { name: 'counterproof/diff', exported: 'diff', peer: null },
  { name: 'counterproof/suggest', exported: 'suggestOverlay', peer: null },
  { name: 'counterproof/export', exported: 'documentWithExamples', peer: null },
  { name: 'counterproof/prove', exported: 'prove', peer: null },
  { name: 'counterproof/proxy', exported: 'createProxy', peer: null },
  { name: 'counterproof/report', exported: 'renderReport', peer: null },
  { name: 'counterproof/fetch', exported: 'createFetchHost', peer: null },
  { name: 'counterproof/msw', exported: 'createHandlers', peer: 'msw', missing: "Cannot find package 'msw'" },
  { name: 'counterproof/playwright', exported: 'test', peer: 'playwright', missing: 'npm install -D @playwright/test' },
  { name: 'counterproof/playwright-reporter', exported: 'default', peer: null },
  { name: 'counterproof/vite', exported: 'default', peer: null },
] as const;

test('each subpath can be imported, with no more installed than it is for', async () => {
  const { exports, peerDependenciesMeta } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const known = ['.', './package.json', ...subpaths.map(({ name }) => name.replace('counterproof', '.'))];
  expect(Object.keys(exports).sort()).toEqual(known.sort());
  /** What each of them exports, or why it cannot be imported: in one process, since to start Node takes the longest. */
  async function exportsOf(...names: string[]): Promise<Record<string, string>> {
    const code = `const all = {};
      for (const name of ${JSON.stringify(names)})
        all[name] = await import(name).then((module) => Object.keys(module).join(), (error) => error.message);
      console.log(JSON.stringify(all));`;
    const program = [process.execPath, '--input-type=module', '--eval', code];
    const { out, error } = await runProcess([], { cwd: home, program });
    expect(error).toBe('');
    return JSON.parse(out);
  }
  const alone = await exportsOf(...subpaths.map(({ name }) => name));
  for (const subpath of subpaths) {
    const { name, exported, peer } = subpath;
    if (peer === null) {
      expect(alone[name]?.split(','), name).toContain(exported);
      continue;
    }
    expect(peerDependenciesMeta[peer]).toEqual({ optional: true });
    expect(alone[name], name).toContain(subpath.missing);
    // As if it were installed there.
    symlinkSync(join(root, 'node_modules', peer), join(home, 'node_modules', peer));
    expect((await exportsOf(name))[name]?.split(','), name).toContain(exported);
  }
});

test('a test file that is CommonJS can require the fixture too', async () => {
  const program = [process.execPath, '--eval', "console.log(typeof require('counterproof/playwright').test)"];
  expect((await runProcess([], { cwd: home, program })).out).toBe('function\n');
});
