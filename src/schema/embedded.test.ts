import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readDocument } from '../document/index.js';
import { createSchemas } from './schemas.js';

test('dynamic references are followed among schemas of files beside the document', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'counterproof-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const files = {
    'openapi.json': {
      openapi: '3.1.0',
      info: { title: 't', version: '1' },
      paths: {},
      components: { schemas: { Tree: { $ref: 'tree.json' }, Strict: { $ref: 'strict-tree.json' } } },
    },
    'tree.json': {
      $id: 'https://example.com/tree',
      $dynamicAnchor: 'node',
      type: 'object',
      properties: { data: true, children: { type: 'array', items: { $dynamicRef: '#node' } } },
    },
    'strict-tree.json': {
      $id: 'https://example.com/strict-tree',
      $dynamicAnchor: 'node',
      $ref: 'tree.json',
      unevaluatedProperties: false,
    },
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), JSON.stringify(content));
  const schemas = createSchemas(await readDocument(join(folder, 'openapi.json')));
  const accepts = (name: string, value: unknown) =>
    schemas.at(`/components/schemas/${name}`, 'response').accepts(value);
  expect(accepts('Tree', { children: [{ misspelt: 1 }] })).toBe(true);
  expect(accepts('Strict', { children: [{ data: 1 }] })).toBe(true);
  expect(accepts('Strict', { children: [{ misspelt: 1 }] })).toBe(false);
});
