import { describe, expect, it } from 'vitest';
import type { HttpRequest, SecurityScheme } from '../../operation/index.js';
import { credentialPlaceholder, fillCredentials, placeCredential, placeCredentials } from './place.js';

const bare: HttpRequest = { method: 'GET', target: '/a?b=1', headers: { cookie: 'x=1' }, body: null };
const scheme = (over: Partial<SecurityScheme>): SecurityScheme => ({
  name: 'APIKeyHeader',
  pointer: '/components/securitySchemes/APIKeyHeader',
  type: 'apiKey',
  in: 'header',
  parameterName: 'X-Key',
  httpScheme: null,
  scopes: [],
  ...over,
});

describe('credentialPlaceholder', () => {
  it('is a name that a shell can have', () => {
    const names = ['APIKeyHeader', 'HTTPBearer', 'api_key', 'my-oauth.2', '2legged'];
    expect(names.map(credentialPlaceholder)).toEqual([
      '$APIKEY_HEADER',
      '$HTTPBEARER',
      '$API_KEY',
      '$MY_OAUTH_2',
      '$_2LEGGED',
    ]);
  });
});

describe('placeCredential', () => {
  it('puts a credential where its scheme says', () => {
    const { headers } = placeCredential(bare, scheme({}), 'k');
    expect(headers['x-key']).toBe('k');
    expect(placeCredential(bare, scheme({ in: 'query', parameterName: 'k y' }), 'a&b').target).toBe(
      '/a?b=1&k%20y=a%26b',
    );
    expect(placeCredential(bare, scheme({ in: 'cookie', parameterName: 'sid' }), 'v').headers.cookie).toBe(
      'x=1; sid=v',
    );
    const basic = scheme({ type: 'http', httpScheme: 'basic', in: null, parameterName: null });
    expect(placeCredential(bare, basic, 'dTpw').headers.authorization).toBe('Basic dTpw');
    const oauth = scheme({ type: 'oauth2', in: null, parameterName: null });
    expect(placeCredential(bare, oauth, 't').headers.authorization).toBe('Bearer t');
  });
});

describe('placeCredentials', () => {
  it('puts each where its scheme says, however many there are', () => {
    const places = ['header', 'query', 'cookie'] as const;
    const schemes = Array.from({ length: 20_000 }, (_, index) =>
      scheme({ in: places[index % 3] ?? null, parameterName: `K${index}` }),
    );
    const { headers, target } = placeCredentials(
      bare,
      schemes.map((one) => [one, 'v']),
    );
    expect(Object.keys(headers)).toHaveLength(6_668);
    expect([headers.k0, target.slice(0, 16), headers.cookie?.slice(0, 16)]).toEqual([
      'v',
      '/a?b=1&K1=v&K4=v',
      'x=1; K2=v; K5=v;',
    ]);
  });
});

describe('fillCredentials', () => {
  it('fills each placeholder with its own value, encoded in the target, even where one name begins with the other', () => {
    const request: HttpRequest = {
      ...bare,
      target: '/a?k=$API_KEY&l=$API_KEY_2&m=$OTHER',
      headers: { authorization: 'Bearer $API_KEY' },
    };
    const filled = fillCredentials(
      request,
      new Map([
        ['api_key', '$& $API_KEY_2'],
        ['api_key_2', 'two'],
      ]),
    );
    expect(filled.target).toBe('/a?k=%24%26%20%24API_KEY_2&l=two&m=$OTHER');
    expect(filled.headers.authorization).toBe('Bearer $& $API_KEY_2');
  });
});
