import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { endAll, main, runProcess, start, startMock } from './command.js';
import { run, serve } from './program.js';

afterEach(endAll);

test('counterproof alone prints help', async () => {
  const { code, out, error } = await runProcess([]);
  expect([code, error]).toEqual([0, '']);
  expect(out).toContain('Usage: counterproof COMMAND');
});

test('what is refused ends in one line, on standard error, with code 2', async () => {
  const { code, out, error } = await runProcess(['moc']);
  expect([code, out]).toEqual([2, '']);
  expect(error).toBe('counterproof: unknown command "moc"; did you mean "mock"? (see counterproof --help)\n');
});

test('a configuration that waits for what never comes is said, with code 2', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'never-')), 'counterproof.config.mjs');
  writeFileSync(file, 'await new Promise(() => {});');
  const { code, error } = await runProcess(['lint', '--config', file]);
  expect([code, error]).toEqual([
    2,
    'counterproof: a configuration file or a handler ends this process, or awaits something that never comes\n',
  ]);
});

test('what lists commands and flags loads neither what they do nor what that is made with', () => {
  const loaded = new Set<string>();
  const load = (file: string) => {
    if (loaded.has(file)) return;
    loaded.add(file);
    const code = readFileSync(file, 'utf8');
    for (const [, name = ''] of code.matchAll(/^(?:import|export) (?:.*from )?"(\..+)";$/gm))
      load(resolve(dirname(file), name));
  };
  for (const file of [main, join(main, '../../node/program.js'), join(main, '../../node/terminal.js')]) load(file);
  const kilobytes = [...loaded].reduce((sum, file) => sum + statSync(file).size / 1000, 0);
  expect([loaded.size > 5, kilobytes < 100], `${kilobytes} kB in ${[...loaded].join(', ')}`).toEqual([true, true]);
});

test('a reader of the output that goes away is nobody’s error', async () => {
  const command = start(['mock', '--help']);
  command.child.stdout?.destroy();
  expect(await command.end()).toMatchObject({ code: 0, error: '' });
});

test.skipIf(!existsSync('/dev/full'))('output that a full disk does not take is an error', async () => {
  const program = ['/bin/sh', '-c', `exec "${process.execPath}" "${main}" mock --help > /dev/full`];
  const { code, error } = await runProcess([], { program });
  expect(error).toContain('standard output cannot be written: ENOSPC');
  expect(code).toBe(2);
});

test.skipIf(!existsSync('/proc/self'))('a report in a folder that cannot be made is an error', async () => {
  const { code, error } = await run([
    ...['prove', 'tests/documents/no-content.yaml', '--quiet'],
    ...['--report', 'html=/proc/nope/here/report.html'],
  ]);
  expect(code).toBe(2);
  expect(error).toMatch(/^counterproof prove: the report \/proc\/nope\/here\/report\.html cannot be written: /);
});

test.skipIf(process.platform === 'win32')(
  'sixty-four open files are enough for a mock, its answers and its console',
  async () => {
    const program = ['/bin/sh', '-c', 'ulimit -n 64 && exec "$@"', 'sh', process.execPath, main];
    const { url, end } = await startMock([], { program });
    const key = { 'X-Session-API-Key': 'k' };
    const answers = await Promise.all([
      fetch(`${url}/api/user/installations?provider=github`, { headers: key }),
      fetch(`${url}/__counterproof/`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await end('SIGTERM')).toMatchObject({ code: 0, error: '' });
  },
);

test('a log that nobody reads is cut, and says so when somebody does', async () => {
  const program = `
    import { runnerImport } from 'vite';
    const { log } = (await runnerImport('./src/cli/terminal.ts')).module.processTerminal();
    const line = 'x'.repeat(99);
    const write = (count) => {
      for (let index = 0; index < count; index += 1) log(line, (missing) => 'missing ' + missing);
    };
    write(100_000);
    const drained = setInterval(() => {
      if (process.stdout.writableLength > 0) return;
      clearInterval(drained);
      write(1);
    }, 5);
  `;
  const command = start([], { program: [process.execPath, '--input-type=module', '--eval', program] });
  command.child.stdout?.pause();
  await new Promise((resolve) => setImmediate(resolve));
  command.child.stdout?.resume();
  const { out } = await command.end();
  const lines = out.trimEnd().split('\n');
  const missing = Number(/^missing (\d+)$/.exec(lines.at(-2) ?? '')?.[1]);
  expect(missing).toBeGreaterThan(50_000);
  expect(lines.length - 1 + missing).toBe(100_001);
});

test('without a project around it, a document refers to what lies in the folder that the command runs in', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-'));
  const schemas = 'components: {schemas: {A: {$ref: ../common/a.yaml}}}';
  mkdirSync(join(folder, 'spec'));
  mkdirSync(join(folder, 'common'));
  writeFileSync(
    join(folder, 'spec', 'api.yaml'),
    `openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {/a: {get: {responses: {204: {description: done}}}}}\n${schemas}`,
  );
  writeFileSync(join(folder, 'common', 'a.yaml'), 'type: string');
  expect(await run(['lint', 'spec/api.yaml'], { cwd: folder })).toMatchObject({ code: 0, error: '' });
  const inside = await run(['lint', 'api.yaml'], { cwd: join(folder, 'spec') });
  expect(inside.out).toContain('[reference-forbidden]');
  rmSync(folder, { recursive: true });
});

test('a command that is given no document says which it takes, on standard error', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-'));
  expect(await run(['check', '--list'], { cwd: folder })).toMatchObject({
    code: 0,
    error: 'Document: the one that is built in; there is no openapi.* or swagger.* here\n',
  });
  expect((await run(['faults'], { cwd: folder })).error).toBe('');
  const document = `openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {/a: {get: {responses: {204: {description: done}}}}}`;
  writeFileSync(join(folder, 'openapi.yaml'), document);
  expect(await run(['lint'], { cwd: folder })).toMatchObject({ code: 0, error: 'Document: openapi.yaml\n' });
  expect((await run(['types', '--out', 'a.d.ts'], { cwd: folder })).error).toBe('Document: openapi.yaml\n');
  expect(await run(['lint', 'openapi.yaml'], { cwd: folder })).toMatchObject({ code: 0, error: '' });
  writeFileSync(join(folder, 'counterproof.config.json'), '{"document": "openapi.yaml"}');
  const configured = await run(['resources'], { cwd: folder });
  expect(configured).toMatchObject({ code: 0, error: 'Document: openapi.yaml (counterproof.config.json)\n' });
  rmSync(folder, { recursive: true });
});

test('a verdict is said once, also of a proxy that nothing came to', async () => {
  const { code, out, error } = await serve(
    ['proxy', 'tests/documents/no-content.yaml', 'http://localhost:9', '--port', '0'],
    /judged on/,
  );
  expect([code, error]).toEqual([2, '']);
  expect(out.match(/Not proven/g)).toHaveLength(1);
});
