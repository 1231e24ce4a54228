import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documentFromObject, documentFromText } from '../document/index.js';
import type { Json, JsonObject } from '../text/value.js';
import { createOperations } from './operations.js';
import { operationProblems } from './operations-problems.js';
import type { Operation, Operations } from './types.js';

const responses = { 200: { description: 'fine' } };

function operationsOf(paths: JsonObject, more: JsonObject = {}): Operations {
  const root = { openapi: '3.1.0', info: { title: '', version: '' }, paths, ...more };
  return createOperations(documentFromObject(root, { name: 'test.yaml' }));
}

/** The only operation of a document. */
function operationOf(operation: JsonObject, more: JsonObject = {}, pathItem: JsonObject = {}, path = '/a'): Operation {
  const operations = operationsOf({ [path]: { ...pathItem, post: { responses, ...operation } } }, more);
  return operations.compile(operations.entries[0] as Operation);
}

describe('the entries of a document', () => {
  it('are its operations in their order, with what an index shows', () => {
    const operations = operationsOf({
      '/b': {
        summary: 'All of b',
        get: { operationId: 'listB', tags: ['b'], deprecated: true, responses },
        put: { summary: 'Put b', responses },
      },
      '/a': { get: { responses } },
    });
    expect(operations.entries).toMatchInlineSnapshot(`
      [
        {
          "deprecated": true,
          "id": "listB",
          "method": "GET",
          "path": "/b",
          "pointer": "/paths/~1b/get",
          "summary": "All of b",
          "tags": [
            "b",
          ],
        },
        {
          "deprecated": false,
          "id": "PUT /b",
          "method": "PUT",
          "path": "/b",
          "pointer": "/paths/~1b/put",
          "summary": "Put b",
          "tags": [],
        },
        {
          "deprecated": false,
          "id": "GET /a",
          "method": "GET",
          "path": "/a",
          "pointer": "/paths/~1a/get",
          "summary": "",
          "tags": [],
        },
      ]
    `);
  });

  it('are found by operationId, and by method and path', () => {
    const operations = operationsOf({ '/a': { get: { operationId: 'one', responses }, put: { responses } } });
    expect(operations.find('one')?.path).toBe('/a');
    expect(operations.find('GET /a')?.id).toBe('one');
    expect(operations.find('PUT /a')?.id).toBe('PUT /a');
    expect(operations.find('two')).toBeUndefined();
    expect(operations.find('constructor')).toBeUndefined();
  });

  it('with an operationId that is taken are called by method and path', () => {
    const operations = operationsOf({
      '/a': { get: { operationId: 'x', responses } },
      '/b': { get: { operationId: 'x', responses } },
    });
    expect(operations.entries.map(({ id }) => id)).toEqual(['x', 'GET /b']);
  });

  it('may stand in a path item that is referred to', () => {
    const shared = {
      get: { summary: 'Shared', parameters: [{ name: 'q', in: 'query', schema: { type: 'string' } }], responses },
    };
    const operations = operationsOf(
      { '/a': { $ref: '#/components/pathItems/Shared' } },
      { components: { pathItems: { Shared: shared } } },
    );
    const [entry] = operations.entries;
    expect(entry?.pointer).toBe('/components/pathItems/Shared/get');
    expect(operations.compile(entry as Operation).parameters.map(({ pointer }) => pointer)).toEqual([
      '/components/pathItems/Shared/get/parameters/0',
    ]);
    expect(operations.match('GET', '/a').kind).toBe('operation');
  });

  it('are compiled once', () => {
    const operations = operationsOf({ '/a': { get: { responses } } });
    const [entry] = operations.entries;
    expect(operations.compile(entry as Operation)).toBe(operations.compile(entry as Operation));
  });
});

