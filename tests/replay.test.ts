import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, expect, test } from 'vitest';
import { browserPath, browserReason, launch } from './browser.js';
import { endAll, root, runProcess, start, startMock } from './command.js';
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

test('what passed a proxy that was killed is a whole file, and is answered again with the same bytes', async () => {
  const bodies: Readonly<Record<string, readonly [type: string, body: Buffer]>> = {
    '/spaced': ['application/json', Buffer.from(body)],
    '/coded': ['application/json; charset=utf-8', Buffer.from('[ "gzip" ]')],
    '/picture': ['image/png', Buffer.from([0x89, 0x50, 0, 0xff, 0xfe, 13, 10])],
    '/text': ['text/plain; charset=iso-8859-1', Buffer.from([0xe9, 10])],
    '/none': ['text/plain', Buffer.alloc(0)],
  };
  const upstream = createServer(({ url = '' }, response) => {
    const [type, bytes] = bodies[url] ?? ['text/plain', Buffer.from(url.repeat(1000))];
    const isCoded = url === '/coded';
    response.writeHead(200, { 'Content-Type': type, ...(isCoded && { 'Content-Encoding': 'gzip' }) });
    response.end(isCoded ? gzipSync(bytes) : bytes);
  });
  await once(upstream.listen(0, '127.0.0.1'), 'listening');
  const paths = Object.fromEntries(
    [...Object.keys(bodies), '/more/{id}'].map((each) => [
      each,
      {
        ...(each.endsWith('}') && {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        }),
        get: { responses: { 200: { description: 'x', content: { '*/*': {} } } } },
      },
    ]),
  );
  const document = join(folder, 'any.json');
  writeFileSync(document, JSON.stringify({ openapi: '3.1.0', info: { title: 'Any', version: '1' }, paths }));
  const records = join(folder, 'records');
  const file = join(records, 'seen.har');
  const target = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  const proxy = start(['proxy', document, target, '--port', '0', '--record', file]);
  const [url] = await proxy.until(/http:\/\/localhost:\d+/);
  for (const asked of Object.keys(bodies)) await (await fetch(url + asked)).arrayBuffer();
  // While it is written again and again, since more passes, there is no moment at which it is not whole.
  const entries = () => (JSON.parse(readFileSync(file, 'utf8')) as { log: { entries: unknown[] } }).log.entries.length;
  let count = 0;
  while (entries() < 20) await (await fetch(`${url}/more/${count++}`)).arrayBuffer();
  await proxy.end('SIGKILL');
  upstream.close();
  expect(entries()).toBeGreaterThanOrEqual(20);
  expect(readdirSync(records).filter((name) => !name.startsWith('.'))).toContain('seen.har');

  const replay = await startMock([document, '--replay', file, '--quiet']);
  for (const [asked, [, bytes]] of Object.entries(bodies)) {
    expect(Buffer.from(await (await fetch(replay.url + asked)).arrayBuffer()), asked).toEqual(bytes);
  }
  await replay.end('SIGTERM');
});

test.skipIf(browserPath === null)(
  `a wrong server’s report, replayed, shows its fault in the page${browserReason}`,
  async () => {
    const wrong = await serveImplementation((asked) => {
      const right = installations()(asked);
      const isWrong = asked.query.includes('provider=gitlab') && right.status === 200;
      return isWrong ? { ...right, headers: { 'Content-Type': 'application/json' }, body } : right;
    });
    const report = join(folder, 'wrong.json');
    await run(['check', '-t', wrong.url, '--report', `json=${report}`, '--quiet']);
    await wrong.close();
    const mock = await startMock(['--replay', report, '--quiet']);
    const config = ['--configLoader', 'runner', '--config', 'vite.config.ts'];
    const page = start([...config, '--port', '0'], {
      cwd: join(root, 'examples/installations-picker'),
      env: { MOCK_URL: mock.url, NO_COLOR: '1', FORCE_COLOR: '0' },
      program: [process.execPath, join(root, 'node_modules/vite/bin/vite.js')],
    });
    const [address] = await page.until(/http:\/\/localhost:\d+/);
    const tab = await (await launch()).newPage();
    try {
      await tab.goto(address);
      await tab.getByRole('radio', { name: 'GitLab' }).check();
      await tab.getByRole('heading', { name: 'The answer makes no sense' }).waitFor();
      const seen = await tab.evaluate(
        `fetch('${path}?provider=gitlab', { headers: { 'X-Session-API-Key': 'k' } }).then((response) => response.text())`,
      );
      expect(seen).toBe(body);
    } finally {
      await tab.close();
    }
  },
);

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

