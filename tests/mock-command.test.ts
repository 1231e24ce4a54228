import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { endAll, freePort, main, runProcess, start, startMock } from './command.js';
import { run } from './program.js';

const key = { headers: { 'X-Session-API-Key': 'any' } };
const path = '/api/user/installations?provider=github';

let folder: string;
const inFolder = (name: string, content: string) => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterproof-'));
});
afterEach(() => {
  endAll();
  rmSync(folder, { recursive: true });
});

/** The smallest document with something to see: one operation that answers with one word. */
const word = (value: string) => `openapi: 3.1.0
info: { title: Words, version: '1' }
paths:
  /word:
    get:
      operationId: word
      responses:
        '200':
          description: A word
          content: { application/json: { schema: { type: string, const: ${value} } } }
`;

describe('which document it is', () => {
  test('is the one of the folder, what comes on standard input, or what an address leads to', async () => {
    inFolder('openapi.yaml', word('found'));
    const found = start(['mock', '--port', '0'], { cwd: folder });
    const [, url = ''] = await found.until(/is mocked on (http:\S+)/);
    expect(await (await fetch(`${url}/word`)).json()).toBe('found');
    // What writes the document may take its time.
    const script =
      'mkfifo "$PIPE"; { sleep 0.5; printf %s "$DOCUMENT"; } >"$PIPE" & exec "$NODE" "$MAIN" mock - --port 0 <"$PIPE"';
    const piped = start(['-c', script], {
      program: ['sh'],
      env: { DOCUMENT: word('piped'), NODE: process.execPath, MAIN: main, PIPE: join(folder, 'pipe') },
    });
    const [, other = ''] = await piped.until(/is mocked on (http:\S+)/);
    expect(piped.out()).toContain('standard input (OpenAPI 3.1.0');
    expect(await (await fetch(`${other}/word`)).json()).toBe('piped');
    const serving = createHttpServer((_request, response) => response.end(word('fetched'))).listen(0, '127.0.0.1');
    await once(serving, 'listening');
    const address = `http://127.0.0.1:${(serving.address() as AddressInfo).port}/openapi.yaml`;
    const fetched = start(['mock', address, '--port', '0'], { cwd: folder });
    const [, third = ''] = await fetched.until(/is mocked on (http:\S+)/);
    expect(fetched.out()).toContain(`document  ${address}`);
    expect(await (await fetch(`${third}/word`)).json()).toBe('fetched');
    serving.close();
    const none = start(['mock', '--port', '0'], { cwd: mkdtempSync(join(folder, 'empty')) });
    await none.until(/built in: there is no openapi\.\* or swagger\.\* here/);
  });
});

describe('what others may do', () => {
  const health = '/__counterproof/api/health';

  test('where others reach the mock, the console asks for a token that was made and printed', async () => {
    const { out, until, end } = start(['mock', '--host', '0.0.0.0', '--port', '0']);
    const [, url = ''] = await until(/is mocked on (http:\S+)/);
    const [, token = ''] = await until(/token +(\S{16}) /);
    expect((await fetch(url + health)).status).toBe(401);
    expect((await fetch(url + health, { headers: { Authorization: `Bearer ${token}` } })).status).toBe(200);
    expect((await fetch(url + path, key)).status).toBe(200);
    expect(out().match(new RegExp(token, 'g'))).toHaveLength(1);
    await end('SIGTERM');
  });

  test('--open-control asks nobody', async () => {
    const { until, out, end } = start(['mock', '--host', '0.0.0.0', '--port', '0', '--open-control']);
    const [, url = ''] = await until(/is mocked on (http:\S+)/);
    expect((await fetch(url + health)).status).toBe(200);
    expect(out()).not.toContain('token');
    await end('SIGTERM');
  });

  test('a request that is longer than the flags say is refused', async () => {
    const { url, end } = await startMock(['--max-body', '100', '--max-header', '2KiB']);
    const send = (body: string, more = {}) =>
      fetch(url + path, { method: 'POST', body, headers: { ...key.headers, ...more } });
    expect((await send('x'.repeat(100))).status).toBe(405);
    expect((await send('x'.repeat(101))).status).toBe(413);
    expect((await send('', { 'X-Long': 'x'.repeat(3000) })).status).toBe(431);
    await end('SIGTERM');
  });
});

