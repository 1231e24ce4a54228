import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { createMock, State } from './index.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ description: 'd', content: { 'application/json': { schema } } });
const text = { type: 'string' };
const within = (...names: string[]) =>
  names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string', pattern: '^[a-z0-9-]+$' } }));
const repo = {
  type: 'object',
  required: ['owner', 'name', 'stars'],
  properties: {
    owner: { type: 'string' },
    name: { type: 'string', pattern: '^[a-z0-9-]+$' },
    stars: { type: 'integer', minimum: 0 },
  },
};
const sent = { requestBody: { content: { 'application/json': { schema: repo } } }, responses: { 201: json(repo) } };
const list = {
  parameters: [{ name: 'sort', in: 'query', schema: { type: 'string' } }],
  responses: { 200: json({ type: 'array', items: repo }) },
};

/** Repositories are known by their owner and their name, and listed with and without saying whose they are. */
const document = {
  openapi: '3.1.0',
  info: { title: 'T', version: '1' },
  paths: {
    '/repos': { get: list, post: sent },
    '/repos/{owner}': { get: { ...list, parameters: within('owner') } },
    '/repos/{owner}/{name}': {
      parameters: within('owner', 'name'),
      get: { responses: { 200: json(repo), 404: { description: 'd' } } },
      patch: {
        requestBody: { content: { 'application/json': { schema: { ...repo, required: [] } } } },
        responses: { 200: json(repo) },
      },
      delete: { responses: { 204: { description: 'd' } } },
    },
  },
};

type Repo = { owner: string; name: string; stars: number };

function client() {
  const mock = createMock({ operations: createOperations(documentFromObject(document as unknown as JsonObject)) });
  let state = State.empty;
  return (method: string, target: string, body?: object) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const bytes = body === undefined ? null : new TextEncoder().encode(JSON.stringify(body));
    const answer = mock.answer({ method, target, headers, body: bytes }, undefined, state);
    state = answer.next?.state ?? state;
    return { status: answer.status, body: answer.body === '' ? null : JSON.parse(String(answer.body)) };
  };
}

const pathOf = ({ owner, name }: Repo) => `/repos/${owner}/${name}`;

describe('a list that does not say what its rows are nested under', () => {
  it('shows rows of several, each of which is there', () => {
    const ask = client();
    const rows: Repo[] = ask('GET', '/repos').body;
    expect(new Set(rows.map(({ owner }) => owner)).size).toBe(3);
    expect(new Set(rows.map(pathOf)).size).toBe(rows.length);
    for (const row of [rows[0], rows[30], rows.at(-1)] as Repo[]) expect(ask('GET', pathOf(row)).body).toEqual(row);
    const [{ owner }] = rows as [Repo];
    expect(ask('GET', `/repos/${owner}`).body).toEqual(rows.filter((row) => row.owner === owner));
    const sorted: Repo[] = ask('GET', '/repos?sort=-stars').body;
    expect(sorted.map(({ stars }) => stars)).toEqual(rows.map(({ stars }) => stars).toSorted((a, b) => b - a));
  });

  it('shows what happened to each of them, also under something that it has shown nothing of', () => {
    const ask = client();
    const before: Repo[] = ask('GET', '/repos').body;
    const [first, second] = before as [Repo, Repo];
    const made = { owner: 'nobody-yet', name: 'mine', stars: 7 };
    expect(ask('POST', '/repos', made)).toEqual({ status: 201, body: made });
    expect(ask('GET', pathOf(made)).body).toEqual(made);
    ask('PATCH', pathOf(second), { stars: 9 });
    expect(ask('DELETE', pathOf(first)).status).toBe(204);
    const after: Repo[] = ask('GET', '/repos').body;
    expect(after).toEqual([made, { ...second, stars: 9 }, ...before.slice(2)]);
    expect(ask('DELETE', pathOf(made)).status).toBe(204);
    expect(ask('GET', '/repos').body).toEqual(after.slice(1));
  });
});

