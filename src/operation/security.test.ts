import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import type { JsonObject } from '../text/value.js';
import { challengesOf } from './challenge.js';
import type { HttpRequest } from './http.js';
import { createOperations } from './operations.js';
import { checkSecurity } from './security.js';
import type { Operation } from './types.js';

const securitySchemes = {
  header: { type: 'apiKey', in: 'header', name: 'X-Session-API-Key' },
  query: { type: 'apiKey', in: 'query', name: 'api key' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'session' },
  basic: { type: 'http', scheme: 'Basic' },
  bearer: { type: 'http', scheme: 'bearer' },
  digest: { type: 'http', scheme: 'Digest' },
  oauth: {
    type: 'oauth2',
    flows: { implicit: { authorizationUrl: 'https://example.com', scopes: { 'read:all': 'x' } } },
  },
  openid: { type: 'openIdConnect', openIdConnectUrl: 'https://example.com' },
  tls: { type: 'mutualTLS' },
};

function operationWith(...security: JsonObject[]): Operation {
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: 'The "Best" API', version: '1' },
    paths: { '/': { get: { security, responses: {} } } },
    components: { securitySchemes },
  });
  const operations = createOperations(document);
  return operations.compile(operations.entries[0] as never);
}

const get = (headers: HttpRequest['headers'] = {}, target = '/') => ({ method: 'GET', target, headers, body: null });
const basic = (text: string) => ({ authorization: `Basic ${btoa(text)}` });
const found = (operation: Operation, request: HttpRequest, apiKey?: string) =>
  checkSecurity(operation, request, { apiKey }).map(({ keyword, params }) => `${keyword} ${params.scheme}`);

describe('each scheme', () => {
  it.each<[string, HttpRequest, string[]]>([
    ['header', get(), ['missing header']],
    ['header', get({ 'x-session-api-key': 'secret' }), []],
    ['header', get({ 'x-session-api-key': '' }), ['credential header']],
    ['header', get({ 'x-session-api-key': '  ' }), ['credential header']],
    ['header', get({}, '/?X-Session-API-Key=secret'), ['missing header']],
    ['query', get({}, '/?api%20key=secret'), []],
    ['query', get({}, '/?api+key=secret'), []],
    ['query', get({}, '/?api+key='), ['credential query']],
    ['query', get({ 'api key': 'secret' }), ['missing query']],
    ['cookie', get({ cookie: 'a=b; session=secret' }), []],
    ['cookie', get({ cookie: 'session=' }), ['credential cookie']],
    ['cookie', get({ cookie: 'a=b' }), ['missing cookie']],
    ['basic', get(basic('user:secret')), []],
    ['basic', get(basic(':')), []],
    ['basic', get({ authorization: `bAsIc  ${btoa('u:p')}` }), []],
    ['basic', get(basic('user')), ['credential basic']],
    ['basic', get({ authorization: 'Basic' }), ['credential basic']],
    ['basic', get({ authorization: 'Basic !!!' }), ['credential basic']],
    ['basic', get({ authorization: 'Bearer secret' }), ['credential basic']],
    ['basic', get(), ['missing basic']],
    ['bearer', get({ authorization: 'Bearer secret' }), []],
    ['bearer', get({ authorization: 'bearer a.b-c_d~e+f/g==' }), []],
    ['bearer', get({ authorization: 'Bearer' }), ['credential bearer']],
    ['bearer', get({ authorization: 'Bearer ' }), ['credential bearer']],
    ['bearer', get({ authorization: 'Bearer a b' }), ['credential bearer']],
    ['bearer', get({ authorization: 'Bearer {token}' }), ['credential bearer']],
    ['bearer', get({ authorization: 'secret' }), ['credential bearer']],
    ['bearer', get({ authorization: '' }), ['credential bearer']],
    ['digest', get({ authorization: 'Digest username="u", uri="/"' }), []],
    ['digest', get({ authorization: 'Digest' }), ['credential digest']],
    ['oauth', get({ authorization: 'Bearer secret' }), []],
    ['oauth', get(), ['missing oauth']],
    ['openid', get({ authorization: 'Bearer secret' }), []],
    ['tls', get(), []],
  ])('%s: %j gives %j', (scheme, request, expected) =>
    expect(found(operationWith({ [scheme]: [] }), request)).toEqual(expected),
  );

  it.each<[string, HttpRequest, string[]]>([
    ['header', get({ 'x-session-api-key': 'secret' }), []],
    ['header', get({ 'x-session-api-key': 'Secret' }), ['credential header']],
    ['query', get({}, '/?api+key=s%65cret'), []],
    ['query', get({}, '/?api+key=other'), ['credential query']],
    ['cookie', get({ cookie: 'session="secret"' }), []],
    ['cookie', get({ cookie: 'session=other' }), ['credential cookie']],
    ['basic', get(basic('anyone:secret')), []],
    ['basic', get(basic('secret:')), []],
    ['basic', get(basic('secret:other')), ['credential basic']],
    ['bearer', get({ authorization: 'Bearer secret' }), []],
    ['bearer', get({ authorization: 'Bearer other' }), ['credential bearer']],
    ['oauth', get({ authorization: 'Bearer other' }), ['credential oauth']],
    ['tls', get(), []],
  ])('%s with the key "secret": %j gives %j', (scheme, request, expected) =>
    expect(found(operationWith({ [scheme]: [] }), request, 'secret')).toEqual(expected),
  );
});

