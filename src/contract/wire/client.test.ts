import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../operation/index.js';
import { streamTime } from './client.js';
import { type Client, type ClientOptions, createClient } from './index.js';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

/** A server that has each request's head and the number of the connection and of the request on it. */
async function listen(
  answer: (socket: Socket, request: string, on: { connection: number; request: number; total: number }) => void,
  host = '127.0.0.1',
  options: ClientOptions = {},
): Promise<Client & { seen: string[] }> {
  let connections = 0;
  let total = 0;
  const seen: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    const connection = ++connections;
    let request = 0;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      seen.push(bytes.toString('latin1'));
      answer(socket, bytes.toString('latin1'), { connection, request: ++request, total: ++total });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as { port: number };
  const client = createClient(`http://${host.includes(':') ? `[${host}]` : host}:${port}/base/`, {
    userAgent: 'x',
    ...options,
  });
  cleanups.push(() => {
    client.close();
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return Object.assign(client, { seen });
}

const get: HttpRequest = { method: 'GET', target: '/a', headers: {}, body: null };
const ok = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';

function kinds(received: { problems: readonly { kind: string }[] }): string[] {
  return received.problems.map(({ kind }) => kind);
}

describe('the time for an answer', () => {
  it('does not run while this process is busy with something else', async () => {
    const client = await listen((socket) => {
      setTimeout(() => socket.write(ok), 750);
      for (const began = performance.now(); performance.now() - began < 700; );
    });
    expect(kinds(await client.send(get, { timeout: 600 }))).toEqual([]);
  });
});

describe('what is sent', () => {
  it('is what the request says, below the path of the target', async () => {
    const client = await listen((socket) => socket.write(ok));
    await client.send(
      {
        method: 'QUERY',
        target: '/a%zz?x=é',
        headers: { 'x-latin': 'é', 'x-many': ['1', '2'], accept: 'text/plain' },
        body: Buffer.from('{}'),
      },
      { timeout: 30_000 },
    );
    await client.send({ ...get, method: 'POST' }, { timeout: 30_000 });
    expect(client.seen.map((text) => text.replace(/:\d+/, ':PORT').split('\r\n'))).toEqual([
      [
        'QUERY /base/a%zz?x=é HTTP/1.1',
        'Host: 127.0.0.1:PORT',
        'User-Agent: x',
        'x-latin: é',
        'x-many: 1',
        'x-many: 2',
        'accept: text/plain',
        'Content-Length: 2',
        '',
        '{}',
      ],
      ['POST /base/a HTTP/1.1', 'Host: 127.0.0.1:PORT', 'User-Agent: x', 'Content-Length: 0', '', ''],
    ]);
  });

  it('never is two messages in one', async () => {
    const client = await listen((socket) => socket.write(ok));
    await expect(client.send({ ...get, headers: { x: 'a\r\nb: c' } }, { timeout: 30_000 })).rejects.toThrow(TypeError);
  });
});

describe('connections', () => {
  it('are kept and used again', async () => {
    let last = 0;
    const client = await listen((socket, _request, on) => {
      last = on.connection;
      socket.write(ok);
    });
    for (let index = 0; index < 5; index++) {
      expect(await client.send(get, { timeout: 30_000 })).toMatchObject({ status: 200, problems: [] });
    }
    expect(last).toBe(1);
  });

  it('that the server closed while they were idle are replaced, and nothing is said', async () => {
    const client = await listen((socket) => {
      socket.write(ok);
      setTimeout(() => socket.end(), 5);
    });
    for (let index = 0; index < 4; index++) {
      expect(kinds(await client.send(get, { timeout: 30_000 }))).toEqual([]);
      await new Promise((resolve) => setTimeout(resolve, index * 4));
    }
  });

  it('that the server closes without a word after each answer do no harm', async () => {
    const client = await listen((socket, _request, on) => {
      if (on.request > 1) socket.resetAndDestroy();
      else socket.write(ok);
    });
    for (let index = 0; index < 10; index++) expect(kinds(await client.send(get, { timeout: 30_000 }))).toEqual([]);
  });

  it('do not hide a server that resets every fourth request', async () => {
    const client = await listen((socket, _request, on) => {
      if (on.total % 4 === 0) socket.resetAndDestroy();
      else socket.write(ok);
    });
    const found: string[] = [];
    for (let index = 0; index < 30; index++) found.push(...kinds(await client.send(get, { timeout: 30_000 })));
    expect(found.length).toBeGreaterThanOrEqual(4);
    expect(new Set(found)).toEqual(new Set(['reset']));
  });

  it('are not kept from a server that serves one at a time', async () => {
    const queue: Socket[] = [];
    const serveNext = () => {
      queue[0]?.on('data', () => queue[0]?.write(ok)).resume();
    };
    const server = createServer({ pauseOnConnect: true }, (socket) => {
      queue.push(socket);
      socket
        .on('error', () => {})
        .on('close', () => {
          queue.splice(queue.indexOf(socket), 1);
          serveNext();
        });
      if (queue.length === 1) serveNext();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = createClient(`http://127.0.0.1:${(server.address() as { port: number }).port}`);
    cleanups.push(() => {
      client.close();
      server.close();
    });
    const worker = async () => {
      for (let index = 0; index < 10; index++) expect(kinds(await client.send(get, { timeout: 30_000 }))).toEqual([]);
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
  });

  it('go to IPv6 addresses', async () => {
    const client = await listen((socket) => socket.write(ok), '::1');
    expect(await client.send(get, { timeout: 30_000 })).toMatchObject({ status: 200 });
    expect(client.seen[0]).toContain('Host: [::1]:');
  });
});

describe('what goes wrong', () => {
  it('on a port where nothing listens', async () => {
    const client = createClient('http://127.0.0.1:1');
    const received = await client.send(get, { timeout: 30_000 });
    expect(received).toMatchObject({ status: null });
    expect(received.problems).toEqual([
      { kind: 'refused', message: 'Nothing listens on 127.0.0.1 port 1 (ECONNREFUSED)' },
    ]);
    await expect(client.probe(1000)).rejects.toThrow(
      'The target http://127.0.0.1:1 cannot be reached: Nothing listens on 127.0.0.1 port 1 (ECONNREFUSED)',
    );
  });

  it.each<[what: string, expected: string[], answer: (socket: Socket) => void]>([
    ['no answer', ['timeout'], () => {}],
    ['a slow drip', ['timeout'], (socket) => void drip(socket, `${ok.slice(0, -2)}{}`, 20)],
    ['a reset before the answer', ['reset'], (socket) => void socket.resetAndDestroy()],
    ['an end before the answer', ['reset'], (socket) => void socket.end()],
    [
      'a reset in the body',
      ['reset'],
      (socket) => void socket.write(ok.slice(0, -1), () => setTimeout(() => socket.resetAndDestroy(), 20)),
    ],
    ['an end in the body', ['truncated'], (socket) => void socket.end(ok.slice(0, -1))],
    ['a length too long on an open connection', ['timeout'], (socket) => void socket.write(ok.slice(0, -1))],
    ['a length too short', ['content-length-mismatch'], (socket) => void socket.write(`${ok}]`)],
    [
      'a length too short, the rest later',
      ['content-length-mismatch'],
      (socket) => void socket.write(ok, () => socket.write(']')),
    ],
    ['garbage', ['malformed-http'], (socket) => void socket.write('220 smtp ready\r\n')],
    [
      'an endless header section',
      ['too-large'],
      (socket) => void flood(socket, 'HTTP/1.1 200 OK\r\n', 'x: y\r\n'.repeat(2000)),
    ],
    ['an endless body', ['too-large'], (socket) => void flood(socket, 'HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(1e6))],
    [
      'gzip that is not',
      ['content-encoding-broken'],
      (socket) => void socket.write(ok.replace('\r\n', '\r\nContent-Encoding: gzip\r\n')),
    ],
    ['204 with a body', ['body-not-allowed'], (socket) => void socket.write('HTTP/1.1 204 No Content\r\n\r\n{}')],
    [
      '204 with a body, a moment later',
      ['body-not-allowed'],
      (socket) => void socket.write('HTTP/1.1 204 No Content\r\n\r\n', () => socket.write('{}')),
    ],
  ])('%s is seen', async (_what, expected, answer) => {
    const client = await listen((socket) => answer(socket));
    const seen = new Set<string>();
    // Only what must run into its timeout is given a short one: a busy machine takes its time.
    const timeout = expected.includes('timeout') ? 150 : 10_000;
    for (let index = 0; index < 3; index++)
      for (const kind of kinds(await client.send(get, { timeout }))) seen.add(kind);
    expect([...seen]).toEqual(expected);
  });

  it('is seen on HEAD with a body, and not on HEAD without one', async () => {
    const client = await listen((socket, request) => socket.write(request.includes('with') ? ok : ok.slice(0, -2)));
    const head = (target: string) => client.send({ ...get, method: 'HEAD', target }, { timeout: 30_000 });
    expect(kinds(await head('/with'))).toEqual(['body-not-allowed']);
    expect(kinds(await head('/none'))).toEqual([]);
  });

  it('is no timeout where the answer lay ready while this process did something else', async () => {
    const timeout = 500;
    let until = 0;
    const client = await listen((socket, _request, { total }) => {
      socket.write(ok);
      if (total > 1) while (performance.now() <= until);
    });
    await client.send(get, { timeout: 30_000 });
    until = performance.now() + timeout + 10;
    expect(kinds(await client.send(get, { timeout }))).toEqual([]);
  });

  it('takes no longer than the timeout', async () => {
    // It would take hours to come to its end.
    const client = await listen(
      (socket) => void drip(socket, ok.replace('\r\n', `\r\nX: ${'a'.repeat(1_000_000)}\r\n`), 5),
    );
    expect(kinds(await client.send(get, { timeout: 100 }))).toEqual(['timeout']);
  });

  it('is an answer that trickles in, though it does come to its end', async () => {
    const client = await listen((socket) => void drip(socket, ok, 14));
    const { problems } = await client.send(get, { timeout: 10_000 });
    expect(problems).toEqual([
      {
        kind: 'timeout',
        message: expect.stringMatching(/^The answer trickled in, in \d+ pieces of a few bytes over [\d.]+ s$/),
      },
    ]);
  });

  it('is not an answer that streams in chunks, or that is slow to begin', async () => {
    const client = await listen(async (socket, request) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n');
      if (request.includes('/slow')) await new Promise((resolve) => setTimeout(resolve, 1100));
      for (let index = 0; index < 12; index++) {
        socket.write('6\r\n      \r\n');
        await new Promise((resolve) => setTimeout(resolve, request.includes('/slow') ? 1 : 90));
      }
      socket.write('2\r\n{}\r\n0\r\n\r\n');
    });
    const [streamed, slow] = await Promise.all(
      ['/stream', '/slow'].map((target) => client.send({ ...get, target }, { timeout: 30_000 })),
    );
    expect([streamed?.problems, slow?.problems]).toEqual([[], []]);
  });

  it('is not a redirect: it is shown, and not followed', async () => {
    const client = await listen((socket) =>
      socket.write('HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n'),
    );
    expect(await client.send(get, { timeout: 30_000 })).toMatchObject({ status: 302, problems: [] });
    expect(client.seen.length).toBe(1);
  });
});

async function drip(socket: Socket, text: string, everyMilliseconds: number): Promise<void> {
  for (const byte of text) {
    if (socket.destroyed) return;
    socket.write(byte);
    await new Promise((resolve) => setTimeout(resolve, everyMilliseconds));
  }
}

async function flood(socket: Socket, begin: string, piece: string): Promise<void> {
  socket.write(begin);
  for (let index = 0; index < 50 && !socket.destroyed; index++) {
    if (!socket.write(piece)) await new Promise((resolve) => socket.once('drain', resolve).once('close', resolve));
  }
}

describe('a stream', () => {
  it('is read for a shorter time the more have not ended, so that a target of nothing else comes to an end', () => {
    const times = [0, 15, 16, 79, 80, 144, 100_000].map((count) => streamTime(2000, count));
    expect(times).toEqual([2000, 2000, 200, 200, 100, 50, 10]);
  });

  const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n';

  it('that does not end is read for a while, and is whole as far as it was read', async () => {
    const client = await listen((socket) => socket.write(`${head}data: 1\n\ndata:`));
    const received = await client.send(get, { timeout: 100 });
    expect(received).toMatchObject({ status: 200, problems: [], isOpen: true });
    expect(Buffer.from(received.body).toString()).toBe('data: 1\n\ndata:');
  });

  it('that never pauses is read up to a size', async () => {
    const piece = `data: ${'x'.repeat(60_000)}\n\n`;
    const client = await listen((socket) => {
      socket.write(head);
      const more = () => socket.write(piece) && !socket.destroyed && setImmediate(more);
      socket.on('drain', more);
      more();
    });
    const received = await client.send(get, { timeout: 60_000 });
    expect(received).toMatchObject({ problems: [], isOpen: true });
    expect(received.body.length).toBeGreaterThan(1024 * 1024);
  });

  it('is read for a shorter time where many did not end', async () => {
    const client = await listen((socket) => socket.write(`${head}data: 1\n\n`), undefined, {
      streamMilliseconds: 3_600_000,
    });
    await Promise.all(Array.from({ length: 16 }, () => client.send(get, { timeout: 500 })));
    expect(await client.send(get, { timeout: 3_600_000 })).toMatchObject({ status: 200, problems: [], isOpen: true });
  });

  it('that ends is read to its end', async () => {
    const client = await listen((socket) => socket.end(`${head}data: 1\n\n`));
    const received = await client.send(get, { timeout: 30_000 });
    expect(received.isOpen).toBeUndefined();
    expect(received.problems).toEqual([]);
  });
});
