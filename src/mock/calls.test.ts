import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject) => ({ description: 'OK', ...json(schema) });
const text = { type: 'string' };
const object = (properties: JsonObject, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
});
const User = object({ id: text, name: text, role: { enum: ['admin', 'member'] } });
const ref = { $ref: '#/components/schemas/User' };
const list = object({ users: { type: 'array', items: ref }, next_cursor: { type: ['string', 'null'] } });
const one = object({ user: ref });
const missing = { description: 'None' };

const call = (sent: JsonObject, shown: JsonObject) => ({
  post: { requestBody: { required: true, ...json(sent) }, responses: { 200: answer(shown), 404: missing } },
});

interface Row {
  readonly id: string;
  readonly role: string;
}

test.each(['/users.', '/users/'])('what paths such as %slist say is done with things that are remembered', (at) => {
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Calls', version: '1' },
    components: { schemas: { User } },
    paths: {
      [`${at}list`]: call(
        object({ limit: { type: 'integer' }, cursor: text, role: { enum: ['admin', 'member'] } }, []),
        list,
      ),
      [`${at}info`]: {
        get: {
          parameters: [{ name: 'user', in: 'query', required: true, schema: text }],
          responses: { 200: answer(one), 404: missing },
        },
      },
      [`${at}create`]: call(object({ name: text, role: { enum: ['admin', 'member'] } }), one),
      [`${at}update`]: call(object({ user: text, name: text }), one),
      [`${at}delete`]: call(object({ id: text }), object({ id: text })),
    },
  });
  const users = mock.read('POST', `${at}list`, {}).users as Row[];
  expect(mock.read('POST', `${at}list`, { limit: 100 }).users).toHaveLength(25);
  expect(mock.read('GET', `${at}info?user=${users[1]?.id}`).user).toEqual(users[1]);
  const page = mock.read('POST', `${at}list`, { limit: 2 });
  expect(page.users).toEqual(users.slice(0, 2));
  expect(mock.read('POST', `${at}list`, { limit: 2, cursor: page.next_cursor }).users).toEqual(users.slice(2, 4));
  const admins = mock.read('POST', `${at}list`, { limit: 100, role: 'admin' }).users as Row[];
  expect(new Set(admins.map(({ role }) => role))).toEqual(new Set(['admin']));

  const { user } = mock.read('POST', `${at}create`, { name: 'Rex', role: 'admin' });
  expect(user).toMatchObject({ name: 'Rex', role: 'admin' });
  expect(mock.read('POST', `${at}list`, {}).users[0]).toEqual(user);
  expect(mock.read('POST', `${at}update`, { user: user.id, name: 'Max' }).user).toEqual({ ...user, name: 'Max' });
  expect(mock.read('GET', `${at}info?user=${user.id}`).user.name).toBe('Max');
  mock.ask('POST', `${at}delete`, { id: user.id });
  expect(mock.ask('GET', `${at}info?user=${user.id}`).status).toBe(404);
  expect(mock.read('POST', `${at}list`, {}).users).toEqual(users);
});

test('a search that is posted heeds what its body asks for', () => {
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Search', version: '1' },
    components: { schemas: { User } },
    paths: {
      '/users': { get: { responses: { 200: answer({ type: 'array', items: ref }) } } },
      '/users/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
        get: { responses: { 200: answer(ref) } },
      },
      '/users/search': call(
        object(
          {
            filter: object({ role: { enum: ['admin', 'member'] } }, []),
            page: object({ size: { type: 'integer' }, number: { type: 'integer', minimum: 0 } }, []),
            sort: text,
          },
          [],
        ),
        object({ items: { type: 'array', items: ref }, total: { type: 'integer' } }),
      ),
    },
  });
  const users = mock.read('GET', '/users') as Row[];
  const admins = users.filter(({ role }) => role === 'admin');
  const found = mock.read('POST', '/users/search', { filter: { role: 'admin' }, page: { size: 3, number: 1 } });
  expect(found).toEqual({ items: admins.slice(3, 6), total: admins.length });
  const sorted = mock.read('POST', '/users/search', { sort: '-id', page: { size: 100 } }).items as Row[];
  expect(sorted.map(({ id }) => id)).toEqual(
    users
      .map(({ id }) => id)
      .toSorted()
      .reverse(),
  );
});
