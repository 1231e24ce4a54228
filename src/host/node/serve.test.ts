import { EventEmitter, once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Mock } from '../../mock/index.js';
import type { Answer, HttpRequest, WireEffect } from '../../operation/index.js';
import { createConsole, type RunningServer, type ServedExchange, type ServeOptions, serve } from './index.js';

let running: RunningServer[] = [];

afterEach(async () => {
  const all = running;
  running = [];
  await Promise.all(all.map((server) => server.close(200)));
});

const plain: Answer = {
  status: 200,
  headers: { 'Content-Type': 'application/json' },
  body: '["ä"]',
  delay: 0,
  effect: null,
  operationId: 'list',
  source: 'fake',
  name: null,
  seed: 1,
  violations: [],
};

/** A mock that gives what the test wants, whatever is asked. */
const mockThat = (answer: (request: HttpRequest) => Partial<Answer>): Mock => {
  const whole = (request: HttpRequest) => ({ ...plain, ...answer(request) });
  return {
    seed: 1,
    answer: whole,
    respond: whole,
    refuse: (_: HttpRequest, status: number, detail: string) => ({
      ...plain,
      status,
      body: JSON.stringify({ status, detail }),
    }),
  } as unknown as Mock;
};

/** Says what it was asked. */
const echo = mockThat(({ method, target, headers, body }) => ({
  body: JSON.stringify({
    method,
    target,
    type: headers['content-type'] ?? null,
    body: body === null ? null : Buffer.from(body).toString(),
  }),
}));

async function start(mock: Mock, options: ServeOptions = {}): Promise<RunningServer> {
  const server = await serve(() => mock, options);
  running.push(server);
  return server;
}

/** Sends bytes as they are, and gives what came until the connection ended or was reset. */
const raw = (port: number, ...pieces: (string | Uint8Array)[]) => rawUntil(port, null, ...pieces);

/** The same, for a connection that stays open: until what came matches. */
function rawUntil(
  port: number,
  pattern: RegExp | null,
  ...pieces: (string | Uint8Array)[]
): Promise<{ text: string; end: 'end' | 'reset' | 'open' }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const text = () => Buffer.concat(chunks).toString();
    const done = (end: 'end' | 'reset' | 'open') => {
      socket.destroy();
      resolve({ text: text(), end });
    };
    const socket = connect(port, '127.0.0.1', () => {
      for (const piece of pieces) socket.write(piece);
    });
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      if (pattern?.test(text())) done('open');
    });
    socket.on('end', () => done('end'));
    socket.on('error', () => done('reset'));
  });
}

/** Tells of each exchange of a server. */
function tell() {
  const told = new EventEmitter();
  return { onExchange: () => told.emit('exchange'), exchange: () => once(told, 'exchange') };
}

const head = (request: string, ...fields: string[]) => `${[request, 'Host: x', ...fields].join('\r\n')}\r\n\r\n`;

