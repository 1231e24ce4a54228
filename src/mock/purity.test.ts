import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentFromObject, documentFromText } from '../document/index.js';
import { faultIds, harmlessVariants } from '../fault/index.js';
import { type Fixtures, fixturesFromText } from '../fixture/index.js';
import { createOperations, type HttpRequest, type Operations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { createMock, type Preference } from './index.js';

const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** A document in which an answer can depend on every part of a request. */
const library: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Library', version: '1' },
  components: {
    securitySchemes: {
      basic: { type: 'http', scheme: 'basic' },
      inCookie: { type: 'apiKey', in: 'cookie', name: 'sid' },
      inHeader: { type: 'apiKey', in: 'header', name: 'X-Key' },
    },
    schemas: {
      Book: {
        type: 'object',
        required: ['title'],
        properties: { title: { type: 'string', minLength: 1 }, pages: { type: 'integer' } },
      },
      Problem: {
        type: 'object',
        required: ['message', 'errors'],
        properties: {
          message: { type: 'string' },
          errors: { type: 'array', items: { type: 'object', properties: { field: { type: 'string' } } } },
        },
      },
    },
  },
  paths: {
    '/books/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      get: {
        operationId: 'read',
        security: [{ inHeader: [] }, { inCookie: [] }, { basic: [] }, {}],
        parameters: [
          { name: 'X-Trace', in: 'header', schema: { type: 'integer' } },
          { name: 'tag', in: 'query', schema: { type: 'array', items: { type: 'string', enum: ['a', 'b'] } } },
        ],
        responses: {
          200: {
            description: '',
            headers: { 'X-Count': { schema: { type: 'integer' } } },
            content: {
              'application/json': { schema: { $ref: '#/components/schemas/Book' } },
              'text/plain': { schema: { type: 'string' } },
            },
          },
          '4XX': {
            description: '',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        },
      },
      put: {
        operationId: 'write',
        security: [{ basic: [] }],
        parameters: [{ name: 'theme', in: 'cookie', schema: { type: 'string', enum: ['dark', 'light'] } }],
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/Book' } },
            'application/x-www-form-urlencoded': { schema: { $ref: '#/components/schemas/Book' } },
          },
        },
        responses: { 204: { description: '' }, 422: { description: '' } },
      },
    },
  },
};

/** Cases and refinements that look at header fields, at cookies, at which of them there are, and at the body. */
const scripts = `
operations:
  read:
    refinements:
      - { name: long, request: { properties: { cookie: { required: [long] } }, required: [cookie] }, schema: { properties: { title: { minLength: 30 } } } }
    cases:
      traced: { request: { properties: { header: { properties: { x-b: { const: '1' } }, required: [x-b] } }, required: [header] }, status: 418, offContract: true }
      many: { request: { properties: { header: { minProperties: 7 } } }, status: 404, fault: shape-wrapped }
      themed: { request: { properties: { cookie: { properties: { theme: { const: dark } }, required: [theme] } } , required: [cookie] }, status: 200, fault: harmless-gzip }
  write:
    cases:
      known: { request: { properties: { body: { properties: { title: { const: known } }, required: [title] } }, required: [body] }, status: 409, offContract: true, body: { message: known } }
      other: { request: { properties: { header: { patternProperties: { '^x-': { const: never } } } } }, status: 204 }
`;

interface Subject {
  readonly operations: Operations;
  readonly fixtures?: Fixtures;
  readonly targets: readonly string[];
}

const withFixtures = (operations: Operations, text: string, targets: readonly string[]): Subject => ({
  operations,
  fixtures: fixturesFromText(text, 'fixtures.yaml', operations),
  targets,
});
const libraryOperations = () => createOperations(documentFromObject(library, { name: 'library' }));
const fileOperations = (name: string) => createOperations(documentFromText(file(`spec/${name}`), { name }));
const inLibrary = ['/books/1', '/books/1?tag=a', '/books/x?tag=c', '/books/1?sid=1&tag=b&tag=a', '/book', '*'];
const inControl = ['/sessions', '/active', '/exchanges?limit=1', '/exchanges?limit=x', '/health'];
const installations = '/api/user/installations';
const inOpenHands = [`${installations}?provider=github`, `${installations}?provider=x`, installations, '/api/usr'];

const subjects: Record<string, Subject> = {
  'the built-in document': withFixtures(
    fileOperations('openhands-installations.yaml'),
    file('fixtures/openhands-installations.yaml'),
    inOpenHands,
  ),
  'one in which everything counts': { operations: libraryOperations(), targets: inLibrary },
  'one whose fixtures look at everything': withFixtures(libraryOperations(), scripts, inLibrary),
  'that of the control API': { operations: fileOperations('counterproof-control.yaml'), targets: inControl },
};

