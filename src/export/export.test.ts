import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { faultProblem } from '../fault/index.js';
import { fixturesFromText } from '../fixture/index.js';
import { createMock, type Mock } from '../mock/index.js';
import { createOperations } from '../operation/index.js';
import type { Json, JsonObject } from '../text/value.js';
import { createFits } from './fits.js';
import { brunoCollection, documentWithExamples, exported, exportFormats, httpFile, loadScript } from './index.js';
import { collect } from './k6.js';

function mockOf(document: JsonObject, fixtures = '{}'): Mock {
  const operations = createOperations(documentFromObject(document));
  return createMock({ operations, fixtures: fixturesFromText(fixtures, 'fixtures', operations, { faultProblem }) });
}

const problem = { description: 'A problem', content: { 'application/json': { schema: { type: 'object' } } } };
const things: JsonObject = {
  openapi: '3.0.3',
  info: { title: 'Things', version: '1' },
  servers: [{ url: 'https://{region}.example.com/v1/', variables: { region: { default: 'eu' } } }],
  paths: {
    '/things/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer', enum: [7] } }],
      get: {
        operationId: 'getThing',
        summary: 'One thing',
        security: [{ Key: [] }],
        responses: {
          '200': {
            description: 'ok',
            content: { 'application/json': { schema: { type: 'integer', nullable: true, enum: [1] }, example: 1 } },
          },
          '404': { $ref: '#/components/responses/Problem' },
        },
      },
      put: {
        operationId: 'putThing',
        requestBody: { required: true, content: { 'application/json': { schema: { type: 'string', enum: ['a'] } } } },
        responses: { '204': { description: 'done' }, '404': { $ref: '#/components/responses/Problem' } },
      },
    },
  },
  components: {
    responses: { Problem: problem },
    securitySchemes: { Key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
  },
};
const cases = `
operations:
  getThing:
    cases:
      gone: { description: It was removed., status: 404, body: { was: thing } }
      busy: { status: 503, body: Later, offContract: true }
      slow: { status: 200, fault: hang }
      named: { status: 404, body: { id: "\${path.id}" } }
  putThing:
    cases:
      gone: { status: 404, body: { was: another } }
`;

describe('the document with examples', () => {
  test('has scripted cases beside what is made, in responses that are the operation’s own', async () => {
    const { root, notes } = documentWithExamples(mockOf(things, cases));
    expect(root.openapi).toBe('3.1.1');
    const { get, put, parameters } = (root.paths as Record<string, JsonObject>)['/things/{id}'] as Record<
      string,
      JsonObject
    >;
    expect({
      parameters,
      requestBody: put?.requestBody,
      get: get?.responses,
      put: put?.responses,
    }).toMatchInlineSnapshot(`
      {
        "get": {
          "200": {
            "content": {
              "application/json": {
                "example": 1,
                "schema": {
                  "enum": [
                    1,
                    null,
                  ],
                  "type": [
                    "integer",
                    "null",
                  ],
                },
              },
            },
            "description": "ok",
          },
          "404": {
            "content": {
              "application/json": {
                "examples": {
                  "generated": {
                    "value": {
                      "detail": "There is no such resource",
                      "instance": "/things/7",
                      "status": 404,
                      "title": "Not Found",
                      "type": "about:blank",
                    },
                  },
                  "gone": {
                    "summary": "It was removed.",
                    "value": {
                      "was": "thing",
                    },
                  },
                  "named": {
                    "value": {
                      "id": 7,
                    },
                  },
                },
                "schema": {
                  "type": "object",
                },
              },
            },
            "description": "A problem",
          },
          "503": {
            "content": {
              "application/json": {
                "examples": {
                  "busy": {
                    "value": "Later",
                    "x-off-contract": true,
                  },
                },
              },
            },
            "description": "What the server answers besides",
            "x-off-contract": true,
          },
        },
        "parameters": [
          {
            "example": 7,
            "in": "path",
            "name": "id",
            "required": true,
            "schema": {
              "enum": [
                7,
              ],
              "type": "integer",
            },
          },
        ],
        "put": {
          "204": {
            "description": "done",
          },
          "404": {
            "content": {
              "application/json": {
                "examples": {
                  "generated": {
                    "value": {
                      "detail": "There is no such resource",
                      "instance": "/things/7",
                      "status": 404,
                      "title": "Not Found",
                      "type": "about:blank",
                    },
                  },
                  "gone": {
                    "value": {
                      "was": "another",
                    },
                  },
                },
                "schema": {
                  "type": "object",
                },
              },
            },
            "description": "A problem",
          },
        },
        "requestBody": {
          "content": {
            "application/json": {
              "examples": {
                "generated": {
                  "value": "a",
                },
              },
              "schema": {
                "enum": [
                  "a",
                ],
                "type": "string",
              },
            },
          },
          "required": true,
        },
      }
    `);
    const shared = (root.components as JsonObject).responses as { Problem: typeof problem };
    expect(Object.keys((shared.Problem.content['application/json'] as JsonObject).examples ?? {})).toEqual([
      'generated',
    ]);
    expect(notes).toEqual(['getThing: no example can show the fault of the case slow']);
  });

  test('answers by name what the scripted cases answer, without them', async () => {
    const mock = mockOf(things, cases);
    const { root } = documentWithExamples(mock);
    const other = mockOf(root);
    expect(other.operations.document.problems).toEqual([]);
    for (const [id, method] of [
      ['getThing', 'GET'],
      ['putThing', 'PUT'],
    ] as const) {
      const headers = { 'x-key': 'k', 'content-type': 'application/json' };
      const request = { method, target: '/things/7', headers, body: method === 'PUT' ? Buffer.from('"a"') : null };
      for (const { name, status, fault } of mock.fixtures.for(id).cases.filter((each) => each.fault === null)) {
        const [ours, theirs] = [mock, other].map((each) => each.answer(request, { example: name, status }));
        expect([theirs?.status, theirs?.body, fault], name).toEqual([ours?.status, ours?.body, null]);
      }
    }
  });
});

