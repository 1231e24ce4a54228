import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createMock } from '../../mock/index.js';
import { createOperations } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import { createCallbacks } from './index.js';
import type { ServedExchange } from './options.js';

/** A receiver of callbacks that notes what comes. */
const received: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[] = [];
const receiver = createServer(async (message, response) => {
  let body = '';
  for await (const chunk of message) body += chunk;
  received.push({ method: message.method ?? '', url: message.url ?? '', headers: message.headers, body });
  response.writeHead(message.url === '/wrong' ? 418 : 204).end();
});
let host = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => void receiver.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(receiver.address() as AddressInfo).port}`;
});
afterAll(() => void receiver.close());

const hook = {
  post: {
    parameters: [{ name: 'X-Event', in: 'header', required: true, schema: { const: 'made' } }],
    requestBody: {
      content: {
        'application/json': { schema: { type: 'object', required: ['id'], properties: { id: { const: 7 } } } },
      },
    },
    responses: { '204': { description: 'Seen' } },
  },
};

/** Serves one request of an operation with these callbacks, and waits until so many were sent or refused. */
async function called(
  callbacks: JsonObject,
  {
    body = {},
    hosts = [host],
    headers = {},
    status = 200,
  }: { body?: JsonObject; hosts?: string[]; headers?: Record<string, string>; status?: number },
  awaited: number,
): Promise<{ sent: ServedExchange[]; refused: string[] }> {
  const content = { 'application/json': { schema: { type: 'object' } } };
  const operations = createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'Hooks', version: '1' },
      paths: {
        '/things/{id}': {
          post: {
            operationId: 'add',
            parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
            requestBody: { content },
            responses: { '200': { description: 'ok', content }, '500': { description: 'no' } },
            callbacks,
          },
        },
      },
      components: { callbacks: { Shared: { '{$request.body#/to}/shared': hook } } },
    }),
  );
  const mock = createMock({ operations });
  const sent: ServedExchange[] = [];
  const refused: string[] = [];
  await new Promise<void>((resolve) => {
    const count = () => sent.length + refused.length >= awaited && resolve();
    const tell = createCallbacks({
      hosts,
      onSent: (exchange) => [sent.push(exchange), count()],
      onRefused: (reason) => [refused.push(reason), count()],
    });
    const request = {
      method: 'POST',
      target: '/things/a%20b?at=/late',
      headers: { host: 'mock.test', 'content-type': 'application/json', ...headers },
      body: Buffer.from(JSON.stringify(body)),
    };
    tell({ request, answer: mock.answer(request, { status }), milliseconds: 1 }, mock);
    count();
  });
  return { sent, refused };
}

test('a callback is sent to the address that its expression comes to, with a body of its schema', async () => {
  received.splice(0);
  const callbacks = {
    bare: { '$request.body#/to': hook },
    inText: { [`http://${host}{$request.query.at}?id={$request.path.id}`]: hook },
    shared: { $ref: '#/components/callbacks/Shared' },
    unsaid: { '$request.body#/other': hook },
  };
  const { sent, refused } = await called(callbacks, { body: { to: `http://${host}` } }, 3);
  expect(refused).toEqual([]);
  expect(received.map(({ method, url, body }) => `${method} ${url} ${body}`).sort()).toEqual([
    'POST / {"id":7}',
    'POST /late?id=a%20b {"id":7}',
    'POST /shared {"id":7}',
  ]);
  expect(received[0]?.headers).toMatchObject({ 'x-event': 'made', 'content-type': 'application/json' });
  const [first] = sent;
  expect(first?.answer).toMatchObject({ status: 204, operationId: 'add', source: 'callback', violations: [] });
  expect(sent.map(({ answer }) => answer.name).sort()).toEqual(['bare', 'inText', 'shared']);
});

test('what the receiver answers is held against the document, and that nobody answers is said', async () => {
  const wrong = await called({ hook: { [`http://${host}/wrong`]: hook } }, {}, 1);
  expect(wrong.sent[0]?.answer.violations[0]?.message).toBe('status 418 is not declared');
  const nobody = await called({ hook: { 'http://127.0.0.1:1/': hook } }, { hosts: ['127.0.0.1'] }, 1);
  expect(nobody.sent[0]?.answer).toMatchObject({ status: 502, source: 'callback' });
});

test('nothing is sent to a host that is not named, nor to what is no address', async () => {
  received.splice(0);
  const { refused } = await called(
    { a: { [`http://${host}/`]: hook }, b: { 'ftp://x/': hook } },
    { hosts: ['other.test'] },
    2,
  );
  expect(refused).toEqual([
    `The callback a of add is not sent to ${host}: --allow-callbacks ${host} allows it`,
    'The callback b of add is not sent: "ftp://x/" is no address of http or https',
  ]);
  expect(received).toEqual([]);
});

test('nothing is sent after a refusal, nor for a request that is a callback itself', async () => {
  received.splice(0);
  const callbacks = { hook: { [`http://${host}/`]: hook } };
  await called(callbacks, { status: 500 }, 0);
  await called(callbacks, { headers: { 'counterproof-callback': '1' } }, 0);
  // What would have been sent is on its way before this one.
  await called({ last: { [`http://${host}/last`]: hook } }, {}, 1);
  expect(received.map(({ url }) => url)).toEqual(['/last']);
});

test('of one request no more than eight are sent', async () => {
  received.splice(0);
  const many = Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [`c${index}`, { [`http://${host}/${index}`]: hook }]),
  );
  await called(many, {}, 8);
  expect(received).toHaveLength(8);
});
