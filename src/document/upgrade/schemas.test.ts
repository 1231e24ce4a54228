import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../text/value.js';
import { documentFromObject } from '../index.js';

/** What becomes of a schema of OpenAPI 3.0. */
function upgraded(schema: JsonObject, others: JsonObject = {}): Json | undefined {
  const document = documentFromObject({
    openapi: '3.0.3',
    info: { title: 't', version: '1' },
    paths: {},
    components: { schemas: { Schema: schema, Other: { type: 'string' }, ...others } },
  });
  return document.at('/components/schemas/Schema');
}

test.each<[string, JsonObject, JsonObject]>([
  ['nullable with a type', { type: 'string', nullable: true }, { type: ['string', 'null'] }],
  ['nullable that is false', { type: 'string', nullable: false }, { type: 'string' }],
  ['nullable without a type', { nullable: true, minLength: 1 }, { minLength: 1 }],
  [
    'nullable with a list of types',
    { type: ['string', 'null'], nullable: true } as JsonObject,
    { type: ['string', 'null'] },
  ],
  [
    'nullable with an enum',
    { type: 'string', nullable: true, enum: ['a'] },
    { type: ['string', 'null'], enum: ['a', null] },
  ],
  ['nullable with an enum that has null', { nullable: true, enum: [null, 'a'] }, { enum: [null, 'a'] }],
  [
    'nullable beside $ref',
    { nullable: true, $ref: '#/components/schemas/Other' },
    { anyOf: [{ $ref: '#/components/schemas/Other' }, { type: 'null' }] },
  ],
  [
    'nullable beside allOf',
    { nullable: true, type: 'object', title: 'T', allOf: [{ $ref: '#/components/schemas/Other' }] },
    {
      type: ['object', 'null'],
      title: 'T',
      anyOf: [{ allOf: [{ $ref: '#/components/schemas/Other' }] }, { type: 'null' }],
    },
  ],
  [
    'nullable beside oneOf and its discriminator',
    { nullable: true, oneOf: [{ type: 'object' }], discriminator: { propertyName: 'a' } },
    { anyOf: [{ oneOf: [{ type: 'object' }], discriminator: { propertyName: 'a' } }, { type: 'null' }] },
  ],
  [
    'nullable beside anyOf',
    { nullable: true, anyOf: [{ type: 'string' }] },
    { anyOf: [{ type: 'string' }, { type: 'null' }] },
  ],
  ['an exclusive minimum', { minimum: 1, exclusiveMinimum: true }, { exclusiveMinimum: 1 }],
  ['an exclusive maximum', { maximum: 1, exclusiveMaximum: true, minimum: 0 }, { exclusiveMaximum: 1, minimum: 0 }],
  ['bounds that are not exclusive', { minimum: 1, exclusiveMinimum: false }, { minimum: 1 }],
  ['an exclusive bound without a bound', { type: 'number', exclusiveMinimum: true }, { type: 'number' }],
  ['an exclusive bound as in 3.1', { exclusiveMinimum: 5 }, { exclusiveMinimum: 5 }],
  ['binary', { type: 'string', format: 'binary' }, { type: 'string', contentMediaType: 'application/octet-stream' }],
  [
    'byte',
    { type: 'string', format: 'byte', maxLength: 9 },
    { type: 'string', format: 'byte', contentEncoding: 'base64', maxLength: 9 },
  ],
  [
    'byte that is nullable',
    { type: 'string', format: 'byte', nullable: true },
    { type: ['string', 'null'], format: 'byte', contentEncoding: 'base64' },
  ],
  [
    'siblings of $ref, which 3.0 ignores',
    { $ref: '#/components/schemas/Other', maxLength: 3, description: 'd', 'x-a': 1, readOnly: true },
    { $ref: '#/components/schemas/Other', description: 'd', 'x-a': 1 },
  ],
])('%s', (_, before, after) => {
  expect(upgraded(before)).toEqual(after);
});

test('properties that are named like keywords are left alone', () => {
  const properties: JsonObject = {};
  const names = ['example', 'type', 'nullable', 'format', 'exclusiveMinimum', 'minimum', 'x-webhooks', 'x-nullable'];
  for (const name of [...names, '$ref', 'examples', 'properties', 'enum', 'content', 'application/octet-stream']) {
    properties[name] = { type: 'string' };
  }
  const before = { type: 'object', properties, required: ['example', '$ref'] };
  expect(upgraded(structuredClone(before))).toEqual(before);
});

test('the schemas of properties are upgraded, whatever they are named', () => {
  expect(
    upgraded({
      properties: { example: { type: 'string', nullable: true }, default: { exclusiveMinimum: true, minimum: 0 } },
    }),
  ).toEqual({ properties: { example: { type: ['string', 'null'] }, default: { exclusiveMinimum: 0 } } });
});

