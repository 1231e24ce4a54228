import { describe, expect, test, vi } from 'vitest';
import { documentFromObject } from '../document/index.js';
import type { Json, JsonObject } from '../text/value.js';
import { lookAt, walkValue } from './outlook.js';
import { createSchemas } from './schemas.js';
import { viewOf } from './view.js';

function documentOf(schemas: Record<string, Json>) {
  return documentFromObject({
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
    paths: {},
    components: { schemas },
  });
}

const at = (path: string) => `/components/schemas/${path}`;

function saidOf(schemas: Record<string, Json>, value: Json): string[] {
  const { parts } = lookAt(createSchemas(documentOf(schemas)), 'response', [at('A')], value);
  return parts.map(({ pointer }) => pointer.slice(at('').length));
}

describe('for every value', () => {
  test('a schema says what its references and its allOf say, each once, in the order of the document', () => {
    const view = viewOf(
      documentOf({
        A: { allOf: [{ $ref: '#/components/schemas/B' }, { required: ['own'] }, { $ref: '#/components/schemas/B' }] },
        B: { allOf: [{ $ref: '#/components/schemas/A' }], properties: { b: true } },
      }),
    );
    expect(view.certain(at('A')).map(({ pointer }) => pointer)).toEqual(
      ['A', 'A/allOf/0', 'B', 'B/allOf/0', 'A/allOf/1', 'A/allOf/2'].map(at),
    );
  });

  test('a reference is read against the $id around it', () => {
    const view = viewOf(
      documentOf({
        A: { $id: 'https://example.com/a', $defs: { name: { $anchor: 'name', type: 'string' } }, $ref: '#name' },
      }),
    );
    expect(view.certain(at('A')).map(({ pointer }) => pointer)).toEqual([at('A'), at('A/$defs/name')]);
  });

  test('a member is looked for under its name, its pattern, and what is left over', () => {
    const view = viewOf(
      documentOf({ A: { properties: { id: true }, patternProperties: { '^x-': true }, additionalProperties: true } }),
    );
    const under = (name: string) => view.member(view.certain(at('A')), name).map(({ keyword }) => keyword);
    expect([under('id'), under('x-id'), under('other')]).toEqual([
      ['properties'],
      ['patternProperties'],
      ['additionalProperties'],
    ]);
  });
});

describe('for one value', () => {
  const conditional = {
    A: {
      if: { required: ['kind'] },
      // biome-ignore lint/suspicious/noThenProperty: the keyword's name
      then: { required: ['id'] },
      else: { required: ['name'] },
      dependentSchemas: { kind: { required: ['size'] } },
    },
  };

  test('what stands under a condition holds where the value meets it', () => {
    expect(saidOf(conditional, { kind: 1 })).toEqual(['A', 'A/then', 'A/dependentSchemas/kind']);
    expect(saidOf(conditional, {})).toEqual(['A', 'A/else']);
  });

  test('every branch of anyOf that accepts it holds, and the only one of its type even if it does not', () => {
    const branches = { A: { anyOf: [{ minimum: 1 }, { maximum: 9 }, { type: 'string', minLength: 3 }] } };
    expect(saidOf(branches, 5)).toEqual(['A', 'A/anyOf/0', 'A/anyOf/1']);
    expect(saidOf({ A: { oneOf: [{ type: 'integer' }, { type: 'string', minLength: 3 }] } }, 'x')).toEqual([
      'A',
      'A/oneOf/1',
    ]);
  });

  test('a tag says which branch is meant', () => {
    const member = (minimum: number): JsonObject => ({ properties: { kind: {}, size: { minimum } } });
    const tagged = {
      A: {
        oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
        discriminator: { propertyName: 'kind' },
      },
      Cat: member(1),
      Dog: member(5),
    };
    expect(saidOf(tagged, { kind: 'Dog', size: 1 })).toEqual(['A', 'A/oneOf/1', 'Dog']);
  });

  test('schemas that know each other are each visited once', () => {
    const names = [...'ABCDEFGHIJ'];
    const all = names.map((name) => ({ $ref: `#/components/schemas/${name}` }));
    const properties = Object.fromEntries(names.map((name, index) => [name, all[index] as JsonObject]));
    const document = documentOf(
      Object.fromEntries(names.map((name) => [name, { anyOf: [{ properties }, { allOf: all }] }])),
    );
    expect([...viewOf(document).below(at('A'))].length).toBeLessThan(500);
  });

  test('the walk goes to members by pattern, below conditions, and to the items that contains counts', () => {
    const schemas = createSchemas(
      documentOf({
        A: {
          patternProperties: { '^x': { type: 'string' } },
          if: true,
          // biome-ignore lint/suspicious/noThenProperty: the keyword's name
          then: { properties: { list: { contains: { type: 'integer' } } } },
        },
      }),
    );
    const nodes = [...walkValue(schemas, 'response', at('A'), { x1: 'a', list: ['b', 2] })];
    expect(nodes.map(({ path, pointer }) => [path.join('/'), pointer.slice(at('A').length)])).toEqual([
      ['', ''],
      ['', '/then'],
      ['x1', '/patternProperties/^x'],
      ['list', '/then/properties/list'],
      ['list/1', '/then/properties/list/contains'],
    ]);
  });

  test('the walk reads no more of a value than it looks at', () => {
    const schemas = createSchemas(documentOf({ A: { additionalProperties: { type: 'string' }, items: {} } }));
    const many = Array.from({ length: 5000 }, (_, index) => [`n${index}`, 'x'] as const);
    const late = { enumerable: true, get: () => expect.fail('it was read') };
    const object = Object.defineProperty(Object.fromEntries(many), 'late', late);
    const list = Object.defineProperty(
      many.map(() => 'x'),
      4999,
      late,
    );
    for (const value of [object, list]) {
      expect([...walkValue(schemas, 'response', at('A'), value)].length).toBeGreaterThan(1000);
    }
  });

  test('the names of very many members are listed once, however often a walk comes by', () => {
    const schemas = createSchemas(documentOf({ A: { additionalProperties: { type: 'string' } } }));
    const ownKeys = vi.fn((target: JsonObject) => Reflect.ownKeys(target));
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`n${index}`, 'x']));
    const value = new Proxy(many, { ownKeys });
    const walk = () => [...walkValue(schemas, 'response', at('A'), value)];
    const first = walk();
    ownKeys.mockClear();
    expect(walk().length).toBe(first.length);
    expect(ownKeys).not.toHaveBeenCalled();
  });
});
