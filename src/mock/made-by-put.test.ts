import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const text = { type: 'string' };
const integer = { type: 'integer' };
const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const shown = (status: number, schema: JsonObject) => ({
  responses: { [status]: { description: 'd', ...json(schema) } },
});
const listed = (name: string) => ({ get: shown(200, { type: 'array', items: ref(name) }) });
const sent = (name: string) => ({ requestBody: { required: true, ...json(ref(name)) } });
const under = (...names: string[]) => ({
  parameters: names.map((name) => ({ name, in: 'path', required: true, schema: integer })),
});
const described = (properties: JsonObject) => ({ type: 'object', properties });

/** Boards whose API makes things by PUT on the path of several, and changes one by POST. */
const boards = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Boards', version: '1' },
    components: {
      schemas: {
        Board: described({ id: integer, title: text, created: text, updated: { ...text, format: 'date-time' } }),
        Card: described({ id: integer, board_id: integer, title: text, createdAt: { ...text, format: 'date-time' } }),
        Label: described({ id: integer, title: text, colour: text }),
        CardLabel: described({ label_id: integer }),
      },
    },
    paths: {
      '/boards': { ...listed('Board'), put: { ...sent('Board'), ...shown(201, ref('Board')) } },
      '/boards/{id}': {
        ...under('id'),
        get: shown(200, ref('Board')),
        post: { ...sent('Board'), ...shown(200, ref('Board')) },
      },
      '/boards/{id}/cards': { ...under('id'), put: { ...sent('Card'), ...shown(201, ref('Card')) } },
      '/cards': listed('Card'),
      '/cards/{id}': { ...under('id'), get: shown(200, ref('Card')) },
      '/labels': { ...listed('Label'), put: { ...sent('Label'), ...shown(201, ref('Label')) } },
      '/labels/{id}': { ...under('id'), get: shown(200, ref('Label')) },
      '/cards/{card}/labels': {
        ...under('card'),
        ...listed('Label'),
        put: { ...sent('CardLabel'), ...shown(201, ref('CardLabel')) },
      },
      '/cards/{card}/labels/{label}': {
        ...under('card', 'label'),
        delete: { responses: { 204: { description: 'd' } } },
      },
      '/cards/{card}/labels/bulk': {
        ...under('card'),
        post: {
          requestBody: { required: true, ...json(described({ labels: { type: 'array', items: ref('Label') } })) },
          ...shown(201, described({ labels: { type: 'array', items: ref('Label') } })),
        },
      },
    },
  });

test('PUT on the path of several makes one where it answers that something was made', () => {
  const { read } = boards();
  const before = read('GET', '/boards').length;
  const made = read('PUT', '/boards', { title: 'Home' });
  expect(made).toMatchObject({ title: 'Home' });
  expect(read('GET', `/boards/${made.id}`)).toEqual(made);
  expect(read('GET', '/boards')).toHaveLength(before + 1);
  expect(read('PUT', '/boards', { title: 'Home' }).id).not.toBe(made.id);
  read('POST', `/boards/${made.id}`, { title: 'Garden' });
  expect(read('GET', `/boards/${made.id}`)).toMatchObject({ title: 'Garden', created: made.created });
});

test('what is made below one thing is shown by the path that reads such things, and says what it is below', () => {
  const { read } = boards();
  const made = read('PUT', '/boards/4/cards', { title: 'Milk' });
  expect(made).toMatchObject({ title: 'Milk', board_id: 4 });
  expect(read('GET', `/cards/${made.id}`)).toEqual(made);
  expect(read('GET', '/cards')).toContainEqual(made);
});

test('when a thing was made and changed is said of it, though clients may say it too', () => {
  const { read } = boards();
  const made = read('PUT', '/boards', { title: 'Home' });
  for (const time of [made.created, made.updated]) expect(time).toMatch(/^\d{4}-\d\d-\d\dT/);
  const told = read('PUT', '/boards', { title: 'Home', updated: '2020-01-02T03:04:05Z' });
  expect(told.updated).toBe('2020-01-02T03:04:05Z');
});

test('a thing that is named below another one is the same there, also where several can be sent whole', () => {
  const { read } = boards();
  const before: { id: number }[] = read('GET', '/cards/3/labels');
  const free: { id: number } = read('GET', '/labels').find((one: { id: number }) =>
    before.every(({ id }) => id !== one.id),
  );
  read('PUT', '/cards/3/labels', { label_id: free.id });
  expect(read('GET', '/cards/3/labels')).toContainEqual(free);
});

test('PUT on the path of one says that it has made it, and then that it has replaced it', () => {
  const Secret = described({ name: text, visibility: text });
  const { ask } = asking({
    openapi: '3.1.0',
    info: { title: 'Secrets', version: '1' },
    paths: {
      '/secrets': { get: shown(200, { type: 'array', items: Secret }) },
      '/secrets/{name}': {
        parameters: [{ name: 'name', in: 'path', required: true, schema: text }],
        get: shown(200, Secret),
        put: {
          requestBody: { required: true, ...json(described({ value: text })) },
          responses: { 201: { description: 'made', ...json({}) }, 204: { description: 'replaced' } },
        },
      },
    },
  });
  const put = () => ask('PUT', '/secrets/token', { value: 'x' }).status;
  expect([put(), put()]).toEqual([201, 204]);
});
