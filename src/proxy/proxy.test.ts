import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { certificate } from '../../tests/contract/certificate.js';
import { documentFromObject } from '../document/index.js';
import { type ServeOptions, serve } from '../host/node/index.js';
import { createMock } from '../mock/index.js';
import { createOperations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { type CreateProxyOptions, createProxy, proxyOfEnvironment } from './index.js';

const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
const pet = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
const error = json({ type: 'object', required: ['message'], properties: { message: { type: 'string' } } });
const document = {
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1' },
  components: { securitySchemes: { Key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
  paths: {
    '/pets': {
      get: { operationId: 'list', responses: { 200: json({ type: 'array', items: pet }) } },
      post: {
        operationId: 'create',
        security: [{ Key: [] }],
        requestBody: { required: true, content: { 'application/json': { schema: pet } } },
        responses: { 201: json(pet), 401: error, 422: error },
      },
    },
    '/pets/{name}': {
      get: {
        operationId: 'read',
        parameters: [{ name: 'name', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 200: json(pet), 404: error },
      },
    },
    '/file': { get: { operationId: 'file', responses: { 200: { description: 'x', content: { '*/*': {} } } } } },
    '/events': {
      get: { operationId: 'events', responses: { 200: { description: 'x', content: { 'text/event-stream': {} } } } },
    },
  },
};

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

type Upstream = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

async function upstreamOf(answer: Upstream): Promise<{ server: Server; url: string }> {
  const server = createServer(async (message, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk);
    answer(message, response, Buffer.concat(chunks));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  ends.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function proxied(upstream: string, options: Partial<CreateProxyOptions> = {}, serving: ServeOptions = {}) {
  const operations = createOperations(documentFromObject(document));
  const proxy = createProxy({ operations, upstream, ...options });
  const mock = createMock({ operations });
  const server = await serve(() => mock, { host: '127.0.0.1', forward: proxy.forward, ...serving });
  ends.push(async () => {
    await server.close(0);
    proxy.forward.close();
  });
  const violations = () =>
    proxy
      .result()
      .findings.filter(({ severity }) => severity === 'violation')
      .map(({ check, message }) => `${check}: ${message}`);
  return { ...proxy, url: server.url, port: server.port, violations };
}

/** A server that answers whatever comes with these bytes, and closes the connection. */
async function tcpUpstream(bytes: string): Promise<{ url: string }> {
  const server = createTcpServer((socket) =>
    socket.on('error', () => {}).once('data', () => socket.end(bytes, 'latin1')),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  ends.push(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const whole: Upstream = (_request, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end('[{"name":"Rex"}]');
};

interface Got {
  readonly message: IncomingMessage;
  readonly body: string;
}

async function send(
  url: string,
  options: { method?: string; headers?: string[] | Record<string, string>; body?: string } = {},
) {
  const { body, ...rest } = options;
  const out = request(url, { ...rest, headers: rest.headers as Record<string, string> });
  out.end(body);
  const [message] = (await once(out, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return { message, body: Buffer.concat(chunks).toString() } satisfies Got;
}

/** What comes back for bytes, until an answer stands there whole. */
async function rawAnswer(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  socket.on('error', () => {});
  socket.write(bytes);
  let text = '';
  for await (const chunk of socket) {
    text += chunk;
    if (/Connection: keep-alive[\s\S]*(0\r\n\r\n|\})$/.test(text)) break;
  }
  return text;
}

describe('what passes through', () => {
  it('is the same request for the upstream, without what is about the connection, and with Via', async () => {
    const seen: { method?: string | undefined; url?: string | undefined; headers: string[]; body: string }[] = [];
    const { url } = await upstreamOf(({ method, url: target, rawHeaders }, response, body) => {
      seen.push({ method, url: target, headers: rawHeaders, body: body.toString() });
      whole({} as IncomingMessage, response, body);
    });
    const proxy = await proxied(`${url}/base`, { forwarded: true });
    const headers = ['Host', 'pets.example', 'X-Odd-CASE', '1', 'x-odd-case', '2', 'Connection', 'x-hop', 'x-hop', '3'];
    await send(`${proxy.url}/pets?a=%2F&a=b`, {
      method: 'POST',
      headers: [...headers, 'Content-Length', '2'],
      body: '{}',
    });
    await send(`${proxy.url}/base/pets`, {
      headers: { 'X-Forwarded-For': '10.0.0.7', 'x-forwarded-proto': 'https' },
    });
    expect(seen.map((one) => one.url)).toEqual(['/base/pets?a=%2F&a=b', '/base/pets']);
    expect(seen[0]).toMatchObject({ method: 'POST', body: '{}' });
    expect(seen[0]?.headers.slice(0, 12)).toEqual([
      ...['Host', new URL(url).host, 'X-Odd-CASE', '1', 'x-odd-case', '2', 'Content-Length', '2'],
      ...['Via', '1.1 counterproof', 'X-Forwarded-For', '127.0.0.1'],
    ]);
    expect(
      seen[1]?.headers.filter((_, at, all) => /^x-forwarded-(for|proto)$/i.test(all[at - (at % 2)] ?? '')),
    ).toEqual([...['X-Forwarded-For', '10.0.0.7, 127.0.0.1', 'X-Forwarded-Proto', 'https']]);
  });

  it('is the same body for the upstream, with the trailers behind it', async () => {
    const seen: unknown[] = [];
    const { url } = await upstreamOf(({ rawTrailers }, response, body) => {
      seen.push(body.toString(), rawTrailers);
      response.end();
    });
    const { url: proxy } = await proxied(url);
    const out = request(`${proxy}/pets`, { method: 'POST', headers: { 'Transfer-Encoding': 'chunked' } });
    out.write('{}');
    out.addTrailers({ 'X-Sum': '7' });
    await once(out.end(), 'response');
    expect(seen).toEqual(['{}', ['X-Sum', '7']]);
  });

  it('is the same answer for the client: fields, status text, trailers, and what the document does not know', async () => {
    const { url } = await upstreamOf((_request, response) => {
      response.writeHead(
        200,
        'Fine',
        [
          ['X-Odd', '1'],
          ['x-odd', '2'],
          ['Trailer', 'X-Sum'],
          ['Set-Cookie', 'a=1'],
          ['Set-Cookie', 'b=2'],
        ].flat(),
      );
      response.write('a'.repeat(100_000));
      response.addTrailers({ 'X-Sum': '7' });
      response.end('z');
    });
    const { url: proxy, result } = await proxied(url);
    const { message, body } = await send(`${proxy}/unknown`);
    expect([message.statusCode, message.statusMessage, body.length]).toEqual([200, 'Fine', 100_001]);
    expect(message.headersDistinct['x-odd']).toEqual(['1', '2']);
    expect(message.headers['set-cookie']).toEqual(['a=1', 'b=2']);
    expect(message.trailers).toEqual({ 'x-sum': '7' });
    expect(message.headers.via).toBe('1.1 counterproof');
    expect(result().notes).toContain('1 request was for what the document does not have: GET /unknown');
  });

  it('comes as it is sent: events one by one', async () => {
    let next = () => {};
    const { url } = await upstreamOf((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: 1\n\n');
      next = () => response.end('data: 2\n\n');
    });
    const { url: proxy } = await proxied(url, { errors: true });
    const out = request(`${proxy}/events`).end();
    const [message] = (await once(out, 'response')) as [IncomingMessage];
    const [first] = await once(message, 'data');
    expect(String(first)).toBe('data: 1\n\n');
    next();
    const [second] = await once(message, 'data');
    expect(String(second)).toBe('data: 2\n\n');
  });

  it('has no length where it has no body: of a 204 that says one (RFC 9110, 8.6)', async () => {
    const { url } = await tcpUpstream('HTTP/1.1 204 No Content\r\nContent-Length: 5\r\nX-Kept: 1\r\n\r\n');
    const { message } = await send(`${(await proxied(url)).url}/pets`);
    expect([message.statusCode, message.headers['x-kept'], message.headers['content-length']]).toEqual([
      204,
      '1',
      undefined,
    ]);
  });

  it('comes no faster than the client takes it, interim answers too', async () => {
    const hint = `HTTP/1.1 103 Early Hints\r\nLink: <${'a'.repeat(1000)}>; rel=preload\r\n\r\n`;
    let sent = 0;
    let isHeld = () => {};
    const held = new Promise<void>((resolve) => {
      isHeld = resolve;
    });
    const server = createTcpServer((socket) => {
      socket.on('error', () => {});
      const write = () => {
        while (socket.write(hint)) sent += 1;
        if (sent > 50_000) return isHeld();
        // Nothing is taken any more.
        const clock = setTimeout(isHeld, 500);
        socket.once('drain', () => [clearTimeout(clock), write()]);
      };
      socket.once('data', write);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    ends.push(() => server.close());
    const { port } = await proxied(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    ends.push(() => socket.destroy());
    socket.pause().write('GET /pets HTTP/1.1\r\nHost: a\r\n\r\n');
    await held;
    // What the system keeps of connections, and not 50 MB.
    expect(sent).toBeLessThan(50_000);
  });

  it('waits for the 100 that the upstream gives', async () => {
    const { server, url } = await upstreamOf(whole);
    const asked: (string | undefined)[] = [];
    server.on('checkContinue', (message, response) => {
      asked.push(message.method);
      response.writeContinue();
      server.emit('request', message, response);
    });
    const { url: proxy } = await proxied(url);
    const out = request(`${proxy}/pets`, { method: 'POST', headers: { Expect: '100-continue', 'Content-Length': 4 } });
    out.flushHeaders();
    await once(out, 'continue');
    out.end('{"a"');
    await once(out, 'response');
    expect(asked).toEqual(['POST']);
  });

  it('may be another protocol after an upgrade', async () => {
    const { server, url } = await upstreamOf(whole);
    server.on('upgrade', (_request, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
      socket.pipe(socket);
      socket.on('error', () => socket.destroy());
    });
    const { port, result } = await proxied(url);
    const socket = connect(port, '127.0.0.1');
    socket.setEncoding('utf8').write('GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nping');
    let text = '';
    while (!text.endsWith('ping')) text += (await once(socket, 'data'))[0];
    expect(text).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\n[\s\S]*\r\n\r\nping$/);
    expect(result().notes).toContain('1 request was not judged, since the connection was upgraded');
    socket.destroy();
  });

  it('is answered as any other where it offers HTTP/2, its body too, and after a refused upgrade what was said', async () => {
    const seen: string[] = [];
    const { server, url } = await upstreamOf(({ method, headers }, response, body) => {
      seen.push(`${method} ${headers.upgrade} ${body}`);
      response.writeHead(201, { 'Content-Type': 'application/json' });
      response.write('{"name":');
      response.end('"Rex"}');
    });
    const { port, result } = await proxied(url);
    const offer = (request: string, protocol: string, body = '') =>
      rawAnswer(
        port,
        `${request} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: ${protocol}\r\n` +
          `HTTP2-Settings: AAMAAABk\r\nX-Key: k\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      );
    expect(await offer('POST /pets', 'h2c', '{"name":"Rex"}')).toMatch(/^HTTP\/1.1 201 .*\{"name":"Rex"\}/s);
    server.on('upgrade', (_request, socket) =>
      socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n'),
    );
    expect(await offer('GET /pets', 'echo')).toMatch(/^HTTP\/1.1 200 OK\r\nConnection: close\r\n\r\n\[\]$/);
    expect(seen).toEqual(['POST undefined {"name":"Rex"}']);
    expect(result().notes).toContain('1 request was not judged, since the connection was upgraded');
  });

  it.each([
    ['HTTP/1.1 200 F\x01\xefne\r\nContent-Length: 0\r\n\r\n', /^HTTP\/1.1 200 F\xefne\r\n/],
    ['HTTP/1.1 099 What\r\nContent-Length: 0\r\n\r\n', /^HTTP\/1.1 502 .*gives no answer: its status is 099/s],
  ])('is answered where the status line of the upstream cannot be sent on: %j', async (bytes, expected) => {
    const { port } = await proxied((await tcpUpstream(bytes)).url);
    expect(await rawAnswer(port, 'GET /pets HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toMatch(expected);
  });

  it.each([
    ['/pets', 100_000],
    ['/file', 100_000],
    ['/pets', 10],
  ])('is cut for the client where the upstream dies in the middle of %s after %i bytes', async (path, length) => {
    const { url } = await upstreamOf((_request, response) => {
      response.writeHead(200, {
        'Content-Type': path === '/pets' ? 'application/json' : 'image/png',
        'Content-Length': length * 2,
      });
      response.write('x'.repeat(length), () => response.destroy());
    });
    const { url: proxy, violations } = await proxied(url);
    const out = request(`${proxy}${path}`).end();
    const [message] = (await once(out, 'response')) as [IncomingMessage];
    await expect(message.resume().toArray()).rejects.toThrow('aborted');
    await expect.poll(violations).toContain('well-formed: The body ends too early');
  });

  it('ends for the upstream when the client goes away, and nobody is accused', async () => {
    let gone = () => {};
    const ended = new Promise<void>((resolve) => {
      gone = resolve;
    });
    const { url } = await upstreamOf((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'image/png' }).write('x'.repeat(100_000));
      response.once('close', gone);
    });
    const { url: proxy, result, violations } = await proxied(url);
    const out = request(`${proxy}/file`).end();
    const [message] = (await once(out, 'response')) as [IncomingMessage];
    message.on('error', () => {});
    message.destroy();
    await ended;
    await expect.poll(() => result().notes).toContain('1 request was not judged, since the client went away');
    expect(violations()).toEqual([]);
  });

  it('is a 502 where nobody listens', async () => {
    const { url: proxy, result } = await proxied('http://127.0.0.1:9');
    const { message, body } = await send(`${proxy}/pets`);
    expect([message.statusCode, message.headers['content-type']]).toEqual([502, 'application/problem+json']);
    expect(body).toContain('http://127.0.0.1:9 gives no answer');
    expect(result().verdict).toBe('incomplete');
  });

  it('is a 504 where no answer begins in time', async () => {
    const { url } = await upstreamOf(() => {});
    const { url: proxy } = await proxied(url, { timeout: 50 });
    expect((await send(`${proxy}/pets`)).message.statusCode).toBe(504);
  });
});

describe('what is judged', () => {
  it('are both sides, and the head of a short answer says so', async () => {
    const { url } = await upstreamOf((_request, response) => {
      response.writeHead(201, { 'Content-Type': 'application/json' }).end('{"name":7}');
    });
    const { url: proxy, violations } = await proxied(url);
    const headers = { 'Content-Type': 'application/json', 'X-Key': 'a-secret' };
    const { message } = await send(`${proxy}/pets`, { method: 'POST', headers, body: '{"nome":"Rex"}' });
    expect(message.headers.counterproof).toBe('source=upstream, violations=3');
    expect(violations().sort()).toEqual([
      'rejects-invalid: An invalid request was accepted',
      'request-valid: The client sent what the document does not allow: body /name',
      'response-schema: The body is not what its schema says: /name: must be a string, not a number',
    ]);
  });

  it('is what was meant, under its Content-Encoding, and passed on as it came', async () => {
    const coded = gzipSync('[{"name":7}]');
    const { url } = await upstreamOf((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }).end(coded);
    });
    const { url: proxy, violations } = await proxied(url);
    const { message } = await send(`${proxy}/pets`);
    expect([message.headers['content-encoding'], message.headers.counterproof]).toEqual([
      'gzip',
      'source=upstream, violations=1',
    ]);
    expect(violations()).toEqual([
      'response-schema: The body is not what its schema says: /0/name: must be a string, not a number',
    ]);
  });

  it('is not what is too long, and that is said', async () => {
    const { url } = await upstreamOf((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(`[${' '.repeat(200_000)}7]`);
    });
    const { url: proxy, result } = await proxied(url, { judgedBytes: 150_000 });
    expect((await send(`${proxy}/pets`)).body).toHaveLength(200_003);
    await expect
      .poll(() => result().notes)
      .toContain('1 request was not judged, since the answer is longer than 150000 bytes');
    expect(result().verdict).toBe('incomplete');
  });

  it('is no secret: the credential of the client is shown nowhere', async () => {
    const back = Buffer.from('another-secret').toString('base64');
    const { url } = await upstreamOf((_request, response) =>
      response.writeHead(500, { 'X-Seen': 'a-secret' }).end(`the key another-secret (${back}) is wrong`),
    );
    const { url: proxy, result } = await proxied(url);
    const headers = { 'X-Key': 'a-secret', Authorization: 'Bearer another-secret' };
    await send(`${proxy}/pets?access_token=third-secret`, {
      method: 'POST',
      headers,
      body: '{"password":"a fourth secret"}',
    });
    const text = JSON.stringify(result());
    expect(text).toContain('no-server-error');
    expect(text).not.toContain('secret');
    expect(text).not.toContain(back);
  });

  it('is no secret: what the server hands out is shown nowhere either', async () => {
    const { url } = await upstreamOf((_request, response) =>
      response
        .writeHead(500, { 'Set-Cookie': 'a=f00dface; HttpOnly', 'Content-Type': 'application/xml' })
        .end('<a><token>secret-token</token><again>f00dface</again></a>'),
    );
    const { url: proxy, result } = await proxied(url);
    await send(`${proxy}/pets`);
    const text = JSON.stringify(result());
    expect(text).toContain('no-server-error');
    expect(text).not.toMatch(/f00dface|secret-token/);
  });

  it('keeps its word where all is right: also a refusal for want of a credential, and an unknown id', async () => {
    const { url } = await upstreamOf(({ method, url: target }, response) => {
      const status = method === 'POST' ? 401 : target === '/pets' ? 200 : 404;
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(status === 200 ? '[]' : '{"message":"no"}');
    });
    const { url: proxy, result } = await proxied(url);
    await send(`${proxy}/pets`);
    await send(`${proxy}/pets/Rex`);
    const headers = { 'Content-Type': 'application/json' };
    await send(`${proxy}/pets`, { method: 'POST', headers, body: '{"name":"Rex"}' });
    expect([result().verdict, result().findings]).toEqual(['kept', []]);
  });
});

describe('a server that keeps its connections as it likes', () => {
  it('answers before it has read the request, and is heard', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(413, { 'Content-Type': 'application/json' }).end('{}');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    ends.push(
      () => server.closeAllConnections(),
      () => server.close(),
    );
    const { url } = await proxied(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const out = request(`${url}/pets`, { method: 'POST', headers: { 'Content-Length': 64_000_000 } });
    out.on('error', () => undefined);
    out.write(Buffer.alloc(1_000_000));
    const [message] = (await once(out, 'response')) as [IncomingMessage];
    expect(message.statusCode).toBe(413);
    out.destroy();
  });

  it('is asked again where it has closed one, unless asking twice may do something twice', async () => {
    const asked: string[] = [];
    const server = createServer({ keepAliveTimeout: 0 }, (message, response) => {
      asked.push(`${message.method}`);
      // The second request on a connection finds it closed.
      if (used.has(message.socket)) return void message.socket.destroy();
      used.add(message.socket);
      response.writeHead(204, { 'Content-Length': 0 }).end();
    });
    const used = new Set<unknown>();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    ends.push(
      () => server.closeAllConnections(),
      () => server.close(),
    );
    const { url } = await proxied(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const statuses = [];
    for (const method of ['GET', 'GET', 'POST']) {
      statuses.push((await send(`${url}/pets`, { method })).message.statusCode);
    }
    expect(statuses).toEqual([204, 204, 502]);
    expect(asked).toEqual(['GET', 'GET', 'GET', 'POST']);
  });
});

describe('a proxy on the way to the upstream', () => {
  /** Notes what it is asked for, and connects or forwards to the one server that there is. */
  async function between(upstream: string) {
    const asked: string[] = [];
    const { hostname, port } = new URL(upstream);
    const server = createServer((message, response) => {
      asked.push(`${message.method} ${message.url} ${message.headers['proxy-authorization']}`);
      const path = new URL(message.url ?? '').pathname;
      request({ hostname, port, path, headers: message.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(response);
      }).end();
    });
    server.on('connect', (message, socket) => {
      asked.push(`CONNECT ${message.url} ${message.headers['proxy-authorization']}`);
      const out = connect(Number(port), hostname, () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
      socket.pipe(out).pipe(socket);
      for (const side of [socket, out]) side.on('error', () => [socket, out].map((each) => each.destroy()));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    ends.push(
      () => server.closeAllConnections(),
      () => server.close(),
    );
    return { asked, url: `http://me:secret@127.0.0.1:${(server.address() as AddressInfo).port}` };
  }

  it('is asked by the whole address of what is wanted', async () => {
    const { url } = await upstreamOf(whole);
    const { asked, url: upstreamProxy } = await between(url);
    const { url: proxy } = await proxied(`http://shop.example/base`, { upstreamProxy });
    const { message, body } = await send(`${proxy}/pets?a=1`);
    expect([message.statusCode, body]).toEqual([200, '[{"name":"Rex"}]']);
    expect(asked).toEqual(['GET http://shop.example/base/pets?a=1 Basic bWU6c2VjcmV0']);
  });

  it('makes a tunnel to a server that speaks https, and sees nothing of what is in it', async () => {
    const { url } = await upstreamOf(whole);
    const { asked, url: upstreamProxy } = await between(url);
    const { url: proxy } = await proxied('https://shop.example', { upstreamProxy });
    // What is behind the tunnel here speaks no TLS.
    expect((await send(`${proxy}/pets`)).message.statusCode).toBe(502);
    expect(asked).toEqual(['CONNECT shop.example:443 Basic bWU6c2VjcmV0']);
    const { url: lost } = await proxied('https://shop.example', { upstreamProxy: 'http://127.0.0.1:9' });
    expect((await send(`${lost}/pets`)).body).toContain('the proxy 127.0.0.1:9: ');
  });

  it('is named by the environment, but for this machine and where it says so', () => {
    const names = { HTTPS_PROXY: 'http://s:1', http_proxy: 'http://h:1', NO_PROXY: 'in.example, .a.example:81' };
    const ask = (url: string) => proxyOfEnvironment(url, names);
    expect(['https://x.example', 'http://x.example', 'http://localhost:3000', 'http://b.in.example'].map(ask)).toEqual([
      ...['http://s:1', 'http://h:1', undefined, undefined],
    ]);
    expect(['http://a.example', 'http://a.example:81'].map(ask)).toEqual(['http://h:1', undefined]);
    expect(proxyOfEnvironment('http://x.example', { HTTP_PROXY: 'http://h:1', no_proxy: '*' })).toBeUndefined();
  });
});

describe('with errors', () => {
  it('a wrong request goes on where requests are not judged, and nobody is accused of it', async () => {
    const seen: string[] = [];
    const { url } = await upstreamOf((_request, response, body) => {
      seen.push(body.toString());
      response.writeHead(201, { 'Content-Type': 'application/json' }).end('{"name":"Rex"}');
    });
    const { url: proxy, violations } = await proxied(url, { errors: true, validateRequest: false });
    const headers = { 'Content-Type': 'application/json', 'X-Key': 'k' };
    const { message } = await send(`${proxy}/pets`, { method: 'POST', headers, body: '{"name":1}' });
    expect([message.statusCode, seen]).toEqual([201, ['{"name":1}']]);
    expect(violations()).toEqual([]);
  });

  it('refuses an invalid request in the words of the document, and the upstream never sees it', async () => {
    let asked = 0;
    const { url } = await upstreamOf((...all) => {
      asked += 1;
      whole(...all);
    });
    const { url: proxy, violations } = await proxied(url, { errors: true });
    const headers = { 'Content-Type': 'application/json', 'X-Key': 'a' };
    const { message, body } = await send(`${proxy}/pets`, { method: 'POST', headers, body: '{}' });
    expect([message.statusCode, asked]).toEqual([422, 0]);
    expect(JSON.parse(body)).toHaveProperty('message');
    expect(violations()).toEqual(['request-valid: The client sent what the document does not allow: body /name']);
  });

  it('refuses a wrong answer with what is wrong', async () => {
    const { url } = await upstreamOf((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"name":7}');
    });
    const { url: proxy } = await proxied(url, { errors: true });
    const { message, body } = await send(`${proxy}/pets`);
    expect(message.statusCode).toBe(500);
    expect(JSON.parse(body)).toMatchObject({
      detail: expect.stringContaining('The answer of the upstream is not as the document says'),
      violations: [{ in: 'response', pointer: '', message: expect.stringContaining('must be an array') }],
    });
  });
});

describe('the mock answers', () => {
  it('what the upstream does not have, and nothing that it has', async () => {
    const { url } = await upstreamOf(({ url: target }, response) => {
      if (target === '/pets/Rex') {
        // What a framework says of a route that it does not know.
        response.writeHead(404, { 'Content-Type': 'text/html' }).end('<h1>Not Found</h1>');
      } else if (target === '/pets/Ada') {
        response.writeHead(404, { 'Content-Type': 'application/json' }).end('{"message":"no Ada"}');
      } else response.writeHead(501).end();
    });
    const { url: proxy } = await proxied(url, { mockMissing: true });
    const rex = await send(`${proxy}/pets/Rex`);
    expect([rex.message.statusCode, rex.message.headers.counterproof]).toEqual([
      200,
      expect.stringContaining('operation="read"'),
    ]);
    const ada = await send(`${proxy}/pets/Ada`);
    expect([ada.message.statusCode, ada.body]).toEqual([404, '{"message":"no Ada"}']);
    expect((await send(`${proxy}/pets`)).message.statusCode).toBe(200);
    expect((await send(`${proxy}/unknown`)).message.statusCode).toBe(501);
  });

  it('where nobody listens, with the body that was sent', async () => {
    const { url: proxy } = await proxied('http://127.0.0.1:9', { mockMissing: true });
    const headers = { 'Content-Type': 'application/json', 'X-Key': 'a' };
    const { message, body } = await send(`${proxy}/pets`, { method: 'POST', headers, body: '{"name":"Rex"}' });
    expect([message.statusCode, JSON.parse(body)]).toEqual([201, { name: 'Rex' }]);
  });

  it('for the operations that are not the upstream’s', async () => {
    const { url } = await upstreamOf((_request, response) => response.writeHead(200).end('up'));
    const { url: proxy } = await proxied(url, { except: ['read'] });
    expect((await send(`${proxy}/pets/Rex`)).message.headers.counterproof).toContain('operation="read"');
    expect((await send(`${proxy}/pets`)).body).toBe('up');
    const { url: other } = await proxied(url, { only: ['read'] });
    expect((await send(`${other}/pets/Rex`)).body).toBe('up');
    expect((await send(`${other}/pets`)).message.headers.counterproof).toContain('operation="list"');
  });
});

it.each([
  [
    { upstream: 'localhost:3000' },
    'The upstream "localhost:3000" is not an http or https URL, such as http://localhost:3000',
  ],
  [{ upstream: 'http://a', only: ['reed'] }, 'No operation matches "reed"; did you mean "read"?'],
  [{ upstream: 'http://a', check: ['nix'] }, 'No check matches "nix"'],
])('refuses %o', (options, message) => {
  const operations = createOperations(documentFromObject(document));
  expect(() => createProxy({ operations, ...options })).toThrow(message);
});

it('speaks HTTP/2 with the client and HTTP/1.1 with the server, and judges what passes', async () => {
  const heard: unknown[] = [];
  const { url } = await upstreamOf(({ headers, httpVersion }, response, body) => {
    heard.push([httpVersion, headers.host, headers.cookie, headers['x-forwarded-proto'], body.toString()]);
    response.writeHead(201, { 'Content-Type': 'application/json' });
    response.end('{"nam":"Rex"}');
  });
  const { url: front, violations } = await proxied(url, { forwarded: true }, { certificate });
  const client = connectHttp2(front, { rejectUnauthorized: false });
  ends.push(() => client.destroy());
  const stream = client.request({
    ':method': 'POST',
    ':path': '/pets',
    'x-key': 'k',
    'content-type': 'application/json',
    cookie: ['a=1', 'b=2'],
  });
  stream.end('{"name":"Rex"}');
  const [head] = await once(stream, 'response');
  expect([head[':status'], head.counterproof]).toEqual([201, expect.stringContaining('violations=1')]);
  let text = '';
  for await (const chunk of stream) text += chunk;
  expect(text).toBe('{"nam":"Rex"}');
  expect(heard).toEqual([['1.1', new URL(url).host, 'a=1; b=2', 'https', '{"name":"Rex"}']]);
  expect(violations()).toHaveLength(1);
});
