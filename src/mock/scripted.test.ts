import { describe, expect, it } from 'vitest';
import { documentFromText } from '../document/index.js';
import { fixturesFromText } from '../fixture/index.js';
import { createOperations } from '../operation/index.js';
import { createMock } from './index.js';

const document = documentFromText(
  `openapi: 3.1.0
info: { title: Orders, version: '1' }
paths:
  /orders/{id}:
    post:
      operationId: order
      parameters:
        - { name: id, in: path, required: true, schema: { type: integer } }
        - { name: tag, in: query, schema: { type: array, items: { type: string } } }
        - { name: X-Tenant, in: header, schema: { type: string } }
        - { name: mode, in: cookie, schema: { type: string } }
      requestBody:
        content: { application/json: { schema: { type: object, properties: { size: { type: integer } } } } }
      responses:
        200:
          description: fine
          headers: { X-Cost: { schema: { type: integer, minimum: 1, maximum: 1 } } }
          content:
            application/json: { schema: { type: object, properties: { state: { type: string } } }, example: { state: shown } }
            text/plain: { schema: { type: string } }
        404: { description: none, content: { application/json: { schema: { type: object, properties: { message: { type: string } } } } } }
        409: { description: conflict }
`,
  { name: 'orders.yaml' },
);
const operations = createOperations(document);
const fixtures = fixturesFromText(
  `operations:
  order:
    refinements:
      - { name: large, request: { properties: { path: { properties: { id: { minimum: 100 } } } } }, schema: { required: [state], properties: { state: { const: large } } } }
      - { name: odd, request: { properties: { query: { properties: { odd: { const: 'yes' } }, required: [odd] } } }, schema: { required: [odd], properties: { odd: { const: true } } } }
    cases:
      by-path: { request: { properties: { path: { properties: { id: { const: 1 } } } } }, status: 404, body: { message: by path } }
      by-list: { request: { properties: { query: { properties: { tag: { contains: { const: b } } }, required: [tag] } } }, status: 404, body: { message: by list } }
      by-undeclared: { request: { properties: { query: { properties: { page: { const: '2' } }, required: [page] } } }, status: 404, body: { message: by undeclared } }
      by-header: { request: { properties: { header: { properties: { x-tenant: { const: acme } }, required: [x-tenant] } } }, status: 404, body: { message: by header } }
      by-cookie: { request: { properties: { cookie: { properties: { mode: { const: dark } }, required: [mode] } } }, status: 404, body: { message: by cookie } }
      by-body: { request: { properties: { body: { properties: { size: { minimum: 10 } }, required: [size] } }, required: [body] }, status: 404, body: { message: by body } }
      made: { status: 404 }
      slow: { delay: 1500 }
      text: { mediaType: text/plain, body: as text, headers: { X-Cost: 1, X-More: yes, Set-Cookie: [a=1, b=2] } }
      empty: { status: 409 }
`,
  'orders.fixtures.yaml',
  operations,
);
const mock = createMock({ operations, fixtures });

function post(target: string, headers: Record<string, string> = {}, body?: unknown) {
  const bytes = body === undefined ? null : new TextEncoder().encode(JSON.stringify(body));
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  return mock.answer({ method: 'POST', target, headers: { ...type, ...headers }, body: bytes });
}

describe('a scripted case', () => {
  it.each([
    ['by path', '/orders/1', {}, undefined],
    ['by list', '/orders/2?tag=a&tag=b', {}, undefined],
    ['by undeclared', '/orders/2?page=1&page=2', {}, undefined],
    ['by header', '/orders/2', { 'x-tenant': 'acme' }, undefined],
    ['by cookie', '/orders/2', { cookie: 'a=b; mode=dark' }, undefined],
    ['by body', '/orders/2', {}, { size: 11 }],
  ])('answers the requests that it names: %s', (message, target, headers, body) => {
    expect(post(target, headers as Record<string, string>, body)).toMatchObject({
      status: 404,
      source: 'case',
      body: JSON.stringify({ message }),
    });
  });

  it('leaves the others alone, also after it has answered', () => {
    expect(post('/orders/2', { 'x-tenant': 'acme' }).status).toBe(404);
    expect(post('/orders/2', { 'x-tenant': 'other' }).status).toBe(200);
    expect(post('/orders/2', { cookie: 'mode=light' }).status).toBe(200);
    expect(post('/orders/2', {}, { size: 9 }).status).toBe(200);
    expect(post('/orders/2?page=2&page=1').status).toBe(200);
  });

  it('is made from the document where it has no body', () => {
    expect(post('/orders/2', { prefer: 'example=made' })).toMatchObject({
      status: 404,
      source: 'case',
      name: 'made',
      body: '{"message":"There is no such resource"}',
    });
    expect(post('/orders/2', { prefer: 'example=empty' })).toMatchObject({ status: 409, body: '', source: 'case' });
  });

  it('may be slow, and of any declared media type, with headers of its own', () => {
    expect(post('/orders/2', { prefer: 'example=slow' })).toMatchObject({ delay: 1500, body: '{"state":"shown"}' });
    expect(post('/orders/2', { prefer: 'example=text' })).toMatchObject({
      body: 'as text',
      headers: {
        'Content-Type': 'text/plain; charset=utf-8',
        'X-Cost': '1',
        'X-More': 'yes',
        'Set-Cookie': ['a=1', 'b=2'],
      },
    });
  });
});

describe('a refinement', () => {
  it('holds for the requests that it names, before any example', () => {
    expect(JSON.parse(String(post('/orders/100').body))).toMatchObject({ state: 'large' });
    expect(post('/orders/99').body).toBe('{"state":"shown"}');
    expect(JSON.parse(String(post('/orders/5?odd=yes').body))).toMatchObject({ odd: true });
  });

  it('holds together with others', () => {
    expect(JSON.parse(String(post('/orders/100?odd=yes').body))).toMatchObject({ odd: true, state: 'large' });
  });

  it('is of the JSON only', () => {
    expect(post('/orders/100', { accept: 'text/plain' })).toMatchObject({ status: 200, source: 'fake' });
  });
});
