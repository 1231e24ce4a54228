import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hasRedis, redisSkipped, TestRedis } from '../../../tests/redis.js';
import { documentFromObject } from '../../document/index.js';
import { createMock } from '../../mock/index.js';
import { createOperations } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import { type Control, createControl, type StateStore } from '../control/index.js';
import { openRedisStore, type RedisStoreOptions } from './redis/redis-store.js';
import { keepState } from './state-file.js';
import { Hub } from './workers/hub.js';
import { Member } from './workers/member.js';
import type { FromWorker, ToWorker } from './workers/messages.js';

const schema = {
  type: 'object',
  required: ['id', 'name', 'size'],
  properties: { id: { type: 'integer', readOnly: true }, name: { type: 'string' }, size: { type: 'integer' } },
};
const json = (one: JsonObject): JsonObject => ({ content: { 'application/json': { schema: one } } });
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'Boxes', version: '1' },
    paths: {
      '/boxes': {
        get: {
          operationId: 'list',
          responses: { 200: { description: '', ...json({ type: 'array', items: schema }) } },
        },
        post: { requestBody: json(schema), responses: { 201: { description: '', ...json(schema) } } },
      },
      '/boxes/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { responses: { 200: { description: '', ...json(schema) } } },
        patch: { requestBody: json({ type: 'object' }), responses: { 200: { description: '', ...json(schema) } } },
        delete: { responses: { 204: { description: '' } } },
      },
    },
  }),
);

/** Each with memories of its own, as in a process of its own. */
function replica(store?: StateStore): Control {
  const mock = createMock({ operations, rows: 3 });
  return createControl({ mock: () => mock, store });
}

interface Box {
  readonly id: number;
  readonly name: string;
}

async function ask(control: Control, method: string, target: string, body?: JsonObject, session?: string) {
  const bytes = body === undefined ? null : new TextEncoder().encode(JSON.stringify(body));
  const headers = { 'content-type': 'application/json', 'counterproof-session': session };
  const answer = await control.askShared(control.mock(), { method, target, headers, body: bytes });
  return { status: answer.status, text: String(answer.body) };
}
const create = (control: Control, name: string, session?: string) =>
  ask(control, 'POST', '/boxes', { name, size: 1 }, session);
const list = async (control: Control, session?: string): Promise<Box[]> =>
  JSON.parse((await ask(control, 'GET', '/boxes', undefined, session)).text);
const names = async (control: Control, session?: string) =>
  (await list(control, session)).slice(0, -3).map(({ name }) => name);

/** Two processes that share what happens, as far as a kind of store has more than one. */
interface Shared {
  readonly one: Control;
  readonly other: Control;
  /** Where what happened outlives them: two new ones after both have ended. */
  readonly restarted?: () => Promise<Shared>;
}

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function inFile(): Promise<Shared> {
  const folder = await mkdtemp(join(tmpdir(), 'counterproof-'));
  closing.push(() => rm(folder, { recursive: true }));
  const open = async (): Promise<Shared> => {
    const control = replica();
    const kept = await keepState(control, join(folder, 'state.json'), (error) => expect.fail(error.message));
    closing.push(() => kept.close());
    return {
      one: control,
      other: control,
      restarted: async () => {
        await kept.close();
        return open();
      },
    };
  };
  return open();
}

/** Messages arrive later, as copies, and in order. */
function channel<Message>(receive: (message: Message) => void): (message: Message) => void {
  return (message) => {
    const copy = structuredClone(message);
    setImmediate(() => receive(copy));
  };
}

function inWorkers() {
  const hub = new Hub(() => {});
  const primary = replica(hub);
  hub.follow(primary.sessions);
  const join = () => {
    let receive = (_message: FromWorker): void => {};
    const member: Member = new Member(channel((message: FromWorker) => receive(message)));
    const joined = hub.join(channel((message: ToWorker) => member.receive(message)));
    receive = joined.receive;
    const control = replica(member);
    member.follow(control.sessions);
    return { control, leave: joined.leave };
  };
  return { primary, join };
}

