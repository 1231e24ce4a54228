import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest, type Operation } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import { type CredentialOptions, createCredentials } from './credentials.js';
import { credentialsFromEnvironment } from './environment.js';
import { createMask } from './mask.js';

const securitySchemes = {
  Key: { type: 'apiKey', in: 'header', name: 'X-Key' },
  QueryKey: { type: 'apiKey', in: 'query', name: 'api key' },
  CookieKey: { type: 'apiKey', in: 'cookie', name: 'session' },
  Basic: { type: 'http', scheme: 'basic' },
  Bearer: { type: 'http', scheme: 'bearer' },
  OAuth: { type: 'oauth2', flows: {} },
  Client: { type: 'mutualTLS' },
};

function operationWith(security: JsonObject[]): Operation {
  const root = {
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
    components: { securitySchemes },
    paths: { '/a': { get: { security, responses: { 200: { description: 'ok' } } } } },
  };
  const operations = createOperations(documentFromObject(root as JsonObject));
  const [entry] = operations.entries;
  if (entry === undefined) throw new Error('no operation');
  return operations.compile(entry);
}

const request: HttpRequest = { method: 'GET', target: '/a?b=1', headers: { cookie: 'c=d' }, body: null };
const names = Object.keys(securitySchemes);

function sent(security: JsonObject[], options: CredentialOptions, authenticated = true) {
  const operation = operationWith(security);
  const credentials = createCredentials(options, names);
  const { target, headers } = credentials.apply(request, operation, authenticated);
  const shown = credentials.show(request, operation, authenticated);
  return { target, headers, shown: { target: shown.target, headers: shown.headers }, has: credentials.has(operation) };
}

describe('a credential', () => {
  it.each([
    ['Key', 'k', '/a?b=1', { cookie: 'c=d', 'x-key': 'k' }],
    ['QueryKey', 'a b&c', '/a?b=1&api%20key=a%20b%26c', { cookie: 'c=d' }],
    ['CookieKey', 's', '/a?b=1', { cookie: 'c=d; session=s' }],
    ['Basic', 'me:pass', '/a?b=1', { cookie: 'c=d', authorization: 'Basic bWU6cGFzcw==' }],
    ['Bearer', 't', '/a?b=1', { cookie: 'c=d', authorization: 'Bearer t' }],
    ['OAuth', 't', '/a?b=1', { cookie: 'c=d', authorization: 'Bearer t' }],
  ])('for %s stands where the scheme says', (name, value, target, headers) => {
    expect(sent([{ [name]: [] }], { auth: { [name]: value } })).toMatchObject({ target, headers, has: true });
  });

  it.each([
    ['Bearer', 'Bearer t', 'Bearer t'],
    ['Bearer', 'bearer  t', 'Bearer t'],
    ['OAuth', 'Bearer t', 'Bearer t'],
    ['Basic', 'Basic me:pass', 'Basic bWU6cGFzcw=='],
    ['Basic', 'Basic bWU6cGFzcw==', 'Basic bWU6cGFzcw=='],
  ])('for %s may be said with its scheme: %s', (name, value, authorization) => {
    expect(sent([{ [name]: [] }], { auth: { [name]: value } }).headers.authorization).toBe(authorization);
  });

  it('is shown by its name', () => {
    expect(sent([{ Key: [], QueryKey: [] }], { auth: { Key: 'k', QueryKey: 'q' } }).shown).toEqual({
      target: '/a?b=1&api%20key=$QUERY_KEY',
      headers: { cookie: 'c=d', 'x-key': '$KEY' },
    });
  });

  it('is left out where a case has none', () => {
    const { target, headers } = sent([{ Key: [] }], { auth: { Key: 'k' }, headers: [['X-Tenant', '7']] }, false);
    expect({ target, headers }).toEqual({ target: '/a?b=1', headers: { cookie: 'c=d', 'x-tenant': '7' } });
  });

  it('is made up where one is needed and none was given', () => {
    expect(sent([{ Key: [] }], {})).toMatchObject({ headers: { 'x-key': 'counterproof' }, has: false });
  });

  it('is not made up where none is needed', () => {
    expect(sent([{ Key: [] }, {}], {}).headers).toEqual({ cookie: 'c=d' });
    expect(sent([], {}).headers).toEqual({ cookie: 'c=d' });
  });

  it('is that of the alternative for which all was given', () => {
    const { headers } = sent([{ Key: [] }, { Bearer: [] }], { auth: { Bearer: 't' } });
    expect(headers).toEqual({ cookie: 'c=d', authorization: 'Bearer t' });
    const both = sent([{ Key: [], Bearer: [] }], { auth: { Bearer: 't' } });
    expect(both).toMatchObject({ has: false, headers: { authorization: 'Bearer t', 'x-key': 'counterproof' } });
  });

  it('may be given as a whole header', () => {
    const options = { headers: [['Authorization', 'Bearer t']] as const };
    expect(sent([{ Bearer: [] }], options)).toMatchObject({ has: true, headers: { authorization: 'Bearer t' } });
    expect(sent([{ Bearer: [] }], options, false).headers).not.toHaveProperty('authorization');
  });

  it('in a Cookie header stands beside the cookies of a case', () => {
    const { headers } = sent([{ CookieKey: [] }], { headers: [['Cookie', 'session=s; more=1']] });
    expect(headers).toEqual({ cookie: 'c=d; session=s; more=1' });
  });

  it('of mutual TLS is not part of the request', () => {
    expect(sent([{ Client: [] }], {}).headers).toEqual({ cookie: 'c=d' });
  });

  it('for a scheme that the document does not have is refused', () => {
    expect(() => createCredentials({ auth: { key: 'x' } }, names)).toThrow(
      'The document has no security scheme "key"; did you mean "Key"?',
    );
  });
});

