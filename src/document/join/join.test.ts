import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOperations } from '../../operation/index.js';
import { child, parsePointer, valueAt } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { type Document, documentFromText, readDocuments } from '../index.js';
import { joinDocuments } from './join.js';
import { labelsOf } from './labels.js';

const version = (base: string, member: string, more = '') => `openapi: 3.1.0
info: { title: Shop, version: "${member}" }
servers: [{ url: "https://api.test${base}" }]
security: [{ key: [] }]
tags: [{ name: users, description: People }]
paths:
  /users/{id}:
    parameters: [{ $ref: "#/components/parameters/id" }]
    get:
      operationId: getUser
      tags: [users]
      responses:
        "200":
          description: One
          content: { application/json: { schema: { $ref: "#/components/schemas/User" } } }
          links: { again: { operationId: getUser } }
components:
  parameters:
    id: { name: id, in: path, required: true, schema: { type: integer } }
  schemas:
    User:
      type: object
      required: [${member}]
      properties: { ${member}: { type: string }, pet: { $ref: "#/components/schemas/Pet" } }
    Pet:
      oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }]
      discriminator: { propertyName: kind }
    Cat: { type: object, required: [kind], properties: { kind: { type: string } } }
    Dog: { type: object, required: [kind, bone], properties: { kind: { type: string }, bone: { type: boolean } } }
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
${more}`;

const read = (name: string, text: string) => documentFromText(text, { name });
const v1 = read('v1/openapi.yaml', version('/v1', 'name'));
const v2 = read('v2/openapi.yaml', version('/v2', 'fullName'));

/** Each reference of a tree leads to an object. */
function expectWhole({ root }: Document): void {
  const look = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isObject(value) && typeof value.$ref === 'string')
      expect(valueAt(root, parsePointer(value.$ref)), value.$ref).toBeTypeOf('object');
    for (const member of Object.values(value)) look(member);
  };
  look(root);
}

describe('two versions of one document', () => {
  const both = joinDocuments([{ document: v1 }, { document: v2 }]);
  const operations = createOperations(both);
  const userOf = (id: string) => {
    const entry = operations.find(id);
    const operation = entry && operations.compile(entry);
    return operation?.responses[0]?.content[0]?.schema;
  };

  test('stand side by side under their base paths, named by their folders', () => {
    expectWhole(both);
    expect(operations.entries.map(({ id, method, path }) => [id, `${method} ${path}`])).toEqual([
      ['v1.getUser', 'GET /v1/users/{id}'],
      ['v2.getUser', 'GET /v2/users/{id}'],
    ]);
    expect(operations.match('GET', '/v2/users/7')).toMatchObject({ entry: { id: 'v2.getUser' } });
    expect(operations.match('GET', '/users/7').kind).toBe('not-found');
    expect(operations.isServer('https://api.test')).toBe(true);
    expect(
      both.parts?.map(({ nameInWhole }) => ['getUser', 'GET /users/{id}', '/users/{id}'].map(nameInWhole)),
    ).toEqual([
      ['v1.getUser', 'GET /v1/users/{id}', '/v1/users/{id}'],
      ['v2.getUser', 'GET /v2/users/{id}', '/v2/users/{id}'],
    ]);
  });

  test('keep schemas of one name apart, with the tags that name them', () => {
    expect(userOf('v1.getUser')?.validate({ name: 'Ada' }, 'body')).toEqual([]);
    expect(userOf('v2.getUser')?.validate({ name: 'Ada' }, 'body')).toHaveLength(1);
    expect(userOf('v2.getUser')?.validate({ fullName: 'Ada', pet: { kind: 'Cat' } }, 'body')).toEqual([]);
    expect(userOf('v2.getUser')?.validate({ fullName: 'Ada', pet: { kind: 'Dog' } }, 'body')).toHaveLength(1);
    expect(Object.keys(both.root.components as JsonObject)).toEqual(['parameters', 'schemas', 'securitySchemes']);
    expect(Object.keys(child(both.root.components, 'securitySchemes') as JsonObject)).toEqual(['key']);
  });

  test('have the security and the links of their own document, and tags beneath its name', () => {
    const [first] = operations.entries;
    expect(first && operations.compile(first).security).toMatchObject([[{ name: 'key', type: 'apiKey' }]]);
    expect(JSON.stringify(both.at('/paths/~1v2~1users~1{id}/get/responses/200/links'))).toContain('v2.getUser');
    expect(both.root.tags).toEqual([
      { name: 'v1' },
      { name: 'v1.users', description: 'People', summary: 'users', parent: 'v1' },
      { name: 'v2' },
      { name: 'v2.users', description: 'People', summary: 'users', parent: 'v2' },
    ]);
  });

  test('have their places in their own files', () => {
    const at = (pointer: string) => both.locate(pointer);
    expect(at('/paths/~1v2~1users~1{id}/get')).toMatchObject({ file: 'v2/openapi.yaml', line: 9 });
    expect(at('/components/schemas/v2.User/properties/fullName')).toMatchObject({ file: 'v2/openapi.yaml', line: 24 });
    expect(at('/components/schemas/v1.User')).toMatchObject({ file: 'v1/openapi.yaml', line: 21 });
  });

  test('are not changed by it', () => {
    expect(createOperations(v2).find('getUser')?.path).toBe('/users/{id}');
    expect(JSON.stringify(v2.root)).not.toContain('v2.User');
  });
});

