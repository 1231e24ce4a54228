import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endAll, root, startMock } from './command.js';
import { run } from './program.js';

const key = { 'X-Session-API-Key': 'k' };
const path = '/api/user/installations?provider=github';
const api = '/__counterproof/api';
const operation = 'get_user_installations_api_user_installations_get';

let url: string;
let port: number;
beforeAll(async () => {
  ({ url } = await startMock());
  port = Number(new URL(url).port);
});
afterAll(endAll);

const ask = (target = path, headers: Record<string, string> = {}) =>
  fetch(url + target, { headers: { ...key, ...headers } });
const json = async (target: string, headers: Record<string, string> = {}) => (await ask(target, headers)).json();
const activate = (active: object, headers: Record<string, string> = {}) =>
  fetch(`${url}${api}/operations/${operation}/active`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(active),
  });
const reset = (headers: Record<string, string> = {}) => fetch(`${url}${api}/reset`, { method: 'POST', headers });

/** Fetch of Node sets some fields itself; this sends exactly what it is given. */
function raw(
  method: string,
  target: string,
  headers: Record<string, string>,
  body = '',
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { port, host: '127.0.0.1', method, path: target, headers, setHost: false, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('the control API', () => {
  test('makes a case active for an operation, and lets it go again', async () => {
    expect((await activate({ example: 'provider-unknown' })).status).toBe(204);
    expect((await ask()).status).toBe(422);
    expect(await json(`${api}/operations/${operation}/active`)).toEqual({ active: { example: 'provider-unknown' } });
    await fetch(`${url}${api}/operations/${operation}/active`, { method: 'DELETE' });
    expect((await ask()).status).toBe(200);
  });

  test.each([
    [409, { fault: 'resett' }, /did you mean "reset"/],
    [409, { example: 'provider-unknwon' }, /did you mean .*provider-unknown/],
    [422, { status: 99 }, /./],
    [409, { body: {} }, /the 200 of GET \/api\/user\/installations: the body must be an array.*offContract: true/],
    [409, { example: 'offlien' }, /did you mean "offline"/],
    [422, { bodi: [] }, /bodi/],
    [422, { status: 200, fault: 'reset' }, /./],
    [422, { probability: 0.5 }, /fault/],
    [422, {}, /./],
  ])('with %i refuses %j, and changes nothing', async (status, active, detail) => {
    const response = await activate(active);
    expect(response.status).toBe(status);
    expect((await response.json()).detail).toMatch(detail);
    expect(await json(`${api}/operations/${operation}/active`)).toEqual({ active: null });
  });

  test('keeps what one session does from every other', async () => {
    const [one, two] = [{ 'Counterproof-Session': 'one' }, { 'Counterproof-Session': 'two' }];
    await activate({ example: 'provider-unknown' }, one);
    await activate({ example: 'git-provider-token-missing' }, two);
    const statuses = await Promise.all(
      Array.from({ length: 30 }, async (_, turn) => (await ask(path, [one, two, {}][turn % 3])).status),
    );
    expect(statuses).toEqual(Array.from({ length: 30 }, (_, turn) => [422, 401, 200][turn % 3]));
    const journals = await Promise.all([one, two].map((headers) => json(`${api}/journal`, headers)));
    expect(journals.map(({ exchanges }) => new Set(exchanges.map(({ status }: { status: number }) => status)))).toEqual(
      [new Set([422]), new Set([401])],
    );
    await reset(one);
    expect((await ask(path, one)).status).toBe(200);
    expect((await ask(path, two)).status).toBe(401);
    await reset(two);
  });

  test('gives a session another seed, and the old answers back with the old one', async () => {
    const session = { 'Counterproof-Session': 'seeded' };
    const put = (seed: number) =>
      fetch(`${url}${api}/seed`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json', ...session },
        body: JSON.stringify({ seed }),
      });
    const before = await (await ask(path, session)).text();
    await put(12345);
    expect(await (await ask(path, session)).text()).not.toBe(before);
    await put(1);
    expect(await (await ask(path, session)).text()).toBe(before);
    expect(await (await ask()).text()).toBe(before);
  });

  test('streams exchanges as they happen, and what is active when it changes', async () => {
    const session = { 'Counterproof-Session': 'stream' };
    const response = await fetch(`${url}${api}/journal/stream`, { headers: session });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const decoder = new TextDecoder();
    await ask(`/api/user/installations?provider=GITHUB`, session);
    await activate({ status: 200 }, session);
    let text = '';
    while (!text.includes('event: journal') || !text.includes('event: active')) {
      const { value, done } = await reader.read();
      expect(done).toBe(false);
      text += decoder.decode(value, { stream: true });
    }
    const data = /event: journal\ndata: (.*)\n/.exec(text)?.[1] ?? '';
    expect(JSON.parse(data).exchanges).toMatchObject([
      {
        status: 422,
        violations: [{ in: 'query', keyword: 'enum', location: { file: 'spec/openhands-installations.yaml' } }],
      },
    ]);
    await reader.cancel();
  });

  test('gives each exchange as a command that asks this mock the same, and in which a shell expands nothing', async () => {
    const session = { 'Counterproof-Session': 'curl' };
    const note = '$HOME $(id) `id` \'"\\';
    await raw('GET', '/api/user/installations?$HOME', { Host: 'elsewhere.example', ...session, 'X-Note': note });
    const { exchanges } = await json(`${api}/journal`, session);
    const script = `curl() { printf '%s\\n' "$@"; }; ${exchanges[0].curl}`;
    const words = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).trim().split('\n');
    expect(words).toContain(`x-note: ${note}`);
    expect(words.at(-1)).toBe(`${url}/api/user/installations?$HOME`);
    expect(exchanges[0].curl).not.toContain('elsewhere');
  });

  test('does not hold up the end of the mock while somebody listens', async () => {
    const own = await startMock();
    const response = await fetch(`${own.url}${api}/journal/stream`);
    const read = response.text().catch(() => 'cut');
    expect((await own.end('SIGTERM')).code).toBe(0);
    await read;
  });

  test.each([
    ['an address that leads out', '/__counterproof/../../package.json', 404],
    ['one that is encoded', '/__counterproof/%2e%2e%2f%2e%2e%2fpackage.json', 404],
    ['one of another system', '/__counterproof/..\\..\\package.json', 404],
    ['a file beside the bundle', '/__counterproof/assets/../../cli/main.js', 404],
    ['an unknown operation', `${api}/operations/nothing`, 404],
    ['a path that it does not have', `${api}/nothing`, 404],
    ['a journal number that is none', `${api}/journal?after=x`, 422],
  ])('answers %s with %s and %i', async (_, target, status) => {
    expect((await raw('GET', target, { Host: `localhost:${port}` })).status).toBe(status);
  });

  test('takes a body that is too long for no reason to end', async () => {
    const response = await fetch(`${url}${api}/seed`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: `"${'x'.repeat(3_000_000)}"`,
    });
    expect(response.status).toBe(413);
    expect((await ask(`${api}/health`)).status).toBe(200);
  });
});

