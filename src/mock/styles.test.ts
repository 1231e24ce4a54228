import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { Json, JsonObject } from '../text/value.js';
import { createMock, State } from './index.js';

const text = { type: 'string' };
const integer = { type: 'integer' };
const yesNo = { type: 'boolean' };
const instant = { type: 'string', format: 'date-time' };
const object = (properties: JsonObject, required = Object.keys(properties)): JsonObject => ({
  type: 'object',
  properties,
  required,
});
const array = (items: JsonObject): JsonObject => ({ type: 'array', items });
const oneOf = (...values: string[]): JsonObject => ({ type: 'string', enum: values });
const body = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answers = (status: number, schema?: JsonObject): JsonObject => ({
  [status]: { description: 'd', ...(schema && body(schema)) },
});
const query = (parameters: Record<string, JsonObject>): Json[] =>
  Object.entries(parameters).map(([name, schema]) => ({ name, in: 'query', schema }));
const path = (parameters: Record<string, JsonObject>): Json[] =>
  Object.entries(parameters).map(([name, schema]) => ({ name, in: 'path', required: true, schema }));

/** A client of these paths, which sees what it has done. */
function client(paths: JsonObject) {
  const document = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths };
  const mock = createMock({ operations: createOperations(documentFromObject(document)) });
  let state = State.empty;
  return (method: string, target: string, sent?: Json, more: Record<string, string> = {}) => {
    const bytes = sent === undefined ? null : new TextEncoder().encode(JSON.stringify(sent));
    const headers = { host: 'api.test', ...(bytes && { 'content-type': 'application/json' }), ...more };
    const answer = mock.answer({ method, target, headers, body: bytes }, {}, state);
    state = answer.next?.state ?? state;
    const parsed = answer.body ? JSON.parse(String(answer.body)) : null;
    return { status: answer.status, headers: answer.headers, json: parsed };
  };
}

const notes = (note: JsonObject, parameters: Record<string, JsonObject> = {}, others: JsonObject = {}) =>
  client({
    '/notes': {
      get: { parameters: query(parameters), responses: answers(200, array(note)) },
      post: { requestBody: body(object({ title: text })), responses: answers(201, note) },
    },
    '/notes/{noteId}': {
      parameters: path({ noteId: text }),
      get: { responses: answers(200, note) },
      delete: { responses: answers(204) },
    },
    ...others,
  });

it('sorts as Spring does: a member and the way, with a comma between', () => {
  const ask = notes(object({ id: text, size: integer }), { sort: array(text) });
  const sizes = ask('GET', '/notes?sort=size,desc').json.map(({ size }: { size: number }) => size);
  expect(sizes).toEqual(sizes.toSorted((a: number, b: number) => b - a));
});

it('sorts, filters and refers where rows are those of JSON:API', () => {
  const linkage = object({ type: { const: 'people' }, id: text });
  const article = object({
    id: text,
    attributes: object({ 'published-at': instant }),
    relationships: object({ author: object({ data: linkage }) }),
  });
  const list = (item: JsonObject) => answers(200, object({ data: array(item) }));
  const one = (name: string, item: JsonObject): JsonObject => ({
    [`/${name}`]: {
      get: { parameters: query({ sort: text, 'filter[author]': text }), responses: list(item) },
    },
    [`/${name}/{id}`]: {
      get: { parameters: path({ id: text }), responses: answers(200, object({ data: item })) },
    },
  });
  const ask = client({ ...one('articles', article), ...one('people', object({ id: text })) });
  type Article = { attributes: Record<string, string>; relationships: { author: { data: { id: string } } } };
  const all: Article[] = ask('GET', '/articles?sort=-published-at').json.data;
  const dates = all.map(({ attributes }) => attributes['published-at'] ?? '');
  expect(dates).toEqual(dates.toSorted().toReversed());
  const people = ask('GET', '/people').json.data.map(({ id }: { id: string }) => id);
  const author = all[0]?.relationships.author.data.id ?? '';
  expect(people).toContain(author);
  const theirs: Article[] = ask('GET', `/articles?filter[author]=${author}`).json.data;
  expect(new Set(theirs.map(({ relationships }) => relationships.author.data.id))).toEqual(new Set([author]));
});