describe('starting', () => {
  test('says what is served, from which files, where, and with which seed', async () => {
    const { out, url, end } = await startMock(['--seed', '7']);
    const response = await fetch(url + path, key);
    expect(response.status).toBe(200);
    expect(await response.json()).toBeInstanceOf(Array);
    expect(out()).toContain(`OpenHands 0.53.0 is mocked on ${url}`);
    expect(out()).toMatch(/document +spec\/openhands-installations\.yaml \(OpenAPI 3\.1\.0, 1 operation\)/);
    expect(out()).toMatch(/fixtures +fixtures\/openhands-installations\.yaml/);
    expect(out()).toMatch(/seed +7/);
    await end('SIGTERM');
  });

  test('without a port takes the one that the document names, on localhost and 127.0.0.1', async () => {
    const port = await freePort();
    const file = inFolder('api.yaml', `${word('x')}servers: [{ url: 'http://localhost:${port}' }]\n`);
    const command = start(['mock', file]);
    await command.until(new RegExp(`http://localhost:${port}`));
    for (const host of ['localhost', '127.0.0.1'])
      expect((await fetch(`http://${host}:${port}/word`)).status).toBe(200);
    const second = await runProcess(['mock', file]);
    expect(second).toMatchObject({ code: 2, out: '' });
    expect(second.error).toMatch(new RegExp(`^Port ${port} is in use on 127.0.0.1; .*--port \\d+.*--port 0`));
    expect(second.error.trimEnd()).not.toContain('\n');
  });

  test.each([
    ['a file that is not there', ['nowhere.yaml'], /nowhere\.yaml/],
    ['a folder', ['.'], /./],
    ['fixtures that are not there', ['--fixtures', 'nowhere.yaml'], /nowhere\.yaml/],
    ['an address of another machine', ['--port', '0', '--host', '192.0.2.1'], /Cannot listen on 192\.0\.2\.1/],
  ])('with %s ends with one message and code 2', async (_, args, message) => {
    const { code, out, error } = await run(['mock', ...args]);
    expect([code, out]).toEqual([2, '']);
    expect(error).toMatch(message);
    expect(error).not.toMatch(/^\s+at /m);
    expect(error).not.toContain('bug');
  });

  test('with a document that cannot be used lists all that is wrong, each with its place', async () => {
    const file = inFolder('api.yaml', word('x').replace('openapi: 3.1.0', 'openapi: 3.1.0\n{'));
    const broken = await run(['mock', file]);
    expect(broken).toMatchObject({ code: 2, out: '' });
    expect(broken.error).toMatch(/api\.yaml:\d+:\d+/);
    expect(broken.error).not.toContain('bug');
  });

  test('prints only its address when it is to be quiet', async () => {
    const { out, url, end } = await startMock(['--quiet']);
    await fetch(url + path, key);
    expect((await end('SIGTERM')).out).toBe(`${url}\n`);
    expect(out()).toBe(`${url}\n`);
  });
});

describe('the log', () => {
  test('has one line a request, and one more for each reason of a refusal', async () => {
    const { url, until } = await startMock();
    await fetch(url + path, key);
    await until(/^200 GET \/api\/user\/installations\?provider=github {2}get_user_installations\S+ · .* ms$/m);
    await fetch(`${url}/api/user/installations?provider=GITHUB`, key);
    await until(/^422 GET \/api\/user\/installations\?provider=GITHUB .*\n {4}\S.*(provider|github)/m);
    await fetch(url + path);
    await until(/^401 GET .*\n {4}\S/m);
    await fetch(`${url}/nowhere`);
    await until(/^404 GET \/nowhere .*\n {4}\S/m);
  });

  test('with --json is one object a line', async () => {
    const { url, end } = await startMock(['--json']);
    await fetch(url + path, key);
    await fetch(`${url}/api/user/installations`, key);
    const { out } = await end('SIGTERM');
    const events = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.map(({ event }) => event)).toEqual(['listening', 'request', 'request', 'stopping']);
    expect(events[0]).toMatchObject({ url, seed: 1, operations: 1 });
    expect(events[1]).toMatchObject({ method: 'GET', target: path, status: 200, violations: [] });
    expect(events[2]).toMatchObject({ status: 422, violations: [{ in: 'query', keyword: 'missing' }] });
  });

  test.each(['--json', '--no-watch'])('has no credential of a query, with %s', async (flag) => {
    const scheme = { type: 'apiKey', in: 'query', name: 'api_key' };
    const document = join(mkdtempSync(join(tmpdir(), 'log-')), 'api.json');
    const get = { security: [{ key: [] }], responses: { 204: { description: '' } } };
    const paths = { '/me': { get } };
    const components = { securitySchemes: { key: scheme } };
    writeFileSync(
      document,
      JSON.stringify({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths, components }),
    );
    const { url, end } = await startMock([document, flag]);
    await fetch(`${url}/me?api_key=letmein&page=2`);
    await fetch(`${url}/nowhere?access_token=letmein`);
    const { out } = await end('SIGTERM');
    expect(out).toContain('/me?api_key=***&page=2');
    expect(out).not.toContain('letmein');
  });

  test('may lose its reader, and the mock goes on', async () => {
    const { url, child, end } = await startMock();
    child.stdout?.destroy();
    for (let count = 0; count < 20; count++) expect((await fetch(url + path, key)).status).toBe(200);
    expect(await end('SIGTERM')).toMatchObject({ code: 0, error: '' });
  });
});

