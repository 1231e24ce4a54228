import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { foundOf } from './library/violated.js';

const text = { type: 'string', minLength: 1 };
const integer = { type: 'integer', minimum: 1 };
const [date, noted] = [
  { type: 'string', format: 'date-time', readOnly: true },
  { ...integer, readOnly: true },
];
const note = { type: 'object', required: ['title'], properties: { id: noted, title: text, updated: date } };
const object = (properties: JsonObject) => ({ type: 'object', properties });
const as = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answers = (status: number, schema?: JsonObject) => ({
  responses: { [status]: { description: 'd', ...(schema && as(schema)) } },
});
const takes = { requestBody: { required: true, ...as(note) } };
const id = { name: 'id', in: 'path', required: true, schema: integer };
const asked = (name: string, schema: JsonObject) => ({ name, in: 'query', schema });
const links = { type: 'array', items: object({ rel: text, href: text }) };

function reply(status: number, value?: Json): Received {
  const bytes = new TextEncoder().encode(value === undefined ? '' : JSON.stringify(value));
  const headers: [string, string][] = value === undefined ? [] : [['Content-Type', 'application/json']];
  return { status, headers, raw: bytes, body: bytes, problems: [], duration: 1 };
}

interface Notes {
  readonly limit: JsonObject;
  /** Whether a create shows what it has made. */
  readonly isShown: boolean;
}

function operationsOf({ limit, isShown }: Notes) {
  const list = { parameters: [asked('limit', limit), asked('sort', { enum: ['updated'] })] };
  const shown = object({ items: { type: 'array', items: note }, total: { type: 'integer' }, links });
  const paths = {
    '/notes': {
      get: { ...list, ...answers(200, shown) },
      post: { ...takes, ...answers(201, isShown ? note : undefined) },
    },
    '/notes/{id}': { parameters: [id], get: answers(200, note), put: { ...takes, ...answers(200, note) } },
  };
  return createOperations(
    documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths } as JsonObject),
  );
}

const defects = {
  'the total is one too high': 'total-right',
  'nothing is stored': 'create-stored',
  'another title is stored': 'values-kept',
  'notes are not sorted': 'sorted',
} as const;
type Defect = keyof typeof defects;

async function found(notes: Notes, defect: Defect | null, next: 'link' | 'none' = 'none') {
  const rows: JsonObject[] = ['first', 'second'].map((title, index) => ({ id: index + 1, title, updated: at(index) }));
  let clock = rows.length;
  const put = (key: number, sent: JsonObject): JsonObject => ({ ...sent, id: key, updated: at(clock++) });
  const listed = (query: URLSearchParams): Received => {
    const isSorted = query.has('sort') && defect !== 'notes are not sorted';
    const all = isSorted ? rows.toSorted((a, b) => (String(a.updated) < String(b.updated) ? -1 : 1)) : rows;
    const most = next === 'link' ? 2 : Number(query.get('limit') ?? 50);
    const total = rows.length + (defect === 'the total is one too high' ? 1 : 0);
    const more = next === 'link' ? [{ rel: 'next', href: '/notes?from=2' }] : [];
    return reply(200, { items: all.slice(0, most), total, links: more });
  };
  const send = async ({ method, target, body }: HttpRequest): Promise<Received> => {
    const { pathname, searchParams } = new URL(target, 'http://t');
    const own = Number(/\d+$/.exec(pathname)?.[0]);
    const sent = body === null ? {} : (JSON.parse(new TextDecoder().decode(body)) as JsonObject);
    if (method === 'POST') {
      const row = put(rows.length + 1, defect === 'another title is stored' ? { ...sent, title: 'another' } : sent);
      if (defect !== 'nothing is stored') rows.unshift(row);
      return notes.isShown ? reply(201, row) : reply(201);
    }
    const index = rows.findIndex((row) => row.id === own);
    if (method === 'PUT' && index >= 0) rows[index] = put(own, sent);
    if (!Number.isNaN(own)) return reply(index < 0 ? 404 : 200, rows[index] ?? {});
    return listed(searchParams);
  };
  const findings = await foundOf(send, { operations: operationsOf(notes), allowWrites: true });
  return findings.flatMap(({ severity, check }) => (check === 'evidence' ? [] : [`${severity} ${check}`]));
}

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

const large = { limit: { ...integer, maximum: 100 }, isShown: true };
const untold = { ...large, isShown: false };

it.each([large, untold])('accuses nobody who keeps to it: %j', async (notes) => {
  expect(await found(notes, null)).toEqual([]);
});

it.each([
  [large, 'the total is one too high'],
  [untold, 'nothing is stored'],
  [untold, 'another title is stored'],
  [large, 'notes are not sorted'],
] as const)('finds out %j where %s', async (notes, defect) => {
  expect(await found(notes, defect)).toEqual([`violation ${defects[defect]}`]);
});

it('only tells of a total without a way to its items where a server may have a largest size of its own', async () => {
  const notes = { ...large, limit: integer };
  expect(await found(notes, 'the total is one too high')).toEqual(['information total-right']);
});

it('does not tell of a total whose items a link leads to', async () => {
  expect(await found({ ...large, limit: integer }, null, 'link')).not.toContain('information total-right');
});
