import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documentFromText } from '../document/index.js';
import { fixturesFromText } from '../fixture/index.js';
import { type Answer, checkResponse, createOperations } from '../operation/index.js';
import type { Json, JsonObject } from '../text/value.js';
import { createMock } from './index.js';
import type { Preference } from './types.js';

const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const document = documentFromText(file('spec/openhands-installations.yaml'), { name: 'openhands.yaml' });
const operations = createOperations(document);
const fixtures = fixturesFromText(file('fixtures/openhands-installations.yaml'), 'fixtures.yaml', operations);
const mock = createMock({ operations, fixtures });

const path = '/api/user/installations';
const key = { 'x-session-api-key': 'a-key' };
const providers = ['github', 'gitlab', 'bitbucket', 'enterprise_sso'];

function get(query: string, headers: Record<string, string> = {}, preference?: Preference, of = mock): Answer {
  const request = { method: 'GET', target: path + query, headers: { ...key, ...headers }, body: null };
  return of.answer(request, preference);
}

function send(method: string, target: string, headers: Record<string, string> = {}): Answer {
  return mock.answer({ method, target, headers, body: null });
}

function json(answer: Answer): Json {
  return JSON.parse(String(answer.body)) as Json;
}

const expected = "'github', 'gitlab', 'bitbucket' or 'enterprise_sso'";
const enumEntry = (input: string) => ({
  type: 'enum',
  loc: ['query', 'provider'],
  msg: `Input should be ${expected}`,
  input,
  ctx: { expected },
});

describe('a valid request', () => {
  it.each(providers)('for %s gets 200 with one to five unique strings', (provider) => {
    for (let seed = 1; seed <= 50; seed++) {
      const answer = get(`?provider=${provider}`, {}, { seed });
      expect(answer.status).toBe(200);
      expect(answer.headers['Content-Type']).toBe('application/json');
      const list = json(answer) as string[];
      expect(list.length).toBeGreaterThanOrEqual(1);
      expect(list.length).toBeLessThanOrEqual(5);
      expect(new Set(list).size).toBe(list.length);
    }
  });

  it.each([
    ['github', /^[1-9][0-9]{6,7}$/, 'ids of installations'],
    ['gitlab', /^[1-9][0-9]{5,6}$/, 'ids of groups'],
    ['bitbucket', /^[a-z0-9][a-z0-9_-]+$/, 'slugs of workspaces'],
    ['enterprise_sso', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'ids of organizations'],
  ])('for %s gets strings like %s: %s', (provider, pattern) => {
    for (let seed = 1; seed <= 20; seed++) {
      const list = json(get(`?provider=${provider}`, {}, { seed })) as string[];
      expect(list.filter((each) => !pattern.test(each))).toEqual([]);
    }
  });

  it('gets other data for another provider and for another seed, and the same for the same', () => {
    const bodies = providers.flatMap((provider) =>
      [1, 2, 3].map((seed) => get(`?provider=${provider}`, {}, { seed }).body),
    );
    expect(new Set(bodies).size).toBe(bodies.length);
    const other = createMock({ operations: createOperations(document), fixtures, seed: 3 });
    expect(get('?provider=gitlab', {}, undefined, other)).toEqual(get('?provider=gitlab', {}, { seed: 3 }));
  });

  it('may name a parameter twice: the last one counts', () => {
    expect(get('?provider=nothing&provider=github').body).toBe(get('?provider=github').body);
    expect(get('?provider=github&provider=nothing').status).toBe(422);
  });

  it('gets the same however it is written', () => {
    expect(get('?%70rovider=git%68ub').body).toBe(get('?provider=github').body);
    expect(get('?provider=github', { 'user-agent': 'x', accept: 'application/json;q=0.5' }).body).toBe(
      get('?provider=github').body,
    );
  });

  it('is answered by the document alone where there are no fixtures', () => {
    const answer = get('?provider=github', {}, undefined, createMock({ operations }));
    expect(answer.status).toBe(200);
    expect(json(answer)).toBeInstanceOf(Array);
  });
});

