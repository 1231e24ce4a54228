import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, createLogger, createServer, preview } from 'vite';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import counterproof, { type VitePluginOptions } from '../src/host/vite/index.js';
import { browserPath, browserReason, launch } from './browser.js';
import { root as project } from './command.js';

const folder = mkdtempSync(join(tmpdir(), 'counterproof-vite-'));
const root = join(folder, 'app');
const document = '../openapi.yaml';

const thing = (path: string, value: string) => `openapi: 3.1.0
info: { title: t, version: '1' }
paths:
  ${path}:
    get:
      operationId: getThing
      parameters: [{ name: limit, in: query, schema: { type: integer } }]
      responses: { '200': { description: '', content: { application/json: { schema: { const: ${value} } } } } }
`;

beforeAll(() => {
  mkdirSync(root);
  writeFileSync(
    join(root, 'index.html'),
    '<!doctype html><title>The page</title><script type="module" src="/main.js"></script>',
  );
  writeFileSync(join(root, 'main.js'), 'console.log("The script");');
});
afterAll(() => rmSync(folder, { recursive: true }));

const running: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

async function start(options: Partial<VitePluginOptions> = {}) {
  const said: string[] = [];
  const customLogger = createLogger('info');
  for (const level of ['info', 'warn', 'error'] as const) {
    customLogger[level] = (message) => {
      said.push(message);
    };
  }
  const server = await createServer({
    root,
    configFile: false,
    customLogger,
    server: { port: 0, host: '127.0.0.1' },
    plugins: [counterproof({ document, ...options })],
  });
  running.push(server);
  await server.listen();
  const [base = ''] = server.resolvedUrls?.local ?? [];
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(base.replace(/\/$/, '') + path, { headers });
    return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() };
  };
  return { get, said, base, server };
}

test("the document's paths are answered, and all others are Vite's", async () => {
  writeFileSync(join(folder, 'openapi.yaml'), thing('/things', 'one'));
  const { get, said } = await start();
  expect(await get('/things')).toMatchObject({ status: 200, text: '"one"' });
  expect((await get('/')).text).toContain('The page');
  expect((await get('/main.js')).text).toContain('The script');
  expect((await get('/things?limit=many')).status).toBe(422);
  expect(said.join('\n')).toContain('GET /things?limit=many 422 · query limit:');
});

test('what a browser loads to show a page is Vite’s, even where a template fits it', async () => {
  writeFileSync(
    join(folder, 'openapi.yaml'),
    thing('/{owner}', 'owner')
      .replace('name: limit, in: query', 'name: owner, in: path, required: true')
      .replace('integer', 'string'),
  );
  const { get } = await start();
  expect((await get('/main.js', { 'sec-fetch-dest': 'script' })).text).toContain('The script');
  expect((await get('/anything', { 'sec-fetch-dest': 'document', accept: 'text/html' })).text).toContain('The page');
  expect((await get('/anything', { 'sec-fetch-dest': 'empty' })).text).toBe('"owner"');
});

test('the document is followed, and a broken one leaves the last good one in place', async () => {
  const file = join(folder, 'openapi.yaml');
  writeFileSync(file, thing('/things', 'before'));
  const { get, said } = await start();
  expect((await get('/things')).text).toBe('"before"');
  writeFileSync(file, 'openapi: [');
  await vi.waitFor(
    () => expect(said.join('\n')).toContain('The last good document stays:\n../openapi.yaml:1'),
    300_000,
  );
  expect((await get('/things')).text).toBe('"before"');
  writeFileSync(file, thing('/things', 'after'));
  await vi.waitFor(async () => expect((await get('/things')).text).toBe('"after"'), 300_000);
});

test('fixtures beside the document are found and followed, and one that is named and missing is one line', async () => {
  writeFileSync(join(folder, 'beside.yaml'), thing('/api/beside', 'text'));
  const { get } = await start({ document: '../beside.yaml' });
  expect((await get('/api/beside')).status).toBe(200);
  const cases = 'cases: { gone: { description: It is gone., request: true, status: 404, offContract: true } }';
  writeFileSync(join(folder, 'beside.fixtures.yaml'), `operations: { getThing: { ${cases} } }`);
  await vi.waitFor(async () => expect((await get('/api/beside')).status).toBe(404), 300_000);
  await expect(start({ fixtures: 'missing.yaml' })).rejects.toThrow(
    expect.objectContaining({
      stack: expect.stringMatching(/^counterproof: Failed to read the fixtures .*missing.yaml: there is no such file$/),
    }),
  );
  for (const wrong of [{ only: ['nothing'] }, { proxy: 'localhost:80' }])
    await expect(start(wrong)).rejects.toThrow(
      expect.objectContaining({ stack: expect.not.stringContaining('  at ') }),
    );
});