describe('the environment', () => {
  const { document } = createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 't', version: '1' },
      paths: {},
      components: { securitySchemes: { 'my-Key': { type: 'apiKey', in: 'header', name: 'X-Key' } } },
    }),
  );

  it('names schemes in any case and with any separators', () => {
    for (const name of ['MYKEY', 'MY_KEY', 'my_key', 'my-Key']) {
      expect(credentialsFromEnvironment(document, { [`COUNTERPROOF_AUTH_${name}`]: 'v' }).auth).toEqual({
        'my-Key': 'v',
      });
    }
    expect(() => credentialsFromEnvironment(document, { COUNTERPROOF_AUTH_OTHER: 'v' })).toThrow(
      '$COUNTERPROOF_AUTH_OTHER',
    );
  });

  it('has headers, one a line', () => {
    expect(credentialsFromEnvironment(document, { COUNTERPROOF_HEADERS: 'A: 1\nB:2\n' }).headers).toEqual([
      ['A', '1'],
      ['B', '2'],
    ]);
    expect(() => credentialsFromEnvironment(document, { COUNTERPROOF_HEADERS: 'secret' })).toThrow("'Name: value'");
    expect(() => credentialsFromEnvironment(document, { COUNTERPROOF_HEADERS: 'secret' })).not.toThrow('secret');
  });
});

describe('the mask', () => {
  it('hides a secret in every form in which a target may echo it', () => {
    const secret = 'me:p4ss "word"/+é';
    const mask = createMask(new Map([['Basic', secret]]));
    const base64 = Buffer.from(secret).toString('base64');
    const forms = [secret, JSON.stringify(secret), encodeURIComponent(secret), base64, encodeURIComponent(base64)];
    for (const form of [...forms, Buffer.from(secret).toString('base64url'), 'p4ss "word"/+é']) {
      expect(mask(`before ${form} after`)).not.toMatch(/p4ss|bWU6/);
    }
    expect(mask(`Basic ${base64}.`)).toBe('Basic $BASIC.');
  });

  it('hides the token in a whole Authorization header', () => {
    expect(createMask(new Map([['authorization', 'Bearer abcdef']]))('got abcdef')).toBe('got $AUTHORIZATION');
  });

  it('hides the beginning of a secret that was cut off', () => {
    const mask = createMask(new Map([['Key', 'abcdefghijklmnop']]));
    expect(mask('received abcdefghij… (80 characters)')).toBe('received $KEY… (80 characters)');
    expect(mask('one abcdefghi… two abcdefghijk… three')).toBe('one $KEY… two $KEY… three');
    expect(mask('nothing… here…')).toBe('nothing… here…');
  });

  it('leaves no trace of any secret, wherever it stands', () => {
    const secrets = fc
      .string({ minLength: 6, maxLength: 20, unit: 'grapheme-ascii' })
      .filter((text) => !/[$_A-Z]/.test(text));
    fc.assert(
      fc.property(secrets, fc.string(), fc.string(), (secret, before, after) => {
        const mask = createMask(new Map([['K', secret]]));
        for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) {
          expect(mask(before + form + after)).not.toContain(form);
        }
      }),
      { numRuns: 500 },
    );
  });
});
