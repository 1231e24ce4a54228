import { expect, test } from 'vitest';
import type { JsonObject } from '../../../text/value.js';
import type { Document } from '../../document.js';
import { documentFromObject, documentFromText } from '../../index.js';

/** A Swagger 2.0 document with one operation. */
function withOperation(operation: JsonObject, rest: JsonObject = {}, item: JsonObject = {}): Document {
  return documentFromObject({
    swagger: '2.0',
    info: { title: 't', version: '1' },
    paths: { '/a': { ...item, post: { responses: { 200: { description: 'ok' } }, ...operation } } },
    ...rest,
  });
}

const post = (document: Document) => document.at('/paths/~1a/post') as JsonObject;
const pet = { type: 'object', properties: { id: { type: 'integer' } } };

test('host, base path and schemes become servers', () => {
  const servers = (rest: JsonObject) => withOperation({}, rest).root.servers;
  expect(servers({ host: 'a.example', basePath: '/v1', schemes: ['https', 'http'] })).toEqual([
    { url: 'https://a.example/v1' },
    { url: 'http://a.example/v1' },
  ]);
  expect(servers({ host: 'a.example' })).toEqual([{ url: 'http://a.example' }]);
  expect(servers({ basePath: '/v1' })).toEqual([{ url: '/v1' }]);
  expect(servers({ basePath: '/' })).toBeUndefined();
  expect(servers({})).toBeUndefined();
});

test.each<[string | undefined, string, JsonObject]>([
  [undefined, 'query', { style: 'form', explode: false }],
  ['csv', 'query', { style: 'form', explode: false }],
  ['multi', 'query', { style: 'form', explode: true }],
  ['ssv', 'query', { style: 'spaceDelimited', explode: false }],
  ['pipes', 'query', { style: 'pipeDelimited', explode: false }],
  ['csv', 'header', { style: 'simple', explode: false }],
])('collectionFormat %s in %s', (collectionFormat, place, style) => {
  const document = withOperation({
    parameters: [
      { name: 'a', in: place, type: 'array', items: { type: 'string' }, ...(collectionFormat && { collectionFormat }) },
    ],
  });
  expect(post(document).parameters).toEqual([
    { name: 'a', in: place, schema: { type: 'array', items: { type: 'string' } }, ...style },
  ]);
});

test.each([
  ['tsv', 'query', { style: 'form', explode: false }],
  ['multi', 'header', { style: 'simple', explode: false }],
])('collectionFormat %s in %s is read as csv, with a warning', (collectionFormat, place, style) => {
  const document = withOperation({
    parameters: [{ name: 'a', in: place, type: 'array', items: {}, collectionFormat }],
  });
  expect(post(document).parameters).toMatchObject([style]);
  expect(document.problems).toMatchObject([
    {
      message: `A list in ${place} cannot be written as "${collectionFormat}" in OpenAPI 3, and is read as csv`,
      location: { pointer: '/paths/~1a/post/parameters/0/collectionFormat' },
    },
  ]);
});

test('a list inside of a list is a text, and so is one in a header that is parted by no commas', () => {
  const items = { type: 'array', collectionFormat: 'pipes', items: { type: 'integer' } };
  const document = withOperation({
    parameters: [{ name: 'a', in: 'query', type: 'array', collectionFormat: 'multi', items, default: [[1, 2], [3]] }],
    responses: {
      200: {
        description: 'd',
        headers: {
          Many: { type: 'array', collectionFormat: 'ssv', items: { type: 'integer' } },
          Few: { type: 'array', items: { type: 'integer' } },
        },
      },
    },
  });
  const text = { type: 'string', pattern: expect.any(String) };
  expect(post(document).parameters).toEqual([
    {
      name: 'a',
      in: 'query',
      schema: { type: 'array', items: text, default: ['1|2', '3'] },
      style: 'form',
      explode: true,
    },
  ]);
  expect(post(document).responses).toMatchObject({
    200: { headers: { Many: { schema: text }, Few: { schema: { type: 'array', items: { type: 'integer' } } } } },
  });
});

