import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LiveRun } from '../../contract/internal.js';
import { documentFromObject } from '../../document/index.js';
import { fixturesFromText } from '../../fixture/index.js';
import { createMock } from '../../mock/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import type { ProxiedExchange } from '../types.js';
import { createRecord, exchangesIn, recordOfHar, recordText } from './index.js';
import { Masker } from './mask.js';

const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
const user = { type: 'object', properties: { id: { type: 'integer' }, email: { type: 'string', format: 'email' } } };
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/users': {
        get: {
          operationId: 'list',
          parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer' } }],
          responses: { 200: json({ type: 'array', items: user }) },
        },
        post: {
          operationId: 'create',
          requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
          responses: { 201: json(user) },
        },
      },
      '/users/{id}': {
        get: {
          operationId: 'read',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
          responses: { 200: json(user), 404: json({ type: 'object' }) },
        },
      },
      '/proto': { get: { operationId: '__proto__', responses: { 200: json({ type: 'object' }) } } },
      '/logo': { get: { operationId: 'logo', responses: { 200: { description: 'x', content: { 'image/png': {} } } } } },
    },
  }),
);
const live = new LiveRun({ operations, target: '' });

const bytes = (text: string) => new TextEncoder().encode(text);

function requestOf(method: string, target: string, body?: unknown): HttpRequest {
  const headers = { host: 'a', ...(body !== undefined && { 'content-type': 'application/json' }) };
  return { method, target, headers, body: body === undefined ? null : new TextEncoder().encode(JSON.stringify(body)) };
}

function seen(
  request: HttpRequest,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): ProxiedExchange {
  const isText = body instanceof Uint8Array;
  return {
    request,
    read: live.read(request),
    milliseconds: 5,
    answer: {
      status,
      headers: { 'content-type': isText ? 'image/png' : 'application/json', ...headers },
      body: isText ? body : new TextEncoder().encode(JSON.stringify(body)),
      delay: 0,
      effect: null,
      operationId: live.read(request).entry?.id ?? null,
      source: 'upstream',
      name: null,
      seed: 0,
      violations: [],
    },
  };
}

async function replayed(exchanges: readonly ProxiedExchange[]) {
  const record = createRecord({ operations, format: 'fixtures' });
  for (const exchange of exchanges) record.add(exchange);
  const text = await recordText(record, 'a.yaml');
  const mock = createMock({ operations, fixtures: fixturesFromText(text, 'a.yaml', operations) });
  const ask = (request: HttpRequest) => {
    const { status, body, headers } = mock.answer(request);
    return { status, headers, body: JSON.parse(String(body)) as unknown };
  };
  return { text, record, ask };
}

