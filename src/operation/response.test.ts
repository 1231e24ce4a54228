import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import type { Json, JsonObject } from '../text/value.js';
import type { HttpResponse } from './http.js';
import { createOperations } from './operations.js';
import { checkResponse, responseFor } from './response.js';
import type { Operation } from './types.js';

function operationWith(responses: JsonObject, method = 'get'): Operation {
  const root = { openapi: '3.1.0', info: { title: '', version: '' }, paths: { '/a': { [method]: { responses } } } };
  const operations = createOperations(documentFromObject(root as JsonObject));
  return operations.compile(operations.entries[0] as Operation);
}

const json = 'application/json';
const list = { description: '', content: { [json]: { schema: { type: 'array', items: { type: 'string' } } } } };

function answer(
  body: Json | string | Uint8Array | undefined,
  headers: HttpResponse['headers'] = { 'content-type': json },
  status = 200,
): HttpResponse {
  const bytes =
    body instanceof Uint8Array
      ? body
      : new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
  return { status, headers, body: body === undefined ? null : bytes };
}

function check(responses: JsonObject, response: HttpResponse, options?: { method?: string }): string[] {
  return checkResponse(operationWith(responses), response, options).map(
    ({ in: place, pointer, keyword, message, schemaPointer }) =>
      `${place} ${pointer || '(root)'} ${keyword} [${schemaPointer.replace('/paths/~1a/get/responses', '')}] ${message}`,
  );
}

describe('responseFor', () => {
  const operation = operationWith({ 404: list, '4XX': list, default: list, 200: list });

  it('takes the number, then the range, then the default', () => {
    expect([200, 404, 422, 500].map((status) => responseFor(operation, status)?.key)).toEqual([
      '200',
      '404',
      '4XX',
      'default',
    ]);
    expect(responseFor(operationWith({ 200: list }), 201)).toBeUndefined();
  });
});

