// biome-ignore-all lint/suspicious/noThenProperty: JSON Schema has a keyword of this name

import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createSchemas } from '../schema/index.js';
import type { Json } from '../text/value.js';
import { createFaker } from './index.js';

const nested = (depth: number, leaf: Json): Json =>
  Array.from({ length: depth }).reduce<Json>(
    (inner) => ({ type: 'object', properties: { n: inner }, required: ['n'] }),
    leaf,
  );

/** What the schemas below refer to. */
const components: Record<string, Json> = {
  Base: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
  Tree: {
    type: 'object',
    properties: {
      v: { type: 'integer' },
      left: { $ref: '#/components/schemas/Tree' },
      right: { $ref: '#/components/schemas/Tree' },
    },
    required: ['v'],
  },
  Forest: {
    type: 'object',
    properties: {
      name: { type: 'string' },
      children: { type: 'array', items: { $ref: '#/components/schemas/Forest' } },
    },
    required: ['name', 'children'],
  },
  Linked: {
    type: 'object',
    properties: {
      next: { anyOf: [{ $ref: '#/components/schemas/Linked' }, { type: 'null' }] },
      v: { type: 'integer' },
    },
    required: ['next', 'v'],
  },
  Expr: {
    oneOf: [
      {
        type: 'object',
        properties: {
          op: { const: 'add' },
          l: { $ref: '#/components/schemas/Expr' },
          r: { $ref: '#/components/schemas/Expr' },
        },
        required: ['op', 'l', 'r'],
      },
      {
        type: 'object',
        properties: { op: { const: 'neg' }, e: { $ref: '#/components/schemas/Expr' } },
        required: ['op', 'e'],
      },
      { type: 'integer' },
    ],
  },
  Ping: { type: 'object', properties: { pong: { $ref: '#/components/schemas/Pong' } }, required: ['pong'] },
  Pong: {
    type: 'object',
    properties: { ping: { oneOf: [{ $ref: '#/components/schemas/Ping' }, { type: 'string' }] } },
    required: ['ping'],
  },
  Untyped: { properties: { u: { $ref: '#/components/schemas/Untyped' } }, required: ['u'] },
  Cat: { type: 'object', properties: { petType: { type: 'string' }, name: { type: 'string' } }, required: ['petType'] },
  Dog: { type: 'object', properties: { petType: { type: 'string' }, bark: { type: 'string' } }, required: ['petType'] },
};

