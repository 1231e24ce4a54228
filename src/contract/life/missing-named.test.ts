import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { answer } from './library/answer.js';
import { violatedBy } from './library/violated.js';

const text = { type: 'string', minLength: 1, maxLength: 20 };
const code = { type: 'string', pattern: '^[A-Z][0-9]{2}$' };
const object = (properties: JsonObject, ...required: string[]): JsonObject => ({
  type: 'object',
  properties,
  required,
});
const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
const book = object({ id: { type: 'integer' }, title: text, shelfCode: code }, 'id', 'title', 'shelfCode');
const written = object({ title: text, shelfCode: code }, 'title', 'shelfCode');
const shelf = object({ code, name: text }, 'code', 'name');
const at = (name: string, schema: JsonObject) => ({ parameters: [{ name, in: 'path', required: true, schema }] });
const taking = (schema: JsonObject, required = true) => ({ requestBody: { required, ...json(schema) } });

/** Books stand on shelves, or on none. */
const shelfless = {
  schema: object({ ...(book.properties as JsonObject), shelfCode: { anyOf: [code, { type: 'null' }] } }, 'id', 'title'),
  change: object({ title: text, shelfCode: { anyOf: [code, { type: 'null' }] } }),
};

/** @param said of 422; `isPatched`: whether a book can be taken from its shelf */
const operationsOf = (said: string, isPatched = false) => {
  const shown = isPatched ? shelfless.schema : book;
  const refusals = { 404: { description: 'Nothing is there' }, 422: { description: said } };
  return createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/shelves': { get: { responses: { 200: json({ type: 'array', items: shelf }) } } },
        '/shelves/{code}': { ...at('code', code), get: { responses: { 200: json(shelf), 404: refusals[404] } } },
        '/books': {
          get: { responses: { 200: json({ type: 'array', items: shown }) } },
          post: { ...taking(written), responses: { 201: json(shown), 422: refusals[422] } },
        },
        '/books/{id}': {
          ...at('id', { type: 'integer' }),
          get: { responses: { 200: json(shown), 404: refusals[404] } },
          ...(isPatched
            ? { patch: { ...taking(shelfless.change), responses: { 200: json(shown), ...refusals } } }
            : { put: { ...taking(written), responses: { 200: json(shown), ...refusals } } }),
        },
      },
    }),
  );
};

/** @param taking what takes a shelf that nobody has */
function server(taking: readonly string[]) {
  const shelves = ['A01', 'A02', 'B10'].map((each) => ({ code: each, name: `Shelf ${each}` }));
  const books = new Map<string, JsonObject>();
  const shelvesAt = (id: string | undefined) => {
    const found = shelves.find((each) => each.code === id);
    return id === undefined ? answer(200, shelves) : answer(found ? 200 : 404, found ?? {});
  };
  const patched = (id: string, sent: JsonObject) => {
    const isKept = sent.shelfCode === null && taking.includes('null');
    const row = { ...books.get(id), ...sent, ...(isKept && { shelfCode: books.get(id)?.shelfCode ?? null }) };
    if (sent.shelfCode && !shelves.some((each) => each.code === sent.shelfCode)) return answer(422, {});
    books.set(id, row);
    return answer(200, row);
  };
  return async ({ method, target, body }: HttpRequest): Promise<Received> => {
    const [, kind, id] = target.split('/');
    if (kind === 'shelves') return shelvesAt(id);
    if (id !== undefined && !books.has(id)) return answer(404, {});
    if (method === 'GET') return answer(200, id === undefined ? [...books.values()] : (books.get(id) ?? {}));
    const sent = JSON.parse(new TextDecoder().decode(body ?? new Uint8Array())) as JsonObject;
    if (method === 'PATCH') return patched(id ?? '', sent);
    const isThere = shelves.some((each) => each.code === sent.shelfCode);
    if (!isThere && !taking.includes(method)) return answer(422, {});
    const key = id ?? String(books.size + 1);
    books.set(key, { ...sent, id: Number(key) });
    return answer(method === 'POST' ? 201 : 200, books.get(key));
  };
}

it.each([
  ['shelfCode names no shelf', [], []],
  ['shelfCode names no shelf', ['POST'], ['create-stored']],
  ['No such shelf', ['PUT'], ['create-stored']],
  // Who says nothing of it may make the shelf, or not look.
  ['The title is too plain', ['POST', 'PUT'], []],
])('where it is said "%s", what names nothing is taken by %s', async (said, takers, checks) => {
  const options = { operations: operationsOf(said), aspects: ['accepted', 'life'] as const, allowWrites: true };
  expect([...new Set(await violatedBy(server(takers), options))]).toEqual(checks);
});

it.each([
  [[], []],
  [['null'], ['change-kept']],
])('what names a shelf may name none: %j is taken for what was not said', async (takers, checks) => {
  const operations = operationsOf('No such shelf', true);
  const options = { operations, aspects: ['accepted', 'life'] as const, allowWrites: true };
  expect([...new Set(await violatedBy(server(takers), options))]).toEqual(checks);
});
