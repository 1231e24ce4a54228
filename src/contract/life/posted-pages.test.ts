import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import { violatedBy } from './library/violated.js';

const text = { type: 'string' };
const properties = { id: { type: 'integer' }, state: text };
const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const page = {
  type: 'object',
  properties: { next_url: text, things: { type: 'array', items: { type: 'object', properties } } },
};
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/things/search': {
        post: {
          parameters: [
            { name: 'page_size', in: 'query', schema: properties.id },
            { name: 'page_token', in: 'query', schema: text },
          ],
          requestBody: json({ type: 'object', properties: { state: text } }),
          responses: { 200: { description: 'd', ...json(page) } },
        },
      },
      '/things/{id}': {
        get: {
          parameters: [{ name: 'id', in: 'path', required: true, schema: properties.id }],
          responses: { 200: { description: 'd', ...json({ type: 'object', properties }) } },
        },
      },
    },
  }),
);

const rows = Array.from({ length: 8 }, (_, at) => ({ id: at + 1, state: at % 2 === 0 ? 'open' : 'done' }));

function answer({ target, body }: HttpRequest, isForgetful: boolean) {
  const { pathname, searchParams: asked } = new URL(target, 'http://t');
  if (pathname !== '/things/search') {
    const row = rows.find(({ id }) => pathname === `/things/${id}`);
    return received(row ? 200 : 404, row ?? {});
  }
  const from = Number(asked.get('page_token') ?? 0);
  const { state } = JSON.parse(new TextDecoder().decode(body ?? new Uint8Array())) as { state?: string };
  const found = rows.filter((row) => (isForgetful && from > 0) || state === undefined || row.state === state);
  const to = from + Number(asked.get('page_size') ?? found.length);
  const next = to < found.length ? { next_url: `/things/search?page_size=${to - from}&page_token=${to}` } : {};
  return received(200, { ...next, things: found.slice(from, to) });
}

function received(status: number, value: JsonObject) {
  const body = new TextEncoder().encode(JSON.stringify(value));
  const headers = [['Content-Type', 'application/json']] as const;
  return { status, headers, raw: body, body, problems: [], duration: 1 };
}

it.each([
  [false, []],
  [true, ['filter-holds']],
])('what a body filters by is sent to the address of the next page too: %j', async (isForgetful, checks) => {
  const send = async (request: HttpRequest) => answer(request, isForgetful);
  expect([...new Set(await violatedBy(send, { operations, allowWrites: true }))]).toEqual(checks);
});
