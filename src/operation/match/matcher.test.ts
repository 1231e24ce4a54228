import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { createOperations, operationsInSlices } from '../operations.js';
import { httpMethods, type Match, type Operations } from '../types.js';
import { templateNames } from './template.js';

const ok = { responses: { 200: { description: '' } } };

/** Operations at paths; a path is given its methods, GET where none are. */
function operationsAt(paths: Record<string, string[] | JsonObject> | string[], more: JsonObject = {}): Operations {
  const entries = Array.isArray(paths) ? paths.map((path) => [path, ['get']] as const) : Object.entries(paths);
  const items = entries.map(([path, item]) => {
    const parameters = [...new Set(templateNames(path))].map((name) => ({
      name,
      in: 'path',
      required: true,
      schema: {},
    }));
    return [
      path,
      { parameters, ...(Array.isArray(item) ? Object.fromEntries(item.map((method) => [method, ok])) : item) },
    ];
  });
  const root = {
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths: Object.fromEntries(items) as Json,
    ...more,
  };
  return createOperations(documentFromObject(root as JsonObject));
}

/** What a match says, on one line. */
function say(match: Match): string {
  switch (match.kind) {
    case 'operation':
      return `${match.entry.method} ${match.entry.path} ${JSON.stringify(match.pathParameters)}`;
    case 'method-not-allowed':
      return `${match.path} allows ${match.allow.join(', ')}`;
    case 'not-found':
      return `nothing, perhaps ${match.nearest}`;
  }
}

function get(operations: Operations, target: string): string {
  return say(operations.match('GET', target));
}

