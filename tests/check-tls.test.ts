import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:http';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, createServer as createRawServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { endAll, runProcess, start } from './command.js';
import { certificate, expiredCertificate } from './contract/certificate.js';
import { installations } from './contract/installations.js';
import { run } from './program.js';

let server: Server;
let target = '';
beforeAll(async () => {
  server = createServer(certificate, (request, response) => {
    const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
    const { method = '', headers } = request;
    const parameters = new URLSearchParams(query);
    const reply = installations()({ method, path, query, parameters, headers, body: Buffer.alloc(0), number: 0 });
    response.writeHead(reply.status, reply.headers);
    response.end(method === 'HEAD' || reply.body === null ? undefined : reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  target = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
afterEach(endAll);

test('a certificate that nobody trusts ends the run in one line, which says what to do', async () => {
  const { code, error } = await run(['check', 'spec/openhands-installations.yaml', '-t', target]);
  expect(code).toBe(2);
  expect(error).toMatch(
    /^The target https:\/\/127\.0\.0\.1:\d+ cannot be reached: The certificate of .* is not trusted: .* \(DEPTH_ZERO_SELF_SIGNED_CERT\); name its authority in NODE_EXTRA_CA_CERTS, or pass --insecure\n$/,
  );
});

test('with --insecure, and where its authority is named, the target is checked', async () => {
  expect((await run(['check', '-t', target, '--insecure', '-q'])).code).toBe(0);
  const file = join(tmpdir(), `counterproof-${process.pid}.pem`);
  writeFileSync(file, certificate.cert);
  expect((await runProcess(['check', '-t', target, '-q'], { env: { NODE_EXTRA_CA_CERTS: file } })).code).toBe(0);
});

test('a certificate that has expired, and is trusted, ends the run in one line, which names no authority', async () => {
  const expired = createServer(expiredCertificate, (_request, response) => response.end()).listen(0, '127.0.0.1');
  await once(expired, 'listening');
  const url = `https://127.0.0.1:${(expired.address() as AddressInfo).port}`;
  const file = join(tmpdir(), `counterproof-expired-${process.pid}.pem`);
  writeFileSync(file, expiredCertificate.cert);
  const env = { NODE_EXTRA_CA_CERTS: file };
  const { code, out, error } = await runProcess(['check', 'spec/openhands-installations.yaml', '-t', url], { env });
  expired.close();
  rmSync(file);
  expect([code, out]).toEqual([2, '']);
  expect(error).toMatch(
    /^The target https:\/\/127\.0\.0\.1:\d+ cannot be reached: .* has expired \(CERT_HAS_EXPIRED\); have it renewed, or pass --insecure\n$/,
  );
});

test('a proxy before a server whose certificate nobody trusts says so to the client, and passes on with --insecure', async () => {
  const path = '/api/user/installations?provider=github';
  const asked = async (...flags: string[]) => {
    const proxy = start(['proxy', 'spec/openhands-installations.yaml', target, '--port', '0', ...flags]);
    const [url] = await proxy.until(/http:\/\/localhost:\d+/);
    const response = await fetch(url + path, { headers: { 'X-Session-API-Key': 'any' } });
    const text = await response.text();
    await proxy.end('SIGTERM');
    return [response.status, text] as const;
  };
  const [[refused, why], [passed]] = await Promise.all([asked(), asked('--insecure')]);
  expect([refused, passed]).toEqual([502, 200]);
  expect(why).toContain(
    'gives no answer: self-signed certificate; name its authority in NODE_EXTRA_CA_CERTS, or pass --insecure',
  );
});

test('https where there is none, and http where there is https, are told', async () => {
  const plain = await run(['check', 'spec/openhands-installations.yaml', '-t', target.replace('https', 'http'), '-q']);
  expect(plain.code).toBe(2);
  expect(plain.error).toMatch(
    /cannot be reached: 127\.0\.0\.1 port \d+ speaks TLS; did you mean https:\/\/127\.0\.0\.1:\d+\?\n$/,
  );
  // nginx answers in HTTP.
  const words = '<center>The plain HTTP request was sent to HTTPS port</center>';
  const both = createRawServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (bytes) => {
      if (bytes[0] !== 0x16) socket.end(`HTTP/1.1 400 Bad Request\r\nContent-Length: ${words.length}\r\n\r\n${words}`);
      else socket.destroy();
    });
  }).listen(0, '127.0.0.1');
  await once(both, 'listening');
  const url = `http://127.0.0.1:${(both.address() as AddressInfo).port}`;
  // What says so and does not is believed in what it does.
  expect((await run(['check', 'spec/openhands-installations.yaml', '-t', url, '-q'])).code).toBe(1);
  both.close();
  const none = createPlainServer().listen(0, '127.0.0.1');
  await once(none, 'listening');
  const { port } = none.address() as AddressInfo;
  const untold = await run(['check', 'spec/openhands-installations.yaml', '-t', `https://127.0.0.1:${port}`]);
  expect(untold.error).toMatch(
    /: 127\.0\.0\.1 port \d+ does not speak TLS \([A-Z_]+\); did you mean http:\/\/127\.0\.0\.1:\d+\?\n$/,
  );
  none.close();
  const { error, code } = await run(['check', 'spec/openhands-installations.yaml', '-t', 'https://127.0.0.1:1', '-q']);
  expect([code, error.includes('Nothing listens on 127.0.0.1 port 1')]).toEqual([2, true]);
});
