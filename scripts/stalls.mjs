// How long anything holds the loop of events, on documents that are meant to hold it: `node scripts/stalls.mjs [--only mock,check]
// [KIND[:SIZE] | FILE]…`. Of each document a row for each command: how long it took, the longest stretch of processor time in which nothing else had
// its turn, and the memory at most. For the mock the stretch is that of the requests, one to each operation, and before it that of starting.
// Needs a build.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from './bench/command.mjs';
import { kinds } from './hostile-documents.mjs';
import { readOptions } from './options.mjs';

const { values, positionals } = readOptions(import.meta.url, {
  allowPositionals: true,
  options: {
    only: { type: 'string', default: 'mock,list,check,lint,resources,export,http,diff,types' },
    seconds: { type: 'string', default: '30' },
    operations: { type: 'string', default: '40' },
    show: { type: 'boolean', default: false },
  },
});
const monitor = fileURLToPath(new URL('./stalls/monitor.mjs', import.meta.url));
const most = Number(values.seconds) * 1000;
const folder = mkdtempSync(join(tmpdir(), 'counterproof-stalls-'));

/** A server that answers all with 200 and an empty object. */
const target = createServer((message, response) => {
  message.resume();
  message.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
}).listen(0, '127.0.0.1');
await new Promise((resolve) => target.once('listening', resolve));
const url = `http://127.0.0.1:${target.address().port}`;

const commands = {
  list: (file) => ['check', file, '--list', '--quiet'],
  check: (file) => ['check', file, '-t', url, '--budget', '60', '--quiet', '--timeout', '2s'],
  lint: (file) => ['lint', file],
  resources: (file) => ['resources', file],
  export: (file) => ['export', file],
  http: (file) => ['export', file, '--to', 'http'],
  diff: (file) => ['diff', file, file],
  types: (file) => ['types', file],
};

for (const name of positionals.length > 0 ? positionals : Object.keys(kinds)) {
  const [kind, ...sizes] = name.split(':');
  const file = existsSync(name) ? name : join(folder, `${name.replace(':', '-')}.json`);
  if (!existsSync(name)) writeFileSync(file, JSON.stringify(kinds[kind](...sizes.map(Number))));
  for (const command of values.only.split(',')) {
    const row = command === 'mock' ? await mocked(file) : await ran(commands[command](file));
    console.log(`${name.padEnd(22)} ${command.padEnd(9)} ${row}`);
  }
}
target.close();

/** A process with the monitor in it. */
function begin(args) {
  const child = spawn(process.execPath, ['--import', monitor, main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  const told = { stretches: [], memory: Number.NaN, out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    if (told.out.length < 10_000) told.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    if (told.err.length < 10_000) told.err += text;
  });
  let rest = '';
  child.stdio[3].setEncoding('utf8').on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      const [first, second, third] = line.split(' ');
      if (first === 'memory') told.memory = Number(second);
      else told.stretches.push({ began: Number(first), at: Number(second), held: Number(third) });
    }
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  return { child, told, ended };
}

function peak(child) {
  try {
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024);
  } catch {
    return Number.NaN;
  }
}

async function ran(args) {
  const since = performance.now();
  const { child, told, ended } = begin(args);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    told.memory = peak(child);
    child.kill('SIGKILL');
  }, most);
  const code = await ended;
  clearTimeout(timer);
  const seconds = ((performance.now() - since) / 1000).toFixed(1);
  const end = late ? 'NOT ENDED' : `exit ${code}`;
  const held = late && told.stretches.length === 0 ? Number.POSITIVE_INFINITY : longest(told.stretches);
  const words = code === 0 || code === 1 || late ? '' : ` ${told.err.trim().split('\n')[0].slice(0, 90)}`;
  if (values.show) console.log(told.out.slice(-1500));
  return `${seconds.padStart(5)} s  held ${String(held).padStart(6)} ms  ${String(told.memory).padStart(5)} MiB  ${end}${words}`;
}

/** Of a mock that asks for no credential, so that what is asked for is made. */
async function mocked(file) {
  const document = JSON.parse(readFileSync(file, 'utf8'));
  const open = join(folder, 'open.json');
  writeFileSync(
    open,
    JSON.stringify(document, (name, value) => (name === 'security' ? undefined : value)),
  );
  const began = Date.now();
  const { child, told, ended } = begin(['mock', open, '--port', '0', '--fixtures', 'none']);
  const address = await new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), most);
    const look = setInterval(() => {
      const found = /https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):(\d+)/.exec(told.out);
      if (found === null && child.exitCode === null) return;
      clearInterval(look);
      clearTimeout(timer);
      resolve(found && Number(found[1]));
    }, 10);
  });
  const listening = Date.now();
  if (address === null) {
    child.kill('SIGKILL');
    await ended;
    return `does not listen: ${told.err.trim().split('\n')[0].slice(0, 120)}`;
  }
  const statuses = new Map();
  const slow = [];
  let first = null;
  const all = requestsOf(document);
  const step = Math.max(1, all.length / Number(values.operations));
  const asked = all.filter((_, index) => index % step < 1);
  for (const [method, path, body] of asked) {
    if (Date.now() - listening > most) break;
    const start = Date.now();
    const status = await ask(address, method, path, body);
    first ??= Date.now() - listening;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const end = Date.now();
    slow.push({ what: `${method} ${path.slice(0, 30)}`, start, end });
  }
  // What is looked through once it listens.
  await new Promise((resolve) => setTimeout(resolve, 600));
  const memory = peak(child);
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(timer);
  const starting = longest(told.stretches.filter(({ began }) => began <= listening));
  const after = told.stretches.filter(({ began }) => began > listening);
  const within = ({ at }) => slow.findLast(({ start, end }) => at >= start && at <= end + 5)?.what ?? 'beside';
  const worst = after
    .toSorted((one, other) => other.held - one.held)
    .slice(0, 3)
    .map((stretch) => `${stretch.held} (${within(stretch)})`);
  const statusText = [...statuses].map(([status, count]) => `${status}×${count}`).join(' ');
  return `${((first ?? 0) / 1000).toFixed(1).padStart(5)} s  held ${String(longest(after)).padStart(6)} ms  ${String(memory).padStart(5)} MiB  start ${listening - began} ms held ${starting}; ${statusText}; ${worst.join(', ')}`;
}

/** One request for each operation, with a body where there is one: an empty object, which makes the mock judge it. */
function requestsOf({ paths }) {
  const methods = ['get', 'put', 'post', 'delete', 'patch'];
  return Object.entries(paths ?? {}).flatMap(([path, item]) =>
    methods
      .filter((method) => item?.[method])
      .map((method) => [
        method.toUpperCase(),
        path.replace(/\{[^}]*\}/g, '1'),
        item[method].requestBody ? '{}' : undefined,
      ]),
  );
}

function ask(port, method, path, body) {
  return new Promise((resolve) => {
    const headers = { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) };
    const call = request({ port, host: '127.0.0.1', method, path, headers, timeout: most }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode));
      response.once('error', () => resolve('cut'));
    });
    call.once('timeout', () => call.destroy(new Error('late')));
    call.once('error', ({ message, code }) => resolve(code ?? message));
    call.end(body);
  });
}

function longest(stretches) {
  return Math.max(0, ...stretches.map(({ held }) => held));
}