describe('a request', () => {
  test('arrives as it stood on the wire, and without a body its body is null', async () => {
    const { url } = await start(echo);
    const response = await fetch(`${url}/a%2Fb/ä?x=1&x=%20`);
    expect(await response.json()).toEqual({ method: 'GET', target: '/a%2Fb/%C3%A4?x=1&x=%20', type: null, body: null });
  });

  test('that is answered later is never the object of another one, so that who answers can count', async () => {
    const asked: HttpRequest[] = [];
    const later = mockThat(() => ({}));
    const { url } = await start({
      ...later,
      respond: async (request: HttpRequest) => {
        asked.push(request);
        return later.answer(request);
      },
    } as Mock);
    for (let count = 0; count < 3; count++) await (await fetch(`${url}/a`)).text();
    expect(new Set(asked).size).toBe(3);
  });

  test('in absolute form is one in origin form', async () => {
    const { port } = await start(echo);
    for (const [target, expected] of [
      ['http://example.com/a?b=c', '/a?b=c'],
      ['http://example.com', '/'],
      ['http://example.com?b', '/?b'],
      ['*', '*'],
    ]) {
      const { text } = await raw(port, head(`OPTIONS ${target} HTTP/1.1`, 'Connection: close'));
      expect(JSON.parse(text.split('\r\n\r\n')[1] ?? '')).toMatchObject({ target: expected });
    }
  });

  test('of HTTP/1.0 needs no Host, one of HTTP/1.1 does', async () => {
    const { port } = await start(echo);
    expect((await raw(port, 'GET / HTTP/1.0\r\n\r\n')).text).toMatch(/^HTTP\/1.1 200 /);
    const { text } = await raw(port, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect(text).toMatch(/^HTTP\/1.1 400 /);
    expect(text).toContain('needs a Host header');
  });

  test('of length 0 has a body only when it names a type', async () => {
    const { port } = await start(echo);
    const none = await raw(port, head('POST / HTTP/1.1', 'Content-Length: 0', 'Connection: close'));
    expect(none.text).toContain('"body":null');
    const empty = await raw(
      port,
      head('POST / HTTP/1.1', 'Content-Length: 0', 'Content-Type: text/plain', 'Connection: close'),
    );
    expect(empty.text).toContain('"body":""');
    const chunked = await raw(
      port,
      head('POST / HTTP/1.1', 'Transfer-Encoding: chunked', 'Connection: close'),
      '0\r\n\r\n',
    );
    expect(chunked.text).toContain('"body":null');
  });

  test.each([
    ['gzip', gzipSync('{"a":1}')],
    ['x-gzip', gzipSync('{"a":1}')],
    ['deflate', deflateSync('{"a":1}')],
    ['deflate', deflateRawSync('{"a":1}')],
    ['br', brotliCompressSync('{"a":1}')],
    ['GZIP, identity', gzipSync('{"a":1}')],
    ['deflate, gzip', gzipSync(deflateSync('{"a":1}'))],
  ])('whose body is coded as %s arrives decoded', async (coding, body) => {
    const { url } = await start(echo);
    const response = await fetch(url, { method: 'POST', body, headers: { 'Content-Encoding': coding } });
    expect(await response.json()).toMatchObject({ body: '{"a":1}' });
  });

  test('in an unknown coding is a 415 that names the known ones, and a broken one is a 400', async () => {
    const { url } = await start(echo);
    const unknown = await fetch(url, { method: 'POST', body: 'x', headers: { 'Content-Encoding': 'zstd' } });
    expect(unknown.status).toBe(415);
    expect(unknown.headers.get('accept-encoding')).toBe('gzip, deflate, br');
    expect(await unknown.json()).toMatchObject({ status: 415, detail: expect.stringContaining('"zstd"') });
    const broken = await fetch(url, { method: 'POST', body: 'x', headers: { 'Content-Encoding': 'gzip' } });
    expect(broken.status).toBe(400);
    expect(await broken.json()).toMatchObject({ detail: expect.stringContaining('not gzip') });
    const named = await fetch(url, { method: 'POST', body: 'x', headers: { 'Content-Encoding': 'constructor' } });
    expect(named.status).toBe(415);
  });

  test('with a body above the limit is a 413, declared, chunked or unpacked', async () => {
    const { url, port } = await start(echo, { bodyLimit: 1000 });
    const declared = await fetch(url, { method: 'POST', body: 'x'.repeat(1001) });
    expect(declared.status).toBe(413);
    expect(await declared.json()).toMatchObject({ status: 413, detail: 'The body is longer than 1000 bytes' });
    expect((await fetch(url, { method: 'POST', body: 'x'.repeat(1000) })).status).toBe(200);
    const chunk = `190\r\n${'x'.repeat(400)}\r\n`;
    const chunked = await raw(
      port,
      head('POST / HTTP/1.1', 'Transfer-Encoding: chunked'),
      chunk,
      chunk,
      chunk,
      '0\r\n\r\n',
    );
    expect(chunked.text).toMatch(/^HTTP\/1.1 413 /);
    const bomb = await fetch(url, {
      method: 'POST',
      body: gzipSync('x'.repeat(1_000_000)),
      headers: { 'Content-Encoding': 'gzip' },
    });
    expect(bomb.status).toBe(413);
  });

  test('that is refused while its client still sends gets its answer all the same', async () => {
    const { url } = await start(echo, { bodyLimit: 1000 });
    const big = new Uint8Array(30_000_000);
    const statuses = await Promise.all(
      [1, 2, 3].map(async () => (await fetch(url, { method: 'POST', body: big })).status),
    );
    expect(statuses).toEqual([413, 413, 413]);
  });

  test('that asks first is told to go on, or refused before it sends', async () => {
    const { port } = await start(echo, { bodyLimit: 10 });
    const fine = await raw(
      port,
      head('POST / HTTP/1.1', 'Expect: 100-continue', 'Content-Length: 2', 'Connection: close'),
      'ab',
    );
    expect(fine.text).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 /);
    const large = await rawUntil(
      port,
      /^HTTP\/1.1 413 .*\r\n\r\n/s,
      head('POST / HTTP/1.1', 'Expect: 100-continue', 'Content-Length: 11'),
    );
    expect(large.text).toMatch(/^HTTP\/1.1 413 /);
    const odd = await raw(
      port,
      head('POST / HTTP/1.1', 'Expect: a-miracle', 'Content-Length: 1', 'Connection: close'),
      'a',
    );
    expect(odd.text).toMatch(/^HTTP\/1.1 417 /);
  });

  test('that offers to upgrade is answered as any other', async () => {
    const { port } = await start(mockThat(() => ({ delay: 30 })));
    const bytes = head('GET / HTTP/1.1', 'Connection: Upgrade', 'Upgrade: websocket');
    const upgrade = await rawUntil(port, /\r\n\r\n/, bytes);
    expect(upgrade.text).toMatch(/^HTTP\/1.1 200 /);
  });

  test('with a body may be followed by others at once', async () => {
    const { port } = await start(echo);
    const post = (body: string) => `${head('POST / HTTP/1.1', `Content-Length: ${body.length}`)}${body}`;
    const bytes = post('one') + post('two') + post('three') + head('GET / HTTP/1.1');
    const { text } = await rawUntil(port, /"body":null/, bytes);
    expect(text.match(/"body":\w*"?\w*/g)).toEqual(['"body":"one', '"body":"two', '"body":"three', '"body":null']);
  });

  test('that is broken off leaves the server as it was', async () => {
    const seen: ServedExchange[] = [];
    const { url, port } = await start(echo, { onExchange: (exchange) => seen.push(exchange) });
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(head('POST / HTTP/1.1', 'Content-Length: 100', 'Expect: 100-continue'));
      });
      // It has begun to read the body.
      socket.once('data', () => socket.resetAndDestroy());
      socket.on('close', () => resolve());
    });
    expect((await fetch(url)).status).toBe(200);
    expect(seen.map(({ request }) => request?.method)).toEqual(['GET']);
  });
});