it('leaves out a link that leads nowhere, with the object that it is', () => {
  const link = object({ href: text });
  const links = object({ next: link, prev: link }, []);
  const ask = client({
    '/notes': {
      get: {
        parameters: query({ page: integer, size: integer }),
        responses: answers(200, object({ _embedded: object({ notes: array(object({ id: text })) }), _links: links })),
      },
    },
  });
  expect(ask('GET', '/notes?size=20').json._links).toEqual({ next: { href: '/notes?size=20&page=2' } });
  expect(ask('GET', '/notes?size=20&page=2').json._links).toEqual({ prev: { href: '/notes?size=20&page=1' } });
});

it('lists nothing that was deleted, and makes nothing new that has ended', () => {
  const gone = { type: ['string', 'null'], format: 'date-time' };
  const note = { id: text, title: text, archived: yesNo, status: oneOf('closed', 'open'), deleted_at: gone };
  const ask = notes(object({ ...note, deleteId: text, closed_at: gone, completedAt: instant }, Object.keys(note)));
  const all = ask('GET', '/notes').json;
  expect(new Set(all.map((one: JsonObject) => one.deleted_at))).toEqual(new Set([null]));
  expect(all.filter((one: JsonObject) => Object.hasOwn(one, 'deleteId'))).toEqual([]);
  expect(new Set(all.map((one: JsonObject) => one.status)).size).toBe(2);
  for (let count = 0; count < 5; count++) {
    const made = ask('POST', '/notes', { title: 'New' }).json;
    expect(made).toMatchObject({ archived: false, status: 'open', deleted_at: null });
    expect([made.closed_at ?? null, made.completedAt ?? null]).toEqual([null, null]);
  }
});

it('shows what was deleted where one may ask for it', () => {
  const ask = notes(object({ id: text, deleted: yesNo }), { deleted: yesNo });
  expect(ask('GET', '/notes?deleted=true').json).not.toEqual([]);
});

it('changes a row as the query of a POST on it says', () => {
  const note = object({ id: text, status: oneOf('open', 'closed'), size: integer });
  const update = { post: { parameters: query({ status: text, size: integer }), responses: answers(200, note) } };
  const ask = client({
    '/notes': { get: { responses: answers(200, array(note)) } },
    '/notes/{noteId}': { parameters: path({ noteId: text }), get: { responses: answers(200, note) }, ...update },
  });
  const { id } = ask('GET', '/notes').json[0];
  for (const status of ['closed', 'open']) ask('POST', `/notes/${id}?size=7&status=${status}`);
  expect(ask('GET', `/notes/${id}`).json).toEqual({ id, status: 'open', size: 7 });
});

it('deletes several by a path of its own', () => {
  const ask = notes(
    object({ id: text }),
    {},
    {
      '/notes/bulk': { delete: { requestBody: body(object({ ids: array(text) })), responses: answers(204) } },
    },
  );
  const [first, second, third] = ask('GET', '/notes').json.map(({ id }: { id: string }) => id);
  expect(ask('DELETE', '/notes/bulk', { ids: [first, third] }).status).toBe(204);
  expect(ask('GET', '/notes').json.slice(0, 1)).toEqual([{ id: second }]);
});

it('takes a number that is called as several things are for a count of them', () => {
  const issue = object({ id: integer, comments: integer });
  const comment = object({ id: { ...integer, minimum: 5000 } });
  const ask = client({
    '/issues': { get: { responses: answers(200, array(issue)) } },
    '/issues/{issueId}': { get: { parameters: path({ issueId: integer }), responses: answers(200, issue) } },
    '/comments': { get: { responses: answers(200, array(comment)) } },
    '/comments/{commentId}': { get: { parameters: path({ commentId: integer }), responses: answers(200, comment) } },
  });
  const counts = ask('GET', '/issues').json.map(({ comments }: { comments: number }) => comments);
  expect(Math.max(...counts)).toBeLessThan(5000);
});

