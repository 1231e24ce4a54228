import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { answer } from './library/answer.js';
import { violatedBy } from './library/violated.js';

const text = { type: 'string', minLength: 1, maxLength: 30 };
const id = { type: 'string' };
const shelf = { type: 'object', required: ['id', 'name'], properties: { id, name: text } };
const book = { type: 'object', required: ['id', 'title'], properties: { id, title: text } };
const loan = { type: 'object', required: ['id', 'shelf_id'], properties: { id, shelf_id: id, note: text } };
/** Made below a shelf, and standing elsewhere. */
const plant = {
  type: 'object',
  required: ['id', 'shelf_id', 'name'],
  properties: { id, shelf_id: { ...id, readOnly: true }, name: text },
};
const as = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
const takes = (required: string[], properties: JsonObject) => ({
  requestBody: { required: true, ...as({ type: 'object', required, properties }) },
});
const refusals = { 400: as({}), 404: as({}), 409: as({}), 415: as({}), 422: as({}) };
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: text });
const all = (items: JsonObject) => ({ get: { responses: { 200: as({ type: 'array', items }), ...refusals } } });
const one = (schema: JsonObject, more: JsonObject = {}) => ({
  get: { responses: { 200: as(schema), ...refusals } },
  delete: { responses: { 204: { description: 'x' }, ...refusals, ...more } },
});

/** @param said of what a shelf is kept for */
const operationsOf = (said: string) =>
  createOperations(
    documentFromObject({
      openapi: '3.0.3',
      info: { title: 'T', version: '1' },
      paths: {
        '/shelves': {
          ...all(shelf),
          post: { ...takes(['name'], { name: text }), responses: { 201: as(shelf), ...refusals } },
        },
        '/shelves/{id}': { parameters: [inPath('id')], ...one(shelf, { 409: { ...as({}), description: said } }) },
        '/shelves/{shelf_id}/books': {
          parameters: [inPath('shelf_id')],
          ...all(book),
          post: { ...takes(['title'], { title: text }), responses: { 201: as(book), ...refusals } },
        },
        '/shelves/{shelf_id}/books/{id}': { parameters: [inPath('shelf_id'), inPath('id')], ...one(book) },
        '/shelves/{shelf_id}/plants': {
          parameters: [inPath('shelf_id')],
          ...all(plant),
          post: { ...takes(['name'], { name: text }), responses: { 201: as(plant), ...refusals } },
        },
        '/plants/{id}': { parameters: [inPath('id')], ...one(plant) },
        '/loans': {
          ...all(loan),
          post: { ...takes(['shelf_id'], { shelf_id: id, note: text }), responses: { 201: as(loan), ...refusals } },
        },
        '/loans/{id}': { parameters: [inPath('id')], ...one(loan) },
      },
    } as unknown as JsonObject),
  );

type Row = Record<string, Json>;

/** A server of shelves, which keeps what has books, or loans, as far as it is told to. */
function serverOf(keepsFor: readonly string[]) {
  const rows: Record<string, Map<string, Row>> = {
    shelves: new Map(),
    books: new Map(),
    loans: new Map(),
    plants: new Map(),
  };
  let count = 0;
  const shown = (name: string, { shelf_id = '', ...row }: Row) =>
    name === 'books' || name === 'shelves' ? row : { ...row, shelf_id };
  const namedBy = (name: string, key: string) =>
    [...(rows[name] ?? [])].filter(([, row]) => row.shelf_id === key).map(([other]) => other);

  function ofAll(name: string, method: string, sent: Row, above: string | undefined): Received {
    const own = rows[name] as Map<string, Row>;
    const all = [...own.values()].filter((row) => above === undefined || row.shelf_id === above);
    if (method === 'GET')
      return answer(
        200,
        all.map((row) => shown(name, row)),
      );
    if (name === 'loans' && !rows.shelves?.has(String(sent.shelf_id))) return answer(422, {});
    const row = { ...sent, ...(above !== undefined && { shelf_id: above }), id: `k${++count}` };
    own.set(row.id, row);
    return answer(201, shown(name, row));
  }

  function ofOne(name: string, method: string, key: string): Received {
    const row = rows[name]?.get(key);
    if (row === undefined) return answer(404, {});
    if (method === 'GET') return answer(200, shown(name, row));
    if (name === 'shelves' && keepsFor.some((each) => namedBy(each, key).length > 0)) return answer(409, {});
    rows[name]?.delete(key);
    for (const each of ['books', 'loans', 'plants']) for (const other of namedBy(each, key)) rows[each]?.delete(other);
    return answer(204);
  }

  return async ({ method, target, body }: HttpRequest): Promise<Received> => {
    const sent = body === null ? {} : (JSON.parse(new TextDecoder().decode(body)) as Row);
    const [first = '', key, second, inner] = target.split('?')[0]?.split('/').slice(1) ?? [];
    if (second === undefined)
      return key === undefined ? ofAll(first, method, sent, undefined) : ofOne(first, method, key);
    if (!rows.shelves?.has(key as string)) return answer(404, {});
    if (inner === undefined) return ofAll(second, method, sent, key);
    return rows[second]?.get(inner)?.shelf_id === key ? ofOne(second, method, inner) : answer(404, {});
  };
}

const found = (said: string, keepsFor: readonly string[]) =>
  violatedBy(serverOf(keepsFor), { operations: operationsOf(said), allowWrites: true });

it.each([
  'The shelf still has books',
  'The shelf still has plants',
  'Shelves with books cannot be deleted.',
  'There are loans: used by a loan',
])('finds what is deleted that the document says is kept while others depend on it: %s', async (said) => {
  expect(await found(said, [])).toContain('deleted-gone');
  expect(await found(said, ['books', 'loans', 'plants'])).toEqual([]);
});

it.each(['The shelf is locked', 'The shelf has books on hold', 'In use', 'Somebody has changed the books'])(
  'says nothing where the document does not say so: %s',
  async (said) => {
    expect(await found(said, [])).toEqual([]);
    expect(await found(said, ['books', 'loans', 'plants'])).toEqual([]);
  },
);
