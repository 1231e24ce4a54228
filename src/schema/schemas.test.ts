import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import type { Json, JsonObject } from '../text/value.js';
import { createSchemas } from './schemas.js';
import type { Direction, Schema, Schemas, Violation } from './types.js';
import { createAjv } from './validate/instance.js';
import { createInterpreter } from './validate/interpret/interpreter.js';
import { createPrebuilt } from './validate/prebuilt.js';
import { writeValidators } from './validate/write.js';

function schemasOf(components: Record<string, Json>, more: JsonObject = {}): Schemas {
  const root = {
    openapi: '3.1.0',
    info: { title: 'test', version: '1' },
    paths: {},
    components: { schemas: components },
  };
  return createSchemas(documentFromObject({ ...root, ...more }, { name: 'test.yaml' }));
}

/** The first of the schemas, with the others to refer to. */
function schemaOf(schema: Json, others: Record<string, Json> = {}, direction: Direction = 'response'): Schema {
  return schemasOf({ Subject: schema, ...others }).at('/components/schemas/Subject', direction);
}

/** A violation on one line: pointer, keyword, place in the document, message. */
function show({ pointer, keyword, schemaPointer, message }: Violation): string {
  return `${pointer || '(root)'} ${keyword} [${schemaPointer.replace('/components/schemas', '')}] ${message}`;
}

function shown(schema: Json, data: unknown, others: Record<string, Json> = {}): string[] {
  return schemaOf(schema, others).validate(data, 'body').map(show);
}

describe('a violation', () => {
  const pet = {
    type: 'object',
    required: ['name', 'tags'],
    additionalProperties: false,
    properties: {
      name: { type: 'string', minLength: 2, pattern: '^[a-z]+$' },
      'a/b~c': { type: 'integer', maximum: 3 },
      tags: { type: 'array', uniqueItems: true, maxItems: 2, items: { enum: ['big', 'small', 1, null] } },
      born: { type: 'string', format: 'date' },
    },
  };

  it('names the place in the data, the keyword and its place in the document, and says what is wrong', () => {
    const data = { name: 'X', 'a/b~c': 4, tags: ['big', 'big', 'tiny'], born: '2026-02-30', extra: 1 };
    expect(shown(pet, data)).toMatchInlineSnapshot(`
      [
        "/name minLength [/Subject/properties/name/minLength] must have at least 2 characters",
        "/name pattern [/Subject/properties/name/pattern] must match the pattern ^[a-z]+$",
        "/a~1b~0c maximum [/Subject/properties/a~1b~0c/maximum] must be 3 or less",
        "/tags maxItems [/Subject/properties/tags/maxItems] must have at most 2 items",
        "/tags/2 enum [/Subject/properties/tags/items/enum] must be 'big', 'small', 1 or null",
        "/tags uniqueItems [/Subject/properties/tags/uniqueItems] must not have an item twice (items 0 and 1 are equal)",
        "/born format [/Subject/properties/born/format] must be in the format 'date'",
        "/extra additionalProperties [/Subject/additionalProperties] 'extra' is not allowed here",
      ]
    `);
    expect(shown(pet, [])).toMatchInlineSnapshot(`
      [
        "(root) type [/Subject/type] must be an object, not an array",
      ]
    `);
  });

  it('has what the keyword expects, what was received, and the parameters that Ajv gives', () => {
    const [violation] = schemaOf(pet).validate({ name: 'ok', tags: [7] }, 'body');
    expect(violation).toMatchInlineSnapshot(`
      {
        "expected": [
          "big",
          "small",
          1,
          null,
        ],
        "in": "body",
        "keyword": "enum",
        "message": "must be 'big', 'small', 1 or null",
        "params": {
          "allowedValues": [
            "big",
            "small",
            1,
            null,
          ],
        },
        "pointer": "/tags/0",
        "received": 7,
        "schemaPointer": "/components/schemas/Subject/properties/tags/items/enum",
      }
    `);
  });

  it('of a missing member points at the member, and has received nothing', () => {
    const violations = schemaOf(pet).validate({ name: 'ok' }, 'query', '/filter');
    expect(violations).toMatchInlineSnapshot(`
      [
        {
          "expected": "tags",
          "in": "query",
          "keyword": "required",
          "message": "'tags' is required",
          "params": {
            "missingProperty": "tags",
          },
          "pointer": "/filter/tags",
          "schemaPointer": "/components/schemas/Subject/required",
        },
      ]
    `);
  });

  it('of a member that is not allowed points at the member', () => {
    const schema = {
      properties: { a: {} },
      propertyNames: { maxLength: 3 },
      dependentRequired: { a: ['b'] },
      unevaluatedProperties: false,
    };
    expect(shown(schema, { a: 1, long: 2 })).toMatchInlineSnapshot(`
      [
        "/b dependentRequired [/Subject/dependentRequired] 'b' is required where 'a' is there",
        "/long propertyNames [/Subject/propertyNames] 'long' is not allowed as a name",
        "/long unevaluatedProperties [/Subject/unevaluatedProperties] 'long' is not allowed here",
      ]
    `);
  });

  it('points through references to the place of the keyword', () => {
    const others = { List: { type: 'array', items: { $ref: '#/components/schemas/Item' } }, Item: { type: 'string' } };
    expect(shown({ properties: { list: { $ref: '#/components/schemas/List' } } }, { list: ['a', 1] }, others)).toEqual([
      '/list/1 type [/Item/type] must be a string, not a number',
    ]);
  });

  it('has a pointer of its own for a schema that lets nothing through', () => {
    expect(shown({ properties: { gone: false }, items: { not: {} } }, { gone: 1 })).toEqual([
      '/gone falseSchema [/Subject/properties/gone] is not allowed here',
    ]);
  });

  it('has a message for every keyword', () => {
    const cases: [Json, Json][] = [
      [{ const: 1 }, 2],
      [{ exclusiveMinimum: 3 }, 3],
      [{ exclusiveMaximum: 3 }, 3],
      [{ minimum: 3 }, 1],
      [{ multipleOf: 0.01 }, 0.001],
      [{ maxLength: 1 }, 'ab'],
      [{ minItems: 1 }, []],
      [{ minProperties: 1 }, {}],
      [{ maxProperties: 0 }, { a: 1 }],
      [{ prefixItems: [{}], items: false }, [1, 2]],
      [{ unevaluatedItems: false }, [1]],
      [{ contains: { type: 'string' } }, [1]],
      [{ contains: { type: 'string' }, minContains: 2, maxContains: 3 }, ['a']],
      [{ not: { type: 'null' } }, null],
      [{ type: ['string', 'null'] }, 1],
      [{ dependentSchemas: { a: { required: ['b'] } } }, { a: 1 }],
      [{ oneOf: [{ type: 'number' }, { type: 'integer' }] }, 1],
      [{ anyOf: [{ type: 'number', title: 'Amount' }, { type: 'string' }] }, true],
      [{ enum: [] }, 1],
    ];
    expect(cases.flatMap(([schema, data]) => shown(schema, data))).toMatchInlineSnapshot(`
      [
        "(root) const [/Subject/const] must be 1",
        "(root) exclusiveMinimum [/Subject/exclusiveMinimum] must be more than 3",
        "(root) exclusiveMaximum [/Subject/exclusiveMaximum] must be less than 3",
        "(root) minimum [/Subject/minimum] must be 3 or more",
        "(root) multipleOf [/Subject/multipleOf] must be a multiple of 0.01",
        "(root) maxLength [/Subject/maxLength] must have at most 1 character",
        "(root) minItems [/Subject/minItems] must have at least 1 item",
        "(root) minProperties [/Subject/minProperties] must have at least 1 member",
        "(root) maxProperties [/Subject/maxProperties] must have at most 0 members",
        "(root) items [/Subject/items] must have at most 1 item",
        "/0 unevaluatedItems [/Subject/unevaluatedItems] is an item too many",
        "(root) contains [/Subject/contains] must contain at least 1 item of the described kind",
        "(root) contains [/Subject/contains] must contain 2 to 3 items of the described kind",
        "(root) not [/Subject/not] must not be what the schema excludes",
        "(root) type [/Subject/type] must be a string or null, not a number",
        "/b required [/Subject/dependentSchemas/a/required] 'b' is required",
        "(root) oneOf [/Subject/oneOf] must match one alternative, not several (a number and an integer)",
        "(root) anyOf [/Subject/anyOf] must be Amount (must be a number, not a boolean) or a string",
        "(root) enum [/Subject/enum] must be nothing at all",
      ]
    `);
  });
});