test('the console and its API are there, can be switched off, and can demand a token', async () => {
  writeFileSync(join(folder, 'openapi.yaml'), thing('/things', 'one'));
  const { get, base } = await start();
  expect(JSON.parse((await get('/__counterproof/api/health')).text)).toMatchObject({ status: 'ok', operations: 1 });
  expect((await get('/__counterproof/')).type).toContain('text/html');
  await fetch(`${base}__counterproof/api/operations/getThing/active`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: '{"fault":"status-server-error"}',
  });
  expect((await get('/things')).status).toBe(500);
  expect((await get('/things', { 'counterproof-session': 'other' })).status).toBe(200);
  const guarded = await start({ token: 'secret' });
  expect((await guarded.get('/__counterproof/api/health')).status).toBe(401);
  const without = await start({ console: false });
  expect((await without.get('/__counterproof/api/health')).text).toContain('The page');
});

test('says where the console is, below its own addresses', async () => {
  writeFileSync(join(folder, 'openapi.yaml'), thing('/things', 'one'));
  const { said, server, base } = await start();
  server.printUrls();
  expect(said.at(-1)).toBe(`  ➜  Mock:    ${base}__counterproof/`);
});

test('fits an app: under a prefix, without credentials, for some operations', async () => {
  const locked = `${thing('/things', 'one')}security: [{ key: [] }]
components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key } } }
`;
  writeFileSync(join(folder, 'openapi.yaml'), locked);
  const { get } = await start({ prefix: '/api', auth: 'off' });
  expect(await get('/api/things?limit=1')).toMatchObject({ status: 200, text: '"one"' });
  expect(await get('/api/others')).toMatchObject({ status: 404, type: expect.stringContaining('json') });
  expect((await get('/others')).text).toContain('The page');
  const locking = await start({ except: ['getThing'] });
  expect((await locking.get('/things')).text).toContain('The page');
  await expect(start({ only: ['getThings'] })).rejects.toThrow(/did you mean.*getThing/i);
});

test('the real server answers what is not the mock’s, and what it says is held against the document', async () => {
  const paths = thing('/things', 'one').replace('paths:', () => `paths:${thing('/others', 'two').split('paths:')[1]}`);
  writeFileSync(join(folder, 'openapi.yaml'), paths.replace('getThing', 'getOther'));
  const real = createHttpServer((_, response) => response.setHeader('Content-Type', 'application/json').end('"real"'));
  await once(real.listen(0, '127.0.0.1'), 'listening');
  const { get, said } = await start({
    proxy: `http://127.0.0.1:${(real.address() as AddressInfo).port}`,
    only: ['getThing'],
  });
  expect([(await get('/things')).text, (await get('/others')).text]).toEqual(['"one"', '"real"']);
  await vi.waitFor(
    () => expect(said.join('\n')).toMatch(/GET \/others 200 · .*must be equal to|GET \/others 200 · .*two/),
    300_000,
  );
  real.close();
  // With nothing said of operations the mock answers what that server does not have.
  const gone = await start({ proxy: 'http://127.0.0.1:9' });
  expect((await gone.get('/others')).text).toBe('"two"');
});

test.skipIf(browserPath === null)(
  `the page is told what it did wrong, and reloaded when answers change${browserReason}`,
  async () => {
    writeFileSync(join(folder, 'told.yaml'), thing('/things', 'one'));
    const { base } = await start({ document: '../told.yaml' });
    const page = await (await launch()).newPage();
    await page.goto(base);
    const warned = page.waitForEvent('console', (message) => message.text().includes('query limit'));
    // The page's socket may come after the page.
    await vi.waitFor(async () => {
      await page.evaluate(() => fetch('/things?limit=many'));
      await Promise.race([warned, new Promise((_, fail) => setTimeout(() => fail(new Error('not yet')), 500))]);
    }, 300_000);
    expect((await warned).text()).toMatch(
      /^counterproof: GET \/things\?limit=many 422 · query limit: must be an integer/,
    );
    const loaded = page.waitForEvent('load', { timeout: 60_000 });
    const cases = 'cases: { gone: { request: true, status: 404, offContract: true } }';
    writeFileSync(join(folder, 'told.fixtures.yaml'), `operations: { getThing: { ${cases} } }`);
    await loaded;
    expect(await page.evaluate(async () => (await fetch('/things')).status)).toBe(404);
    await page.close();
  },
);

