import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { flags as everyFlag, type Flag } from '../src/cli/flags/index.js';
import { serveFlags } from '../src/cli/flags/serve.js';
import { endAll, root, startMock } from './command.js';
import { run } from './program.js';

const schema = { type: 'object', additionalProperties: true };
const content = {
  'application/json': { schema },
  'multipart/form-data': { schema },
  'application/x-www-form-urlencoded': { schema },
};
const document = JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'Anything', version: '1' },
  paths: {
    '/anything': {
      post: { requestBody: { content }, responses: { 204: { description: 'Taken' } } },
      get: {
        responses: { 200: { description: 'Some', content: { 'application/json': { schema: { type: 'array' } } } } },
      },
    },
  },
});

let folder: string;
let file: string;
let port: number;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'counterproof-'));
  file = join(folder, 'openapi.json');
  writeFileSync(file, document);
  const limits = { body: 2000, header: 2000, depth: 5, members: 7, parts: 3 };
  const flags = Object.entries(limits).flatMap(([name, most]) => [`--max-${name}`, `${most}`]);
  const mock = await startMock([file, ...flags, '--request-timeout', '1s', '--no-watch']);
  port = Number(new URL(mock.url).port);
});
afterAll(() => {
  endAll();
  rmSync(folder, { recursive: true });
});

/** The status of what is answered to these bytes. */
async function statusOf(...pieces: string[]): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  for (const piece of pieces) socket.write(piece);
  const [first] = await once(socket, 'data');
  socket.destroy();
  return Number(/^HTTP\/1.1 (\d+)/.exec(String(first))?.[1]);
}

const post = (body: string, type = 'application/json', ...fields: string[]) =>
  [
    'POST /anything HTTP/1.1',
    'Host: x',
    `Content-Type: ${type}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...fields,
    '',
    body,
  ].join('\r\n');

const withBody = (text: string, type?: string) => statusOf(post(text, type));
const boundary = 'multipart/form-data; boundary=b';
const part = (at: number) => `--b\r\nContent-Disposition: form-data; name="p${at}"\r\n\r\nx\r\n`;
const form = (count: number) => Array.from({ length: count }, (_, at) => `a${at}=1`).join('&');

describe('a limit of mock is met by what has so much, and one more is refused', () => {
  test.each<[flag: string, most: number, refused: number, send: (size: number) => Promise<number>]>([
    ['max-body', 2000, 413, (size) => withBody(`{"a":"${'x'.repeat(size - 8)}"}`)],
    ['max-depth', 5, 413, (size) => withBody(`{"a":${'['.repeat(size - 1)}${']'.repeat(size - 1)}}`)],
    ['max-members', 7, 413, (size) => withBody(`{"a":[${Array(size - 1).fill(1)}]}`)],
    ['max-members', 7, 413, (size) => withBody(form(size), 'application/x-www-form-urlencoded')],
    [
      'max-parts',
      3,
      413,
      (size) => withBody(`${Array.from({ length: size }, (_, at) => part(at)).join('')}--b--\r\n`, boundary),
    ],
  ])('--%s (%i, %i)', async (_flag, most, refused, send) => {
    expect([await send(most), await send(most + 1)]).toEqual([204, refused]);
  });

  test('--max-header', async () => {
    const head = (size: number) => {
      const rest = 'POST /anything HTTP/1.1\r\nHost: x\r\nX: \r\n\r\n';
      return statusOf(rest.replace('X: ', `X: ${'x'.repeat(size - rest.length)}`));
    };
    // Node counts what stands between names and values in some versions, and not in others: two bytes a field, and the line.
    expect([await head(2000), await head(2000 + 60)]).toEqual([204, 431]);
  });

  test('--request-timeout', async () => {
    expect(await statusOf(post('{}'))).toBe(204);
    expect(await statusOf(post('{}').slice(0, -1))).toBe(408);
    expect(await statusOf('POST /anything HTTP/1.1\r\nHost')).toBe(408);
  });
});

test('--max-document is met by a document that has so many bytes, and not by one more', async () => {
  const lint = (most: number) => run(['lint', file, '--max-document', `${most}`]);
  expect((await lint(document.length)).code).toBe(0);
  const { code, error } = await lint(document.length - 1);
  expect(code).toBe(2);
  expect(error).toContain(`is longer than ${document.length - 1} bytes, which is all that is read`);
});

test('--max-answer is met by an answer that has so many bytes, and one more is not read whole', async () => {
  const body = JSON.stringify(Array(20).fill('x'.repeat(100)));
  const server = createServer(({ method }, response) => {
    if (method === 'GET') response.setHeader('Content-Type', 'application/json').end(body);
    else response.writeHead(405, { Allow: 'GET' }).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const flags = ['-t', target, '--operation', 'GET /anything', '--json'];
  const check = async (most: number) => {
    const { code, out } = await run(['check', file, ...flags, '--max-answer', `${most}`]);
    return [code, (JSON.parse(out) as { verdict: string }).verdict];
  };
  expect([await check(body.length), await check(body.length - 1)]).toEqual([
    [0, 'kept'],
    [2, 'incomplete'],
  ]);
  server.close();
});

test('the table of limits has every flag that limits what is read', () => {
  const table = readFileSync(join(root, 'docs/mock.md'), 'utf8').split('\n## Limits\n')[1]?.split('\n## ')[0] ?? '';
  const names = Object.entries<Flag>(everyFlag)
    .filter(([name, flag]) => /^max-|^request-/.test(name) && (flag.value === 'SIZE' || name in serveFlags))
    .map(([name]) => name);
  expect(names).toHaveLength(8);
  for (const name of names) expect(table).toContain(`\`--${name}\``);
});
