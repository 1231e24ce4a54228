import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { documentFromObject, readDocument } from '../../document/index.js';
import { createFaker } from '../../fake/index.js';
import { createOperations, type Operation, resultOf } from '../../operation/index.js';
import { assertionsAbout } from '../../schema/keywords.js';
import { walkValue } from '../../schema/outlook.js';
import { viewOf } from '../../schema/view.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { ContractCase, Exchange } from '../types.js';
import { CoverageTally } from './coverage.js';

const document = documentFromObject({
  openapi: '3.1.0',
  info: { title: 't', version: '1' },
  paths: {
    '/pets/{id}': {
      post: {
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'kind', in: 'query', schema: { enum: ['cat', 'dog'] } },
          { name: 'X-Trace', in: 'header', schema: { type: 'string', maxLength: 5 } },
        ],
        requestBody: { content: { 'application/json': { schema: { properties: { size: { enum: ['s', 'l'] } } } } } },
        responses: {
          200: { description: 'ok', content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } } },
          '4XX': { description: 'no' },
        },
      },
    },
    '/never': { get: { responses: { 204: { description: 'nothing' } } } },
  },
  components: {
    schemas: {
      Pet: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string', minLength: 1 },
          mood: { enum: ['good', 'bad'] },
          parent: { $ref: '#/components/schemas/Pet' },
          owner: {
            oneOf: [
              { type: 'string', maxLength: 9 },
              { type: 'integer', minimum: 1 },
            ],
          },
          tags: { type: 'array', maxItems: 3, items: { type: 'string', pattern: '^a' } },
        },
        additionalProperties: false,
      },
    },
  },
});
const operations = createOperations(document);
const [entry] = operations.entries;
if (entry === undefined) throw new Error('no operation');
const operation = operations.compile(entry);

interface Seen {
  readonly target: string;
  readonly headers?: Record<string, string>;
  readonly sent?: Json;
  readonly status?: number;
  readonly body?: Json;
  readonly expectation?: ContractCase['expectation'];
  readonly pointer?: string;
}

function coverageOf(...seen: Seen[]) {
  const tally = new CoverageTally(operations);
  for (const each of operations.entries) resultOf(tally.beginning(operations.compile(each)));
  for (const each of seen) tally.observe(exchangeOf(operation, each));
  return tally.result(operations.entries);
}

function exchangeOf(
  operation: Operation,
  { target, headers = {}, sent, status = 200, body, expectation = 'accepted', pointer = '' }: Seen,
): Exchange {
  const bytes = (value: Json | undefined) => new TextEncoder().encode(value === undefined ? '' : JSON.stringify(value));
  const request = {
    method: operation.method,
    target,
    headers: { ...headers, ...(sent !== undefined && { 'content-type': 'application/json' }) },
    body: sent === undefined ? null : bytes(sent),
  };
  const varies = { in: null, name: null, keyword: '', pointer };
  return {
    case: {
      id: '0',
      operationId: operation.id,
      aspect: 'accepted',
      title: '',
      expectation,
      varies,
      request,
      authenticated: true,
      generatedPath: true,
    },
    operation,
    request,
    received: {
      status,
      headers: [['Content-Type', 'application/json; charset=utf-8']],
      raw: bytes(body),
      body: bytes(body),
      problems: [],
      duration: 1,
    },
  };
}