test.each(['example', 'default', 'enum', 'const', 'x-data'])('data in %s is left alone', (keyword) => {
  const data = {
    type: 'string',
    nullable: true,
    format: 'binary',
    example: 1,
    exclusiveMinimum: true,
    $ref: 'no.yaml',
  };
  const before = { [keyword]: keyword === 'enum' ? [data] : data, nullable: true, type: 'object' };
  const { [keyword]: after } = upgraded(structuredClone(before)) as JsonObject;
  expect(after).toEqual(keyword === 'enum' ? [data, null] : data);
});

test('schemas are upgraded wherever they stand', () => {
  const old = () => ({ type: 'string', nullable: true });
  const media = () => ({ 'application/json': { schema: old(), example: { nullable: true, type: 'x' } } });
  const document = documentFromObject({
    openapi: '3.0.0',
    info: {},
    paths: {
      '/a': {
        parameters: [{ name: 'a', in: 'query', schema: old() }],
        post: {
          parameters: [{ name: 'b', in: 'query', content: media() }],
          requestBody: { content: media() },
          responses: { default: { description: '', headers: { 'X-A': { schema: old() } }, content: media() } },
          callbacks: {
            onEvent: { '{$request.body#/url}': { post: { requestBody: { content: media() }, responses: {} } } },
          },
        },
      },
    },
    components: {
      schemas: {
        A: {
          additionalProperties: old(),
          not: old(),
          items: old(),
          allOf: [old()],
          patternProperties: { a: old() },
        },
      },
    },
  });
  const text = JSON.stringify(document.root);
  expect(text.match(/"nullable":true/g)).toHaveLength(4); // The examples.
  expect(text.match(/\["string","null"\]/g)).toHaveLength(11);
  expect(document.root.openapi).toBe('3.2.0');
  expect(document.declaredVersion).toBe('3.0.0');
});

test('a body of bytes keeps its media type and schema', () => {
  const document = documentFromObject({
    openapi: '3.0.0',
    info: {},
    paths: {
      '/a': {
        get: {
          responses: {
            200: {
              description: '',
              content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' }, example: 'x' } },
            },
          },
        },
      },
    },
  });
  expect(document.at('/paths/~1a/get/responses/200/content')).toEqual({
    'application/octet-stream': {
      schema: { type: 'string', contentMediaType: 'application/octet-stream' },
      example: 'x',
    },
  });
});

test('a reference into a schema that was wrapped leads to the same place', () => {
  const document = documentFromObject({
    openapi: '3.0.0',
    info: {},
    paths: {},
    components: {
      schemas: {
        A: { nullable: true, allOf: [{ properties: { id: { type: 'integer' } } }] },
        B: { $ref: '#/components/schemas/A/allOf/0/properties/id' },
      },
    },
  });
  expect(document.at('/components/schemas/B')).toEqual({
    $ref: '#/components/schemas/A/anyOf/0/allOf/0/properties/id',
  });
});

test('what only a reference shows to be a schema is upgraded as well', () => {
  const document = documentFromObject({
    openapi: '3.0.0',
    info: {},
    paths: {},
    'x-shared': { id: { type: 'string', nullable: true } },
    components: { schemas: { A: { $ref: '#/x-shared/id' } } },
  });
  expect(document.at('/x-shared/id')).toEqual({ type: ['string', 'null'] });
});

test('what is said of 3.1 stays as it is', () => {
  const schema = {
    type: 'string',
    exclusiveMinimum: true,
    format: 'byte',
    $ref: '#',
    description: 'd',
  };
  const document = documentFromObject({
    openapi: '3.1.0',
    info: {},
    paths: {},
    components: { schemas: { A: schema } },
  });
  expect(document.at('/components/schemas/A')).toEqual(schema);
});

test('the object that was given is not changed', () => {
  const given = {
    openapi: '3.0.0',
    info: {},
    paths: {},
    components: { schemas: { A: { type: 'string', nullable: true } } },
  };
  const before = structuredClone(given);
  documentFromObject(given);
  expect(given).toEqual(before);
});

test.each(['3.1.0', '3.2.0'])(
  'in %s nullable is read as in 3.0, and said, where null would be refused without it',
  (openapi) => {
    const schemas = {
      Other: { type: 'string' },
      Text: { type: 'string', nullable: true },
      Thing: { $ref: '#/components/schemas/Other', description: 'One', nullable: true },
      Known: { type: ['string', 'null'], nullable: true },
      Open: { nullable: true },
    };
    const document = documentFromObject({
      openapi,
      info: { title: 't', version: '1' },
      paths: {},
      components: { schemas },
    });
    expect(document.at('/components/schemas')).toMatchObject({
      Text: { type: ['string', 'null'] },
      Thing: { description: 'One', anyOf: [{ $ref: '#/components/schemas/Other' }, { type: 'null' }] },
      Known: { type: ['string', 'null'] },
    });
    expect(document.problems.map(({ id, location }) => `${id} ${location?.pointer}`)).toEqual([
      'schema-read-as /components/schemas/Text/nullable',
      'schema-read-as /components/schemas/Thing/nullable',
    ]);
  },
);
