import { describe, expect, it, vi } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { checkResponse, createOperations } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { createMock } from '../index.js';

/** The shapes in which real documents declare their errors. */
const schemas: Record<string, JsonObject> = {
  'RFC 9457 problem details': {
    type: 'object',
    required: ['type', 'title', 'status'],
    properties: {
      type: { type: 'string', format: 'uri-reference' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string' },
      instance: { type: 'string' },
      'invalid-params': {
        type: 'array',
        items: { type: 'object', properties: { name: { type: 'string' }, reason: { type: 'string' } } },
      },
    },
  },
  'a message': { type: 'object', required: ['message'], properties: { message: { type: 'string' } } },
  'GitHub: message, documentation_url, errors': {
    type: 'object',
    required: ['message', 'documentation_url'],
    properties: {
      message: { type: 'string' },
      documentation_url: { type: 'string', format: 'uri' },
      errors: {
        type: 'array',
        items: {
          type: 'object',
          required: ['code'],
          properties: {
            resource: { type: 'string' },
            field: { type: 'string' },
            message: { type: 'string' },
            code: { type: 'string' },
            value: { type: ['string', 'null'] },
          },
        },
      },
    },
  },
  'Google: error.code, error.message, error.status': {
    type: 'object',
    properties: {
      error: {
        type: 'object',
        properties: {
          code: { type: 'integer' },
          message: { type: 'string' },
          status: { type: 'string', enum: ['INVALID_ARGUMENT', 'NOT_FOUND'] },
          details: { type: 'array', items: { type: 'object' } },
        },
      },
    },
  },
  'JSON:API: errors with status, title, source.pointer': {
    type: 'object',
    required: ['errors'],
    properties: {
      errors: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          required: ['status'],
          properties: {
            status: { type: 'string' },
            title: { type: 'string' },
            detail: { type: 'string' },
            source: { type: 'object', properties: { pointer: { type: 'string' }, parameter: { type: 'string' } } },
          },
        },
      },
    },
  },
  'errors as strings': { type: 'object', properties: { errors: { type: 'array', items: { type: 'string' } } } },
  'Laravel: errors by field': {
    type: 'object',
    properties: {
      message: { type: 'string' },
      errors: { type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } },
    },
  },
  'Spring: timestamp, status, error, path': {
    type: 'object',
    required: ['timestamp', 'status', 'error', 'path'],
    properties: {
      timestamp: { type: 'string', format: 'date-time' },
      status: { type: 'integer' },
      error: { type: 'string' },
      message: { type: 'string' },
      path: { type: 'string' },
      requestId: { type: 'string' },
    },
  },
  'an enum of codes': {
    type: 'object',
    required: ['code', 'ok'],
    properties: { ok: { const: false }, code: { enum: ['too_small', 'validation_error', 'other'] } },
  },
  'allOf with a base': {
    allOf: [
      { type: 'object', required: ['message'], properties: { message: { type: 'string' } } },
      { type: 'object', required: ['hint'], properties: { hint: { type: 'string', maxLength: 5 } } },
    ],
  },
  'oneOf of two shapes': {
    oneOf: [
      { type: 'object', required: ['flag'], additionalProperties: false, properties: { flag: { type: 'boolean' } } },
      { type: 'object', required: ['detail'], additionalProperties: false, properties: { detail: { type: 'string' } } },
    ],
  },
  'HTTPValidationError that is closed': {
    type: 'object',
    additionalProperties: false,
    properties: {
      detail: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['loc', 'msg', 'type'],
          properties: {
            loc: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'integer' }] } },
            msg: { type: 'string' },
            type: { type: 'string' },
          },
        },
      },
    },
  },
  'members that nobody knows': {
    type: 'object',
    required: ['zip', 'zap'],
    properties: { zip: { type: 'integer', minimum: 5, maximum: 5 }, zap: { type: 'string' } },
  },
  'an open object': { type: 'object', additionalProperties: true },
  anything: {},
  'a map of strings': { type: 'object', additionalProperties: { type: 'string' } },
  'a map of numbers': { type: 'object', additionalProperties: { type: 'number' }, minProperties: 1 },
  'a string': { type: 'string' },
  'a short message': { type: 'object', properties: { message: { type: 'string', maxLength: 25 } } },
  'a pattern that no sentence fits': {
    type: 'object',
    required: ['message'],
    properties: { message: { type: 'string', pattern: '^E[0-9]{3}$' } },
  },
};

