import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
export const key = 'bench';

/** A port that nobody listens on just now. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** A value as a file of JSON in a folder of its own, to be removed at the end. */
export function jsonFile(name, value) {
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-bench-'));
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(value));
  return { file, remove: () => rmSync(folder, { recursive: true }) };
}

/** Starts a program of node's; its output goes nowhere. */
export function start(args) {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  return { child, stop: () => stop(child) };
}

async function stop(child) {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

export const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Milliseconds of processor time that a process has had, in steps of ten; NaN where the system does not say so. */
export function processorTimeOf({ pid }) {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return Number.NaN;
  const fields = readFileSync(file, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** The processes that a process has started; none where the system does not say so. */
export function childrenOf({ pid }) {
  const file = `/proc/${pid}/task/${pid}/children`;
  if (!existsSync(file)) return [];
  const pids = readFileSync(file, 'utf8').split(' ').filter(Boolean);
  return pids.map((each) => ({ pid: Number(each) }));
}

/** Resident memory of a process in MiB. */
export async function memoryOf({ pid }) {
  const { execFileSync } = await import('node:child_process');
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)])) / 1024;
}
