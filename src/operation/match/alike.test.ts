import { expect, test } from 'vitest';
import { documentFromObject, documentFromText } from '../../document/index.js';
import { createSchemas } from '../../schema/schemas.js';
import { createOperations } from '../operations.js';

/** Who answers a GET of each target. */
function answers(paths: string, targets: readonly string[]) {
  const text = `openapi: 3.0.3\ninfo: {title: t, version: "1"}\npaths:\n${paths}`;
  const operations = createOperations(documentFromText(text, { name: 'a.yaml' }));
  return targets.map((target) => {
    const match = operations.match('GET', target);
    return match.kind === 'operation' ? match.entry.id : match.kind;
  });
}

const ok = 'responses: {200: {description: ok}}';

test('of two paths that differ in names the first whose parameters fit answers, or else the first', () => {
  const paths = `  /a/{id}: {get: {operationId: byId, ${ok}, parameters: [{name: id, in: path, required: true, schema: {type: integer}}]}}
  /a/{on}: {get: {operationId: byDate, ${ok}, parameters: [{name: on, in: path, required: true, schema: {type: string, maxLength: 4}}]}}
`;
  expect(answers(paths, ['/a/7', '/a/may', '/a/december'])).toEqual(['byId', 'byDate', 'byId']);
});

test('of very many paths that differ in names few are asked whether the parameters fit', () => {
  const paths = Object.fromEntries(
    Array.from({ length: 500 }, (_, at) => {
      const parameters = [{ name: `id${at}`, in: 'path', required: true, schema: { type: 'integer' } }];
      return [`/things/{id${at}}`, { get: { parameters, responses: { 200: { description: 'ok' } } } }];
    }),
  );
  const document = documentFromObject({ openapi: '3.1.0', info: { title: 't', version: '1' }, paths });
  const schemas = createSchemas(document);
  const compiled = new Set<string>();
  const at = (...asked: Parameters<typeof schemas.at>) => {
    compiled.add(asked[0]);
    return schemas.at(...asked);
  };
  const match = createOperations(document, { ...schemas, at }).match('GET', '/things/none');
  expect(match).toMatchObject({ kind: 'operation', entry: { id: 'GET /things/{id0}' } });
  expect(compiled.size).toBe(100);
});

test('a query in the key is taken at its word', () => {
  const paths = `  /r?beta=true: {get: {operationId: beta, ${ok}}}
  /r: {get: {operationId: plain, ${ok}}}
  /s?acl: {get: {operationId: acl, ${ok}}}
`;
  const targets = ['/r', '/r?beta=true', '/r?a&beta=true', '/r?beta=false', '/s?acl', '/s?acl=', '/s'];
  expect(answers(paths, targets)).toEqual(['plain', 'beta', 'beta', 'plain', 'acl', 'acl', 'not-found']);
});

test('a fragment in the key is told by the required query parameters', () => {
  const key = (name: string, rest: string, ...required: string[]) =>
    `  /{k}${rest}: {get: {operationId: ${name}, ${ok}, parameters: [${required
      .map((one) => `{name: ${one}, in: query, required: true, schema: {type: string, enum: [x]}}`)
      .join(', ')}]}}\n`;
  const paths =
    key('list', '#list', 'list') + key('part', '#part', 'list', 'part') + key('plain', '') + key('odd', '#odd');
  const targets = ['/k', '/k?list=x', '/k?list=y', '/k?list=x&part=x', '/k?part=x'];
  expect(answers(paths, targets)).toEqual(['plain', 'list', 'plain', 'part', 'plain']);
  expect(answers(key('alone', '#alone', 'a'), ['/k'])).toEqual(['alone']);
});

test('of many under one path only those are compiled whose query the request may have', () => {
  const names = ['add', 'drop', 'list', 'move'];
  const paths = names.map(
    (name) => `  /#Action=${name}: {get: {operationId: ${name}, ${ok}, parameters: [
    {name: Action, in: query, required: true, schema: {type: string, enum: [${name}]}}]}}\n`,
  );
  const text = `openapi: 3.0.3\ninfo: {title: t, version: "1"}\npaths:\n${paths.join('')}`;
  const document = documentFromText(text, { name: 'a.yaml' });
  const schemas = createSchemas(document);
  const compiled: string[] = [];
  const at = (...asked: Parameters<typeof schemas.at>) => {
    compiled.push(asked[0]);
    return schemas.at(...asked);
  };
  const match = createOperations(document, { ...schemas, at }).match('GET', '/?Action=list');
  expect(match.kind === 'operation' && match.entry.id).toBe('list');
  expect(compiled).toEqual(['/paths/~1#Action=list/get/parameters/0/schema']);
});
