import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { documentFromObject } from '../../../document/index.js';
import { createMock, type MockAnswer, State } from '../../../mock/index.js';
import { createOperations, type HttpRequest } from '../../../operation/index.js';
import type { JsonObject } from '../../../text/value.js';
import { type AsideLimits, createAside } from './aside.js';
import type { Thread } from './aside-thread.js';
import { threadHere } from './library/thread-here.js';
import type { ToThread } from './messages.js';

const item = {
  type: 'object',
  required: ['id', 'note'],
  properties: {
    id: { type: 'integer', readOnly: true },
    note: { type: 'string' },
    tags: { type: 'array', items: { type: 'integer' } },
  },
};
const document = documentFromObject({
  openapi: '3.1.0',
  info: { title: 'Notes', version: '1' },
  paths: {
    '/notes': {
      get: {
        responses: {
          200: {
            description: '',
            content: {
              'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Note' } } },
            },
          },
        },
      },
      post: {
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Note' } } } },
        responses: {
          201: { description: '', content: { 'application/json': { schema: { $ref: '#/components/schemas/Note' } } } },
          503: {
            description: '',
            content: {
              'application/json': {
                schema: { type: 'object', required: ['reason'], properties: { reason: { type: 'string' } } },
              },
            },
          },
        },
      },
    },
    '/broken': {
      post: {
        requestBody: { content: { 'application/json': { schema: { type: 7 } } } },
        responses: { 204: { description: '' } },
      },
    },
    '/talk': {
      post: {
        requestBody: { content: { 'application/json': {} } },
        responses: {
          200: {
            description: '',
            content: {
              'text/event-stream': { itemSchema: { type: 'object', properties: { data: { type: 'string' } } } },
            },
          },
        },
      },
    },
  },
  components: { schemas: { Note: item } },
});

function mockWith(start: () => Thread, limits?: AsideLimits) {
  const options = { seed: 3 };
  const aside = createAside({ document, fixtures: undefined, options }, start, limits);
  return createMock({ ...options, operations: createOperations(document), aside });
}

const post = (target: string, value: unknown): HttpRequest => ({
  method: 'POST',
  target,
  headers: { 'content-type': 'application/json', host: 'localhost' },
  body: new TextEncoder().encode(JSON.stringify(value)),
});
const plain = ({ next, effect, ...answer }: MockAnswer) => ({
  ...answer,
  frames: effect?.kind === 'stream' ? [...effect.frames, effect.more(7)] : effect,
  changes: next?.changes,
});

const long = fc.record({
  note: fc.oneof(fc.string(), fc.constant(7)),
  tags: fc.array(fc.oneof(fc.integer(), fc.constant('x')), { maxLength: 3 }),
  filler: fc.constantFrom('ä'.repeat(9000), 'b'.repeat(20_000)),
});
const requests = fc.array(fc.tuple(fc.constantFrom('/notes', '/broken', '/talk', '/none'), long), {
  minLength: 1,
  maxLength: 4,
});

test('what a thread beside answers has the same bytes and changes the same, request after request', async () => {
  await fc.assert(
    fc.asyncProperty(requests, async (all) => {
      const [beside, alone] = [mockWith(threadHere), mockWith(() => threadHere())];
      let [state, other] = [State.empty, State.empty];
      for (const [target, value] of all) {
        const request = post(target, value);
        const answer = await beside.respond(request, undefined, state);
        const expected = alone.answer(request, undefined, other);
        expect(plain(answer)).toEqual(plain(expected));
        [state, other] = [answer.next?.state ?? state, expected.next?.state ?? other];
        expect(state.toJSON()).toEqual(other.toJSON());
      }
    }),
    { numRuns: 30 },
  );
});

/** What has this schema is made for long. */
function heavyMock(start: () => Thread, limits?: AsideLimits) {
  const properties = Object.fromEntries(
    Array.from({ length: 500 }, (_, at) => [`member${at}`, { type: at % 3 === 0 ? 'string' : 'integer' }]),
  );
  const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
  const large = { type: 'object', required: ['id'], properties: { id: { type: 'integer' }, ...properties } };
  const list = { type: 'array', items: { $ref: '#/components/schemas/Large' } };
  const limit = { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, default: 2 } };
  const source = documentFromObject({
    openapi: '3.1.0',
    info: { title: 'Large things', version: '1' },
    paths: {
      '/things': {
        get: { parameters: [limit], responses: { 200: { description: '', ...json(list) } } },
        post: {
          requestBody: json({ $ref: '#/components/schemas/Large' }),
          responses: { 201: { description: '', ...json({ $ref: '#/components/schemas/Large' }) } },
        },
      },
      '/things/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { responses: { 200: { description: '', ...json({ $ref: '#/components/schemas/Large' }) } } },
        delete: { responses: { 204: { description: '' } } },
      },
    },
    components: { schemas: { Large: large } },
  });
  const options = { seed: 3 };
  const aside = createAside({ document: source, fixtures: undefined, options }, start, limits);
  return createMock({ ...options, operations: createOperations(source), aside });
}