test('an archive that cannot have come from a server is answered as far as HTTP goes, and ends nothing', async () => {
  const field = (name: string, value: string) => ({ headers: [{ name, value }] });
  const responses: readonly [status: number, response: object][] = [
    [500, { status: 1e9 }],
    [500, { status: 101 }],
    [500, field('X A', 'x')],
    [500, field('', '')],
    [500, field('X-A', 'a\r\nSet-Cookie: b')],
    [500, field('X-A', '\0\u001b[2J')],
    [200, field('Transfer-Encoding', 'chunked')],
    [200, field('Content-Length', '999')],
    [200, field('__proto__', 'x')],
    [200, { statusText: 'a\r\nb' }],
    [200, { headers: null, content: null }],
    [200, { content: { text: '%%%', encoding: 'base64', mimeType: 'a\nb' } }],
  ];
  const count = responses.length;
  const paths = Object.fromEntries(
    responses.map((_, at) => [`/${at}`, { get: { responses: { 200: { description: 'x', content: { '*/*': {} } } } } }]),
  );
  const document = join(folder, 'odd.json');
  writeFileSync(document, JSON.stringify({ openapi: '3.1.0', info: { title: 'Odd', version: '1' }, paths }));
  const entries = responses.map(([, response], at) => ({
    time: -1,
    request: { method: 'GET', url: `https://api.test/${at}`, headers: [] },
    response: { status: 200, headers: [], content: { text: '[]', mimeType: 'application/json' }, ...response },
  }));
  const requests = [{ method: 'G T' }, { url: 'javascript:alert(1)' }, { url: 'http://[' }, { url: 7 }, null, 7];
  const hostile = requests.map((request) => ({ request, response: { status: 200 } }));
  const archive = join(folder, 'odd.har');
  writeFileSync(archive, JSON.stringify({ log: { version: '1.2', entries: [...entries, ...hostile, null, 7, []] } }));
  const { url, end } = await startMock([document, '--replay', archive, '--quiet']);
  const statuses: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const response = await fetch(`${url}/${at}`);
    expect(response.headers.get('set-cookie')).toBeNull();
    await response.arrayBuffer();
    statuses.push(response.status);
  }
  expect(statuses).toEqual(responses.map(([status]) => status));
  expect(await end('SIGTERM')).toMatchObject({ code: 0, error: '' });
});

test('what holds nothing to answer, or is not there, is said in one line', async () => {
  const empty = join(folder, 'empty.json');
  writeFileSync(empty, '{"findings": []}');
  const { code, error } = await run(['mock', '--replay', empty]);
  expect([code, error.trim().split('\n').length]).toEqual([2, 1]);
  expect(error).toContain('holds no answer that could be given again');
  expect(await run(['mock', '--replay', join(folder, 'none.json')])).toMatchObject({ code: 2 });
});

test('an archive of which nothing is in the document is said to give no case', async () => {
  const archive = join(folder, 'elsewhere.har');
  const request = { method: 'GET', url: 'https://api.test/elsewhere', headers: [{ name: ':method', value: 'GET' }] };
  const entries = [{ request, response: { status: 200, headers: [], content: { text: 'é' } } }];
  for (const [each, reason] of [
    [entries, '! 1 answer not recorded: the document does not have the request\n'],
    [[], ''],
  ] as const) {
    writeFileSync(archive, JSON.stringify({ log: { version: '1.2', entries: each } }));
    const { code, out, error } = await run(['import', 'spec/openhands-installations.yaml', archive]);
    expect({ code, out, error }).toEqual({
      code: 0,
      out: 'operations: {}\n',
      error: `${reason}! Nothing in ${archive} can be a case of spec/openhands-installations.yaml\n`,
    });
  }
});

test.each([
  ['a report whose answers somebody has emptied', { findings: [{ operations: [{ exchange: { replay: {} } }] }] }],
  [
    'a report with answers of other types',
    {
      findings: [null, { operations: 5 }, { operations: [{ exchange: [] }, { exchange: { replay: wronglyTyped() } }] }],
    },
  ],
  ['an archive of entries that are none', { log: { entries: [null, 1, {}, { request: 'GET /', response: [] }] } }],
])('%s holds nothing to learn from, and nothing to answer again', async (_what, given) => {
  const file = join(folder, 'hostile.json');
  writeFileSync(file, JSON.stringify(given));
  const document = 'spec/openhands-installations.yaml';
  const suggested = await run(['suggest', document, '--from', file]);
  expect(suggested.code).toBe(2);
  expect(suggested.error).toContain(
    'holds no answer to learn from: expected findings with their exchanges, or entries',
  );
  const replayed = await run(['mock', document, '--port', '0', '--replay', file]);
  expect(replayed.code).toBe(2);
  expect(replayed.error).toContain('holds no answer that could be given again');
});

function wronglyTyped() {
  return { method: 'GET', target: '/', status: 'x', headers: [[1]], body: 5 };
}
