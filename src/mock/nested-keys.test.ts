import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { Json } from '../text/value.js';
import { createMock, State } from './index.js';

const reference = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const answered = (schema: Json): Json => ({ 200: { description: '', content: { 'application/json': { schema } } } });
const within = (...names: string[]): Json =>
  names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
const limit: Json = { type: 'integer' };
const read = { type: 'object', required: ['key'], properties: { key: { type: 'string' }, name: { type: 'string' } } };
const document = documentFromObject({
  openapi: '3.1.0',
  info: { title: '', version: '' },
  paths: {
    '/keys': { get: { responses: answered({ type: 'array', items: read }) } },
    '/keys/{key}': { parameters: within('key'), get: { responses: answered(read) } },
    '/keys/{key}/licensees': {
      parameters: within('key'),
      get: { responses: answered({ type: 'array', items: reference('Licensee') }) },
      post: {
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { type: 'object', properties: { daily: { type: 'object', properties: { limit } } } },
            },
          },
        },
        responses: answered(reference('Licensee')),
      },
    },
    '/keys/{key}/licensees/{licensee}': {
      parameters: within('key', 'licensee'),
      get: { responses: answered(reference('Licensee')) },
    },
  },
  components: {
    schemas: {
      Licensee: {
        type: 'object',
        required: ['key', 'daily'],
        properties: {
          key: { type: 'string' },
          daily: { type: 'object', required: ['limit', 'count'], properties: { limit, count: { type: 'integer' } } },
        },
      },
    },
  },
} as never);

function ask(method: string, target: string, sent?: Json) {
  const mock = createMock({ operations: createOperations(document) });
  const body = sent === undefined ? null : new TextEncoder().encode(JSON.stringify(sent));
  const headers = { 'content-type': 'application/json' };
  return JSON.parse(String(mock.answer({ method, target, headers, body }, undefined, State.empty).body));
}

it('lets things that are known by a key be told apart where what they stand under has a key of that name', () => {
  const keys: string[] = ask('GET', '/keys/main/licensees').map(({ key }: { key: string }) => key);
  expect(keys.length).toBeGreaterThan(1);
  expect(new Set(keys).size).toBe(keys.length);
});

it('keeps what was sent of an object that the answer shows more of', () => {
  const made = ask('POST', '/keys/main/licensees', { daily: { limit: 12_345 } });
  expect(made.daily).toMatchObject({ limit: 12_345, count: expect.any(Number) });
});

it('makes what is sent to where all are listed under the parent that it names', () => {
  const ad: Json = {
    type: 'object',
    properties: { account: { type: 'string' }, name: { type: 'string' }, width: limit },
  };
  const content = { 'application/json': { schema: ad } };
  const paths = {
    '/ads': {
      get: { responses: answered({ type: 'array', items: ad }) },
      post: { requestBody: { content }, responses: answered(ad) },
    },
    '/ads/{account}/{name}': { parameters: within('account', 'name'), get: { responses: answered(ad) } },
  };
  const nested = documentFromObject({ openapi: '3.1.0', info: { title: '', version: '' }, paths } as never);
  const mock = createMock({ operations: createOperations(nested) });
  const sent = { account: 'a', name: 'n', width: 7 };
  const body = new TextEncoder().encode(JSON.stringify(sent));
  const headers = { 'content-type': 'application/json' };
  const made = mock.answer({ method: 'POST', target: '/ads', headers, body }, undefined, State.empty);
  const shown = mock.answer(
    { method: 'GET', target: '/ads/a/n', headers: {}, body: null },
    undefined,
    made.next?.state,
  );
  expect([made, shown].map((answer) => JSON.parse(String(answer.body)))).toMatchObject([sent, sent]);
});

it('names no other thing inside of an object that says the key of a row', () => {
  const person = {
    type: 'object',
    required: ['uuid', 'username'],
    properties: { uuid: { type: 'string', format: 'uuid' }, username: { type: 'string' } },
  };
  const permission = { type: 'object', required: ['user'], properties: { user: person, right: { type: 'string' } } };
  const permissions = documentFromObject({
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths: {
      '/users': { get: { responses: answered({ type: 'array', items: person }) } },
      '/users/{username}': { parameters: within('username'), get: { responses: answered(person) } },
      '/permissions/users': { get: { responses: answered({ type: 'array', items: permission }) } },
      '/permissions/users/{user_id}': { parameters: within('user_id'), get: { responses: answered(permission) } },
    },
  } as never);
  const mock = createMock({ operations: createOperations(permissions) });
  const { body } = mock.answer({ method: 'GET', target: '/permissions/users', headers: {}, body: null });
  const keys = (JSON.parse(String(body)) as { user: { uuid: string } }[]).map(({ user }) => user.uuid);
  expect(new Set(keys).size).toBe(keys.length);
});