describe('an invalid request', () => {
  it.each([
    ['', { type: 'missing', loc: ['query', 'provider'], msg: 'Field required', input: null }],
    ['?provider=', enumEntry('')],
    ['?provider=gitea', enumEntry('gitea')],
    ['?provider=GITHUB', enumEntry('GITHUB')],
    ['?provider=%20github', enumEntry(' github')],
    ['?provider=github%00', enumEntry('github\0')],
  ])('%j is told what is wrong, in the words of FastAPI', (query, entry) => {
    const answer = get(query);
    expect(answer.status).toBe(422);
    expect(json(answer)).toEqual({ detail: [entry] });
    expect(answer.violations).toHaveLength(1);
  });

  it('is told the same by a scripted case as without one', () => {
    const plain = createMock({ operations });
    for (const query of ['', '?provider=', '?provider=gitea', '?provider=GITHUB']) {
      expect(get(query).source).toBe('case');
      expect(get(query, {}, undefined, plain).source).toBe('problem');
      expect(get(query).body).toBe(get(query, {}, undefined, plain).body);
    }
  });

  it('that cannot be decoded is not taken for one without the parameter', () => {
    const answer = get('?provider=%ff');
    expect(answer.status).toBe(422);
    expect(answer.source).toBe('problem');
    expect(json(answer)).toMatchObject({ detail: [{ type: 'string_unicode', loc: ['query', 'provider'] }] });
  });
});

describe('a credential', () => {
  it.each([
    ['is missing', {}],
    ['is empty', { 'x-session-api-key': '' }],
    ['is blank', { 'x-session-api-key': ' ' }],
    ['stands elsewhere', { authorization: 'Bearer a-key' }],
  ])('that %s gets 401 with a challenge, whatever else is wrong', (_, headers) => {
    for (const query of ['?provider=github', '', '?provider=x']) {
      const answer = send('GET', path + query, headers as Record<string, string>);
      expect(answer.status).toBe(401);
      expect(answer.headers['WWW-Authenticate']).toBe(
        'ApiKey realm="OpenHands", in="header", name="X-Session-API-Key"',
      );
      expect(answer.headers['Content-Type']).toBe('application/problem+json');
      expect(json(answer)).toMatchObject({ status: 401, title: 'Unauthorized', violations: [{ in: 'security' }] });
    }
  });

  it('may be any that is not empty, unless one is demanded', () => {
    expect(get('?provider=github', { 'x-session-api-key': 'whatever' }).status).toBe(200);
    const strict = createMock({ operations, apiKey: 'the-key' });
    expect(get('?provider=github', { 'x-session-api-key': 'whatever' }, undefined, strict).status).toBe(401);
    expect(get('?provider=github', { 'x-session-api-key': 'the-key' }, undefined, strict).status).toBe(200);
  });
});

describe('what is not an operation', () => {
  it('gets 404 with the nearest path', () => {
    const answer = send('GET', '/api/user/instalations');
    expect(answer.status).toBe(404);
    expect(json(answer)).toMatchObject({
      detail: 'The document has no path /api/user/instalations; did you mean "/api/user/installations"?',
    });
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'QUERY', 'get'])('gets 405 with Allow for %s', (method) => {
    const answer = send(method, path, key);
    expect(answer.status).toBe(405);
    expect(answer.headers.Allow).toBe('GET, HEAD, OPTIONS');
    expect(answer.headers['Content-Type']).toBe('application/problem+json');
  });

  it.each([
    ['GET', '/v1/pets/7', 404, 'The document has GET /pets/{id}, which is left out: a parameter has no name'],
    [
      'GET',
      '/pets/7/toys',
      404,
      'The document has /pets/{id}/toys, which is left out: "#/no" leads to nothing that is a Path Item Object',
    ],
    ['GET', '/owners', 405, 'The document has GET /owners, which is left out: "parameters" is not a list'],
    ['GET', '/pets', 404, 'The document has no path /pets'],
  ])('gets told why it is left out where it is: %s %s', (method, target, status, detail) => {
    const broken = createOperations(
      documentFromText(
        `openapi: 3.1.0
info: {title: '', version: ''}
servers: [{url: /v1}]
paths:
  /pets/{id}: {get: {parameters: [{in: query, schema: {}}], responses: {200: {description: ''}}}}
  /pets/{id}/toys: {$ref: '#/no'}
  /owners:
    get: {parameters: {}, responses: {200: {description: ''}}}
    put: {responses: {200: {description: ''}}}
`,
        { name: 'broken.yaml' },
      ),
    );
    const answer = createMock({ operations: broken }).answer({ method, target, headers: {}, body: null });
    expect(answer.status).toBe(status);
    expect(json(answer)).toMatchObject({ detail });
  });

  it('gets 204 with Allow for OPTIONS', () => {
    expect(send('OPTIONS', path)).toMatchObject({ status: 204, body: '', headers: { Allow: 'GET, HEAD, OPTIONS' } });
    expect(send('OPTIONS', '*').status).toBe(204);
  });
});

