import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { load } from 'js-yaml';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ended, endAll, main, root, runProcess } from './command.js';
import { type Implementation, json, type Serving, serveImplementation } from './contract/implementation.js';
import { installations } from './contract/installations.js';
import { run } from './program.js';

const wrong: Implementation = (asked) => (asked.method === 'GET' ? json(200, { items: 7 }) : installations()(asked));

let folder: string;
let server: Serving;
let shards: readonly { readonly code: number }[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'counterproof-report-'));
  server = await serveImplementation(wrong);
  const args = ['check', '--target', server.url, '--quiet'];
  shards = await Promise.all([
    run([...args, '--shard', '1/2', '--report', `json=${file('1.json')}`]),
    run([...args, '--shard', '2/2', '--report', `json=${file('2.json')}`]),
    run([...args, '--report', `json=${file('whole.json')}`]),
  ]);
});
afterAll(async () => {
  endAll();
  await server.close();
  rmSync(folder, { recursive: true });
});

const file = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(file(name), 'utf8');
interface Result {
  readonly counts: { readonly cases: number };
  readonly findings: readonly { readonly id: string; readonly check: string; readonly message: string }[];
}
const result = (name: string): Result => JSON.parse(read(name));
/** What a run has found, without how often. */
const causes = (name: string) =>
  [...new Set(result(name).findings.map(({ id, check, message }) => `${id} ${check}: ${message}`))].sort();

test('the reports of shards are joined into what one run finds', async () => {
  expect(shards.map(({ code }) => code)).toEqual([1, 1, 1]);
  const { code, out, error } = await runProcess([
    ...['merge', file('1.json'), file('2.json')],
    ...['--report', `json=${file('merged.json')}`, '--report', `junit=${file('merged.xml')}`],
  ]);
  expect([code, error]).toEqual([1, '']);
  expect(out).toContain('Broken: ');
  expect(causes('merged.json')).toEqual(causes('whole.json'));
  expect(result('merged.json').counts.cases).toBe(result('1.json').counts.cases + result('2.json').counts.cases);
  expect(read('merged.xml')).toContain('<testsuites');
});

test('what a baseline knows does not fail the run, and what it does not know does', async () => {
  const known = await run(['merge', file('1.json'), file('2.json'), '--baseline', file('whole.json')]);
  expect([known.code, known.error]).toEqual([0, '']);
  expect(known.out).toMatch(/known/);
  const none = { ...result('whole.json'), findings: [] };
  writeFileSync(file('empty.json'), JSON.stringify(none));
  const fresh = await run(['merge', file('1.json'), file('2.json'), '--baseline', file('empty.json')]);
  expect(fresh.code).toBe(1);
});

test('a report that was kept becomes a page', async () => {
  const { code, out } = await runProcess(['report', file('whole.json')]);
  expect([code, out.trim()]).toEqual([0, file('whole.html')]);
  expect(read('whole.html')).toContain('<p class="verdict broken">');
});

test('a file that is no report is refused in one line, which names it', async () => {
  writeFileSync(file('other.json'), '{"findings": 7}');
  const { code, out, error } = await run(['merge', file('1.json'), file('other.json')]);
  expect([code, out]).toEqual([2, '']);
  expect(error).toContain('other.json');
  expect(error.trimEnd().split('\n')).toHaveLength(1);
});

/** `npx --yes counterproof …` of a script is the built command here. */
async function runScript(script: string, env: Record<string, string>): Promise<Ended> {
  const bin = mkdtempSync(join(folder, 'bin-'));
  const npx = join(bin, 'npx');
  writeFileSync(npx, `#!/bin/sh\nshift 2\nexec '${process.execPath}' '${main}' "$@"\n`);
  chmodSync(npx, 0o755);
  const path = `${bin}${delimiter}${process.env.PATH}`;
  return await runProcess(['-e', '-c', script], { program: ['bash'], cwd: folder, env: { ...env, PATH: path } });
}

const common = () => ({ DOCUMENT: join(root, 'spec/openhands-installations.yaml'), TARGET: server.url });

test('the script of the GitHub Action checks, and writes its reports', async () => {
  const action = load(readFileSync(join(root, 'action.yml'), 'utf8')) as {
    readonly runs: { readonly steps: readonly { readonly run: string }[] };
  };
  const env = {
    ...common(),
    ARGUMENTS: "--max-cases 5 --seed '2'",
    BASELINE: '',
    REPORTS: 'action',
    VERSION: 'latest',
  };
  const { code, out, error } = await runScript(action.runs.steps[0]?.run ?? '', env);
  expect([code, error]).toEqual([1, '']);
  expect(out).toContain('seed 2');
  expect(readdirSync(file('action')).sort()).toEqual([
    'contract.html',
    'contract.json',
    'contract.sarif',
    'contract.xml',
  ]);
  const again = await runScript(action.runs.steps[0]?.run ?? '', { ...env, BASELINE: 'action/contract.json' });
  expect([again.code, again.error]).toEqual([0, '']);
});

test('the script of the GitLab template runs its shard', async () => {
  const template = load(readFileSync(join(root, 'templates/gitlab.yml'), 'utf8')) as {
    readonly '.counterproof': { readonly script: readonly string[] };
  };
  const env = { ...common(), ARGUMENTS: '', BASELINE: '', REPORTS: 'gitlab', CI_NODE_TOTAL: '2', CI_NODE_INDEX: '2' };
  const { code, error } = await runScript(template['.counterproof'].script.join('\n'), env);
  expect([code, error]).toEqual([1, '']);
  expect(existsSync(file('gitlab/contract-2.html'))).toBe(true);
  expect(result('gitlab/contract-2.json').counts.cases).toBe(result('2.json').counts.cases);
});