let redis: TestRedis | undefined;
beforeAll(async () => {
  if (hasRedis) redis = await TestRedis.start();
});
afterAll(() => redis?.end());

let prefixes = 0;
async function inRedis(options: Partial<RedisStoreOptions> = {}): Promise<Shared & { readonly prefix: string }> {
  const prefix = `test-${++prefixes}`;
  const open = async (): Promise<Shared & { readonly prefix: string }> => {
    const address = `${redis?.url}?prefix=${prefix}`;
    const stores = [
      await openRedisStore(address, { expiryMilliseconds: 60_000, ...options }),
      await openRedisStore(address, { expiryMilliseconds: 60_000, ...options }),
    ] as const;
    const close = () => Promise.all(stores.map((store) => store.close()));
    closing.push(close);
    return {
      prefix,
      one: replica(stores[0]),
      other: replica(stores[1]),
      restarted: async () => {
        await close();
        return open();
      },
    };
  };
  return open();
}

const stores: readonly { name: string; open: () => Shared | Promise<Shared>; isSkipped?: boolean }[] = [
  {
    name: 'memory',
    open: () => {
      const control = replica();
      return { one: control, other: control };
    },
  },
  { name: 'a file', open: inFile },
  {
    name: 'workers',
    open: () => {
      const { join } = inWorkers();
      return { one: join().control, other: join().control };
    },
  },
  {
    name: 'workers, seen from the primary',
    open: () => {
      const { join, primary } = inWorkers();
      return { one: join().control, other: primary };
    },
  },
  hasRedis
    ? { name: 'Redis', open: () => inRedis() }
    : {
        name: 'Redis: skipped, there is no redis-server (apt-get install redis-server)',
        open: inRedis,
        isSkipped: true,
      },
];

