import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject) => ({ description: 'OK', ...json(schema) });
const text = { type: 'string' };
const address = { type: 'string', format: 'uri' };
const object = (properties: JsonObject, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
});
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: text });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const link = object({ href: text });

const ticket = {
  url: address,
  comments_url: address,
  team_url: address,
  avatar_url: address,
  owner_id: text,
  meta: object({ location: address }),
  _links: object({ owner: link, close: link, other: link }),
};
const desk = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Desk', version: '1' },
    components: {
      schemas: {
        Ticket: object({ id: text, subject: text, ...ticket }),
        Owner: object({ id: text, name: text, url: address }),
        Hook: object({ id: text, url: address }),
        File: object({ id: text, url: address, size: { type: 'integer' } }),
      },
    },
    paths: {
      '/teams/{team}': { parameters: [inPath('team')], get: { responses: { 200: answer(object({ id: text })) } } },
      '/teams/{team}/tickets': {
        parameters: [inPath('team')],
        get: { responses: { 200: answer({ type: 'array', items: ref('Ticket') }) } },
        post: {
          requestBody: json(object({ subject: text, owner_id: text })),
          responses: { 201: answer(ref('Ticket')) },
        },
      },
      '/teams/{team}/tickets/{id}': {
        parameters: [inPath('team'), inPath('id')],
        get: { responses: { 200: answer(ref('Ticket')) } },
        patch: { requestBody: json(object({ owner_id: text }, [])), responses: { 200: answer(ref('Ticket')) } },
      },
      '/teams/{team}/tickets/{id}/comments': {
        parameters: [inPath('team'), inPath('id')],
        get: { responses: { 200: answer({ type: 'array', items: object({ text }) }) } },
      },
      '/teams/{team}/tickets/{id}/close': {
        parameters: [inPath('team'), inPath('id')],
        post: { responses: { 200: answer(ref('Ticket')) } },
      },
      '/owners': { get: { responses: { 200: answer({ type: 'array', items: ref('Owner') }) } } },
      '/owners/{id}': { parameters: [inPath('id')], get: { responses: { 200: answer(ref('Owner')) } } },
      '/hooks': {
        get: { responses: { 200: answer({ type: 'array', items: ref('Hook') }) } },
        post: { requestBody: json(object({ url: address })), responses: { 201: answer(ref('Hook')) } },
      },
      '/hooks/{id}': { parameters: [inPath('id')], get: { responses: { 200: answer(ref('Hook')) } } },
      '/files': { get: { responses: { 200: answer({ type: 'array', items: ref('File') }) } } },
      '/files/{id}': { parameters: [inPath('id')], get: { responses: { 200: answer(ref('File')) } } },
    },
  });

const origin = 'http://localhost';

test('links lead to what they are called after: the row itself, what is below and above it, rows that it names', () => {
  const mock = desk();
  const tickets = '/teams/red/tickets';
  const made = mock.read('POST', tickets, { subject: 'Broken', owner_id: 'ann' });
  for (const row of [made, ...mock.read('GET', tickets).slice(0, 3)]) {
    const own = `${tickets}/${row.id}`;
    expect(row).toMatchObject({
      url: origin + own,
      comments_url: `${origin}${own}/comments`,
      team_url: `${origin}/teams/red`,
      meta: { location: origin + own },
      _links: { owner: { href: `/owners/${row.owner_id}` }, close: { href: `${own}/close` } },
    });
    for (const other of [row.avatar_url, row._links.other.href]) expect(other).not.toMatch(/localhost|teams|owners/);
  }
  expect(mock.read('PATCH', `${tickets}/${made.id}`, { owner_id: 'bob' })._links.owner.href).toBe('/owners/bob');
});

test('an address is that of the row where clients send no such member, and the row has no bytes of its own', () => {
  const mock = desk();
  const [owner] = mock.read('GET', '/owners');
  expect(owner.url).toBe(`${origin}/owners/${owner.id}`);
  expect(mock.read('GET', '/hooks')[0].url).not.toContain('/hooks/');
  expect(mock.read('POST', '/hooks', { url: 'https://example.com/here' }).url).toBe('https://example.com/here');
  expect(mock.read('GET', '/files')[0].url).not.toContain('/files/');
});

test('the `url` of a row leads to the row where an example of an answer shows that it does, whatever else it has', () => {
  const schema = object({ id: text, url: address, size: { type: 'integer' } });
  const example = { id: 'a', url: 'https://api.example.com/v3/blobs/a', size: 19 };
  const shown = { description: 'OK', content: { 'application/json': { schema, example } } };
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Blobs', version: '1' },
    paths: {
      '/blobs': { get: { responses: { 200: answer({ type: 'array', items: schema }) } } },
      '/blobs/{id}': { parameters: [inPath('id')], get: { responses: { 200: shown } } },
    },
  });
  const blobs = mock.read('GET', '/blobs');
  for (const blob of [mock.read('GET', '/blobs/made'), ...blobs.slice(1)]) {
    expect(blob.url).toBe(`${origin}/blobs/${blob.id}`);
  }
  expect(mock.read('GET', '/blobs/a')).toEqual(example);
});

test.each([
  ['links', 'rel', 'href', 'prev', text, ''],
  ['link', 'relation', 'url', 'previous', address, origin],
])('a list of links beside rows (%s) leads to the pages around', (name, relation, at, back, schema, before) => {
  const links = { type: 'array', items: object({ [relation]: text, [at]: schema }) };
  const features = { type: 'array', items: ref('Owner') };
  const limit = ['limit', 'offset'].map((one) => ({ name: one, in: 'query', schema: { type: 'integer' } }));
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Features', version: '1' },
    components: { schemas: { Owner: object({ id: text, name: text }) } },
    paths: {
      '/items': { get: { parameters: limit, responses: { 200: answer(object({ features, [name]: links })) } } },
      '/items/{id}': { parameters: [inPath('id')], get: { responses: { 200: answer(ref('Owner')) } } },
    },
  });
  const said = read('GET', '/items?limit=10&offset=10')[name].map((link: JsonObject) => [link[relation], link[at]]);
  expect(Object.fromEntries(said)).toEqual({
    self: `${before}/items?limit=10&offset=10`,
    next: `${before}/items?limit=10&offset=20`,
    last: `${before}/items?limit=10&offset=20`,
    first: `${before}/items?limit=10&offset=0`,
    [back]: `${before}/items?limit=10&offset=0`,
  });
  const last = read('GET', '/items?limit=10&offset=20')[name].map((link: JsonObject) => link[relation]);
  expect(last).not.toContain('next');
});
