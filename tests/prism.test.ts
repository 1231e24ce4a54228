import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endAll, freePort, root, start } from './command.js';
import { startPrism } from './prism/server.js';

const document = join(root, 'tests/prism/openapi.yaml');

/** Ours with the arguments of Prism's command: it says what Prism says when it listens. */
async function startOurs(...args: readonly string[]): Promise<string> {
  const port = await freePort();
  const running = start([...args, '-p', String(port), '--compat', 'prism']);
  await running.until(/Prism is listening/);
  return `http://127.0.0.1:${port}`;
}

const ends: (() => void)[] = [];
async function startTheirs(...options: Parameters<typeof startPrism>): Promise<string> {
  const { url, end } = await startPrism(...options);
  ends.push(end);
  return url;
}

const urls = { prism: '', ours: '', strictPrism: '', strictOurs: '' };
beforeAll(async () => {
  const args = ['mock', document, '-h', '127.0.0.1', '-v', 'warn'];
  [urls.ours, urls.strictOurs, urls.prism, urls.strictPrism] = await Promise.all([
    startOurs(...args),
    startOurs(...args, '--errors'),
    startTheirs(document),
    startTheirs(document, { errors: true }),
  ]);
});
afterAll(() => {
  for (const end of ends) end();
  endAll();
});

const namesOfFields = [
  'content-type',
  'sl-violations',
  'deprecation',
  'www-authenticate',
  'x-total',
  'x-page',
  'access-control-allow-origin',
];

/** What a client sees of an answer. */
async function seen(url: string, target: string, init: RequestInit, names = namesOfFields) {
  const response = await fetch(url + target, init);
  const headers = Object.fromEntries(names.map((name) => [name, response.headers.get(name)]));
  // A charset of a text is what Prism's server adds.
  const type = headers['content-type']?.replace(/; *charset=utf-8$/i, '') ?? null;
  return { status: response.status, headers: { ...headers, 'content-type': type }, body: await response.text() };
}

const json = (body: unknown): RequestInit => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'Content-Type': 'application/json' },
});
const form = (body: string): RequestInit => ({
  method: 'POST',
  body,
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
});
const withHeaders = (headers: Record<string, string>, method = 'GET'): RequestInit => ({ method, headers });

const requests: readonly (readonly [target: string, init?: RequestInit])[] = [
  ['/articles?limit=3'],
  ['/articles?limit=3', withHeaders({ Accept: 'application/json' })],
  ['/articles?limit=3', withHeaders({ Accept: 'application/json; charset=utf-8' })],
  ['/articles?limit=3', withHeaders({ Accept: 'text/plain' })],
  ['/articles?limit=3', withHeaders({ Accept: 'application/xml' })],
  ['/articles?limit=3', withHeaders({ Accept: 'text/html, application/xml;q=0.5, text/plain;q=0.7' })],
  ['/articles?limit=3', withHeaders({ Accept: 'image/png' })],
  ['/articles?limit=3&oldName=a'],
  ['/articles'],
  ['/articles?limit=0'],
  ['/articles?limit=99&colour=green'],
  ['/articles?limit=many'],
  ['/articles?limit=3&colour='],
  ['/articles?limit='],
  ['/articles?limit=3', withHeaders({ 'X-Trace': 'ab' })],
  ['/articles?limit=3', withHeaders({ Prefer: 'code=404' })],
  ['/articles?limit=3', withHeaders({ Prefer: 'code=abc' })],
  ['/articles?limit=3', withHeaders({ Prefer: 'dynamic=maybe' })],
  ['/articles?limit=3&__code=200'],
  ['/articles?limit=3&__server=https://eu.shop.test/v1'],
  ['/articles?limit=3&__server=https://xx.shop.test/v1'],
  ['/articles', json({ id: 1, name: 'chair' })],
  ['/articles', json({ id: 1, name: 'Chair' })],
  ['/articles', json({ id: 'one', name: 'chair', more: true })],
  ['/articles', json({ name: 'chair', tags: ['a', 'a'] })],
  ['/articles', json([])],
  ['/articles', { method: 'POST' }],
  ['/articles', { ...json({}), headers: { 'Content-Type': 'text/plain' } }],
  ['/articles?__example=wrong', json({ id: 1, name: 'chair' })],
  ['/articles?__example=none', json({ id: 1, name: 'chair' })],
  ['/articles?__code=422&__example=second', json({})],
  ['/articles?__code=201&__example=chair', json({})],
  ['/articles', { ...json({}), headers: { 'Content-Type': 'application/json', Prefer: 'code=422, example=second' } }],
  ['/articles/5'],
  ['/articles/five'],
  ['/articles/5', withHeaders({ Prefer: 'code=418' })],
  ['/articles/5', withHeaders({ Prefer: 'code=203' })],
  ['/articles/5', { method: 'HEAD' }],
  ['/articles/5', { method: 'PUT' }],
  ['/articles/5', { method: 'DELETE' }],
  ['/articles/5', withHeaders({ Authorization: 'Basic dGVzdDp0ZXN0' }, 'DELETE')],
  ['/articles/5', withHeaders({ Authorization: 'Basic abc' }, 'DELETE')],
  ['/articles/5', withHeaders({ Authorization: 'Bearer abc' }, 'DELETE')],
  ['/articles/5', withHeaders({ Authorization: 'Other abc' }, 'DELETE')],
  ['/articles/mine'],
  ['/articles/mine', withHeaders({ 'X-Key': 'k' })],
  ['/form', form('size=3&note=abc')],
  ['/form', form('size=three')],
  ['/form', form('note=long')],
  ['/form', json({})],
  ['/form', { method: 'POST' }],
  ['/things'],
  ['/nowhere'],
  ['/articles?limit=3', withHeaders({ Origin: 'https://page.test' })],
];