describe('coverage', () => {
  it('of nothing names everything, once', () => {
    expect(coverageOf()).toMatchInlineSnapshot(`
      {
        "enumValues": {
          "exercised": 0,
          "never": [
            "request #/paths/~1pets~1{id}/post/parameters/1/schema/enum/0 "cat"",
            "request #/paths/~1pets~1{id}/post/parameters/1/schema/enum/1 "dog"",
            "request #/paths/~1pets~1{id}/post/requestBody/content/application~1json/schema/properties/size/enum/0 "s"",
            "request #/paths/~1pets~1{id}/post/requestBody/content/application~1json/schema/properties/size/enum/1 "l"",
            "response #/components/schemas/Pet/properties/mood/enum/0 "good"",
            "response #/components/schemas/Pet/properties/mood/enum/1 "bad"",
          ],
          "total": 6,
        },
        "keywords": {
          "exercised": 0,
          "never": [
            "request #/paths/~1pets~1{id}/post/parameters/1/schema/enum",
            "request #/paths/~1pets~1{id}/post/parameters/2/schema/maxLength",
            "request #/paths/~1pets~1{id}/post/requestBody/content/application~1json/schema/properties/size/enum",
            "response #/components/schemas/Pet/type",
            "response #/components/schemas/Pet/required",
            "response #/components/schemas/Pet/additionalProperties",
            "response #/components/schemas/Pet/properties/name/type",
            "response #/components/schemas/Pet/properties/name/minLength",
            "response #/components/schemas/Pet/properties/mood/enum",
            "response #/components/schemas/Pet/properties/owner/oneOf",
            "response #/components/schemas/Pet/properties/tags/type",
            "response #/components/schemas/Pet/properties/tags/maxItems",
            "response #/components/schemas/Pet/properties/owner/oneOf/0/type",
            "response #/components/schemas/Pet/properties/owner/oneOf/0/maxLength",
            "response #/components/schemas/Pet/properties/owner/oneOf/1/type",
            "response #/components/schemas/Pet/properties/owner/oneOf/1/minimum",
            "response #/components/schemas/Pet/properties/tags/items/type",
            "response #/components/schemas/Pet/properties/tags/items/pattern",
          ],
          "total": 18,
        },
        "operations": {
          "exercised": 0,
          "never": [
            "POST /pets/{id}",
            "GET /never",
          ],
          "total": 2,
        },
        "parameters": {
          "exercised": 0,
          "never": [
            "POST /pets/{id} path id",
            "POST /pets/{id} query kind",
            "POST /pets/{id} header X-Trace",
          ],
          "total": 3,
        },
        "responses": {
          "exercised": 0,
          "never": [
            "POST /pets/{id} 200",
            "POST /pets/{id} 4XX",
            "GET /never 204",
          ],
          "total": 3,
        },
      }
    `);
  });

  it('counts the parameters and enum values of requests that succeeded', () => {
    const {
      parameters,
      enumValues,
      operations: reached,
    } = coverageOf(
      { target: '/pets/1?kind=dog', sent: { size: 'l' }, body: { name: 'x' } },
      { target: '/pets/1?kind=cat', headers: { 'x-trace': 'y' }, status: 400 },
    );
    expect(parameters.never).toEqual(['POST /pets/{id} header X-Trace']);
    expect(enumValues.never).toEqual([
      expect.stringContaining('"cat"'),
      expect.stringContaining('"s"'),
      expect.stringContaining('"good"'),
      expect.stringContaining('"bad"'),
    ]);
    expect(reached).toEqual({ total: 2, exercised: 1, never: ['GET /never'] });
  });

  it('counts the responses that came, under the key that describes them', () => {
    const { responses } = coverageOf({ target: '/pets/1', status: 404 });
    expect(responses.never).toEqual(['POST /pets/{id} 200', 'GET /never 204']);
  });

  it('counts keywords of a response for which a value came, through references, branches and lists', () => {
    const body = { name: 'x', parent: { name: 'y', mood: 'bad' }, owner: 3, tags: ['a'] };
    const { keywords, enumValues } = coverageOf({ target: '/pets/1', body });
    const ofResponse = keywords.never.filter((name) => name.startsWith('response'));
    expect(ofResponse).toEqual([
      'response #/components/schemas/Pet/properties/owner/oneOf/0/type',
      'response #/components/schemas/Pet/properties/owner/oneOf/0/maxLength',
    ]);
    expect(enumValues.never.filter((name) => name.startsWith('response'))).toEqual([
      'response #/components/schemas/Pet/properties/mood/enum/0 "good"',
    ]);
  });

  it('counts keywords of a request that a case broke', () => {
    const pointer = operation.parameters.find(({ name }) => name === 'X-Trace')?.schema.pointer ?? '';
    const { keywords } = coverageOf({
      target: '/pets/1',
      expectation: 'rejected',
      pointer: `${pointer}/maxLength`,
      status: 400,
    });
    expect(keywords.never).not.toContain(`request #${pointer}/maxLength`);
    expect(keywords.never).toContain('request #/paths/~1pets~1{id}/post/parameters/1/schema/enum');
  });
});

