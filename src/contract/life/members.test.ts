import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import { findResources } from '../../resource/index.js';
import type { JsonObject } from '../../text/value.js';
import { isVolatile, takenBy } from './members.js';

it('takes members for such that change by themselves by their words, and not by letters', () => {
  const own = [
    'updatedAt',
    'viewCount',
    'views',
    'age',
    'max_age',
    'lastSeen',
    'version',
    'hits',
    'startTime',
    'count',
    'self',
    '@self',
  ];
  expect(own.filter((name) => !isVolatile(name))).toEqual([]);
  const others = [
    'message',
    'language',
    'storage',
    'image',
    'country',
    'discount',
    'account',
    'timezone',
    'reviews',
    'itself',
  ];
  expect(others.filter((name) => isVolatile(name))).toEqual([]);
});

it('leaves it to the server how many things stand under one, and no other number', () => {
  const integer = { type: 'integer' };
  const post = {
    type: 'object',
    properties: { id: integer, title: { type: 'string' }, commentCount: integer, guest_count: integer },
  };
  const json = (schema: JsonObject) => ({ description: 'd', content: { 'application/json': { schema } } });
  const list = (items: JsonObject) => ({ responses: { 200: json({ type: 'array', items }) } });
  const comment = { type: 'object', properties: { id: integer, body: { type: 'string' } } };
  const id = { name: 'id', in: 'path', required: true, schema: integer };
  const document = {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/posts': { get: list(post), post: { requestBody: json(post), responses: { 201: json(post) } } },
      '/posts/{id}': { parameters: [id], get: { responses: { 200: json(post) } } },
      '/posts/{id}/comments': { parameters: [id], get: list(comment) },
    },
  };
  const operations = createOperations(documentFromObject(document as JsonObject));
  const posts = findResources(operations).find('posts');
  const create = posts?.roles.find(({ kind }) => kind === 'create');
  const taken = create && takenBy(operations.compile(create.entry), create).map(({ name }) => name);
  expect(taken).toEqual(['id', 'title', 'guest_count']);
});