describe('what Prism answers is answered with --compat prism', () => {
  test.each(requests.map(([target, init = {}]) => [`${init.method ?? 'GET'} ${target}`, target, init] as const))(
    '%s',
    async (_, target, init) => {
      expect(await seen(urls.ours, target, init)).toEqual(await seen(urls.prism, target, init));
      expect(await seen(urls.strictOurs, target, init)).toEqual(await seen(urls.strictPrism, target, init));
    },
  );
});

describe('what Prism says as a proxy is said with --compat prism', () => {
  const upstream = createHttpServer(({ url = '', method }, response) => {
    const found = Object.entries(answers).find(([start]) => url.startsWith(start))?.[1];
    const { status = 200, body = '{}', type = 'application/json' } = method === 'GET' && found ? found : {};
    response.writeHead(status, { 'Content-Type': type }).end(body);
  });
  const answers: Record<string, { status?: number; body?: string; type?: string }> = {
    '/articles?limit=1': { body: '[{"id":1,"name":"chair"}]' },
    '/articles?limit=2': { body: '[{"id":"one"}]' },
    '/articles?limit=3': { body: 'a text', type: 'text/html' },
    '/articles?limit=4': { status: 418, body: '[]' },
    '/articles/5': { status: 501 },
    '/nowhere': { body: '{"any":"thing"}' },
  };
  const proxies = { prism: '', ours: '', strictPrism: '', strictOurs: '' };
  beforeAll(async () => {
    await new Promise<void>((resolve) => void upstream.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
    const args = ['proxy', document, url];
    [proxies.ours, proxies.strictOurs, proxies.prism, proxies.strictPrism] = await Promise.all([
      startOurs(...args),
      startOurs(...args, '--errors'),
      startTheirs(document, { upstream: new URL(url) }),
      startTheirs(document, { upstream: new URL(url), errors: true }),
    ]);
  });
  afterAll(() => void upstream.close());

  const passed: readonly (readonly [target: string, init?: RequestInit])[] = [
    ['/articles?limit=1'],
    ['/articles?limit=2'],
    ['/articles?limit=3'],
    ['/articles?limit=4'],
    ['/articles?limit=0'],
    ['/articles/5'],
    ['/articles/mine'],
    ['/articles', json({ id: 1 })],
    ['/nowhere'],
  ];
  test.each(passed.map(([target, init = {}]) => [`${init.method ?? 'GET'} ${target}`, target, init] as const))(
    '%s',
    async (_, target, init) => {
      const told = (url: string) => seen(url, target, init, ['content-type', 'sl-violations']);
      expect(await told(proxies.ours)).toEqual(await told(proxies.prism));
      expect(await told(proxies.strictOurs)).toEqual(await told(proxies.strictPrism));
    },
  );
});