describe('the same seed', () => {
  const bodies = async (...args: string[]) => {
    const { url, end } = await startMock(args);
    const providers = ['github', 'gitlab', 'bitbucket', 'enterprise_sso'];
    const texts = await Promise.all(
      providers.map(async (provider) =>
        (await fetch(`${url}/api/user/installations?provider=${provider}`, key)).text(),
      ),
    );
    await end('SIGTERM');
    return texts;
  };

  test('gives the same bytes after a restart, and another seed others', async () => {
    const [first, again, other] = await Promise.all([
      bodies('--seed', '1'),
      bodies('--seed', '1'),
      bodies('--seed', '2'),
    ]);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(new Set(first).size).toBe(4);
  });
});

describe('ending', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('on %s finishes what has begun and ends with 0', async (signal) => {
    const fixtures = inFolder(
      'slow.yaml',
      'operations:\n  word:\n    cases:\n      slow: { status: 200, delay: 600, body: late }\n',
    );
    const file = inFolder('api.yaml', word('late'));
    const { url, until, end } = await startMock([file, '--fixtures', fixtures]);
    const pending = fetch(`${url}/word`, { headers: { Prefer: 'example=slow' } });
    await until(/^200 GET/m);
    const ended = await end(signal);
    expect(await (await pending).json()).toBe('late');
    expect(ended).toMatchObject({ code: 0, error: '' });
  });
});

test('a second signal ends it at once', async () => {
  const fixtures = inFolder(
    'slow.yaml',
    'operations:\n  word:\n    cases:\n      slow: { status: 200, delay: 60000, body: late }\n',
  );
  const file = inFolder('api.yaml', word('late'));
  const { url, child, until, end } = await startMock([file, '--fixtures', fixtures]);
  const pending = fetch(`${url}/word`, { headers: { Prefer: 'example=slow' } }).catch((error: Error) => error);
  await until(/^200 GET/m);
  child.kill('SIGTERM');
  await until(/SIGTERM: finishing/);
  // One that comes at once is taken for the same signal, which npm passed on.
  const again = setInterval(() => child.kill('SIGTERM'), 50);
  expect(await end()).toMatchObject({ code: 143 });
  clearInterval(again);
  expect(await pending).toBeInstanceOf(Error);
});

test.skipIf(process.platform === 'win32')('started by npm, it ends when npm is ended', async () => {
  const npm = start(['run', '--silent', 'start', '--', '--port', '0'], { program: ['npm'] });
  const [url] = await npm.until(/http:\/\/localhost:\d+/);
  npm.child.kill('SIGTERM');
  await expect.poll(() => fetch(url).then(String, () => 'gone')).toBe('gone');
});

