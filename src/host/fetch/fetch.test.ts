import { expect, test, vi } from 'vitest';
import type { Answer } from '../../operation/index.js';
import { createFetchHost } from './index.js';
import { httpRequestOf, responseOf } from './messages.js';

const answer = (more: Partial<Answer>): Answer => ({
  status: 200,
  headers: {},
  body: '',
  delay: 0,
  effect: null,
  operationId: null,
  source: 'none',
  name: null,
  seed: 1,
  violations: [],
  ...more,
});

const document = `openapi: 3.1.0
info: { title: t, version: '1' }
paths:
  /things:
    get:
      responses: { '200': { description: '', content: { text/plain: { schema: { const: text } } } } }
`;

test('a request is read as it stands on the wire', async () => {
  const request = new Request('http://host.test:81/a%20b?c=d%2Fe&c=f#g', {
    method: 'POST',
    headers: [
      ['X-A', '1'],
      ['X-A', '2'],
    ],
    body: new Uint8Array([0, 255]),
  });
  expect(await httpRequestOf(request)).toEqual({
    method: 'POST',
    target: '/a%20b?c=d%2Fe&c=f',
    headers: { host: 'host.test:81', 'x-a': '1, 2' },
    body: new Uint8Array([0, 255]),
  });
});

test('a field of any name that HTTP allows is read', async () => {
  const { headers } = await httpRequestOf(new Request('http://a.test/', { headers: [['__proto__', 'x']] }));
  expect(Object.entries(headers)).toContainEqual(['__proto__', 'x']);
});

test('a response says that it is text only where the answer does, and each of several fields of a name', async () => {
  const bare = await responseOf(answer({ body: 'text' }), 'GET');
  expect([bare.headers.get('content-type'), await bare.text()]).toEqual([null, 'text']);
  const headers = { 'Content-Type': 'text/csv', 'Set-Cookie': ['a=1', 'b=2'] };
  const typed = await responseOf(answer({ body: 'a,b', headers }), 'GET');
  expect([typed.headers.get('content-type'), typed.headers.getSetCookie(), await typed.text()]).toEqual([
    'text/csv',
    ['a=1', 'b=2'],
    'a,b',
  ]);
});

test('a body that comes as a stream is read whole, and the request can still be read by others', async () => {
  const body = new Blob(['{"a":', '1}']).stream();
  const request = new Request('http://a.test/', { method: 'PUT', body, duplex: 'half' } as RequestInit);
  expect(new TextDecoder().decode((await httpRequestOf(request)).body ?? undefined)).toBe('{"a":1}');
  expect(await request.json()).toEqual({ a: 1 });
});

test('a request without a body has none, and one that is empty has one where its type is named', async () => {
  expect((await httpRequestOf(new Request('http://a.test/'))).body).toBeNull();
  expect((await httpRequestOf(new Request('http://a.test/', { method: 'POST' }))).body).toBeNull();
  const typed = new Request('http://a.test/', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '',
  });
  expect((await httpRequestOf(typed)).body).toEqual(new Uint8Array());
});

test('the address is read as the URL Standard reads it', async () => {
  const addresses = [
    'http://a.test',
    'http://a.test:80/b?c#d',
    'https://a.test:8443/?q=/x%2F#/y?z',
    'HTTP://A.test/ä?b=ü',
    'file:///a?b',
  ];
  for (const address of addresses) {
    const { host, pathname, search } = new URL(address);
    expect(await httpRequestOf(new Request(address))).toMatchObject({
      target: `${pathname}${search}`,
      headers: { host },
    });
  }
});

test('fields that are there more than once stay apart, and cookies are not joined', async () => {
  const headers = { 'Set-Cookie': ['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2'], Vary: ['Accept', 'Origin'] };
  const response = await responseOf(answer({ headers }), 'GET');
  expect(response.headers.getSetCookie()).toEqual(headers['Set-Cookie']);
  expect(response.headers.get('vary')).toBe('Accept, Origin');
});