describe('a union', () => {
  const others = {
    Cat: {
      type: 'object',
      required: ['kind', 'lives'],
      properties: { kind: { const: 'cat' }, lives: { type: 'integer' } },
    },
    Dog: {
      type: 'object',
      required: ['kind', 'bark'],
      properties: { kind: { const: 'dog' }, bark: { type: 'boolean' } },
    },
  };
  const alternatives = [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }];

  it('of something and null says what is wrong with the something', () => {
    const schema = { anyOf: [{ $ref: '#/components/schemas/Cat' }, { type: 'null' }] };
    expect(shown(schema, { kind: 'cat', lives: 'nine' }, others)).toEqual([
      '/lives type [/Cat/properties/lives/type] must be an integer, not a string',
    ]);
  });

  it('says what is wrong with the alternative that the discriminator names', () => {
    const mapping = { Katze: '#/components/schemas/Cat' };
    const schema = { oneOf: alternatives, discriminator: { propertyName: 'kind', mapping } };
    expect(shown(schema, { kind: 'Dog', bark: 1 }, others)).toMatchInlineSnapshot(`
      [
        "/kind const [/Dog/properties/kind/const] must be 'dog'",
        "/bark type [/Dog/properties/bark/type] must be a boolean, not a number",
      ]
    `);
    expect(shown(schema, { kind: 'Katze', lives: 9 }, others)).toMatchInlineSnapshot(`
      [
        "/kind const [/Cat/properties/kind/const] must be 'cat'",
      ]
    `);
  });

  it('is decided by the alternative that the discriminator names, whatever else matches', () => {
    const base = { type: 'object', properties: { kind: { type: 'string' } } };
    const components = {
      A: { ...base, properties: { ...base.properties, a: { type: 'integer' } } },
      B: { ...base, properties: { ...base.properties, b: { type: 'integer' } }, unevaluatedProperties: false },
    };
    const branches = [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }];
    for (const keyword of ['anyOf', 'oneOf']) {
      const Union = { [keyword]: branches, discriminator: { propertyName: 'kind' } };
      const { document } = schemasOf({ ...components, Union, Closed: { ...Union, unevaluatedProperties: false } });
      const pointers = ['Union', 'Closed'].map((name) => `/components/schemas/${name}`);
      const text = writeValidators(document, (schemas) => pointers.map((pointer) => schemas.at(pointer, 'response')));
      for (const compiler of [createAjv, createInterpreter, createPrebuilt(new Function(`return ${text}`)())]) {
        const [union, closed] = pointers.map((pointer) => createSchemas(document, compiler).at(pointer, 'response'));
        const said = (data: Json) => union?.validate(data, 'body').map(show);
        expect(said({ kind: 'A', a: 1 })).toEqual([]);
        expect(said({ kind: 'B', b: 1 })).toEqual([]);
        expect(said({ kind: 'A', a: 'x' })).toEqual([
          '/a type [/A/properties/a/type] must be an integer, not a string',
        ]);
        expect(said({ kind: 'B', a: 1 })).toEqual([
          "/a unevaluatedProperties [/B/unevaluatedProperties] 'a' is not allowed here",
        ]);
        expect(closed?.accepts({ kind: 'A', a: 1 })).toBe(true);
        expect(closed?.accepts({ kind: 'A', b: 1 })).toBe(false);
      }
    }
  });

  it('is said once where nothing but the discriminator tells its alternatives apart', () => {
    const kind = (...values: string[]) => ({
      type: 'object',
      properties: { kind: { enum: values } },
      required: ['kind'],
    });
    const said = (Left: Json, Right: Json) =>
      schemaOf(
        {
          oneOf: [{ $ref: '#/components/schemas/Left' }, { $ref: '#/components/schemas/Right' }],
          discriminator: { propertyName: 'kind' },
        },
        { Left, Right },
      ).warnings.map(({ id, location }) => `${id} ${location?.pointer}`);
    expect(said(kind('a', 'b'), { allOf: [kind('a', 'b'), { properties: { x: {} } }] })).toEqual([
      'discriminator-overlap /components/schemas/Subject/oneOf',
    ]);
    expect(said(kind('a'), kind('b'))).toEqual([]);
    expect(said(kind('a'), { type: 'string' })).toEqual([]);
    expect(said({ ...kind('a'), additionalProperties: false }, { ...kind('a'), required: ['kind', 'x'] })).toEqual([]);
  });

  it('says which values a discriminator has, where it has another or none', () => {
    const schema = { oneOf: alternatives, discriminator: { propertyName: 'kind' } };
    expect(shown(schema, { kind: 'Cow' }, others)).toMatchInlineSnapshot(`
      [
        "(root) discriminator [/Subject/discriminator] 'kind' must be one of 'Cat', 'Dog'",
      ]
    `);
    expect(shown(schema, {}, others)).toMatchInlineSnapshot(`
      [
        "(root) discriminator [/Subject/discriminator] 'kind' is required, and must be one of 'Cat', 'Dog'",
      ]
    `);
  });

  it('says what is wrong with the alternative whose constants the value has', () => {
    expect(shown({ anyOf: alternatives }, { kind: 'dog' }, others)).toEqual([
      "/bark required [/Dog/required] 'bark' is required",
    ]);
  });

  it('says in one violation that no alternative fits, with what is wrong with each', () => {
    const violations = schemaOf({ oneOf: alternatives }, others).validate({ kind: 'cow' }, 'body');
    expect(violations.map(show)).toEqual([
      "(root) oneOf [/Subject/oneOf] must be Cat ('lives' is required) or Dog ('bark' is required)",
    ]);
    const branches = violations[0]?.params.branches as Violation[][];
    expect(branches.map((branch) => branch.map(show))).toMatchInlineSnapshot(`
      [
        [
          "/lives required [/Cat/required] 'lives' is required",
          "/kind const [/Cat/properties/kind/const] must be 'cat'",
        ],
        [
          "/bark required [/Dog/required] 'bark' is required",
          "/kind const [/Dog/properties/kind/const] must be 'dog'",
        ],
      ]
    `);
  });

  it('says what is lacking of alternatives that have the same type', () => {
    const anyOf = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({
      type: 'object',
      required: [name],
      properties: { [name]: { type: 'object', required: ['id'] } },
    }));
    const said = (alternatives: Json[], value: Json) => shown({ anyOf: alternatives }, value)[0]?.split('] ')[1];
    expect(said(anyOf.slice(0, 2), {})).toBe(
      "must be alternative 1 ('a' is required) or alternative 2 ('b' is required)",
    );
    expect(said(anyOf.slice(0, 2), [])).toBe('must be an object');
    expect(said([false, ...anyOf.slice(0, 1)], 1)).toBe('must be alternative 1 (is not allowed here) or an object');
    expect(said(anyOf, {})).toMatch(/^must be alternative 1 .*, alternative 3 .* or 3 others$/);
    expect(said(anyOf.slice(0, 2), { a: {}, b: {} })).toBe(
      "must be alternative 1 (/a 'id' is required) or alternative 2 (/b 'id' is required)",
    );
  });

  it('leaves nothing of the alternatives that did not fit where one does', () => {
    const nested = {
      allOf: [{ anyOf: [{ anyOf: alternatives }, { type: 'array', items: { type: 'string' } }] }, { minItems: 2 }],
    };
    expect(shown(nested, ['a'], others)).toEqual([
      '(root) minItems [/Subject/allOf/1/minItems] must have at least 2 items',
    ]);
    expect(shown(nested, [1, 'a'], others)).toEqual([
      '/0 type [/Subject/allOf/0/anyOf/1/items/type] must be a string, not a number',
    ]);
  });
});