describe('the parameters of an operation', () => {
  it('have the styles that OpenAPI gives them where they say nothing', () => {
    const { parameters } = operationOf(
      {
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'q', in: 'query', schema: {} },
          { name: 'd', in: 'query', style: 'deepObject', schema: {} },
          { name: 'p', in: 'query', style: 'pipeDelimited', explode: true, schema: {} },
          { name: 'h', in: 'header', required: true, schema: {} },
          { name: 'c', in: 'cookie', schema: {} },
        ],
      },
      {},
      {},
      '/a/{id}',
    );
    const shown = parameters.map(({ name, in: place, style, explode, required }) =>
      [place, name, style, explode, required].join(' '),
    );
    expect(shown).toEqual([
      'path id simple false true',
      'query q form true false',
      'query d deepObject false false',
      'query p pipeDelimited true false',
      'header h simple false true',
      'cookie c form true false',
    ]);
  });

  it('are those of the path too, unless the operation has them by name and place', () => {
    const path = [
      { name: 'q', in: 'query', schema: { type: 'string' } },
      { name: 'q', in: 'header', schema: { type: 'string' } },
      { $ref: '#/components/parameters/Limit' },
    ];
    const own = [
      { name: 'Q', in: 'header', description: 'own', schema: { type: 'integer' } },
      { name: 'limit', in: 'query', description: 'own', schema: {} },
    ];
    const components = { parameters: { Limit: { name: 'limit', in: 'query', schema: {} } } };
    const { parameters } = operationOf({ parameters: own }, { components }, { parameters: path });
    expect(parameters.map(({ name, in: place, description }) => `${place} ${name} ${description}`)).toEqual([
      'query q ',
      'header Q own',
      'query limit own',
    ]);
  });

  it('follow references, and say where they stand in the end', () => {
    const components = {
      parameters: {
        One: { $ref: '#/components/parameters/Two' },
        Two: { name: 'q', in: 'query', schema: { type: 'integer' } },
      },
    };
    const [parameter] = operationOf(
      { parameters: [{ $ref: '#/components/parameters/One' }] },
      { components },
    ).parameters;
    expect(parameter?.pointer).toBe('/components/parameters/Two');
    expect(parameter?.schema.pointer).toBe('/components/parameters/Two/schema');
  });

  it('leave out the headers that other parts describe', () => {
    const parameters = ['Accept', 'content-type', 'AUTHORIZATION', 'X-Own'].map((name) => ({
      name,
      in: 'header',
      schema: {},
    }));
    expect(operationOf({ parameters }).parameters.map(({ name }) => name)).toEqual(['X-Own']);
  });

  it('may be described by content', () => {
    const content = { 'application/json': { schema: { type: 'object' }, example: { a: 1 } } };
    const [parameter] = operationOf({ parameters: [{ name: 'filter', in: 'query', content }] }).parameters;
    expect(parameter).toMatchObject({ mediaType: 'application/json', examples: [{ value: { a: 1 } }] });
    expect(parameter?.schema.accepts('x')).toBe(false);
  });
});

describe('examples', () => {
  it('are named ones with their references, then the single one, then those of the schema; never defaults', () => {
    const content = {
      'application/json': {
        schema: { $ref: '#/components/schemas/Pet' },
        examples: {
          small: { value: 1 },
          big: { $ref: '#/components/examples/Big' },
          away: { externalValue: 'https://example.org/e' },
        },
      },
      'application/xml': { schema: { type: 'string', default: 'no' }, example: '<a/>' },
    };
    const components = { examples: { Big: { value: [1, 2] } }, schemas: { Pet: { examples: [null, { a: 1 }] } } };
    const { requestBody } = operationOf({ requestBody: { content } }, { components });
    const shown = requestBody?.content.map(({ examples }) =>
      examples.map(({ name, value, pointer }) => `${name || '-'} ${JSON.stringify(value)} ${pointer}`),
    );
    expect(shown).toMatchInlineSnapshot(`
      [
        [
          "small 1 /paths/~1a/post/requestBody/content/application~1json/examples/small/value",
          "big [1,2] /components/examples/Big/value",
          "- null /components/schemas/Pet/examples/0",
          "- {"a":1} /components/schemas/Pet/examples/1",
        ],
        [
          "- "<a/>" /paths/~1a/post/requestBody/content/application~1xml/example",
        ],
      ]
    `);
  });
});

describe('responses', () => {
  it('keep the order of the document, with references followed', () => {
    const { responses: compiled } = operationOf(
      {
        responses: {
          404: { $ref: '#/components/responses/Missing' },
          '2XX': { description: 'fine' },
          default: { description: 'else' },
          'x-note': {},
        },
      },
      { components: { responses: { Missing: { description: 'gone', content: { 'text/plain': {} } } } } },
    );
    expect(compiled.map(({ key, pointer, description }) => `${key} ${pointer} ${description}`)).toEqual([
      '404 /components/responses/Missing gone',
      '2XX /paths/~1a/post/responses/2XX fine',
      'default /paths/~1a/post/responses/default else',
    ]);
    expect(compiled[0]?.content).toMatchObject([{ mediaType: 'text/plain', schema: null }]);
  });

  it('have headers, but for Content-Type', () => {
    const headers = {
      'X-Count': { required: true, schema: { type: 'integer' } },
      'content-type': { schema: {} },
      'X-Ref': { $ref: '#/components/headers/Ref' },
    };
    const components = { headers: { Ref: { content: { 'application/json': { schema: { type: 'object' } } } } } };
    const { responses: compiled } = operationOf({ responses: { 200: { description: '', headers } } }, { components });
    expect(
      compiled[0]?.headers.map(({ name, required, mediaType, pointer }) => [name, required, mediaType, pointer]),
    ).toEqual([
      ['X-Count', true, null, '/paths/~1a/post/responses/200/headers/X-Count'],
      ['X-Ref', false, 'application/json', '/components/headers/Ref'],
    ]);
  });
});