const orders = (text = '') => `openapi: 3.0.3
info: { title: Orders, version: "1" }
servers: [{ url: /shop }]
paths:
  /orders:
    get:
      operationId: listOrders
      responses: { "200": { description: All, content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Order" } } } } } }
${text}components: { schemas: { Order: { type: object, properties: { id: { type: integer, nullable: true } } } } }
`;

test('documents without a common path keep paths, names and base paths', () => {
  const whole = joinDocuments([{ document: v1 }, { document: read('orders.yaml', orders()) }]);
  const operations = createOperations(whole);
  expect(operations.entries.map(({ id }) => id)).toEqual(['getUser', 'listOrders']);
  expect(['/orders', '/shop/orders', '/v1/orders'].map((path) => operations.match('GET', path).kind)).toEqual([
    'operation',
    'operation',
    'not-found',
  ]);
  const [, list] = operations.entries;
  expect(list && operations.compile(list).security).toEqual([]);
  expect(whole.root.info).toMatchObject({ title: 'Shop and Orders', version: 'name and 1' });
});

test('a prefix stands in the place of the base path', () => {
  const operations = createOperations(joinDocuments([{ document: v1, prefix: 'people/' }]));
  expect(['/people/users/1', '/v1/users/1', '/users/1'].map((path) => operations.match('GET', path).kind)).toEqual([
    'operation',
    'not-found',
    'not-found',
  ]);
});

test('of an operation that two have the first answers, and methods of one path may come from both', () => {
  const more = read(
    'more.yaml',
    version('/v1', 'name', '  schemas2: {}\n').replace(
      '    get:',
      '    delete: { operationId: removeUser, responses: { "204": { description: Gone } } }\n    get:',
    ),
  );
  const whole = joinDocuments([{ document: v1 }, { document: more }]);
  const operations = createOperations(whole);
  expectWhole(whole);
  expect(operations.entries.map(({ id, method }) => `${method} ${id}`)).toEqual([
    'GET openapi.getUser',
    'DELETE removeUser',
  ]);
  const removal = operations.find('removeUser');
  expect(removal && operations.compile(removal).parameters).toMatchObject([{ name: 'id', in: 'path' }]);
  expect(removal && whole.locate(removal.pointer)).toMatchObject({ file: 'more.yaml', line: 9 });
  expect(whole.problems).toMatchObject([
    {
      id: 'operation-taken',
      location: { file: 'more.yaml', line: 10 },
      remedy: expect.stringContaining('--prefix more.yaml='),
    },
  ]);
  expect(whole.leftOut).toHaveLength(1);
});