describe('a record', () => {
  it('answers each request as it was answered, the more particular one first', async () => {
    const all = [{ id: 1 }, { id: 2 }];
    const { ask } = await replayed([
      seen(requestOf('GET', '/users'), 200, all, { 'x-total': '2', date: 'today' }),
      seen(requestOf('GET', '/users?limit=1'), 200, [{ id: 1 }]),
      seen(requestOf('GET', '/users/2'), 200, { id: 2 }),
      seen(requestOf('GET', '/users/3'), 404, { no: 'such' }),
      seen(requestOf('POST', '/users', { name: 'Rex' }), 201, { id: 3 }),
    ]);
    expect(ask(requestOf('GET', '/users'))).toMatchObject({ status: 200, body: all, headers: { 'x-total': '2' } });
    expect(ask(requestOf('GET', '/users?limit=1')).body).toEqual([{ id: 1 }]);
    expect(ask(requestOf('GET', '/users/2')).body).toEqual({ id: 2 });
    expect(ask(requestOf('GET', '/users/3'))).toMatchObject({ status: 404, body: { no: 'such' } });
    expect(ask(requestOf('POST', '/users', { name: 'Rex' }))).toMatchObject({ status: 201, body: { id: 3 } });
  });

  it('has one case for a situation, the last answer of it, and others by name', async () => {
    const { text, ask } = await replayed([
      seen(requestOf('GET', '/users/2'), 404, { no: 'such' }),
      seen(requestOf('GET', '/users/2'), 200, { id: 1 }),
      seen(requestOf('GET', '/users/2'), 200, { id: 2 }),
    ]);
    expect(text.match(/status:/g)).toHaveLength(2);
    expect(ask(requestOf('GET', '/users/2')).body).toEqual({ id: 2 });
    const byName = { ...requestOf('GET', '/users/2'), headers: { prefer: 'example=seen-404-2' } };
    expect(ask(byName)).toMatchObject({ status: 404, body: { no: 'such' } });
  });

  it('keeps what is called as members of every object are', async () => {
    const body = JSON.parse('{"__proto__":"a","constructor":1}');
    const { text, ask } = await replayed([seen(requestOf('GET', '/proto'), 200, body)]);
    expect(text).toContain('__proto__:');
    expect(ask(requestOf('GET', '/proto')).body).toEqual(body);
  });

  it('says of what breaks the document that it does', async () => {
    const { text, ask } = await replayed([
      seen(requestOf('GET', '/users/2'), 200, { id: 'two' }),
      seen(requestOf('GET', '/users'), 418, { tea: true }),
    ]);
    expect(text.match(/offContract: true/g)).toHaveLength(2);
    expect(ask(requestOf('GET', '/users/2')).body).toEqual({ id: 'two' });
    expect(ask(requestOf('GET', '/users')).status).toBe(418);
  });

  it.each(['fixtures', 'har'] as const)('has no credential of the client that came back, as %s', async (format) => {
    const record = createRecord({ operations, format });
    const request = requestOf('GET', '/users/2');
    const bearer = { ...request, headers: { ...request.headers, authorization: 'Bearer letmein-4711' } };
    const back = Buffer.from('letmein-4711').toString('base64');
    record.add(seen(bearer, 200, { is: 'letmein-4711 is wrong', also: [back], 'letmein-4711': 1 }, { 'x-b': back }));
    const text = await recordText(record, 'a');
    expect(text).toContain('also');
    expect(text).not.toContain('letmein');
    expect(text).not.toContain(back);
  });

  it.each(['fixtures', 'har'] as const)('has no password of a body that came back in a text, as %s', async (format) => {
    const record = createRecord({ operations, format });
    const sent = { login: 'ada', deep: [{ password: 'correct-horse' }], accessToken: ['t-4711-8822'] };
    record.add(seen(requestOf('POST', '/users', sent), 201, { also: JSON.stringify(sent) }));
    const text = await recordText(record, 'a');
    expect(text).toContain('also');
    expect(text).not.toMatch(/correct-horse|t-4711-8822/);
  });

  it('has no cookie that a server hands out, also where a body repeats it', async () => {
    const record = createRecord({ operations, format: 'har' });
    record.add(
      seen(requestOf('POST', '/users', {}), 201, { id: 'f00dface-1' }, { 'set-cookie': 'a=f00dface-1; HttpOnly' }),
    );
    const text = await recordText(record, 'a');
    expect(text).toContain('set-cookie');
    expect(text).not.toContain('f00dface-1');
  });

  it('has no credential of a client to whom very many are handed out', async () => {
    const record = createRecord({ operations, format: 'har' });
    const headers = { authorization: 'Bearer letmein-4711' };
    for (const at of [1, 2]) {
      const tokens = Array.from({ length: 12 }, (_, index) => ({ token: `f00dface-${at}-${index}` }));
      const request = { ...requestOf('POST', '/users', {}), headers };
      record.add(seen(request, 201, { tokens, is: 'letmein-4711 is wrong' }));
    }
    expect(await recordText(record, 'a')).not.toMatch(/letmein/);
  });

  it('counts what it cannot hold, with the reason', async () => {
    const { record } = await replayed([
      seen(requestOf('GET', '/logo'), 200, new Uint8Array([137, 80, 255])),
      seen(requestOf('GET', '/unknown'), 200, {}),
    ]);
    expect(record.skipped).toEqual([
      '1 answer not recorded: a fixture cannot hold image/png',
      '1 answer not recorded: the document does not have the request',
    ]);
  });

  it('has no secret, and what was equal still is', async () => {
    const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjMifQ.c2lnbmF0dXJl';
    const { text, ask } = await replayed([
      seen(requestOf('POST', '/users', { login: 'ada', password: 'correct horse' }), 201, {
        id: 7,
        email: 'ada@lovelace.example',
        accessToken: token,
        note: `sent to ada@lovelace.example with ${token}`,
      }),
      seen(requestOf('GET', '/users/7'), 200, { id: 7, email: 'ada@lovelace.example' }),
    ]);
    expect(text).not.toMatch(/lovelace|correct horse|eyJ/);
    const created = ask(requestOf('POST', '/users', { login: 'ada', password: 'another' })).body as JsonObject;
    expect(created.email).toMatch(/^[a-z]{3}@example\.com$/);
    expect(ask(requestOf('GET', '/users/7')).body).toEqual({ id: 7, email: created.email });
  });
});

