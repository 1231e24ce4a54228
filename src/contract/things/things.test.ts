import { describe, expect, it, vi } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import { answer } from '../life/library/answer.js';
import { RunState } from '../run/state.js';
import type { Collection } from './library/document.js';
import { SmallServer } from './library/server.js';
import { make } from './make.js';
import { removeMade } from './remove.js';
import { askStep, noteStep, sendStep } from './step.js';

const owners: Collection = { path: '/owners', parameter: 'ownerId' };
const pets: Collection = { path: '/owners/{ownerId}/pets', parameter: 'petId' };

function stateOf(server: SmallServer, allowWrites = true): RunState {
  return new RunState({ operations: server.operations, send: server.send, target: 'http://t', allowWrites }, null);
}

/** Sends the valid request of an operation with values for its path. */
async function ask(state: RunState, id: string, path: Record<string, string | number> = {}) {
  const entry = state.options.operations.find(id);
  if (entry === undefined) throw new Error(`Failed to find ${id}: the document has no such operation.`);
  return sendStep(state, { entry, path, name: 'test', title: 'test' });
}

function resourceOf(state: RunState, name: string) {
  const resource = state.things.resources.find(name);
  if (resource === undefined) throw new Error(`Failed to find ${name}: the document has no such resource.`);
  return resource;
}

describe('what is known', () => {
  const rows = [
    { id: 3, name: 'Ada' },
    { id: 4, name: 'Bob' },
  ];
  const nested = { ...pets, rows: [{ at: '/owners/4/pets', id: 7, name: 'Rex' }] };

  it('are the keys of lists, with what they stand under, as values that belong together', async () => {
    const server = new SmallServer([{ ...owners, rows, envelope: 'items' }, nested]);
    const state = stateOf(server);
    const read = server.operations.find('GET /owners/{ownerId}/pets/{petId}');
    if (!read) throw new Error('Failed to find the operation.');
    await ask(state, 'GET /owners');
    expect(state.things.valuesFor(read)).toBeNull();
    await ask(state, 'GET /owners/{ownerId}/pets', { ownerId: 4 });
    expect(state.things.valuesFor(read)?.values).toEqual({ ownerId: '4', petId: 7 });
    expect(state.things.valuesFor(read)?.things.map(({ from }) => from)).toEqual([
      'GET /owners',
      'GET /owners/{ownerId}/pets',
    ]);
    // What the user says goes before: nothing is known under that owner.
    expect(state.things.valuesFor(read, { ownerId: '3' })).toBeNull();
    expect(state.things.valuesFor(read, { petId: '7' })?.values).toEqual({ ownerId: '4', petId: '7' });
  });

  it('have something made below one that nothing else changes or removes, where there is another', async () => {
    const server = new SmallServer([{ ...owners, rows: [] }, nested]);
    const state = stateOf(server);
    const create = server.operations.find('POST /owners/{ownerId}/pets');
    if (!create) throw new Error('Failed to find the operation.');
    const keys: unknown[] = [];
    for (const name of ['one', 'other']) {
      const made = await make(state, resourceOf(state, 'owners'), { name });
      if (typeof made === 'string') throw new Error(made);
      keys.push(made.thing.key);
      state.things.reserve(made.thing);
      expect(state.things.valuesFor(create)?.values).toEqual({ ownerId: keys[0] });
    }
    const third = await make(state, resourceOf(state, 'owners'), { name: 'third' });
    if (typeof third === 'string') throw new Error(third);
    expect(state.things.valuesFor(create)?.values).toEqual({ ownerId: third.thing.key });
  });

  it('says itself what a path names above it, where it has a path of its own besides', async () => {
    const object = (members: JsonObject) => ({ type: 'object', required: Object.keys(members), properties: members });
    const shown = (schema: JsonObject = {}) => ({
      200: { description: 'x', content: { 'application/json': { schema } } },
    });
    const id = { type: 'string' };
    const schemas = { Shop: object({ id, name: id }), Store: object({ id, shop_id: id, city: id }) };
    const named = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
    const [shop, store] = [named('Shop'), named('Store')];
    const at = (...names: string[]) =>
      names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
    const operations = createOperations(
      documentFromObject({
        openapi: '3.1.0',
        info: { title: 't', version: '1' },
        components: { schemas },
        paths: {
          '/shops': { get: { responses: shown({ type: 'array', items: shop }) } },
          '/shops/{shop_id}': { parameters: at('shop_id'), get: { responses: shown(shop) } },
          '/stores': { get: { responses: shown({ type: 'array', items: store }) } },
          '/stores/{id}': { parameters: at('id'), get: { responses: shown(store) } },
          '/shops/{shop_id}/stores/{id}': {
            parameters: at('shop_id', 'id'),
            get: { responses: shown(store) },
            patch: { requestBody: { content: { 'application/json': { schema: store } } }, responses: shown(store) },
          },
        },
      } as JsonObject),
    );
    const rows: Record<string, JsonObject[]> = {
      '/shops': ['a', 'b'].map((one) => ({ id: one, name: one })),
      '/stores': [{ id: 's', shop_id: 'b', city: 'Rome' }],
    };
    const send = async ({ target }: { readonly target: string }) => answer(200, rows[target]);
    const state = new RunState({ operations, send, target: 'http://t' }, null);
    for (const path of Object.keys(rows)) await ask(state, `GET ${path}`);
    const read = operations.find('GET /shops/{shop_id}/stores/{id}');
    expect(read && state.things.valuesFor(read)?.values).toEqual({ shop_id: 'b', id: 's' });
  });

  it('is nothing that may be changed, but what the run has made', async () => {
    const server = new SmallServer([{ ...owners, rows }]);
    const state = stateOf(server);
    await ask(state, 'GET /owners');
    const remove = server.operations.find('DELETE /owners/{ownerId}');
    const read = server.operations.find('GET /owners/{ownerId}');
    if (!remove || !read) throw new Error('Failed to find the operations.');
    expect(state.things.valuesFor(read)?.values).toEqual({ ownerId: 3 });
    expect(state.things.valuesFor(remove)).toBeNull();
    const made = await make(state, resourceOf(state, 'owners'));
    if (typeof made === 'string') throw new Error(made);
    expect(state.things.valuesFor(remove)?.values).toEqual({ ownerId: made.thing.key });
    await ask(state, 'DELETE /owners/{ownerId}', { ownerId: Number(made.thing.key) });
    expect(state.things.valuesFor(remove)).toBeNull();
    expect(state.things.made).toEqual([]);
  });
});