test('the keywords of a parameter become its schema, of 3.1', () => {
  const document = withOperation({
    parameters: [
      {
        name: 'a',
        in: 'query',
        description: 'd',
        type: 'integer',
        minimum: 1,
        exclusiveMinimum: true,
        default: 5,
        enum: [5, 6],
        'x-nullable': true,
        'x-more': { type: 'file' },
      },
    ],
  });
  expect(post(document).parameters).toEqual([
    {
      name: 'a',
      in: 'query',
      description: 'd',
      'x-more': { type: 'file' },
      schema: { type: ['integer', 'null'], exclusiveMinimum: 1, default: 5, enum: [5, 6, null] },
    },
  ]);
});

test('a body parameter becomes the request body, in each media type that is consumed', () => {
  const body = { name: 'b', in: 'body', required: true, description: 'd', schema: { $ref: '#/definitions/Pet' } };
  const schema = { $ref: '#/components/schemas/Pet' };
  const consuming = (operation: JsonObject, rest: JsonObject = {}) =>
    post(withOperation({ parameters: [body], ...operation }, { definitions: { Pet: pet }, ...rest })).requestBody;
  expect(consuming({})).toEqual({ required: true, description: 'd', content: { 'application/json': { schema } } });
  expect(consuming({}, { consumes: ['text/a', 'text/b'] })).toMatchObject({
    content: { 'text/a': { schema }, 'text/b': { schema } },
  });
  expect(consuming({ consumes: ['text/c'] }, { consumes: ['text/a'] })).toMatchObject({
    content: { 'text/c': { schema } },
  });
  expect(consuming({ consumes: [] })).toMatchObject({ content: { 'application/json': { schema } } });
});

test('form fields become one body with all that was said of them', () => {
  const document = withOperation({
    parameters: [
      {
        name: 'kind',
        in: 'formData',
        type: 'string',
        required: true,
        enum: ['a', 'type'],
        default: 'a',
        description: 'd',
      },
      {
        name: 'tags',
        in: 'formData',
        type: 'array',
        items: { type: 'string', maxLength: 2 },
        collectionFormat: 'multi',
      },
      { name: 'size', in: 'formData', type: 'integer', maximum: 9, exclusiveMaximum: true },
      { name: 'q', in: 'query', type: 'string' },
    ],
  });
  expect(post(document)).toMatchObject({
    parameters: [{ name: 'q' }],
    requestBody: {
      required: true,
      content: {
        'application/x-www-form-urlencoded': {
          schema: {
            type: 'object',
            required: ['kind'],
            properties: {
              kind: { type: 'string', enum: ['a', 'type'], default: 'a', description: 'd' },
              tags: { type: 'array', items: { type: 'string', maxLength: 2 } },
              size: { type: 'integer', exclusiveMaximum: 9 },
            },
          },
          encoding: { tags: { style: 'form', explode: true } },
        },
      },
    },
  });
});

test('a file is sent in parts', () => {
  const document = withOperation({
    consumes: ['application/x-www-form-urlencoded', 'application/json'],
    parameters: [{ name: 'f', in: 'formData', type: 'file' }],
  });
  expect(post(document).requestBody).toEqual({
    required: false,
    content: {
      'multipart/form-data': {
        schema: {
          type: 'object',
          properties: { f: { type: 'string', contentMediaType: 'application/octet-stream' } },
        },
      },
    },
  });
});

test('a file that is answered is bytes', () => {
  const response = { 200: { description: '', schema: { type: 'file' } } };
  const bytes = { schema: { type: 'string', contentMediaType: 'application/octet-stream' } };
  expect(post(withOperation({ responses: response })).responses).toEqual({
    200: { description: '', content: { 'application/octet-stream': bytes } },
  });
  expect(post(withOperation({ responses: response, produces: ['image/png'] })).responses).toMatchObject({
    200: { content: { 'image/png': bytes } },
  });
});

