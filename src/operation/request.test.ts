import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import type { JsonObject } from '../text/value.js';
import type { HttpRequest } from './http.js';
import { createOperations } from './operations.js';
import { checkRequest } from './request.js';
import type { Operation } from './types.js';

function operationWith(operation: JsonObject, path = '/'): Operation {
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: 'Requests', version: '1' },
    paths: { [path]: { post: { responses: {}, ...operation } } },
  });
  const operations = createOperations(document);
  return operations.compile(operations.entries[0] as never);
}

function send(operation: Operation, request: Partial<HttpRequest>, path: Record<string, string> = {}) {
  return checkRequest(operation, { method: 'POST', target: '/', headers: {}, body: null, ...request }, path);
}

const summary = ({ violations }: ReturnType<typeof checkRequest>) =>
  violations.map(({ in: place, pointer, keyword }) => `${place} ${pointer} ${keyword}`);

describe('checkRequest', () => {
  const everything = operationWith(
    {
      parameters: [
        { name: 'session', in: 'cookie', required: true, schema: { type: 'integer' } },
        { name: 'X-Trace', in: 'header', required: true, schema: { type: 'integer' } },
        { name: 'b', in: 'query', required: true, schema: { type: 'integer' } },
        { name: 'a', in: 'query', required: true, schema: { type: 'integer' } },
        { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
      ],
      requestBody: { required: true, content: { 'application/json': { schema: { type: 'object' } } } },
    },
    '/{id}',
  );

  it('reports in the order path, query, header, cookie, body, and within each in that of the document', () => {
    expect(summary(send(everything, {}, { id: 'x' }))).toEqual([
      'path /id type',
      'query /b missing',
      'query /a missing',
      'header /X-Trace missing',
      'cookie /session missing',
      'body  missing',
    ]);
  });

  it('gives the values of what is declared coerced, and of what is not as it was sent', () => {
    const { values, violations } = send(
      everything,
      {
        target: '/5?a=1&b=2&c=3&d=x+y&d=%41&toString=1&e=%zz',
        headers: {
          'x-trace': '7',
          accept: ['a/b', 'c/d'],
          cookie: 'session=9; theme="dark"; x',
          'content-type': 'application/json',
        },
        body: new TextEncoder().encode('{"n":1}'),
      },
      { id: '5' },
    );
    expect(violations).toEqual([]);
    expect(values).toEqual({
      path: { id: 5 },
      query: { a: 1, b: 2, c: '3', d: ['x y', 'A'], toString: '1', e: '%zz' },
      querystring: {},
      header: {
        'x-trace': 7,
        accept: 'a/b, c/d',
        cookie: 'session=9; theme="dark"; x',
        'content-type': 'application/json',
      },
      cookie: { session: 9, theme: 'dark' },
      body: { n: 1 },
    });
    expect(values.query.constructor).toBeUndefined();
  });

  it('leaves out what cannot be decoded', () => {
    const { values } = send(everything, { target: '/5?a=%ff&b=1' }, { id: '%ff' });
    expect(values.query).toEqual({ b: 1 });
    expect(values.path).toEqual({});
    expect('body' in values).toBe(false);
  });

  it('says what is wrong in words', () => {
    const request = { target: '/5?a=%ff&b=x', headers: { cookie: 'session=1', 'x-trace': '1' } };
    expect(send(everything, request, { id: '5' }).violations).toMatchInlineSnapshot(`
      [
        {
          "expected": "integer",
          "in": "query",
          "keyword": "type",
          "message": "must be an integer, not a string",
          "params": {
            "type": "integer",
          },
          "pointer": "/b",
          "received": "x",
          "schemaPointer": "/paths/~1{id}/post/parameters/2/schema/type",
        },
        {
          "expected": "percent-encoded UTF-8",
          "in": "query",
          "keyword": "encoding",
          "message": "query parameter "a" is not percent-encoded UTF-8",
          "params": {},
          "pointer": "/a",
          "received": "%ff",
          "schemaPointer": "/paths/~1{id}/post/parameters/3",
        },
        {
          "expected": "a body of type application/json",
          "in": "body",
          "keyword": "missing",
          "message": "a body is required",
          "params": {},
          "pointer": "",
          "schemaPointer": "/paths/~1{id}/post/requestBody/required",
        },
      ]
    `);
  });

  it('reads header fields whatever their case in the document, and joins repeated ones', () => {
    const operation = operationWith({
      parameters: [{ name: 'X-LIST', in: 'header', schema: { type: 'array', items: { type: 'integer' } } }],
    });
    expect(send(operation, { headers: { 'x-list': '1, 2 ,3' } }).values.header).toEqual({ 'x-list': [1, 2, 3] });
    expect(send(operation, { headers: { 'x-list': ['1', '2'] } }).values.header).toEqual({ 'x-list': [1, 2] });
    expect(summary(send(operation, { headers: { 'x-list': '1,x' } }))).toEqual(['header /X-LIST/1 type']);
  });

  it('misses no field that is written by whoever carries the request, and reads it where it is seen', () => {
    const parameters = ['Host', 'Content-Length'].map((name) => ({
      name,
      in: 'header',
      required: true,
      schema: { type: name === 'Host' ? 'string' : 'number' },
    }));
    const operation = operationWith({ parameters });
    expect(summary(send(operation, {}))).toEqual([]);
    expect(send(operation, { headers: { 'content-length': '3' } }).values.header).toMatchObject({
      'content-length': 3,
    });
    expect(summary(send(operation, { headers: { 'content-length': 'long' } }))).toEqual([
      'header /Content-Length type',
    ]);
  });

  it('does not undo percent-encoding in header fields', () => {
    const operation = operationWith({ parameters: [{ name: 'x', in: 'header', schema: { type: 'string' } }] });
    expect(send(operation, { headers: { x: '100% %41' } })).toMatchObject({
      values: { header: { x: '100% %41' } },
      violations: [],
    });
  });

  it('keeps a plus sign in a path', () => {
    const operation = operationWith(
      { parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] },
      '/{id}',
    );
    expect(send(operation, {}, { id: 'a+b%20c%2Fd' }).values.path).toEqual({ id: 'a+b c/d' });
  });

  it('takes cookies as RFC 6265 has them', () => {
    const operation = operationWith({
      parameters: [
        { name: 'list', in: 'cookie', schema: { type: 'array', items: { type: 'integer' } } },
        { name: 'text', in: 'cookie', schema: { type: 'string' } },
      ],
    });
    const cookie = 'text="a b=c"; list=1;list=2 ; other=100%; =x; novalue';
    expect(send(operation, { headers: { cookie } }).values.cookie).toEqual({
      text: 'a b=c',
      list: [1, 2],
      other: '100%',
      '': 'x',
    });
    expect(send(operation, { headers: { cookie: ['list=1', 'list=2'] } }).values.cookie).toEqual({ list: [1, 2] });
  });

  it('says nothing against a deprecated parameter, or an unknown one', () => {
    const operation = operationWith({ parameters: [{ name: 'old', in: 'query', deprecated: true, schema: {} }] });
    expect(send(operation, { target: '/?old=1&unknown=2&%ff=3&&=&' }).violations).toEqual([]);
  });
});
