import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { checkResponse, createOperations } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import { createMock } from '../index.js';

const examples = { first: { value: { n: 1 } }, second: { value: { n: 2 } }, broken: { value: { n: 'x' } } };
const number = { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } };

const responses: Record<string, JsonObject> = {
  png: { content: { 'image/png': {} } },
  anyImage: { content: { 'image/*': { schema: { type: 'string', format: 'binary' } } } },
  jpeg: { content: { 'image/jpeg': {} } },
  gif: { content: { 'image/gif': {} } },
  pdf: { content: { 'application/pdf': {} } },
  zip: { content: { 'application/zip': { schema: { type: 'string', format: 'binary' } } } },
  svg: { content: { 'image/svg+xml': {} } },
  bytes: { content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } },
  plain: { content: { 'text/plain': { schema: { type: 'string', minLength: 5 } } } },
  events: { content: { 'text/event-stream': { schema: { type: 'string' } } } },
  noSchema: { content: { 'application/json': {} } },
  anything: { content: { '*/*': { schema: number } } },
  two: { content: { 'text/plain': { schema: { type: 'string' } }, 'application/json': { schema: number } } },
  named: { content: { 'application/json': { schema: number, examples } } },
  wrongExample: { content: { 'application/json': { schema: number, example: { n: 'x' } } } },
  headers: {
    headers: {
      Location: { schema: { type: 'string', format: 'uri-reference' } },
      Link: { schema: { type: 'string' } },
      'X-Rate-Limit': { required: true, schema: { type: 'integer', minimum: 1 } },
      'X-Request-Id': { required: true, schema: { type: 'string', format: 'uuid' } },
      'X-List': { schema: { type: 'array', items: { enum: ['a', 'b'] }, minItems: 2 } },
      'X-Example': { schema: { type: 'string' }, example: 'as shown' },
      'X-Text': { required: true, schema: { type: 'string', const: 'naïve' } },
      'Content-Length': { schema: { type: 'integer' } },
      'Content-Type': { schema: { type: 'string' } },
      'Set-Cookie': { schema: { type: 'array', items: { type: 'string', pattern: '=' }, minItems: 1 } },
      'X-Json': {
        content: {
          'application/json': { schema: { type: 'object', required: ['a'], properties: { a: { const: 'é' } } } },
        },
      },
      'Access-Control-Allow-Origin': { schema: { type: 'string' } },
      'X-RateLimit-Limit': { schema: { type: 'integer' } },
    },
    content: { 'application/json': { schema: number } },
  },
};

const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'Content', version: '1' },
    paths: {
      ...Object.fromEntries(
        Object.entries(responses).map(([name, response]) => [
          `/${name}`,
          { get: { operationId: name, responses: { 200: { description: name, ...response } } } },
        ]),
      ),
      '/created': { post: { responses: { 201: { description: 'made' }, 200: { description: 'was there' } } } },
      '/moved': { get: { responses: { 302: { description: '', headers: { Location: { schema: {} } } } } } },
      '/range': {
        get: { responses: { '2XX': { description: '', content: { 'application/json': { schema: number } } } } },
      },
      '/default': {
        get: { responses: { default: { description: '', content: { 'application/json': { schema: number } } } } },
      },
      '/only-errors': { get: { responses: { 404: { description: '' } } } },
      '/socket': { get: { responses: { 101: { description: 'up' }, 204: { description: '' } } } },
    },
  }),
);
const mock = createMock({ operations });

function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return mock.answer({ method, target: path, headers, body: null });
}

describe('a response', () => {
  // A success that is not declared is what a valid request gets where errors alone are.
  it.each(operations.entries.filter(({ path }) => path !== '/only-errors'))('is valid for $method $path', (entry) => {
    const operation = operations.compile(entry);
    const answer = get(entry.path, {}, entry.method);
    const headers = Object.fromEntries(
      Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const bytes = typeof answer.body === 'string' ? new TextEncoder().encode(answer.body) : answer.body;
    const body = bytes.length === 0 ? null : bytes;
    const violations = checkResponse(operation, { status: answer.status, headers, body });
    // No ASCII can stand for what this header must be.
    expect(violations.filter(({ pointer }) => pointer !== '/X-Text')).toEqual([]);
  });

  it.each([
    ['/created', 'POST', 200],
    ['/moved', 'GET', 302],
    ['/range', 'GET', 200],
    ['/default', 'GET', 200],
    ['/only-errors', 'GET', 200],
    ['/socket', 'GET', 204],
  ])('of %s %s has the lowest status of success: %i', (path, method, status) => {
    expect(get(path, {}, method).status).toBe(status);
  });

  it.each([
    ['/png', 'image/png', [0x89, 0x50, 0x4e, 0x47]],
    ['/anyImage', 'image/png', [0x89, 0x50, 0x4e, 0x47]],
    ['/jpeg', 'image/jpeg', [0xff, 0xd8, 0xff]],
    ['/gif', 'image/gif', [0x47, 0x49, 0x46, 0x38]],
    ['/pdf', 'application/pdf', [0x25, 0x50, 0x44, 0x46]],
    ['/zip', 'application/zip', [0x50, 0x4b]],
    ['/svg', 'image/svg+xml', [0x3c, 0x73, 0x76, 0x67]],
  ])('of %s is a real file of type %s', (path, type, magic) => {
    const { headers, body } = get(path);
    expect(headers['Content-Type']).toBe(type);
    expect([...(body as Uint8Array).slice(0, magic.length)]).toEqual(magic);
  });

  it('is in the media type that is accepted, JSON before others', () => {
    expect(get('/two').headers['Content-Type']).toBe('application/json');
    expect(get('/two', { accept: 'text/*' }).headers['Content-Type']).toBe('text/plain; charset=utf-8');
    expect(get('/anything').headers['Content-Type']).toBe('application/json');
  });

  it('is the first valid example, another by its name, or made up', () => {
    expect(get('/named')).toMatchObject({ body: '{"n":1}', source: 'example', name: 'first' });
    expect(get('/named', { prefer: 'example=second' })).toMatchObject({ body: '{"n":2}', name: 'second' });
    expect(get('/named', { prefer: 'example=broken' })).toMatchObject({ body: '{"n":"x"}', name: 'broken' });
    expect(get('/named', { prefer: 'dynamic' })).toMatchObject({ source: 'fake', name: null });
    expect(get('/wrongExample')).toMatchObject({
      source: 'example',
      headers: { Counterproof: expect.stringContaining('valid=no') },
    });
  });

  it('has every header that it declares, in visible ASCII, but none that is the host’s', () => {
    const { headers } = get('/headers');
    expect(headers).toMatchObject({
      'Content-Type': 'application/json',
      Location: '/headers/1',
      Link: '</headers?page=2>; rel="next"',
      'X-Rate-Limit': expect.stringMatching(/^[1-9]\d*$/),
      'X-Request-Id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'X-List': expect.stringMatching(/^[ab](,[ab])+$/),
      'X-Example': 'as shown',
      'Set-Cookie': 'session=0123456789abcdef; Path=/; HttpOnly',
      'X-Json': '{"a":"\\u00e9"}',
      'Access-Control-Allow-Origin': '*',
      'X-RateLimit-Limit': '60',
    });
    expect(headers).not.toHaveProperty('Content-Length');
    expect(headers).not.toHaveProperty('X-Text');
  });
});
