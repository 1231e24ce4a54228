import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import type { JsonObject } from '../text/value.js';
import { createOperations } from './operations.js';
import { serializeParameter } from './parameter/serialize.js';
import { checkRequest } from './request.js';
import { checkResponse } from './response.js';
import type { Operation, Parameter } from './types.js';

const ok = { responses: { 200: { summary: 'Fine' } } };

function documentWith(paths: JsonObject, more: JsonObject = {}) {
  return documentFromObject({ openapi: '3.2.0', info: { title: 'New in 3.2', version: '1' }, paths, ...more });
}

function operationWith(operation: JsonObject, more: JsonObject = {}): Operation {
  const operations = createOperations(documentWith({ '/x': { get: { ...ok, ...operation } } }, more));
  return operations.compile(operations.entries[0] as never);
}

const send = (operation: Operation, target: string, headers: Record<string, string> = {}) =>
  checkRequest(operation, { method: operation.method, target, headers, body: null }, {});

describe('methods', () => {
  const item = { get: ok, query: ok, additionalOperations: { COPY: ok, post: ok, 'no method': ok } };
  const document = documentWith({ '/x': item });
  const operations = createOperations(document);

  it('are those of a path item, and the additional ones as they are written', () => {
    expect(operations.entries.map(({ id, pointer }) => `${id} ${pointer}`)).toEqual([
      'GET /x /paths/~1x/get',
      'QUERY /x /paths/~1x/query',
      'COPY /x /paths/~1x/additionalOperations/COPY',
      'post /x /paths/~1x/additionalOperations/post',
    ]);
    expect(operations.match('COPY', '/x')).toMatchObject({ kind: 'operation' });
    // A method is case-sensitive (RFC 9110, 9.1).
    expect(operations.match('copy', '/x')).toMatchObject({ allow: ['GET', 'HEAD', 'QUERY', 'COPY', 'post'] });
  });

  it('that no additional operation may have are said', () => {
    expect(document.problems.map(({ id, message }) => `${id}: ${message}`)).toEqual([
      'path-item-method: "post" is a member of the path item itself, and no additional operation',
      'path-item-method: "no method" cannot be a method',
    ]);
  });

  it('of additional operations are told apart where their parameters do not fit', () => {
    const broken = documentWith({ '/x': { additionalOperations: { COPY: { ...ok, parameters: [{ in: 'query' }] } } } });
    expect(broken.leftOut).toEqual([{ name: 'COPY /x', reason: 'a parameter has no name' }]);
    expect(createOperations(broken).entries).toEqual([]);
  });
});

describe('a parameter that is the whole query', () => {
  const schema = {
    type: 'object',
    properties: { foo: { type: 'string' }, bar: { type: 'boolean' } },
    required: ['foo'],
    additionalProperties: false,
  };
  const form = operationWith(
    {
      parameters: [{ in: 'querystring', content: { 'application/x-www-form-urlencoded': { schema } } }],
      security: [{ key: [] }],
    },
    { components: { securitySchemes: { key: { type: 'apiKey', in: 'query', name: 'api_key' } } } },
  );
  const json = operationWith({
    parameters: [
      {
        in: 'querystring',
        name: 'json',
        required: true,
        content: { 'application/json': { schema: { type: 'object' } } },
      },
    ],
  });
  const path = operationWith({
    parameters: [
      { in: 'querystring', name: 'selector', content: { 'application/jsonpath': { schema: { type: 'string' } } } },
    ],
  });

  it.each([
    [form, { foo: 'a + b', bar: true }, 'foo=a+%2B+b&bar=true'],
    [json, { numbers: [1, 2], flag: null }, '%7B%22numbers%22%3A%5B1%2C2%5D%2C%22flag%22%3Anull%7D'],
    [path, '$.a.b[1:1]', '%24.a.b%5B1%3A1%5D'],
  ])('is read and written by its media type', (operation, value, query) => {
    const parameter = operation.parameters[0] as Parameter;
    expect(serializeParameter(parameter, value)).toBe(query);
    const { values, violations } = send(operation, `/x?${query}`);
    expect({ value: values.querystring[parameter.name], violations }).toEqual({ value, violations: [] });
  });

  it('is judged whole, without what is a credential', () => {
    const found = (operation: Operation, target: string) =>
      send(operation, target).violations.map(({ in: place, pointer, keyword }) => `${place} ${pointer} ${keyword}`);
    expect(found(form, '/x?foo=1&api_key=secret')).toEqual([]);
    expect(found(form, '/x?bar=maybe')).toEqual([
      'querystring /querystring/foo required',
      'querystring /querystring/bar type',
    ]);
    expect(found(json, '/x')).toEqual(['querystring /json missing']);
    expect(found(json, '/x?%7B')).toEqual(['querystring /json syntax']);
    expect(found(json, '/x?%zz')).toEqual(['querystring /json encoding']);
  });
});

