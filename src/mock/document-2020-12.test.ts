import { describe, expect, it } from 'vitest';
import { documentFromText } from '../document/index.js';
import { checkResponse, createOperations } from '../operation/index.js';
import type { Json, JsonObject } from '../text/value.js';
import { createMock } from './index.js';

/** Keywords of JSON Schema 2020-12 that readers of older drafts pass over. */
const text = `
openapi: 3.1.0
info: { title: Kitchen sink, version: '1' }
paths:
  /prefix-items: { get: { responses: { 200: { $ref: '#/components/responses/PrefixItems' } } } }
  /contains: { get: { responses: { 200: { $ref: '#/components/responses/Contains' } } } }
  /unevaluated: { get: { responses: { 200: { $ref: '#/components/responses/Unevaluated' } } } }
  /conditional: { get: { responses: { 200: { $ref: '#/components/responses/Conditional' } } } }
  /dynamic: { get: { responses: { 200: { $ref: '#/components/responses/Dynamic' } } } }
  /discriminated: { get: { responses: { 200: { $ref: '#/components/responses/Discriminated' } } } }
  /order:
    post:
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Conditional' } } }
      responses:
        200: { description: fine }
        422: { description: not fine, content: { application/problem+json: { schema: { type: object } } } }
components:
  responses:
    PrefixItems: { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/Point' } } } }
    Contains: { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/Contains' } } } }
    Unevaluated: { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/Unevaluated' } } } }
    Conditional: { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/Conditional' } } } }
    Dynamic: { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/StringTree' } } } }
    Discriminated: { description: '', content: { application/json: { schema: { type: array, minItems: 3, items: { $ref: '#/components/schemas/Pet' } } } } }
  schemas:
    Point:
      type: array
      prefixItems: [{ type: number }, { type: integer, minimum: 5 }, { enum: [N, S] }]
      items: false
      minItems: 3
    Contains:
      type: array
      items: { type: integer }
      contains: { minimum: 100, multipleOf: 7 }
      minContains: 2
      maxContains: 3
      minItems: 5
    Unevaluated:
      allOf: [{ type: object, properties: { a: { type: string } }, required: [a] }]
      oneOf:
        - { properties: { b: { type: integer } }, required: [b] }
        - { properties: { c: { type: boolean } }, required: [c] }
      unevaluatedProperties: false
    Conditional:
      type: object
      required: [kind]
      properties: { kind: { enum: [card, cash] } }
      if: { properties: { kind: { const: card } } }
      then: { required: [number], properties: { number: { type: string, pattern: '^[0-9]{16}$' } } }
      else: { required: [coins], properties: { coins: { type: integer, exclusiveMinimum: 0 } } }
      dependentRequired: { coins: [change] }
      dependentSchemas: { change: { properties: { change: { type: integer, maximum: 9 } } } }
    Tree:
      $id: https://example.com/tree
      $dynamicAnchor: node
      type: object
      required: [value]
      properties:
        value: true
        children: { type: array, maxItems: 2, items: { $dynamicRef: '#node' } }
    StringTree:
      $id: https://example.com/string-tree
      $dynamicAnchor: node
      $ref: tree
      properties: { value: { type: string, minLength: 3 } }
    Pet:
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
      discriminator: { propertyName: species, mapping: { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' } }
    Cat:
      type: object
      required: [species, lives]
      properties: { species: { const: cat }, lives: { type: integer, minimum: 1, maximum: 9 } }
    Dog:
      type: object
      required: [species, tricks]
      properties: { species: { const: dog }, tricks: { type: array, items: { type: string }, uniqueItems: true } }
`;

const operations = createOperations(documentFromText(text, { name: 'kitchen-sink.yaml' }));
const encoder = new TextEncoder();

describe('a document that uses JSON Schema 2020-12 to the full', () => {
  it.each(operations.entries.filter(({ method }) => method === 'GET'))(
    '$path is served valid, for 20 seeds',
    (entry) => {
      const operation = operations.compile(entry);
      const bodies = new Set<string>();
      for (let seed = 1; seed <= 20; seed++) {
        const answer = createMock({ operations, seed }).answer({
          method: 'GET',
          target: entry.path,
          headers: {},
          body: null,
        });
        const body = String(answer.body);
        bodies.add(body);
        expect(answer.status).toBe(200);
        const headers = { 'content-type': 'application/json' };
        expect(checkResponse(operation, { status: 200, headers, body: encoder.encode(body) })).toEqual([]);
      }
      expect(bodies.size).toBeGreaterThan(5);
    },
  );

  it.each([
    [{ kind: 'card', number: '1234567812345678' }, 200],
    [{ kind: 'cash', coins: 5, change: 1 }, 200],
    [{ kind: 'card' }, 422],
    [{ kind: 'cash', coins: 5 }, 422],
    [{ kind: 'cash', coins: 0, change: 1 }, 422],
    [{ kind: 'cash', coins: 5, change: 10 }, 422],
  ])('holds requests to it too: %j gets %i', (body, status) => {
    const answer = createMock({ operations }).answer({
      method: 'POST',
      target: '/order',
      headers: { 'content-type': 'application/json' },
      body: encoder.encode(JSON.stringify(body)),
    });
    expect(answer.status).toBe(status);
    if (status === 422) {
      const { violations } = JSON.parse(String(answer.body)) as { violations: JsonObject[] };
      expect(violations).toHaveLength(1);
    }
  });
});

describe('a document with a schema that cannot be read', () => {
  const broken = `openapi: 3.1.0
info: { title: Broken, version: '1' }
paths:
  /broken:
    get:
      operationId: broken
      responses:
        200:
          description: fine
          content:
            application/json:
              schema: { type: object, required: [size], properties: { size: { allOf: [{ type: string }, { type: integer }] } } }
  /mended:
    get:
      responses:
        200:
          description: fine
          content:
            application/json:
              example: { size: BIG }
              schema:
                type: object
                required: [size]
                properties:
                  size: { type: string, pattern: '(?i)^(big|small)$', minLength: '3' }
                  kind: { type: strin }
                allOf: [{ $ref: '#/components/schemas/Circle' }]
  /whole:
    get: { responses: { 200: { description: fine } } }
components:
  schemas:
    Circle: { allOf: [{ $ref: '#/components/schemas/Circle' }] }
`;
  const mock = createMock({ operations: createOperations(documentFromText(broken, { name: 'broken.yaml' })) });
  const ask = (target: string) => mock.answer({ method: 'GET', target, headers: {}, body: null });

  it('answers 500 with the reason and its line, for that operation, where that is asked for', () => {
    expect(ask('/broken').status).toBe(200);
    const answer = createMock({ operations: mock.operations, errors: true }).answer({
      method: 'GET',
      target: '/broken',
      headers: {},
      body: null,
    });
    expect(answer.status).toBe(500);
    expect(answer.headers['Content-Type']).toBe('application/problem+json');
    const { detail } = JSON.parse(String(answer.body)) as { detail: Json };
    expect(detail).toMatch(/^broken\.yaml:12:\d+ at .*\/properties\/size/);
    expect(answer.operationId).toBe('broken');
  });

  it('answers with the example where a keyword was translated or left out, and with data that keep the rest', () => {
    expect(ask('/mended').body).toBe('{"size":"BIG"}');
    const made = mock.answer({ method: 'GET', target: '/mended', headers: { prefer: 'dynamic=true' }, body: null });
    expect(JSON.parse(String(made.body))).toMatchObject({ size: expect.stringMatching(/^(big|small)$/i) });
  });

  it('answers the other operations', () => {
    expect(ask('/whole').status).toBe(200);
  });
});