describe('references', () => {
  it('lead to any place of the document', () => {
    const schemas = schemasOf(
      {
        A: { $ref: '#/paths/~1a%20b~1%7Bid%7D/get/parameters/0/schema' },
        B: { $ref: '#/components/schemas/C~1D/properties/x~0y' },
        'C/D': { properties: { 'x~y': { type: 'integer' } } },
      },
      {
        paths: {
          '/a b/{id}': {
            get: {
              parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'boolean' } }],
              responses: {},
            },
          },
        },
      },
    );
    expect(schemas.at('/components/schemas/A', 'request').accepts(true)).toBe(true);
    expect(schemas.at('/components/schemas/A', 'request').accepts(1)).toBe(false);
    expect(schemas.at('/components/schemas/B', 'request').accepts(1)).toBe(true);
    expect(schemas.at('/components/schemas/B', 'request').accepts('1')).toBe(false);
  });

  it('keep what stands beside them, as JSON Schema 2020-12 has it', () => {
    const schema = { $ref: '#/components/schemas/Text', maxLength: 2 };
    expect(shown(schema, 'abc', { Text: { type: 'string' } })).toEqual([
      '(root) maxLength [/Subject/maxLength] must have at most 2 characters',
    ]);
  });

  it('may lead back to where they come from', () => {
    const tree = {
      type: 'object',
      required: ['children'],
      properties: { children: { type: 'array', items: { $ref: '#/components/schemas/Subject' } } },
    };
    expect(shown(tree, { children: [{ children: [{}] }] })).toEqual([
      "/children/0/children/0/children required [/Subject/required] 'children' is required",
    ]);
  });

  it('of a component with an $id of its own may still name the document', () => {
    const schema = { $id: 'https://example.org/subject', $ref: '#/components/schemas/Text' };
    expect(schemaOf(schema, { Text: { type: 'string' } }).accepts(1)).toBe(false);
  });

  it('in a schema from elsewhere lead into the document', () => {
    const schemas = schemasOf({ Text: { type: 'string' } });
    const inline = schemas.inline(
      { items: { $ref: '#/components/schemas/Text' }, minItems: 2 },
      '/cases/0/request',
      'request',
    );
    expect(inline.validate([1], 'body').map(({ schemaPointer }) => schemaPointer)).toEqual([
      '/cases/0/request/minItems',
      '/components/schemas/Text/type',
    ]);
  });

  it('give the same schema for the same place', () => {
    const schemas = schemasOf({ Text: { type: 'string' } });
    const [left, right] = [
      schemas.at('/components/schemas/Text', 'request'),
      schemas.at('/components/schemas/Text', 'request'),
    ];
    expect(left).toBe(right);
  });

  it('read a component again for each dynamic scope that leads to it', () => {
    const list = {
      $id: 'https://example.org/list',
      type: 'array',
      items: { $dynamicRef: '#item' },
      $defs: { any: { $dynamicAnchor: 'item' } },
    };
    const of = (name: string, type: string) => ({
      $id: `https://example.org/${name}`,
      $ref: 'list',
      $defs: { item: { $dynamicAnchor: 'item', type } },
    });
    const schemas = schemasOf({ List: list, Texts: of('texts', 'string'), Numbers: of('numbers', 'number') });
    const answers = ['List', 'Texts', 'Numbers'].map((name) => schemas.at(`/components/schemas/${name}`, 'response'));
    expect(answers.map((schema) => schema.accepts(['a']))).toEqual([true, true, false]);
    expect(answers.map((schema) => schema.accepts([1]))).toEqual([true, false, true]);
  });
});

