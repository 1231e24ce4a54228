import { expect, it } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const integer = { type: 'integer' };
const text = { type: 'string' };
const list = (items: JsonObject) => ({ type: 'array', items });
const object = (properties: JsonObject) => ({
  type: 'object',
  required: ['id'],
  properties: { id: { ...integer, readOnly: true }, ...properties },
});
const content = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answers = (schema: JsonObject) => ({ responses: { 200: { description: 'd', ...content(schema) } } });

/** What may be listed, created, read, changed and deleted, by the path of its collection. */
function library(kinds: Record<string, JsonObject>) {
  const paths = Object.entries(kinds).flatMap(([path, schema]) => [
    [path, { get: answers(list(schema)), post: { requestBody: content(schema), ...answers(schema) } }],
    [
      `${path}/{id}`,
      {
        parameters: [{ name: 'id', in: 'path', required: true, schema: integer }],
        get: answers(schema),
        patch: { requestBody: content({ type: 'object' }), ...answers(schema) },
        delete: { responses: { 204: { description: 'd' } } },
      },
    ],
  ]);
  return asking({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: Object.fromEntries(paths) });
}

it('what is written of a relation on one side shows on the other, until it is taken away', () => {
  const { ask, read } = library({
    '/users': object({ name: text, groups: list(integer) }),
    '/groups': object({ title: text, members: list(integer) }),
  });
  ask('PATCH', '/groups/1', { members: [1, 2] });
  expect(read('GET', '/users/1').groups).toContain(1);
  expect(read('GET', '/users').find(({ id }: { id: number }) => id === 2).groups).toContain(1);
  ask('PATCH', '/users/3', { groups: [1] });
  expect(read('GET', '/groups/1').members).toEqual([1, 2, 3]);
  ask('PATCH', '/groups/1', { members: [2] });
  expect(read('GET', '/users/3').groups).toEqual([]);
  expect(read('GET', '/users/1').groups).not.toContain(1);
  ask('DELETE', '/users/2');
  expect(read('GET', '/groups/1').members).toEqual([]);
});

it('what belongs to one leaves the one that it was of', () => {
  const { ask, read } = library({
    '/authors': object({ name: text, postIds: list(integer) }),
    '/posts': object({ title: text, authorId: integer }),
  });
  const { id } = read('POST', '/posts', { title: 'New', authorId: 4 });
  expect(read('GET', '/authors/4').postIds).toContain(id);
  ask('PATCH', '/authors/5', { postIds: [id] });
  expect(read('GET', `/posts/${id}`)).toMatchObject({ authorId: 5 });
  expect(read('GET', '/authors/4').postIds).not.toContain(id);
});

it('things are related in the form in which each side shows them (RFC 7643, 4.2)', () => {
  const member = { type: 'object', required: ['value'], properties: { value: integer, display: text } };
  const { read } = library({
    '/Users': object({ userName: text, groups: list(member) }),
    '/Groups': object({ displayName: text, members: list(member) }),
  });
  const { id } = read('POST', '/Groups', { displayName: 'Editors', members: [{ value: 3 }] });
  expect(read('GET', '/Users/3').groups).toContainEqual({ value: id, display: 'Editors' });
});

it('a relation of which the document names two says nothing of the other side', () => {
  const { ask, read } = library({
    '/users': object({ name: text, groups: list(integer) }),
    '/groups': object({ title: text, userIds: list(integer), reviewerIds: list(integer) }),
  });
  const before = read('GET', '/users/1');
  ask('PATCH', '/groups/1', { userIds: [1] });
  expect(read('GET', '/users/1')).toEqual(before);
});
