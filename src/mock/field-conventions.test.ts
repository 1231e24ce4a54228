import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject) => ({ description: 'OK', ...json(schema) });
const text = { type: 'string' };
const count = { type: 'integer' };
const made = { type: 'string', format: 'date-time', readOnly: true };
const object = (properties: JsonObject, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
});
const list = (items: JsonObject) => ({ type: 'array', items });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: text });
const missing = { 404: { description: 'None' } };
const serving = (paths: JsonObject, schemas: JsonObject) =>
  asking({ openapi: '3.1.0', info: { title: 'T', version: '1' }, components: { schemas }, paths });

const Ticket = object({
  id: text,
  title: text,
  state: { enum: ['opened', 'closed'] },
  closed_at: { type: ['string', 'null'], format: 'date-time' },
});

test.each(['put', 'patch'])('an event that is sent with a %s brings the state to which it leads', (method) => {
  const sent = object({ title: text, state_event: { enum: ['close', 'reopen'] } }, []);
  const mock = serving(
    {
      '/tickets': {
        get: { responses: { 200: answer(list(ref('Ticket'))) } },
        post: { requestBody: json(object({ title: text })), responses: { 201: answer(ref('Ticket')) } },
      },
      '/tickets/{id}': {
        parameters: [inPath('id')],
        get: { responses: { 200: answer(ref('Ticket')) } },
        [method]: { requestBody: json(sent), responses: { 200: answer(ref('Ticket')) } },
      },
    },
    { Ticket },
  );
  const { id } = mock.read('POST', '/tickets', { title: 'Bug' });
  const told = (event: string) =>
    mock.read(method.toUpperCase(), `/tickets/${id}`, { title: 'Bug', state_event: event });
  expect(told('close')).toMatchObject({ title: 'Bug', state: 'closed', closed_at: expect.any(String) });
  expect(mock.read('GET', `/tickets/${id}`).state).toBe('closed');
  expect(told('reopen')).toMatchObject({ title: 'Bug', state: 'opened', closed_at: null });
});

test('a mask names what a change is about', () => {
  const Shelf = object({ id: text, theme: text, displayName: text, note: { type: ['string', 'null'] } });
  const mock = serving(
    {
      '/shelves': { get: { responses: { 200: answer(list(ref('Shelf'))) } } },
      '/shelves/{id}': {
        parameters: [inPath('id')],
        get: { responses: { 200: answer(ref('Shelf')) } },
        patch: {
          parameters: [{ name: 'updateMask', in: 'query', schema: text }],
          requestBody: json({ ...Shelf, required: [] }),
          responses: { 200: answer(ref('Shelf')) },
        },
      },
    },
    { Shelf },
  );
  const before = mock.read('GET', '/shelves')[0];
  const change = (mask: string, sent: JsonObject) =>
    mock.read('PATCH', `/shelves/${before.id}${mask && `?updateMask=${mask}`}`, sent);
  const sent = { theme: 'poems', displayName: 'Poems' };
  expect(change('theme', sent)).toEqual({ ...before, theme: 'poems' });
  expect(change('display_name,note', sent)).toEqual({ ...before, ...sent, note: null });
  expect(change('*', { theme: 'maps' }).theme).toBe('maps');
  expect(change('', { theme: 'prose' }).theme).toBe('prose');
});

const Meta = object({ name: text, namespace: text, uid: { ...text, readOnly: true }, createdAt: made }, ['name']);
const Spec = object({ replicas: count, paused: { type: 'boolean' } }, []);
const Workload = object({ metadata: ref('Meta'), spec: Spec, status: object({ ready: count }) }, ['metadata']);
const Scale = object({ metadata: ref('Meta'), spec: object({ replicas: count }) });

const cluster = () =>
  serving(
    {
      '/namespaces/{namespace}/workloads': {
        parameters: [inPath('namespace')],
        get: { responses: { 200: answer(object({ items: list(ref('Workload')) })) } },
        post: { requestBody: json(ref('Workload')), responses: { 201: answer(ref('Workload')) } },
      },
      '/namespaces/{namespace}/workloads/{name}': {
        parameters: [inPath('namespace'), inPath('name')],
        get: { responses: { 200: answer(ref('Workload')), ...missing } },
        put: { requestBody: json(ref('Workload')), responses: { 200: answer(ref('Workload')) } },
        delete: { responses: { 200: answer(ref('Workload')), ...missing } },
      },
      '/namespaces/{namespace}/workloads/{name}/scale': {
        parameters: [inPath('namespace'), inPath('name')],
        get: { responses: { 200: answer(ref('Scale')), ...missing } },
        put: { requestBody: json(ref('Scale')), responses: { 200: answer(ref('Scale')), ...missing } },
      },
      '/workloads': { get: { responses: { 200: answer(object({ items: list(ref('Workload')) })) } } },
    },
    { Meta, Workload, Scale },
  );

test('what is sent of the object that says which thing it is keeps what the path and the server say there', () => {
  const mock = cluster();
  const web = mock.read('POST', '/namespaces/prod/workloads', { metadata: { name: 'web' }, spec: { replicas: 3 } });
  expect(web.metadata).toEqual({
    name: 'web',
    namespace: 'prod',
    uid: expect.any(String),
    createdAt: expect.any(String),
  });
  const put = mock.read('PUT', '/namespaces/prod/workloads/web', { metadata: { name: 'web' }, spec: { replicas: 4 } });
  expect(put.metadata).toEqual(web.metadata);
  expect(mock.read('GET', '/workloads').items).toContainEqual(put);
});