describe('the direction', () => {
  const account = {
    required: ['id', 'name', 'password'],
    properties: {
      id: { type: 'integer', readOnly: true },
      name: { type: 'string' },
      password: { $ref: '#/components/schemas/Secret' },
    },
  };
  const others = { Account: account, Secret: { type: 'string', writeOnly: true } };

  function missing(schema: Json, direction: Direction): string[] {
    return schemaOf(schema, others, direction)
      .validate({}, 'body')
      .map(({ pointer }) => pointer.slice(1));
  }

  it('makes readOnly members optional in requests and writeOnly ones in responses', () => {
    expect(missing(account, 'request')).toEqual(['name', 'password']);
    expect(missing(account, 'response')).toEqual(['id', 'name']);
  });

  it('is kept through references and through allOf, whichever part says it', () => {
    const reference = { $ref: '#/components/schemas/Account' };
    expect(missing(reference, 'request')).toEqual(['name', 'password']);
    expect(missing({ allOf: [reference, { required: ['extra'] }] }, 'response')).toEqual(['id', 'name', 'extra']);
    expect(missing({ allOf: [reference], required: ['id', 'other'] }, 'request').sort()).toEqual([
      'name',
      'other',
      'password',
    ]);
    expect(missing({ allOf: [reference, { properties: { name: { readOnly: true } } }] }, 'request')).toEqual([
      'password',
    ]);
  });

  it('does not let through a wrong value', () => {
    expect(schemaOf(account, others, 'request').accepts({ name: 'a', password: 'b', id: 'x' })).toBe(false);
  });
});