test('text members that a function of Faker makes name it, where nothing else says what they are like', () => {
  const properties = {
    firstName: { type: 'string' },
    city: { type: ['string', 'null'] },
    lastName: { type: 'string', maxLength: 5 },
    country: { type: 'string', enum: ['DE'] },
    qwzx: { type: 'string' },
    home: { type: 'object', properties: { country: { type: 'string' }, 'x-faker': { type: 'string' } } },
  };
  const schema = { $ref: '#/components/schemas/User' };
  const { root } = documentWithExamples(
    mockOf({
      openapi: '3.1.0',
      info: { title: 'Users', version: '1' },
      paths: {
        '/users': { get: { responses: { '200': { description: '', content: { 'application/json': { schema } } } } } },
      },
      components: { schemas: { User: { type: 'object', properties } } },
    }),
  );
  expect(root.components).toMatchObject({
    schemas: {
      User: {
        properties: {
          ...properties,
          firstName: { type: 'string', 'x-faker': 'name.firstName' },
          city: { type: ['string', 'null'], 'x-faker': 'address.city' },
          home: { properties: { country: { type: 'string', 'x-faker': 'address.country' } } },
        },
      },
    },
  });
});

test('a .http file has a valid request of each operation and one for each case', async () => {
  const { text, notes } = httpFile(mockOf(things, cases));
  expect(notes).toEqual([]);
  expect(text).toMatchInlineSnapshot(`
    "@baseUrl = https://eu.example.com/v1
    @KEY = counterproof

    ### getThing
    # One thing
    GET {{baseUrl}}/things/7
    x-key: {{KEY}}

    ### getThing: gone
    # One thing
    GET {{baseUrl}}/things/7
    x-key: {{KEY}}
    prefer: example=gone

    ### getThing: busy
    # One thing
    GET {{baseUrl}}/things/7
    x-key: {{KEY}}
    prefer: example=busy

    ### getThing: slow
    # One thing
    GET {{baseUrl}}/things/7
    x-key: {{KEY}}
    prefer: example=slow

    ### getThing: named
    # One thing
    GET {{baseUrl}}/things/7
    x-key: {{KEY}}
    prefer: example=named

    ### putThing
    PUT {{baseUrl}}/things/7
    content-type: application/json

    "a"

    ### putThing: gone
    PUT {{baseUrl}}/things/7
    content-type: application/json
    prefer: example=gone

    "a"
    "
  `);
});