describe('making a thing', () => {
  it.each([1, 4, 7])('looks for nothing more once the run is stopped, at request %i', async (last) => {
    const names = ['shop', 'owner', 'item', 'order', 'team', 'note', 'room', 'visit'];
    const text = { type: 'string', minLength: 1 };
    // Each may be made with any of the others, so that there are many ways from one to the next.
    const server = new SmallServer(
      names.map((name) => {
        const others = names.filter((each) => each !== name).map((each) => [`${each}Id`, { type: 'integer' }]);
        return { path: `/${name}s`, parameter: `${name}Id`, members: { label: text, ...Object.fromEntries(others) } };
      }),
    );
    const stop = new AbortController();
    let [requests, looks] = [0, 0];
    const { operations } = server;
    const send: typeof server.send = (...asked) => {
      if (++requests === last) stop.abort('it was stopped by SIGINT');
      return server.send(...asked);
    };
    const options = { operations, send, target: 'http://t', allowWrites: true, signal: stop.signal };
    const state = new RunState(options, null);
    const known = state.things.known.bind(state.things);
    vi.spyOn(state.things, 'known').mockImplementation((...asked) => {
      if (stop.signal.aborted) looks++;
      return known(...asked);
    });
    expect(await make(state, resourceOf(state, 'shops'))).toBe('it was stopped by SIGINT');
    expect(requests).toBe(last);
    expect(looks).toBeLessThan(names.length * names.length);
  });

  it.each<[string, Partial<Collection>]>([
    ['by the key in its answer', {}],
    ['by Location alone', { isLocationOnly: true, keys: 'uuid' }],
    ['by the key that was sent', { keys: 'chosen', key: 'slug', parameter: 'slug' }],
  ])('is known %s, and each has a name of its own', async (_how, options) => {
    const server = new SmallServer([{ ...owners, ...options }]);
    const state = stateOf(server);
    const things = [];
    for (let count = 0; count < 3; count++) things.push(await make(state, resourceOf(state, 'owners')));
    const keys = things.map((made) => (typeof made === 'string' ? made : String(made.thing.key)));
    expect(keys.map((key) => `/owners/${key}`)).toEqual([...server.rows('/owners').keys()]);
  });

  it('makes what it stands under first, and all is removed, children before parents', async () => {
    const server = new SmallServer([owners, pets]);
    const state = stateOf(server);
    const made = await make(state, resourceOf(state, 'owners.pets'));
    if (typeof made === 'string') throw new Error(made);
    expect([...server.rows(pets.path).keys()]).toEqual([`/owners/${made.thing.scope.ownerId}/pets/${made.thing.key}`]);
    expect(await removeMade(state)).toEqual([]);
    expect(server.log.filter((line) => line.startsWith('DELETE'))).toEqual([
      `DELETE /owners/${made.thing.scope.ownerId}/pets/${made.thing.key}`,
      `DELETE /owners/${made.thing.scope.ownerId}`,
    ]);
  });

  it('looks for another thing to make it under where a DELETE of the run has taken all that it knew', async () => {
    const rows = [
      { id: 3, name: 'Ada' },
      { id: 4, name: 'Bob' },
    ];
    const toys: Collection = { path: '/owners/{ownerId}/pets/{petId}/toys', parameter: 'toyId' };
    const nested = { ...pets, rows: [{ at: '/owners/4/pets', id: 7, name: 'Rex' }] };
    const server = new SmallServer([{ ...owners, rows, canBeCleared: true }, nested, toys]);
    const state = stateOf(server);
    await ask(state, 'GET /owners');
    await ask(state, 'GET /owners/{ownerId}/pets', { ownerId: 4 });
    await ask(state, 'DELETE /owners');
    const made = await make(state, resourceOf(state, 'owners.pets.toys'), { isJudged: true });
    expect(typeof made === 'string' ? made : made.thing.scope).toEqual({ ownerId: '101', petId: '102' });
    expect(state.sum(({ counts }) => counts.bySeverity.violation)).toBe(0);
  });

  it('says why there is none', async () => {
    const server = new SmallServer([{ ...owners, has: ['list', 'read', 'delete'] }]);
    const reading = stateOf(server, false);
    expect(await make(reading, resourceOf(reading, 'owners'))).toBe('writing is not allowed');
    const state = stateOf(server);
    expect(await make(state, resourceOf(state, 'owners'))).toBe('the document has no way to create owners');
  });

  it('ends where two stand under each other', async () => {
    const carts: Collection = { path: '/orders/{orderId}/carts', parameter: 'cartId', has: ['create', 'read'] };
    const orders: Collection = { path: '/carts/{cartId}/orders', parameter: 'orderId', has: ['create', 'read'] };
    const state = stateOf(new SmallServer([carts, orders]));
    const [first] = state.things.resources.all;
    expect(first && (await make(state, first))).toMatch(/^one of \S+ would have to be made for itself$/);
  });

  it('says what could not be removed', async () => {
    const server = new SmallServer([{ ...owners, has: ['list', 'create', 'read'] }]);
    const state = stateOf(server);
    await make(state, resourceOf(state, 'owners'));
    expect(await removeMade(state)).toEqual([{ thing: '/owners/101', reason: 'the document has no way to remove it' }]);
  });
});

