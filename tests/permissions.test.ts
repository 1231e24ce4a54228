import { chmodSync, mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { endAll, main, runProcess, startMock } from './command.js';
import { type Serving, serveImplementation } from './contract/implementation.js';
import { installations } from './contract/installations.js';

// Root may read and write everything: there the commands run as somebody else, who has no files.
const nobody = process.getuid?.() === 0 ? 65_534 : undefined;
let folder: string;
let cwd: string;
let target: Serving;

const text = JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'Notes', version: '1' },
  paths: { '/notes': { get: { operationId: 'listNotes', responses: { 200: { description: 'ok' } } } } },
});

/** Writes a file that nobody but root may read. */
function close(name: string, content: string): void {
  writeFileSync(join(folder, name), content);
  chmodSync(join(folder, name), 0);
}

const runHere = (...args: string[]) => runProcess(args, { cwd, user: nobody });

beforeAll(async () => {
  target = await serveImplementation(installations());
  // Others may go through the folders of the tests, not look into them.
  for (let around = tmpdir(); basename(around).startsWith('counterproof-tests-'); around = dirname(around)) {
    chmodSync(around, 0o711);
  }
  folder = mkdtempSync(join(tmpdir(), 'permissions-'));
  cwd = folder;
  chmodSync(folder, 0o755);
  for (const name of ['open.json', 'beside.json']) writeFileSync(join(folder, name), text);
  for (const name of ['closed.json', 'closed.har', 'closed.pem', 'beside.fixtures.yaml']) close(name, text);
  close('closed.config.mjs', 'export default {};');
  const refers = { ...JSON.parse(text), paths: { '/notes': { $ref: './closed.json#/paths/~1notes' } } };
  writeFileSync(join(folder, 'refers.json'), JSON.stringify(refers));
  mkdirSync(join(folder, 'closed'));
  writeFileSync(join(folder, 'closed/open.json'), text);
  chmodSync(join(folder, 'closed'), 0);
  mkdirSync(join(folder, 'fixed'));
  writeFileSync(join(folder, 'fixed/open.json'), text);
  chmodSync(join(folder, 'fixed'), 0o555);
});

afterEach(endAll);
afterAll(() => target.close());

test.skipIf(process.platform === 'win32')(
  'a document of many files is read with few of them open at once',
  async () => {
    const names = Array.from({ length: 300 }, (_, index) => `path${index}.json`);
    const many = join(folder, 'many');
    mkdirSync(many);
    for (const name of names) writeFileSync(join(many, name), JSON.stringify(JSON.parse(text).paths['/notes']));
    const paths = Object.fromEntries(names.map((name) => [`/${name}`, { $ref: name }]));
    writeFileSync(join(many, 'all.json'), JSON.stringify({ ...JSON.parse(text), paths }));
    const program = ['sh', '-c', 'ulimit -n 64; exec "$@"', 'sh', process.execPath, main];
    const { error } = await runProcess(['check', join(many, 'all.json'), '--list'], { program });
    expect(error).not.toContain('cannot be read');
  },
);

describe.skipIf(process.platform === 'win32')('what may not be read', () => {
  test('is said of a document in one line, whatever the command', async () => {
    const commands = ['mock', 'check', 'prove', 'lint', 'resources', 'types', 'init', 'export'];
    const runs = [
      ...commands.map((command) => [command, 'closed.json']),
      ['build', 'closed.json', '--out', 'x.js'],
      ['diff', 'open.json', 'closed.json'],
      ['diff', 'closed.json', 'open.json'],
      ['import', 'closed.json', 'closed.har'],
      ['proxy', 'closed.json', 'http://localhost:1'],
    ];
    for (const ended of await Promise.all(runs.map((args) => runHere(...args)))) {
      const error = 'closed.json may not be read; change its permissions, or give another file.\n';
      expect(ended).toMatchObject({ code: 2, out: '', error });
    }
    const inside = await runHere('lint', 'closed/open.json');
    expect(inside).toMatchObject({
      code: 2,
      error: expect.stringMatching(/^closed\/open\.json may not be read; .*\n$/),
    });
  });

  test('is said of what is read beside a document', async () => {
    const runs = [
      ['check', 'open.json', '--list', '--fixtures', 'closed.json'],
      ['mock', 'beside.json'],
      ['lint', 'open.json', '--overlay', 'closed.json'],
      ['lint', 'open.json', '--config', 'closed.config.mjs'],
      ['report', 'closed.json'],
      ['merge', 'closed.json'],
      ['import', 'open.json', 'closed.har'],
      ['suggest', 'open.json', '--from', 'closed.har'],
      ['mock', 'open.json', '--tls-cert', 'closed.pem', '--tls-key', 'closed.pem'],
      ['check', 'open.json', '--target', target.url, '--baseline', 'closed.json'],
      ['check', 'open.json', '--target', target.url, '--workflow', 'closed.json'],
    ];
    const ended = await Promise.all(runs.map((args) => runHere(...args)));
    expect(ended.map(({ code, error }) => [code, error.trimEnd().split('\n').length])).toEqual(runs.map(() => [2, 1]));
    for (const { error } of ended) expect(error).toMatch(/closed\.|beside\.fixtures/);
    for (const { error } of ended) expect(error).toMatch(/not allowed here|may not be read|permission denied/);
  });

  test('costs what refers to it, and is said also where cases are only listed', async () => {
    const { code, error } = await runHere('check', 'refers.json', '--list');
    expect([code, error]).toEqual([0, expect.stringContaining('closed.json cannot be read: that is not allowed here')]);
  });

  test('leaves a mock that watches with what it had, until it may be read again', async () => {
    writeFileSync(join(folder, 'watched.json'), text);
    const mock = await startMock(['watched.json', '--watch'], { cwd, user: nobody });
    const asked = async (path: string) => (await fetch(mock.url + path)).status;
    close('next.json', text.replaceAll('notes', 'books'));
    renameSync(join(folder, 'next.json'), join(folder, 'watched.json'));
    await mock.until(/The last save cannot be used[\s\S]*may not be read/);
    expect(await asked('/notes')).toBe(200);
    chmodSync(join(folder, 'watched.json'), 0o644);
    await mock.until(/watched\.json is mended/);
    expect(await asked('/books')).toBe(200);
    await mock.end('SIGTERM');
  });
});

describe.skipIf(process.platform === 'win32')('what may not be written', () => {
  test('is said in one line that names it', async () => {
    const runs = [
      ['types', 'open.json', '-o', 'fixed/x'],
      ['build', 'open.json', '--out', 'fixed/x'],
      ['export', 'open.json', '-o', 'fixed/x'],
      ['prove', 'open.json', '-q', '-r', 'html=fixed/x'],
      ['proxy', 'open.json', 'http://localhost:1', '--record', 'fixed/x.yaml'],
      ['init', 'fixed/open.json'],
    ];
    const ended = await Promise.all(runs.map((args) => runHere(...args)));
    expect(ended.map(({ code, error }) => [code, error.trimEnd().split('\n').length])).toEqual(runs.map(() => [2, 1]));
    for (const { error } of ended)
      expect(error).toMatch(/fixed\/(?:x|open\.fixtures\.yaml)\b.*: that is not allowed here/);
    for (const { error } of ended) expect(error).not.toContain('.part');
  });

  test('does not keep a proof from saying what it found', async () => {
    const ended = await runHere('prove', 'open.json', '-q', '-r', 'html=fixed/x', '-r', 'json=-');
    expect(ended.code).toBe(2);
    expect(JSON.parse(ended.out)).toHaveProperty('tool');
  });
});