test('our own suite has nothing to say of the control API, also of one that has rows', async () => {
  // The suite saves cases as well: nowhere, here.
  const { url: members } = await startMock(['examples/club-members/openapi.yaml', '--quiet', '--fixtures', 'none']);
  for (const page of [1, 2, 0]) await fetch(`${members}/api/members?page=${page}`);
  const { code, out } = await run([
    'check',
    'spec/counterproof-control.yaml',
    ...[
      '--target',
      members + api,
      '--timeout',
      '2s',
      ...['operationId=listMembers', 'collection=members', 'key=3'].flatMap((set) => ['--set', set]),
      '--header',
      'Counterproof-Session: checked',
    ],
    '--json',
  ]);
  const result = JSON.parse(out);
  expect(result.findings.filter(({ severity }: { severity: string }) => severity === 'violation')).toEqual([]);
  expect(code).toBe(0);
});

describe('a page of another origin', () => {
  const put = ['PUT', `${api}/operations/${operation}/active`, '{"status":422}'] as const;
  const post = ['POST', `${api}/reset`, ''] as const;
  const get = ['GET', `${api}/journal`, ''] as const;
  const own = () => `localhost:${port}`;

  test.each([
    ['a name that was bound to this machine', () => ({ Host: 'evil.example' })],
    ['a name that begins as ours', () => ({ Host: 'localhost.evil.example' })],
    ['a name that begins as our address', () => ({ Host: `127.0.0.1.evil.example:${port}` })],
    ['a name with our name as its user, which is no host at all', () => ({ Host: 'localhost@evil.example' }), 400],
    ['no name', () => ({ Host: '' })],
    ['its Origin', () => ({ Host: own(), Origin: 'http://evil.example' })],
    ['an Origin of another port', () => ({ Host: own(), Origin: `http://localhost:${port + 1}` })],
    ['an opaque Origin', () => ({ Host: own(), Origin: 'null' })],
    ['Sec-Fetch-Site: cross-site', () => ({ Host: own(), 'Sec-Fetch-Site': 'cross-site' })],
    ['Sec-Fetch-Site: same-site', () => ({ Host: own(), 'Sec-Fetch-Site': 'same-site' })],
    ['a preflight that asks for all', () => ({ Host: own(), Origin: 'http://evil.example', 'Sec-Fetch-Mode': 'cors' })],
  ])('is refused by %s, whatever it sends', async (_, headers, status = 403) => {
    for (const [method, target, body] of [put, post, get, ['OPTIONS', `${api}/reset`, ''] as const]) {
      for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
        const answered = await raw(method, target, { ...headers(), 'Content-Type': type }, body);
        expect([method, answered.status]).toEqual([method, status]);
        expect(answered.body).not.toContain('exchanges');
      }
    }
    expect(await json(`${api}/operations/${operation}/active`)).toEqual({ active: null });
  });

  test('is told nothing that would let it read an answer', async () => {
    const response = await fetch(`${url}${api}/health`, { headers: { Origin: url } });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  test.each(['localhost', '127.0.0.1', '[::1]', 'app.localhost', 'LOCALHOST'])('%s is this machine', async (name) => {
    expect((await raw('GET', `${api}/health`, { Host: `${name}:${port}` })).status).toBe(200);
  });
});

test('what is not JSON is refused, also from here', async () => {
  const response = await fetch(`${url}${api}/operations/${operation}/active`, {
    method: 'PUT',
    headers: { 'Content-Type': 'text/plain' },
    body: '{"status":422}',
  });
  expect(response.status).toBe(415);
});

test('with a token, only who knows it may use the API, and the page may still be opened to give it', async () => {
  const { url: own, end } = await startMock([], { env: { COUNTERPROOF_CONTROL_TOKEN: 'open sesame' } });
  const status = async (authorization?: string) =>
    (await fetch(`${own}${api}/health`, authorization ? { headers: { Authorization: authorization } } : {})).status;
  expect(await status()).toBe(401);
  expect(await status('Bearer open')).toBe(401);
  expect(await status('Bearer open sesame!')).toBe(401);
  expect(await status('Bearer ')).toBe(401);
  expect(await status('Bearer open sesame')).toBe(200);
  expect((await fetch(`${own}/__counterproof/`)).status).toBe(200);
  expect((await fetch(own + path, { headers: key })).status).toBe(200);
  await end('SIGTERM');
});

test('--no-console leaves neither page nor API', async () => {
  const { url: own, out, end } = await startMock(['--no-console']);
  expect((await fetch(`${own}/__counterproof/`)).status).toBe(404);
  expect((await fetch(`${own}${api}/health`)).status).toBe(404);
  expect(out()).not.toMatch(/^ *console /m);
  await end('SIGTERM');
});

describe('--fault', () => {
  test('strikes at the same requests each time, as often as it was told', async () => {
    const statuses = async () => {
      const { url: own, end } = await startMock(['--fault', 'status-server-error:0.3', '--seed', '7']);
      const all = [];
      for (let turn = 0; turn < 40; turn += 1) all.push((await fetch(own + path, { headers: key })).status);
      await end('SIGTERM');
      return all;
    };
    const first = await statuses();
    expect(new Set(first)).toEqual(new Set([200, 500]));
    const struck = first.filter((status) => status === 500).length;
    expect(struck).toBeGreaterThan(4);
    expect(struck).toBeLessThan(22);
    expect(await statuses()).toEqual(first);
  });

  test('with an id that is none ends in one line with the nearest', async () => {
    const { code, out, error } = await run(['mock', '--fault', 'resett']);
    expect([code, out]).toEqual([2, '']);
    expect(error).toMatch(/^counterproof mock: There is no fault "resett"; did you mean "reset".*\n$/);
  });

  test.each(['reset:0', 'reset:2', 'reset:often', ''])('with %j says what it expects', async (value) => {
    const { code, error } = await run(['mock', '--fault', value]);
    expect(code).toBe(2);
    expect(error).toMatch(/--fault expects the id of a fault, and after a colon a probability/);
  });
});

describe('the journal', () => {
  test('holds its bound while very many requests are served', async () => {
    const own = await startMock(['--quiet']);
    const { port: ownPort } = new URL(own.url);
    const each = 1000;
    const message = `GET ${path} HTTP/1.1\r\nHost: localhost\r\nX-Session-API-Key: k\r\n\r\n`;
    // Pipelined, so that the client is not what takes the time.
    await Promise.all(Array.from({ length: 6 }, () => pipeline(Number(ownPort), message, each)));
    const journal = await (await fetch(`${own.url}${api}/journal?limit=1000`)).json();
    expect(journal.last).toBe(each * 6);
    expect(journal.exchanges).toHaveLength(1000);
    expect(journal.dropped).toBe(each * 6 - 1000);
    await own.end('SIGTERM');
  });
});

function pipeline(ownPort: number, message: string, count: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let answered = 0;
    let rest = '';
    const socket = connect(ownPort, '127.0.0.1', () => next());
    const next = () => socket.write(message.repeat(Math.min(50, count - answered)));
    socket.setEncoding('latin1').on('error', reject);
    socket.on('data', (chunk: string) => {
      const parts = (rest + chunk).split('HTTP/1.1 200');
      rest = (parts.at(-1) ?? '').slice(-12);
      answered += parts.length - 1;
      if (answered >= count) {
        socket.destroy();
        resolve();
      } else if (answered % 50 === 0 && parts.length > 1) next();
    });
  });
}