test('2.0 stands beside 3.1, and what leads to nothing in one does not lead to what another has', () => {
  const old = read(
    'old.yaml',
    `swagger: "2.0"
info: { title: Old, version: "1" }
basePath: /old
paths:
  /things:
    get:
      responses: { "200": { description: All, schema: { $ref: "#/definitions/Missing" } } }
`,
  );
  const has = read('has.yaml', orders().replaceAll('Order"', 'Missing"').replace('Order:', 'Missing:'));
  const whole = joinDocuments([{ document: has }, { document: old }]);
  const operations = createOperations(whole);
  const entry = operations.find('GET /things');
  const schema = entry && operations.compile(entry).responses[0]?.content[0]?.schema;
  expect(schema?.validate({ id: 'text' }, 'body') ?? []).toEqual([]);
  expect(operations.match('GET', '/old/things').kind).toBe('operation');
});

test('anchors and $ids that both have lead into their own document', () => {
  const named = (type: string) => `openapi: 3.1.0
info: { title: T, version: "1" }
paths:
  /${type}:
    get:
      responses:
        "200": { description: D, content: { application/json: { schema: { anyOf: [{ $ref: "https://x.test/thing" }, { $ref: "#sub" }] } } } }
components:
  schemas:
    Thing: { $id: "https://x.test/thing", type: ${type} }
    Sub: { $anchor: sub, type: ${type} }
`;
  const documents = ['integer', 'boolean'].map((type) => ({ document: read(`${type}.yaml`, named(type)) }));
  const operations = createOperations(joinDocuments(documents as [{ document: Document }]));
  const accepts = (path: string, value: Json) => {
    const entry = operations.find(`GET ${path}`);
    return entry && operations.compile(entry).responses[0]?.content[0]?.schema?.validate(value, 'body').length === 0;
  };
  expect([
    accepts('/integer', 1),
    accepts('/integer', true),
    accepts('/boolean', 1),
    accepts('/boolean', true),
  ]).toEqual([true, false, false, true]);
});

test('labels differ, and are names of components', () => {
  expect(labelsOf(['a/users.yaml', 'b/orders.json'])).toEqual(['users', 'orders']);
  expect(labelsOf(['api/v1/openapi.yaml', 'api/v2/openapi.yaml', 'x.yaml'])).toEqual(['v1', 'v2', 'x']);
  expect(labelsOf(['document', 'document'])).toEqual(['document', 'document2']);
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 6 }), (names) => {
      const labels = labelsOf(names);
      expect(new Set(labels).size).toBe(names.length);
      for (const label of labels) expect(label).toMatch(/^[A-Za-z0-9._-]+$/);
    }),
  );
});

describe('reading several', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'counterproof-join-'));
    writeFileSync(join(folder, 'orders.yaml'), orders());
    writeFileSync(join(folder, 'users.yaml'), version('/v1', 'name'));
    writeFileSync(join(folder, 'broken.yaml'), 'openapi: 3.1.0\ninfo: [');
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const sources = (...names: string[]) => names.map((name) => ({ document: join(folder, name), name }));

  test('one that cannot be used costs its own operations', async () => {
    const whole = await readDocuments(sources('orders.yaml', 'broken.yaml'));
    expect(createOperations(whole).entries).toHaveLength(1);
    expect(whole.problems).toMatchObject([{ id: 'document-unusable', location: { file: 'broken.yaml' } }]);
    expect(whole.leftOut).toMatchObject([{ name: 'broken.yaml' }]);
    await expect(readDocuments(sources('orders.yaml', 'broken.yaml'), { strict: true })).rejects.toThrow('broken.yaml');
    await expect(readDocuments(sources('broken.yaml', 'broken.yaml'))).rejects.toThrow('broken.yaml');
    await expect(readDocuments(sources('orders.yaml', 'nowhere.yaml'))).rejects.toThrow('There is no file');
  });

  test('one that was good before is served as it was', async () => {
    const previous = await readDocuments(sources('orders.yaml', 'users.yaml'));
    writeFileSync(join(folder, 'users.yaml'), 'openapi: 3.1.0\ninfo: [');
    const whole = await readDocuments(sources('orders.yaml', 'users.yaml'), { previous });
    expect(createOperations(whole).entries.map(({ id }) => id)).toEqual(['listOrders', 'getUser']);
    expect(whole.problems).toMatchObject([{ id: 'document-outdated', location: { file: 'users.yaml' } }]);
    expect(whole.leftOut).toEqual([]);
  });
});
