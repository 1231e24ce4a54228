import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { createMock, State } from './index.js';
import { asking } from './library/asking.js';

it('has no row that is null, where an answer may be', () => {
  const string = { type: 'string' };
  const schema = {
    type: 'object',
    nullable: true,
    required: ['name', 'set'],
    properties: { name: string, set: string },
  };
  const json = (of: JsonObject) => ({ description: 'x', content: { 'application/json': { schema: of } } });
  const document = documentFromObject({
    openapi: '3.0.3',
    info: { title: 'Commands', version: '1' },
    paths: {
      '/commands': {
        get: { responses: { 200: json({ type: 'array', items: schema }) } },
        post: { requestBody: json({ ...schema, nullable: false }), responses: { 201: json(schema) } },
      },
      '/commands/{name}': {
        parameters: [{ name: 'name', in: 'path', required: true, schema: { type: 'string' } }],
        get: { responses: { 200: json(schema) } },
      },
    },
  });
  const mock = createMock({ operations: createOperations(document) });
  const headers = { 'content-type': 'application/json' };
  let state = State.empty;
  const names = Array.from({ length: 25 }, (_, index) => `command-${index}`);
  for (const name of names) {
    const body = new TextEncoder().encode(JSON.stringify({ name, set: 'own' }));
    const answer = mock.answer({ method: 'POST', target: '/commands', headers, body }, undefined, state);
    state = answer.next?.state ?? state;
  }
  const { body } = mock.answer({ method: 'GET', target: '/commands', headers: {}, body: null }, undefined, state);
  const rows = JSON.parse(String(body)) as { name: string }[];
  expect(rows.map((row) => row?.name).filter((name) => names.includes(name))).toHaveLength(25);
  expect(rows).toHaveLength(50);
});

it('leaves nothing of what was not put again in a member that has to be there and may be null', () => {
  const string = { type: 'string' };
  const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
  const sent = {
    type: 'object',
    required: ['url'],
    properties: { url: string, kind: { enum: ['a', 'b'], ...string } },
  };
  const shown = {
    type: 'object',
    required: ['url', 'kind'],
    properties: { url: string, kind: { ...string, nullable: true } },
  };
  const document = documentFromObject({
    openapi: '3.0.3',
    info: { title: 'Copies', version: '1' },
    paths: {
      '/things/{id}/copy': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: string }],
        get: { responses: { 200: json(shown) } },
        put: { requestBody: json(sent), responses: { 201: json(shown) } },
      },
    },
  });
  const mock = createMock({ operations: createOperations(document) });
  let state = State.empty;
  const put = (value: JsonObject) => {
    const body = new TextEncoder().encode(JSON.stringify(value));
    const headers = { 'content-type': 'application/json' };
    const answer = mock.answer({ method: 'PUT', target: '/things/1/copy', headers, body }, undefined, state);
    state = answer.next?.state ?? state;
    return JSON.parse(String(answer.body));
  };
  expect(put({ url: 'x', kind: 'a' })).toEqual({ url: 'x', kind: 'a' });
  expect(put({ url: 'y' })).toEqual({ url: 'y', kind: null });
});

it('takes a member away by a merge patch, and shows null where it has to be there', () => {
  const text = { type: 'string', nullable: true };
  const note = {
    type: 'object',
    required: ['id', 'secret'],
    properties: { id: { type: 'string' }, secret: text, code: text },
  };
  const content = (type: string, schema: JsonObject) => ({ description: 'x', content: { [type]: { schema } } });
  const { ask, read } = asking({
    openapi: '3.0.3',
    info: { title: 'Notes', version: '1' },
    paths: {
      '/notes/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: { responses: { 200: content('application/json', note) } },
        patch: {
          requestBody: content('application/merge-patch+json', {
            type: 'object',
            properties: { secret: text, code: text },
          }),
          responses: { 200: content('application/json', note) },
        },
      },
    },
  });
  const patch = (sent: JsonObject) =>
    ask('PATCH', '/notes/a', sent, { 'content-type': 'application/merge-patch+json' });
  patch({ secret: 'one', code: 'two' });
  patch({ secret: null, code: null });
  expect(read('GET', '/notes/a')).toEqual({ id: 'a', secret: null });
});

it.each(['application/json', 'application/merge-patch+json'])(
  'sets to null what may be, also below a member: %s',
  (type) => {
    const text = { type: 'string' };
    const color = { type: ['string', 'null'] };
    const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
    const attributes = { type: 'object', required: ['name', 'color'], properties: { name: text, color } };
    const thing = { type: 'object', required: ['id', 'attributes'], properties: { id: text, attributes } };
    const change = { type: 'object', properties: { attributes: { ...attributes, required: [] } } };
    const parameters = [{ name: 'id', in: 'path', required: true, schema: text }];
    const { ask, read } = asking({
      openapi: '3.1.0',
      info: { title: 'Things', version: '1' },
      paths: {
        '/things': { post: { requestBody: json(change), responses: { 201: json(thing) } } },
        '/things/{id}': {
          parameters,
          get: { responses: { 200: json(thing) } },
          patch: { requestBody: { content: { [type]: { schema: change } } }, responses: { 200: json(thing) } },
        },
      },
    } as unknown as JsonObject);
    const { id } = read('POST', '/things', { attributes: { name: 'a', color: 'red' } });
    ask('PATCH', `/things/${id}`, { attributes: { color: null } }, { 'content-type': type });
    expect(read('GET', `/things/${id}`).attributes).toEqual({ name: 'a', color: null });
  },
);
