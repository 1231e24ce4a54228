import { describe, expect, test } from 'vitest';
import { documentFromText } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import { Scope, type ScopeOptions } from './scope.js';

const documentOf = (base: string) =>
  createOperations(
    documentFromText(
      `openapi: 3.1.0
info: { title: Boats, version: '1' }
paths:
  ${base}/boats: { get: { operationId: list, responses: {} }, post: { operationId: add, responses: {} } }
  ${base}/boats/{id}: { get: { operationId: get, responses: {} } }
  ${base}/crews: { get: { operationId: crews, responses: {} } }
`,
      { name: 'boats.yaml' },
    ),
  );
const plain = documentOf('');
const prefixed = documentOf('/api');

describe('what of an app a mock answers', () => {
  const target = (options: ScopeOptions, wanted: string, method = 'GET', operations = plain) =>
    new Scope(operations, options).targetOf(method, wanted);

  test('is the paths of the document, and no others', () => {
    expect(target({}, '/boats?page=2')).toBe('/boats?page=2');
    expect(target({}, '/boats', 'DELETE')).toBe('/boats');
    expect(target({}, '/index.html')).toBeUndefined();
  });

  test.each([
    [{ only: ['list'] }, '/boats', 'GET', '/boats'],
    [{ only: ['list'] }, '/boats', 'POST', undefined],
    [{ only: ['list'] }, '/boats', 'DELETE', '/boats'],
    [{ only: ['/boats*'] }, '/crews', 'GET', undefined],
    [{ except: ['* /boats/*'] }, '/boats/1', 'GET', undefined],
    [{ except: ['get'] }, '/boats', 'GET', '/boats'],
    [{ only: ['/boats*'], except: ['add'] }, '/boats', 'POST', undefined],
  ])('with %j, %s by %s is %s', (options, path, method, expected) => {
    expect(target(options, path, method)).toBe(expected);
  });

  test('has a prefix in the app, which the document need not have', () => {
    const prefix = { prefix: '/api/' };
    expect(target(prefix, '/api/boats?x=1')).toBe('/boats?x=1');
    expect(target(prefix, '/api/boats', 'GET', prefixed)).toBe('/api/boats');
    expect(target(prefix, '/boats')).toBe('/boats');
    // What nobody has is 404, and not the page of the app.
    expect(target(prefix, '/api/ships')).toBe('/api/ships');
    expect(target(prefix, '/apiary')).toBeUndefined();
    expect(target({ ...prefix, except: ['crews'] }, '/api/crews')).toBeUndefined();
  });

  test('is refused where a pattern means nothing', () => {
    expect(() => new Scope(plain, { only: ['lst'] })).toThrow(/did you mean.*list/i);
  });
});