it('a cookie of style cookie is what it looks like, and of style form what it encodes', () => {
  const named = (style: string) => ({ name: style, in: 'cookie', style, schema: { type: 'string' } });
  const operation = operationWith({ parameters: [named('cookie'), named('form')] });
  const { values } = send(operation, '/x', { cookie: 'cookie=a%20b; form=a%20b' });
  expect(values.cookie).toEqual({ cookie: 'a%20b', form: 'a b' });
});

it.each([
  ['query', "color=a/b?c:d@e!f$g'(h)*%26%3D%25%23"],
  ['path', "a%2Fb%3Fc:d@e!f$g'(h)*%26%3D%25%23"],
])('reserved characters that delimit nothing stay with allowReserved in %s, and are read again', (place, wire) => {
  const parameter = { name: 'color', in: place, allowReserved: true, required: true, schema: { type: 'string' } };
  const operations = createOperations(documentWith({ '/{color}': { get: { ...ok, parameters: [parameter] } } }));
  const operation = operations.compile(operations.entries[0] as never);
  const compiled = operation.parameters.find(({ in: where }) => where === place) as Parameter;
  expect(serializeParameter(compiled, "a/b?c:d@e!f$g'(h)*&=%#")).toBe(wire);
});

describe('a media type', () => {
  const components = {
    mediaTypes: {
      Pet: {
        schema: { type: 'object', required: ['name'] },
        examples: { text: { dataValue: { name: 'Rex' }, serializedValue: '{ "name": "Rex" }' } },
      },
    },
    examples: { Written: { serializedValue: '{"name": "Lassie"}' } },
  };
  const operation = operationWith(
    {
      responses: {
        200: { summary: 'A pet', content: { 'application/json': { $ref: '#/components/mediaTypes/Pet' } } },
        201: { content: { 'application/json': { examples: { a: { $ref: '#/components/examples/Written' } } } } },
      },
    },
    { components },
  );

  it('may be a component', () => {
    const body = new TextEncoder().encode('{}');
    const response = { status: 200, headers: { 'content-type': 'application/json' }, body };
    expect(checkResponse(operation, response)).toMatchObject([{ keyword: 'required' }]);
  });

  it('has examples as data and as they are written', () => {
    expect(operation.responses.flatMap(({ content }) => content[0]?.examples)).toMatchObject([
      { name: 'text', value: { name: 'Rex' }, serialized: '{ "name": "Rex" }' },
      { name: 'a', value: { name: 'Lassie' }, serialized: '{"name": "Lassie"}' },
    ]);
    expect(operation.responses[0]?.description).toBe('A pet');
  });
});

it('reads examples of parameters and headers that are only given as they stand on the wire', () => {
  const numbers = { type: 'array', items: { type: 'integer' } };
  const example = (serializedValue: string) => ({ examples: { only: { serializedValue } } });
  const operation = operationWith({
    parameters: [
      { name: 'ids', in: 'query', explode: false, schema: numbers, ...example('ids=1,2') },
      { name: 'tags', in: 'query', schema: numbers, ...example('tags=1&tags=2') },
      { name: 'filter', in: 'query', style: 'deepObject', schema: { type: 'object' }, ...example('filter%5Ba%5D=b') },
      { name: 'X-Ids', in: 'header', schema: numbers, ...example('3,4') },
      { name: 'theme', in: 'cookie', style: 'cookie', schema: { type: 'string' }, ...example('theme=dark') },
      { name: 'odd', in: 'query', schema: { type: 'integer' }, ...example('odd=one') },
    ],
    responses: { 200: { description: 'ok', headers: { 'X-Left': { schema: { type: 'integer' }, ...example('7') } } } },
  });
  expect(operation.parameters.map(({ examples }) => examples.map(({ value }) => value))).toEqual([
    [[1, 2]],
    [[1, 2]],
    [{ a: 'b' }],
    [[3, 4]],
    ['dark'],
    [],
  ]);
  expect(operation.responses[0]?.headers[0]?.examples).toMatchObject([{ name: 'only', value: 7 }]);
});
