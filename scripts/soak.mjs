// npm run soak -- --minutes N: a mock under mixed load, a part of it hostile, for that long. Its memory and
// the slowest hundredth of its answers are told at each tenth, and a verdict at the end: memory does not grow, answers stay quick,
// none of the ordinary requests is answered with 5xx or not at all. Where other processes have had the processors, it says so, and judges
// the processor time of an answer, since the clock then tells of the others.
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { freePort, main, memoryOf, processorTimeOf, start } from './bench/command.mjs';
import { sample } from './bench/load.mjs';
import { bytesOf } from './bytes/generate.mjs';
import { misuse, readOptions } from './options.mjs';

const { values } = readOptions(import.meta.url, { options: { minutes: { type: 'string', default: '10' } } });
const milliseconds = Number(values.minutes) * 60_000;
if (!(milliseconds > 0)) misuse(import.meta.url, `--minutes takes a number above 0, found "${values.minutes}"`);
const tenths = 10;
/** Clients of ordinary requests, and of hostile ones. */
const clients = { ordinary: 8, hostile: 2 };
/** How much the memory of the last half may differ, and how much slower than in the first tenth answers may become. */
const most = { growth: 1.05, slowdown: 2 };
/** The share of all processor time that others may have had in a tenth for its p99 to be that of the mock. */
const mostOfOthers = 0.1;
/** So few milliseconds are no slowdown, whatever was measured first. */
const quickMilliseconds = 20;

const document = fileURLToPath(new URL('../examples/club-members/openapi.yaml', import.meta.url));
const port = await freePort();
const server = start([main, 'mock', document, '--port', String(port), '--quiet']);
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
await sample(port, '/');

const json = { 'content-type': 'application/json' };
const member = JSON.stringify({ name: 'Ada Lind', email: 'ada@example.org', role: 'rower', city: 'Lund' });
/** What a page asks, and what a careless one asks. */
const ordinary = [
  ['GET', '/api/members'],
  ['GET', '/api/members?page=2&perPage=20&sort=-name'],
  ['GET', '/api/members?q=a'],
  ['GET', '/api/members/1'],
  ['GET', '/api/members/99999'],
  ['POST', '/api/members', json, member],
  ['POST', '/api/members', json, '{"name":7}'],
  ['GET', '/api/members?perPage=none'],
  ['PUT', '/api/nowhere', json, '{}'],
];
const hostile = [
  ['POST', '/api/members', json, `${'['.repeat(100_000)}`],
  ['POST', '/api/members', { ...json, 'content-encoding': 'gzip' }, member],
  ['POST', '/api/members', { 'content-type': 'application/x-www-form-urlencoded' }, 'a=1&'.repeat(50_000)],
  ['POST', '/api/members', json, JSON.stringify({ name: 'x'.repeat(2_000_000) })],
  ['GET', `/api/members?${'q=a&'.repeat(2_000)}`],
  ['GET', '/%00%ff/../../etc/passwd'],
];

const until = performance.now() + milliseconds;
let times = [];
const counts = { ordinary: 0, failed: 0, hostile: 0 };
const work = [
  ...Array.from({ length: clients.ordinary }, (_, index) => askOrdinarily(index)),
  ...Array.from({ length: clients.hostile }, (_, index) => askHostilely(index)),
];
const rows = [];
let before = processorTimes();
for (let tenth = 1; tenth <= tenths; tenth++) {
  const end = until - milliseconds + (milliseconds * tenth) / tenths;
  // Memory moves with the collector: the middle of several looks is what it takes.
  const looks = [];
  while (performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(1, Math.min(1000, end - performance.now()))));
    if (server.child.exitCode === null) looks.push(await memoryOf(server.child));
  }
  const sorted = times.sort((a, b) => a - b);
  times = [];
  const row = {
    memory: looks.sort((a, b) => a - b)[looks.length >> 1] ?? Number.NaN,
    p99: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
    answers: sorted.length,
    ...sinceThen(before, sorted.length),
  };
  before = processorTimes();
  rows.push(row);
  console.log(
    `${String(tenth).padStart(2)}/10  ${row.memory.toFixed(1)} MiB  p99 ${row.p99.toFixed(1)} ms  ${row.answers} answers of ${row.cost.toFixed(2)} ms of processor time  others ${(row.others * 100).toFixed(0)} %`,
  );
}
await Promise.all(work);

