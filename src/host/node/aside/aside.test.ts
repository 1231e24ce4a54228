import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentFromObject } from '../../../document/index.js';
import { createMock, type MockAnswer, State } from '../../../mock/index.js';
import { createOperations, type HttpRequest } from '../../../operation/index.js';
import { createAside, type Thread } from './aside.js';
import type { ToThread } from './messages.js';
import { createThread } from './thread.js';

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

/** A thread in this one: what is said is copied, as between threads. */
function threadHere(asked: ToThread[] = []): Thread {
  let hear: (message: unknown) => void = () => {};
  const receive = createThread((message) => setImmediate(() => hear(structuredClone(message))));
  const thread = {
    postMessage(message: ToThread) {
      asked.push(message);
      void receive(structuredClone(message));
    },
    on(event: string, listener: (value: unknown) => void) {
      if (event === 'message') hear = listener;
      return thread;
    },
    terminate: async () => 0,
    unref() {},
  };
  return thread as unknown as Thread;
}

function mockWith(start: () => Thread) {
  const options = { seed: 3 };
  const aside = createAside({ document, fixtures: undefined, options }, start);
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
        const given = beside.respond(request, undefined, state);
        expect(given).toBeInstanceOf(Promise);
        const answer = await given;
        const expected = alone.answer(request, undefined, other);
        expect(plain(answer)).toEqual(plain(expected));
        [state, other] = [answer.next?.state ?? state, expected.next?.state ?? other];
        expect(state.toJSON()).toEqual(other.toJSON());
      }
    }),
    { numRuns: 30 },
  );
});

test('what is short is answered at once, and a state is sent that the thread does not have', async () => {
  const asked: ToThread[] = [];
  const mock = mockWith(() => threadHere(asked));
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