describe('an HTTP Archive', () => {
  it('is written, and read as what was seen', async () => {
    const record = createRecord({ operations, format: 'har', version: '1' });
    record.add(seen(requestOf('GET', '/users?limit=1'), 200, [{ id: 1 }]));
    record.add(seen(requestOf('POST', '/users', { name: 'Rex' }), 201, { id: 3, password: 'hidden' }));
    const har = await recordText(record, 'a.har');
    expect(har).not.toContain('hidden');
    const again = recordOfHar(har, 'a.har', operations);
    const text = await recordText(again, 'a.json');
    const mock = createMock({ operations, fixtures: fixturesFromText(text, 'a.json', operations) });
    expect(mock.answer(requestOf('GET', '/users?limit=1')).body).toBe('[{"id":1}]');
    expect(JSON.parse(String(mock.answer(requestOf('POST', '/users', { name: 'Rex' })).body))).toMatchObject({ id: 3 });
  });

  it('of a browser may lack fields: types, texts of forms, bodies', async () => {
    const url = 'https://shop.example/users';
    const typed = (mimeType: string, rest: JsonObject) => ({ content: { mimeType, ...rest }, status: 200 });
    const form = { mimeType: 'application/x-www-form-urlencoded', text: '', params: [{ name: 'a', value: 'b&c' }] };
    const entries = [
      { request: { method: 'GET', url: `${url}#top` }, response: typed('application/json', { text: '[{"id":4}]' }) },
      { request: { method: 'POST', url, postData: form }, response: { status: 201 } },
      { request: { method: 'GET', url: `${url}/5` }, response: typed('application/json', { size: 9 }) },
      { request: { method: 'HEAD', url: `${url}/5` }, response: typed('application/json', { size: 9 }) },
    ];
    const text = `\uFEFF${JSON.stringify({ log: { entries } })}`;
    const [list, create] = [...exchangesIn(text, 'a.har', operations)];
    expect(list?.answer.headers).toEqual({ 'content-type': 'application/json' });
    expect([create?.request.headers, String(create?.request.body)]).toEqual([
      { 'content-type': 'application/x-www-form-urlencoded' },
      String(bytes('a=b%26c')),
    ]);
    expect(recordOfHar(text, 'a.har', operations).skipped).toEqual(
      expect.arrayContaining(['1 answer not recorded: the archive has the head alone']),
    );
  });

  it('has texts that are sent as UTF-8, whatever they were sent as', () => {
    const response = {
      status: 200,
      headers: [{ name: 'Content-Type', value: 'text/html; charset=ISO-8859-1' }],
      content: { mimeType: 'text/html', text: 'é' },
    };
    const entries = [{ request: { method: 'GET', url: 'http://a/users' }, response }];
    const [seen] = exchangesIn(JSON.stringify({ log: { entries } }), 'a.har', operations);
    expect(seen?.answer).toMatchObject({ headers: { 'content-type': 'text/html; charset=utf-8' }, body: bytes('é') });
  });

  it('keeps the bytes of what has nothing to hide, and of nothing that stands behind the same name', async () => {
    const kept = ['\uFEFF[1,  2]', '[ {"id": 1.50} ]\n', 'no JSON'];
    const record = createRecord({ operations, format: 'har' });
    for (const text of [...kept, '{"email":"ada@lovelace.uk", "email":null}']) {
      const exchange = seen(requestOf('GET', '/users'), 200, null);
      record.add({ ...exchange, answer: { ...exchange.answer, body: bytes(text) } });
    }
    const text = await recordText(record, 'a.har');
    const got = Array.from(exchangesIn(text, 'a.har', operations), ({ answer }) => answer.body as Uint8Array);
    expect(got.slice(0, 3)).toEqual(kept.map(bytes));
    expect(text).not.toContain('lovelace');
  });

  it('is read with as many entries as a bound allows, and refused with one more', () => {
    const entry = { request: { method: 'GET', url: 'http://a/users' }, response: { status: 200 } };
    const read = (count: number) => exchangesIn({ log: { entries: Array(count).fill(entry) } }, 'a.har', operations, 3);
    expect([...read(3)]).toHaveLength(3);
    expect(() => read(4)).toThrow('a.har has 4 entries, and at most 3 are read of one');
  });

  it.each([
    ['no JSON', '{'],
    ['something else', '{"log":{}}'],
    ['something else', '[]'],
  ])('that is none is refused: %s', (found, text) => {
    expect(() => recordOfHar(text, 'a.har', operations)).toThrow(`a.har is no HTTP Archive`);
    expect(() => recordOfHar(text, 'a.har', operations)).toThrow(`found ${found}`);
  });

  it('may hold anything without an error, as a browser’s extension writes it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (request, response) => {
        const entries = [
          { request, response },
          { request: { url: 'http://a/users', ...Object(request) }, response: { status: 200 } },
        ];
        expect(() => recordOfHar(JSON.stringify({ log: { entries } }), 'a', operations)).not.toThrow();
      }),
    );
  });
});

