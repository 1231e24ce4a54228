import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { documentFiles, hostOf, prefixesOf } from './document-file.js';

test('the document is the one that is named, else the one of the folder, else the one that is built in', () => {
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-'));
  try {
    writeFileSync(join(folder, 'api.yaml'), '');
    expect(documentFiles(undefined, folder)).toMatchObject({ isBuiltIn: true });
    writeFileSync(join(folder, 'OpenAPI.json'), '');
    expect(documentFiles(undefined, folder)).toEqual({ files: ['OpenAPI.json'], isBuiltIn: false });
    expect(documentFiles('api.yaml', folder)).toEqual({ files: ['api.yaml'], isBuiltIn: false });
    writeFileSync(join(folder, 'swagger.yml'), '');
    expect(() => documentFiles(undefined, folder)).toThrow('several documents here: OpenAPI.json, swagger.yml');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a prefix is of one document, named by the end of its file, or of all', () => {
  const files = ['v1/openapi.yaml', 'v2/openapi.yaml', './users.json'];
  const prefixes = (...said: [string | null, string][]) =>
    prefixesOf(
      files,
      said.map(([document, path]) => ({ document, path })),
    );
  expect(prefixes(['v2/openapi.yaml', '/new'], ['users', '/people'])).toEqual([undefined, '/new', '/people']);
  expect(prefixes([null, '/api'], ['./users.json', '/people'])).toEqual(['/api', '/api', '/people']);
  expect(() => prefixes(['openapi.yaml', '/new'])).toThrow('may be v1/openapi.yaml or v2/openapi.yaml');
  expect(() => prefixes(['usres.json', '/people'])).toThrow('did you mean "./users.json"');
});

test('an address as document lets its own host be read', () => {
  expect(hostOf('https://example.com:8443/openapi.yaml')).toEqual(['example.com:8443']);
  expect(hostOf('openapi.yaml')).toEqual([]);
  expect(hostOf('C:\\openapi.yaml')).toEqual([]);
});
