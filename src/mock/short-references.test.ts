import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject) => ({ description: 'OK', ...json(schema) });
const text = { type: 'string' };
const uuid = { type: 'string', format: 'uuid' };
const object = (properties: JsonObject) => ({ type: 'object', required: Object.keys(properties), properties });
const list = (items: JsonObject) => ({ type: 'array', items });
const named = (name: string, schema: JsonObject = uuid) => ({ name, in: 'path', required: true, schema });

const Team = object({ id: uuid, name: text, plan: text, city: text });
const Board = object({ id: uuid, title: text, team: object({ id: uuid }) });

test('an object of nothing but a key names a thing that exists, under which it is listed', () => {
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Boards', version: '1' },
    paths: {
      '/teams': { get: { responses: { 200: answer(list(Team)) } } },
      '/teams/{teamId}': { parameters: [named('teamId')], get: { responses: { 200: answer(Team) } } },
      '/teams/{teamId}/boards': {
        parameters: [named('teamId')],
        get: { responses: { 200: answer(list(Board)) } },
        post: { requestBody: json(object({ title: text })), responses: { 201: answer(Board) } },
      },
      '/boards/{boardId}': { parameters: [named('boardId')], get: { responses: { 200: answer(Board) } } },
    },
  });
  const teams: { id: string }[] = mock.read('GET', '/teams');
  const boards = teams.flatMap(({ id }) =>
    mock.read('GET', `/teams/${id}/boards`).map((board: JsonObject) => [id, board]),
  );
  expect(boards).toHaveLength(25);
  for (const [id, board] of boards) expect(board.team).toEqual({ id });
  const [first] = teams;
  const made = mock.read('POST', `/teams/${first?.id}/boards`, { title: 'Plans' });
  expect(made.team).toEqual({ id: first?.id });
  expect(mock.read('GET', `/boards/${made.id}`)).toEqual(made);
});

test('a number is no key where a path wants a UUID', () => {
  const Chain = object({ id: uuid, name: text, chain_id: { type: 'integer' } });
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Chains', version: '1' },
    paths: {
      '/chains': { get: { responses: { 200: answer(list(Chain)) } } },
      '/chains/{chain_id}': {
        parameters: [named('chain_id')],
        get: { responses: { 200: answer(Chain) } },
        delete: { responses: { 204: { description: 'Gone' } } },
      },
    },
  });
  const chains: { id: string }[] = mock.read('GET', '/chains');
  expect(chains).toHaveLength(25);
  const [first] = chains;
  expect(mock.read('GET', `/chains/${first?.id}`)).toEqual(first);
  expect(mock.ask('DELETE', `/chains/${first?.id}`).status).toBe(204);
  expect(mock.read('GET', '/chains')).toHaveLength(24);
});
