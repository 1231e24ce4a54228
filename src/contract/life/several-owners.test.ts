import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { violatedBy } from './library/violated.js';

const string = { type: 'string' };
const app = { type: 'object', required: ['name'], properties: { name: string, title: string } };
const owned = { ...app, properties: { ...app.properties, owner: { type: 'object', properties: { name: string } } } };
const parameter = (name: string) => ({ name, in: 'path', required: true, schema: string });

/** Apps are known by their name and their owner's, and a group lists those of several owners. */
function operationsOf(row: JsonObject) {
  const answers = (schema: JsonObject) => ({
    responses: { 200: { description: 'x', content: { 'application/json': { schema } } }, 404: { description: 'x' } },
  });
  return createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/apps/{owner_name}/{app_name}': {
          get: { parameters: [parameter('owner_name'), parameter('app_name')], ...answers(row) },
        },
        '/orgs/{org}/groups/{group}/apps': {
          get: {
            parameters: [
              parameter('org'),
              parameter('group'),
              { name: 'limit', in: 'query', schema: { type: 'integer' } },
              { name: 'offset', in: 'query', schema: { type: 'integer' } },
            ],
            ...answers({ type: 'array', items: row }),
          },
        },
      },
    } as JsonObject),
  );
}

const apps = ['ann', 'bob', 'cleo'].flatMap((owner) => ['mail', 'notes'].map((name) => ({ name, title: name, owner })));

function reply(target: string, rows: typeof apps, says: boolean): Received {
  const { pathname, searchParams } = new URL(target, 'http://t');
  const shown = ({ name, title, owner }: (typeof apps)[number]) => ({
    name,
    title,
    ...(says && { owner: { name: owner } }),
  });
  const [, first, owner, name] = pathname.split('/');
  const one = apps.find((each) => each.owner === owner && each.name === name);
  const offset = Number(searchParams.get('offset') ?? 0);
  const page = rows.slice(offset, offset + Number(searchParams.get('limit') ?? 100));
  const body = first === 'orgs' ? page.map(shown) : one && shown(one);
  const bytes = new TextEncoder().encode(body ? JSON.stringify(body) : '');
  const headers: [string, string][] = body ? [['Content-Type', 'application/json']] : [];
  return { status: body ? 200 : 404, headers, raw: bytes, body: bytes, problems: [], duration: 1 };
}

it.each([
  { says: true, rows: apps, broken: [] },
  // Nothing tells which of two things with one name an item is.
  { says: false, rows: apps, broken: [] },
  { says: true, rows: [...apps, ...apps.slice(0, 1)], broken: ['items-once', 'pages-whole'] },
])('a name that several owners use is no thing twice: $says $broken', async ({ says, rows, broken }) => {
  const operations = operationsOf(says ? owned : app);
  const send = async ({ target }: { readonly target: string }) => reply(target, rows, says);
  expect([...new Set(await violatedBy(send, { operations }))]).toEqual(broken);
});

it('a list is not looked at under another parent than those that its path names', async () => {
  const order = { type: 'object', required: ['id', 'name'], properties: { id: string, name: string } };
  const item = {
    type: 'object',
    required: ['orderId', 'lineId'],
    properties: { orderId: string, lineId: string, note: string, size: { type: 'integer' } },
  };
  const shows = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
  const both = (row: JsonObject, ...parameters: string[]) => ({
    parameters: parameters.map(parameter),
    get: { responses: { 200: shows({ type: 'array', items: row }) } },
    post: { requestBody: { required: true, ...shows(row) }, responses: { 201: shows(row) } },
  });
  const one = (row: JsonObject, ...parameters: string[]) => ({
    parameters: parameters.map(parameter),
    get: { responses: { 200: shows(row), 404: { description: 'x' } } },
  });
  const operations = createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/orders': both(order),
        '/orders/{orderId}': one(order, 'orderId'),
        '/shipments': both(order),
        '/shipments/{shipmentId}': one(order, 'shipmentId'),
        '/shipments/{shipmentId}/items': both(item, 'shipmentId'),
        '/shipments/{shipmentId}/items/{orderId}/{lineId}': one(item, 'shipmentId', 'orderId', 'lineId'),
      },
    } as JsonObject),
  );
  const rows = new Map<string, JsonObject[]>();
  const send = async ({ method, target, body }: HttpRequest): Promise<Received> => {
    const path = new URL(target, 'http://t').pathname;
    const inItems = /^(.*\/items)\/([^/]+)\/([^/]+)$/.exec(path);
    const inOwn = /^(\/[a-z]+)\/([^/]+)$/.exec(path);
    const of = (list: string) => rows.get(list) ?? [];
    const found = inItems
      ? of(inItems[1] as string).find(({ orderId, lineId }) => orderId === inItems[2] && lineId === inItems[3])
      : inOwn && of(inOwn[1] as string).find(({ id }) => id === inOwn[2]);
    const sent = body === null ? {} : (JSON.parse(new TextDecoder().decode(body)) as JsonObject);
    if (method === 'POST') rows.set(path, [...of(path), sent]);
    const value = method === 'POST' ? sent : inItems || inOwn ? found : of(path);
    const bytes = new TextEncoder().encode(value ? JSON.stringify(value) : '');
    const headers: [string, string][] = value ? [['Content-Type', 'application/json']] : [];
    return {
      status: value ? (method === 'POST' ? 201 : 200) : 404,
      headers,
      raw: bytes,
      body: bytes,
      problems: [],
      duration: 1,
    };
  };
  expect(await violatedBy(send, { operations, allowWrites: true })).not.toContain('under-parent-only');
});