const faults = [...faultIds, ...harmlessVariants.map(({ id }) => id)];
const sometimes = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 });
const headers: fc.Arbitrary<HttpRequest['headers']> = fc
  .record({
    accept: sometimes(fc.constantFrom('*/*', 'application/json', 'text/plain;q=1, */*;q=0.1', 'image/png', 'x')),
    'accept-encoding': sometimes(fc.constantFrom('gzip', 'br', 'gzip, deflate')),
    authorization: sometimes(fc.constantFrom('', 'Basic dTpw', 'Basic eDp5', 'Bearer a', 'x')),
    'content-type': sometimes(
      fc.constantFrom('application/json', 'application/x-www-form-urlencoded', 'text/plain', 'application/json; a=b'),
    ),
    cookie: sometimes(fc.constantFrom('sid=1', 'theme=dark', 'theme=blue; long=1', 'long=1', '', 'sid=')),
    origin: sometimes(fc.constantFrom('http://a', 'http://b', 'Ψ')),
    prefer: sometimes(
      fc.oneof(
        fc.constantFrom(
          'code=422',
          'code=404',
          'code=200, dynamic',
          'example=traced',
          'validate=off',
          'seed=2',
          'code=x',
        ),
        fc.constantFrom(...faults).map((id) => `fault=${id}`),
      ),
    ),
    'access-control-request-method': sometimes(fc.constantFrom('PUT', 'GET')),
    'access-control-request-headers': sometimes(fc.constantFrom('x-a', 'x-b')),
    host: sometimes(fc.constantFrom('a', 'b')),
    'user-agent': sometimes(fc.constantFrom('curl', 'x'.repeat(5000))),
    'x-key': sometimes(fc.constantFrom('1', '2', '')),
    'x-session-api-key': sometimes(fc.constantFrom('1', '')),
    'x-trace': sometimes(fc.constantFrom<string | string[]>('1', 'x', ['1', '2'], '\n\n["1","2"]')),
    'x-b': sometimes(fc.constantFrom('1', '2')),
  })
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)));
const body = fc.option(
  fc
    .constantFrom(
      '',
      '{"title":"a"}',
      '{"title":"known"}',
      '{"title":1}',
      '{"title":"a',
      'title=a&pages=1',
      'x'.repeat(9000),
    )
    .map((text) => new TextEncoder().encode(text)),
  { nil: null },
);
const preference: fc.Arbitrary<Preference | undefined> = fc.option(
  fc.constantFrom<Preference>(
    { status: 422 },
    { seed: 7 },
    { delay: 10 },
    { fault: 'harmless-gzip' },
    { fault: 'auth-not-needed', ordinal: 3 },
    { fault: 'harmless-rate-limited-once', ordinal: 2 },
    { fault: 'parameter-ignored' },
    { validate: false },
    { example: 'traced' },
  ),
  { nil: undefined, freq: 4 },
);
const exchange = (targets: readonly string[]) =>
  fc.tuple(
    fc.record<HttpRequest>({
      method: fc.constantFrom('GET', 'GET', 'PUT', 'POST', 'OPTIONS', 'HEAD', 'PATCH'),
      target: fc.constantFrom(...targets),
      headers,
      body,
    }),
    preference,
  );

describe('a used mock answers as a fresh one does', () => {
  it.each(Object.entries(subjects))('of %s', (_, { targets, ...options }) => {
    const used = createMock(options);
    const property = fc.property(fc.array(exchange(targets), { minLength: 1, maxLength: 4 }), (exchanges) => {
      for (const [request, wanted] of [...exchanges, ...exchanges]) {
        expect(used.answer(request, wanted)).toEqual(createMock(options).answer(request, wanted));
      }
    });
    fc.assert(property, { numRuns: 400 });
  });

  it('where what is read next follows from what was read before: Accept-Encoding, where a fault is asked for', () => {
    const mock = createMock({ operations: libraryOperations() });
    const codingOf = (fields: HttpRequest['headers']) =>
      mock.answer({ method: 'GET', target: '/books/1', headers: fields, body: null }).headers['Content-Encoding'];
    const prefer = 'fault=harmless-gzip';
    const all = [
      { 'accept-encoding': 'gzip' },
      { prefer, 'accept-encoding': 'gzip' },
      { prefer },
      { prefer, 'accept-encoding': 'br' },
      { prefer, 'accept-encoding': 'gzip' },
      {},
    ];
    expect(all.map(codingOf)).toEqual([undefined, 'gzip', undefined, undefined, 'gzip', undefined]);
  });
});

describe('a mock gives the same object again', () => {
  const mock = createMock({ operations: libraryOperations() });
  const answer = (fields: HttpRequest['headers'], text: string | null = null) =>
    mock.answer({
      method: 'GET',
      target: '/books/1',
      headers: fields,
      body: text === null ? null : new TextEncoder().encode(text),
    });

  it('where a request differs in what was not read of it', () => {
    const first = answer({ accept: 'application/json' });
    expect(answer({ accept: 'application/json', 'user-agent': 'x', referer: 'y', host: 'a' }, 'ignored')).toBe(first);
    expect(answer({ accept: 'text/plain' })).not.toBe(first);
  });

  it('where bodies differ that nobody had to read: those of a refusal in a shape that has no words for them', () => {
    const refused = (text: string) =>
      mock.answer({ method: 'POST', target: '/book', headers: {}, body: new TextEncoder().encode(text) });
    expect(refused('{"a":1}')).toBe(refused('['));
  });

  it('also where more than are kept came between', () => {
    const first = answer({ accept: '*/*' });
    for (let number = 0; number < 3000; number++) answer({ accept: '*/*', 'x-key': String(number) });
    expect(answer({ accept: '*/*' })).toBe(first);
  });
});
