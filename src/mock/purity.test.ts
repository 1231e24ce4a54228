import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentFromObject, documentFromText } from '../document/index.js';
import { faultIds, harmlessVariants } from '../fault/index.js';
import { type Fixtures, fixturesFromText } from '../fixture/index.js';
import { createOperations, type HttpRequest, type Operations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { createMock, type Preference } from './index.js';

/** One with lists, whose query chooses rows, and whose links repeat it. */
const shop: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1' },
  paths: {
    '/items': {
      get: {
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 0, default: 2 } },
          { name: 'kind', in: 'query', schema: { enum: ['a', 'b'] } },
          { name: 'where', in: 'query', style: 'deepObject', schema: { type: 'object' } },
        ],
        responses: {
          200: {
            description: '',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['items', 'self'],
                  properties: {
                    items: { type: 'array', items: { $ref: '#/components/schemas/Item' } },
                    self: { type: 'string' },
                  },
                },
              },
            },
          },
        },
      },
    },
    '/items/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      get: {
        responses: {
          200: { description: '', content: { 'application/json': { schema: { $ref: '#/components/schemas/Item' } } } },
        },
      },
    },
    '/words': {
      get: {
        security: [{ inQuery: [] }],
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', default: 3 } }],
        responses: {
          200: {
            description: '',
            content: {
              'application/json': {
                schema: { type: 'object', properties: { word: { type: 'string' }, kind: { type: 'string' } } },
              },
            },
          },
        },
      },
    },
  },
  components: {
    securitySchemes: { inQuery: { type: 'apiKey', in: 'query', name: 'key' } },
    schemas: {
      Item: {
        type: 'object',
        required: ['id', 'kind'],
        properties: { id: { type: 'integer' }, kind: { enum: ['a', 'b'] }, word: { type: 'string' } },
      },
    },
  },
};

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
      debugged: { when: { query: { debug: '1' } }, status: 200 }
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
const shopOperations = () => createOperations(documentFromObject(shop, { name: 'shop' }));
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
  'one with lists': { operations: shopOperations(), targets: ['/items', '/items/1', '/words', '/words?key=k'] },
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
const pairs = fc.array(
  fc.constantFrom(
    ...[
      '_=1',
      '_=2',
      'tag=a',
      't%61g=c',
      'title=x',
      'title=',
      'pages=3',
      'pages=x',
      'debug=1',
      'debug=0',
      'debug=2&debug=1',
    ],
    ...[
      'limit=1',
      'limit=2',
      'kind=a',
      'kind=b',
      'where[kind]=b',
      'word=so',
      'w%6Frd=na',
      'key=k',
      'key=',
      'page_s=4',
      '&=',
      '%',
    ],
  ),
  { maxLength: 3 },
);
const withQuery = (target: string, query: readonly string[]) =>
  query.length === 0 ? target : `${target}${target.includes('?') ? '&' : '?'}${query.join('&')}`;
const exchange = (targets: readonly string[]) =>
  fc.tuple(
    fc.record<HttpRequest>({
      method: fc.constantFrom('GET', 'GET', 'PUT', 'POST', 'OPTIONS', 'HEAD', 'PATCH'),
      target: fc.tuple(fc.constantFrom(...targets), pairs).map(([target, query]) => withQuery(target, query)),
      headers,
      body,
    }),
    preference,
  );

describe('a used mock answers as a fresh one does', () => {
  it.each(Object.entries(subjects))('of %s', (_, { targets, ...options }) => {
    const used = createMock(options);
    const property = fc.property(fc.array(exchange(targets), { minLength: 1, maxLength: 4 }), (exchanges) => {
      const fresh = exchanges.map(([request, wanted]) => createMock(options).answer(request, wanted));
      for (const _turn of ['first', 'again']) {
        expect(exchanges.map(([request, wanted]) => used.answer(request, wanted))).toEqual(fresh);
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
  const answer = (fields: HttpRequest['headers'], text: string | null = null, target = '/books/1') =>
    mock.answer({
      method: 'GET',
      target,
      headers: fields,
      body: text === null ? null : new TextEncoder().encode(text),
    });

  it('where a request differs in what was not read of it', () => {
    const first = answer({ accept: 'application/json' });
    expect(answer({ accept: 'application/json', 'user-agent': 'x', referer: 'y', host: 'a' }, 'ignored')).toBe(first);
    expect(answer({ accept: 'text/plain' })).not.toBe(first);
  });

  it('where queries differ in what nobody has looked at', () => {
    const first = answer({}, null, '/books/1?tag=a&_=1');
    expect(answer({}, null, '/books/1?_=2&tag=a&utm_source=x')).toBe(first);
    expect(answer({}, null, '/books/1?tag=b&_=1')).not.toBe(first);
    const { answer: listed } = createMock({ operations: shopOperations() });
    const list = (target: string) => listed({ method: 'GET', target, headers: {}, body: null });
    expect(list('/items/1?_=1')).toBe(list('/items/1?_=2'));
    // A member that is so called says what the request says.
    expect(list('/words?key=k&word=Dune').body).toContain('Dune');
    expect(list('/words?key=k&_=1')).toBe(list('/words?_=2&key=k'));
    expect(list('/items?_=1').body).not.toBe(list('/items?_=2').body);
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
