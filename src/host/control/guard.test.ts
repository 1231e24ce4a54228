import fc from 'fast-check';
import { expect, test } from 'vitest';
import { refusalOf } from './guard.js';

const status = (headers: Record<string, string>, options = {}) =>
  refusalOf({ method: 'GET', target: '/', headers, body: null }, options)?.status ?? null;

test.each(['localhost', 'localhost:3000', '127.0.0.1:1', '10.0.0.5', '[::1]:3000', 'a.localhost:1'])(
  'the Host %s is let in',
  (host) => expect(status({ host })).toBeNull(),
);

test.each([
  'evil.example',
  'localhost.evil.example',
  'notlocalhost',
  '127.0.0.1.evil.example',
  '127.0.0.1:80@evil.example',
  '[::1].evil.example',
  'localhost:3000.evil.example',
  'localhost/evil.example',
  'localhost evil.example',
  '',
])('the Host %j is refused', (host) => expect(status({ host })).toBe(403));

test('no name of the DNS is let in but those of this machine and those that were given', () => {
  const label = fc.stringMatching(/^[a-z0-9]{1,12}$/);
  const name = fc.tuple(label, fc.constantFrom('com', 'example', 'local', 'dev')).map((labels) => labels.join('.'));
  fc.assert(
    fc.property(name, fc.nat(65_535), (host, port) => {
      expect(status({ host: `${host}:${port}` })).toBe(403);
      expect(status({ host: `${host}:${port}` }, { hosts: [host] })).toBeNull();
    }),
  );
});

test('an Origin is let in where it is that of the Host, and no other', () => {
  const host = 'localhost:3000';
  expect(status({ host, origin: 'http://localhost:3000' })).toBeNull();
  expect(status({ host, origin: 'https://localhost:3000' })).toBeNull();
  for (const origin of [
    'null',
    'http://localhost',
    'http://localhost:3001',
    'http://127.0.0.1:3000',
    'http://localhost:3000.evil.example',
    'file://',
  ])
    expect([origin, status({ host, origin })]).toEqual([origin, 403]);
});

test('of what a browser says of the page only the own one and the address bar are let in', () => {
  const host = 'localhost';
  const sites = ['same-origin', 'none', 'same-site', 'cross-site', 'else'];
  expect(sites.map((site) => status({ host, 'sec-fetch-site': site }))).toEqual([null, null, 403, 403, 403]);
});

test('a token is asked for last, and only the whole one will do', () => {
  const options = { token: 'secret' };
  const host = 'localhost';
  expect(status({ host: 'evil.example', authorization: 'Bearer secret' }, options)).toBe(403);
  for (const authorization of ['', 'secret', 'Bearer', 'Bearer ', 'Bearer secre', 'Bearer secrets', 'Basic secret'])
    expect([authorization, status({ host, authorization }, options)]).toEqual([authorization, 401]);
  expect(status({ host }, options)).toBe(401);
  expect(status({ host, authorization: 'Bearer secret' }, options)).toBeNull();
  expect(status({ host, authorization: 'bearer secret' }, options)).toBeNull();
});