describe('security', () => {
  const components = {
    securitySchemes: {
      key: { type: 'apiKey', in: 'header', name: 'X-Key' },
      basic: { type: 'http', scheme: 'Basic' },
      oauth: { type: 'oauth2', flows: {} },
      linked: { $ref: '#/components/securitySchemes/key' },
    },
  };

  function alternatives(operation: JsonObject, more: JsonObject = {}): string[][] {
    return operationOf(operation, { components, ...more }).security.map((schemes) => schemes.map(({ name }) => name));
  }

  it('of an operation takes the place of that of the document', () => {
    const more = { security: [{ key: [] }] };
    expect(alternatives({}, more)).toEqual([['key']]);
    expect(alternatives({ security: [{ basic: [], oauth: ['read'] }, {}] }, more)).toEqual([['basic', 'oauth'], []]);
    expect(alternatives({ security: [] }, more)).toEqual([]);
  });

  it('says where a credential stands', () => {
    const { security } = operationOf(
      { security: [{ linked: [] }, { basic: [] }, { oauth: ['read'] }] },
      { components },
    );
    expect(security.flat()).toMatchObject([
      {
        name: 'linked',
        type: 'apiKey',
        in: 'header',
        parameterName: 'X-Key',
        pointer: '/components/securitySchemes/key',
      },
      { name: 'basic', type: 'http', httpScheme: 'basic', in: null },
      { name: 'oauth', type: 'oauth2', scopes: ['read'] },
    ]);
  });
});

describe('problems', () => {
  const bad = { type: 'text' };
  const everywhere: JsonObject = {
    parameters: [{ name: 'q', in: 'query', schema: bad }],
    requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Bad' } } } },
    responses: {
      200: {
        description: '',
        content: { 'application/json': { schema: { items: { $ref: '#/components/schemas/Bad' } } } },
      },
      400: { description: '', headers: { 'X-A': { schema: { pattern: '(' } } } },
    },
  };

  it('of an operation are those of its parameters, bodies, responses and headers, each once', () => {
    const { problems, warnings } = operationOf(everywhere, { components: { schemas: { Bad: bad } } });
    expect(problems).toEqual([]);
    expect(warnings.map(({ location }) => location?.pointer)).toEqual([
      '/paths/~1a/post/parameters/0/schema/type',
      '/components/schemas/Bad/type',
      '/paths/~1a/post/responses/400/headers/X-A/schema/pattern',
    ]);
  });

  it('of a document are listed while others go on', async () => {
    const operations = operationsOf(
      { '/a': { post: everywhere }, '/b': { post: everywhere } },
      { components: { schemas: { Bad: bad } } },
    );
    let turns = 0;
    // Not a timer: all may be listed within its millisecond.
    setImmediate(() => (turns += 1));
    const found: Json[] = [];
    for await (const { location } of operationProblems(operations, { slice: 0 })) {
      found.push(location?.pointer ?? null);
    }
    expect(found).toHaveLength(5);
    expect(turns).toBeGreaterThan(0);
  });
});

const corpus = new URL('../../tests/documents/', import.meta.url);
const documents = [
  ['@figma/rest-api-spec', new URL('../../node_modules/@figma/rest-api-spec/openapi/openapi.yaml', import.meta.url)],
  ['@scalar/galaxy', new URL('../../node_modules/@scalar/galaxy/dist/3.1.yaml', import.meta.url)],
  ['openhands-v0', new URL('openhands-v0.json', corpus)],
  ['openhands-agent-server', new URL('openhands-agent-server.json', corpus)],
] as const;

describe('a real document', () => {
  for (const [name, url] of documents) {
    it(`is compiled whole, and each operation is found under its own path: ${name}`, () => {
      const operations = createOperations(documentFromText(readFileSync(url, 'utf8'), { name }));
      expect(operations.entries.length).toBeGreaterThan(5);
      for (const entry of operations.entries) {
        const operation = operations.compile(entry);
        expect(operation.problems).toEqual([]);
        const target = entry.path.replace(/\{[^{}]*\}/g, 'abc');
        expect(operations.match(entry.method, target)).toMatchObject({
          kind: 'operation',
          entry: { path: entry.path },
        });
        for (const { schema } of operation.responses.flatMap(({ content }) => content)) {
          expect(schema?.accepts({ not: 'this' }) ?? false).toBeTypeOf('boolean');
        }
      }
    });
  }
});