describe.each(stores)('state in $name', ({ open, isSkipped = false }) => {
  const it = test.skipIf(isSkipped);

  it('what one has made, changed or deleted, the other has', async () => {
    const { one, other } = await open();
    await create(one, 'first');
    const [box] = await list(other);
    expect(box).toMatchObject({ name: 'first' });
    expect((await ask(other, 'PATCH', `/boxes/${box?.id}`, { name: 'second' })).status).toBe(200);
    expect(JSON.parse((await ask(one, 'GET', `/boxes/${box?.id}`)).text)).toEqual({ ...box, name: 'second' });
    expect((await ask(one, 'DELETE', `/boxes/${box?.id}`)).status).toBe(204);
    expect((await ask(other, 'GET', `/boxes/${box?.id}`)).status).toBe(404);
    expect(await list(other)).toHaveLength(3);
  });

  it('loses nothing of what is made at the same time, and gives no key twice', async () => {
    const { one, other } = await open();
    const wanted = Array.from({ length: 30 }, (_, index) => `box ${index}`);
    const made = await Promise.all(wanted.map((name, index) => create(index % 2 === 0 ? one : other, name)));
    const boxes = made.map(({ text }) => JSON.parse(text) as Box);
    expect(new Set(boxes.map(({ id }) => id)).size).toBe(30);
    for (const control of [one, other]) expect((await names(control)).toSorted()).toEqual(wanted.toSorted());
    expect(await list(one)).toEqual(await list(other));
    const listed = await list(other);
    for (const box of boxes) expect(listed).toContainEqual(box);
  });

  it('keeps both of two changes of one row at the same time', async () => {
    const { one, other } = await open();
    const { id } = JSON.parse((await create(one, 'box')).text) as Box;
    await Promise.all([
      ask(one, 'PATCH', `/boxes/${id}`, { name: 'renamed' }),
      ask(other, 'PATCH', `/boxes/${id}`, { size: 7 }),
    ]);
    expect(JSON.parse((await ask(one, 'GET', `/boxes/${id}`)).text)).toEqual({ id, name: 'renamed', size: 7 });
  });

  it('keeps sessions apart', async () => {
    const { one, other } = await open();
    await Promise.all([create(one, 'of a', 'a'), create(other, 'of b', 'b')]);
    expect(await names(other, 'a')).toEqual(['of a']);
    expect(await names(one, 'b')).toEqual(['of b']);
    expect(await names(one)).toEqual([]);
  });

  it('answers for both as is switched at one, until it is reset', async () => {
    const { one, other } = await open();
    const session = (control: Control) => control.sessions.get('s');
    await create(one, 'box', 's');
    await one.change(session(one), () => ({
      change: { kind: 'active', operationId: 'list', active: { fault: 'status-server-error' } },
    }));
    expect((await ask(other, 'GET', '/boxes', undefined, 's')).status).toBe(500);
    expect((await ask(other, 'GET', '/boxes')).status).toBe(200);
    await other.change(session(other), () => ({ change: { kind: 'reset' } }));
    expect(await names(one, 's')).toEqual([]);
    const before = await list(one, 's');
    await one.change(session(one), () => ({ change: { kind: 'seed', seed: 7 } }));
    expect(await list(other, 's')).not.toEqual(before);
  });

  it('counts what is answered so often, over both', async () => {
    const { one, other } = await open();
    const active = { status: 500, offContract: true, times: 3 };
    await one.change(one.sessions.get(), () => ({ change: { kind: 'active', operationId: 'list', active } }));
    const asked = await Promise.all(
      Array.from({ length: 8 }, (_, index) => ask(index % 2 === 0 ? one : other, 'GET', '/boxes')),
    );
    expect(asked.filter(({ status }) => status === 500)).toHaveLength(3);
    await other.refresh(other.sessions.get());
    expect(other.sessions.get().active('list')).toBeNull();
  });

  it('takes a snapshot back, for both', async () => {
    const { one, other } = await open();
    await create(one, 'kept');
    await other.refresh(other.sessions.get());
    const state = other.state();
    await create(other, 'too late');
    await one.change(one.sessions.get(), () => ({ change: { kind: 'state', state } }));
    expect(await names(other)).toEqual(['kept']);
  });

  it('gives the same bytes as memory', async () => {
    const { one, other } = await open();
    const memory = replica();
    const requests: [string, string, JsonObject?][] = [
      ['POST', '/boxes', { name: 'a', size: 1 }],
      ['POST', '/boxes', { name: 'b', size: 2 }],
      ['PATCH', '/boxes/7', { size: 3 }],
      ['GET', '/boxes'],
      ['DELETE', '/boxes/7'],
      ['GET', '/boxes/7'],
      ['POST', '/boxes', { name: 'c', size: 4 }],
      ['GET', '/boxes'],
    ];
    for (const [index, [method, target, body]] of requests.entries()) {
      const control = index % 2 === 0 ? one : other;
      expect(await ask(control, method, target, body)).toEqual(await ask(memory, method, target, body));
    }
  });

  it('is there after a restart, where it outlives the process', async () => {
    const before = await open();
    if (before.restarted === undefined) return;
    await create(before.one, 'kept');
    await create(before.other, 'of s', 's');
    const { one, other } = await before.restarted();
    expect(await names(one)).toEqual(['kept']);
    expect(await names(other, 's')).toEqual(['of s']);
  });
});