test('bodies and parameters of a path hold for each of its operations, wherever they are written', () => {
  const shared = {
    parameters: [
      { name: 'b', in: 'body', schema: pet },
      { name: 'q', in: 'query', type: 'string' },
    ],
    summary: 'text',
    'x-text': 'text',
    'x-null': null,
  };
  for (const [item, rest] of [
    [shared, {}],
    [{}, shared],
  ] as const) {
    const document = documentFromObject({
      swagger: '2.0',
      info: {},
      paths: { '/a': { ...item, get: { responses: {} }, put: { parameters: [], responses: {} }, ...rest } },
    });
    for (const method of ['get', 'put']) {
      expect(document.at(`/paths/~1a/${method}/requestBody`)).toEqual({
        content: { 'application/json': { schema: pet } },
      });
    }
    expect(document.at('/paths/~1a/parameters')).toEqual([{ name: 'q', in: 'query', schema: { type: 'string' } }]);
    expect(document.at('/paths/~1a/x-null')).toBeNull();
  }
});

test("an operation's own body takes the place of the path's", () => {
  const document = withOperation(
    { parameters: [{ name: 'own', in: 'body', schema: { type: 'string' } }] },
    {},
    {
      parameters: [
        { name: 'b', in: 'body', schema: pet },
        { name: 'f', in: 'formData', type: 'string' },
      ],
    },
  );
  expect(post(document).requestBody).toEqual({ content: { 'application/json': { schema: { type: 'string' } } } });
});

test('shared parameters and responses are components; bodies are put where they are used', () => {
  const document = withOperation(
    {
      parameters: [{ $ref: '#/parameters/Limit' }, { $ref: '#/parameters/Body' }],
      responses: { 404: { $ref: '#/responses/NotFound' } },
    },
    {
      parameters: {
        Limit: { name: 'limit', in: 'query', type: 'integer' },
        Body: { name: 'b', in: 'body', schema: { $ref: '#/definitions/Pet' } },
        'a/b': { name: 'c', in: 'query', type: 'string' },
      },
      responses: { NotFound: { description: 'no', schema: { $ref: '#/definitions/Pet' } } },
      definitions: { Pet: pet },
    },
  );
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } };
  expect(post(document)).toEqual({
    parameters: [{ $ref: '#/components/parameters/Limit' }],
    requestBody: { content },
    responses: { 404: { $ref: '#/components/responses/NotFound' } },
  });
  expect(document.root.components).toMatchObject({
    parameters: {
      Limit: { name: 'limit', in: 'query', schema: { type: 'integer' } },
      'a/b': { name: 'c', schema: { type: 'string' } },
    },
    requestBodies: { Body: { content } },
    responses: { NotFound: { description: 'no', content } },
  });
});

test('an operation that produces something else than the document does so for shared responses too', () => {
  const document = withOperation(
    { produces: ['text/csv'], responses: { 200: { $ref: '#/responses/Ok' } } },
    { produces: ['application/json'], responses: { Ok: { description: 'ok', schema: pet } } },
  );
  expect(post(document).responses).toEqual({ 200: { description: 'ok', content: { 'text/csv': { schema: pet } } } });
  expect(document.at('/components/responses/Ok/content')).toEqual({ 'application/json': { schema: pet } });
});

test('headers and examples of a response keep what they say', () => {
  const example = { type: 'file', $ref: '#/definitions/No', nullable: true };
  const document = withOperation({
    responses: {
      200: {
        description: 'ok',
        schema: pet,
        headers: { 'X-Rate': { type: 'integer', minimum: 1, description: 'd' }, type: { type: 'string' } },
        examples: { 'application/json': example, named: example },
      },
    },
  });
  expect(post(document).responses).toEqual({
    200: {
      description: 'ok',
      headers: {
        'X-Rate': { description: 'd', schema: { type: 'integer', minimum: 1 } },
        type: { schema: { type: 'string' } },
      },
      content: {
        'application/json': { schema: pet, example, examples: { named: { value: example } } },
      },
    },
  });
});

test('an example is that of its media type, with its parameters', () => {
  const mediaType = 'application/json; charset=utf-8';
  const response = { description: 'ok', schema: pet, examples: { [mediaType]: { id: 1 } } };
  const document = withOperation({ produces: [mediaType], responses: { 200: response } });
  expect(post(document).responses).toEqual({
    200: { description: 'ok', content: { [mediaType]: { schema: pet, example: { id: 1 } } } },
  });
});

