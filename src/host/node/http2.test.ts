import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ClientHttp2Session, type ClientHttp2Stream, connect, type OutgoingHttpHeaders } from 'node:http2';
import { get, request } from 'node:https';
import { afterEach, describe, expect, test } from 'vitest';
import { certificate } from '../../../tests/contract/certificate.js';
import type { Mock } from '../../mock/index.js';
import type { Answer, HttpRequest } from '../../operation/index.js';
import { type RunningServer, type ServeOptions, serve } from './index.js';

const plain: Answer = {
  status: 200,
  headers: { 'Content-Type': 'application/json', 'Set-Cookie': ['a=1', 'b=2'] },
  body: '["ä"]',
  delay: 0,
  effect: null,
  operationId: 'list',
  source: 'fake',
  name: null,
  seed: 1,
  violations: [],
};

const mockThat = (answer: (request: HttpRequest) => Partial<Answer>): Mock => {
  const whole = (request: HttpRequest) => ({ ...plain, ...answer(request) });
  const refuse = (_: HttpRequest, status: number, detail: string) => ({ ...plain, status, body: detail });
  return { seed: 1, answer: whole, respond: whole, refuse } as unknown as Mock;
};

const echo = mockThat(({ method, target, headers, body }) => ({
  body: JSON.stringify({ method, target, headers, body: body === null ? null : Buffer.from(body).toString() }),
}));

let running: { server: RunningServer; client: ClientHttp2Session }[] = [];
afterEach(async () => {
  for (const { client, server } of running) {
    client.destroy();
    await server.close(200);
  }
  running = [];
});

async function start(mock: Mock, options: ServeOptions = {}) {
  const server = await serve(() => mock, { host: '127.0.0.1', certificate, ...options });
  const client = connect(server.url, { rejectUnauthorized: false });
  client.on('error', () => {});
  running.push({ server, client });
  return { server, client };
}

/** What comes back on a stream: its fields, its text, and the code of its reset where it is broken off. */
async function answerTo(stream: ClientHttp2Stream) {
  const told: { interim: number[]; headers: OutgoingHttpHeaders; trailers: OutgoingHttpHeaders; text: string } = {
    interim: [],
    headers: {},
    trailers: {},
    text: '',
  };
  stream.on('headers', (headers) => told.interim.push(Number(headers[':status'])));
  stream.on('response', (headers) => Object.assign(told.headers, headers));
  stream.on('trailers', (headers) => Object.assign(told.trailers, headers));
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    told.text += chunk;
  });
  stream.on('error', () => {});
  if (!stream.destroyed) await new Promise((resolve) => stream.once('close', resolve));
  return { ...told, code: stream.rstCode };
}

