import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject) => ({ description: 'OK', ...json(schema) });
const text = { type: 'string' };
const keys = { type: 'array', items: { type: 'integer' } };
const object = (properties: JsonObject, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
});
const Plant = object({ id: { type: 'integer' }, name: text, state: { type: 'string', enum: ['open', 'closed'] } });
const Change = object({ name: text, state: { type: 'string', enum: ['open', 'closed'] } }, []);
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const list = (name: string) => ({ type: 'array', items: ref(name) });
const sending = (sent: JsonObject, shown: JsonObject | null) => ({
  requestBody: { required: true, ...json(sent) },
  responses: shown === null ? { 204: { description: 'Done' } } : { 200: answer(shown) },
});

const plants = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Plants', version: '1' },
    components: { schemas: { Plant, Change } },
    paths: {
      '/plants': {
        get: { responses: { 200: answer(list('Plant')) } },
        patch: sending({ type: 'array', items: object({ id: { type: 'integer' }, name: text }) }, null),
      },
      '/plants/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { responses: { 200: answer(ref('Plant')), 404: { description: 'None' } } },
        delete: { responses: { 204: { description: 'Gone' } } },
      },
      '/plants/update_many': {
        put: sending(object({ ids: keys, plant: ref('Change') }), object({ plants: list('Plant') })),
      },
      '/plants/bulk': {
        patch: sending(object({ plant_ids: keys, state: text }), object({ updated: { type: 'integer' } })),
      },
    },
  });

test('keys and what all of them are to be change these, and no others', () => {
  const mock = plants();
  const [first, second, third] = mock.read('GET', '/plants');
  const ids = [first.id, second.id, first.id];
  const told = mock.read('PUT', '/plants/update_many', { ids, plant: { name: 'Oak', state: 'closed' } });
  const now = mock.read('GET', '/plants').slice(0, 3);
  expect(now).toEqual([{ ...first, name: 'Oak', state: 'closed' }, { ...second, name: 'Oak', state: 'closed' }, third]);
  expect(told).toEqual({ plants: now.slice(0, 2) });
});

test('what all are to be may stand beside the keys', () => {
  const mock = plants();
  const [first] = mock.read('GET', '/plants');
  const state = first.state === 'open' ? 'closed' : 'open';
  expect(mock.ask('PATCH', '/plants/bulk', { plant_ids: [first.id], state }).status).toBe(200);
  expect(mock.read('GET', `/plants/${first.id}`)).toEqual({ ...first, state });
});

test('of a list in which each says its key each is changed as it says', () => {
  const mock = plants();
  const [first, second] = mock.read('GET', '/plants');
  const sent = [
    { id: second.id, name: 'Elm' },
    { id: first.id, name: 'Oak' },
  ];
  expect(mock.ask('PATCH', '/plants', sent as never).status).toBe(204);
  expect(
    mock
      .read('GET', '/plants')
      .map(({ name }: { name: string }) => name)
      .slice(0, 2),
  ).toEqual(['Oak', 'Elm']);
});

test('what was deleted is left out', () => {
  const mock = plants();
  const [first, second] = mock.read('GET', '/plants');
  mock.ask('DELETE', `/plants/${first.id}`);
  const told = mock.read('PUT', '/plants/update_many', { ids: [first.id, second.id], plant: { name: 'Oak' } });
  expect(told).toEqual({ plants: [{ ...second, name: 'Oak' }] });
  expect(mock.ask('GET', `/plants/${first.id}`).status).toBe(404);
});