describe('checkResponse', () => {
  it('finds nothing wrong with what is right', () => {
    expect(check({ 200: list }, answer(['a']))).toEqual([]);
    expect(
      check({ 200: list }, answer(' [ "a" ]\n', { 'Content-Type': 'application/json; charset=utf-8', 'X-Other': '1' })),
    ).toEqual([]);
    expect(check({ '2XX': { description: '' } }, answer('anything', {}))).toEqual([]);
    expect(check({ 204: { description: '' } }, answer(undefined, {}, 204))).toEqual([]);
  });

  it('says that a status is not declared, and nothing else', () => {
    expect(check({ 200: list, '4XX': list }, answer('x', {}, 500))).toEqual([
      'status (root) undocumented [] status 500 is not declared',
    ]);
    const [violation] = checkResponse(operationWith({ 200: list }), answer('', {}, 201));
    expect(violation).toMatchObject({ expected: ['200'], received: 201 });
  });

  it('holds the body against its schema, with the place in both', () => {
    expect(check({ 200: list }, answer(['a', 1]))).toEqual([
      'body /1 type [/200/content/application~1json/schema/items/type] must be a string, not a number',
    ]);
  });

  it('says that the media type is absent or another one', () => {
    expect(check({ 200: list }, answer([], {}))).toEqual([
      'content-type (root) missing [/200/content] the header Content-Type is required',
    ]);
    expect(check({ 200: list }, answer([], { 'content-type': 'text/html' }))).toEqual([
      'content-type (root) mediaType [/200/content] the media type text/html is not declared',
    ]);
  });

  it('says where a body is not JSON', () => {
    expect(check({ 200: list }, answer('["a",\n "b"'))).toMatchInlineSnapshot(`
      [
        "body (root) syntax [/200/content/application~1json] the body is not one JSON text: expected "," or "]" at line 2, column 5, found the end of the text",
      ]
    `);
    expect(check({ 200: list }, answer("['a']"))).toMatchInlineSnapshot(`
      [
        "body (root) syntax [/200/content/application~1json] the body is not one JSON text: expected a value at line 1, column 2, found "'a'"",
      ]
    `);
    expect(check({ 200: list }, answer('[] []'))).toMatchInlineSnapshot(`
      [
        "body (root) syntax [/200/content/application~1json] the body is not one JSON text: expected the end of the text at line 1, column 4, found "["",
      ]
    `);
    expect(check({ 200: list }, answer(Uint8Array.of(0x5b, 0x22, 0xff, 0x22, 0x5d)))).toMatchInlineSnapshot(`
      [
        "body (root) encoding [/200/content/application~1json] the body is not UTF-8",
      ]
    `);
    const [violation] = checkResponse(operationWith({ 200: list }), answer('[1,\n  oops]'));
    expect(violation?.params).toEqual({ line: 2, column: 3 });
  });

  it('misses a body where one is declared', () => {
    expect(check({ 200: list }, answer(''))).toEqual([
      'body (root) missing [/200/content/application~1json] a body is declared, and there is none',
    ]);
    expect(check({ 200: list }, answer(undefined, {}))).toEqual([
      'body (root) missing [/200/content] a body is declared, and there is none',
    ]);
  });

  it('finds a body where there is none by the rules of HTTP', () => {
    expect(check({ 204: { description: '' } }, answer('x', {}, 204))).toEqual([
      'body (root) undocumented [/204] a 204 response must not have a body',
    ]);
    expect(check({ 200: list }, answer([]), { method: 'HEAD' })).toEqual([
      'body (root) undocumented [/200] the answer to HEAD must not have a body',
    ]);
    expect(check({ 200: list }, answer(undefined), { method: 'HEAD' })).toEqual([]);
  });

  it('holds text against its schema, and leaves other bytes alone', () => {
    const content = {
      'text/plain': { schema: { type: 'string', maxLength: 2 } },
      'image/png': { schema: { type: 'string' } },
    };
    const responses = { 200: { description: '', content } };
    expect(check(responses, answer('abc', { 'content-type': 'text/plain' }))).toEqual([
      'body (root) maxLength [/200/content/text~1plain/schema/maxLength] must have at most 2 characters',
    ]);
    expect(check(responses, answer(Uint8Array.of(0xff, 0xd8), { 'content-type': 'image/png' }))).toEqual([]);
  });

  it('demands required headers, and reads them as declared', () => {
    const headers = {
      'X-Count': { required: true, schema: { type: 'integer' } },
      'X-List': { schema: { type: 'array', items: { type: 'integer' } } },
      'X-Object': { schema: { type: 'object', properties: { a: { type: 'integer' } }, additionalProperties: false } },
      'X-Json': { content: { [json]: { schema: { type: 'object' } } } },
    };
    const cookies = { 'Set-Cookie': { schema: { type: 'array', maxItems: 1, items: { type: 'string' } } } };
    expect(
      check({ 200: { description: '', headers: cookies } }, answer(undefined, { 'set-cookie': 'a=1, b' })),
    ).toEqual([]);
    expect(
      check({ 200: { description: '', headers: cookies } }, answer(undefined, { 'set-cookie': ['a', 'b'] })),
    ).toEqual(['header /Set-Cookie maxItems [/200/headers/Set-Cookie/schema/maxItems] must have at most 1 item']);
    const responses = { 200: { description: '', headers } };
    const right = { 'x-count': '3', 'X-LIST': ['1', '2,3'], 'x-object': 'a,1', 'x-json': '{}' };
    expect(check(responses, answer(undefined, right))).toEqual([]);
    expect(check(responses, answer(undefined, {}))).toEqual([
      'header /X-Count missing [/200/headers/X-Count/required] the header X-Count is required',
    ]);
    const wrong = { 'x-count': 'many', 'x-list': '1,b', 'x-object': 'b,1', 'x-json': '[]' };
    expect(check(responses, answer(undefined, wrong))).toMatchInlineSnapshot(`
      [
        "header /X-Count type [/200/headers/X-Count/schema/type] must be an integer, not a string",
        "header /X-List/1 type [/200/headers/X-List/schema/items/type] must be an integer, not a string",
        "header /X-Object/b additionalProperties [/200/headers/X-Object/schema/additionalProperties] 'b' is not allowed here",
        "header /X-Json type [/200/headers/X-Json/content/application~1json/schema/type] must be an object, not an array",
      ]
    `);
  });

  it('never throws, whatever comes', () => {
    const headers = { 'X-A': { required: true, schema: { type: 'array', items: { type: 'integer' } } } };
    const operation = operationWith({
      200: { ...list, headers },
      default: { description: '', content: { 'text/*': {}, '*/*': { schema: false } } },
    });
    const bytes = fc.oneof(
      fc.uint8Array(),
      fc.json().map((text) => new TextEncoder().encode(text)),
    );
    const types = fc.oneof(fc.constantFrom(json, 'text/plain;charset=utf-16', 'a', '', 'x/y'), fc.string());
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 599 }),
        types,
        fc.string(),
        fc.option(bytes),
        fc.constantFrom('GET', 'HEAD'),
        (status, type, value, body, method) => {
          const response = { status, headers: { 'content-type': type, 'x-a': value }, body };
          for (const violation of checkResponse(operation, response, { method })) {
            expect(violation.message).not.toBe('');
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
