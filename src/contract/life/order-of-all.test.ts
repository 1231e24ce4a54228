import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { answer } from './library/answer.js';
import { violatedBy } from './library/violated.js';

const note = {
  type: 'object',
  required: ['id', 'title', 'created_at'],
  properties: {
    id: { type: 'integer' },
    title: { type: 'string' },
    created_at: { type: 'string', format: 'date-time' },
  },
};
const asked = (name: string, schema: JsonObject, description = '') => ({ name, in: 'query', schema, description });
const integer = { type: 'integer', minimum: 1 };
const ordering = { type: 'string', enum: ['title', '-title'] };
const page = {
  type: 'object',
  required: ['total', 'notes'],
  properties: { total: { type: 'integer' }, notes: { type: 'array', items: note } },
};
const operationsOf = (description: string, said = 'What to sort by.') =>
  createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/notes': {
          get: {
            description,
            parameters: [
              asked('page', integer),
              asked('limit', { ...integer, maximum: 50, default: 10 }),
              asked('ordering', ordering, said),
            ],
            responses: { 200: { description: 'x', content: { 'application/json': { schema: page } } } },
          },
        },
      },
    }),
  );

/** What is right but for one defect. */
function server(defect: string) {
  const count = 30;
  const rows = Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    title: `Note ${(index * 7) % count}`.padEnd(8, 'x'),
    created_at: new Date(Date.UTC(2026, 0, 1) + index * 3_600_000).toISOString(),
  }));
  return async ({ target }: HttpRequest): Promise<Received> => {
    const query = new URL(target, 'http://t').searchParams;
    const way = query.get('ordering');
    const order = (some: typeof rows, by = way) =>
      by === null ? some : some.toSorted((a, b) => (a.title < b.title ? -1 : 1) * (by === 'title' ? 1 : -1));
    const size = defect === 'the size is ten' ? 10 : Number(query.get('limit') ?? 10);
    const from = (Number(query.get('page') ?? 1) - 1) * size;
    const byTitle = order(rows, 'title');
    const usual = defect === 'the oldest come first' ? rows : defect === 'by title' ? byTitle : rows.toReversed();
    const cut = (some: typeof rows) => some.slice(from, from + size);
    const notes = defect === 'pages are sorted alone' ? order(cut(usual)) : cut(order(usual));
    return answer(200, { total: count, notes });
  };
}

it.each([
  ['nothing', []],
  ['the size is ten', ['page-size']],
  ['pages are sorted alone', ['sorted']],
  ['the oldest come first', ['sorted']],
])('an order is that of the whole list, and one that is said is kept: %s', async (defect, broken) => {
  const operations = operationsOf('', 'What to sort by. Newest first by default.');
  expect(await violatedBy(server(defect), { operations })).toEqual(broken);
});

it.each([
  ['Newest notes first', 'nothing', []],
  ['Newest notes first', 'by title', ['sorted']],
  ['Sorted by title', 'by title', []],
  ['Sorted by title', 'nothing', ['sorted']],
  // Nobody knows when somebody was at one of them.
  ['Most recently active first', 'the oldest come first', []],
  ['Latest activity first', 'the oldest come first', []],
  ['Pinned ones first, then the newest first', 'the oldest come first', []],
])('the usual order is the one that is said, where that is certain: %s, %s', async (said, defect, broken) => {
  expect(await violatedBy(server(defect), { operations: operationsOf(said) })).toEqual(broken);
});
