import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { endAll, startMock } from './command.js';

const folder = mkdtempSync(join(tmpdir(), 'counterproof-callbacks-'));
const document = join(folder, 'openapi.json');
const received: string[] = [];
const receiver = createServer((request, response) => {
  received.push(`${request.method} ${request.url} ${request.headers['content-type']}`);
  response.writeHead(204).end();
});
const json = (schema: object) => ({ 'application/json': { schema } });
const hook = {
  post: {
    requestBody: { content: json({ type: 'object', required: ['id'], properties: { id: { const: 7 } } }) },
    responses: { '204': { description: 'taken' } },
  },
};
let host = '';

beforeAll(async () => {
  await once(receiver.listen(0, '127.0.0.1'), 'listening');
  host = `127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const schema = { type: 'object', required: ['to'], properties: { to: { type: 'string' } } };
  const many = Object.fromEntries(
    Array.from({ length: 11 }, (_, index) => [`number${index}`, { [`{$request.body#/to}/${index}`]: hook }]),
  );
  const operation = (callbacks: object) => ({
    requestBody: { required: true, content: json(schema) },
    responses: { '201': { description: 'made', content: json({ type: 'object' }) } },
    callbacks,
  });
  const paths = {
    '/one': { post: operation({ only: { '{$request.body#/to}/one': hook } }) },
    '/many': { post: operation(many) },
  };
  writeFileSync(document, JSON.stringify({ openapi: '3.1.0', info: { title: 'Hooks', version: '1' }, paths }));
});
beforeEach(() => void received.splice(0));
afterAll(() => {
  endAll();
  receiver.closeAllConnections();
  receiver.close();
  rmSync(folder, { recursive: true });
});

const ask = (url: string, path: string, to: string) =>
  fetch(url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ to }),
  });

test.each([[[]], [['--compat', 'prism']]])(
  'the command sends callbacks to the host that is named, eight of one request at most: %j',
  async (flags) => {
    const { url, until, end } = await startMock([document, '--allow-callbacks', host, ...flags]);
    expect((await ask(url, '/many', 'http://localhost:9/other')).status).toBe(201);
    await until(/is not sent to localhost:9: --allow-callbacks localhost:9 allows it/);
    expect((await ask(url, '/many', `http://${host}`)).status).toBe(201);
    expect((await ask(url, '/one', `http://${host}`)).status).toBe(201);
    await expect
      .poll(() => received.toSorted())
      .toEqual([
        ...Array.from({ length: 8 }, (_, index) => `POST /${index} application/json`),
        'POST /one application/json',
      ]);
    const { out } = await end('SIGTERM');
    expect(out.match(/callback/g)?.length).toBeGreaterThanOrEqual(9);
  },
);

test('nothing is sent where no host is named, and a line says which one would be needed', async () => {
  const { url, until, end } = await startMock([document]);
  expect((await ask(url, '/one', `http://${host}`)).status).toBe(201);
  await until(new RegExp(`The callback only of POST /one is not sent to ${host}: --allow-callbacks ${host} allows it`));
  await end('SIGTERM');
  expect(received).toEqual([]);
});
