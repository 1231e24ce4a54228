import { describe, expect, it } from 'vitest';
import type { RunOptions } from '../run/options.js';
import { run } from '../run/run.js';
import type { Collection } from './library/document.js';
import { SmallServer } from './library/server.js';

async function against(server: SmallServer, options: Partial<RunOptions> = {}) {
  const { operations, send } = server;
  const result = await run({ operations, send, target: 'http://t', allowWrites: true, concurrency: 1, ...options });
  const exercised = result.operations.filter(({ state }) => state === 'kept').map(({ id }) => id);
  const violations = result.findings
    .filter(({ severity }) => severity === 'violation')
    .map(({ check, message, operations: [one] }) => `${check}: ${message}: ${one?.operationId} ${one?.title}`);
  return { result, exercised, violations };
}

const owners: Collection = { path: '/owners', parameter: 'ownerId' };
const pets: Collection = { path: '/owners/{ownerId}/pets', parameter: 'petId' };
const rows = [
  { id: 3, name: 'Ada' },
  { id: 4, name: 'Bob' },
];

describe('a right server of ordinary semantics', () => {
  it.each<[string, readonly Collection[]]>([
    ['numbers', [owners]],
    ['numbers, and something is there', [{ ...owners, rows }]],
    ['uuids', [{ ...owners, keys: 'uuid' }]],
    ['names that the client chooses', [{ ...owners, keys: 'chosen', key: 'slug', parameter: 'slug' }]],
    ['numbers in an envelope', [{ ...owners, envelope: 'items' }]],
    ['creates that answer with Location alone', [{ ...owners, keys: 'uuid', isLocationOnly: true }]],
    ['things under others', [{ ...owners, rows }, pets]],
    [
      'things under others that are not there yet',
      [owners, pets, { path: '/owners/{ownerId}/pets/{petId}/toys', parameter: 'toyId' }],
    ],
  ])('is exercised whole and gets no violation: %s', async (_what, collections) => {
    const server = new SmallServer(collections);
    const before = [...server.rows('/owners').keys()];
    const { violations, exercised, result } = await against(server);
    expect(violations).toEqual([]);
    expect(exercised).toEqual(result.operations.map(({ id }) => id));
    expect(result.leftBehind).toBeUndefined();
    // Nothing of what was there is changed, and nothing is left.
    for (const { path } of collections) expect([...server.rows(path).keys()]).toEqual(path === '/owners' ? before : []);
    expect(result.operations.find(({ id }) => id === 'DELETE /owners/{ownerId}')?.statuses['204'] ?? 1).toBeGreaterThan(
      0,
    );
  });
});

describe('things that not everything takes under it', () => {
  it('are made under what takes them, and all that is said of them follows', async () => {
    const server = new SmallServer([{ ...owners, rows: [...rows, { id: 5, name: 'Cyd' }] }, pets]);
    const refused = new TextEncoder().encode('{"message":"this owner takes no pets"}');
    const { violations, exercised, result } = await against(server, {
      send: async (request, ...rest) => {
        const isRefused =
          request.method === 'POST' && /pets$/.test(request.target) && request.target !== '/owners/5/pets';
        const answer = await server.send(request, ...rest);
        return isRefused && answer.status === 201
          ? { ...answer, status: 409, headers: [['Content-Type', 'application/json']], raw: refused, body: refused }
          : answer;
      },
    });
    expect(violations).toEqual([]);
    expect(exercised).toEqual(result.operations.map(({ id }) => id));
  });
});