test('what shows a part of a thing below it shows that thing', () => {
  const mock = cluster();
  const web = '/namespaces/prod/workloads/web';
  const { metadata } = mock.read('POST', '/namespaces/prod/workloads', {
    metadata: { name: 'web' },
    spec: { replicas: 3 },
  });
  expect(mock.read('GET', `${web}/scale`)).toEqual({ metadata, spec: { replicas: 3 } });
  expect(mock.read('PUT', `${web}/scale`, { metadata: { name: 'web' }, spec: { replicas: 5 } }).spec).toEqual({
    replicas: 5,
  });
  expect(mock.read('GET', web).spec.replicas).toBe(5);
  mock.ask('DELETE', web);
  expect(mock.ask('GET', `${web}/scale`).status).toBe(404);
});

test.each(['archived', 'in_trash'])('what answers a deletion with the thing says that it is %s', (name) => {
  const Block = object({ id: text, text, [name]: { type: 'boolean' } });
  const mock = serving(
    {
      '/blocks': { get: { responses: { 200: answer(list(ref('Block'))) } } },
      '/blocks/{id}': { parameters: [inPath('id')], delete: { responses: { 200: answer(ref('Block')) } } },
    },
    { Block },
  );
  const block = mock.read('GET', '/blocks').find((one: JsonObject) => one[name] === false);
  expect(mock.read('DELETE', `/blocks/${block.id}`)).toEqual({ ...block, [name]: true });
});

test('what is counted of a new thing is nothing, and how many are left is what the list says', () => {
  const counts = { upvotes: count, comment_count: count, open_issues: count };
  const Link = object({ id: text, title: text, ...counts });
  const mock = serving(
    {
      '/links': {
        get: {
          parameters: [{ name: 'limit', in: 'query', schema: count }],
          responses: {
            200: answer(object({ items: list(ref('Link')), metadata: object({ remainingItemCount: count }) })),
          },
        },
        post: { requestBody: json(object({ title: text })), responses: { 201: answer(ref('Link')) } },
      },
    },
    { Link },
  );
  expect(mock.read('GET', '/links?limit=10').metadata.remainingItemCount).toBe(15);
  expect(mock.read('POST', '/links', { title: 'New' })).toMatchObject({
    ...{ title: 'New', upvotes: 0, comment_count: 0, open_issues: 0 },
  });
});

test('a switch is asked for by what it is called, without the verb', () => {
  const Channel = object({ id: text, name: text, is_archived: { type: 'boolean' } });
  const archived = { name: 'archived', in: 'query', schema: { type: 'boolean' } };
  const mock = serving(
    { '/channels': { get: { parameters: [archived], responses: { 200: answer(list(ref('Channel'))) } } } },
    { Channel },
  );
  const all: { is_archived: boolean }[] = mock.read('GET', '/channels');
  for (const wanted of [true, false]) {
    const own = all.filter(({ is_archived }) => is_archived === wanted);
    expect(mock.read('GET', `/channels?archived=${wanted}`)).toEqual(own);
  }
});

test('people are invited, suspended for a reason, called by their names, and removed by a list of keys', () => {
  const nullable = { type: ['string', 'null'] };
  const Person = object({
    id: count,
    'first-name': text,
    'last-name': text,
    'full-name': text,
    status: { enum: ['active', 'suspended', 'invited'] },
    'suspension-reason': nullable,
    'is-system': { type: 'boolean' },
  });
  const sent = object({ 'first-name': text, 'last-name': text }, []);
  const id = [{ name: 'id', in: 'path', required: true, schema: count }];
  const ids = { name: 'ids', in: 'query', required: true, explode: false, schema: { ...list(count), minItems: 1 } };
  const shown = { 200: answer(ref('Person')) };
  const { ask, read } = serving(
    {
      '/people': {
        get: { responses: { 200: answer(list(ref('Person'))) } },
        delete: { parameters: [ids], responses: { 200: answer(object({ deleted: count })) } },
      },
      '/people/invite': { post: { requestBody: json(sent), responses: { 201: answer(ref('Person')) } } },
      '/people/{id}': {
        parameters: id,
        get: { responses: { ...shown, ...missing } },
        patch: { requestBody: json(sent), responses: shown },
      },
      '/people/{id}/suspend': {
        parameters: id,
        post: { requestBody: json(object({ reason: text })), responses: shown },
      },
    },
    { Person },
  );
  const made = read('POST', '/people/invite', { 'first-name': 'Ann', 'last-name': 'Lee' });
  expect(made).toMatchObject({ 'full-name': 'Ann Lee', status: 'invited', 'suspension-reason': null });
  expect(made['is-system']).toBe(false);
  expect(read('PATCH', `/people/${made.id}`, { 'last-name': 'Kim' })['full-name']).toBe('Ann Kim');
  const reason = 'spam';
  expect(read('POST', `/people/${made.id}/suspend`, { reason })['suspension-reason']).toBe(reason);
  const [, other] = read('GET', '/people');
  expect(read('DELETE', `/people?ids=${made.id},${other.id}`)).toEqual({ deleted: 2 });
  expect(ask('GET', `/people/${made.id}`).status).toBe(404);
});