describe('what is not HTTP', () => {
  test.each([
    ['no request at all', 'hello\r\n\r\n', 400],
    ['a method of its own', 'FROB / HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    ['two lengths', head('POST / HTTP/1.1', 'Content-Length: 1', 'Content-Length: 2'), 400],
    ['length and chunks', head('POST / HTTP/1.1', 'Content-Length: 1', 'Transfer-Encoding: chunked'), 400],
    ['a broken chunk', `${head('POST / HTTP/1.1', 'Transfer-Encoding: chunked')}zz\r\nab`, 400],
    ['a NUL in a header', head('GET / HTTP/1.1', 'X: a\0b'), 400],
    ['a TLS greeting', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc', 400],
    ['a header too large', head('GET / HTTP/1.1', `X: ${'x'.repeat(20_000)}`), 431],
    ['a tunnel', head('CONNECT example.com:443 HTTP/1.1'), 501],
    ['an empty coding', head('POST / HTTP/1.1', 'Transfer-Encoding:', 'Content-Length: 3').concat('abc'), 400],
    ['a body whose end nobody can tell', head('POST / HTTP/1.1', 'Transfer-Encoding: gzip'), 400],
    [
      'a coding before chunks',
      `${head('POST / HTTP/1.1', 'Transfer-Encoding: x', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
      501,
    ],
    ['chunks in HTTP/1.0', `${head('POST / HTTP/1.0', 'Transfer-Encoding: chunked')}0\r\n\r\n`, 400],
    ['two hosts', head('GET / HTTP/1.1', 'Host: y'), 400],
    ['a host with a blank', 'GET / HTTP/1.1\r\nHost: a b\r\n\r\n', 400],
    ['a host with a path', 'GET / HTTP/1.1\r\nHost: a/b\r\n\r\n', 400],
    ['a later version', head('GET / HTTP/2.0'), 505],
    ['no version', 'GET /\r\nHost: x\r\n\r\n', 505],
    ['a console that is asked by two hosts', head('GET /__counterproof/ HTTP/1.1', 'Host: y'), 400],
  ])('%s gets an answer with a body, and the connection ends', async (_, bytes, status) => {
    const { port, url } = await start(echo);
    const { text, end } = await raw(port, bytes);
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    const [, body = ''] = text.split('\r\n\r\n');
    expect(JSON.parse(body)).toMatchObject({ status, detail: expect.any(String) });
    expect(end).toBe('end');
    expect((await fetch(url)).status).toBe(200);
  });

  test.each(['x', 'x:80', '[::1]:80', 'a.b-c_d.test', '', '%41:1'])('but Host: %s is', async (host) => {
    const { port } = await start(echo);
    const { text } = await raw(port, `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1.1 200 /);
  });

  test('a head is taken up to the limit, and a byte more is refused', async () => {
    const { port } = await start(echo, { headLimit: 1024 });
    const sent = (size: number) => {
      const empty = head('GET / HTTP/1.1', 'Connection: close', 'X: ');
      return raw(port, empty.replace('X: ', `X: ${'x'.repeat(size - empty.length)}`));
    };
    // Node counts the names and values, and what stands between them not in every version.
    expect((await sent(1024)).text).toMatch(/^HTTP\/1.1 200 /);
    expect((await sent(1100)).text).toMatch(/^HTTP\/1.1 431 /);
  });

  test('a request that does not arrive in time is told so', async () => {
    const { port } = await start(echo, { requestTimeout: 100 });
    const { text, end } = await raw(port, head('POST / HTTP/1.1', 'Content-Length: 3'), 'ab');
    expect(text).toMatch(/^HTTP\/1.1 408 /);
    expect(end).toBe('end');
  });

  test('an answer to an earlier request goes out before', async () => {
    const { port } = await start(mockThat(() => ({ delay: 50 })));
    const { text, end } = await raw(port, head('GET /first HTTP/1.1'), 'garbage\r\n\r\n');
    expect(text.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400']);
    expect(end).toBe('end');
  });

  test('whatever bytes come, the server goes on', async () => {
    const { port, url } = await start(echo);
    const line = fc.constantFrom(
      'GET / HTTP/1.1',
      'POST /a HTTP/1.1',
      'Host: x',
      'Content-Length: 3',
      'Expect: 100-continue',
    );
    const framing = fc.constantFrom(
      'Transfer-Encoding: chunked',
      'Content-Encoding: gzip',
      'Upgrade: h2c',
      '',
      '\0',
      '3',
      'abc',
    );
    const lines = fc.array(fc.oneof(line, framing, fc.string({ unit: 'binary' })), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.tuple(lines, fc.constantFrom('\r\n', '\n')), async ([pieces, end]) => {
        const socket = connect(port, '127.0.0.1');
        socket.on('error', () => {});
        socket.resume().end(pieces.join(end) + end + end);
        await new Promise((resolve) => socket.once('close', resolve));
      }),
      { numRuns: 300 },
    );
    expect((await fetch(url)).status).toBe(200);
  });

  test('is told to the log', async () => {
    const seen: ServedExchange[] = [];
    const { port } = await start(echo, { onExchange: (exchange) => seen.push(exchange) });
    await raw(port, 'hello\r\n\r\n');
    expect(seen).toMatchObject([{ request: null, answer: { status: 400 } }]);
  });
});

describe('an answer', () => {
  test('has its length in bytes, its status, and every value of a header', async () => {
    const { url } = await start(mockThat(() => ({ status: 299, headers: { 'Set-Cookie': ['a=1', 'b=2'] } })));
    const response = await fetch(url);
    expect(response.status).toBe(299);
    expect(response.headers.get('content-length')).toBe('6');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await response.text()).toBe('["ä"]');
  });

  test('of bytes is sent as these bytes', async () => {
    const { url } = await start(mockThat(() => ({ body: new Uint8Array([0xff, 0xfe, 0]) })));
    expect(new Uint8Array(await (await fetch(url)).arrayBuffer())).toEqual(new Uint8Array([0xff, 0xfe, 0]));
  });

  test('to HEAD has the length and not the body, 204 and 304 have neither', async () => {
    const { port } = await start(mockThat(({ target }) => ({ status: Number(target.slice(1)) })));
    const toHead = await raw(port, head('HEAD /200 HTTP/1.1', 'Connection: close'));
    expect(toHead.text).toMatch(/Content-Length: 6\r\n/);
    expect(toHead.text).toMatch(/\r\n\r\n$/);
    for (const status of [204, 304]) {
      const { text } = await raw(port, head(`GET /${status} HTTP/1.1`, 'Connection: close'));
      expect(text).not.toMatch(/Content-Length|Transfer-Encoding/);
      expect(text).toMatch(/\r\n\r\n$/);
    }
  });

  test('waits for its delay', async () => {
    const { onExchange, exchange } = tell();
    const { url } = await start(
      mockThat(({ target }) => ({ delay: target === '/late' ? 600_000 : 20 })),
      { onExchange },
    );
    const decided = exchange();
    let came = false;
    const late = fetch(`${url}/late`).then(
      () => {
        came = true;
      },
      () => {},
    );
    await decided;
    expect(await (await fetch(`${url}/soon`)).text()).toBe('["ä"]');
    expect(came).toBe(false);
    await Promise.all(running.splice(0).map((server) => server.close(0)));
    await late;
  });

  test('to pipelined requests keeps their order, delayed ones too', async () => {
    const { port } = await start(mockThat(({ target }) => ({ body: target, delay: target === '/1' ? 60 : 0 })));
    const { text } = await rawUntil(
      port,
      /^\/3/m,
      ['/1', '/2', '/3'].map((path) => head(`GET ${path} HTTP/1.1`)).join(''),
    );
    expect(text.match(/^\/\d/gm)).toEqual(['/1', '/2', '/3']);
  });

  test.each([
    ['a line break in a header', { headers: { 'X-A': 'a\r\nX-B: b' } }],
    ['a header beyond Latin-1', { headers: { 'X-A': '→' } }],
    ['no header name', { headers: { 'X A': 'a' } }],
    ['an interim status', { status: 103 }],
    ['no status', { status: 1000 }],
  ])('that cannot be sent (%s) is a 500 that says so', async (_, broken) => {
    const { url } = await start(mockThat(() => broken));
    const response = await fetch(url);
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining('The answer cannot be sent') });
  });

  test('comes from the mock of the moment, and a mock that is not there yet is waited for', async () => {
    let bring = (_: Mock) => {};
    let current: Mock | Promise<Mock> = new Promise((resolve) => {
      bring = resolve;
    });
    const server = await serve(() => {
      setImmediate(
        bring,
        mockThat(() => ({ body: 'first' })),
      );
      return current;
    });
    running.push(server);
    expect(await (await fetch(server.url)).text()).toBe('first');
    current = mockThat(() => ({ body: 'second' }));
    expect(await (await fetch(server.url)).text()).toBe('second');
    const broken = Promise.reject(new Error('nothing to serve'));
    broken.catch(() => {});
    current = broken;
    const failed = await fetch(server.url);
    expect([failed.status, ((await failed.json()) as { detail: string }).detail]).toEqual([500, 'nothing to serve']);
  });

  test('is whole, and of one mock, while the mock is replaced 200 times under load', async () => {
    const mocks = Array.from({ length: 201 }, (_, index) =>
      mockThat(() => ({
        headers: { 'Content-Type': 'text/plain', 'X-Mock': `${index}` },
        body: `${index};`.repeat(2000),
      })),
    );
    let current = 0;
    const replaced = await serve(() => mocks[current] as Mock);
    running.push(replaced);
    let answered = 0;
    const client = async () => {
      while (current < 200) {
        const response = await fetch(replaced.url);
        const index = response.headers.get('x-mock');
        expect(await response.text()).toBe(`${index};`.repeat(2000));
        answered += 1;
        current = Math.min(200, current + 1);
      }
    };
    await Promise.all(Array.from({ length: 8 }, client));
    expect(answered).toBeGreaterThanOrEqual(200);
  });

  test('is told to the log with its request', async () => {
    const seen: ServedExchange[] = [];
    const { url } = await start(echo, { onExchange: (exchange) => seen.push(exchange) });
    await fetch(`${url}/x?y`);
    expect(seen).toMatchObject([{ request: { method: 'GET', target: '/x?y' }, answer: { status: 200 } }]);
    expect(seen[0]?.milliseconds).toBeGreaterThan(0);
  });

  test('at the mounted path and below it is the other handler’s', async () => {
    const handle = (_: unknown, response: { end(text: string): void }) => response.end('console');
    const { url } = await start(echo, { mount: { path: '/__counterproof', handle } });
    const answers = async (path: string) => (await (await fetch(url + path)).text()) === 'console';
    for (const path of ['', '/', '?x', '/api/x']) expect(await answers(`/__counterproof${path}`)).toBe(true);
    for (const path of ['/other', '/__counterproofs', '/a/__counterproof/']) expect(await answers(path)).toBe(false);
  });
});

