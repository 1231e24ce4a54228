import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tagsOf } from '../../schema/discriminator.js';
import type { JsonObject } from '../../text/value.js';
import { documentFromObject, readDocument } from '../index.js';

const head = { openapi: '3.2.0', info: { title: 't', version: '1' } };

/** Reads the first of these files from a folder that has them all. */
async function readFiles(files: Readonly<Record<string, JsonObject>>) {
  const folder = await mkdtemp(join(tmpdir(), 'counterproof-'));
  for (const [name, value] of Object.entries(files)) await writeFile(join(folder, name), JSON.stringify(value));
  return readDocument(join(folder, Object.keys(files)[0] ?? ''), { name: 'main' });
}

const shared = {
  ...head,
  $self: 'https://example.com/api/shared',
  components: {
    schemas: { Foo: { type: 'string' } },
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
  },
};

test.each([
  ['beside the file', 'shared#/components/schemas/Foo'],
  ['by its own URI', 'https://example.com/api/shared#/components/schemas/Foo'],
  ['by the name of its file', './shared.json#/components/schemas/Foo'],
])('a document with a URI of its own is found %s', async (_, $ref) => {
  const main = { ...head, $self: 'https://example.com/api/main', paths: {}, components: { schemas: { A: { $ref } } } };
  const document = await readFiles({ 'main.json': main, 'shared.json': shared });
  expect(document.problems).toEqual([]);
  const schema = document.at('/components/schemas/A');
  expect(document.resolve(schema, '/components/schemas/A').value).toEqual({ type: 'string' });
});

test('a reference by the URI that a document gives itself is one into it', () => {
  const document = documentFromObject({
    ...head,
    $self: 'https://example.com/api/main.json',
    paths: {},
    components: {
      schemas: {
        A: { $ref: 'https://example.com/api/main.json#/components/schemas/B' },
        B: { $ref: 'main.json#/components/schemas/C' },
        C: { type: 'string' },
      },
    },
  });
  expect(document.problems).toEqual([]);
  expect(document.at('/components/schemas/A')).toEqual({ $ref: '#/components/schemas/B' });
  expect(document.at('/components/schemas/B')).toEqual({ $ref: '#/components/schemas/C' });
});

test('a security requirement may name its scheme by a URI', async () => {
  const name = './shared.json#/components/securitySchemes/key';
  const main = { ...head, paths: { '/a': { get: { security: [{ [name]: [] }], responses: { 200: {} } } } } };
  const document = await readFiles({ 'main.json': main, 'shared.json': shared });
  expect(document.problems).toEqual([]);
  const { securitySchemes } = document.root.components as { securitySchemes: JsonObject };
  expect(document.resolve(securitySchemes[name], '').value).toEqual(shared.components.securitySchemes.key);

  const local = documentFromObject({ ...main, security: [{ '#/components/nothing': [] }], paths: {} });
  expect(local.problems).toMatchObject([{ message: '"#/components/nothing" leads to nothing' }]);
  expect(local.root.security).toEqual([{}]);
});

test('a discriminator names the schema of values that it does not tell apart', () => {
  const schemas = {
    Pet: {
      oneOf: ['Cat', 'Dog', 'Other'].map((name) => ({ $ref: `#/components/schemas/${name}` })),
      discriminator: { propertyName: 'kind', defaultMapping: '#/components/schemas/Other' },
    },
    Cat: {},
    Dog: {},
    Other: {},
  };
  const document = documentFromObject({ ...head, paths: {}, components: { schemas } });
  expect(document.problems).toEqual([]);
  const tags = tagsOf(document.at('/components/schemas/Pet') as JsonObject, 'oneOf');
  expect(tags).toEqual({
    property: 'kind',
    indices: new Map([
      ['Cat', 0],
      ['Dog', 1],
    ]),
    otherwise: 2,
  });
  const wrong = { ...schemas.Pet, discriminator: { propertyName: 'kind', defaultMapping: '#/components/schemas/No' } };
  expect(
    documentFromObject({ ...head, paths: {}, components: { schemas: { ...schemas, Pet: wrong } } }).problems,
  ).toMatchObject([{ id: 'discriminator-mapping', message: '"#/components/schemas/No" leads to nothing' }]);
});