describe('workers', () => {
  test('one that comes later has what happened before, and one that goes holds nobody up', async () => {
    const { join } = inWorkers();
    const first = join();
    await create(first.control, 'box');
    first.leave();
    const { control } = join();
    expect(await names(control)).toEqual(['box']);
    await create(control, 'more');
    expect(await names(control)).toEqual(['more', 'box']);
  });

  test('tell what they have answered when they are asked for it', async () => {
    const told: string[] = [];
    const hub = new Hub(({ request }) => told.push(`${request?.method} ${request?.target}`));
    let receive = (_message: FromWorker): void => {};
    const member: Member = new Member(channel((message: FromWorker) => receive(message)));
    receive = hub.join(channel((message: ToWorker) => member.receive(message))).receive;
    const request = { method: 'GET', target: '/boxes', headers: {}, body: null };
    member.record({ request, answer: replica().answer(request), milliseconds: 1 });
    expect(told).toEqual([]);
    await hub.settle();
    expect(told).toEqual(['GET /boxes']);
  });

  test('a session that is forgotten above is forgotten by all', async () => {
    const { join, primary } = inWorkers();
    const { control } = join();
    await create(control, 'box', 'old');
    for (let index = 0; index < 200; index++) primary.sessions.get(`s${index}`).seed = index;
    await expect.poll(() => names(control, 'old')).toEqual([]);
  });
});

describe.skipIf(!hasRedis)(`Redis${redisSkipped}`, () => {
  test('where it is lost, requests are told so with 503, and go on when it is back', async () => {
    const { one } = await inRedis();
    await create(one, 'box');
    await redis?.end();
    const { status, text } = await ask(one, 'GET', '/boxes');
    expect(status).toBe(503);
    expect(text).toContain(`The state in ${redis?.url} cannot be reached`);
    expect((await create(one, 'lost')).status).toBe(503);
    await redis?.startAgain();
    await expect.poll(async () => (await ask(one, 'GET', '/boxes')).status).toBe(200);
    // This Redis has kept nothing: neither has the copy.
    expect(await names(one)).toEqual([]);
    await create(one, 'new');
    expect(await names(one)).toEqual(['new']);
  });

  test('one that answers nothing costs a request its time limit, and no more', async () => {
    const { one } = await inRedis();
    await create(one, 'box');
    redis?.pause();
    try {
      expect(await ask(one, 'GET', '/boxes')).toMatchObject({
        status: 503,
        text: expect.stringMatching(/nothing came/),
      });
    } finally {
      redis?.resume();
    }
    await expect.poll(() => names(one)).toEqual(['box']);
  });

  test('no Redis at all is said when it starts', async () => {
    await expect(openRedisStore('redis://127.0.0.1:1', { expiryMilliseconds: 1000 })).rejects.toMatchObject({
      code: 'STATE_UNREADABLE',
      message: expect.stringMatching(/redis:\/\/127\.0\.0\.1:1.*ECONNREFUSED/),
    });
  });

  test('keeps a session no longer than it is used', async () => {
    const { one, other, prefix } = await inRedis({ expiryMilliseconds: 300 });
    await create(one, 'box', 's');
    const client = createClient({ url: redis?.url as string });
    await client.connect();
    await expect.poll(() => client.keys(`${prefix}:*`)).toEqual([]);
    client.destroy();
    expect(await names(other, 's')).toEqual([]);
    expect(await names(one, 's')).toEqual([]);
  });

  test('a log that has become longer than what it says is replaced by that', async () => {
    const { one, other, prefix } = await inRedis();
    const { id } = JSON.parse((await create(one, 'box')).text) as Box;
    const name = 'x'.repeat(100_000);
    for (let index = 0; index < 25; index++) {
      await ask(index % 2 === 0 ? one : other, 'PATCH', `/boxes/${id}`, { name: `${index} ${name}` });
    }
    const client = createClient({ url: redis?.url as string });
    await client.connect();
    await expect.poll(() => client.lLen(`${prefix}:{default}:log`)).toBeLessThan(13);
    client.destroy();
    const third = replica(await openRedisStore(`${redis?.url}?prefix=${prefix}`, { expiryMilliseconds: 1000 }));
    expect(await list(third)).toEqual(await list(one));
    expect((await list(third))[0]?.name).toBe(`24 ${name}`);
  });
});