const half = rows.slice(tenths / 2).map(({ memory }) => memory);
const growth = half.at(-1) / Math.min(...half);
// Of a tenth that others have had the clock tells nothing; where that is said of none, neither is it known (NaN).
const isBusy = rows.some(({ others }) => others > mostOfOthers);
const slow = isBusy
  ? slowdown('processor time of an answer', ({ cost }) => cost, 0)
  : slowdown('p99', ({ p99 }) => p99, quickMilliseconds);
const faults = [
  ...(server.child.exitCode === null ? [] : ['the mock has ended']),
  ...(growth <= most.growth ? [] : [`memory grew by ${((growth - 1) * 100).toFixed(1)} % in the last half`]),
  ...slow,
  ...(counts.failed === 0 ? [] : [`${counts.failed} ordinary requests were answered with 5xx, or not at all`]),
];
if (isBusy) {
  const most = Math.max(...rows.map(({ others }) => others));
  console.log(
    `p99 was not judged: other processes had up to ${(most * 100).toFixed(0)} % of the processors. What an answer costs was.`,
  );
}
console.log(
  `${counts.ordinary} ordinary and ${counts.hostile} hostile requests: ${faults.length === 0 ? 'held' : faults.join('; ')}`,
);
agent.destroy();
await server.stop();
process.exit(faults.length === 0 ? 0 : 1);

/** How much slower the slowest later tenth is than the first, where that is too much. */
function slowdown(what, of, free) {
  const first = of(rows[0]);
  const slowest = Math.max(...rows.slice(1).map(of));
  return slowest <= Math.max(free, most.slowdown * first) || Number.isNaN(slowest)
    ? []
    : [`${what} went from ${first.toFixed(1)} to ${slowest.toFixed(1)} ms`];
}

/** Milliseconds of processor time: of the machine, what of it was used, what of that the mock and this process have had. */
function processorTimes() {
  const all = cpus().map(({ times }) => times);
  const busy = all.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, 0);
  const { user, system } = process.cpuUsage();
  const mock = server.child.exitCode === null ? processorTimeOf(server.child) : Number.NaN;
  return { whole: busy + all.reduce((sum, { idle }) => sum + idle, 0), busy, own: (user + system) / 1000, mock };
}

function sinceThen(then, answers) {
  const now = processorTimes();
  const mock = now.mock - then.mock;
  const others = now.busy - then.busy - mock - (now.own - then.own);
  return { others: Math.max(0, others / (now.whole - then.whole)), cost: mock / answers };
}

async function askOrdinarily(first) {
  for (let turn = first; performance.now() < until; turn++) {
    const began = performance.now();
    const { status, location } = await ask(ordinary[turn % ordinary.length]);
    times.push(performance.now() - began);
    counts.ordinary++;
    if (status === null || status >= 500) counts.failed++;
    // What is made is removed, so that the world stays as large as it is.
    if (status === 201 && location) await ask(['DELETE', new URL(location, 'http://localhost').pathname]);
  }
}

async function askHostilely(first) {
  for (let turn = first; performance.now() < until; turn++) {
    counts.hostile++;
    if (turn % 8 === 0) await ask(hostile[(turn / 8) % hostile.length]);
    else await write(bytesOf(turn, ['/api/members', '/api/members/1']), turn % 3 === 0);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The status of the answer, null where none came; and its Location. */
function ask([method, path, headers = {}, body]) {
  return new Promise((resolve) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const asked = request({ port, path, method, agent, headers: { ...headers, ...length } }, (response) => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode, location: response.headers.location }));
      response.on('error', () => resolve({ status: null }));
    });
    asked.on('error', () => resolve({ status: null }));
    asked.end(body);
  });
}

/** Writes bytes on a connection, and leaves at once, or when the answer has ended. */
async function write(bytes, isHasty) {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.resume();
  socket.end(bytes);
  if (isHasty) socket.destroySoon();
  const timer = setTimeout(() => socket.destroy(), 2000);
  await once(socket, 'close');
  clearTimeout(timer);
}
