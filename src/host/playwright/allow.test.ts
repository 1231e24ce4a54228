import { expect, test } from 'vitest';
import { notAllowed } from './allow.js';
import type { PageExchange } from './exchange.js';

const violation = (keyword: string, message: string) => ({
  in: 'query',
  pointer: '/provider',
  keyword,
  message,
  location: { file: 'a.yaml', line: 1, column: 1 },
});

const exchange: PageExchange = {
  operation: 'list',
  request: { method: 'GET', url: 'http://a.test/things', headers: {}, body: null, json: undefined },
  response: { status: 422, headers: {}, body: '', json: undefined, source: 'problem', name: null },
  page: null,
  violations: [violation('enum', 'must be one of these'), violation('minLength', 'must be longer')],
};

const keywordsLeft = (...allowed: Parameters<typeof notAllowed>[1]) =>
  notAllowed([exchange], allowed).flatMap(({ violations }) => violations.map(({ keyword }) => keyword));

test('nothing is allowed that is not declared', () => {
  expect(keywordsLeft()).toEqual(['enum', 'minLength']);
  expect(keywordsLeft({ operation: 'other' }, 'POST', /POST/, { in: 'body' }, { pointer: '' })).toEqual([
    'enum',
    'minLength',
  ]);
});

test('a text, an expression and an object allow what they fit, and no more', () => {
  expect(keywordsLeft('must be longer')).toEqual(['enum']);
  expect(keywordsLeft(/^GET .*: must be one/g, /^GET .*: must be one/g)).toEqual(['minLength']);
  expect(keywordsLeft({ operation: 'list', keyword: 'enum', in: 'query', pointer: '/provider' })).toEqual([
    'minLength',
  ]);
  expect(keywordsLeft({ operation: 'list' })).toEqual([]);
  expect(keywordsLeft('')).toEqual([]);
});
