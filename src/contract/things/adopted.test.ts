import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { answer } from '../life/library/answer.js';
import { run } from '../run/run.js';
import type { Received } from '../types.js';

const text = { type: 'string', minLength: 1 };
const row = (key: string, ...names: string[]): JsonObject => ({
  type: 'object',
  required: [key, ...names],
  properties: Object.fromEntries([key, ...names].map((name) => [name, text])),
});
const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const refusals = { 400: { description: 'x', ...json({}) }, 404: { description: 'x', ...json({}) } };
const resource = (path: string, key: string, ...names: string[]) => ({
  [path]: {
    get: { responses: { 200: { description: 'x', ...json({ type: 'array', items: row(key, ...names) }) } } },
    post: {
      requestBody: {
        required: true,
        ...json({ type: 'object', required: names, properties: Object.fromEntries(names.map((name) => [name, text])) }),
      },
      responses: { 201: { description: 'x', ...json(row(key, ...names)) }, ...refusals },
    },
  },
  [`${path}/{${key}}`]: {
    parameters: [{ name: key, in: 'path', required: true, schema: text }],
    get: { responses: { 200: { description: 'x', ...json(row(key, ...names)) }, ...refusals } },
    delete: { responses: { 204: { description: 'x' }, ...refusals } },
  },
});
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: { ...resource('/shelves', 'slug', 'name'), ...resource('/books', 'id', 'title', 'shelf', 'language') },
  }),
);

/** Of a book the shelf has to be there, and the language to be one that nobody wrote down. */
function library(books: readonly JsonObject[], isFilled = true) {
  const shelves = new Map<string, JsonObject>(isFilled ? [['attic', { slug: 'attic', name: 'Attic' }]] : []);
  const all = { shelves, books: new Map(books.map((each) => [String(each.id), each])) };
  let next = 1;
  return async ({ method, target, body }: HttpRequest): Promise<Received> => {
    const [, kind = '', key] = target.split('/');
    const rows = kind === 'shelves' ? all.shelves : all.books;
    const sent: Json = body && JSON.parse(new TextDecoder().decode(body));
    if (key !== undefined && method === 'DELETE') return answer(rows.delete(key) ? 204 : 404);
    if (key !== undefined) return answer(rows.has(key) ? 200 : 404, rows.get(key) ?? {});
    if (method === 'GET') return answer(200, [...rows.values()]);
    const refused = kind === 'shelves' ? refusedOf(sent, 'name') : refusedOf(sent, 'title', 'shelf', 'language');
    if (refused !== null) return refused;
    const made = { ...(sent as JsonObject), [kind === 'shelves' ? 'slug' : 'id']: `k${next}` };
    rows.set(`k${next++}`, made);
    return answer(201, made);
  };

  function refusedOf(sent: Json, ...names: string[]): Received | null {
    if (!isObject(sent) || !names.every((name) => typeof sent[name] === 'string' && sent[name] !== ''))
      return answer(400, { error: 'not valid' });
    if (!names.includes('shelf')) return null;
    if (!shelves.has(String(sent.shelf))) return answer(404, { error: 'Shelf not found' });
    const isSpoken = books.length === 0 || sent.language === 'tlh';
    return isSpoken ? null : answer(400, { language: ['is not spoken here'] });
  }
}

async function exercised(send: ReturnType<typeof library>) {
  const { operations: all, findings } = await run({
    operations,
    send,
    target: 'http://t',
    aspects: ['accepted'],
    allowWrites: true,
    concurrency: 1,
  });
  const violations = findings
    .filter(({ severity }) => severity === 'violation')
    .map(({ message, operations: [one] }) => `${message}: ${one?.title}`);
  return { violations, left: all.filter(({ state }) => state !== 'kept').map(({ id }) => id) };
}

it.each([
  ['is there, and others name it', library([{ id: 'b0', title: 'T', shelf: 'attic', language: 'tlh' }])],
  ['is there, and nothing names it', library([])],
  ['has to be made first', library([], false)],
])('sends what a refusal says that is not there, where such a thing %s', async (_how, send) => {
  expect(await exercised(send)).toEqual({ violations: [], left: [] });
});
