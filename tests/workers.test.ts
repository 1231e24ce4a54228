import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endAll, type Running, startMock } from './command.js';
import { hasRedis, redisSkipped, TestRedis } from './redis.js';

const isWindows = process.platform === 'win32';

let folder: string;
let file: string;
/** One whose first worker answers nothing: that is found out while the other tests run, since it takes half a minute. */
let stopped: { readonly command: Running; readonly before: readonly number[] };
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'counterproof-'));
  file = join(folder, 'boxes.yaml');
  writeFileSync(
    file,
    `openapi: 3.1.0
info: { title: Boxes, version: '1' }
paths:
  /boxes:
    get: { operationId: list, responses: { '200': { description: all, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Box' } } } } } } }
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Box' } } } }
      responses: { '201': { description: made, content: { application/json: { schema: { $ref: '#/components/schemas/Box' } } } } }
components:
  schemas:
    Box:
      type: object
      required: [id, name]
      properties: { id: { type: integer, readOnly: true }, name: { type: string } }
`,
  );
  if (isWindows) return;
  const command = await startMock([file, '--workers', '2', '--json', '--no-watch']);
  stopped = { command, before: workersOf(command) };
  process.kill(stopped.before[0] as number, 'SIGSTOP');
});
afterAll(() => {
  endAll();
  rmSync(folder, { recursive: true });
});

interface Answered {
  readonly status: number;
  readonly text: string;
}

/** On a connection of its own, so that the next worker takes it. */
function ask(url: string, method: string, path: string, body?: object): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const asked = request(`${url}${path}`, { method, headers, agent: new Agent({ keepAlive: false }) }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asked.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
}

const api = '/__counterproof/api';
const namesOf = async (url: string) =>
  (JSON.parse((await ask(url, 'GET', '/boxes')).text) as { name: string }[]).slice(0, -25).map(({ name }) => name);

/** The workers of a command, as the system knows them. */
function workersOf({ child }: Running): number[] {
  return execFileSync('ps', ['-o', 'pid=', '--ppid', String(child.pid)], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number)
    .filter((pid) => pid > 0);
}

test('several workers answer as one: what is made, switched, told and listed in the journal', async () => {
  const command = await startMock([file, '--workers', '2', '--quiet', '--no-watch']);
  const { url } = command;
  expect(workersOf(command)).toHaveLength(2);
  const wanted = Array.from({ length: 12 }, (_, index) => `box ${index}`);
  const made = await Promise.all(wanted.map((name) => ask(url, 'POST', '/boxes', { name })));
  expect(new Set(made.map(({ text }) => (JSON.parse(text) as { id: number }).id)).size).toBe(12);
  for (let index = 0; index < 4; index++) expect((await namesOf(url)).toSorted()).toEqual(wanted.toSorted());

  const journal = await ask(url, 'GET', `${api}/journal?limit=1000`);
  expect(JSON.parse(journal.text).exchanges).toHaveLength(16);
  expect((await ask(url, 'PUT', `${api}/operations/list/active`, { fault: 'status-server-error' })).status).toBe(204);
  for (let index = 0; index < 4; index++) expect((await ask(url, 'GET', '/boxes')).status).toBe(500);
  expect((await ask(url, 'POST', `${api}/reset`)).status).toBe(204);
  for (let index = 0; index < 4; index++) expect(await namesOf(url)).toEqual([]);
  expect(await command.end('SIGTERM')).toMatchObject({ code: 0, error: '' });
});

test('a worker that dies under load is replaced, and nothing that was answered is lost', async () => {
  const command = await startMock([file, '--workers', '2', '--json', '--no-watch']);
  const { url } = command;
  const answered: string[] = [];
  let isOver = false;
  const clients = Array.from({ length: 4 }, async (_, client) => {
    for (let index = 0; !isOver; index++) {
      const name = `${client} ${index}`;
      const given = await ask(url, 'POST', '/boxes', { name }).catch(() => null);
      if (given?.status === 201) answered.push(name);
    }
  });
  await expect.poll(() => answered.length).toBeGreaterThan(20);
  const before = workersOf(command);
  process.kill(before[0] as number, 'SIGKILL');
  await command.until(/"event":"worker-replaced".*SIGKILL/);
  const count = answered.length;
  await expect.poll(() => workersOf(command).filter((pid) => !before.includes(pid))).toHaveLength(1);
  await expect.poll(() => answered.length).toBeGreaterThan(count + 20);
  isOver = true;
  await Promise.all(clients);
  const names = await namesOf(url);
  expect(names).toEqual(expect.arrayContaining(answered));
  expect(new Set(names).size).toBe(names.length);
  expect((await command.end('SIGINT')).code).toBe(0);
});

/** Whether a process still does something; one that nobody has waited for yet does not. */
const isAlive = (pid: number) => {
  const state = spawnSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  return state !== '' && !state.startsWith('Z');
};

test.skipIf(isWindows)(
  'workers end by themselves when the process that started them is killed, also one that a handler holds',
  { timeout: 60_000 },
  async () => {
    const handlers = join(folder, 'held.mjs');
    writeFileSync(handlers, 'export default { list() { for (;;); } };\n');
    const command = await startMock([file, '--workers', '2', '--no-watch', '--handlers', handlers]);
    const workers = workersOf(command);
    expect(workers).toHaveLength(2);
    const held = ask(command.url, 'GET', '/boxes').catch(() => null);
    const cpuOf = () => execFileSync('ps', ['-o', 'time=', '-p', workers.join()], { encoding: 'utf8' });
    const before = cpuOf();
    await expect.poll(cpuOf, { timeout: 20_000 }).not.toBe(before);
    try {
      command.child.kill('SIGKILL');
      await expect.poll(() => workers.filter(isAlive), { timeout: 20_000 }).toEqual([]);
      await held;
      expect((await command.end()).error).toBe('');
    } finally {
      for (const pid of workers.filter(isAlive)) process.kill(pid, 'SIGKILL');
    }
  },
);

test.skipIf(!hasRedis)(`mocks with one Redis are one${redisSkipped}`, async () => {
  const redis = await TestRedis.start();
  try {
    const state = ['--state', redis.url, '--quiet', '--no-watch'];
    const [one, two] = await Promise.all([startMock([file, ...state, '--workers', '2']), startMock([file, ...state])]);
    const wanted = Array.from({ length: 12 }, (_, index) => `box ${index}`);
    await Promise.all(wanted.map((name, index) => ask((index % 2 === 0 ? one : two).url, 'POST', '/boxes', { name })));
    for (const { url } of [one, two]) expect((await namesOf(url)).toSorted()).toEqual(wanted.toSorted());
    await ask(two.url, 'PUT', `${api}/operations/list/active`, { fault: 'status-server-error' });
    expect((await ask(one.url, 'GET', '/boxes')).status).toBe(500);
    await ask(one.url, 'POST', `${api}/reset`);
    expect(await namesOf(two.url)).toEqual([]);
    expect((await one.end('SIGTERM')).code).toBe(0);
    expect((await two.end('SIGTERM')).code).toBe(0);
  } finally {
    await redis.end();
  }
});

// 30 seconds are longer than any answer takes.
test.skipIf(isWindows)('a worker that answers nothing any more is replaced', { timeout: 90_000 }, async () => {
  const { command, before } = stopped;
  await command.until(/"event":"worker-replaced".*it had answered nothing for 30 s/);
  await expect.poll(() => workersOf(command).filter((pid) => !before.includes(pid))).toHaveLength(1);
  expect((await command.end('SIGINT')).code).toBe(0);
});
