import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { createMock } from './index.js';
import { asking } from './library/asking.js';

const subscription = {
  type: 'object',
  required: ['callback'],
  properties: { callback: { type: 'string' }, events: { type: 'array', items: { type: 'string' } } },
};
const content = { 'application/json': { schema: subscription } };
const shown = { description: 'd', content };
const parameters = [{ name: 'subscriptionId', in: 'path', required: true, schema: { type: 'string' } }];
const located = { Location: { required: true, schema: { type: 'string' } } };

/** Nothing of a subscription says how it is called: only the Location of its creation does. */
const document = {
  openapi: '3.0.3',
  info: { title: 'T', version: '1' },
  paths: {
    '/subscriptions': {
      get: {
        responses: {
          200: { ...shown, content: { 'application/json': { schema: { type: 'array', items: subscription } } } },
        },
      },
      post: { requestBody: { content }, responses: { 201: { ...shown, headers: located } } },
    },
    '/subscriptions/{subscriptionId}': {
      parameters,
      get: { responses: { 200: shown } },
      put: { requestBody: { content }, responses: { 200: shown } },
      delete: { responses: { 204: { description: 'd' } } },
    },
    '/subscriptions/{subscriptionId}/notes': {
      parameters,
      post: {
        requestBody: {
          content: { 'application/json': { schema: { type: 'object', properties: { text: { type: 'string' } } } } },
        },
        responses: { 202: { description: 'd' } },
      },
      get: {
        responses: {
          200: {
            description: 'd',
            content: {
              'application/json': {
                schema: {
                  type: 'array',
                  items: { type: 'object', properties: { id: { type: 'integer' }, text: { type: 'string' } } },
                },
              },
            },
          },
        },
      },
    },
  },
};

it('remembers things that are called by their paths alone, where Location says they are', () => {
  const mock = createMock({ operations: createOperations(documentFromObject(document as unknown as JsonObject)) });
  let state: Parameters<typeof mock.answer>[2];
  const send = (method: string, target: string, value?: JsonObject) => {
    const body = value === undefined ? null : new TextEncoder().encode(JSON.stringify(value));
    const answer = mock.answer({ method, target, headers: { 'content-type': 'application/json' }, body }, {}, state);
    state = answer.next?.state ?? state;
    const shownBody = answer.body === null || answer.body === '' ? null : JSON.parse(String(answer.body));
    return { status: answer.status, location: String(answer.headers.Location), body: shownBody };
  };
  const first = send('POST', '/subscriptions', { callback: 'a', events: ['x'] });
  const second = send('POST', '/subscriptions', { callback: 'b', events: [] });
  expect(first.location).not.toBe(second.location);
  expect(send('GET', first.location).body).toEqual({ callback: 'a', events: ['x'] });
  expect(send('PUT', first.location, { callback: 'c', events: ['y'] }).status).toBe(200);
  expect(send('GET', first.location).body).toEqual({ callback: 'c', events: ['y'] });
  expect(send('GET', second.location).body).toEqual({ callback: 'b', events: [] });
  expect(send('GET', '/subscriptions').body.slice(0, 2)).toEqual([
    { callback: 'b', events: [] },
    { callback: 'c', events: ['y'] },
  ]);
  // A path that nobody was told leads to something all the same, as everywhere.
  expect(send('GET', '/subscriptions/elsewhere').status).toBe(200);
  expect(send('DELETE', second.location).status).toBe(204);
  expect(send('GET', second.location).status).toBe(404);
  expect(send('GET', `${second.location}/notes`).status).toBe(404);
});

it('takes away several things that are called by their paths alone, and all of them where none is named', () => {
  const gone = { 204: { description: 'gone' } };
  const slugs = { type: 'object', properties: { slugs: { type: 'array', items: { type: 'string' } } } };
  const paths = {
    '/subscriptions': { get: document.paths['/subscriptions'].get, delete: { responses: gone } },
    '/subscriptions/remove': {
      post: { requestBody: { content: { 'application/json': { schema: slugs } } }, responses: gone },
    },
    '/subscriptions/{slug}': {
      parameters: [{ name: 'slug', in: 'path', required: true, schema: { type: 'string' } }],
      get: { responses: { 200: shown } },
      put: { responses: { 201: shown } },
    },
  };
  const mock = createMock({ operations: createOperations(documentFromObject({ ...document, paths } as never)) });
  let state: Parameters<typeof mock.answer>[2];
  const send = (method: string, target: string, value?: JsonObject) => {
    const body = value === undefined ? null : new TextEncoder().encode(JSON.stringify(value));
    const answer = mock.answer({ method, target, headers: { 'content-type': 'application/json' }, body }, {}, state);
    state = answer.next?.state ?? state;
    return answer;
  };
  for (const name of ['mine', 'other']) expect(send('PUT', `/subscriptions/${name}`).status).toBe(201);
  expect(send('POST', '/subscriptions/remove', { slugs: ['mine'] }).status).toBe(204);
  expect(send('GET', '/subscriptions/mine').status).toBe(404);
  expect(send('GET', '/subscriptions/other').status).toBe(200);
  expect(send('DELETE', '/subscriptions').status).toBe(204);
  expect(send('GET', '/subscriptions/other').status).toBe(404);
  expect(send('GET', '/subscriptions').body).toBe('[]');
});

it('says of what is put that it is where it was put to', () => {
  const put = { requestBody: { content }, responses: { 201: { ...shown, headers: located } } };
  const paths = { '/things/{name}/context': { get: { responses: { 200: shown } }, put } };
  const mock = createMock({ operations: createOperations(documentFromObject({ ...document, paths } as never)) });
  const body = new TextEncoder().encode('{"callback":"a"}');
  const target = '/things/a%26b/context';
  const answer = mock.answer({ method: 'PUT', target, headers: { 'content-type': 'application/json' }, body });
  expect(answer.headers.Location).toBe(target);
});

it('leaves a name alone where the path tells rows apart by a number', () => {
  const pet = {
    type: 'object',
    required: ['name'],
    properties: { name: { type: 'string' }, born: { type: 'string' } },
  };
  const body = { content: { 'application/json': { schema: pet } } };
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Pets', version: '1' },
    paths: {
      '/pets': {
        get: {
          responses: {
            200: {
              description: 'd',
              content: { 'application/json': { schema: { type: 'array', items: pet, minItems: 1 } } },
            },
          },
        },
        post: { requestBody: body, responses: { 201: { description: 'd', ...body } } },
      },
      '/pets/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { responses: { 200: { description: 'd', ...body } } },
      },
    },
  } as unknown as JsonObject);
  for (const { name } of read('GET', '/pets')) expect(name).not.toMatch(/^\d+$/);
  expect(read('POST', '/pets', { name: 'Rex' })).toEqual({ name: 'Rex' });
});