test('several documents have one port, each its own fixtures, and one that is broken is served as it was', async () => {
  const paths = ['one', 'two'].map((name) => {
    const text = word(name).replaceAll('operationId: word', 'operationId: say');
    return inFolder(`${name}.yaml`, text.replace('paths:', `servers: [{ url: /${name} }]\npaths:`));
  });
  const [one = '', two = ''] = paths;
  inFolder(
    'two.fixtures.yaml',
    'operations: { say: { cases: { off: { when: { query: { q: x } }, status: 503, offContract: true } } } }',
  );
  const { url, until, out } = await startMock([one, two, '--watch']);
  const said = async (at: string) => (await fetch(`${url}${at}`)).text();
  expect([await said('/one/word'), await said('/two/word')]).toEqual(['"one"', '"two"']);
  expect((await fetch(`${url}/two/word?q=x`)).status).toBe(503);
  expect(out()).toMatch(/document +\S*two\.yaml \(OpenAPI 3\.1\.0, 1 operation, under \/two\)/);
  inFolder('two.yaml', 'openapi: [');
  await until(/It is served as it was before/);
  inFolder('one.yaml', word('changed').replace('paths:', 'servers: [{ url: /one }]\npaths:'));
  await until(/one\.yaml has changed/);
  expect([await said('/one/word'), await said('/two/word')]).toEqual(['"changed"', '"two"']);
});