/** Schemas that generators get wrong. Each of them can be satisfied. */
const satisfiable: Readonly<Record<string, Json>> = {
  'allOf with conflicting property types narrowed': {
    allOf: [
      { properties: { a: { type: ['string', 'integer'] } }, required: ['a'] },
      { properties: { a: { type: ['integer', 'null'] } } },
    ],
  },
  'allOf bounds': {
    allOf: [{ type: 'number', minimum: 10 }, { maximum: 10.5 }, { multipleOf: 0.25 }, { exclusiveMinimum: 10 }],
  },
  'allOf patterns': {
    allOf: [{ type: 'string', pattern: '^[a-z]+$' }, { pattern: 'foo' }, { minLength: 6 }, { maxLength: 8 }],
  },
  'allOf 3 patterns': { allOf: [{ type: 'string', pattern: '^ab' }, { pattern: '[0-9]{3}' }, { pattern: 'z$' }] },
  'oneOf discriminated': {
    oneOf: [
      { type: 'object', properties: { kind: { const: 'a' }, x: { type: 'integer' } }, required: ['kind'] },
      { type: 'object', properties: { kind: { const: 'b' }, x: { type: 'integer' } }, required: ['kind'] },
    ],
  },
  'oneOf overlapping integer': {
    oneOf: [
      { type: 'integer', multipleOf: 3 },
      { type: 'integer', multipleOf: 5 },
    ],
  },
  'oneOf subset': {
    oneOf: [
      { type: 'object', properties: { a: { type: 'string' } } },
      { type: 'object', properties: { a: { type: 'string' }, b: { type: 'integer' } }, required: ['b'] },
    ],
  },
  'oneOf number/integer': { oneOf: [{ type: 'number' }, { type: 'integer' }] },
  'oneOf empty-ish': {
    oneOf: [{ properties: { a: { type: 'integer' } } }, { properties: { b: { type: 'string' } } }],
    type: 'object',
  },
  'oneOf required none': {
    type: 'object',
    properties: { a: { type: 'string' }, b: { type: 'string' } },
    oneOf: [{ required: ['a'] }, { required: ['b'] }],
  },
  'not type': { not: { type: ['string', 'number', 'object', 'array', 'boolean'] } },
  'not const': { type: 'integer', minimum: 1, maximum: 3, not: { enum: [1, 2] } },
  'not required': {
    type: 'object',
    properties: { a: { type: 'string' }, b: { type: 'string' } },
    required: ['a'],
    not: { required: ['a', 'b'] },
  },
  'not pattern': { type: 'string', not: { pattern: '^[a-z]' }, minLength: 1 },
  'not anyOf': {
    type: 'object',
    not: { anyOf: [{ required: ['a'] }, { required: ['b'] }] },
    properties: { a: true, b: true, c: true },
    minProperties: 1,
  },
  'not not': { not: { not: { type: 'string', minLength: 3 } } },
  'not object with property': {
    type: 'object',
    required: ['k'],
    properties: { k: { type: 'string', enum: ['x', 'y', 'z'] } },
    not: { properties: { k: { enum: ['x', 'y'] } } },
  },
  'if then else': {
    type: 'object',
    properties: { country: { enum: ['US', 'NL'] }, zip: { type: 'string' } },
    required: ['country', 'zip'],
    if: { properties: { country: { const: 'US' } } },
    then: { properties: { zip: { pattern: '^[0-9]{5}$' } } },
    else: { properties: { zip: { pattern: '^[0-9]{4}[A-Z]{2}$' } } },
  },
  'if without then': { type: 'integer', if: { minimum: 10 }, else: { multipleOf: 7 } },
  'if nested': {
    type: 'integer',
    minimum: 0,
    maximum: 100,
    if: { multipleOf: 2 },
    then: { if: { multipleOf: 3 }, then: { minimum: 50 }, else: { maximum: 50 } },
    else: { minimum: 90 },
  },
  dependentSchemas: {
    type: 'object',
    properties: { card: { type: 'string' } },
    dependentSchemas: { card: { required: ['address'], properties: { address: { type: 'string', minLength: 5 } } } },
    minProperties: 1,
  },
  'dependentRequired chain': {
    type: 'object',
    properties: { a: { type: 'string' }, b: { type: 'string' }, c: { type: 'string' } },
    required: ['a'],
    dependentRequired: { a: ['b'], b: ['c'] },
  },
  'dependentRequired undeclared': {
    type: 'object',
    properties: { a: { type: 'string' } },
    required: ['a'],
    dependentRequired: { a: ['zz'] },
  },
  patternProperties: {
    type: 'object',
    patternProperties: { '^x-[a-z]{3}$': { type: 'integer' } },
    additionalProperties: false,
    minProperties: 3,
  },
  'patternProperties overlapping': {
    type: 'object',
    properties: { foo: { type: 'integer' } },
    patternProperties: { '^f': { minimum: 10 }, o$: { maximum: 12 } },
    required: ['foo'],
  },
  propertyNames: {
    type: 'object',
    propertyNames: { pattern: '^[A-Z]{2}[0-9]$' },
    additionalProperties: { type: 'boolean' },
    minProperties: 2,
  },
  'propertyNames enum': { type: 'object', propertyNames: { enum: ['a', 'b', 'c'] }, minProperties: 3 },
  'propertyNames length': { type: 'object', propertyNames: { minLength: 12, maxLength: 14 }, minProperties: 4 },
  'minProperties bare': { type: 'object', minProperties: 5 },
  maxProperties: { type: 'object', properties: { a: {}, b: {}, c: {}, d: {} }, maxProperties: 2, required: ['d'] },
  'maxProperties exact optional': {
    type: 'object',
    properties: { a: { type: 'string' }, b: { type: 'string' } },
    minProperties: 1,
    maxProperties: 1,
  },
  'additionalProperties false required undeclared via pattern': {
    type: 'object',
    required: ['x1'],
    patternProperties: { '^x': { type: 'string' } },
    additionalProperties: false,
  },
  unevaluatedProperties: {
    allOf: [{ $ref: '#/components/schemas/Base' }],
    properties: { b: { type: 'string' } },
    required: ['b'],
    unevaluatedProperties: false,
  },
  'unevaluatedProperties anyOf': {
    type: 'object',
    anyOf: [
      { properties: { a: { const: 1 } }, required: ['a'] },
      { properties: { b: { const: 2 } }, required: ['b'] },
    ],
    unevaluatedProperties: false,
  },
  'unevaluatedProperties schema': {
    type: 'object',
    properties: { a: { type: 'string' } },
    unevaluatedProperties: { type: 'integer' },
    minProperties: 3,
  },
  unevaluatedItems: { type: 'array', prefixItems: [{ type: 'string' }], unevaluatedItems: false, minItems: 1 },
  'unevaluatedItems contains': {
    type: 'array',
    contains: { type: 'integer' },
    unevaluatedItems: { type: 'string' },
    minItems: 3,
  },
  'prefix tuple': { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], items: false, minItems: 2 },
  'prefix + items': { type: 'array', prefixItems: [{ const: 'a' }], items: { type: 'integer' }, minItems: 4 },
  contains: {
    type: 'array',
    items: { type: 'integer' },
    contains: { minimum: 100 },
    minContains: 2,
    maxContains: 3,
    minItems: 4,
  },
  'contains max': { type: 'array', contains: { type: 'string' }, minContains: 1, maxContains: 1, minItems: 5 },
  'contains two': { allOf: [{ contains: { const: 1 } }, { contains: { const: 2 } }], type: 'array', maxItems: 2 },
  'contains same item': {
    allOf: [{ contains: { multipleOf: 2 } }, { contains: { multipleOf: 3 } }],
    type: 'array',
    maxItems: 1,
    items: { type: 'integer', minimum: 1 },
  },
  'contains zero': { type: 'array', contains: { type: 'string' }, minContains: 0, maxContains: 0, minItems: 2 },
  'contains in prefix': {
    type: 'array',
    prefixItems: [{ type: 'string' }, { type: 'integer' }],
    contains: { type: 'integer', minimum: 5 },
    items: false,
  },
  'unique enum': { type: 'array', items: { enum: ['a', 'b', 'c'] }, uniqueItems: true, minItems: 3 },
  'unique bool': { type: 'array', items: { type: 'boolean' }, uniqueItems: true, minItems: 2 },
  'unique small ints': {
    type: 'array',
    items: { type: 'integer', minimum: 1, maximum: 6 },
    uniqueItems: true,
    minItems: 6,
  },
  'unique objects': {
    type: 'array',
    items: { type: 'object', properties: { k: { enum: ['a', 'b'] }, l: { type: 'boolean' } }, required: ['k', 'l'] },
    uniqueItems: true,
    minItems: 4,
  },
  'unique strings of one pattern': {
    type: 'array',
    items: { type: 'string', pattern: '^[ab]{2}$' },
    uniqueItems: true,
    minItems: 4,
  },
  'unique names': { type: 'array', items: { type: 'string', format: 'email' }, uniqueItems: true, minItems: 30 },
  'unique enum mixed 10': {
    type: 'array',
    items: { enum: [1, 2, 3, 4, 5, 6, 7, 8, 9, 'x'] },
    uniqueItems: true,
    minItems: 10,
  },
  'multipleOf decimals': { type: 'number', multipleOf: 0.01, minimum: 1, maximum: 1.05 },
  'multipleOf 0.1 exclusive': { type: 'number', multipleOf: 0.1, exclusiveMinimum: 0.2, exclusiveMaximum: 0.4 },
  'multipleOf tiny': { type: 'number', multipleOf: 1e-8, minimum: 0, maximum: 1e-7 },
  'multipleOf two': { allOf: [{ type: 'integer', multipleOf: 6 }, { multipleOf: 4 }], minimum: 1, maximum: 12 },
  'multipleOf fractional ints': { type: 'integer', multipleOf: 1.5, minimum: 1 },
  'multipleOf big': { type: 'integer', multipleOf: 1000000007 },
  'exclusive ints': { type: 'integer', exclusiveMinimum: 4, exclusiveMaximum: 6 },
  'exclusive floats': { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1e-9 },
  'single number': { type: 'number', minimum: 3.5, maximum: 3.5 },
  'negative only': { type: 'integer', maximum: -5 },
  'neg number': { type: 'number', exclusiveMaximum: -1e10 },
  'big ints': { type: 'integer', minimum: 4294967296, format: 'int64' },
  'int64 max': { type: 'integer', minimum: 9007199254740990 },
  'int beyond safe': { type: 'integer', minimum: 1e17, maximum: 2e17 },
  huge: { type: 'number', minimum: 1e300 },
  int32: { type: 'integer', format: 'int32', minimum: 2147483640 },
  'pattern lengths': { type: 'string', pattern: '^[a-z]+$', minLength: 20, maxLength: 20 },
  'pattern lookahead': { type: 'string', pattern: '^(?=.*[A-Z])(?=.*[0-9])(?=.*[^A-Za-z0-9]).{12,}$' },
  'pattern neg lookahead': { type: 'string', pattern: '^(?!admin)[a-z]{5}$' },
  'pattern unicode': { type: 'string', pattern: '^\\p{Lu}\\p{Ll}+$' },
  'pattern unicode script': { type: 'string', pattern: '^\\p{Script=Greek}{3}$' },
  'pattern escapes': { type: 'string', pattern: '^\\u0041\\x42\\t[\\u0430-\\u044f]{2}$' },
  'pattern backref': { type: 'string', pattern: '^([a-c])\\1([0-9])\\2$' },
  'pattern named group': { type: 'string', pattern: '^(?<q>[\'"]).*\\k<q>$' },
  'pattern word boundary': { type: 'string', pattern: '\\bfoo\\b' },
  'pattern alternation len': { type: 'string', pattern: '^(a|bb|ccc)$', minLength: 3 },
  'pattern nested quantifier': { type: 'string', pattern: '^([a-z]{2,4}-){3}[0-9]{4}$' },
  'pattern semver': {
    type: 'string',
    pattern:
      '^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?$',
  },
  'pattern arn': { type: 'string', pattern: '^arn:(aws|aws-cn):iam::\\d{12}:role/[\\w+=,.@-]{1,64}$' },
  'pattern no u': { type: 'string', pattern: '^[\\w-.]+@[\\w-]+\\.[a-z]{2,}$' },
  'pattern empty': { type: 'string', pattern: '^$' },
  'pattern iso date': { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$', format: 'date' },
  'pattern class negated': { type: 'string', pattern: '^[^\\s/]+$', minLength: 3 },
  'pattern emoji': { type: 'string', pattern: '^[\\u{1F600}-\\u{1F64F}]{2}$' },
  'pattern 500': { type: 'string', pattern: '^[a-f0-9]{500}$' },
  'pattern unanchored minLength': { type: 'string', pattern: '[0-9]+', minLength: 15, maxLength: 16 },
  'pattern + email format': { type: 'string', format: 'email', pattern: '@example\\.com$' },
  'pattern uuid urn': { type: 'string', format: 'uuid', pattern: '^[0-9A-F-]+$' },
  'pattern date in 2020': { type: 'string', format: 'date', pattern: '^2020-' },
  'format + lengths': { type: 'string', format: 'uri', maxLength: 12 },
  'format email long': { type: 'string', format: 'email', minLength: 80 },
  'format hostname long': { type: 'string', format: 'hostname', minLength: 100, maxLength: 120 },
  'format email longer than a label': { type: 'string', format: 'email', minLength: 120 },
  'format email short': { type: 'string', format: 'email', maxLength: 6 },
  'format uri short': { type: 'string', format: 'uri', maxLength: 4 },
  'format uri-reference long': { type: 'string', format: 'uri-reference', minLength: 2000 },
  'format date-time long': { type: 'string', format: 'date-time', minLength: 30, maxLength: 30 },
  'format time long': { type: 'string', format: 'time', minLength: 30 },
  'format duration long': { type: 'string', format: 'duration', minLength: 30 },
  'format byte long': { type: 'string', format: 'byte', minLength: 50 },
  'minLength 1000': { type: 'string', minLength: 1000 },
  'maxLength 0': { type: 'string', maxLength: 0 },
  'maxLength 1': { type: 'string', maxLength: 1, minLength: 1 },
  'enum + type': { type: 'string', enum: [1, 'a', null] },
  'enum + pattern': { enum: ['aa', 'b1', 'c2'], pattern: '[0-9]' },
  'enum objects': { enum: [{ a: 1 }, { a: 'x' }], properties: { a: { type: 'string' } } },
  'const object': { const: { a: [1, { b: null }] } },
  'enum + not': { enum: ['a', 'b', 'c'], not: { const: 'b' } },
  'nullable enum': { type: ['string', 'null'], enum: ['x', null] },
  'type array': { type: ['integer', 'array', 'null'], items: { type: 'string' }, minItems: 1 },
  'boolean true': true,
  empty: {},
  '$ref siblings': { $ref: '#/components/schemas/Base', properties: { a: { maxLength: 5 } }, required: ['a', 'q'] },
  'recursive optional': { $ref: '#/components/schemas/Tree' },
  'recursive array': { $ref: '#/components/schemas/Forest' },
  'recursive required nullable': { $ref: '#/components/schemas/Linked' },
  'recursive required anyOf': { $ref: '#/components/schemas/Expr' },
  'mutual recursion': { $ref: '#/components/schemas/Ping' },
  'recursive untyped': { $ref: '#/components/schemas/Untyped' },
  base64: { type: 'string', contentEncoding: 'base64' },
  'json content': { type: 'string', contentMediaType: 'application/json' },
  'minItems 1000': {
    type: 'array',
    items: { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] },
    minItems: 1000,
  },
  proto: {
    type: 'object',
    required: ['__proto__', 'constructor', 'toString'],
    properties: JSON.parse('{"__proto__":{"type":"integer"},"constructor":{"type":"string"}}'),
  },
  'deep nesting': nested(60, { type: 'integer' }),
  'multiple type w/ bounds': { type: ['string', 'integer'], minLength: 5, minimum: 3 },
  'anyOf of allOf': { anyOf: [{ allOf: [{ type: 'string' }, { type: 'integer' }] }, { type: 'boolean' }] },
  'anyOf refs w null': { anyOf: [{ $ref: '#/components/schemas/Base' }, { type: 'null' }] },
  'allOf oneOf product': {
    allOf: [
      {
        oneOf: [
          { properties: { a: { const: 1 } }, required: ['a'] },
          { properties: { a: { const: 2 } }, required: ['a'] },
        ],
      },
      {
        oneOf: [
          { properties: { b: { const: 1 } }, required: ['b'] },
          { properties: { b: { const: 2 } }, required: ['b'] },
        ],
      },
    ],
    type: 'object',
  },
  'allOf oneOf crossing': { allOf: [{ oneOf: [{ const: 1 }, { const: 2 }] }, { oneOf: [{ const: 2 }, { const: 3 }] }] },
  'sat 3cnf': {
    type: 'object',
    properties: { a: { type: 'boolean' }, b: { type: 'boolean' }, c: { type: 'boolean' } },
    required: ['a', 'b', 'c'],
    allOf: [
      { anyOf: [{ properties: { a: { const: true } } }, { properties: { b: { const: true } } }] },
      { anyOf: [{ properties: { a: { const: false } } }, { properties: { c: { const: true } } }] },
      { anyOf: [{ properties: { b: { const: false } } }, { properties: { c: { const: false } } }] },
      { anyOf: [{ properties: { a: { const: false } } }, { properties: { b: { const: false } } }] },
    ],
  },
  'discriminator mapping': {
    oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
    discriminator: {
      propertyName: 'petType',
      mapping: { kitty: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' },
    },
  },
  writeOnly: {
    type: 'object',
    properties: { password: { type: 'string', writeOnly: true }, id: { type: 'string', readOnly: true } },
    required: ['password', 'id'],
  },
  'not unique': { type: 'array', not: { uniqueItems: true }, items: { type: 'integer' } },
  'not multipleOf': { type: 'integer', not: { multipleOf: 2 }, minimum: 2, maximum: 3 },
  'not format': { type: 'string', not: { format: 'email' } },
  'propertyNames + additional false': {
    type: 'object',
    properties: { a: { type: 'string' }, bb: { type: 'string' } },
    additionalProperties: false,
    propertyNames: { minLength: 2 },
    minProperties: 1,
  },
  'additional schema': { type: 'object', additionalProperties: { $ref: '#/components/schemas/Base' } },
  'items boolean true': { type: 'array', items: true, minItems: 2 },
  'max 0 items': { type: 'array', maxItems: 0 },
  'contains + unique': {
    type: 'array',
    items: { enum: [1, 2, 3] },
    contains: { const: 3 },
    uniqueItems: true,
    minItems: 3,
  },
  'required in oneOf w/ additional false': {
    oneOf: [
      { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: false },
      {
        type: 'object',
        properties: { a: { type: 'string' }, b: { type: 'string' } },
        required: ['a'],
        additionalProperties: false,
      },
    ],
  },
  'date-time bounds pattern': { type: 'string', format: 'date-time', pattern: 'Z$' },
};

const seeds = Array.from({ length: 50 }, (_, index) => index + 1);

describe('for 50 seeds, a value is valid', () => {
  it.each(Object.entries(satisfiable))('%s', (_, Subject) => {
    const root = { openapi: '3.1.0', info: { title: 'test', version: '1' }, paths: {} };
    const schemas = createSchemas(documentFromObject({ ...root, components: { schemas: { ...components, Subject } } }));
    const faker = createFaker(schemas);
    const schema = schemas.at('/components/schemas/Subject', 'response');
    const failures = seeds.flatMap((seed): readonly unknown[] => {
      const optionals = (['some', 'all', 'none'] as const)[seed % 3] ?? 'some';
      const result = faker.generate(schema, { seed, optionals });
      return result.ok ? schema.validate(result.value, 'body') : [result.problem];
    });
    expect(failures).toEqual([]);
  });
});
