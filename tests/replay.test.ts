import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { endAll, runProcess, startMock } from './command.js';
import { serveImplementation } from './contract/implementation.js';
import { installations } from './contract/installations.js';
import { run } from './program.js';

const folder = mkdtempSync(join(tmpdir(), 'counterproof-replay-'));
afterEach(endAll);
afterAll(() => rmSync(folder, { recursive: true }));

const path = '/api/user/installations';
const headers = { 'X-Session-API-Key': 'k', Origin: 'https://page.test' };
const body = '[1,  {"a":"é"}]\n';

test('what a target answered wrongly in a report is answered again, with the same bytes', async () => {
  const wrong = await serveImplementation((asked) => {
    const right = installations()(asked);
    if (asked.method !== 'GET' || !asked.query.includes('provider=gitlab')) return right;
    return { ...right, status: 200, headers: { 'Content-Type': 'application/json', 'X-Node': 'seven' }, body };
  });
  const report = join(folder, 'report.json');
  const { code } = await run(['check', '-t', wrong.url, '--report', `json=${report}`, '--quiet']);
  await wrong.close();
  expect(code).toBe(1);

  // The same bytes are evidence of what the document would have to say.
  const suggested = await runProcess(['suggest', 'spec/openhands-installations.yaml', '--from', report]);
  expect(suggested.code).toBe(0);
  expect(suggested.out).toContain('overlay: 1.0.0');
  expect(suggested.out).toMatch(/components\.schemas|responses/);

  const { url, end } = await startMock(['--replay', report, '--quiet']);
  const replayed = await fetch(`${url}${path}?provider=gitlab`, { headers });
  expect([replayed.status, replayed.headers.get('x-node'), await replayed.text()]).toEqual([200, 'seven', body]);
  expect(replayed.headers.get('access-control-allow-origin')).toBe('https://page.test');
  expect(replayed.headers.get('counterproof')).toBe('source=upstream');
  // What is switched on outranks it; a path that was never asked is answered as ever.
  const active = { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: '{"status":422}' };
  const operation = 'get_user_installations_api_user_installations_get';
  expect((await fetch(`${url}/__counterproof/api/operations/${operation}/active`, active)).ok).toBe(true);
  expect((await fetch(`${url}${path}?provider=gitlab`, { headers })).status).toBe(422);
  expect((await fetch(`${url}/nowhere`, { headers })).status).toBe(404);
  expect((await end('SIGTERM')).code).toBe(0);
});

test('an archive of a browser is answered again, and a record of cases is a fixture file', async () => {
  const archive = join(folder, 'traffic.har');
  const request = { method: 'GET', url: `https://api.test${path}?provider=github`, headers: [] };
  const response = { status: 503, headers: [{ name: 'Retry-After', value: '7' }], content: { text: 'no room' } };
  writeFileSync(archive, JSON.stringify({ log: { version: '1.2', entries: [{ request, response, time: 3 }] } }));
  const first = await startMock(['--replay', archive, '--quiet']);
  const replayed = await fetch(`${first.url}${path}?provider=bitbucket`, { headers });
  expect([replayed.status, replayed.headers.get('retry-after'), await replayed.text()]).toEqual([503, '7', 'no room']);
  await first.end('SIGTERM');

  const record = join(folder, 'record.yaml');
  writeFileSync(
    record,
    `operations:\n  GET ${path}:\n    cases:\n      - { name: seen, status: 200, when: { query: { provider: github } }, body: ['4711'] }\n`,
  );
  const second = await startMock(['--replay', record, '--quiet']);
  const served = await fetch(`${second.url}${path}?provider=github`, { headers });
  expect(await served.json()).toEqual(['4711']);
  await second.end('SIGTERM');
});

test('what holds nothing to answer, or is not there, is said in one line', async () => {
  const empty = join(folder, 'empty.json');
  writeFileSync(empty, '{"findings": []}');
  const { code, error } = await run(['mock', '--replay', empty]);
  expect([code, error.trim().split('\n').length]).toEqual([2, 1]);
  expect(error).toContain('holds no answer that could be given again');
  expect(await run(['mock', '--replay', join(folder, 'none.json')])).toMatchObject({ code: 2 });
});