describe('a schema that is wrong', () => {
  it.each<[string, JsonObject, string, Json[], Json[]]>([
    ['a flag of PCRE', { pattern: '(?i)^(all|n[a-f]ne)$' }, '/pattern', ['ALL', 'nBne'], ['some']],
    ['delimiters', { pattern: '/^3[A-Z]{3}$/i' }, '/pattern', ['3abC'], ['/3ABC/i', '3ab']],
    ['anchors of Python', { pattern: '\\A[a-z]+\\Z' }, '/pattern', ['abc'], ['AabcZ', 'abc1']],
    ['a class of POSIX', { pattern: '^[[:alpha:]]+$' }, '/pattern', ['abc'], ['ab]']],
    ['a group of Python', { pattern: '^(?P<a>x+)$' }, '/pattern', ['xx'], ['xx-x']],
    [
      'a pattern of a name',
      { patternProperties: { '(?i)^x-': { type: 'string' } } },
      '/patternProperties/(?i)^x-',
      [],
      [{ 'X-A': 1 }],
    ],
    ['a limit of draft 4', { minimum: 0, exclusiveMinimum: true }, '/exclusiveMinimum', [1], [0]],
    ['a limit that does not exclude', { maximum: 0, exclusiveMaximum: false }, '/exclusiveMaximum', [0], [1]],
    ['a limit as text', { minimum: '1851' }, '/minimum', [1851], [1850]],
    ['items of draft 7', { items: [{ type: 'string' }], additionalItems: false }, '/items', [['a']], [[1], ['a', 'b']]],
    [
      'a reference of 2019-09',
      { properties: { a: { $recursiveRef: '#' } }, maxProperties: 1 },
      '/properties/a/$recursiveRef',
      [{ a: {} }],
      [{ a: { b: 1, c: 2 } }],
    ],
    ['a type in capitals', { items: { type: 'String' } }, '/items/type', [['a']], [[1]]],
    ['numbers listed for a string', { type: 'string', enum: [1, 2, true] }, '/enum', ['1', 'true'], [1, '3']],
    ['text listed for numbers', { type: 'number', enum: ['1', '2.5'] }, '/enum', [2.5], ['1', 3]],
    ['a number that is required', { required: ['a', 1, true] }, '/required/1', [{ a: 0, 1: 0, true: 0 }], [{ a: 0 }]],
    ['a name that is required', { required: 'a' }, '/required', [{ a: 0 }], [{}]],
    ['one value listed', { enum: 'a' }, '/enum', ['a'], ['b']],
    ['one branch listed', { oneOf: { type: 'string' } }, '/oneOf', ['a'], [1]],
    ['a pattern that is a number', { pattern: 20 }, '/pattern', ['2020'], ['x']],
    ['true as text', { uniqueItems: 'true' }, '/uniqueItems', [[1, 2]], [[1, 1]]],
  ])('is translated where it has one reading: %s', (_name, schema, pointer, valid, invalid) => {
    const read = schemaOf(schema);
    expect(read.problems).toEqual([]);
    expect(read.warnings.map(({ location }) => location?.pointer)).toEqual([`/components/schemas/Subject${pointer}`]);
    expect(read.warnings[0]?.message).toMatch(/(?:is|are) read as/);
    expect(read.warnings[0]?.id).toBe('schema-read-as');
    expect(valid.filter((value) => !read.accepts(value))).toEqual([]);
    expect(invalid.filter((value) => read.accepts(value))).toEqual([]);
  });

  it.each<[string, JsonObject, string, Json[], Json[]]>([
    ['an expression that is none', { pattern: '[', minLength: 1 }, '/pattern', ['a'], ['']],
    ['a possessive one', { pattern: '^a++$', minLength: 1 }, '/pattern', ['b'], ['']],
    ['an escape of another language', { pattern: '^[\\w-.]\\G', minLength: 1 }, '/pattern', ['b'], ['']],
    [
      'an expression that is none for a name',
      { patternProperties: { '(': false, a: false } },
      '/patternProperties/(',
      [{ b: 1 }],
      [{ a: 1 }],
    ],
    ['a type that there is not', { type: 'text', enum: [1, 'a'] }, '/type', [1], [2]],
    [
      'required of draft 3',
      { properties: { a: { required: true, type: 'string' } } },
      '/properties/a/required',
      [{}],
      [{ a: 1 }],
    ],
    ['a name that is none', { required: ['a', null] }, '/required/1', [{ a: 1 }], [{}]],
    ['a boolean of draft 3, written as a text', { required: 'false', type: 'object' }, '/required', [{}], [1]],
    ['an enum that is no list', { enum: { a: 1 }, type: 'string' }, '/enum', ['b'], [1]],
    ['a length below zero', { maxLength: '-1', type: 'string' }, '/maxLength', ['b'], [1]],
    [
      'a property that is no schema',
      { properties: { a: 'string' }, additionalProperties: false },
      '/properties/a',
      [{ a: 1 }],
      [{ b: 1 }],
    ],
    ['alternatives that are none', { oneOf: [], type: 'string' }, '/oneOf', ['a'], [1]],
    ['an alternative that is none', { anyOf: ['a', { type: 'string' }] }, '/anyOf/0', ['a'], [1]],
    ['a list of no such values', { type: 'array', enum: ['a', 'b'], maxItems: 1 }, '/enum', [['a']], [['a', 'b']]],
    ['a factor of zero', { multipleOf: 0, type: 'number' }, '/multipleOf', [1], ['a']],
  ])('is held without what is wrong: %s', (_name, schema, pointer, valid, invalid) => {
    const read = schemaOf(schema);
    expect(read.problems).toEqual([]);
    expect(read.warnings.map(({ location }) => location?.pointer)).toEqual([`/components/schemas/Subject${pointer}`]);
    expect(read.warnings[0]?.message).toMatch(/is left out$/);
    expect(read.warnings[0]?.id).toBe('schema-left-out');
    expect(valid.filter((value) => !read.accepts(value))).toEqual([]);
    expect(invalid.filter((value) => read.accepts(value))).toEqual([]);
  });

  it.each(['allOf', 'anyOf', 'oneOf'])(
    'looks at ten thousand schemas of %s, and leaves more out as a whole',
    (keyword) => {
      const branches = (count: number) => Array.from({ length: count }, (_, index) => ({ const: `value ${index}` }));
      const most = schemaOf({ type: 'string', [keyword]: branches(10_000) });
      expect(most.warnings).toEqual([]);
      expect(most.accepts('none of them')).toBe(false);
      const more = schemaOf({ type: 'string', [keyword]: branches(10_001) });
      expect(more.warnings.map(({ message, found }) => [message, found])).toEqual([
        [`"${keyword}" has more schemas than are looked at: it is left out`, '10001'],
      ]);
      expect(more.accepts('none of them')).toBe(true);
      expect(more.accepts(1)).toBe(false);
    },
  );

  it('of alternatives that no value could match alone takes any, with what nobody means left out', () => {
    const object = (properties: JsonObject, ...required: string[]) => ({ type: 'object', properties, required });
    const [text, integer] = [{ type: 'string' }, { type: 'integer' }];
    const one = object({ name: text, foo: text }, 'name', 'foo');
    const read = schemaOf({ oneOf: [one, object({ name: text, bar: text }, 'name')] });
    expect(read.warnings.map(({ id, message }) => `${id}: ${message}`)).toEqual([
      expect.stringMatching(/^schema-read-as: What .* describes matches .* as well: "oneOf" is read as "anyOf"$/),
    ]);
    // So often that code was made of it.
    for (let call = 0; call < 400; call++) {
      expect(
        [
          { name: 'a', foo: 'b' },
          { name: 'a', bar: 'b' },
        ].map((value) => read.accepts(value)),
      ).toEqual([true, true]);
      expect([{ foo: 'b' }, { name: 1 }, 3].some((value) => read.accepts(value))).toBe(false);
    }
    for (const other of [
      one,
      object({ name: text, bar: integer }, 'bar'),
      object({ name: { enum: ['b'] } }, 'name'),
      object({ name: integer }),
      { ...object({ name: text }), minProperties: 3 },
      { ...object({ name: text }), additionalProperties: false },
      text,
    ]) {
      expect(
        schemaOf({
          oneOf: [{ ...one, properties: { ...one.properties, name: { type: 'string', enum: ['a'] } } }, other],
        }).warnings,
      ).toEqual(other === one ? [expect.anything()] : []);
    }
    expect(schemaOf({ oneOf: [one, { ...one, description: 'The same' }] }).warnings).toEqual([]);
  });

  it('is held without a reference that leads back to itself', () => {
    const read = schemaOf({ allOf: [{ $ref: '#/components/schemas/Subject' }, { type: 'string' }] });
    expect(read.problems).toEqual([]);
    expect(read.warnings.map(({ location }) => location?.pointer)).toEqual([
      '/components/schemas/Subject/allOf/0/$ref',
    ]);
    expect([read.accepts('a'), read.accepts(1)]).toEqual([true, false]);
  });

  it('says what is expected and what was found', () => {
    expect(schemaOf({ properties: { a: { type: 'text' } } }).warnings).toMatchInlineSnapshot(`
      [
        {
          "expected": "one of null, boolean, object, array, number, string, integer, or a list of these",
          "found": ""text"",
          "id": "schema-left-out",
          "location": {
            "column": 1,
            "file": "test.yaml",
            "line": 1,
            "pointer": "/components/schemas/Subject/properties/a/type",
          },
          "message": "The value of "type" is not valid in JSON Schema: it is left out",
          "takes": "nothing",
        },
      ]
    `);
  });

  it('is said of those that lead to it, and of no others', () => {
    const schemas = schemasOf({
      Bad: { enum: 1 },
      Uses: { items: { $ref: '#/components/schemas/Bad' } },
      Good: { type: 'string' },
    });
    const at = (name: string) => schemas.at(`/components/schemas/${name}`, 'request');
    expect(at('Uses').warnings.map(({ location }) => location?.pointer)).toEqual(['/components/schemas/Bad/enum']);
    expect(at('Good').warnings).toEqual([]);
  });

  it('lists all that is wrong with it', () => {
    expect(schemaOf({ type: 'text', minimum: 'a', properties: { b: { enum: {} } } }).warnings).toHaveLength(3);
  });

  it('has places that a repair has moved', () => {
    const schemas = schemasOf({ Tuple: { items: [{ type: 'string' }] } });
    expect(schemas.at('/components/schemas/Tuple/prefixItems/0', 'request').accepts(1)).toBe(false);
  });

  it('is read as it would be in the document where it is put together of what stands there', () => {
    const parts = { properties: { a: { minimum: '1' }, b: { not: { type: [] } }, c: { $dynamicRef: '#none' } } };
    const schema = schemasOf({}).inline(parts as JsonObject, '', 'response');
    expect(schema.problems).toEqual([]);
    expect(schema.accepts({ a: 1, c: 1 })).toBe(true);
    expect(schema.accepts({ a: 0 })).toBe(false);
    expect(schema.accepts({ b: 1 })).toBe(false);
  });

  it('is one that is nested beyond all measure', () => {
    let schema: Json = {};
    for (let depth = 0; depth < 20_000; depth += 1) schema = { items: schema };
    const { problem } = schemasOf({}).inline(schema as JsonObject, '/deep', 'request');
    expect(problem?.message).toMatch(/nested too deeply/);
  });

  it('is there at a place that has none', () => {
    expect(schemasOf({}).at('/components/schemas/None', 'request').problem?.message).toBe('There is no schema here');
  });

  it('is not one with annotations of any shape, a name twice, or an expression that only compiles without the flag u', () => {
    const schema = {
      description: 1,
      example: {},
      deprecated: 'yes',
      required: ['a', 'a'],
      properties: { a: { pattern: '^[\\w-.]+\\-$' } },
    };
    expect(schemaOf(schema).problem).toBeNull();
    expect(schemaOf(schema).accepts({ a: 'a.b-' })).toBe(true);
    expect(schemaOf(schema).accepts({ a: 'a b-' })).toBe(false);
  });
});

