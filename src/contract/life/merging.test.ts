import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { virtualClock } from '../run/clock.js';
import { run } from '../run/run.js';
import type { Received } from '../types.js';

const text = { type: 'string', minLength: 1, maxLength: 60 };
const limits = { type: 'object', properties: { seats: { type: 'integer' }, storage: { type: 'integer' } } };
const settings = { type: 'object', properties: { color: text, theme: text, limits } };
const members = { title: text, note: { type: ['string', 'null'] }, settings };
const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
const project = { type: 'object', required: ['id', 'title'], properties: { id: { type: 'integer' }, ...members } };
const page = {
  type: 'object',
  required: ['data', 'has_more', 'next_cursor'],
  properties: {
    data: { type: 'array', items: project },
    has_more: { type: 'boolean' },
    next_cursor: { type: ['string', 'null'] },
  },
};
const orNull = (schemas: JsonObject) =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, { anyOf: [schema, { type: 'null' }] }]));
const body = (mediaType: string, required: string[], isAnyNull = false) => ({
  requestBody: {
    required: true,
    content: {
      [mediaType]: { schema: { type: 'object', required, properties: isAnyNull ? orNull(members) : members } },
    },
  },
});
const query = (name: string, schema: JsonObject) => ({ name, in: 'query', schema });
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const answers = (...statuses: number[]) =>
  Object.fromEntries(statuses.map((status) => [status, json(status < 400 ? project : {})]));

const documentOf = (mediaType: string) =>
  createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/projects': {
          get: {
            parameters: [
              query('limit', { type: 'integer', minimum: 1, maximum: 50, default: 20 }),
              query('cursor', text),
            ],
            responses: { 200: json(page), 400: json({}) },
          },
          post: { ...body('application/json', ['title']), responses: answers(201, 400) },
        },
        '/projects/{id}': {
          parameters: [id],
          get: { responses: answers(200, 404) },
          patch: { ...body(mediaType, [], /null/.test(mediaType)), responses: answers(200, 400, 404) },
          delete: { responses: { 204: { description: 'x' }, 404: json({}) } },
        },
        '/projects/{id}/close': {
          parameters: [id],
          post: { responses: answers(200, 404) },
        },
      },
    }),
  );

/** RFC 7396, 2, but for one defect. */
function merged(before: Json | undefined, patch: JsonObject, defect: string, depth = 0): JsonObject {
  const all: JsonObject = isObject(before) ? { ...before } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null && defect !== 'keeps at null') delete all[name];
    else if (isObject(value) && !(defect === `replaces at ${depth}`))
      all[name] = merged(all[name], value, defect, depth + 1);
    else if (value !== null) all[name] = value;
  }
  return all;
}

/** A server of projects, right but for one defect. */
function serverOf(defect: string) {
  let rows: JsonObject[] = [1, 2, 3, 4].map((each) => ({ id: each, title: `Project ${each}`, note: 'open' }));
  let last = rows.length;
  return async ({ method, target, body: bytes }: HttpRequest): Promise<Received> => {
    const [path = '', search] = target.split('?');
    const [, , key, action] = path.split('/');
    const sent = bytes?.length ? (JSON.parse(new TextDecoder().decode(bytes)) as JsonObject) : {};
    if (key === undefined && method === 'POST') {
      const row = { note: 'open', ...sent, id: ++last };
      rows.push(row);
      return answer(201, row);
    }
    if (key === undefined) return listed(new URLSearchParams(search));
    const old = rows.find((row) => String(row.id) === key);
    if (old === undefined) return answer(404, {});
    if (action !== undefined) {
      const closed = (row: JsonObject) => ({ ...row, note: 'closed' });
      rows = rows.map((row) => (row === old || defect === 'acts on all' ? closed(row) : row));
      return answer(200, closed(old));
    }
    if (method === 'GET') return answer(200, old);
    rows = rows.filter((row) => row !== old);
    if (method === 'DELETE') return answer(204, '');
    const row = merged(old, sent, defect);
    rows.push(row);
    return answer(200, defect === 'answers as before' ? old : row);
  };

  function listed(asked: URLSearchParams): Received {
    const [from, size] = [Number(asked.get('cursor') ?? 0), Number(asked.get('limit') ?? 20)];
    const isLast = from + size >= rows.length;
    return answer(200, {
      data: rows.slice(from, from + size),
      has_more: !isLast || (defect === 'has always more' && from > 0),
      next_cursor: isLast ? null : String(from + size),
    });
  }
}

function answer(status: number, value: Json): Received {
  const bytes = new TextEncoder().encode(value === '' ? '' : JSON.stringify(value));
  const headers: [string, string][] = value === '' ? [] : [['Content-Type', 'application/json']];
  return { status, headers, raw: bytes, body: bytes, problems: [], duration: 1 };
}

async function foundIn(defect: string, mediaType = 'application/merge-patch+json') {
  const result = await run({
    operations: documentOf(mediaType),
    target: 'http://projects',
    allowWrites: true,
    aspects: ['life'],
    maxCases: 1,
    concurrency: 1,
    send: serverOf(defect),
    ...{ clock: virtualClock() },
  });
  const found = result.findings.filter(({ severity }) => severity === 'violation');
  return found.map(({ check, message }) => `${check}: ${message.split(':')[0]}`);
}

describe('a merge patch', () => {
  it('that merges on every level is right', async () => {
    expect(await foundIn('nothing')).toEqual([]);
  });

  it.each(['replaces at 0', 'replaces at 1'])('that %s takes away what it does not name', async (defect) => {
    const found = await foundIn(defect);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^others-kept: A merge patch of "settings\.\S+" has changed what stands beside it$/);
  });

  it('takes a member away with null', async () => {
    expect(await foundIn('keeps at null')).toEqual([
      'change-kept: A merge patch with null has not taken a member away',
    ]);
  });

  it('is what its media type promises, and no other', async () => {
    expect(await foundIn('replaces at 0', 'application/json')).toEqual([]);
    const anyNull = 'application/json; of=null';
    expect(await foundIn('keeps at null', anyNull)).toEqual([]);
  });

  it('need not say so in its media type where some members may be null, and others not', async () => {
    expect(await foundIn('keeps at null', 'application/json')).toEqual([
      'change-kept: A change with null has left a member as it was',
    ]);
  });
});

describe('what is said wrongly', () => {
  it.each([
    ['answers as before', 'values-kept: What was sent is not what is shown'],
    ['has always more', 'total-right: The list says that there are more items, and there are none'],
    ['acts on all', 'others-kept: What was done to one thing was done to another too'],
  ])('is found where a server %s', async (defect, said) => {
    expect([...new Set(await foundIn(defect))]).toEqual([said]);
  });
});