describe('a body that names other things', () => {
  const text = { type: 'string', minLength: 1 };
  const shops: Collection = { path: '/shops', parameter: 'shopId' };
  const items: Collection = { path: '/items', keys: 'chosen', key: 'slug', parameter: 'slug' };
  const line = { type: 'object', required: ['itemSlug'], properties: { itemSlug: text, count: { type: 'integer' } } };
  const orders: Collection = {
    path: '/orders',
    parameter: 'orderId',
    names: { shopId: '/shops', 'lines.itemSlug': '/items', ownerIds: '/owners' },
    members: {
      code: text,
      shopId: { type: 'integer' },
      lines: { type: 'array', minItems: 1, maxItems: 3, items: line },
      ownerIds: { type: 'array', items: { type: 'integer' } },
    },
  };

  it.each<[string, readonly Collection[]]>([
    [
      'that are there',
      [
        { ...shops, rows },
        { ...items, rows: [{ slug: 'a-saw', name: 'Saw' }] },
        { ...owners, rows },
      ],
    ],
    ['that have to be made', [shops, items, owners]],
    ['that stand behind it in the document', []],
  ])('is taken, with things %s', async (_what, others) => {
    const all = others.length > 0 ? [...others, orders] : [orders, owners, items, shops];
    const { violations, exercised, result } = await against(new SmallServer(all));
    expect(violations).toEqual([]);
    expect(exercised).toEqual(result.operations.map(({ id }) => id));
    expect(result.leftBehind).toBeUndefined();
  });
});