describe('a path', () => {
  it('that is concrete goes before one that is templated, in every segment from the left', () => {
    const operations = operationsAt(['/{a}/{b}', '/users/{id}', '/users/me', '/{a}/me']);
    expect(get(operations, '/users/me')).toBe('GET /users/me {}');
    expect(get(operations, '/users/7')).toBe('GET /users/{id} {"id":"7"}');
    expect(get(operations, '/x/me')).toBe('GET /{a}/me {"a":"x"}');
    expect(get(operations, '/x/7')).toBe('GET /{a}/{b} {"a":"x","b":"7"}');
  });

  it('may have a parameter in a part of a segment, the most specific first', () => {
    const operations = operationsAt([
      '/f/{x}',
      '/f/{x}.json',
      '/f/{x}.min.json',
      '/f/{a}-{b}',
      '/items/{id}:archive',
      '/v{n}/x',
      '/at/{heading}.{ext}',
    ]);
    expect(get(operations, '/f/a.json')).toBe('GET /f/{x}.json {"x":"a"}');
    expect(get(operations, '/f/a.min.json')).toBe('GET /f/{x}.min.json {"x":"a"}');
    expect(get(operations, '/f/.json')).toBe('GET /f/{x} {"x":".json"}');
    expect(get(operations, '/f/a-b-c')).toBe('GET /f/{a}-{b} {"a":"a","b":"b-c"}');
    expect(get(operations, '/items/7:archive')).toBe('GET /items/{id}:archive {"id":"7"}');
    expect(get(operations, '/items/7%3Aarchive')).toBe('GET /items/{id}:archive {"id":"7"}');
    expect(get(operations, '/v2/x')).toBe('GET /v{n}/x {"n":"2"}');
    expect(get(operations, '/at/-15.6.json')).toBe('GET /at/{heading}.{ext} {"heading":"-15.6","ext":"json"}');
    expect(get(operations, '/at/north')).toMatch(/^nothing/);
  });

  it('is compared without its percent-encoding, and gives its parameters with it', () => {
    const operations = operationsAt(['/caf\u00e9/{x}', '/a%20b', '/{x}.txt']);
    expect(get(operations, '/caf%C3%A9/a%2Fb')).toBe('GET /caf\u00e9/{x} {"x":"a%2Fb"}');
    expect(get(operations, '/caf%c3%a9/%20')).toBe('GET /caf\u00e9/{x} {"x":"%20"}');
    expect(get(operations, '/a%20b')).toBe('GET /a%20b {}');
    expect(get(operations, '/%C3%A9%2F%2Etxt')).toBe('GET /{x}.txt {"x":"%C3%A9%2F"}');
  });

  it('has neither query nor fragment, and may come with scheme and host', () => {
    const operations = operationsAt(['/a', '/']);
    expect(get(operations, '/a?b=/c')).toBe('GET /a {}');
    expect(get(operations, '/a#b')).toBe('GET /a {}');
    expect(get(operations, 'http://example.org/a?b')).toBe('GET /a {}');
    expect(get(operations, 'http://example.org')).toBe('GET / {}');
    expect(get(operations, '*')).toBe('nothing, perhaps null');
    expect(get(operations, '')).toBe('nothing, perhaps null');
  });

  it('is not the same with another case, a slash more, a slash less, or an empty parameter, but is named', () => {
    const operations = operationsAt(['/users', '/users/{id}', '/things/']);
    expect(get(operations, '/Users')).toBe('nothing, perhaps /users');
    expect(get(operations, '/users/')).toBe('nothing, perhaps /users');
    expect(get(operations, '/users//7')).toBe('nothing, perhaps /users/{id}');
    expect(get(operations, '//users')).toBe('nothing, perhaps /users');
    expect(get(operations, '/things')).toBe('nothing, perhaps /things/');
    expect(get(operations, '/things/')).toBe('GET /things/ {}');
    expect(get(operations, '/usres/7')).toBe('nothing, perhaps /users/{id}');
    expect(get(operations, '/elsewhere')).toBe('nothing, perhaps null');
  });

  it('of the document is read without a query', () => {
    expect(get(operationsAt(['/a?b=c', '/d#e']), '/a?b=c')).toBe('GET /a?b=c {}');
  });

  it('may be called as what objects inherit', () => {
    const paths = JSON.parse('{"/__proto__":["get"],"/constructor":["get"],"/{__proto__}/x":["get"]}') as Record<
      string,
      string[]
    >;
    const operations = operationsAt(paths);
    expect(get(operations, '/__proto__')).toBe('GET /__proto__ {}');
    expect(get(operations, '/constructor')).toBe('GET /constructor {}');
    expect(get(operations, '/toString')).toMatch(/^nothing/);
    expect(get(operations, '/a/x')).toBe('GET /{__proto__}/x {"__proto__":"a"}');
  });

  it('with broken percent-encoding is compared as it is', () => {
    const operations = operationsAt(['/a/{x}', '/b/{x}.y']);
    expect(get(operations, '/a/%')).toBe('GET /a/{x} {"x":"%"}');
    expect(get(operations, '/b/%E0%A4%A.y')).toBe('GET /b/{x}.y {"x":"%E0%A4%A"}');
    expect(get(operations, '/%61/%ff')).toBe('GET /a/{x} {"x":"%ff"}');
  });
});

describe('a method', () => {
  const operations = operationsAt({
    '/a': ['get', 'post'],
    '/a/{x}': ['delete'],
    '/a/me': ['get'],
    '/h': ['get', 'head', 'options'],
  });

  it('that is not there is not allowed, and the others are named', () => {
    expect(say(operations.match('PUT', '/a'))).toBe('/a allows GET, HEAD, POST');
    expect(say(operations.match('OPTIONS', '/a'))).toBe('/a allows GET, HEAD, POST');
    expect(say(operations.match('get', '/a'))).toBe('/a allows GET, HEAD, POST');
    expect(say(operations.match('PUT', '/a/me'))).toBe('/a/me allows GET, HEAD, DELETE');
  });

  it('HEAD is answered by GET where it is not there itself', () => {
    expect(say(operations.match('HEAD', '/a'))).toBe('GET /a {}');
    expect(say(operations.match('HEAD', '/h'))).toBe('HEAD /h {}');
    expect(say(operations.match('OPTIONS', '/h'))).toBe('OPTIONS /h {}');
    expect(say(operations.match('HEAD', '/a/7'))).toBe('/a/{x} allows DELETE');
  });

  it('that only a less specific path has is answered by that one, as routers do', () => {
    expect(say(operations.match('DELETE', '/a/me'))).toBe('DELETE /a/{x} {"x":"me"}');
  });
});

