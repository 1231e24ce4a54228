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

test('calls whose path says another word than their answers do are about the same things', () => {
  const Channel = object({ id: text, name: text, is_archived: { type: 'boolean' } });
  const channel = object({ channel: Channel });
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Chat', version: '1' },
    paths: {
      '/talks.list': {
        get: {
          parameters: [{ name: 'exclude_archived', in: 'query', schema: { type: 'boolean' } }],
          responses: { 200: answer(object({ channels: { type: 'array', items: Channel } })) },
        },
      },
      '/talks.create': call(object({ name: text }), channel),
      '/talks.rename': call(object({ channel: text, name: text }), channel),
      '/talks.archive': call(object({ channel: text }), object({ ok: { type: 'boolean' } })),
    },
  });
  const { id } = mock.read('POST', '/talks.create', { name: 'air' }).channel;
  expect(mock.read('POST', '/talks.rename', { channel: id, name: 'water' }).channel).toMatchObject({
    id,
    name: 'water',
  });
  mock.read('POST', '/talks.archive', { channel: id });
  const listed = (query = '') => mock.read('GET', `/talks.list${query}`).channels as JsonObject[];
  expect(listed().find((one) => one.id === id)).toMatchObject({ name: 'water', is_archived: true });
  expect(listed('?exclude_archived=true').length).toBeGreaterThan(0);
  for (const one of listed('?exclude_archived=true')) expect(one.is_archived).toBe(false);
  expect(listed('?exclude_archived=false')).toHaveLength(listed().length);
});

test('where an answer may be of a failure it is one only where nothing else is possible', () => {
  const union = (members: JsonObject) => ({
    oneOf: [object({ ok: { const: false }, error: text }), object({ ok: { const: true }, ...members })],
  });
  const post = (sent: JsonObject, members: JsonObject) => ({
    post: { requestBody: { required: true, ...json(sent) }, responses: { 200: answer(union(members)) } },
  });
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Calls', version: '1' },
    components: { schemas: { User } },
    paths: {
      '/crm.Users/ListUsers': post(object({}), { users: { type: 'array', items: ref } }),
      '/crm.Users/CreateUser': post(object({ user: object({ name: text }) }), { user: ref }),
      '/crm.Users/UpdateUser': post(object({ user: object({ id: text, name: text }) }), { user: ref }),
      '/crm.Users/DeleteUser': post(object({ id: text }), {}),
    },
  });
  const made = mock.read('POST', '/crm.Users/CreateUser', { user: { name: 'Rex' } });
  expect(made).toMatchObject({ ok: true, user: { name: 'Rex' } });
  const { id } = made.user;
  const changed = mock.read('POST', '/crm.Users/UpdateUser', { user: { id, name: 'Max' } });
  expect(changed).toEqual({ ok: true, user: { ...made.user, name: 'Max' } });
  const keys = () => (mock.read('POST', '/crm.Users/ListUsers', {}).users as Row[]).map((user) => user.id);
  expect(keys()).toContain(id);
  expect(mock.read('POST', '/crm.Users/DeleteUser', { id })).toEqual({ ok: true });
  expect(keys()).not.toContain(id);
});

test('appointments take hours, and are listed by when they are', () => {
  const time = { type: 'string', format: 'date-time' };
  const Event = object({
    id: text,
    location: text,
    start: time,
    end: time,
    status: { enum: ['cancelled', 'confirmed'] },
  });
  const query = (name: string, schema: JsonObject) => ({ name, in: 'query', schema });
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Calendar', version: '1' },
    paths: {
      '/events': {
        get: {
          parameters: [query('timeMin', time), query('timeMax', time), query('orderBy', { enum: ['startTime'] })],
          responses: { 200: answer({ type: 'array', items: Event }) },
        },
        post: { requestBody: json(object({ location: text })), responses: { 201: answer(Event) } },
      },
      '/events/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
        get: { responses: { 200: answer(Event) } },
      },
    },
  });
  const events = mock.read('GET', '/events?orderBy=startTime') as { start: string; end: string }[];
  for (const { start, end } of events) {
    expect(Date.parse(end) - Date.parse(start)).toBeGreaterThan(0);
    expect(Date.parse(end) - Date.parse(start)).toBeLessThanOrEqual(36 * 3_600_000);
  }
  expect(events.map(({ start }) => start)).toEqual(events.map(({ start }) => start).toSorted());
  const middle = events[12]?.start as string;
  expect(mock.read('GET', `/events?timeMin=${middle}`)).toHaveLength(events.filter(({ end }) => end >= middle).length);
  expect(mock.read('GET', `/events?timeMax=${middle}`)).toHaveLength(
    events.filter(({ start }) => start <= middle).length,
  );
  expect(mock.read('POST', '/events', { location: 'Rome' }).status).toBe('confirmed');
});

test('a search that shows each thing in something else takes the other calls from no one', () => {
  const found = object({ data: { type: 'array', items: object({ ranking: { type: 'number' }, user: ref }) } });
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Calls', version: '1' },
    components: { schemas: { User } },
    paths: {
      '/users.search': call(object({ query: text }), found),
      '/users.list': call(object({ limit: { type: 'integer' } }, []), object({ data: { type: 'array', items: ref } })),
      '/users.info': call(object({ id: text }), object({ data: ref })),
      '/users.create': call(object({ name: text }), object({ data: ref })),
    },
  });
  const { data: made } = read('POST', '/users.create', { name: 'Rex' });
  expect(made.name).toBe('Rex');
  expect(read('POST', '/users.info', { id: made.id }).data).toEqual(made);
  expect(read('POST', '/users.list', {}).data).toContainEqual(made);
});