describe('an effect on the wire', () => {
  const withEffect = (effect: WireEffect, more: Partial<Answer> = {}) =>
    start(mockThat(() => ({ effect, body: 'abcdefghij', ...more })));
  const get = head('GET / HTTP/1.1');

  test('hang: nothing comes', async () => {
    const { onExchange, exchange } = tell();
    const answer = mockThat(({ target }) => (target === '/hang' ? { effect: { kind: 'hang' } } : {}));
    const { port, url } = await start(answer, { onExchange });
    const socket = connect(port, '127.0.0.1');
    let came = '';
    socket.on('data', (chunk) => {
      came += chunk;
    });
    socket.write(head('GET /hang HTTP/1.1'));
    await exchange();
    expect((await fetch(url)).status).toBe(200);
    expect([came, socket.readyState]).toEqual(['', 'open']);
    socket.destroy();
  });

  test('drip: the head at once, the body at its rate', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const { url } = await withEffect({ kind: 'drip', bytesPerSecond: 50 });
      const reader = (await fetch(url)).body?.getReader();
      const next = async () => new TextDecoder().decode((await reader?.read())?.value);
      vi.advanceTimersByTime(100);
      expect(await next()).toBe('abcde');
      vi.advanceTimersByTime(100);
      expect(await next()).toBe('fghij');
      expect(await reader?.read()).toMatchObject({ done: true });
    } finally {
      vi.useRealTimers();
    }
  });

  test('reset: before the status line, or in the middle of the body', async () => {
    const before = await withEffect({ kind: 'reset', afterBytes: 0 });
    expect(await raw(before.port, get)).toEqual({ text: '', end: 'reset' });
    const within = await withEffect({ kind: 'reset', afterBytes: 4 });
    const { text, end } = await raw(within.port, get);
    expect(end).toBe('reset');
    expect(text).toMatch(/Content-Length: 10\r\n.*\r\n\r\nabcd$/s);
  });

  test('truncate: an orderly end before the length is reached', async () => {
    const { port } = await withEffect({ kind: 'truncate', afterBytes: 4 });
    const { text, end } = await raw(port, get);
    expect(end).toBe('end');
    expect(text).toMatch(/Content-Length: 10\r\n.*\r\n\r\nabcd$/s);
  });

  test.each([4, 40])('length: %i is declared whatever is sent', async (contentLength) => {
    const { port } = await withEffect({ kind: 'length', contentLength });
    const { text, end } = await raw(port, get);
    expect(text).toMatch(new RegExp(`Content-Length: ${contentLength}\\r\\n.*\\r\\n\\r\\nabcdefghij$`, 's'));
    expect(end).toBe('end');
  });

  test.each([
    ['HEAD', 200],
    ['GET', 204],
    ['GET', 304],
    ['GET', 200],
  ])('body-always: %s with %i has one', async (method, status) => {
    const { port } = await withEffect({ kind: 'body-always' }, { status });
    const { text, end } = await raw(port, head(`${method} / HTTP/1.1`));
    expect(text).toMatch(/Content-Length: 10\r\n.*\r\n\r\nabcdefghij$/s);
    expect(end).toBe('end');
  });

  test.each<WireEffect>([
    { kind: 'drip', bytesPerSecond: 1000 },
    { kind: 'reset', afterBytes: 4 },
    { kind: 'truncate', afterBytes: 4 },
    { kind: 'length', contentLength: 40 },
    { kind: 'body-always' },
  ])('$kind: a client that goes away, an empty body and HEAD do no harm', async (effect) => {
    const server = await withEffect(effect, { body: '' });
    const last = head('GET / HTTP/1.1', 'Connection: close');
    await raw(server.port, last);
    await raw(server.port, head('HEAD / HTTP/1.1', 'Connection: close'));
    const gone = connect(server.port, '127.0.0.1', () => {
      gone.write(get);
      gone.resetAndDestroy();
    });
    gone.on('error', () => {});
    await once(gone, 'close');
    expect((await raw(server.port, last)).end).toMatch(/end|reset/);
  });

  test('waits for the answers before it on the connection', async () => {
    const { port } = await start(
      mockThat(({ target }) =>
        target === '/1' ? { delay: 50, body: 'first' } : { effect: { kind: 'reset', afterBytes: 0 } },
      ),
    );
    const { text, end } = await raw(port, head('GET /1 HTTP/1.1') + head('GET /2 HTTP/1.1'));
    expect([text.endsWith('first'), end]).toEqual([true, 'reset']);
  });
});