describe('the base path of a server', () => {
  it('may stand before every path, or not', () => {
    const operations = operationsAt(['/a'], {
      servers: [{ url: 'https://example.org/api/v1/' }, { url: '/other' }, { url: 'relative' }],
    });
    for (const base of ['', '/api/v1', '/other', '/relative']) expect(get(operations, `${base}/a`)).toBe('GET /a {}');
    expect(get(operations, '/api/a')).toMatch(/^nothing/);
    expect(get(operations, '/api/v1/b')).toMatch(/^nothing/);
  });

  it('has each value of its variables', () => {
    const variables = { tenant: { default: 'x' }, version: { enum: ['v1', 'v2'], default: 'v2' } };
    const operations = operationsAt(['/a'], {
      servers: [{ url: 'https://{tenant}.example.org/{version}', variables }],
    });
    expect(get(operations, '/v1/a')).toBe('GET /a {}');
    expect(get(operations, '/v2/a')).toBe('GET /a {}');
    expect(get(operations, '/v3/a')).toMatch(/^nothing/);
  });

  it('has any value of a variable that lists none, and tells nobody of it', () => {
    const variables = { tenant: { default: 'x' }, version: { default: 'v1' } };
    const servers = [{ url: 'https://{tenant}.example.org/api-{version}/{tenant}', variables }];
    const operations = operationsAt(['/a/{id}', '/{b}'], { servers });
    expect(get(operations, '/api-v7/anybody/a/1')).toBe('GET /a/{id} {"id":"1"}');
    expect(get(operations, '/api-/anybody/a/1')).toMatch(/^nothing/);
    expect(get(operations, '/a/1')).toBe('GET /a/{id} {"id":"1"}');
  });

  it('that may be anything goes after all that says the same', () => {
    const servers = [{ url: '/{version}', variables: { version: { default: 'v1' } } }];
    const operations = operationsAt(['/{a}', '/{a}/{b}'], { servers });
    expect(get(operations, '/x/y')).toBe('GET /{a}/{b} {"a":"x","b":"y"}');
    expect(get(operations, '/v1/y')).toBe('GET /{a} {"a":"y"}');
  });

  it('of a path or an operation takes the place of the one of the document', () => {
    const item = { servers: [{ url: '/path' }], get: ok, put: { ...ok, servers: [{ url: '/operation' }] } };
    const operations = operationsAt({ '/a': item, '/b': ['get'] }, { servers: [{ url: '/document' }] });
    expect(get(operations, '/path/a')).toBe('GET /a {}');
    expect(get(operations, '/document/a')).toMatch(/^nothing/);
    expect(get(operations, '/document/b')).toBe('GET /b {}');
    expect(say(operations.match('PUT', '/operation/a'))).toBe('PUT /a {}');
    expect(say(operations.match('PUT', '/path/a'))).toBe('/a allows GET, HEAD');
  });

  it('decides between two paths that come out the same', () => {
    const operations = operationsAt(['/users', '/api/users', '/{x}/users'], { servers: [{ url: '/api' }] });
    expect(get(operations, '/api/users')).toBe('GET /users {}');
    expect(get(operations, '/api/api/users')).toBe('GET /api/users {}');
    expect(get(operations, '/x/users')).toBe('GET /{x}/users {"x":"x"}');
  });
});

describe('the origin of a server', () => {
  const variables = {
    region: { default: 'eu' },
    stage: { enum: ['live', 'test'], default: 'live' },
    port: { default: '8443' },
    base: { default: '/v1' },
    origin: { default: 'https://open.test' },
  };
  const at = (url: string) => operationsAt(['/a'], { servers: [{ url, variables }] });

  it.each([
    ['https://api.test/v1', ['https://api.test'], ['http://api.test', 'https://api.test:8443', 'https://b.api.test']],
    ['HTTPS://API.test:443', ['https://api.test'], ['https://other.test']],
    ['https://{region}.api.test', ['https://us.api.test', 'https://a.b.api.test'], ['https://api.test', 'null']],
    ['https://{stage}.api.test', ['https://live.api.test', 'https://test.api.test'], ['https://us.api.test']],
    [
      'https://api.test:{port}/',
      ['https://api.test:1', 'https://api.test'],
      ['http://api.test:80', 'https://b.test:1'],
    ],
    ['{scheme}://{region}-{stage}.test', ['ftp://us-live.test', 'http://eu-test.test'], ['https://us-other.test']],
    ['//api.test/{base}', [], ['https://other.test']],
    ['{base}/x', [], ['https://api.test']],
    ['{origin}/x', ['https://api.test', 'http://other.test:1'], []],
    ['/v1', [], ['https://api.test']],
  ])('%s', (url, own, others) => {
    for (const origin of own) expect([origin, at(url).isServer(origin)]).toEqual([origin, true]);
    for (const origin of others) expect([origin, at(url).isServer(origin)]).toEqual([origin, false]);
  });

  it('may be that of a path or an operation', () => {
    const item = {
      servers: [{ url: 'https://path.test' }],
      get: ok,
      put: { ...ok, servers: [{ url: 'https://put.test' }] },
    };
    const operations = operationsAt({ '/a': item, '/b': ['get'] }, { servers: [{ url: 'https://document.test' }] });
    for (const name of ['path', 'put', 'document']) expect(operations.isServer(`https://${name}.test`)).toBe(true);
  });
});

