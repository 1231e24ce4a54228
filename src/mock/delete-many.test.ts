import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { createMock, State } from './index.js';

const text = { type: 'string' };
const shelf = {
  type: 'object',
  required: ['id', 'room'],
  properties: { id: { type: 'integer' }, room: { enum: ['north', 'south'] } },
};
const shelves = { type: 'array', items: shelf };
const body = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const gone = { 204: { description: 'gone' } };
const inQuery = (name: string, schema: JsonObject) => ({ name, in: 'query', schema });

const document = {
  openapi: '3.1.0',
  info: { title: 'T', version: '1' },
  paths: {
    '/shelves': {
      get: { responses: { 200: { description: 'd', ...body(shelves) } } },
      delete: {
        parameters: [
          inQuery('room', text),
          inQuery('labelSelector', text),
          inQuery('ids', { type: 'array', items: { type: 'integer' } }),
          inQuery('force', { type: 'boolean' }),
        ],
        responses: gone,
      },
    },
    '/shelves/bulk-delete': {
      post: {
        requestBody: body({ type: 'object', properties: { ids: { type: 'array' }, selector: text } }),
        responses: gone,
      },
    },
    '/shelves/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      get: { responses: { 200: { description: 'd', ...body(shelf) } } },
    },
  },
};

interface Shelf {
  id: number;
  room: string;
}

/** What is left of the shelves after a request about many of them. */
function left(method: string, target: (all: readonly Shelf[]) => string, sent?: (all: readonly Shelf[]) => JsonObject) {
  const mock = createMock({ operations: createOperations(documentFromObject(document as JsonObject)) });
  const read = (state: State): Shelf[] =>
    JSON.parse(
      String(mock.answer({ method: 'GET', target: '/shelves', headers: {}, body: null }, undefined, state).body),
    );
  const all = read(State.empty);
  const bytes = sent === undefined ? null : new TextEncoder().encode(JSON.stringify(sent(all)));
  const headers = sent === undefined ? {} : { 'content-type': 'application/json' };
  const answer = mock.answer({ method, target: target(all), headers, body: bytes }, undefined, State.empty);
  expect(answer.status).toBe(204);
  return { all, rest: read(answer.next?.state ?? State.empty) };
}

it('takes all away where nothing is said of which, however it is to be done', () => {
  expect(left('DELETE', () => '/shelves').rest).toEqual([]);
  expect(left('DELETE', () => '/shelves?force=true').rest).toEqual([]);
});

it('takes away what is described, and what is named', () => {
  const { all, rest } = left('DELETE', () => '/shelves?room=north');
  expect(rest).toEqual(all.filter(({ room }) => room !== 'north'));
  for (const { all: before, rest: after } of [
    left('DELETE', ([one, two]) => `/shelves?ids=${one?.id}&ids=${two?.id}`),
    left(
      'POST',
      () => '/shelves/bulk-delete',
      ([one, two]) => ({ ids: [one?.id ?? 0, two?.id ?? 0] }),
    ),
    left(
      'POST',
      () => '/shelves/bulk-delete',
      ([one, two]) => ({ ids: [{ id: one?.id ?? 0 }, { id: two?.id ?? 0 }] }),
    ),
  ])
    expect(after).toEqual(before.slice(2));
});

it.each([
  ['a list of keys that is empty', 'POST', '/shelves/bulk-delete', { ids: [] }],
  ['a body that says it in another way', 'POST', '/shelves/bulk-delete', { selector: 'rusty' }],
  ['a selector that is not understood', 'DELETE', '/shelves?labelSelector=rusty', undefined],
])('takes nothing away by %s', (_, method, target, sent) => {
  const { all, rest } = left(method, () => target, sent && (() => sent as JsonObject));
  expect(rest).toEqual(all);
});