describe('compiling', () => {
  it('looks at no more of the document than a schema leads to', () => {
    const touched: string[] = [];
    const guard = (name: string, schema: JsonObject) =>
      new Proxy(schema, {
        ownKeys(target) {
          touched.push(name);
          return Reflect.ownKeys(target);
        },
      });
    const document = documentFromObject({ openapi: '3.1.0', info: { title: '', version: '' }, paths: {} });
    const components = {
      schemas: {
        A: guard('A', { $ref: '#/components/schemas/B' }),
        B: guard('B', { type: 'string' }),
        C: guard('C', { type: 'string' }),
      },
    };
    const root = { ...document.root, components } as JsonObject;
    const at = (pointer: string) =>
      pointer
        .split('/')
        .slice(1)
        .reduce<Json>((value, name) => (value as JsonObject)[name] as Json, root);
    const schemas = createSchemas({ ...document, root, at });
    expect(schemas.at('/components/schemas/A', 'request').accepts('a')).toBe(true);
    expect([...new Set(touched)].sort()).toEqual(['A', 'B']);
  });
});

describe('validation', () => {
  it('takes numbers for the decimals that they are written as', () => {
    expect(schemaOf({ multipleOf: 0.01 }).accepts(19.99)).toBe(true);
    expect(schemaOf({ multipleOf: 0.1 }).accepts(0.35)).toBe(false);
    expect(schemaOf({ multipleOf: 1e-7 }).accepts(3e-7)).toBe(true);
  });

  it('counts characters, not code units', () => {
    expect(schemaOf({ maxLength: 1 }).accepts('\u{1F600}')).toBe(true);
    expect(schemaOf({ minLength: 2 }).accepts('\u{1F600}')).toBe(false);
  });

  it('knows nothing of what objects inherit', () => {
    const schema = {
      required: ['toString'],
      properties: { constructor: { type: 'number' }, ['__proto__']: { type: 'string' } },
      unevaluatedProperties: false,
    };
    expect(schemaOf(schema).accepts({})).toBe(false);
    expect(
      schemaOf({ unevaluatedProperties: false, anyOf: [{ properties: { a: {} } }] }).accepts({ toString: 1 }),
    ).toBe(false);
    expect(
      schemaOf(JSON.parse('{"properties":{"__proto__":{"type":"string"}}}')).accepts(JSON.parse('{"__proto__":1}')),
    ).toBe(false);
    expect(schemaOf({ additionalProperties: false }).accepts(JSON.parse('{"__proto__":1}'))).toBe(false);
  });

  it('forgets what the item before has evaluated', () => {
    // Ajv keeps it in a variable of the loop.
    const item = {
      anyOf: [
        { required: ['a'], properties: { a: true, x: true } },
        { required: ['b'], properties: { b: true } },
      ],
      unevaluatedProperties: false,
    };
    expect(schemaOf({ items: item }).accepts([{ a: 1, x: 1 }, { b: 1 }])).toBe(true);
    expect(
      shown({ items: item }, [
        { a: 1, x: 1 },
        { b: 1, x: 1 },
      ]),
    ).toEqual(["/1/x unevaluatedProperties [/Subject/items/unevaluatedProperties] 'x' is not allowed here"]);
  });

  it('does not call members unevaluated because what evaluates them fails', () => {
    const base = { Base: { properties: { a: { type: 'string' } } } };
    const reference = { $ref: '#/components/schemas/Base', unevaluatedProperties: false };
    expect(shown(reference, { a: 1, b: 2 }, base)).toEqual([
      '/a type [/Base/properties/a/type] must be a string, not a number',
      "/b unevaluatedProperties [/Subject/unevaluatedProperties] 'b' is not allowed here",
    ]);
    const union = { anyOf: [{ $ref: '#/components/schemas/Base' }, { required: ['c'] }], unevaluatedProperties: false };
    expect(
      schemaOf(union, base)
        .validate({ a: 1 }, 'body')
        .map(({ keyword }) => keyword),
    ).toEqual(['anyOf']);
    // biome-ignore lint/suspicious/noThenProperty: the keyword's name
    const condition = { if: true, then: { $ref: '#/components/schemas/Base' }, unevaluatedProperties: false };
    expect(
      schemaOf(condition, base)
        .validate({ a: 1 }, 'body')
        .map(({ keyword }) => keyword),
    ).toEqual(['type']);
  });

  it('checks formats, and takes those that it does not know for remarks', () => {
    expect(schemaOf({ format: 'int32' }).accepts(2 ** 31)).toBe(false);
    expect(schemaOf({ format: 'int64' }).accepts(1.5)).toBe(false);
    expect(schemaOf({ format: 'int64' }).accepts(Number.MAX_SAFE_INTEGER)).toBe(true);
    expect(schemaOf({ format: 'int64' }).accepts('12')).toBe(true);
    expect(schemaOf({ format: 'byte' }).accepts('a?')).toBe(false);
    expect(schemaOf({ format: 'credit-card' }).accepts('x')).toBe(true);
  });

  it('stays linear over long lists, whether they are right or wrong', () => {
    const schema = schemaOf(
      { uniqueItems: true, items: { $ref: '#/components/schemas/Item' } },
      { Item: { type: 'object' } },
    );
    const objects = Array.from({ length: 300_000 }, (_, index) => ({ index }));
    expect(schema.accepts(objects)).toBe(true);
    expect(
      schema.validate(
        objects.map(({ index }) => index),
        'body',
      ),
    ).toHaveLength(1000);
  });

  it('calls what is nested beyond its reach a violation', () => {
    const nested = schemaOf({ items: { $ref: '#/components/schemas/Subject' } });
    let value: Json = [];
    for (let depth = 0; depth < 50_000; depth += 1) value = [value];
    expect(nested.validate(value, 'body').map(({ keyword }) => keyword)).toEqual(['depth']);
    expect(nested.accepts(value)).toBe(false);
  });

  it('accepts exactly what has no violation, and never throws', () => {
    const schema = schemaOf({
      type: ['object', 'array', 'string'],
      properties: {
        a: {
          anyOf: [
            { type: 'string', minLength: 2 },
            { type: 'array', contains: { const: 1 } },
          ],
        },
      },
      patternProperties: { '^_': { oneOf: [{ type: 'number' }, { multipleOf: 2 }] } },
      propertyNames: { maxLength: 5 },
      items: { $ref: '#/components/schemas/Subject' },
      unevaluatedProperties: { type: 'boolean' },
      if: { minProperties: 2 },
      // biome-ignore lint/suspicious/noThenProperty: the keyword's name
      then: { required: ['a'] },
    });
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(schema.accepts(value)).toBe(schema.validate(value, 'body').length === 0);
      }),
    );
  });
});

