import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { violatedBy } from './library/violated.js';

const members = { title: { type: 'string', minLength: 1 }, color: { type: 'string', enum: ['red', 'blue', 'green'] } };
const object = (properties: JsonObject, ...required: string[]) => ({ type: 'object', properties, required });
const as = (mediaType: string, schema: JsonObject) => ({ [mediaType]: { schema } });
const board = object({ id: { type: 'integer' }, ...members }, 'id', 'title', 'color');
const json = (schema: JsonObject) => ({ description: 'x', content: as('application/json', schema) });
const path = { type: 'string' };
const step = object({ op: { type: 'string', enum: ['add', 'replace', 'remove'] }, path, value: {} }, 'op', 'path');
const steps = { type: 'array', items: step };
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/boards': {
        get: { responses: { 200: json({ type: 'array', items: board }) } },
        post: {
          requestBody: { required: true, content: as('application/json', object(members, 'title')) },
          responses: { 201: json(board), 400: json({}) },
        },
      },
      '/boards/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { responses: { 200: json(board), 404: json({}) } },
        patch: {
          requestBody: {
            required: true,
            content: {
              ...as('application/merge-patch+json', object(members)),
              ...as('application/json-patch+json', steps),
            },
          },
          responses: { 200: json(board), 400: json({}), 404: json({}), 409: json({}), 415: json({}) },
        },
      },
    },
  } as JsonObject),
);

function received(status: number, value: Json): Received {
  const body = new TextEncoder().encode(JSON.stringify(value));
  return { status, headers: [['Content-Type', 'application/json']], raw: body, body, problems: [], duration: 1 };
}

function stepped(row: JsonObject, steps: { path: string; value: Json }[], kind: string): JsonObject {
  const [first] = steps;
  if (kind === 'ignores' || first === undefined) return row;
  const others = kind === 'resets' ? { title: 'New', color: 'green' } : {};
  return { ...row, ...others, [first.path.slice(1)]: first.value };
}

/** Boards, right but for what becomes of the steps of a patch. */
function boards(kind: string) {
  const rows: JsonObject[] = [{ id: 1, title: 'North', color: 'red' }];
  return async ({ method, target, headers, body }: HttpRequest): Promise<Received> => {
    const sent = body === null ? null : JSON.parse(new TextDecoder().decode(body));
    if (method === 'GET' && target === '/boards') return received(200, rows);
    if (method === 'POST') {
      rows.push({ id: rows.length + 1, color: 'blue', ...sent });
      return received(201, rows.at(-1) ?? null);
    }
    const index = rows.findIndex(({ id }) => target === `/boards/${id}`);
    const [row] = rows.slice(index, index + 1);
    if (index < 0 || row === undefined) return received(404, {});
    if (method !== 'PATCH') return received(200, row);
    if (!headers['content-type']?.includes('json-patch')) rows[index] = { ...row, ...sent };
    else if (kind === 'refuses') return received(409, {});
    else rows[index] = stepped(row, sent, kind);
    return received(200, rows[index] ?? null);
  };
}

it.each([
  ['replaces', []],
  ['refuses', []],
  ['ignores', ['change-kept']],
  ['resets', ['others-kept']],
])('a change may be told in two ways, and the steps of a JSON patch are taken as well: %s', async (kind, checks) => {
  expect([...new Set(await violatedBy(boards(kind), { operations, allowWrites: true }))]).toEqual(checks);
});