test('without a document it has those of the configuration, which is followed; one that breaks stays as it was', async () => {
  const file = join(root, 'counterproof.config.json');
  const say = (value: object) => writeFileSync(file, JSON.stringify(value));
  const based = (name: string) => thing('/things', name).replace('paths:', `servers: [{ url: /${name} }]\npaths:`);
  for (const name of ['one', 'two']) writeFileSync(join(folder, `${name}.yaml`), based(name));
  say({ document: ['../one.yaml', '../two.yaml'] });
  try {
    const { get, said } = await start({ document: undefined });
    expect([(await get('/one/things')).text, (await get('/two/things')).text]).toEqual(['"one"', '"two"']);
    writeFileSync(join(folder, 'two.yaml'), 'openapi: [');
    writeFileSync(
      join(folder, 'one.yaml'),
      thing('/things', 'changed').replace('paths:', 'servers: [{ url: /one }]\npaths:'),
    );
    await vi.waitFor(async () => expect((await get('/one/things')).text).toBe('"changed"'), { timeout: 300_000 });
    expect((await get('/two/things')).text).toBe('"two"');
    say({ document: '../one.yaml', prefix: '/moved' });
    // Vite's own page is answered with 200 too.
    await vi.waitFor(async () => expect((await get('/moved/things')).text).toBe('"changed"'), { timeout: 300_000 });
    say({ documnt: 1 });
    await vi.waitFor(() => expect(said.join('\n')).toContain('names no document'), { timeout: 300_000 });
    expect((await get('/moved/things')).text).toBe('"changed"');
  } finally {
    rmSync(file);
  }
});

test('handlers are followed', async () => {
  writeFileSync(join(folder, 'handled.yaml'), thing('/things', 'one'));
  mkdirSync(join(folder, 'handled'));
  const file = join(folder, 'handled/things.mjs');
  const answering = (status: number | string) =>
    `export default { getThing: () => ({ status: ${status}, offContract: true }) };`;
  writeFileSync(file, answering(404));
  const { get, said } = await start({ document: '../handled.yaml', handlers: '../handled' });
  expect((await get('/things')).status).toBe(404);
  const answers = (status: number) =>
    vi.waitFor(async () => expect((await get('/things')).status).toBe(status), 300_000);
  writeFileSync(file, answering(410));
  await answers(410);
  const imported = join(folder, 'status.mjs');
  writeFileSync(imported, 'export default 503;');
  writeFileSync(file, `import status from '../status.mjs';\n${answering('status')}`);
  await answers(503);
  // Whether what is imported is another module then depends on Node (docs/handlers.md).
  const readings = () => said.filter((line) => line.includes('was read again')).length;
  const before = readings();
  writeFileSync(imported, 'export default 409;');
  await vi.waitFor(() => expect(readings()).toBeGreaterThan(before), 300_000);
});

const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

test('a restart follows the document once more, not twice, and nothing goes on after the end', async () => {
  const file = join(folder, 'openapi.yaml');
  writeFileSync(file, thing('/things', 'one'));
  const before = timers();
  const { get, said, server } = await start();
  for (let time = 0; time < 2; time += 1) await server.restart();
  writeFileSync(file, thing('/things', 'two'));
  await vi.waitFor(async () => expect((await get('/things')).text).toBe('"two"'), 300_000);
  await server.close();
  expect(said.filter((line) => line.includes('was read again'))).toHaveLength(1);
  expect(timers()).toBeLessThanOrEqual(before);
});

test('in the middle of another server its end ends what the console listens to', async () => {
  writeFileSync(join(folder, 'openapi.yaml'), thing('/things', 'one'));
  const vite = await createServer({
    root,
    configFile: false,
    logLevel: 'silent',
    server: { middlewareMode: true, ws: false },
    plugins: [counterproof({ document })],
  });
  const server = createHttpServer(vite.middlewares).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stream = await fetch(`${url}/__counterproof/api/journal/stream`);
  await vite.close();
  await expect(stream.text()).rejects.toThrow('terminated');
  server.close();
  await once(server, 'close');
});

test('what is wrong with the document is said when Vite starts', async () => {
  await expect(start({ document: '../opanapi.yaml' })).rejects.toThrow(/no file .*opanapi\.yaml\n.*openapi\.yaml/);
});

test('the preview answers too', async () => {
  const spec = join(project, 'spec/openhands-installations.yaml');
  const config = {
    root,
    configFile: false as const,
    logLevel: 'silent' as const,
    plugins: [counterproof({ document: spec })],
  };
  await build(config);
  const server = await preview({ ...config, preview: { port: 0, host: '127.0.0.1' } });
  running.push(server);
  const [base = ''] = server.resolvedUrls?.local ?? [];
  const headers = { 'X-Session-API-Key': 'k' };
  expect((await fetch(`${base}api/user/installations?provider=github`, { headers })).status).toBe(200);
  expect(await (await fetch(base)).text()).toContain('The page');
  expect(readFileSync(join(root, 'dist/index.html'), 'utf8')).toContain('The page');
});