it('an operation of which no request was judged is none that is kept', async () => {
  const server = new SmallServer([owners]);
  const state = stateOf(server);
  const entry = server.operations.find('GET /owners');
  if (entry === undefined) throw new Error('Failed to find the operation.');
  await askStep(state, { entry, path: {}, name: 'test', title: 'test' });
  const tally = state.tallies.find(({ entry: { id } }) => id === entry.id);
  expect(tally?.result(undefined, null, (text) => text)).toMatchObject({
    requests: 1,
    cases: 0,
    state: 'not-exercised',
  });
});

it('a step is judged as a case is, and what its sequence says of it is a finding', async () => {
  const server = new SmallServer([owners]);
  const state = stateOf(server);
  const sent = await ask(state, 'GET /owners/{ownerId}', { ownerId: 9 });
  if (sent === null) throw new Error('Failed to send the step.');
  const about = { severity: 'violation', pointer: '/paths', expected: 'a', received: 'b' } as const;
  noteStep(state, sent.exchange, { ...about, check: 'life', message: 'It was not kept' });
  const tally = state.tallies.find(({ entry }) => entry.id === 'GET /owners/{ownerId}');
  expect(tally?.counts.bySeverity.violation).toBe(2);
  expect(tally?.counts.byCheck.life?.violation).toBe(1);
});

