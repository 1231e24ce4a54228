import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import type { Send } from '../types.js';
import { answer } from './library/answer.js';
import { violatedBy } from './library/violated.js';

const text = { type: 'string', minLength: 1, maxLength: 60 };
const own: JsonObject = {
  sku: { ...text, pattern: '^[A-Z0-9-]+$', example: 'BOLT-M8' },
  name: text,
  kind: { enum: ['raw', 'part', 'product'] },
  note: { type: 'string', maxLength: 60, default: '' },
  price: { type: 'number', minimum: 0, maximum: 1_000, example: 12.56 },
  due: { type: 'string', format: 'date', example: '2031-05-06' },
};
const item = {
  type: 'object',
  required: ['id', 'sku', 'name', 'kind', 'note', 'price', 'due', 'archived', 'updated_at'],
  properties: {
    id: { type: 'integer' },
    ...own,
    archived: { type: 'boolean', readOnly: true },
    updated_at: { type: 'string', format: 'date-time', readOnly: true },
  },
};
const sent = { type: 'object', required: ['sku', 'name', 'kind', 'price', 'due'], properties: own };
const as = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answers = (status: number, schema: JsonObject) => ({
  responses: {
    [status]: { description: 'x', headers: { Location: { schema: { type: 'string' } } }, ...as(schema) },
    ...Object.fromEntries([400, 404].map((each) => [each, { description: 'x', ...as({}) }])),
    409: { description: 'The SKU is already in use', ...as({}) },
  },
});
const takes = (schema: JsonObject) => ({ requestBody: { required: true, ...as(schema) } });
const query = (name: string, schema: JsonObject, description = 'x') => ({ name, in: 'query', schema, description });
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/items': {
        get: {
          parameters: [
            query('q', { type: 'string' }, 'Looks into name and sku'),
            query('name_prefix', { type: 'string' }, 'Items whose name starts with this'),
            query('archived', { type: 'boolean' }),
            query('due_before', { type: 'string', format: 'date' }),
          ],
          ...answers(200, { type: 'array', items: item }),
        },
        post: { ...takes(sent), ...answers(201, item) },
      },
      '/items/{id}': {
        parameters: [id],
        get: answers(200, item),
        put: { ...takes(sent), ...answers(200, item) },
        patch: { ...takes({ type: 'object', properties: own }), ...answers(200, item) },
        delete: { responses: { 204: { description: 'x' }, 404: { description: 'x', ...as({}) } } },
      },
      '/items/{id}/archive': { parameters: [id], post: answers(200, item) },
    },
  }),
);

type Row = Record<string, string | number | boolean>;

/** A server whose clock goes on with each request. */
function server(defect: string): Send {
  const rows: Row[] = [];
  let last = 0;
  let now = Date.parse('2030-01-01T00:00:00.123Z');
  // Some say no more than the second.
  const time = () => new Date(defect === 'seconds' ? now - (now % 1_000) : now).toISOString();
  const base: Row = { note: '' };
  const kept = (row: JsonObject): Row => {
    const values = row as Row;
    return defect === 'rounds' && typeof values.price === 'number'
      ? { ...values, price: Math.round(values.price) }
      : values;
  };
  const matches = (row: Row, asked: URLSearchParams): boolean => {
    const [q, prefix, archived, due] = ['q', 'name_prefix', 'archived', 'due_before'].map((name) => asked.get(name));
    const name = String(row.name).toLowerCase();
    const isFound = name.includes(String(q).toLowerCase()) || String(row.sku).toLowerCase() === q?.toLowerCase();
    if (q != null && (defect === 'finds nothing' || !isFound)) return false;
    if (q != null && defect === 'finds no sku' && !name.includes(q.toLowerCase())) return false;
    const start = String(prefix).toLowerCase();
    if (prefix != null && !(defect === 'begins anywhere' ? name.includes(start) : name.startsWith(start))) return false;
    if (archived != null && defect !== 'archived' && String(row.archived) !== archived) return false;
    return due == null || defect === 'day' || String(row.due) < due;
  };
  const changed = (row: Row, values: Row, method: string, word: string | undefined): Row => {
    if (defect === 'case' && String(values.name).toLowerCase() === String(row.name).toLowerCase()) delete values.name;
    if (method === 'PUT' && defect !== 'put keeps') Object.assign(row, base);
    Object.assign(row, word === 'archive' ? { archived: true } : values);
    if (defect !== 'time stays') row.updated_at = time();
    return row;
  };
  return async ({ target, method, body }) => {
    now += 400;
    const url = new URL(target, 'http://t');
    const [, , key, word] = url.pathname.split('/');
    const values = body && body.length > 0 ? kept(JSON.parse(new TextDecoder().decode(body))) : {};
    const row = rows.find((each) => each.id === Number(key));
    if (key === undefined && method === 'GET')
      return answer(
        200,
        rows.filter((each) => matches(each, url.searchParams)),
      );
    const isTaken = rows.some((each) => each !== row && each.sku === values.sku) && defect !== 'taken twice';
    if (isTaken) return answer(409, {});
    if (key === undefined) {
      const made = { id: ++last, ...base, ...values, archived: false, updated_at: time() };
      if (defect === 'kind') Object.assign(made, { kind: 'raw' });
      rows.push(made);
      return answer(201, made, ['Location', `${defect === 'outside' ? '' : '/v1'}/items/${made.id}`]);
    }
    if (row === undefined) return answer(404, {});
    if (method === 'DELETE') rows.splice(rows.indexOf(row), 1);
    if (method === 'DELETE') return answer(204);
    return answer(200, method === 'GET' ? row : changed(row, values, method, word));
  };
}

it.each([
  ['nothing', []],
  ['seconds', []],
  ['time stays', ['change-kept']],
  ['case', ['change-kept']],
  ['kind', ['values-kept']],
  ['rounds', ['values-kept', 'change-kept']],
  ['put keeps', ['replaced']],
  ['taken twice', ['keys-differ']],
  ['outside', ['location-leads']],
  ['finds nothing', ['filter-holds', 'filter-holds']],
  ['finds no sku', ['filter-holds']],
  ['begins anywhere', ['filter-holds']],
  ['archived', ['filter-holds']],
  ['day', ['filter-holds']],
])('what a server says and does not do is seen: %s', async (defect, checks) => {
  const found = await violatedBy(server(defect), { operations, allowWrites: true, target: 'http://t/v1' });
  expect([...new Set(found)]).toEqual([...new Set(checks)]);
});
