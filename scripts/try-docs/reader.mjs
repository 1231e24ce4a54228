// Where a reader stands: a fresh folder, a Node, the commands that are run there, and what came of them.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { readOptions } from '../options.mjs';

export const { values: options } = readOptions(new URL('../try-docs.mjs', import.meta.url), {
  options: {
    manager: { type: 'string', default: 'npm' },
    vite: { type: 'string', default: '8' },
    msw: { type: 'string', default: '' },
    node: { type: 'string', default: process.execPath },
    keep: { type: 'boolean', default: false },
  },
});
export const folder = mkdtempSync(join(tmpdir(), 'counterproof-docs-'));
export const bin = join(folder, 'node_modules', '.bin');
const env = {
  ...process.env,
  PATH: [dirname(options.node), bin, process.env.PATH].join(delimiter),
  NO_COLOR: '1',
  FORCE_COLOR: '0',
};

export const failures = [];
export let passed = 0;

/** Runs one thing that is shown, and notes whether it went as it should. */
export async function attempt(name, work) {
  const said = await Promise.resolve()
    .then(work)
    .catch((error) => String(error.message));
  if (said) failures.push(name);
  else passed += 1;
  console.log(said ? `FAILED ${name}\n${said.replace(/^/gm, '  ')}` : `  ok   ${name}`);
}

/** Runs to the end; says what was printed where the code is another than 0. */
export function run(command, args = [], { cwd = folder } = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8', timeout: 600_000 });
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')} ended with ${status}\n${stdout}\n${stderr}`);
  return `${stdout}\n${stderr}`;
}

export const sh = (script, cwd) => run('sh', ['-ec', script], { cwd });

/** Starts what goes on, waits for what it prints, does the work, and ends it: `npx` passes no signal on, so the whole group. */
export async function running(command, pattern, work = () => {}, cwd = folder) {
  const child = spawn('sh', ['-c', command], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  const ended = new Promise((resolve) => child.once('close', resolve));
  const seen = new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        printed += text;
        const match = printed.match(pattern);
        if (match) resolve(match);
      });
    }
  });
  try {
    const match = await Promise.race([seen, ended.then(() => null)]);
    if (match === null) throw new Error(`${command} ended, and had printed\n${printed}`);
    await work(match[1] ?? match[0], () => printed);
  } finally {
    if (child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    await ended;
  }
}

export const address = /(http:\/\/(?:localhost|127\.0\.0\.1):\d+)/;