test('bytes stay what they are, and HEAD, 204, 205 and 304 have none', async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const whole = await responseOf(answer({ body: bytes }), 'GET');
  expect(new Uint8Array(await whole.arrayBuffer())).toEqual(bytes);
  expect((await responseOf(answer({ body: 'text' }), 'HEAD')).body).toBeNull();
  for (const status of [204, 205, 304]) {
    expect((await responseOf(answer({ status, body: 'text' }), 'GET')).body).toBeNull();
  }
});

test('an answer that nobody waits for any more is given up, during a delay and while it hangs', async () => {
  for (const slow of [answer({ delay: 60_000 }), answer({ effect: { kind: 'hang' } })]) {
    const controller = new AbortController();
    const response = responseOf(slow, 'GET', controller);
    controller.abort(new Error('enough'));
    await expect(response).rejects.toThrow('enough');
    await expect(responseOf(slow, 'GET', controller)).rejects.toThrow('enough');
  }
});

test('a body that drips comes piece by piece, and one that is cut fails where it is cut', async () => {
  const dripping = await responseOf(answer({ body: 'abc', effect: { kind: 'drip', bytesPerSecond: 100 } }), 'GET');
  expect(await dripping.text()).toBe('abc');
  const cut = await responseOf(answer({ body: 'abcdef', effect: { kind: 'truncate', afterBytes: 3 } }), 'GET');
  const reader = cut.body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('abc');
  await expect(reader?.read()).rejects.toThrow('ended in the middle');
});

test('a reset rejects as fetch does', async () => {
  const host = await createFetchHost({ document });
  const get = (prefer: string) => host.fetch(new Request('http://a.test/things', { headers: { prefer } }));
  await expect(get('fault=reset')).rejects.toThrow(TypeError);
  expect(await (await get('delay=1')).text()).toBe('text');
});

test('what is active holds for its session, and the journal tells of it', async () => {
  const { fetch, control } = await createFetchHost({ document });
  control.sessions.get('one').setActive('GET /things', { fault: 'status-server-error' });
  const status = async (headers: Record<string, string>) =>
    (await fetch(new Request('http://a.test/things', { headers }))).status;
  expect(await status({ 'Counterproof-Session': 'one' })).toBe(500);
  expect(await status({})).toBe(200);
  expect(
    control.sessions
      .get('one')
      .journal.read()
      .map(({ answer }) => answer.status),
  ).toEqual([500]);
});

test('a stream is sent frame by frame, as it is read, and ends when its reader goes away', async () => {
  const made: number[] = [];
  const more = (index: number) => {
    made.push(index);
    return `${index};`;
  };
  const streamed = answer({ effect: { kind: 'stream', frames: ['a;', 'b;'], more, end: 'end' } });
  expect(await (await responseOf(streamed, 'GET')).text()).toBe('a;b;end');
  const endless = await responseOf(streamed, 'GET', undefined, { endless: true, interval: 0 });
  const reader = (endless.body as ReadableStream<Uint8Array>).getReader();
  const read: string[] = [];
  for (let index = 0; index < 4; index++) read.push(new TextDecoder().decode((await reader.read()).value));
  await reader.cancel();
  expect(read).toEqual(['a;', 'b;', '2;', '3;']);
  expect(made).toEqual([2, 3]);
});

test('a host inside another program says in one line what is wrong with its document', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  try {
    await createFetchHost({ document });
    expect(warn).not.toHaveBeenCalled();
    const wrong = document.replace('  /things:', '  /no/{id}: { get: { parameters: [{ in: query }] } }\n  /things:');
    await createFetchHost({ document: wrong, name: 'things.yaml' });
    expect(warn.mock.calls).toEqual([
      ['counterproof: things.yaml: 3 problems in 1 of 2 operations, the rest is served'],
    ]);
  } finally {
    warn.mockRestore();
  }
});

test('what a runtime hands over beside the request is not taken for a part of it', async () => {
  class Server {
    readonly method = 'DELETE';
    readonly url = new URL('http://localhost:1/');
  }
  const { fetch } = await createFetchHost({ document });
  const given = fetch as (request: Request, beside: unknown) => Promise<Response>;
  const request = new Request('http://localhost/things');
  expect((await given(request, new Server())).status).toBe(200);
  // As fetch takes it.
  expect((await given(request, { method: 'DELETE' })).status).toBe(405);
});