describe('HEAD', () => {
  it.each(['?provider=github', '', '?provider=x'])('has the head of GET: %j', (query) => {
    const head = mock.answer({ method: 'HEAD', target: path + query, headers: key, body: null });
    expect(head).toEqual(get(query));
  });
});

describe('Accept', () => {
  it.each(['text/html', 'application/json;q=0', 'image/*'])('that cannot be met gets 406: %s', (accept) => {
    const answer = get('?provider=github', { accept });
    expect(answer.status).toBe(406);
    expect(json(answer)).toMatchObject({ detail: 'The answer can be had as application/json' });
  });

  it.each(['*/*', 'application/*', 'text/html, */*;q=0.1', '', 'nonsense'])(
    'that can be met gets 200: %j',
    (accept) => {
      expect(get('?provider=github', { accept }).status).toBe(200);
    },
  );
});

describe('CORS', () => {
  const preflight = {
    origin: 'http://localhost:5173',
    'access-control-request-method': 'GET',
    'access-control-request-headers': 'x-session-api-key,prefer',
  };

  it('lets a preflight of any page through, without a credential', () => {
    expect(send('OPTIONS', `${path}?provider=github`, preflight)).toMatchObject({
      status: 204,
      body: '',
      headers: {
        'Access-Control-Allow-Origin': 'http://localhost:5173',
        'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
        'Access-Control-Allow-Headers': 'x-session-api-key,prefer',
        'Access-Control-Allow-Credentials': 'true',
        Vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
      },
    });
    const lan = send('OPTIONS', path, { ...preflight, 'access-control-request-private-network': 'true' });
    expect(lan.headers['Access-Control-Allow-Private-Network']).toBe('true');
  });

  it.each(['?provider=github', '?provider=x', ''])('lets a page read the answer and its fields: %j', (query) => {
    const { headers } = get(query, { origin: 'https://example.org' });
    expect(headers).toMatchObject({
      'Access-Control-Allow-Origin': 'https://example.org',
      'Access-Control-Expose-Headers': 'Counterproof',
      Vary: 'Origin',
    });
  });

  it('lets a page read errors too', () => {
    const { status, headers } = send('GET', '/nowhere', { origin: 'null' });
    expect(status).toBe(404);
    expect(headers['Access-Control-Allow-Origin']).toBe('null');
    expect(send('GET', path, { origin: 'https://a.org' }).headers['Access-Control-Expose-Headers']).toContain(
      'WWW-Authenticate',
    );
  });

  it('never sends back what cannot stand in a field', () => {
    for (const origin of ['https://a\r\nSet-Cookie: x', 'é', '']) {
      expect(get('?provider=github', { origin }).headers).not.toHaveProperty('Access-Control-Allow-Origin');
    }
  });

  it('can be off', () => {
    const closed = createMock({ operations, cors: false });
    expect(get('?provider=github', { origin: 'https://a.org' }, undefined, closed).headers).not.toHaveProperty('Vary');
    const answer = closed.answer({ method: 'OPTIONS', target: path, headers: preflight, body: null });
    expect(answer.headers).toMatchObject({ Allow: 'GET, HEAD, OPTIONS' });
    expect(answer.headers).not.toHaveProperty('Access-Control-Allow-Origin');
  });
});