describe('a mask', () => {
  it('keeps length and kinds of characters, is the same for the same value, and another in another record', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        const masked = new Masker('a').value({ password: text }) as { password: string };
        expect(new Masker('a').value({ password: text })).toEqual(masked);
        const at = text.lastIndexOf('@');
        if (at <= 0 || /[\s/]/.test(text)) {
          const shape = (value: string) => value.replace(/\p{L}/gu, 'a').replace(/\d/g, '0');
          expect(shape(masked.password)).toBe(shape(text));
        }
      }),
    );
    const two = ['a', 'b'].map((salt) => new Masker(salt).value({ password: 'correct horse' }));
    expect(two[0]).not.toEqual(two[1]);
  });

  it.each([
    ['userId', '5f0c1b2e-8f53-4f0e-9a4f-0d3f0c6a1b2c'],
    ['id', '507f1f77bcf86cd799439011'],
    ['name', 'Incredible Ceramic Shirt'],
    ['tokens_used', 12],
    ['url', 'https://example.com/a/very/long/path/to/something'],
    ['passenger', 'Ada'],
    ['Location', '/v2/shops/acme/articles/A-10000'],
    ['spinning', 'yes'],
  ])('leaves %s alone', (name, value) => {
    expect(new Masker('a').value({ [name]: value })).toEqual({ [name]: value });
  });

  it.each([
    ['apiKey', 'abc'],
    ['X-Api-Key', 'abc'],
    ['refresh_token', 'abc'],
    ['firstName', 'Ada'],
    ['phone', '+49 30 1234567'],
    ['dateOfBirth', '1815-12-10'],
    ['pin', 1234],
    ['anything', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a'],
    ['anything', 'kR9fW2mZx7Qp4TvB8nL1sYc6'],
  ])('replaces %s', (name, value) => {
    expect(new Masker('a').value({ [name]: value })).not.toEqual({ [name]: value });
  });
});