const heavyRequests = fc.array(
  fc.oneof(
    fc.record({ method: fc.constant('GET'), target: fc.constantFrom('/things', '/things?limit=1', '/things?limit=0') }),
    fc.record({ method: fc.constant('GET'), target: fc.constantFrom('/things/1', '/things/2', '/none') }),
    fc.record({ method: fc.constant('DELETE'), target: fc.constantFrom('/things/1', '/things/3') }),
    fc.record({ method: fc.constant('POST'), target: fc.constant('/things') }),
  ),
  { minLength: 1, maxLength: 8 },
);

test('what is long in the making is made beside, with the same bytes and changes, and remembered here', async () => {
  const [beside, alone] = [heavyMock(threadHere), heavyMock(threadHere)];
  await fc.assert(
    fc.asyncProperty(heavyRequests, async (all) => {
      let [state, other] = [State.empty, State.empty];
      for (const { method, target } of all) {
        const headers = { 'content-type': 'application/json', host: 'localhost' };
        const body = method === 'POST' ? new TextEncoder().encode('{"member1":3}') : null;
        const request = { method, target, headers, body };
        const answer = await beside.respond(request, undefined, state);
        const expected = alone.answer(request, undefined, other);
        expect(plain(answer)).toEqual(plain(expected));
        if (method === 'GET') expect(beside.respond(request, undefined, state)).not.toBeInstanceOf(Promise);
        [state, other] = [answer.next?.state ?? state, expected.next?.state ?? other];
        expect(state.toJSON()).toEqual(other.toJSON());
      }
    }),
    { numRuns: 30 },
  );
});

test('what is long in the making is made beside from the first time on, also where a change came between', async () => {
  const asked: ToThread[] = [];
  const mock = heavyMock(() => threadHere(asked));
  const get = (target: string): HttpRequest => ({ method: 'GET', target, headers: { host: 'localhost' }, body: null });
  expect(mock.respond(get('/things'))).toBeInstanceOf(Promise);
  const removed = await mock.respond({ ...get('/things/1'), method: 'DELETE' });
  const again = mock.respond(get('/things'), undefined, removed.next?.state);
  expect(again).toBeInstanceOf(Promise);
  expect((await again).body).toEqual(mock.answer(get('/things'), undefined, removed.next?.state).body);
  // What is removed is as long in the making.
  expect(asked.filter(({ kind }) => kind === 'ask')).toHaveLength(3);
});

test('what is short is answered at once, and a state is sent that the thread does not have', async () => {
  const asked: ToThread[] = [];
  const mock = mockWith(() => threadHere(asked));
  // The rows that an answer needs are there: to make them may take long where the machine does something else.
  mock.answer(post('/notes', { note: 'before' }));
  const made = mock.respond(post('/notes', { note: 'short' }));
  expect(made).not.toBeInstanceOf(Promise);
  expect(asked).toEqual([]);
  const { next } = made as MockAnswer;
  const answer = await mock.respond(post('/notes', { note: 'l'.repeat(20_000) }), undefined, next?.state);
  expect(answer.status).toBe(201);
  expect(asked.filter(({ kind }) => kind === 'state')).toHaveLength(1);
  await mock.respond(post('/notes', { note: 'm'.repeat(20_000) }), undefined, answer.next?.state);
  expect(asked.filter(({ kind }) => kind === 'state')).toHaveLength(1);
});

test('a thread that cannot be started, or ends, costs no more than the request that it has', async () => {
  const never = mockWith(() => {
    throw new Error('There are no threads');
  });
  expect((await never.respond(post('/notes', { note: 'l'.repeat(20_000) }))).status).toBe(201);
  let threads = 0;
  const mock = mockWith(() => {
    threads += 1;
    const thread = threadHere();
    if (threads > 1) return thread;
    let end: (error: Error) => void = () => {};
    const { postMessage } = thread;
    return Object.assign(thread, {
      postMessage: (message: ToThread) =>
        message.kind === 'ask' ? setImmediate(() => end(new Error('out of memory'))) : postMessage(message),
      on: ((on) => (event: string, listener: (value: never) => void) => {
        if (event === 'error') end = listener as typeof end;
        return on(event, listener as never);
      })(thread.on),
    }) as Thread;
  });
  const requests = [1, 2].map((n) => mock.respond(post('/notes', { note: String(n).repeat(20_000) })));
  const [first, second] = await Promise.all(requests);
  expect([first?.status, second?.status]).toEqual([500, 201]);
  expect(String(first?.body)).toContain('out of memory');
});