describe('listening', () => {
  test('by default is on both loopback addresses, so that localhost is the mock whatever it resolves to', async () => {
    const { addresses, url, port } = await start(echo);
    expect(addresses[0]).toBe('127.0.0.1');
    expect(url).toBe(`http://localhost:${port}`);
    for (const address of addresses) {
      const host = address.includes(':') ? `[${address}]` : address;
      expect((await fetch(`http://${host}:${port}`)).status).toBe(200);
    }
  });

  test('on a port in use is refused with the next free one', async () => {
    const { port } = await start(echo);
    await expect(serve(() => echo, { port })).rejects.toMatchObject({
      code: 'PORT_UNAVAILABLE',
      message: expect.stringMatching(
        new RegExp(`^Port ${port} is in use on (127.0.0.1|::1)\n  Use --port \\d+, which is free now, or --port 0`),
      ),
    });
  });

  test('on an address of another machine is refused', async () => {
    await expect(serve(() => echo, { host: '192.0.2.1' })).rejects.toMatchObject({ code: 'PORT_UNAVAILABLE' });
  });
});

describe('closing', () => {
  /** So long a grace that a test which waits for its end has failed. */
  const noEnd = 600_000;

  /** A server that tells of each request when its answer was decided. */
  async function startTold(answer: (request: HttpRequest) => Partial<Answer>) {
    const { onExchange, exchange } = tell();
    return { server: await serve(() => mockThat(answer), { onExchange }), exchange };
  }

  test('lets answers that have begun finish, and refuses new connections', async () => {
    const { server, exchange } = await startTold(() => ({ delay: 100 }));
    const begun = exchange();
    const pending = fetch(server.url);
    await begun;
    const closed = server.close();
    // Who has connected in the same moment is answered yet.
    await vi.waitFor(() => expect(fetch(server.url)).rejects.toThrow());
    const response = await pending;
    expect(response.headers.get('connection')).toBe('close');
    expect(await response.text()).toBe('["ä"]');
    await closed;
  });

  test('answers whoever has connected, before it is accepted too', async () => {
    const { server } = await startTold(() => ({}));
    const clients = Array.from({ length: 32 }, () => connect(server.port, '127.0.0.1'));
    const answers = clients.map(async (socket) => {
      socket.write(head('GET / HTTP/1.1'));
      const [text] = await once(socket, 'data');
      return String(text).slice(0, 15);
    });
    await once(clients[0] as Socket, 'connect');
    await server.close(noEnd);
    expect(await Promise.all(answers)).toEqual(clients.map(() => 'HTTP/1.1 200 OK'));
  });

  test('answers what is on its way on connections that are in use, and says that it was the last', async () => {
    const { server } = await startTold(() => ({}));
    const clients = Array.from({ length: 32 }, () => connect(server.port, '127.0.0.1'));
    const ends = clients.map(
      (socket) =>
        new Promise<string>((resolve) => {
          let text = '';
          socket.on('error', ({ message }) => resolve(message));
          socket.on('data', (chunk) => {
            text = String(chunk);
            if (!text.includes('Connection: close')) socket.write(head('GET / HTTP/1.1'));
          });
          socket.on('close', () => resolve(text));
          socket.write(head('GET / HTTP/1.1'));
        }),
    );
    await Promise.all(clients.map((socket) => once(socket, 'data')));
    await server.close(noEnd);
    for (const text of await Promise.all(ends)) expect(text).toMatch(/^HTTP\/1.1 200 .*\r\nConnection: close\r\n/s);
  });

  test('waits neither for idle connections nor for answers that never come', async () => {
    const { server, exchange } = await startTold(({ target }) =>
      target === '/hang' ? { effect: { kind: 'hang' } } : {},
    );
    await (await fetch(server.url)).text();
    const begun = exchange();
    const hung = new Promise((resolve) => {
      httpRequest(`${server.url}/hang`).on('error', resolve).end();
    });
    await begun;
    await server.close(noEnd);
    await hung;
  });

  test('does not wait for an answer that never comes to a request that arrives meanwhile', async () => {
    const { server } = await startTold(({ target }) => (target === '/hang' ? { effect: { kind: 'hang' } } : {}));
    const socket = connect(server.port, '127.0.0.1');
    // The head of the second request has begun, so that its connection is not idle.
    socket.write(`${head('GET / HTTP/1.1')}GET /hang HTTP/1.1\r\nHost: x\r\n`);
    await once(socket, 'data');
    const closed = server.close(noEnd);
    socket.write('\r\n');
    socket.on('error', () => {});
    await closed;
  });

  test('after the grace cuts what is still running', async () => {
    const { server, exchange } = await startTold(() => ({ delay: 60_000 }));
    const begun = exchange();
    const pending = fetch(server.url).catch((error: Error) => error);
    await begun;
    await server.close(100);
    expect(await pending).toBeInstanceOf(Error);
  });

  test('does not wait for who follows the journal', async () => {
    const { mount } = createConsole({ mock: () => echo, version: '1' });
    const server = await serve(() => echo, { mount });
    const response = await fetch(`${server.url}${mount.path}/api/journal/stream`);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const read = response.text().catch(() => 'cut');
    await server.close(noEnd);
    await read;
  });
});

describe('a stream', () => {
  const more = (index: number) => `${index};`;
  const stream = mockThat(() => ({ effect: { kind: 'stream', frames: ['a;', 'b;'], more, end: 'end' } }));

  test('is sent in chunks, and ends', async () => {
    const { url } = await start(stream);
    const response = await fetch(url);
    expect(response.headers.get('content-length')).toBeNull();
    expect(await response.text()).toBe('a;b;end');
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
  });

  test('goes on for as long as somebody listens, and no longer', async () => {
    const server = await start(stream, { stream: { endless: true, interval: 1 } });
    const { text } = await rawUntil(server.port, /9;/, head('GET / HTTP/1.1'));
    expect(text.replaceAll(/\r\n[0-9a-f]+\r\n/g, '')).toContain('a;b;2;3;4;5;6;7;8;9;');
    const open = rawUntil(server.port, null, head('GET / HTTP/1.1'));
    await fetch(server.url, { method: 'HEAD' });
    await server.close(60_000);
    expect((await open).end).not.toBe('open');
  });
});