test('security definitions become security schemes', () => {
  const document = withOperation(
    { security: [{ basic: [] }, { oauth: ['read'] }] },
    {
      securityDefinitions: {
        basic: { type: 'basic', description: 'd', 'x-a': 1 },
        key: { type: 'apiKey', in: 'header', name: 'X-Key' },
        oauth: {
          type: 'oauth2',
          flow: 'accessCode',
          authorizationUrl: 'https://a',
          tokenUrl: 'https://t',
          scopes: { read: 'r' },
        },
        __proto__x: { type: 'apiKey', in: 'query', name: 'k' },
      },
    },
  );
  expect(document.at('/components/securitySchemes')).toEqual({
    basic: { type: 'http', scheme: 'basic', description: 'd', 'x-a': 1 },
    key: { type: 'apiKey', in: 'header', name: 'X-Key' },
    oauth: {
      type: 'oauth2',
      flows: { authorizationCode: { authorizationUrl: 'https://a', tokenUrl: 'https://t', scopes: { read: 'r' } } },
    },
    __proto__x: { type: 'apiKey', in: 'query', name: 'k' },
  });
});

test('definitions are upgraded as schemas, and their data is left alone', () => {
  const example = { $ref: '#/definitions/Pet', type: 'file', 'x-nullable': true };
  const document = withOperation(
    {},
    {
      definitions: {
        Pet: { ...pet, discriminator: 'kind', example },
        Old: { type: 'string', 'x-nullable': true },
        Link: { $ref: '#/definitions/Pet', 'x-nullable': true },
        'a/b c': { items: { $ref: '#/definitions/a~1b%20c' } },
      },
    },
  );
  expect(document.at('/components/schemas')).toEqual({
    Pet: { ...pet, discriminator: { propertyName: 'kind' }, example },
    Old: { type: ['string', 'null'] },
    Link: { anyOf: [{ $ref: '#/components/schemas/Pet' }, { type: 'null' }] },
    'a/b c': { items: { $ref: '#/components/schemas/a~1b%20c' } },
  });
});

test('references to schemas in other places are led to where these are now', () => {
  const document = withOperation(
    {
      parameters: [{ name: 'b', in: 'body', schema: { properties: { x: { type: 'integer' } } } }],
      responses: { 200: { description: '', schema: { $ref: '#/paths/~1a/post/parameters/0/schema/properties/x' } } },
    },
    { definitions: { A: { $ref: '#/responses/R/schema' } }, responses: { R: { description: '', schema: pet } } },
  );
  expect(document.at('/paths/~1a/post/responses/200/content/application~1json/schema')).toEqual({
    $ref: '#/paths/~1a/post/requestBody/content/application~1json/schema/properties/x',
  });
  expect(document.at('/components/schemas/A')).toEqual({
    $ref: '#/components/responses/R/content/application~1json/schema',
  });
});

test('objects that YAML aliases share are upgraded each for itself', () => {
  const document = documentFromText(
    `
swagger: "2.0"
info: {title: t, version: "1"}
paths:
  /a:
    get:
      parameters: [&limit {name: limit, in: query, type: integer, maximum: 9}]
      responses: {200: {description: ok}}
  /b:
    get:
      parameters: [*limit]
      responses: {200: {description: ok}}
`,
    { name: 'a.yaml' },
  );
  const parameter = { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 9 } };
  expect(document.at('/paths/~1a/get/parameters/0')).toEqual(parameter);
  expect(document.at('/paths/~1b/get/parameters/0')).toEqual(parameter);
});