it('lists under a thing only what says that it is of this one, also where no member tells rows apart', () => {
  const event = {
    type: 'object',
    required: ['text', 'userId'],
    properties: { text: { type: 'string' }, userId: { type: 'integer' } },
  };
  const user = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } };
  const id = [{ name: 'userId', in: 'path', required: true, schema: { type: 'integer' } }];
  const limit = { name: 'limit', in: 'query', schema: { type: 'integer' } };
  const paths = {
    '/users': { get: { responses: { 200: json({ type: 'array', items: user }) } } },
    '/users/{userId}': { parameters: id, get: { responses: { 200: json(user) } } },
    '/users/{userId}/events': {
      parameters: [...id, limit],
      get: { responses: { 200: json({ type: 'array', items: event }) } },
    },
  };
  const mock = createMock({
    operations: createOperations(documentFromObject({ ...document, paths } as unknown as JsonObject)),
  });
  const { body } = mock.answer({ method: 'GET', target: '/users/7/events?limit=9', headers: {}, body: null });
  expect((JSON.parse(String(body)) as { userId: number }[]).map(({ userId }) => userId)).toEqual(Array(9).fill(7));
});

it('knows what a list is of by a member that calls it for short', () => {
  const message = {
    type: 'object',
    required: ['id', 'appid'],
    properties: { id: { type: 'integer' }, appid: { type: 'integer' } },
  };
  const application = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } };
  const id = [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }];
  const ok = (schema: JsonObject) => ({ get: { responses: { 200: json(schema) } } });
  const paths = {
    '/application': ok({ type: 'array', items: application }),
    '/application/{id}': { parameters: id, ...ok(application) },
    '/application/{id}/message': { parameters: id, ...ok({ type: 'array', items: message }) },
    '/message': ok({ type: 'array', items: message }),
    '/message/{id}': { parameters: id, ...ok(message), delete: { responses: { 204: { description: 'd' } } } },
  };
  const mock = createMock({
    operations: createOperations(documentFromObject({ ...document, paths } as unknown as JsonObject)),
  });
  const { body } = mock.answer({ method: 'GET', target: '/application/3/message', headers: {}, body: null });
  const apps = new Set((JSON.parse(String(body)) as { appid: number }[]).map(({ appid }) => appid));
  expect([...apps].filter((app) => app !== 3)).toEqual([]);
});

it('shows things in the place of the keys that were sent of them', () => {
  const tag = {
    type: 'object',
    required: ['id', 'label'],
    properties: { id: { type: 'integer' }, label: { type: 'string' } },
  };
  const note = (tags: JsonObject) => ({
    type: 'object',
    required: ['text', 'tags'],
    properties: { text: { type: 'string' }, tags },
  });
  const shown = note({ type: 'array', minItems: 1, items: tag });
  const whole = { ...shown, properties: { id: { type: 'integer', readOnly: true }, ...shown.properties } };
  const sentNote = note({ type: 'array', items: { type: 'integer' } });
  const paths = {
    '/notes': {
      get: { responses: { 200: json({ type: 'array', items: whole }) } },
      post: { requestBody: { content: { 'application/json': { schema: sentNote } } }, responses: { 201: json(whole) } },
    },
    '/notes/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      get: { responses: { 200: json(whole) } },
    },
  };
  const mock = createMock({
    operations: createOperations(documentFromObject({ ...document, paths } as unknown as JsonObject)),
  });
  const bytes = new TextEncoder().encode('{"text":"x","tags":[5,6]}');
  const headers = { 'content-type': 'application/json' };
  const { body } = mock.answer({ method: 'POST', target: '/notes', headers, body: bytes });
  expect(JSON.parse(String(body))).toMatchObject({ text: 'x', tags: [{ id: 5 }, { id: 6 }] });
});

it('shows no key twice that the author shows', () => {
  const id = { type: 'string', example: 'act4c33g40j3' };
  const schemas = { Refund: { type: 'object', required: ['id', 'sum'], properties: { id, sum: { type: 'integer' } } } };
  const refund = { $ref: '#/components/schemas/Refund' };
  const ok = (schema: JsonObject) => ({ get: { responses: { 200: json(schema) } } });
  const paths = {
    '/refunds': ok({ type: 'array', items: refund }),
    '/payments/{paymentId}/refunds/{id}': { parameters: within('paymentId', 'id'), ...ok(refund) },
  };
  const mock = createMock({
    operations: createOperations(
      documentFromObject({ ...document, paths, components: { schemas } } as unknown as JsonObject),
    ),
  });
  const { body } = mock.answer({ method: 'GET', target: '/refunds', headers: {}, body: null });
  const keys = (JSON.parse(String(body)) as { id: string }[]).map((one) => one.id);
  expect(keys.length).toBeGreaterThan(25);
  expect(new Set(keys).size).toBe(keys.length);
});