describe('alternatives', () => {
  it('one of them is enough', () => {
    const either = operationWith({ header: [] }, { bearer: [] });
    expect(found(either, get({ authorization: 'Bearer x' }))).toEqual([]);
    expect(found(either, get({ 'x-session-api-key': 'x' }))).toEqual([]);
  });
  it('all schemes of one of them are needed', () => {
    const both = operationWith({ header: [], bearer: [] });
    expect(found(both, get({ authorization: 'Bearer x' }))).toEqual(['missing header']);
    expect(found(both, get())).toEqual(['missing header', 'missing bearer']);
    expect(found(both, get({ authorization: 'Bearer x', 'x-session-api-key': 'y' }))).toEqual([]);
  });
  it('an empty one makes credentials optional, and none at all unnecessary', () => {
    expect(found(operationWith({ header: [] }, {}), get())).toEqual([]);
    expect(found(operationWith(), get())).toEqual([]);
  });
  it('with two schemes for one field is met by either, since none can carry both', () => {
    const operation = operationWith({ basic: [], bearer: [], header: [] });
    const key = { 'x-session-api-key': 'k' };
    expect(found(operation, get({ ...basic('a:b'), ...key }))).toEqual([]);
    expect(found(operation, get({ authorization: 'Bearer a', ...key }))).toEqual([]);
    expect(found(operation, get(key))).toEqual(['missing basic', 'missing bearer']);
    expect(found(operationWith({ tls: [], bearer: [] }), get())).toEqual(['missing bearer']);
  });

  it('of those that are not met, the nearest is reported', () => {
    const operation = operationWith({ header: [], cookie: [] }, { query: [], bearer: [] }, { basic: [], cookie: [] });
    expect(found(operation, get({ authorization: 'Bearer x' }))).toEqual(['missing query']);
    expect(found(operationWith({ header: [] }, { bearer: [] }), get({ authorization: 'Bearer' }))).toEqual([
      'credential bearer',
    ]);
    expect(found(operationWith({ header: [] }, { bearer: [] }), get())).toEqual(['missing header']);
  });
});

describe('a violation', () => {
  it('says in words what to send', () => {
    const operation = operationWith({ header: [] }, { oauth: ['read:all'], cookie: [] }, { basic: [] });
    expect(checkSecurity(operation, get())).toMatchInlineSnapshot(`
      [
        {
          "expected": "header X-Session-API-Key with a key",
          "in": "security",
          "keyword": "missing",
          "message": "no credential: send header X-Session-API-Key with a key, or header Authorization: Bearer <token> and cookie session with a key, or header Authorization: Basic <base64 of user:password>",
          "params": {
            "in": "header",
            "name": "X-Session-API-Key",
            "reason": "absent",
            "scheme": "header",
          },
          "pointer": "",
          "schemaPointer": "/components/securitySchemes/header",
        },
      ]
    `);
    expect(checkSecurity(operationWith({ bearer: [] }), get({ authorization: 'Basic x' }))).toMatchInlineSnapshot(`
      [
        {
          "expected": "header Authorization: Bearer <token>",
          "in": "security",
          "keyword": "credential",
          "message": "header Authorization has another scheme than bearer: send header Authorization: Bearer <token>",
          "params": {
            "in": "header",
            "name": "Authorization",
            "reason": "malformed",
            "scheme": "bearer",
          },
          "pointer": "",
          "schemaPointer": "/components/securitySchemes/bearer",
        },
      ]
    `);
  });

  it('is answered with a challenge for each scheme, each once', () => {
    const everything = operationWith(
      { header: [] },
      { oauth: ['read:all', 'write'], cookie: [] },
      { basic: [] },
      { basic: [] },
    );
    expect(challengesOf(everything).split(/, (?=[A-Z]\w+ realm)/)).toEqual([
      'ApiKey realm="The Best API", in="header", name="X-Session-API-Key"',
      'Bearer realm="The Best API"',
      'ApiKey realm="The Best API", in="cookie", name="session"',
      'Basic realm="The Best API"',
    ]);
    expect(challengesOf(operationWith())).toBe('');
  });

  it('does not repeat a wrong credential', () => {
    const request = get({ 'x-session-api-key': 'hunter2' });
    expect(JSON.stringify(checkSecurity(operationWith({ header: [] }), request, { apiKey: 'x' }))).not.toContain(
      'hunter2',
    );
  });
});

it('names a few of very many alternatives', () => {
  const alternatives = Array.from({ length: 2000 }, (_, index) =>
    index % 2 ? { query: [] } : { cookie: [], basic: [] },
  );
  const [{ message } = { message: '' }] = checkSecurity(operationWith({ header: [] }, ...alternatives), get());
  expect(message).toMatch(
    /^no credential: send header X-Session-API-Key with a key, or cookie session .* what else the document allows$/,
  );
  expect(message.length).toBeLessThan(1000);
});

it('thousands of credentials are looked for in one reading of the request', () => {
  const names = Array.from({ length: 20_000 }, (_, index) => `k${index}`);
  const schemes = names.map((name, index) => [name, { type: 'apiKey', in: index % 2 ? 'query' : 'cookie', name }]);
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: '', version: '1' },
    paths: { '/': { get: { security: [Object.fromEntries(names.map((name) => [name, []]))], responses: {} } } },
    components: { securitySchemes: Object.fromEntries(schemes) },
  });
  const operations = createOperations(document);
  const operation = operations.compile(operations.entries[0] as never);
  const sent = names.map((name) => `${name}=v`);
  const complete = get({ cookie: sent.join('; ') }, `/?${sent.join('&')}`);
  expect(checkSecurity(operation, complete)).toEqual([]);
  expect(found(operation, get({ cookie: sent.join('; ') }, `/?${sent.slice(0, -1).join('&')}`))).toEqual([
    'missing k19999',
  ]);
});