describe('matching', () => {
  const segment = fc.constantFrom('a', 'b', '{x}', '{y}', 'p{x}', '{x}.q', '{x}-{y}', '');
  const template = fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => `/${segments.join('/')}`);

  it('never throws, whatever is asked for', () => {
    const operations = operationsAt(['/a/{x}.json', '/{a}-{b}/c', '/'], { servers: [{ url: '/base' }] });
    const target = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webPath(),
      fc.string({ unit: fc.constantFrom('/', '%', 'a', '.', '-', '2', 'F', '{', '}', '?') }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...httpMethods, 'QUERY', '', 'get'), target, (method, text) => {
        const match = operations.match(method, text);
        expect(say(match)).toBeTypeOf('string');
      }),
      { numRuns: 1000 },
    );
  });

  it('finds a template for what was made from it, and the values that it was made with', () => {
    const value = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text !== '.' && text !== '..');
    fc.assert(
      fc.property(template, fc.infiniteStream(value), (path, values) => {
        const operations = operationsAt([path]);
        const expected: Record<string, string> = {};
        const names = new Set<string>();
        const target = path.replace(/\{(\w)\}/g, (_placeholder, name: string) => {
          names.add(name);
          expected[name] = encodeURIComponent(values.next().value).replaceAll('-', '%2D');
          return expected[name];
        });
        fc.pre(names.size === (path.match(/\{/g) ?? []).length && !path.includes('}-{'));
        const match = operations.match('GET', target);
        expect(match).toMatchObject({ kind: 'operation' });
        expect({ ...(match as Match & { kind: 'operation' }).pathParameters }).toEqual(expected);
      }),
    );
  });

  it('takes as long for a hostile segment as for a usual one', () => {
    const operations = operationsAt(['/{a}-{b}-{c}-{d}x', '/{a}.{b}.{c}.json']);
    expect(get(operations, `/${'-'.repeat(1_000_000)}`)).toMatch(/^nothing/);
    expect(get(operations, `/${'.'.repeat(1_000_000)}`)).toMatch(/^nothing/);
    expect(get(operations, `/${'%2D'.repeat(300_000)}`)).toMatch(/^nothing/);
  });
});

it('finds its way through thousands of segments', () => {
  const { match } = operationsAt([`/${'a/{b}/'.repeat(1_300)}end`]);
  expect(match('GET', `/${'a/1/'.repeat(1_300)}end`).kind).toBe('operation');
  expect(match('GET', `/${'a/1/'.repeat(1_300)}`).kind).toBe('not-found');
});

it('prepares for the first match in pieces, one for each operation, and once', () => {
  const paths = Array.from({ length: 500 }, (_, index) => `/things${index}/{id}`);
  const [unprepared, prepared] = [operationsAt(paths), operationsAt(paths)];
  expect([...prepared.preparing()].length).toBeGreaterThanOrEqual(paths.length);
  expect([...prepared.preparing()]).toEqual([]);
  for (const path of paths) expect(prepared.match('GET', path)).toEqual(unprepared.match('GET', path));
});

it('reads a document in slices as it does in one go', async () => {
  const { document, entries } = operationsAt({ '/a': ['get', 'put'], '/a/{b}': ['delete'] });
  expect((await operationsInSlices(document)).entries).toEqual(entries);
});