test('a thread that ends while nobody asks costs no request', async () => {
  const ends: (() => void)[] = [];
  const mock = mockWith(() => {
    const thread = threadHere();
    const { on } = thread;
    return Object.assign(thread, {
      on(event: string, listener: (value: never) => void) {
        if (event === 'exit') ends.push(listener as () => void);
        return on(event as 'error', listener as never);
      },
    });
  });
  const ask = () => mock.respond(post('/notes', { note: 'l'.repeat(20_000) }));
  expect((await ask()).status).toBe(201);
  ends[0]?.();
  expect((await ask()).status).toBe(201);
  expect(ends).toHaveLength(2);
});

/** A thread that says nothing to the first request until it is told to. */
function silentThread() {
  const thread = threadHere();
  const { postMessage } = thread;
  const terminate = vi.fn(async () => 0);
  let ask: (speak: () => void) => void = () => {};
  const asked = new Promise<() => void>((resolve) => {
    ask = resolve;
  });
  const silent = Object.assign(thread, {
    postMessage: (message: ToThread) =>
      message.kind === 'ask' && message.id === 1 ? ask(() => postMessage(message)) : postMessage(message),
    terminate,
  });
  return { thread: silent as Thread, asked, terminate };
}

test('what takes longer than it may costs its own request alone: 500 with the reason, and its thread', async () => {
  const silent = silentThread();
  let threads = 0;
  const mock = mockWith(() => (threads++ === 0 ? silent.thread : threadHere()), {
    milliseconds: 2000,
    waitingBytes: 1e6,
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const answers = [1, 2].map((n) => mock.respond(post('/notes', { note: String(n).repeat(20_000) })));
    await silent.asked;
    vi.advanceTimersByTime(1999);
    expect(silent.terminate).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(silent.terminate).toHaveBeenCalledOnce();
    const [first, second] = await Promise.all(answers);
    expect([first?.status, second?.status]).toEqual([500, 201]);
    expect(String(first?.body)).toContain('It takes longer than 2 seconds');
  } finally {
    vi.useRealTimers();
  }
});

test('beyond what may wait a request is answered with 503 in the declared shape, and says when to ask again', async () => {
  const silent = silentThread();
  const request = post('/notes', { note: 'l'.repeat(20_000) });
  const length = request.target.length + (request.body?.length ?? 0) + Object.values(request.headers).join('').length;
  const mock = mockWith(() => silent.thread, { milliseconds: 60_000, waitingBytes: 2 * length });
  const ask = () => mock.respond({ ...request });
  const first = ask();
  const speak = await silent.asked;
  const waiting = [ask(), ask()];
  const refused = await ask();
  expect(refused.status).toBe(503);
  expect(refused.headers).toMatchObject({ 'Retry-After': '10' });
  expect(JSON.parse(String(refused.body))).toMatchObject({ reason: expect.stringContaining('wait already') });
  speak();
  expect((await Promise.all([first, ...waiting])).map(({ status }) => status)).toEqual([201, 201, 201]);
  expect((await ask()).status).toBe(201);
});

test.each<[of: string, request: Partial<HttpRequest>]>([
  ['members', { body: new TextEncoder().encode(JSON.stringify({ tags: Array(600).fill(1) })) }],
  ['fields of a form', { body: new TextEncoder().encode('a=1&'.repeat(600)) }],
  ['elements', { body: new TextEncoder().encode(`<a>${'<b/>'.repeat(600)}</a>`) }],
  ['query parameters', { method: 'GET', target: `/notes?${'a=1&'.repeat(600)}`, body: null }],
  ['cookies', { method: 'GET', headers: { host: 'localhost', cookie: 'a=1; '.repeat(600) }, body: null }],
  [
    'items in a header field',
    { method: 'GET', headers: { host: 'localhost', 'x-list': '1,'.repeat(600) }, body: null },
  ],
])('many %s are read aside, however short they are', async (_of, request) => {
  const asked: ToThread[] = [];
  const mock = mockWith(() => threadHere(asked));
  const whole = { ...post('/notes', {}), ...request };
  expect(plain(await mock.respond(whole))).toEqual(plain(mock.answer(whole)));
  expect(asked.filter(({ kind }) => kind === 'ask')).toHaveLength(1);
});

test('readings of a document that are no longer served leave few threads behind', async () => {
  const threads: { terminate: ReturnType<typeof vi.fn> }[] = [];
  const start = () => {
    const thread = Object.assign(threadHere(), { terminate: vi.fn(async () => 0) });
    threads.push(thread);
    return thread as Thread;
  };
  const readings = Array.from({ length: 8 }, () => mockWith(start));
  for (const mock of readings) {
    expect((await mock.respond(post('/notes', { note: 'l'.repeat(20_000) }))).status).toBe(201);
    // What is done behind an answer is done.
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(threads.map(({ terminate }) => terminate.mock.calls.length)).toEqual([1, 1, 1, 1, 1, 1, 0, 0]);
  expect((await readings[0]?.respond(post('/notes', { note: 'm'.repeat(20_000) })))?.status).toBe(201);
  expect(threads).toHaveLength(9);
});