it('looks for what is open no further than to the first', () => {
  const names = Array.from({ length: 200 }, (_, index) => `Model${index}`);
  const reference = (index: number) => ({ $ref: `#/components/schemas/Model${index % names.length}` });
  const content = { 'application/json': { schema: reference(0) } };
  const dense = documentFromObject({
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
    paths: { '/a': { get: { responses: { 200: { description: 'ok', content } } } } },
    components: {
      schemas: Object.fromEntries(
        names.map((name, index) => {
          const properties = { next: reference(index + 1), other: reference(index * 3), size: { minimum: 1 } };
          return [name, { type: 'object', properties }];
        }),
      ),
    },
  });
  const within = createOperations(dense);
  const tally = new CoverageTally(within);
  const [first] = within.entries;
  if (first === undefined) throw new Error('no operation');
  resultOf(tally.beginning(within.compile(first)));
  const edges = vi.spyOn(viewOf(dense), 'edges');
  for (const size of [1, 2, 3]) {
    tally.observe(exchangeOf(within.compile(first), { target: '/a', body: { size } }));
    tally.observe(exchangeOf(within.compile(first), { target: '/a', body: { size, next: { size } } }));
  }
  expect(edges.mock.calls.length).toBeLessThan(100);
});

it('exercises what each answer is about, in whatever order they come, though it looks at no part twice that is done', async () => {
  const large = await readDocument(
    fileURLToPath(new URL('../../../tests/documents/openhands-agent-server.json', import.meta.url)),
  );
  const all = createOperations(large);
  const faker = createFaker(all.schemas);
  const tally = new CoverageTally(all);
  const exercised = new Set<string>();
  const exchanges = all.entries.flatMap((entry) => {
    const operation = all.compile(entry);
    resultOf(tally.beginning(operation));
    const schema = operation.responses.find(({ key }) => key === '200')?.content[0]?.schema;
    if (!schema) return [];
    return [1, 2].flatMap((seed) => {
      const made = faker.generate(schema, { seed, optionals: seed === 2 ? 'all' : 'some' });
      return made.ok ? [{ operation, schema, body: made.value }] : [];
    });
  });
  expect(exchanges.length).toBeGreaterThan(50);
  for (const { operation, schema, body } of exchanges.sort(
    (a, b) => (JSON.stringify(a.body).length % 7) - (JSON.stringify(b.body).length % 7),
  )) {
    tally.observe(exchangeOf(operation, { target: '/', body }));
    for (const node of walkValue(all.schemas, 'response', schema.pointer, body)) {
      for (const keyword of assertionsAbout(node.value)) exercised.add(`response #${node.pointer}/${keyword}`);
    }
  }
  const { never, total } = tally.result(all.entries, true).keywords;
  expect(never.length).toBeLessThan(total);
  expect(never.filter((name) => exercised.has(name))).toEqual([]);
});

it('what is text, or XML, exercises what its schema says, and what nobody looks at is not counted', () => {
  const schema = { type: 'string', pattern: '^v' };
  const of = (type: string, more: JsonObject) => ({
    get: { responses: { 200: { description: '', content: { [type]: more } } } },
  });
  const paths = {
    '/version': of('text/plain', { schema }),
    '/thing': of('application/xml', { schema: { type: 'object', properties: { version: schema } } }),
    '/table': of('text/csv', { schema: { type: 'array', items: schema } }),
  };
  const operations = createOperations(
    documentFromObject({ openapi: '3.1.0', info: { title: 't', version: '1' }, paths }),
  );
  const tally = new CoverageTally(operations);
  const bodies = [
    ['text/plain', 'v1'],
    ['application/xml', '<thing><version>v1</version></thing>'],
    ['text/csv', 'v1'],
  ];
  for (const [index, entry] of operations.entries.entries()) {
    const operation = operations.compile(entry);
    resultOf(tally.beginning(operation));
    const [type = '', text = ''] = bodies[index] ?? [];
    const exchange = exchangeOf(operation, { target: entry.path });
    const body = new TextEncoder().encode(text);
    tally.observe({
      ...exchange,
      received: { ...exchange.received, headers: [['Content-Type', type]], raw: body, body },
    });
  }
  expect(tally.result(operations.entries).keywords).toEqual({ total: 5, exercised: 5, never: [] });
});
