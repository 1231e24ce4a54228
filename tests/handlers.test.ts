import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFetchHost } from '../src/host/fetch/index.js';
import { endAll, root, start } from './command.js';
import { run } from './program.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bookings-'));
  cpSync(join(root, 'examples/bookings'), folder, { recursive: true });
});
afterEach(() => {
  endAll();
  rmSync(folder, { recursive: true });
});

const sent = (body: object, token?: string): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json', ...(token !== undefined && { Authorization: `Bearer ${token}` }) },
  body: JSON.stringify(body),
});

type Fetch = (path: string, init?: RequestInit) => Promise<Response>;

async function goThrough(fetch: Fetch): Promise<void> {
  expect((await fetch('/bookings', { headers: { Authorization: 'Bearer nobody' } })).status).toBe(401);
  expect((await fetch('/login', sent({ name: 'Ann', password: 'wrong' }))).status).toBe(401);
  const { token } = await (await fetch('/login', sent({ name: 'Ann', password: 'right' }))).json();
  const headers = { Authorization: `Bearer ${token}` };
  const booking = { room: 'Blue', day: '2030-01-01' };
  const made = await fetch('/bookings', sent(booking, token));
  expect(made.status).toBe(201);
  expect((await fetch('/bookings', sent(booking, token))).status).toBe(409);
  const states: string[] = [];
  for (let look = 0; look < 3; look += 1) states.push((await (await fetch('/exports/7', { headers })).json()).state);
  expect(states).toEqual(['running', 'running', 'done']);
  expect(await (await fetch('/bookings', { headers })).json()).toContainEqual({ id: expect.any(Number), ...booking });
}

test('the example logs in, waits for its job and books no room twice, also in a program', async () => {
  const host = await createFetchHost({ document: join(folder, 'openapi.yaml') });
  await goThrough((path, init) => host.fetch(`http://localhost${path}`, init));
  host.expectNoViolations();
});

test('what a handler throws when nobody called it any more is said, and costs no request', async () => {
  const file = join(folder, 'stray.ts');
  writeFileSync(
    file,
    `setTimeout(() => { throw new Error('in a timer'); }, 1);
void Promise.reject(new Error('let go'));
export default { login: () => ({ status: 401 as number }) };
`,
  );
  const mock = start(['mock', 'openapi.yaml', '--port', '0', '--handlers', file], { cwd: folder });
  const [, url = ''] = await mock.until(/is mocked on (http:\S+)/);
  await expect.poll(mock.error).toMatch(/: in a timer, thrown at \S*stray\.ts:1:\d+ outside of any request/);
  expect(mock.error()).toMatch(/: let go, thrown at \S*stray\.ts:2:\d+ outside of any request/);
  expect((await fetch(`${url}/login`, sent({ name: 'Ann', password: 'x' }))).status).toBe(401);
  expect((await mock.end('SIGTERM')).code).toBe(0);
});

test.each<[of: string, source: string, said: string]>([
  ['throws', "throw new Error('boom');", ' cannot be loaded: Error: boom'],
  ['throws nothing', 'throw null;', ' cannot be loaded: null'],
  [
    'throws what is no text',
    'throw { toString() { throw 1; } };',
    ' cannot be loaded: it throws what cannot be written',
  ],
  ['does not parse', 'export default {', ' cannot be loaded: '],
  ['exports a number', 'export default 7;', ' exports no '],
  [
    'exports what throws when it is read',
    "export default { get login() { throw new Error('trap'); } };",
    ' cannot be read: ',
  ],
  ['waits for ever', 'await new Promise(() => {}); export default {};', 'awaits something that never comes'],
])('handlers and a configuration of which a module %s are one line, with the place', async (_, source, said) => {
  const file = join(folder, 'hostile.ts');
  writeFileSync(file, source);
  for (const flag of ['--handlers', '--config']) {
    const { code, out, error } = await start(['mock', 'openapi.yaml', '--port', '0', flag, file], {
      cwd: folder,
    }).end();
    expect([code, out]).toEqual([2, '']);
    expect(error.replace('exports no configuration', 'exports no ')).toContain(said);
    expect(error).not.toMatch(/bug in counterproof|\n +at /);
  }
});

test('handlers are read again with the state kept, and check keeps the mock', async () => {
  const mock = start(['mock', 'openapi.yaml', '--port', '0', '--watch'], { cwd: folder });
  const [, url = ''] = await mock.until(/is mocked on (http:\S+)/);
  await goThrough((path, init) => fetch(url + path, init));
  const file = join(folder, 'handlers/bookings.ts');
  writeFileSync(file, readFileSync(file, 'utf8').replace("looks < 3 ? 'running' : 'done'", "'running'"));
  await mock.until(/bookings\.ts/);
  const headers = { Authorization: 'Bearer token-of-Ann' };
  expect(await (await fetch(`${url}/exports/7`, { headers })).json()).toEqual({ id: 7, state: 'running' });
  writeFileSync(file, "/** @import { Handlers } from 'counterproof' */\nexport default { lgin: () => undefined };\n");
  await expect
    .poll(() => mock.error() + mock.out(), { timeout: 300_000 })
    .toMatch(/bookings\.ts:2.*no operation "lgin" \(expected "login"/);
  expect((await fetch(`${url}/exports/7`, { headers })).status).toBe(200);
  const args = ['check', 'openapi.yaml', '--target', url, '--auth', 'session=demo'];
  const checked = await run(args, { cwd: folder });
  expect(checked.error + checked.out).toContain('Kept');
  expect(checked.code).toBe(0);
});