describe('HTTP/2', () => {
  test('gives the answer that HTTP/1.1 gives, to many requests at a time', async () => {
    const { server, client } = await start(echo);
    expect(server.url).toBe(`https://127.0.0.1:${server.port}`);
    const paths = Array.from({ length: 150 }, (_, index) => `/pets/${index}?q=%C3%A4`);
    const answers = await Promise.all(paths.map((path) => answerTo(client.request({ ':path': path, 'x-own': 'Ä' }))));
    expect(answers.map(({ text }) => JSON.parse(text).target)).toEqual(paths);
    const [first] = answers;
    expect(first?.headers).toMatchObject({ ':status': 200, 'content-type': 'application/json' });
    expect(first?.headers['set-cookie']).toEqual(['a=1', 'b=2']);
    expect(JSON.parse(first?.text ?? '').headers).toMatchObject({ host: `127.0.0.1:${server.port}` });
    expect(Object.keys(first?.headers ?? {})).not.toContain('connection');

    const over1 = await new Promise<string | undefined>((resolve, reject) => {
      get(`${server.url}/pets/1`, { rejectUnauthorized: false, agent: false }, (answer) => {
        answer.resume();
        resolve(answer.httpVersion);
      }).once('error', reject);
    });
    expect(over1).toBe('1.1');
  });

  test('joins cookies, takes a body, and tells a client that asks first to send it', async () => {
    const { client } = await start(echo);
    const stream = client.request({ ':method': 'POST', ':path': '/', cookie: ['a=1', 'b=2'], expect: '100-continue' });
    stream.once('continue', () => stream.end('{"a":1}'));
    const { text } = await answerTo(stream);
    expect(JSON.parse(text)).toMatchObject({ method: 'POST', body: '{"a":1}', headers: { cookie: 'a=1; b=2' } });
  });

  test('refuses a body that is too long, and a head', async () => {
    const { client } = await start(echo, { bodyLimit: 10, headLimit: 2000 });
    const long = client.request({ ':method': 'POST', ':path': '/' });
    long.end('x'.repeat(100_000));
    expect((await answerTo(long)).headers[':status']).toBe(413);
    expect((await answerTo(client.request({ ':path': '/', 'x-a': 'x'.repeat(3000) }))).headers[':status']).toBe(431);
    expect((await answerTo(client.request({ ':path': '/' }))).headers[':status']).toBe(200);
  });

  test.each([
    ['a reset before the head', { kind: 'reset', afterBytes: 0 }],
    ['a reset in the body', { kind: 'reset', afterBytes: 2 }],
    ['a body that ends too soon', { kind: 'truncate', afterBytes: 2 }],
  ] as const)('%s breaks off its stream, and no other', async (_, effect) => {
    const { client } = await start(mockThat(({ target }) => ({ effect: target === '/bad' ? effect : null })));
    expect((await answerTo(client.request({ ':path': '/bad' }))).code).not.toBe(0);
    expect((await answerTo(client.request({ ':path': '/good' }))).text).toBe('["ä"]');
  });

  test('an answer to HEAD has no body', async () => {
    const { client } = await start(mockThat(() => ({})));
    const { headers, text, code } = await answerTo(client.request({ ':method': 'HEAD', ':path': '/' }));
    expect([headers[':status'], headers['content-length'], text, code]).toEqual([200, '6', '', 0]);
  });

  test('passes on what a handler of HTTP/1.1 says on its way: hints and trailers', async () => {
    const handle: NonNullable<ServeOptions['mount']>['handle'] = (_, response) => {
      response.writeEarlyHints({ link: '</a.css>; rel=preload' });
      response.writeHead(200, { Trailer: 'X-Sum' });
      response.write('a');
      response.addTrailers({ 'X-Sum': '7' });
      response.end('b');
    };
    const { client } = await start(echo, { mount: { path: '/own', handle } });
    const { interim, trailers, text } = await answerTo(client.request({ ':path': '/own' }));
    expect({ interim, sum: trailers['x-sum'], text }).toEqual({ interim: [103], sum: '7', text: 'ab' });
  });

  test('what comes in pieces and is no longer than they are ends', async () => {
    const { client } = await start(mockThat(() => ({ effect: { kind: 'chunked' } })));
    const stream = client.request({ ':path': '/' });
    let text = '';
    for await (const chunk of stream.setEncoding('utf8')) text += chunk;
    expect(text).toBe('["ä"]');
  });

  test('a client that leaves is noticed, and a server that ends lets an answer finish', async () => {
    let isAsked = () => {};
    const asked = new Promise<void>((resolve) => {
      isAsked = resolve;
    });
    const mock = mockThat(({ target }) => {
      if (target === '/soon') isAsked();
      return { delay: target === '/never' ? 600_000 : 50 };
    });
    const { client, server } = await start(mock);
    const left = client.request({ ':path': '/never' });
    const finished = answerTo(client.request({ ':path': '/soon' }));
    left.close();
    await asked;
    await server.close(60_000);
    expect((await finished).text).toBe('["ä"]');
  });

  test('what is no HTTP/2 costs its own connection', async () => {
    const { client, server } = await start(echo);
    expect(
      (await answerTo(client.request({ ':method': 'CONNECT', ':authority': 'a.test:1' }))).headers[':status'],
    ).toBe(501);
    const { connect: connectTls } = await import('node:tls');
    const socket = connectTls({
      port: server.port,
      host: '127.0.0.1',
      rejectUnauthorized: false,
      ALPNProtocols: ['h2'],
    });
    socket.on('error', () => {});
    socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nnothing of the kind'.repeat(3));
    socket.resume();
    await once(socket, 'close');
    expect((await answerTo(client.request({ ':path': '/' }))).headers[':status']).toBe(200);
  });
});

test('an offer of another protocol over TLS is taken for none where the request has a body', async () => {
  const forward = {
    handle: ({ message, response }: { message: IncomingMessage; response: ServerResponse }) => message.pipe(response),
    upgrade: () => {
      throw new Error('not handed on');
    },
  };
  const { server } = await start(echo, { forward } as unknown as ServeOptions);
  const headers = { Connection: 'Upgrade', Upgrade: 'h2c', 'Content-Length': 2 };
  const sent = request(server.url, { method: 'POST', headers, rejectUnauthorized: false, agent: false });
  sent.end('[]');
  const [message] = (await once(sent, 'response')) as [IncomingMessage];
  expect([message.statusCode, Buffer.concat(await message.toArray()).toString()]).toEqual([200, '[]']);
});