test('a case that is saved, and a row that is changed, is of the document of its operation', async () => {
  const things = {
    type: 'object',
    required: ['id', 'name'],
    properties: { id: { type: 'integer' }, name: { type: 'string' } },
  };
  const answering = (schema: object) => ({
    responses: { 200: { description: '', content: { 'application/json': { schema } } } },
  });
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
  const paths = {
    '/things': { get: answering({ type: 'array', items: things }) },
    '/things/{id}': { get: { operationId: 'getThing', parameters: [id], ...answering(things) } },
  };
  const files = ['v1', 'v2'].map((version) => {
    const served = {
      openapi: '3.1.0',
      info: { title: version, version: '1' },
      servers: [{ url: `/${version}` }],
      paths,
    };
    return inFolder(`${version}.json`, JSON.stringify(served));
  });
  const { url } = await startMock(files);
  const api = (method: string, path: string, body: object) =>
    fetch(`${url}/__counterproof/api/${path}`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  const name = async (path: string) => (await (await fetch(url + path)).json()).name;
  const before = await name('/v1/things/2');

  const answer = { when: { path: { id: 7 } }, body: { id: 7, name: 'seven' } };
  const saved = await api('POST', 'operations/v2.getThing/cases', { name: 'seven', case: answer, save: true });
  expect((await saved.json()).file).toMatch(/v2\.fixtures\.yaml$/);
  expect(existsSync(join(folder, 'v1.fixtures.yaml'))).toBe(false);
  expect(readFileSync(join(folder, 'v2.fixtures.yaml'), 'utf8')).toMatch(/^operations:\n {2}getThing:\n {4}cases:\n/);
  expect([await name('/v1/things/7'), await name('/v2/things/7')]).toEqual([
    expect.not.stringMatching('seven'),
    'seven',
  ]);

  const { collections } = await (await fetch(`${url}/__counterproof/api/collections`)).json();
  const ofSecond = collections.find(({ path }: { path: string }) => path === '/v2/things');
  await api('PUT', `collections/${ofSecond.name}/rows?key=2`, { row: { id: 2, name: 'two' } });
  expect([await name('/v1/things/2'), await name('/v2/things/2')]).toEqual([before, 'two']);
});

describe('watching', () => {
  test('the configuration is named and followed, and what counts from the start is said', async () => {
    inFolder('openapi.yaml', word('first'));
    inFolder('other.yaml', word('second'));
    const said = (document: string, port: number) =>
      inFolder('counterproof.config.json', JSON.stringify({ document, mock: { port } }));
    said('openapi.yaml', 0);
    const { until, out } = start(['mock', '--watch'], { cwd: folder });
    const [url] = await until(/http:\/\/localhost:\d+/);
    await until(/watched +document, fixtures and configuration/);
    expect(out()).toMatch(/config +counterproof\.config\.json/);
    said('other.yaml', 1);
    await until(/--port of counterproof\.config\.json: counts when the mock is started again/);
    await until(/counterproof\.config\.json has changed/);
    expect(await (await fetch(`${url}/word`)).json()).toBe('second');
    inFolder('counterproof.config.json', '{ "documnt": 1 }');
    await until(/"documnt" is not known here/);
    expect(await (await fetch(`${url}/word`)).json()).toBe('second');
  });

  const asked = async (url: string) => (await fetch(`${url}/word`)).json();

  test('follows the document, keeps the last good one over a broken save, and says both', async () => {
    const file = inFolder('api.yaml', word('one'));
    const { url, until } = await startMock([file, '--watch']);
    expect(await asked(url)).toBe('one');

    writeFileSync(`${file}.swp`, word('two'));
    renameSync(`${file}.swp`, file);
    await until(/has changed: 1 operation/);
    expect(await asked(url)).toBe('two');

    writeFileSync(file, 'openapi: 3.1.0\npaths: [');
    await until(/The last save cannot be used.*\n +\S*api\.yaml:\d+:\d+/);
    expect(await asked(url)).toBe('two');

    writeFileSync(file, word('three'));
    await until(/is mended: 1 operation/);
    expect(await asked(url)).toBe('three');
  });

  test('keeps the last good document while it is gone, and while half of it is written', async () => {
    const file = inFolder('api.yaml', word('one'));
    const { url, until } = await startMock([file, '--watch']);
    rmSync(file);
    await until(/The last save cannot be used[\s\S]*api\.yaml/);
    expect(await asked(url)).toBe('one');
    writeFileSync(file, word('two'));
    await until(/is mended: 1 operation/);
    expect(await asked(url)).toBe('two');
    // A beginning may be a document as well, of less; whatever it is, each request gets its answer.
    const whole = word('three');
    for (const length of [0, 10, Math.floor(whole.length / 2), whole.length - 12]) {
      writeFileSync(file, whole.slice(0, length));
      await (await fetch(`${url}/word`)).text();
    }
    writeFileSync(file, whole);
    await expect.poll(() => asked(url)).toBe('three');
  });

  test('follows files that the document refers to', async () => {
    const file = inFolder('api.yaml', word('x').replace('{ type: string, const: x }', '{ $ref: word.yaml }'));
    const schema = inFolder('word.yaml', 'const: one\n');
    const { url, until } = await startMock([file, '--watch']);
    expect(await asked(url)).toBe('one');
    writeFileSync(schema, 'const: two\n');
    await until(/✓ \S*word\.yaml has changed/);
    expect(await asked(url)).toBe('two');

    writeFileSync(file, word('x').replace('{ type: string, const: x }', '{ $ref: other.yaml }'));
    await until(/There is no file .*other\.yaml/);
    inFolder('other.yaml', 'const: three\n');
    await until(/(?:has changed[\s\S]*){3}/);
    expect(await asked(url)).toBe('three');
  });

  test('is off when nobody sits at a terminal, and says so', async () => {
    const file = inFolder('api.yaml', word('one'));
    const [{ url, out }, follower] = await Promise.all([startMock([file]), startMock([file, '--watch'])]);
    writeFileSync(file, word('two'));
    await follower.until(/has changed/);
    expect(await asked(url)).toBe('one');
    expect(out()).not.toContain('has changed');
    expect(out()).toMatch(/watched +nothing \(--watch reads files again when they change\)/);
    expect(follower.out()).toMatch(/watched +document and fixtures/);
  });
});

test('a request with much to read holds up no other one', async () => {
  const form = { 'application/x-www-form-urlencoded': { schema: { additionalProperties: { type: 'string' } } } };
  const document = inFolder(
    'forms.json',
    JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'Forms', version: '1' },
      paths: {
        '/form': { post: { requestBody: { content: form }, responses: { 204: { description: 'Taken' } } } },
        '/word': { get: { responses: { 204: { description: 'Nothing' } } } },
      },
    }),
  );
  const { url } = await startMock([document, '--quiet']);
  const body = Array.from({ length: 99_999 }, (_, index) => `k${index}=v${index}`).join('&');
  let isAnswered = false;
  const long = new Promise<number | undefined>((resolve, reject) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const asked = request(`${url}/form`, { method: 'POST', headers }, (response) => {
      isAnswered = true;
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', reject);
    asked.end(body);
  });
  let others = 0;
  while (!isAnswered) {
    expect((await fetch(`${url}/word`)).status).toBe(204);
    if (!isAnswered) others += 1;
  }
  expect(await long).toBe(204);
  // Where it is read in between, there is room for one or two before it has come, and none after.
  expect(others).toBeGreaterThan(20);
});