it('finds a row by its name where the path can be no key, and says whose it is', () => {
  const repository = object({ id: integer, name: text, owner: object({ login: text }) });
  const ask = client({
    '/orgs/{org}/repos': { parameters: path({ org: text }), get: { responses: answers(200, array(repository)) } },
    '/orgs/{org}/repos/{repo}': {
      parameters: path({ org: text, repo: text }),
      get: { responses: answers(200, repository) },
    },
  });
  const second = ask('GET', '/orgs/acme/repos').json[1];
  expect(second.owner).toEqual({ login: 'acme' });
  expect(ask('GET', `/orgs/acme/repos/${encodeURIComponent(second.name)}`).json).toEqual(second);
  expect(ask('GET', `/orgs/acme/repos/${second.id}`).json).toEqual(second);
});

it('filters nothing by a documented default that no row has', () => {
  const note = object({ id: text, kind: oneOf('memo', 'letter') });
  const ask = notes(note, { kind: { type: 'string', default: 'everything' } });
  expect(ask('GET', '/notes').json).toHaveLength(25);
  expect(ask('GET', '/notes?kind=everything').json).toHaveLength(25);
  const memos = notes(note, { kind: { type: 'string', default: 'memo' } })('GET', '/notes').json;
  expect(new Set(memos.map(({ kind }: { kind: string }) => kind))).toEqual(new Set(['memo']));
});

it('shows the rows that a Range asks for, and says which these are', () => {
  const headers = { 'Content-Range': { schema: text } };
  const page = { description: 'd', headers, ...body(array(object({ id: text }))) };
  const ask = client({ '/notes': { get: { responses: { 200: page, 206: page } } } });
  const all = ask('GET', '/notes');
  expect([all.status, all.headers['Content-Range']]).toEqual([200, 'items 0-24/25']);
  const some = ask('GET', '/notes', undefined, { range: 'notes=20-39' });
  expect([some.status, some.headers['Content-Range'], some.json]).toEqual([206, 'notes 20-24/25', all.json.slice(20)]);
  expect(ask('GET', '/notes', undefined, { range: '5-6' }).headers['Content-Range']).toBe('5-6/25');
  expect(ask('GET', '/notes', undefined, { range: 'bytes=0-1' }).json).toHaveLength(25);
});

it.each([
  ['a description', { description: 'API URL of the note' }, true],
  ['an example', { example: 'https://api.example.com/v1/notes/7' }, true],
  ['nothing', {}, false],
])('the url of a row that is of the API by %s leads to it', (_what, more, isOwn) => {
  const url: JsonObject = { type: 'string', format: 'uri', ...more };
  const ask = notes(object({ id: text, url }));
  const [first, second] = ask('GET', '/notes').json;
  const isAt = (row: { id: string; url: string }) => row.url === `http://api.test/notes/${row.id}`;
  expect([first, second].map(isAt)).toEqual([isOwn, isOwn]);
  expect(
    ask('GET', `/notes/${second.id}`, undefined, { host: 'other:81' }).json.url.startsWith('http://other:81/'),
  ).toBe(isOwn);
});

it('says beside the rows of a list what its path says', () => {
  const page = object({ board: text, page: integer, notes: array(object({ id: text })) });
  const ask = client({
    '/boards/{board}/notes': { get: { parameters: path({ board: text }), responses: answers(200, page) } },
  });
  expect(ask('GET', '/boards/blue/notes').json).toMatchObject({ board: 'blue', page: 1 });
});

it('says of a page behind the last one that it is the one that was asked for', () => {
  const note = object({ id: integer, title: text });
  const pages = object({ notes: array(note), page: integer, total: integer });
  const send = client({
    '/notes': {
      get: { parameters: query({ page: integer, size: integer }), responses: answers(200, pages) },
      post: { requestBody: body(object({ title: text })), responses: answers(201, note) },
    },
    '/notes/{noteId}': { parameters: path({ noteId: integer }), get: { responses: answers(200, note) } },
  });
  const { total } = send('GET', '/notes').json;
  expect(send('GET', '/notes?page=9&size=5').json).toEqual({ notes: [], page: 9, total });
  expect(send('GET', `/notes?page=${Number.MAX_SAFE_INTEGER}&size=5`)).toMatchObject({ status: 200 });
});