/** Those that also ask for what no error has. */
const partlyMadeUp = new Map<string, unknown>([
  [
    'Spring: timestamp, status, error, path',
    {
      timestamp: expect.any(String),
      status: 400,
      error: 'Bad Request',
      message: 'query parameter limit: must be 10 or less',
      path: expect.any(String),
    },
  ],
  ['allOf with a base', { message: 'query parameter limit: must be 10 or less', hint: expect.any(String) }],
  ['members that nobody knows', { zip: 5, zap: 'query parameter limit: must be 10 or less' }],
  ['a map of numbers', expect.any(Object)],
  ['a pattern that no sentence fits', { message: expect.stringMatching(/^E[0-9]{3}$/) }],
]);

const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'Errors', version: '1' },
    paths: Object.fromEntries(
      Object.entries(schemas).map(([name, schema], index) => [
        `/${index}`,
        {
          get: {
            operationId: name,
            parameters: [
              { name: 'limit', in: 'query', required: true, schema: { type: 'integer', maximum: 10 } },
              { name: 'sort', in: 'query', schema: { enum: ['up', 'down'] } },
            ],
            responses: {
              200: { description: 'fine' },
              400: { description: 'not fine', content: { 'application/json': { schema } } },
            },
          },
        },
      ]),
    ),
  }),
);
const mock = createMock({ operations });

function ask(id: string, query: string, prefer?: string): Json {
  const operation = operations.compile(operations.find(id) ?? expect.fail());
  const headers = prefer === undefined ? {} : { prefer };
  const { status, ...answer } = mock.answer({ method: 'GET', target: operation.path + query, headers, body: null });
  const body = new TextEncoder().encode(String(answer.body));
  expect(status).toBe(400);
  expect(checkResponse(operation, { status, headers: { 'content-type': 'application/json' }, body })).toEqual([]);
  return JSON.parse(String(answer.body)) as Json;
}

describe('an error in the shape that the document declares', () => {
  const told = Object.keys(schemas).filter((name) => !partlyMadeUp.has(name));

  it.each(told)('says what is wrong: %s', (id) => {
    expect(ask(id, '?limit=11&sort=left')).toMatchSnapshot();
  });

  it.each(told)('is likely where it was asked for: %s', (id) => {
    expect(ask(id, '?limit=1', 'code=400')).toMatchSnapshot();
  });

  it.each([...partlyMadeUp])('says what it can beside made-up data: %s', (id, expected) => {
    expect(ask(id, '?limit=11')).toEqual(expected);
  });
});

it('looks once through the members of a schema, however many are missing', () => {
  const names = Array.from({ length: 2000 }, (_, index) => `m${index}`);
  const schema = { type: 'object', required: names, properties: Object.fromEntries(names.map((name) => [name, {}])) };
  const responses = { 200: { description: 'x' } };
  const requestBody = { content: { 'application/json': { schema } } };
  const mock = createMock({
    operations: createOperations(
      documentFromObject({
        openapi: '3.1.0',
        info: { title: 't', version: '1' },
        paths: { '/a': { post: { requestBody, responses } } },
      }),
    ),
  });
  const headers = { 'content-type': 'application/json' };
  const keys = vi.spyOn(Map.prototype, 'keys');
  const answer = mock.answer({ method: 'POST', target: '/a', headers, body: new TextEncoder().encode('{}') });
  expect(keys.mock.calls.length).toBeLessThan(1000);
  keys.mockRestore();
  expect(answer.status).toBe(422);
});