it('is known as gone in each step that still names it, where it went with others', async () => {
  const server = new SmallServer([
    {
      ...owners,
      rows: [
        { id: 3, name: 'Ada' },
        { id: 4, name: 'Bob' },
      ],
    },
    { ...pets, rows: [{ at: '/owners/4/pets', id: 7, name: 'Rex' }] },
  ]);
  let isGone = false;
  const send: typeof server.send = (request, ...more) =>
    server.send(isGone ? { ...request, target: request.target.replace('pets/7', 'pets/99') } : request, ...more);
  const state = new RunState({ operations: server.operations, send, target: 'http://t', allowWrites: true }, null);
  await ask(state, 'GET /owners');
  await ask(state, 'GET /owners/{ownerId}/pets', { ownerId: 4 });
  isGone = true;
  await ask(state, 'DELETE /owners/{ownerId}', { ownerId: 3 });
  for (let step = 0; step < 2; step++) {
    const sent = await ask(state, 'DELETE /owners/{ownerId}/pets/{petId}', { ownerId: 4, petId: 7 });
    expect(sent?.exchange.received.status).toBe(404);
    expect(sent?.gone?.key).toBe(7);
  }
});

it('is known as gone also where others name it still', async () => {
  const text = { type: 'string', minLength: 1 };
  const visits: Collection = {
    path: '/visits',
    parameter: 'visitId',
    members: { name: text, ownerId: { type: 'integer' } },
    names: { ownerId: '/owners' },
  };
  const server = new SmallServer([
    {
      ...owners,
      rows: [
        { id: 3, name: 'Ada' },
        { id: 4, name: 'Bob' },
      ],
    },
    pets,
    { ...visits, rows: [{ id: 1, name: 'Check', ownerId: 4 }] },
  ]);
  let isGone = false;
  const send: typeof server.send = (request, ...more) =>
    server.send(isGone ? { ...request, target: request.target.replace('owners/4', 'owners/99') } : request, ...more);
  const state = new RunState({ operations: server.operations, send, target: 'http://t', allowWrites: true }, null);
  await ask(state, 'GET /owners');
  isGone = true;
  await ask(state, 'DELETE /owners/{ownerId}', { ownerId: 3 });
  await ask(state, 'GET /visits');
  const sent = await ask(state, 'GET /owners/{ownerId}/pets', { ownerId: 4 });
  expect(sent?.exchange.received.status).toBe(404);
  expect(sent?.gone?.key).toBe(4);
});

it('stands where it was made last, where a client says the key and its own path says no more', async () => {
  const text = { type: 'string' };
  const note = { type: 'object', required: ['id'], properties: { id: text, text } };
  const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
  const within = (name: string) => [{ name, in: 'path', required: true, schema: text }];
  const taken = { requestBody: json(note) };
  const paths = {
    '/lists/{list}/notes': {
      parameters: within('list'),
      get: { responses: { 200: json({ type: 'array', items: note }) } },
      post: { ...taken, responses: { 201: json(note) } },
    },
    '/lists/notes/{noteId}': {
      parameters: within('noteId'),
      post: { ...taken, responses: { 200: { description: 'x' } } },
      delete: { responses: { 204: { description: 'x' } } },
    },
  };
  const document = documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
  const operations = createOperations(document);
  const send = async () => answer(201, { id: 'first' });
  const state = new RunState({ operations, send, target: 'http://t', allowWrites: true }, null);
  const entry = operations.find('POST /lists/{list}/notes');
  if (!entry) throw new Error('Failed to find the operation.');
  for (const list of ['one', 'two']) await sendStep(state, { entry, path: { list }, name: list, title: list });
  const [made, ...others] = state.things.made;
  expect(made).toMatchObject({ key: 'first', under: { list: 'two' } });
  expect(others).toEqual([]);
});