it('shows rows of one alone where neither they nor their names tell them apart', () => {
  const schemas = { Variable: { type: 'object', properties: { name: { type: 'string' }, value: { type: 'string' } } } };
  const variable = { $ref: '#/components/schemas/Variable' };
  const variables = { get: { responses: { 200: json({ type: 'array', items: variable }) } } };
  const content = { 'application/json': { schema: variable } };
  const paths = {
    '/env': variables,
    '/apps/{app}/env': { ...variables, parameters: within('app') },
    '/apps/{app}/env/{name}': {
      put: { requestBody: { content }, responses: { 200: json(variable) } },
      parameters: within('app', 'name'),
    },
  };
  const operations = createOperations(
    documentFromObject({ ...document, paths, components: { schemas } } as unknown as JsonObject),
  );
  const mock = createMock({ operations, rows: 50 });
  const { body } = mock.answer({ method: 'GET', target: '/env', headers: {}, body: null });
  const names = JSON.parse(String(body)).map(({ name }: Repo) => name);
  expect(names.length).toBeGreaterThanOrEqual(50);
  expect(new Set(names).size).toBe(names.length);
});

it('shows a thing once that stands under several and is one of its own besides', () => {
  const shop = { type: 'object', required: ['id', 'town'], properties: { id: text, town: text } };
  const [one, many] = [
    { $ref: '#/components/schemas/Bill' },
    { type: 'array', items: { $ref: '#/components/schemas/Bill' } },
  ];
  const bill = { type: 'object', required: ['id', 'shop', 'year'], properties: { id: text, shop, year: text } };
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/shops': { get: { responses: { 200: json({ type: 'array', items: shop }) } } },
      '/shops/{shop_id}': { parameters: within('shop_id'), get: { responses: { 200: json(shop) } } },
      '/bills': { get: { responses: { 200: json(many) } } },
      '/bills/by-key/{bill_key}': { parameters: within('bill_key'), get: { responses: { 200: json(one) } } },
      '/bills/{shop}/{year}/{bill_id}': {
        parameters: within('shop', 'year', 'bill_id'),
        get: { responses: { 200: json(one) } },
      },
    },
    components: { schemas: { Bill: bill } },
  });
  const bills: { id: string; shop: { id: string }; year: string }[] = read('GET', '/bills');
  expect(bills.length).toBeGreaterThan(0);
  expect(new Set(bills.map(({ id }) => id)).size).toBe(bills.length);
  for (const each of bills) {
    expect(read('GET', `/bills/by-key/${each.id}`)).toEqual(each);
    expect(read('GET', `/bills/${each.shop.id}/${each.year}/${each.id}`)).toEqual(each);
  }
});

it('a place in a list of several is that place, where others have a row of the same key', () => {
  const claim = {
    type: 'object',
    required: ['namespace', 'name', 'size'],
    properties: {
      namespace: text,
      name: { type: 'string', enum: ['blue', 'green', 'red'] },
      size: { type: 'integer' },
    },
  };
  const page = {
    type: 'object',
    required: ['items', 'next'],
    properties: { items: { type: 'array', items: claim }, next: { type: ['string', 'null'] } },
  };
  const parameters = [
    { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 50, default: 4 } },
    { name: 'cursor', in: 'query', schema: { type: 'string' } },
  ];
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/claims': { get: { parameters, responses: { 200: json(page) } } },
      '/namespaces/{namespace}/claims': {
        parameters: within('namespace'),
        get: { parameters, responses: { 200: json(page) } },
      },
      '/namespaces/{namespace}/claims/{name}': {
        parameters: within('namespace', 'name'),
        get: { responses: { 200: json(claim) } },
      },
    },
  });
  const all = [];
  let cursor: string | null = '';
  for (let pages = 0; cursor !== null && pages < 20; pages++) {
    const { items, next } = read('GET', `/claims?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    all.push(...items.map(({ namespace, name }: JsonObject) => `${namespace} ${name}`));
    cursor = next;
  }
  expect(all.length).toBeGreaterThan(3);
  expect(new Set(all).size).toBe(all.length);
});
