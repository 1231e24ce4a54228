import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { documentFile, hostOf } from './document-file.js';

test('the document is the one that is named, else the one of the folder, else the one that is built in', () => {
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-'));
  try {
    writeFileSync(join(folder, 'api.yaml'), '');
    expect(documentFile(undefined, folder)).toMatchObject({ isBuiltIn: true });
    writeFileSync(join(folder, 'OpenAPI.json'), '');
    expect(documentFile(undefined, folder)).toEqual({ file: 'OpenAPI.json', isBuiltIn: false });
    expect(documentFile('api.yaml', folder)).toEqual({ file: 'api.yaml', isBuiltIn: false });
    writeFileSync(join(folder, 'swagger.yml'), '');
    expect(() => documentFile(undefined, folder)).toThrow('several documents here: OpenAPI.json, swagger.yml');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('an address as document lets its own host be read', () => {
  expect(hostOf('https://example.com:8443/openapi.yaml')).toEqual(['example.com:8443']);
  expect(hostOf('openapi.yaml')).toEqual([]);
  expect(hostOf('C:\\openapi.yaml')).toEqual([]);
});
