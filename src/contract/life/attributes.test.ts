import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, headerOf } from '../../operation/index.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { virtualClock } from '../run/clock.js';
import { run } from '../run/run.js';
import type { Received, Send } from '../types.js';
import { opened } from './attributes.js';

const type = 'application/vnd.api+json';
const attributes = {
  name: { type: 'string', minLength: 1 },
  city: { type: 'string' },
  isOpen: { type: 'boolean', default: true },
  size: { type: 'string', enum: ['small', 'medium', 'large'] },
};
const resource = (required: string[], names: string[], inner: string[]) => ({
  type: 'object',
  required,
  additionalProperties: false,
  properties: Object.fromEntries(
    Object.entries({
      type: { type: 'string', enum: ['shops'] },
      id: { type: 'string' },
      attributes: { type: 'object', required: inner, additionalProperties: false, properties: attributes },
    }).filter(([name]) => names.includes(name)),
  ),
});
const json = (schema: JsonObject, description = 'x') => ({ description, content: { [type]: { schema } } });
const data = (schema: JsonObject) => ({ type: 'object', required: ['data'], properties: { data: schema } });
const shop = resource(['type', 'id', 'attributes'], ['type', 'id', 'attributes'], ['name', 'isOpen']);
const added = resource(['type', 'attributes'], ['type', 'attributes'], ['name']);
const changed = resource(['type', 'id', 'attributes'], ['type', 'id', 'attributes'], []);
const error = { description: 'x', content: { [type]: { schema: { type: 'object' } } } };
const sort = { name: 'sort', in: 'query', schema: { type: 'string', enum: ['name', '-name', 'size', '-size'] } };
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const document = {
  openapi: '3.1.0',
  info: { title: 'T', version: '1' },
  paths: {
    '/shops': {
      get: { parameters: [sort], responses: { 200: json(data({ type: 'array', items: shop })), 400: error } },
      post: {
        requestBody: { required: true, ...json(data(added)) },
        responses: { 201: json(data(shop)), 400: error, 415: error },
      },
    },
    '/shops/{id}': {
      parameters: [id],
      get: { responses: { 200: json(data(shop)), 404: error } },
      patch: {
        requestBody: { required: true, ...json(data(changed)) },
        responses: { 200: json(data(shop)), 400: error, 404: error, 409: error, 415: error },
      },
      delete: { responses: { 204: { description: 'x' }, 404: error } },
    },
  },
} as JsonObject;

function reply(status: number, body: Json): Received {
  const bytes = new TextEncoder().encode(body === null ? '' : JSON.stringify(body));
  const headers: [string, string][] = body === null ? [] : [['Content-Type', type]];
  return { status, headers, raw: bytes, body: bytes, problems: [], duration: 1 };
}

type Defect = 'none' | 'patch-wipes' | 'patch-forgets' | 'always-open' | 'order-ignored';

/** A right server of JSON:API, but for one defect. */
class Shops {
  readonly #shops = new Map<string, JsonObject>(
    ['large', 'small', 'medium'].map((size, index) => [String(index + 1), { name: 'Ada', isOpen: true, size }]),
  );
  readonly #defect: Defect;
  #last = 3;

  constructor(defect: Defect) {
    this.#defect = defect;
  }

  readonly send: Send = async (request) => {
    const [path = '', query = ''] = request.target.split('?');
    const text = request.body ? new TextDecoder().decode(request.body) : '';
    if (text !== '' && headerOf(request, 'content-type') !== type) return reply(415, {});
    const sent = text.startsWith('{') ? ((JSON.parse(text) as { data?: JsonObject }).data ?? {}) : {};
    const key = /^\/shops\/([^/]+)$/.exec(path)?.[1];
    if (key !== undefined) return this.#onItem(request.method, key, sent);
    return request.method === 'POST' ? this.#create(sent) : this.#list(query);
  };

  #shown(key: string) {
    return { type: 'shops', id: key, attributes: this.#shops.get(key) ?? {} };
  }

  #list(query: string): Received {
    const rows = [...this.#shops.keys()].map((key) => this.#shown(key));
    if (query === '' || this.#defect === 'order-ignored') return reply(200, { data: rows });
    const sizes = attributes.size.enum;
    if (query.includes('size'))
      rows.sort((a, b) => sizes.indexOf(String(a.attributes.size)) - sizes.indexOf(String(b.attributes.size)));
    else rows.sort((a, b) => (String(a.attributes.name) < String(b.attributes.name) ? -1 : 1));
    return reply(200, { data: query.includes('=-') ? rows.reverse() : rows });
  }

  #create({ attributes: own }: JsonObject): Received {
    const key = String(++this.#last);
    const row = { isOpen: true, ...(isObject(own) ? own : {}) };
    this.#shops.set(key, this.#defect === 'always-open' ? { ...row, isOpen: true } : row);
    return reply(201, { data: this.#shown(key) });
  }

  #onItem(method: string, key: string, { id: named, attributes: own }: JsonObject): Received {
    const old = this.#shops.get(key);
    if (old === undefined) return reply(404, {});
    if (method === 'DELETE') this.#shops.delete(key);
    if (method === 'DELETE') return reply(204, null);
    if (method !== 'PATCH') return reply(200, { data: this.#shown(key) });
    if (named !== key) return reply(409, {});
    const before = this.#defect === 'patch-wipes' ? { name: old.name ?? '', isOpen: true } : old;
    const now = { ...before, ...(isObject(own) ? own : {}) };
    if (this.#defect !== 'patch-forgets') this.#shops.set(key, now);
    return reply(200, { data: { type: 'shops', id: key, attributes: now } });
  }
}

it.each<[Defect, readonly string[]]>([
  ['none', []],
  ['patch-wipes', ['others-kept']],
  ['patch-forgets', ['change-kept']],
  ['always-open', ['values-kept']],
  ['order-ignored', ['sorted']],
])('what stands in the attributes of JSON:API is looked at as members are: %s', async (defect, expected) => {
  const operations = createOperations(documentFromObject(document));
  const base = {
    operations,
    send: new Shops(defect).send,
    target: 'http://t',
    allowWrites: true,
    concurrency: 1,
    clock: virtualClock(),
  };
  const result = await run({ ...base, aspects: ['life', 'accepted'], maxCases: 1 });
  const found = result.findings.filter(({ severity }) => severity === 'violation').map(({ check }) => check);
  expect(found).toEqual(expect.arrayContaining([...expected]));
  if (defect === 'none') expect(found).toEqual([]);
  // The body of a change names the thing that its path does.
  expect(result.operations.find(({ method }) => method === 'PATCH')?.statuses['409']).toBeUndefined();
});

it.each([
  [
    { id: '1', attributes: { name: 'a' }, relationships: {} },
    { id: '1', relationships: {}, name: 'a' },
  ],
  [
    { type: 'shops', attributes: { name: 'a' } },
    { type: 'shops', name: 'a' },
  ],
  [
    { _index: 'books', _id: '1', found: true, _source: { title: 'a', found: 'in a tree' } },
    { _index: 'books', _id: '1', found: 'in a tree', title: 'a' },
  ],
  // Of what else has attributes they are a member.
  [
    { id: '1', attributes: { colour: 'red' } },
    { id: '1', attributes: { colour: 'red' } },
  ],
])('%j is opened as what it is: a resource object, or a document', (row, expected) => {
  expect(opened(row)).toEqual(expected);
});