describe('a schema that is called often', () => {
  it('says the same before and after code is made of it', () => {
    const schema = schemaOf(
      {
        type: 'object',
        required: ['a'],
        properties: { a: { type: 'string', maxLength: 3 }, b: { $ref: '#/components/schemas/Other' } },
        unevaluatedProperties: false,
      },
      { Other: { oneOf: [{ type: 'integer' }, { type: 'number', minimum: 5 }] } },
    );
    const values = [{ a: 'abcd', c: 1 }, { a: 'abc', b: 7 }, { b: 'text' }, [], { a: 'abc', b: 5.5 }];
    const first = values.map((value) => schema.validate(value, 'body'));
    for (let call = 0; call < 300; call++) for (const value of values) schema.accepts(value);
    expect(values.map((value) => schema.validate(value, 'body'))).toEqual(first);
  });
});

describe('a schema that leads back to itself', () => {
  it('says the same where it comes to be called often inside of one call', () => {
    const list = {
      type: ['array', 'object'],
      items: { $ref: '#/components/schemas/Subject' },
      properties: { a: { type: 'integer' } },
      unevaluatedProperties: false,
    };
    const items = Array.from({ length: 250 }, (_, index) => (index % 50 === 0 ? { a: 'x', b: 1 } : { a: 1 }));
    const { document } = schemasOf({ Subject: list });
    const compiled = createSchemas(document, createAjv).at('/components/schemas/Subject', 'response');
    for (const value of [[items, items, 1], [[[{ c: 1 }, ...items]]]]) {
      expect(schemaOf(list).validate(value, 'body')).toEqual(compiled.validate(value, 'body'));
    }
  });
});

