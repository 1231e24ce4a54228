import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject) => ({ description: 'OK', ...json(schema) });
const text = { type: 'string' };
const object = (properties: JsonObject) => ({ type: 'object', required: Object.keys(properties), properties });
const User = object({
  id: { type: 'integer', readOnly: true },
  name: text,
  email: { type: 'string', format: 'email' },
});
const Account = object({ id: { type: 'integer' }, name: text, email: text, theme: text });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const wrapped = object({ user: ref('User') });
const change = { requestBody: json(object({ user: { type: 'object', properties: { name: text } } })) };

const users = (path: string, own: JsonObject) =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Users', version: '1' },
    components: { schemas: { User, Account } },
    paths: {
      [path]: {
        get: { responses: { 200: answer(own) } },
        patch: { ...change, responses: { 200: answer(own) } },
      },
      '/users': { get: { responses: { 200: answer({ type: 'array', items: ref('User') }) } } },
      '/users/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { responses: { 200: answer(wrapped) } },
        patch: { ...change, responses: { 200: answer(wrapped) } },
      },
    },
  });

test.each([
  ['/users/me', wrapped],
  ['/users/me', ref('User')],
  ['/me', wrapped],
  ['/auth/current-user', ref('User')],
])('%s is one of the users, by either path', (path, own) => {
  const mock = users(path, own);
  const me = () => {
    const shown = mock.read('GET', path);
    return shown.user ?? shown;
  };
  const [first] = mock.read('GET', '/users');
  expect(me()).toEqual(first);
  mock.ask('PATCH', path, { user: { name: 'Ada' } });
  expect(mock.read('GET', `/users/${first.id}`)).toEqual({ user: { ...first, name: 'Ada' } });
  expect(mock.read('GET', '/users')[0].name).toBe('Ada');
  mock.ask('PATCH', `/users/${first.id}`, { user: { name: 'Grace' } });
  expect(me().name).toBe('Grace');
});

test('one that says more of itself than the others is a thing by itself', () => {
  const mock = users('/me', ref('Account'));
  expect(mock.read('GET', '/me').theme).toEqual(expect.any(String));
  expect(mock.read('GET', '/users')[0]).not.toHaveProperty('theme');
});