describe('where nothing is known that a path names, the report says what would tell of it', () => {
  const unexercised = async (collections: readonly Collection[], options: Partial<RunOptions> = {}) => {
    const server = new SmallServer(collections);
    const { result } = await against(server, options);
    return result.operations.find(({ id }) => id === 'GET /owners/{ownerId}')?.unexercised;
  };

  it('a list that shows none', async () => {
    expect(await unexercised([{ ...owners, has: ['list', 'read'] }])).toBe(
      'nothing is known for ownerId (GET /owners showed none)',
    );
  });

  it('no operation at all', async () => {
    expect(await unexercised([{ ...owners, has: ['read'] }])).toBe(
      'nothing is known for ownerId (no operation of the document shows or makes one)',
    );
  });

  it('a create that may not be sent, and one that is refused', async () => {
    const made = { ...owners, has: ['create', 'read'] } as const;
    expect(await unexercised([made], { allowWrites: false })).toBe(
      'nothing is known for ownerId (POST /owners would make one: pass --allow-writes)',
    );
    const server = new SmallServer([made]);
    const send: RunOptions['send'] = async (request, ...rest) => {
      const answer = await server.send(request, ...rest);
      return request.method === 'POST' ? { ...answer, status: 403 } : answer;
    };
    expect(await unexercised([made], { send })).toMatch(
      /^nothing is known for ownerId \(POST \/owners makes none: status 403: /,
    );
  });
});

describe('what others have there', () => {
  const kept = { ...owners, rows, has: ['list', 'read', 'replace', 'merge', 'delete'] as const };

  it('is not changed where nothing can be made, and the report says what to give', async () => {
    const server = new SmallServer([kept]);
    const before = structuredClone([...server.rows('/owners')]);
    const { violations, exercised, result } = await against(server);
    expect(violations).toEqual([]);
    expect([...server.rows('/owners')]).toEqual(before);
    expect(exercised).toEqual(['GET /owners', 'GET /owners/{ownerId}']);
    expect(result.notSent.map(({ reason }) => reason)).toContain('not-ours');
    expect(result.raise).toEqual(['--set ownerId=…, with an id that exists: 3 more operations']);
    expect(result.operations.find(({ id }) => id === 'DELETE /owners/{ownerId}')?.unexercised).toBe(
      'nothing is known for ownerId (PUT /owners/{ownerId} makes none: status 404: {"message":"not found"})',
    );
  });

  it('is changed where the user names it', async () => {
    const server = new SmallServer([kept]);
    const { violations, exercised } = await against(server, { values: { ownerId: 4 } });
    expect(violations).toEqual([]);
    expect(exercised).toHaveLength(5);
    expect([...server.rows('/owners').keys()]).toEqual(['/owners/3']);
  });

  it('is not written to at all where that is not allowed', async () => {
    const server = new SmallServer([{ ...owners, rows }]);
    const { exercised } = await against(server, { allowWrites: false });
    expect(exercised).toEqual(['GET /owners', 'GET /owners/{ownerId}']);
    expect(server.log.filter((line) => !/^(GET|HEAD|OPTIONS|TRACE|QUERY) /.test(line))).toEqual([]);
  });
});

describe('a DELETE that names no thing', () => {
  const cleared: Collection = { ...owners, canBeCleared: true };
  const clear = (result: Awaited<ReturnType<typeof against>>['result']) =>
    result.operations.find(({ id }) => id === 'DELETE /owners');

  it('is not sent where others have things there, and nothing is said to hold of it', async () => {
    const server = new SmallServer([{ ...cleared, rows }, pets]);
    const before = structuredClone([...server.rows('/owners')]);
    const { violations, result } = await against(server);
    expect(violations).toEqual([]);
    expect([...server.rows('/owners')]).toEqual(before);
    expect(clear(result)).toMatchObject({ state: 'not-sent', requests: 0 });
    expect(result.notSent.map(({ reason }) => reason)).toContain('of-others');
    expect(result.raise).toContain('--allow-deletes: 1 more operation');
  });

  it('is sent where its list shows nothing of others, or a flag says so', async () => {
    const alone = await against(new SmallServer([cleared]));
    expect(alone.violations).toEqual([]);
    expect(clear(alone.result)?.state).toBe('kept');
    const server = new SmallServer([{ ...cleared, rows }]);
    const told = await against(server, { allowDeletes: true });
    expect(told.violations).toEqual([]);
    expect(clear(told.result)?.state).toBe('kept');
    expect([...server.rows('/owners')]).toEqual([]);
  });

  it.each([
    ['a collection whose list nobody has seen', { ...cleared, has: ['create', 'read', 'delete'] as const }],
    ["a made-up id that nothing could show to be nobody else's", { ...owners, has: ['delete'] as const }],
    ['a collection of others, though the document has no such method', { ...owners, rows }],
  ])('is not sent to %s', async (_what, collection) => {
    const server = new SmallServer([collection]);
    const { violations } = await against(server);
    expect(violations).toEqual([]);
    const own = /^DELETE \/owners\/1\d\d$/;
    expect(server.log.filter((line) => /^DELETE \/owners(\/\d+)?$/.test(line) && !own.test(line))).toEqual([]);
  });

  it.each([
    ['a budget chooses the cases before anything is sent', { budget: { requests: 400 } }],
    ['its operation is the only one that is asked for', { operation: ['DELETE /owners/{ownerId}'] }],
  ])('has no made-up id either where %s', async (_what, options) => {
    const server = new SmallServer([{ ...owners, rows, has: ['list', 'read', 'delete'] }]);
    await against(server, options);
    expect(server.log.filter((line) => /^DELETE \/owners(\/\d+)?$/.test(line))).toEqual([]);
  });

  it('is not sent under what the user has named for other requests', async () => {
    const nested = { ...pets, canBeCleared: true, rows: [{ at: '/owners/4/pets', id: 7, name: 'Rex' }] };
    const server = new SmallServer([{ ...owners, rows, has: ['list', 'read'] }, nested]);
    const { violations } = await against(server, { values: { ownerId: 4 } });
    expect(violations).toEqual([]);
    expect([...server.rows(pets.path).keys()]).toEqual(['/owners/4/pets/7']);
  });
});

describe('what a run has made', () => {
  it('is removed also where it was stopped', async () => {
    const server = new SmallServer([owners, pets]);
    const stop = new AbortController();
    const send: RunOptions['send'] = async (request, options) => {
      const received = await server.send(request, options);
      if (server.rows(pets.path).size > 1) stop.abort('it was stopped by SIGINT');
      return received;
    };
    const { result } = await against(server, { send, removeWith: server.send, signal: stop.signal });
    expect(result.partial).toBe('it was stopped by SIGINT');
    expect(server.rows(pets.path).size + server.rows('/owners').size).toBe(0);
  });

  it('is removed by requests that are counted, as all are', async () => {
    const server = new SmallServer([owners, pets]);
    let got = 0;
    const send: RunOptions['send'] = (request, options) => {
      got++;
      return server.send(request, options);
    };
    const { counts } = (await against(server, { send })).result;
    expect(counts.removals).toBeGreaterThan(0);
    expect(counts.requests + (counts.removals ?? 0)).toBe(got);
  });

  it('is named where it could not be removed', async () => {
    const server = new SmallServer([{ ...owners, has: ['list', 'create', 'read'] }]);
    const { result } = await against(server);
    expect(result.leftBehind?.map(({ thing }) => thing)).toEqual([...server.rows('/owners').keys()]);
    expect(result.notes[0]).toMatch(
      /^Made by this run and still on the target: \/owners\/\d+, .* and \d+ more \(the document has no way to remove it\)$/,
    );
  });
});

it('says from where an id came', async () => {
  const { result } = await against(new SmallServer([{ ...owners, rows }]));
  const named = Object.fromEntries(result.operations.map(({ id, named }) => [id, named]));
  expect(named['GET /owners/{ownerId}']).toBe('ownerId 3 from GET /owners');
  expect(named['PUT /owners/{ownerId}']).toMatch(/^ownerId 1\d\d from POST \/owners, made by this run$/);
});

it('says of a case the value that is sent, where it names what exists', async () => {
  const names = { ownerId: '/owners' };
  const members = { name: { type: 'string', minLength: 1 }, ownerId: { type: 'integer' } };
  const server = new SmallServer([
    { ...owners, rows },
    { path: '/visits', parameter: 'visitId', names, members },
  ]);
  const told: [said: string, sent: string][] = [];
  await against(server, {
    createRunChecks: () => [
      {
        id: 'titles',
        summary: '',
        observe({ case: { title }, request: { body } }) {
          const [, said] = /^body\/ownerId = (\d+) \(an optional member\)$/.exec(title) ?? [];
          const [, sent = 'none'] = /"ownerId":(\d+)/.exec(new TextDecoder().decode(body ?? undefined)) ?? [];
          if (said !== undefined) told.push([said, sent]);
          return said !== undefined;
        },
        finish: () => [],
      },
    ],
  });
  expect(told.length).toBeGreaterThan(0);
  for (const [said, sent] of told) expect(said).toBe(sent);
});

it('knows a case again, whatever the ids are', async () => {
  const idsOf = async (there: Collection['rows']) => {
    const ids = new Set<string>();
    const server = new SmallServer([{ ...owners, ...(there && { rows: there }) }]);
    const { result } = await against(server, {
      createRunChecks: () => [
        { id: 'ids', summary: '', observe: ({ case: { id } }) => ids.add(id).size > 0, finish: () => [] },
      ],
    });
    expect(result.partial).toBeNull();
    return [...ids].sort();
  };
  const ids = await idsOf(rows);
  expect(await idsOf([{ id: 77, name: 'Eve' }])).toEqual(ids);
  // Where nothing is there that others have, a made-up id may be changed too.
  expect(await idsOf(undefined)).toEqual(expect.arrayContaining(ids));
});

it('finds ids in each shard, with one operation alone, and within a budget', async () => {
  const one = async (options: Partial<RunOptions>) => {
    const { result, violations } = await against(new SmallServer([{ ...owners, rows }, pets]), options);
    expect(violations).toEqual([]);
    return result;
  };
  const shards = await Promise.all([1, 2, 3].map((index) => one({ shard: { index, count: 3 } })));
  const cases = (id: string) =>
    shards.reduce((sum, { operations }) => sum + (operations.find((each) => each.id === id)?.statuses['200'] ?? 0), 0);
  expect(cases('GET /owners/{ownerId}/pets/{petId}')).toBeGreaterThan(0);
  const alone = await one({ operation: ['GET /owners/{ownerId}/pets/{petId}'] });
  expect(alone.operations.map(({ id, state }) => [id, state])).toEqual([
    ['GET /owners/{ownerId}/pets/{petId}', 'kept'],
  ]);
  const cheap = await one({ budget: { requests: 40 } });
  expect(cheap.counts.cases).toBe(40);
  expect(cheap.operations.filter(({ state }) => state === 'kept').length).toBeGreaterThan(8);
});

it('follows things through their life within a budget too, and spends no more than that', async () => {
  const server = new SmallServer([owners, pets]);
  let sent = 0;
  // What is deleted is there still.
  const send: RunOptions['send'] = async (request, options) => {
    sent++;
    const before = new Map(server.rows('/owners'));
    const received = await server.send(request, options);
    if (request.method === 'DELETE') for (const [path, row] of before) server.rows('/owners').set(path, row);
    return received;
  };
  const { result, violations } = await against(server, { send, budget: { requests: 240 } });
  expect(violations.join()).toContain('deleted-gone: What was deleted is still there');
  expect(result.counts.cases).toBeLessThanOrEqual(240);
  expect(sent).toBeLessThan(400);
});