test('every place of the upgraded tree is found in the text', () => {
  const text = `swagger: "2.0"
info: {title: t, version: "1"}
host: a.example
securityDefinitions:
  key: {type: apiKey, in: header, name: X}
parameters:
  Limit:
    name: limit
    in: query
    type: integer
responses:
  Bad:
    description: bad
    schema:
      $ref: '#/definitions/Error'
    headers:
      X-Rate:
        type: integer
definitions:
  Error:
    type: object
    properties:
      code:
        type: integer
        x-nullable: true
paths:
  /a:
    post:
      parameters:
        - name: body
          in: body
          schema:
            type: object
            required:
              - a
      responses:
        400:
          $ref: '#/responses/Bad'
  /form:
    post:
      parameters:
        - {name: x, in: query, type: string}
        - name: f
          in: formData
          type: string
          maxLength: 5
        - name: after
          in: query
          type: string
      responses:
        200:
          description: ok
          schema:
            type: string
`;
  const document = documentFromText(text, { name: 'a.yaml' });
  const line = (pointer: string) => {
    const { line: number, pointer: written } = document.locate(pointer);
    return `${text.split('\n')[number - 1]?.trim()} (${written})`;
  };
  expect(
    [
      '/servers/0/url',
      '/components/securitySchemes/key/type',
      '/components/parameters/Limit/schema/type',
      '/components/responses/Bad/content/application~1json/schema/$ref',
      '/components/responses/Bad/headers/X-Rate/schema/type',
      '/components/schemas/Error/properties/code/type',
      '/paths/~1a/post/requestBody/content/application~1json/schema/required/0',
      '/paths/~1a/post/requestBody/content',
      '/paths/~1a/post/responses/400',
      '/paths/~1form/post/parameters/0/schema/type',
      '/paths/~1form/post/parameters/1/name',
      '/paths/~1form/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties/f/maxLength',
      '/paths/~1form/post/responses/200/content/application~1json/schema/type',
      '/nothing/of/the/kind',
    ].map(line),
  ).toMatchInlineSnapshot(`
    [
      "host: a.example (/host)",
      "key: {type: apiKey, in: header, name: X} (/securityDefinitions/key/type)",
      "type: integer (/parameters/Limit/type)",
      "$ref: '#/definitions/Error' (/responses/Bad/schema/$ref)",
      "type: integer (/responses/Bad/headers/X-Rate/type)",
      "type: integer (/definitions/Error/properties/code/type)",
      "- a (/paths/~1a/post/parameters/0/schema/required/0)",
      "- name: body (/paths/~1a/post/parameters/0)",
      "400: (/paths/~1a/post/responses/400)",
      "- {name: x, in: query, type: string} (/paths/~1form/post/parameters/0/type)",
      "- name: after (/paths/~1form/post/parameters/2/name)",
      "maxLength: 5 (/paths/~1form/post/parameters/1/maxLength)",
      "type: string (/paths/~1form/post/responses/200/schema/type)",
      "swagger: "2.0" ()",
    ]
  `);
});

test('what no rule can translate is left to the checks', () => {
  const document = () =>
    documentFromObject(
      {
        swagger: '2.0',
        info: {},
        paths: {
          '/a': {
            get: { parameters: [{ name: 'a', type: 'string' }, 'text', null], responses: { 200: null } },
            put: null,
          },
          '/b': null,
        },
        parameters: { A: null, B: 5 },
        responses: { C: null },
        securityDefinitions: { D: null },
        definitions: { E: null },
      },
      { strict: true },
    );
  expect(document).toThrowErrorMatchingInlineSnapshot(`
    [CounterproofError: document:1:1 at /definitions/E: Not a Schema Object (expected an object or a boolean, found null)
    document:1:1 at /parameters/A: Not a Parameter Object (expected an object, found null)
    document:1:1 at /parameters/B: Not a Parameter Object (expected an object, found the number 5)
    document:1:1 at /responses/C: Not a Response Object (expected an object, found null)
    document:1:1 at /securityDefinitions/D: Not a Security Scheme Object (expected an object, found null)
    document:1:1 at /paths/~1a/get/responses/200: Not a Response Object (expected an object, found null)
    document:1:1 at /paths/~1a/get/parameters/0: Parameter "a" does not say where it is (expected path, query, querystring, header or cookie, found nothing)
    document:1:1 at /paths/~1a/get/parameters/1: Not a Parameter Object (expected an object, found "text")
    document:1:1 at /paths/~1a/get/parameters/2: Not a Parameter Object (expected an object, found null)]
  `);
});

test.each(['definitions', 'parameters', 'responses', 'securityDefinitions'])(
  '%s that is no object is found',
  (name) => {
    const text = `swagger: '2.0'\ninfo: { title: t, version: '1' }\npaths: {}\n${name}: x\n`;
    const document = documentFromText(text, { name: 'a.yaml' });
    expect(document.problems.map(({ location }) => location)).toMatchObject([{ line: 4, pointer: `/${name}` }]);
  },
);