describe('Prefer', () => {
  it('code=422 gets a likely error for a valid request', () => {
    const answer = get('?provider=github', { prefer: 'code=422' });
    expect(answer.status).toBe(422);
    expect(json(answer)).toEqual({
      detail: [{ type: 'missing', loc: ['query', 'provider'], msg: 'Field required', input: null }],
    });
    expect(answer.headers['Preference-Applied']).toBe('code=422');
  });

  it.each([
    ['provider-missing', 422],
    ['provider-empty', 422],
    ['provider-unknown', 422],
    ['provider-wrong-case', 422],
    ['several-errors', 422],
    ['provider-without-installations', 400],
    ['git-provider-token-missing', 401],
    ['no-installations', 200],
  ])('example=%s gets the scripted case for a valid request', (name, status) => {
    const answer = get('?provider=github', { prefer: `example=${name}` });
    expect(answer).toMatchObject({ status, source: 'case', name });
    expect(answer.headers['Preference-Applied']).toBe(`example=${name}`);
    expect(answer.headers.Counterproof).toBe(
      `operation="get_user_installations_api_user_installations_get", source=case, name="${name}", seed=1`,
    );
  });

  it('gets what the real server says where its document does not', () => {
    const body = (name: string) => json(get('?provider=gitlab', { prefer: `example=${name}` }));
    expect(body('provider-without-installations')).toBe("Provider gitlab doesn't support installations");
    expect(body('git-provider-token-missing')).toBe('Git provider token required. (such as GitHub).');
    expect(body('several-errors')).toMatchObject({ detail: [{}, { loc: ['query', 'installation_id', 1] }] });
  });

  it('cannot make a valid answer of an invalid request, unless validation is off', () => {
    expect(get('', { prefer: 'code=200' }).status).toBe(422);
    expect(get('', { prefer: 'code=200' }).headers).not.toHaveProperty('Preference-Applied');
    expect(get('', { prefer: 'code=200, validate=off' }).status).toBe(200);
    expect(get('?provider=x', { prefer: 'validate=off' }).status).toBe(200);
    expect(send('GET', path, { prefer: 'validate=off' }).status).toBe(200);
    expect(send('GET', path, { prefer: 'code=422' }).status).toBe(401);
  });

  it('can choose another error for an invalid request', () => {
    expect(get('?provider=x', { prefer: 'example=several-errors' })).toMatchObject({ name: 'several-errors' });
  });

  it('seed=N changes the data of one request', () => {
    const answer = get('?provider=github', { prefer: 'seed=2' });
    expect(answer.body).toBe(get('?provider=github', {}, { seed: 2 }).body);
    expect(answer.headers.Counterproof).toContain('seed=2');
  });

  it.each([
    ['code=500', 404],
    ['code=101', 404],
    ['code=400', 404],
    ['example=provider-mising', 404],
    ['example=nothing-like-it', 404],
    ['example=no-installations, code=422', 404],
    ['code=5', 422],
    ['validate=perhaps', 422],
  ])('%s is told what there is', (prefer, status) => {
    const answer = get('?provider=github', { prefer });
    expect(answer.status).toBe(status);
    expect((json(answer) as JsonObject).detail).toMatchSnapshot();
    expect(answer.headers).not.toHaveProperty('Preference-Applied');
  });

  it('outranks what the host has set', () => {
    const active = { example: 'provider-unknown' };
    expect(get('?provider=github', {}, active)).toMatchObject({ name: 'provider-unknown' });
    expect(get('?provider=github', { prefer: 'code=200' }, active).status).toBe(200);
    expect(get('?provider=github', { prefer: 'seed=2' }, active)).toMatchObject({ name: 'provider-unknown' });
  });
});

describe('every answer', () => {
  it('says which operation, source and seed made it', () => {
    expect(get('?provider=github').headers.Counterproof).toBe(
      'operation="get_user_installations_api_user_installations_get", source=fake, seed=1',
    );
    expect(send('GET', '/').headers.Counterproof).toBe('source=problem, seed=1');
  });

  it('is the same from another mock of the same document, byte for byte', () => {
    const twin = createMock({
      operations: createOperations(documentFromText(file('spec/openhands-installations.yaml'), { name: 'twin' })),
      fixtures,
    });
    for (const query of ['', ...providers.map((each) => `?provider=${each}`), '?provider=x', '?provider=github&a=1']) {
      expect(get(query, {}, undefined, twin)).toEqual(get(query));
    }
  });

  it('of a declared status is valid', () => {
    const operation = operations.compile(operations.entries[0] ?? expect.fail());
    for (const query of ['', '?provider=', ...providers.map((each) => `?provider=${each}`)]) {
      const { status, headers, body } = get(query);
      const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
      const bytes = new TextEncoder().encode(String(body));
      expect(checkResponse(operation, { status, headers: lower, body: bytes })).toEqual([]);
    }
  });
});

describe('a request that the host cannot read', () => {
  it('is refused in the words of the host', () => {
    const answer = mock.refuse(
      { method: 'POST', target: path, headers: { origin: 'https://a.org' }, body: null },
      413,
      'The body is larger than 1 MiB',
    );
    expect(answer).toMatchObject({
      status: 413,
      headers: { 'Content-Type': 'application/problem+json', 'Access-Control-Allow-Origin': 'https://a.org' },
    });
    expect(json(answer)).toMatchObject({ title: 'Content Too Large', detail: 'The body is larger than 1 MiB' });
  });
});