test('a collection of Bruno is a folder of requests', async () => {
  const { files } = brunoCollection(mockOf(things, cases));
  expect([...files.keys()]).toMatchInlineSnapshot(`
    [
      "bruno.json",
      "environments/local.bru",
      "getThing/valid.bru",
      "getThing/gone.bru",
      "getThing/busy.bru",
      "getThing/slow.bru",
      "getThing/named.bru",
      "putThing/valid.bru",
      "putThing/gone.bru",
    ]
  `);
  expect(files.get('putThing/valid.bru')).toMatchInlineSnapshot(`
    "meta {
      name: putThing
      type: http
      seq: 6
    }

    put {
      url: {{baseUrl}}/things/7
      body: json
      auth: none
    }

    headers {
      content-type: application/json
    }

    body:json {
      "a"
    }
    "
  `);
  expect(files.get('environments/local.bru')).toMatchInlineSnapshot(`
    "vars {
      baseUrl: https://eu.example.com/v1
      KEY: counterproof
    }
    "
  `);
});

describe('a load script', () => {
  /** Runs the script as k6 does, once for each draw, with the mock as the server. */
  async function run(mock: Mock, spoil: (body: string) => string = (body) => body): Promise<string[]> {
    const { text } = loadScript(mock, true);
    const failed = new Set<string>();
    const check = (response: object, checks: Record<string, (response: object) => boolean>) => {
      for (const [name, holds] of Object.entries(checks)) if (!holds(response)) failed.add(name);
    };
    const http = {
      request(method: string, url: string, body: string | null, { headers }: { headers: Record<string, string> }) {
        expect(url).toMatch(/^https:\/\/eu\.example\.com\/v1\/things\/7$/);
        const request = {
          method,
          target: new URL(url).pathname,
          headers,
          body: body === null ? null : Buffer.from(body),
        };
        const answer = mock.answer(request);
        const fields = { ...answer.headers, 'Content-Type': answer.headers['Content-Type'] };
        return { status: answer.status, headers: fields, body: spoil(String(answer.body)) };
      },
    };
    const code = text
      .replaceAll(/^import .*$/gm, '')
      .replace('export default', 'return')
      .replace('export const', 'const');
    const iterate = new Function('check', 'http', '__ENV', code)(check, http, {}) as () => void;
    for (let draw = 0; draw < 50; draw++) iterate();
    return [...failed];
  }

  test('holds every answer against the document', async () => {
    const mock = mockOf(things, cases);
    expect(await run(mock)).toEqual([]);
    expect(await run(mock, (body) => body && '"no"')).toEqual(['the body fits its schema']);
  });

  test('sends what only reads, where nothing else is allowed', async () => {
    const { text, notes } = loadScript(mockOf(things), false);
    expect(text).toContain('GET');
    expect(text).not.toContain('PUT');
    expect(notes).toEqual(['1 requests that may change something are left out']);
  });

  const folder = new URL('../../tests/json-schema-test-suite/draft2020-12/', import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  test.each(files)('accuses nothing that the JSON Schema test suite calls valid: %s', (name) => {
    type Group = { description: string; schema: Json; tests: { description: string; data: Json; valid: boolean }[] };
    for (const { description, schema, tests } of JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Group[]) {
      const root = { openapi: '3.1.0', info: { title: name, version: '1' }, components: { schemas: { It: schema } } };
      const schemas: JsonObject = {};
      collect('/components/schemas/It', documentFromObject(root), schemas);
      const fits = createFits(schemas);
      const isPlain = /^(type|enum|const|required|minimum|maxLength|properties)\.json$/.test(name);
      for (const { data, valid, description: what } of tests) {
        const found = fits(data, schemas['/components/schemas/It'] ?? true);
        if (valid || isPlain) expect(found, `${description}: ${what}`).toBe(valid);
      }
    }
  });
});

test('each form is a text or a folder of texts', async () => {
  const mock = mockOf(things);
  const options = { json: true, allowWrites: false };
  expect(JSON.parse((await exported('openapi', mock, options)).files.get('') ?? '')).toMatchObject({
    openapi: '3.1.1',
  });
  expect((await exported('bruno', mock, options)).files.size).toBe(4);
});

test('others have their turn while the operations of a large document are written', async () => {
  const responses = { '200': { description: 'ok', content: { 'application/json': { schema: { type: 'object' } } } } };
  const all = Array.from({ length: 300 }, (_, index) => [`/things${index}`, { get: { responses } }] as const);
  const mock = mockOf({ openapi: '3.1.0', info: { title: 't', version: '1' }, paths: Object.fromEntries(all) });
  const counts: number[] = [];
  for (const format of exportFormats) {
    let turns = 0;
    const turn = setInterval(() => turns++, 0);
    const writing = exported(format, mock, { json: true, allowWrites: false });
    const before = turns;
    await writing;
    clearInterval(turn);
    counts.push(turns - before);
  }
  expect(Math.min(...counts)).toBeGreaterThan(0);
});
