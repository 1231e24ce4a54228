import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const orNull = { type: ['string', 'null'] };
const Group = object({ id: text, name: text, parent_id: orNull, child_count: count, owner_id: text });
const User = object({ id: text, name: text });
const Ticket = object({ id: count, title: text, project: count });
const Project = object({ id: count, name: text, ticket_count: count });
const Book = object({
  id: text,
  attributes: object({ title: text }),
  relationships: object({ author: object({ data: object({ type: { const: 'writers' }, id: text }) }) }),
});
const Writer = object({ id: text, type: { const: 'writers' }, attributes: object({ name: text }) });
const get = (shown: object) => ({ get: { responses: { 200: answer(shown as never), 404: { description: 'None' } } } });
const data = (shown: object) => object({ data: shown as never });

const asked = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Kin', version: '1' },
    components: { schemas: { Group, User, Ticket, Project, Book, Writer } },
    paths: {
      '/groups': {
        ...get(list(ref('Group'))),
        post: {
          requestBody: json(object({ name: text, parent_id: orNull })),
          responses: { 201: answer(ref('Group')) },
        },
      },
      '/groups/{id}': { parameters: [inPath('id')], ...get(ref('Group')) },
      '/groups/{id}/children': { parameters: [inPath('id')], ...get(list(ref('Group'))) },
      '/groups/{id}/parent': { parameters: [inPath('id')], ...get(ref('Group')) },
      '/users': get(list(ref('User'))),
      '/users/{id}': { parameters: [inPath('id')], ...get(ref('User')) },
      '/projects': get(list(ref('Project'))),
      '/projects/{id}': { parameters: [inPath('id', count)], ...get(ref('Project')) },
      '/tickets': {
        ...get(list(ref('Ticket'))),
        post: { requestBody: json(object({ title: text, project: count })), responses: { 201: answer(ref('Ticket')) } },
      },
      '/tickets/{id}': { parameters: [inPath('id', count)], ...get(ref('Ticket')) },
      '/books': get(data(list(ref('Book')))),
      '/books/{id}': { parameters: [inPath('id')], ...get(data(ref('Book'))) },
      '/books/{id}/author': { parameters: [inPath('id')], ...get(data(ref('Writer'))) },
      '/writers': get(data(list(ref('Writer')))),
      '/writers/{id}': { parameters: [inPath('id')], ...get(data(ref('Writer'))) },
      '/writers/{id}/books': { parameters: [inPath('id')], ...get(data(list(ref('Book')))) },
    },
  });

const authorOf = ({ relationships }: JsonObject) =>
  (relationships as unknown as { author: { data: { id: string } } }).author.data.id;

test('a parent is one of the rows, and none is below itself', () => {
  const groups = asked().read('GET', '/groups') as JsonObject[];
  const places = new Map(groups.map(({ id }, index) => [id, index]));
  expect(groups[0]).toMatchObject({ parent_id: null });
  for (const [index, { parent_id }] of groups.entries())
    if (parent_id !== null) expect(places.get(parent_id)).toBeLessThan(index);
});

test('children are those that name a row, and it says how many', () => {
  const mock = asked();
  const groups = mock.read('GET', '/groups') as JsonObject[];
  for (const { id, child_count } of groups.slice(0, 5)) {
    const below = groups.filter(({ parent_id }) => parent_id === id);
    expect(mock.read('GET', `/groups/${id}/children`)).toEqual(below);
    expect(child_count).toBe(below.length);
  }
  const id = groups[3]?.id as string;
  mock.read('POST', '/groups', { name: 'New', parent_id: id });
  expect(mock.read('GET', `/groups/${id}`)).toMatchObject({ child_count: (groups[3]?.child_count as number) + 1 });
});

test('a path below a row shows the thing that the row names', () => {
  const mock = asked();
  const groups = mock.read('GET', '/groups') as JsonObject[];
  const child = groups.find(({ parent_id }) => parent_id !== null) as JsonObject;
  expect(mock.read('GET', `/groups/${child.id}/parent`)).toMatchObject({ id: child.parent_id });
  expect(mock.ask('GET', `/groups/${groups[0]?.id}/parent`).status).toBe(404);
  const [book] = (mock.read('GET', '/books') as { data: JsonObject[] }).data as [JsonObject];
  expect(mock.read('GET', `/books/${book.id}/author`)).toEqual(mock.read('GET', `/writers/${authorOf(book)}`));
});

test('a status that is not declared says nothing of a row that names none', () => {
  const node = object({ id: text, parent_id: orNull });
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Tree', version: '1' },
    components: { schemas: { Node: node } },
    paths: {
      '/nodes': get(list(ref('Node'))),
      '/nodes/{id}': { parameters: [inPath('id')], ...get(ref('Node')) },
      '/nodes/{id}/parent': { parameters: [inPath('id')], get: { responses: { 200: answer(ref('Node')) } } },
    },
  });
  const [first] = mock.read('GET', '/nodes') as [JsonObject];
  expect(first).toMatchObject({ parent_id: null });
  expect(mock.ask('GET', `/nodes/${first.id}/parent`).status).toBe(200);
});

test('what is listed under a thing of JSON:API are those that are related to it', () => {
  const mock = asked();
  const { data: books } = mock.read('GET', '/books') as { data: JsonObject[] };
  const author = authorOf(books[0] as JsonObject);
  expect(mock.read('GET', `/writers/${author}/books`)).toEqual({
    data: books.filter((book) => authorOf(book) === author),
  });
});

test('who owns something is a user', () => {
  const mock = asked();
  const users = (mock.read('GET', '/users') as JsonObject[]).map(({ id }) => id);
  for (const { owner_id } of mock.read('GET', '/groups') as JsonObject[]) expect(users).toContain(owner_id);
});

test('a count of things that name a row follows them', () => {
  const mock = asked();
  const tickets = mock.read('GET', '/tickets') as JsonObject[];
  const projects = mock.read('GET', '/projects') as JsonObject[];
  for (const { id, ticket_count } of projects)
    expect(ticket_count).toBe(tickets.filter(({ project }) => project === id).length);
  mock.read('POST', '/tickets', { title: 'More', project: projects[2]?.id as number });
  expect(mock.read('GET', `/projects/${projects[2]?.id}`)).toMatchObject({
    ticket_count: (projects[2]?.ticket_count as number) + 1,
  });
});