describe('what is built', () => {
  const folder = join(root, 'dist/console');
  const files = existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    : [];

  test('is under 100 KiB, gzipped', () => {
    const sizes = files.map(({ parentPath, name }) => gzipSync(readFileSync(join(parentPath, name))).length);
    expect(files.length).toBeGreaterThan(2);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(100 * 1024);
  });

  test('asks for nothing from elsewhere, and is served with its type and a policy that would not let it', async () => {
    for (const { parentPath, name } of files) {
      const relative = join(parentPath, name).slice(folder.length);
      const response = await fetch(`${url}/__counterproof${relative}`);
      expect(response.status, relative).toBe(200);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*connect-src 'self'/);
      expect(response.headers.get('content-type')).toMatch(/^(text\/(html|css|javascript)|image\/svg\+xml)/);
      const text = await response.text();
      expect(text.match(/(?:src|href|url\(|import)\s*[=(]?\s*["']?https?:/g), relative).toBeNull();
    }
  });
});

test('a webhook is sent to an address of this machine, and what is answered is told', async () => {
  const { url: mock } = await startMock([join(root, 'tests/documents/openapi/webhook.yaml'), '--quiet']);
  const send = async (name: string, to: string) => {
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(`${mock}${api}/webhooks/${name}`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ to }),
    });
    return { status: response.status, body: await response.json() };
  };
  const listed = await (await fetch(`${mock}${api}/webhooks`)).json();
  expect(listed).toEqual({ webhooks: [{ id: 'newPet', method: 'POST', summary: '' }] });
  expect(await send('newPet', `${url}/nothing`)).toEqual({
    status: 200,
    body: { status: 404, violations: ['status 404 is not declared'] },
  });
  expect(await send('newPet', 'http://example.com/')).toMatchObject({ status: 409 });
  expect(await send('oldPet', url)).toMatchObject({ status: 404 });
});
