import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject) => ({ description: 'OK', ...json(schema) });
const text = { type: 'string' };
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: text });

const Network = {
  type: 'object',
  required: ['networkId', 'driver'],
  properties: { networkId: { type: 'string', readOnly: true }, driver: { enum: ['bridge', 'host'] } },
};
const Lamp = { type: 'object', required: ['name', 'on'], properties: { name: text, on: { type: 'boolean' } } };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const keyed = (name: string) => ({ type: 'object', additionalProperties: ref(name) });

const item = (name: string) => ({
  get: { responses: { 200: answer(ref(name)), 404: { description: 'None' } } },
  patch: {
    requestBody: json({ type: 'object', properties: { on: { type: 'boolean' } } }),
    responses: { 200: answer(ref(name)) },
  },
  delete: { responses: { 204: { description: 'Gone' } } },
});

const ask = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Keyed', version: '1' },
    components: { schemas: { Network, Lamp } },
    paths: {
      '/networks': {
        get: {
          parameters: [
            { name: 'driver', in: 'query', schema: { enum: ['bridge', 'host'] } },
            { name: 'limit', in: 'query', schema: { type: 'integer' } },
          ],
          responses: {
            200: answer({
              type: 'object',
              required: ['networks', 'total'],
              properties: { networks: keyed('Network'), total: { type: 'integer' } },
            }),
          },
        },
        post: { requestBody: json(ref('Network')), responses: { 201: answer(ref('Network')) } },
      },
      '/networks/{networkId}': { parameters: [inPath('networkId')], ...item('Network') },
      '/lamps': {
        get: { responses: { 200: answer(keyed('Lamp')) } },
        post: {
          requestBody: json(ref('Lamp')),
          responses: { 201: answer({ type: 'object', required: ['id'], properties: { id: text } }) },
        },
      },
      '/lamps/{lampId}': { parameters: [inPath('lampId')], ...item('Lamp') },
    },
  });

test('an object that has rows by their keys is a list of them', () => {
  const mock = ask();
  const { networks, total } = mock.read('GET', '/networks');
  const keys = Object.keys(networks);
  expect([keys.length, total]).toEqual([25, 25]);
  expect(keys).toEqual(Object.values(networks as Record<string, { networkId: string }>).map((row) => row.networkId));
  expect(mock.read('GET', `/networks/${keys[3]}`)).toEqual(networks[keys[3] as string]);
  const hosts = mock.read('GET', '/networks?driver=host&limit=3');
  expect(Object.values(hosts.networks as Record<string, { driver: string }>).map(({ driver }) => driver)).toEqual(
    Array.from({ length: 3 }, () => 'host'),
  );
  const made = mock.read('POST', '/networks', { driver: 'host' });
  expect(mock.read('GET', '/networks').networks[made.networkId]).toEqual(made);
  mock.ask('DELETE', `/networks/${made.networkId}`);
  expect(mock.read('GET', '/networks')).toEqual({ networks, total });
});

test('where no member of a row says its key, the list alone does', () => {
  const mock = ask();
  const lamps = mock.read('GET', '/lamps');
  const keys = Object.keys(lamps);
  expect(keys).toHaveLength(25);
  const [first = ''] = keys;
  expect(mock.read('GET', `/lamps/${first}`)).toEqual(lamps[first]);
  const { id } = mock.read('POST', '/lamps', { name: 'Desk', on: false });
  expect(mock.read('GET', '/lamps')[id]).toEqual({ name: 'Desk', on: false });
  expect(mock.read('PATCH', `/lamps/${id}`, { on: true })).toEqual({ name: 'Desk', on: true });
  mock.restart();
  expect(mock.read('GET', '/lamps')[id]).toEqual({ name: 'Desk', on: true });
  mock.ask('PATCH', `/lamps/${first}`, { on: !lamps[first].on });
  expect(mock.read('GET', '/lamps')[first].on).toBe(!lamps[first].on);
  for (const key of [id, first]) mock.ask('DELETE', `/lamps/${key}`);
  expect(Object.keys(mock.read('GET', '/lamps'))).toEqual(keys.slice(1));
  expect(mock.ask('GET', `/lamps/${id}`).status).toBe(404);
});
