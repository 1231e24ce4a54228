import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { createMock } from './index.js';

const error = {
  content: {
    'application/json': {
      schema: { type: 'object', required: ['message'], properties: { message: { type: 'string' } } },
    },
  },
};
const limit = { name: 'limit', in: 'query', schema: { type: 'integer' } };
const body = { required: true, content: { 'application/json': { schema: { type: 'object' } }, 'application/xml': {} } };

function operation(more: JsonObject, ...keys: string[]): JsonObject {
  const declared = Object.fromEntries(keys.map((key) => [key, { description: key, ...error }]));
  return { parameters: [limit], ...more, responses: { 200: { description: 'fine' }, ...declared } } as JsonObject;
}

const document = documentFromObject({
  openapi: '3.1.0',
  info: { title: 'Réfusals "quoted"', version: '1' },
  paths: {
    '/none': { get: operation({}) },
    '/400': { get: operation({}, '400') },
    '/422-and-400': { get: operation({}, '400', '422') },
    '/4xx': { get: operation({}, '4XX') },
    '/default': { get: operation({}, 'default') },
    '/only-404': { get: operation({}, '404') },
    '/413': { post: operation({ requestBody: body }, '413') },
    '/body': {
      post: operation({ requestBody: body }),
      patch: operation({ requestBody: body }, '415'),
      put: operation({ requestBody: body }, 'default'),
    },
    '/basic': { get: operation({ security: [{ basic: [] }, { bearer: [], key: [] }, { cookie: [] }] }, '401') },
    '/optional': { get: operation({ security: [{}, { basic: [] }] }) },
    '/named': { get: operation({ operationId: 'Größe "x"' }) },
  },
  components: {
    securitySchemes: {
      basic: { type: 'http', scheme: 'basic' },
      bearer: { type: 'oauth2', flows: {} },
      key: { type: 'apiKey', in: 'query', name: 'key' },
      cookie: { type: 'apiKey', in: 'cookie', name: 'sid' },
    },
  },
});
const mock = createMock({ operations: createOperations(document) });

const json = (text: string | Uint8Array) => JSON.parse(String(text)) as JsonObject;

function send(method: string, target: string, headers: Record<string, string> = {}, text?: string) {
  return mock.answer({ method, target, headers, body: text === undefined ? null : new TextEncoder().encode(text) });
}

describe('an invalid request', () => {
  it.each([
    ['/none', 422, 'application/problem+json'],
    ['/400', 400, 'application/json'],
    ['/422-and-400', 422, 'application/json'],
    ['/4xx', 422, 'application/json'],
    ['/default', 422, 'application/json'],
    ['/only-404', 422, 'application/problem+json'],
  ])('gets the status that %s declares for it: %i', (path, status, type) => {
    const answer = send('GET', `${path}?limit=x`);
    expect(answer.status).toBe(status);
    expect(answer.headers['Content-Type']).toBe(type);
    expect(JSON.stringify(json(answer.body))).toContain('limit: must be an integer, not a string');
    expect(answer.violations).toMatchObject([{ in: 'query', pointer: '/limit', keyword: 'type' }]);
  });

  it('is told in problem details what is wrong one by one where the document has no shape for it', () => {
    expect(json(send('GET', '/none?limit=x').body)).toEqual({
      type: 'about:blank',
      title: 'Unprocessable Content',
      status: 422,
      detail: 'query parameter limit: must be an integer, not a string',
      instance: '/none',
      violations: [
        {
          in: 'query',
          field: 'limit',
          pointer: '/limit',
          keyword: 'type',
          message: 'must be an integer, not a string',
        },
      ],
    });
  });
});

describe('a body of another media type', () => {
  it.each([
    ['POST', 'application/problem+json', { 'Accept-Post': 'application/json, application/xml' }],
    ['PATCH', 'application/json', { 'Accept-Patch': 'application/json, application/xml' }],
    ['PUT', 'application/json', {}],
  ])('gets 415 that says what is taken: %s', (method, type, more) => {
    const answer = send(method, '/body', { 'content-type': 'text/html' }, '<p>');
    expect(answer).toMatchObject({
      status: 415,
      headers: { 'Content-Type': type, Accept: 'application/json, application/xml', ...more },
    });
  });

  it('that is declared is taken', () => {
    expect(send('POST', '/body', { 'content-type': 'application/json; charset=utf-8' }, '{}').status).toBe(200);
    expect(send('POST', '/body', { 'content-type': 'application/xml' }, '<a/>').status).toBe(200);
  });
});

describe('a missing credential', () => {
  it('gets a challenge for each scheme, in the declared shape', () => {
    const answer = send('GET', '/basic?limit=x');
    expect(answer.status).toBe(401);
    expect(answer.headers['WWW-Authenticate']).toMatchInlineSnapshot(
      `"Basic realm="Rfusals quoted", Bearer realm="Rfusals quoted", ApiKey realm="Rfusals quoted", in="query", name="key", ApiKey realm="Rfusals quoted", in="cookie", name="sid""`,
    );
    expect(json(answer.body)).toEqual({ message: expect.stringContaining('Basic') });
    expect(send('GET', '/basic', { authorization: `Basic ${btoa('a:b')}` }).status).toBe(200);
    expect(send('GET', '/basic?key=k', { authorization: 'Bearer t' }).status).toBe(200);
    expect(send('GET', '/basic', { cookie: 'sid=1' }).status).toBe(200);
    expect(send('GET', '/basic', { authorization: 'Bearer t' }).status).toBe(401);
  });

  it('says 413, in the declared shape, to a body with more structure than is read, whatever else is asked for', () => {
    const strict = createMock({ operations: createOperations(document), bodyLimits: { depth: 3 } });
    const post = (text: string, prefer?: string) => {
      const headers = { 'content-type': 'application/json', ...(prefer !== undefined && { prefer }) };
      return strict.answer({ method: 'POST', target: '/413', headers, body: new TextEncoder().encode(text) });
    };
    expect(post('{"a":{"b":{}}}').status).toBe(200);
    const answer = post('{"a":{"b":{"c":{}}}}');
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body as string)).toEqual({
      message: 'body is not read: expected at most 3 levels inside of each other, found more',
    });
    expect(post('{"a":{"b":{"c":{}}}}', 'validate=off').status).toBe(413);
  });

  it('is no mistake where the credential is optional', () => {
    expect(send('GET', '/optional').status).toBe(200);
  });
});

describe('a body that is too large for the host', () => {
  it('is refused in the shape that the document declares', () => {
    const answer = mock.refuse({ method: 'POST', target: '/413', headers: {}, body: null }, 413, 'More than 1 MiB');
    expect(answer.status).toBe(413);
    expect(json(answer.body)).toEqual({ message: 'More than 1 MiB' });
    expect(answer.operationId).toBe('POST /413');
  });
});

describe('an operation whose id is not ASCII', () => {
  it('is named as a Display String of RFC 9651', () => {
    expect(send('GET', '/named').headers.Counterproof).toBe(
      'operation=%"Gr%c3%b6%c3%9fe %22x%22", source=none, seed=1',
    );
  });
});
