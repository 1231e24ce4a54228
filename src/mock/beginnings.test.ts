import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const date = { type: ['string', 'null'], format: 'date-time' };
const day = { type: 'string', format: 'date' };
const Post = object(
  {
    id: count,
    title: text,
    status: { enum: ['scheduled', 'draft', 'published'] },
    published: { type: 'boolean' },
    published_at: date,
  },
  ['id', 'title', 'status', 'published'],
);
const Worker = object(
  {
    id: count,
    name: text,
    boss: { type: ['integer', 'null'] },
    active: { type: 'boolean' },
    hireDate: day,
    terminationDate: day,
  },
  ['id', 'name', 'active', 'hireDate', 'boss'],
);
const Machine = object(
  { id: count, name: text, state: { enum: ['DELETED', 'RUNNING', 'PROVISIONING'] }, deleteTime: date },
  ['id', 'name', 'state'],
);
const Person = object({ id: count, first_name: text, last_name: text, full_name: text, email: text });
const of = (name: string, path: string, query: readonly object[] = []) => ({
  [path]: {
    get: { parameters: query, responses: { 200: answer(list(ref(name))) } },
    post: {
      requestBody: json(object({ [name === 'Post' ? 'title' : 'name']: text })),
      responses: { 201: answer(ref(name)) },
    },
  },
  [`${path}/{id}/`]: { parameters: [inPath('id', count)], get: { responses: { 200: answer(ref(name)) } } },
});
const act = (name: string) => ({
  parameters: [inPath('id', count)],
  post: {
    requestBody: json(object({ note: text }, [])),
    responses: { 200: answer(ref(name)) },
  },
});

const asked = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Beginnings', version: '1' },
    components: { schemas: { Post, Worker, Machine, Person } },
    paths: {
      ...of('Post', '/posts'),
      '/posts/{id}/publish/': act('Post'),
      ...of('Worker', '/workers', [{ name: 'boss__isnull', in: 'query', schema: { type: 'boolean' } }]),
      '/workers/{id}/deactivate/': act('Worker'),
      ...of('Machine', '/machines'),
      '/people': {
        post: {
          requestBody: json(object({ first_name: text, last_name: text, email: text })),
          responses: { 201: answer(ref('Person')) },
        },
        get: { responses: { 200: answer(list(ref('Person'))) } },
      },
      '/people/{id}': { parameters: [inPath('id', count)], get: { responses: { 200: answer(ref('Person')) } } },
    },
  });

test('what was never published has no date of that, and is by an action with a body and a slash at the end', () => {
  const mock = asked();
  for (const { status, published, published_at } of mock.read('GET', '/posts') as JsonObject[]) {
    expect(published).toBe(status === 'published');
    expect([undefined, null].includes(published_at as null)).toBe(status !== 'published');
  }
  const { id, ...post } = mock.read('POST', '/posts', { title: 'New' });
  expect(post).toMatchObject({ status: 'draft', published: false });
  expect(post.published_at ?? null).toBe(null);
  const after = mock.read('POST', `/posts/${id}/publish/`, { note: 'now' });
  expect(after).toMatchObject({ status: 'published', published: true });
});

test('who works somewhere was not dismissed, nor before being hired', () => {
  const mock = asked();
  for (const { active, hireDate, terminationDate } of mock.read('GET', '/workers') as JsonObject[]) {
    if (terminationDate === undefined) continue;
    expect(active).toBe(false);
    expect(String(hireDate) <= String(terminationDate)).toBe(true);
  }
  const made = mock.read('POST', '/workers', { name: 'Ann' });
  expect(made.terminationDate).toBe(undefined);
  expect(mock.read('POST', `/workers/${made.id}/deactivate/`, {})).toMatchObject({ active: false });
});

test('nothing that is listed was deleted, and what is made begins', () => {
  const mock = asked();
  for (const { state, deleteTime } of mock.read('GET', '/machines') as JsonObject[])
    expect([state, deleteTime ?? null]).not.toEqual(['DELETED', expect.anything()]);
  const made = mock.read('POST', '/machines', { name: 'web' });
  expect([made.state, made.deleteTime ?? null]).toEqual(['PROVISIONING', null]);
});

test('a filter asks whether there is anything', () => {
  const mock = asked();
  const all = mock.read('GET', '/workers') as JsonObject[];
  for (const isNull of [true, false])
    expect(mock.read('GET', `/workers?boss__isnull=${isNull}`)).toEqual(
      all.filter(({ boss }) => (boss === null) === isNull),
    );
});

test('the full name of somebody who is made follows from its parts, whatever the address is', () => {
  const ann = { first_name: 'Ann', last_name: 'Lee', email: 'boss@example.org' };
  expect(asked().read('POST', '/people', ann)).toMatchObject({ ...ann, full_name: 'Ann Lee' });
});