describe('a member that is only sent one way', () => {
  it('is optional the other way wherever it stands in a graph of schemas, circles included', () => {
    const links = fc.array(fc.nat(7), { minLength: 1, maxLength: 3 });
    const graphs = fc.record({
      edges: fc.array(links, { minLength: 2, maxLength: 8 }),
      marked: fc.nat(7),
      order: fc.array(fc.nat(7), { maxLength: 4 }),
    });
    fc.assert(
      fc.property(graphs, ({ edges, marked, order }) => {
        const count = edges.length;
        const at = marked % count;
        const components = edges.map((targets, own): [string, JsonObject] => {
          const members = targets.map((to, index) => [`to${index}`, { $ref: `#/components/schemas/S${to % count}` }]);
          const id = own === at ? { id: { type: 'string', readOnly: true } } : {};
          const required = own === at ? ['id'] : [];
          return [`S${own}`, { type: 'object', required, properties: { ...id, ...Object.fromEntries(members) } }];
        });
        const schemas = schemasOf(Object.fromEntries(components));
        // What was asked for before must not matter.
        for (const own of order) schemas.at(`/components/schemas/S${own % count}`, 'request').accepts({});
        // From each schema the way by the first members, as far as it leads to the marked one.
        for (let start = 0; start < count; start++) {
          const way: number[] = [start];
          while (way.length <= count && way.at(-1) !== at) {
            way.push((edges[way.at(-1) as number]?.[0] as number) % count);
          }
          if (way.at(-1) !== at) continue;
          const value = way.slice(1).reduce<JsonObject>((inner) => ({ to0: inner }), {});
          expect(schemas.at(`/components/schemas/S${start}`, 'request').accepts(value)).toBe(true);
          expect(schemas.at(`/components/schemas/S${start}`, 'response').accepts(value)).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });
});
