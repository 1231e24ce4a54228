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
const described = (properties: JsonObject, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
});
const id = { name: 'id', in: 'path', required: true, schema: integer };
const query = (name: string, description: string) => ({ name, in: 'query', description, schema: integer });

/** Messages of applications, in pages behind the last message that one knows. */
const messages = () => {
  const page = described({
    messages: { type: 'array', items: ref('Message') },
    paging: described(
      {
        limit: integer,
        next: { ...text, description: 'The relative path of the next page' },
        since: { ...integer, description: 'The id of the last message', example: 5 },
        size: { ...integer, description: 'The amount of messages that got returned' },
      },
      ['limit', 'since', 'size'],
    ),
  });
  const list = {
    parameters: [query('limit', 'How many'), query('since', 'Only messages with a larger id than this')],
    ...shown(200, page),
  };
  return asking({
    openapi: '3.1.0',
    info: { title: 'Messages', version: '1' },
    components: {
      schemas: {
        Application: described({ id: integer, name: text, description: { ...text, example: 'Backups of the server' } }),
        Message: described({
          id: { ...integer, readOnly: true },
          appid: { ...integer, readOnly: true, example: 5 },
          message: text,
          date: { ...text, format: 'date-time', readOnly: true, example: '2018-02-27T19:36:10Z' },
        }),
        ApplicationParams: described({ name: text, description: text }, ['name']),
      },
    },
    paths: {
      '/application': {
        get: shown(200, { type: 'array', items: ref('Application') }),
        post: { requestBody: json(ref('ApplicationParams')), ...shown(200, ref('Application')) },
      },
      '/application/{id}': { parameters: [id], get: shown(200, ref('Application')) },
      '/application/{id}/message': { parameters: [id], get: list },
      '/message': { get: list, post: { requestBody: json(ref('Message')), ...shown(200, ref('Message')) } },
      '/message/{id}': { parameters: [id], delete: { responses: { 200: { description: 'd' } } } },
    },
  });
};

test('pages go on behind the id that a client knows, and say how many they have', () => {
  const { read } = messages();
  const { messages: all } = read('GET', '/message?limit=100');
  const first = read('GET', '/message?limit=4');
  expect(first.messages).toEqual(all.slice(0, 4));
  expect(first.paging).toEqual({ limit: 4, next: expect.stringContaining('since=4'), since: 4, size: 4 });
  expect(read('GET', first.paging.next).messages).toEqual(all.slice(4, 8));
  expect(read('GET', `/message?limit=4&since=${all.at(-2).id}`).paging.size).toBe(1);
});

test('what is named by the short form of a noun is there, and lists what names it', () => {
  const { read } = messages();
  const { messages: all } = read('GET', '/message?limit=100');
  const applications: { id: number }[] = read('GET', '/application');
  const named = new Set(all.map(({ appid }: { appid: number }) => appid));
  expect(named.size).toBeGreaterThan(3);
  for (const one of named) expect(applications.map((each) => each.id)).toContain(one);
  const [one] = named;
  const own = all.filter(({ appid }: { appid: number }) => appid === one);
  expect(read('GET', `/application/${one}/message?limit=100`).messages).toEqual(own);
});

test('a new thing has the date of its making, and no prose that nobody has written', () => {
  const { read } = messages();
  expect(read('POST', '/message', { message: 'Hi' }).date).toMatch(/^2025-/);
  expect(read('POST', '/application', { name: 'A' })).toMatchObject({ name: 'A', description: '' });
});
