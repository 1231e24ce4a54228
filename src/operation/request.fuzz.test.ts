import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Document, documentFromObject, documentFromText } from '../document/index.js';
import type { JsonObject } from '../text/value.js';
import type { RequestHeaders } from './http.js';
import { createOperations } from './operations.js';
import { checkRequest } from './request.js';
import { checkSecurity } from './security.js';
import type { Operation } from './types.js';

const root = new URL('../../', import.meta.url);
const filed = (path: string) => fileURLToPath(new URL(path, root));
const read = (path: string) => documentFromText(readFileSync(filed(path), 'utf8'), { name: path });

/** Every style in every place, with schemas that take every way through the coercion. */
function everyStyle(): Document {
  const schemas: JsonObject[] = [
    { type: 'integer' },
    { type: ['string', 'boolean'] },
    { type: 'array', items: { anyOf: [{ type: 'number' }, { enum: ['a', 'b'] }] } },
    {
      type: 'object',
      properties: { a: { type: 'integer' }, b: { $ref: '#/components/schemas/Any' } },
      required: ['a'],
    },
    { type: 'object', additionalProperties: { type: 'boolean' } },
    { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'integer' } }, { type: 'object' }] },
    { $ref: '#/components/schemas/Recursive' },
    {},
  ];
  const styles = {
    query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
    header: ['simple'],
    cookie: ['form'],
  };
  const parameters = Object.entries(styles).flatMap(([place, names]) =>
    names.flatMap((style) =>
      [true, false].flatMap((explode) =>
        schemas.map((schema, index) => ({ name: `${style}${explode}${index}`, in: place, style, explode, schema })),
      ),
    ),
  );
  const json = { name: 'json', in: 'query', content: { 'application/json': { schema: { type: 'object' } } } };
  const path = ['simple', 'label', 'matrix'].map((style, index) => ({
    name: `p${index}`,
    in: 'path',
    required: true,
    style,
    schema: schemas[index + 2] ?? {},
  }));
  const form = {
    schema: schemas[3] ?? {},
    encoding: { a: { style: 'form', explode: true }, b: { contentType: 'application/json' } },
  };
  const content = {
    'application/json': { schema: schemas[6] ?? {} },
    'application/x-www-form-urlencoded': form,
    'multipart/form-data': form,
    'text/*': { schema: schemas[0] ?? {} },
    '*/*': {},
  };
  return documentFromObject({
    openapi: '3.1.0',
    info: { title: 'Every style', version: '1' },
    security: [{ a: [], b: [] }, { c: [] }, { d: [] }],
    paths: {
      '/{p0}/{p1}/{p2}': {
        post: { parameters: [...path, ...parameters, json], requestBody: { content }, responses: {} },
      },
    },
    components: {
      schemas: {
        Any: {},
        Recursive: {
          anyOf: [
            { type: 'integer' },
            { type: 'array', items: { $ref: '#/components/schemas/Recursive' } },
            { type: 'object', additionalProperties: { $ref: '#/components/schemas/Recursive' } },
          ],
        },
      },
      securitySchemes: {
        a: { type: 'apiKey', in: 'query', name: 'a' },
        b: { type: 'apiKey', in: 'cookie', name: 'b' },
        c: { type: 'http', scheme: 'basic' },
        d: { type: 'http', scheme: 'bearer' },
      },
    },
  });
}

const piece = fc.oneof(
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '=',
      '&',
      ';',
      ',',
      '.',
      '|',
      '%20',
      '%',
      '%ff',
      '%00',
      '[',
      ']',
      '[]',
      '[0]',
      '[a]',
      '+',
      '"',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'true',
      '1',
      '1e5',
      '-1',
      'null',
      '{}',
      '{"a":1}',
      'a',
      'b',
      '__proto__',
      'constructor',
      'Basic ',
      'Bearer ',
    ),
  },
);
const mediaTypes = [
  'application/json',
  'application/json; charset=x',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=b',
  'multipart/form-data',
  'text/plain; charset=utf-16',
  'text/plain; charset=x',
  'a/b',
  '',
  ';',
];
const texts = [
  '',
  '{}',
  '[[],{"a":[1]}]',
  '{"a":{"__proto__":1}}',
  '{"a":1',
  'a=1&b[c]=2&b=3&b[]=%ff',
  '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--',
  '\uFEFF{}',
  '['.repeat(20_000),
];
const body = fc.oneof(
  fc.constantFrom(null, ...texts.map((text) => new TextEncoder().encode(text))),
  fc.uint8Array({ maxLength: 20 }),
);

function requestFor(operation: Operation) {
  const names = operation.parameters.map(({ name }) => name);
  const text = fc
    .array(fc.oneof(piece, fc.constantFrom('a', ...names)), { maxLength: 8 })
    .map((pieces) => pieces.join(''));
  return fc.record({ query: text, field: text, segment: text, mediaType: fc.constantFrom(...mediaTypes), body });
}

function exercise(operation: Operation, runs: number): void {
  const headerNames = operation.parameters.filter((one) => one.in === 'header').map(({ name }) => name.toLowerCase());
  const segments = [...operation.path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? '');
  fc.assert(
    fc.property(requestFor(operation), ({ query, field, segment, mediaType, body: sent }) => {
      const headers: RequestHeaders = {
        'content-type': mediaType,
        cookie: field,
        authorization: field,
        ...Object.fromEntries(headerNames.map((name) => [name, field])),
      };
      const request = { method: operation.method, target: `/?${query}`, headers, body: sent };
      const { violations } = checkRequest(
        operation,
        request,
        Object.fromEntries(segments.map((name) => [name, segment])),
      );
      for (const violation of [...violations, ...checkSecurity(operation, request, { apiKey: 'x' })]) {
        expect(violation).toMatchObject({ message: expect.stringMatching(/./), expected: expect.anything() });
        expect(violation.pointer).toMatch(/^(\/|$)/);
        // What violations name stands in the document, or is a member that it leaves out (`required`, `style`).
        const place = violation.schemaPointer;
        expect(
          operation.document.at(place) ?? operation.document.at(place.slice(0, place.lastIndexOf('/'))),
        ).toBeDefined();
      }
    }),
    { numRuns: runs },
  );
}

function exerciseAll(document: Document, runs: number): void {
  const operations = createOperations(document);
  expect(operations.entries.length).toBeGreaterThan(0);
  for (const entry of operations.entries) exercise(operations.compile(entry), runs);
}

describe('checkRequest and checkSecurity take any request whatsoever', () => {
  it('with every style in every place', () => exerciseAll(everyStyle(), 600));
  it('on the document of figma', () => exerciseAll(read('node_modules/@figma/rest-api-spec/openapi/openapi.yaml'), 15));
  it('on the document of scalar', () => exerciseAll(read('node_modules/@scalar/galaxy/dist/3.1.yaml'), 60));

  for (const name of ['openhands-v0.json', 'openhands-agent-server.json']) {
    it(`on ${name}`, () => exerciseAll(read(`tests/documents/${name}`), 15));
  }
});
