// biome-ignore-all lint/suspicious/noThenProperty: JSON Schema has a keyword of this name

import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createSchemas } from '../schema/index.js';
import type { Json } from '../text/value.js';
import { createFaker } from './index.js';

const components: Record<string, Json> = {
  Endless: { type: 'object', properties: { next: { $ref: '#/components/schemas/Endless' } }, required: ['next'] },
  Map: { type: 'object', minProperties: 1, unevaluatedProperties: { $ref: '#/components/schemas/Map' } },
  Table: { type: 'object', minProperties: 1, additionalProperties: { $ref: '#/components/schemas/Table' } },
  EA: { type: 'object', properties: { b: { $ref: '#/components/schemas/EB' } }, required: ['b'] },
  EB: {
    type: 'object',
    properties: { a: { type: 'array', minItems: 1, items: { $ref: '#/components/schemas/EA' } } },
    required: ['a'],
  },
};

/** Schemas under which nothing is valid, or nothing that can be made. */
const unsatisfiable: Readonly<Record<string, Json>> = {
  'the schema false': false,
  'bounds that cross': { type: 'integer', minimum: 5, maximum: 3 },
  'exclusive bounds that meet': { type: 'number', exclusiveMinimum: 3, exclusiveMaximum: 3 },
  'no integer between the bounds': { type: 'integer', exclusiveMinimum: 3, exclusiveMaximum: 4 },
  'an enum of another type': { type: 'integer', allOf: [{ enum: ['a', 'b'] }] },
  'an empty enum': { enum: [] },
  'a class of no characters': { type: 'string', pattern: '[]' },
  'a class of no characters, in a member whose name fits none': {
    type: 'object',
    required: ['a'],
    properties: { a: { type: 'string', pattern: '[]' } },
    patternProperties: { '[]': { type: 'integer' } },
    propertyNames: { anyOf: [{ pattern: '[]' }, { const: 'a' }] },
  },

  'item counts that cross': { type: 'array', minItems: 3, maxItems: 2 },
  'lengths that cross': { type: 'string', minLength: 9, maxLength: 2 },
  'member counts that cross': { type: 'object', minProperties: 3, maxProperties: 1 },
  'a required member that is false': {
    type: 'object',
    properties: { a: { type: 'object', properties: { b: false }, required: ['b'] } },
    required: ['a'],
  },
  'a required member that is not declared': {
    type: 'object',
    required: ['x'],
    properties: { y: true },
    additionalProperties: false,
  },
  'a member that demands itself': { $ref: '#/components/schemas/Endless' },
  'two that demand each other': { $ref: '#/components/schemas/EA' },
  'a map that must hold another one': { $ref: '#/components/schemas/Map' },
  'a table that must hold another one': { $ref: '#/components/schemas/Table' },
  'types that contradict': { allOf: [{ type: 'string' }, { type: 'integer' }] },
  'two constants': { allOf: [{ const: 1 }, { const: 2 }] },
  'enums without a common value': { allOf: [{ enum: [1, 2] }, { enum: [3] }] },
  'not anything': { not: {} },
  'not what it is': { type: 'string', not: { type: 'string' } },
  'items of which there are none': { type: 'array', items: false, minItems: 1 },
  'something deep inside': {
    type: 'object',
    properties: {
      list: {
        type: 'array',
        minItems: 1,
        items: { type: 'object', properties: { n: { type: 'string', minLength: 4, maxLength: 1 } }, required: ['n'] },
      },
    },
    required: ['list'],
  },
  'anyOf without a way': { type: 'object', anyOf: [{ type: 'string' }, { type: 'integer' }] },
  'oneOf that is always both': { type: 'string', oneOf: [{ minLength: 0 }, { maxLength: 100000 }], maxLength: 5 },
  'patterns that contradict': { type: 'string', allOf: [{ pattern: '^a' }, { pattern: '^b' }] },
  'a pattern that is too short': { type: 'string', pattern: '^a{3}$', minLength: 5 },
  'a pattern of a hundred million characters': { type: 'string', pattern: '^((((a{40}){40}){40}){40}){40}$' },
  'not enough different values': { type: 'array', items: { enum: ['a', 'b'] }, uniqueItems: true, minItems: 3 },
  'more than two booleans': { type: 'array', items: { type: 'boolean' }, uniqueItems: true, minItems: 3 },
  'a thousand million items': { type: 'array', items: { type: 'integer' }, minItems: 1e9 },
  'a thousand million characters': { type: 'string', minLength: 1e9 },
  'a thousand million members': { type: 'object', minProperties: 1e9 },
  'no multiple between the bounds': { type: 'integer', multipleOf: 10, minimum: 1, maximum: 9 },
  'members without a name': { type: 'object', propertyNames: false, minProperties: 1 },
  'more required than allowed': { type: 'object', required: ['a', 'b'], maxProperties: 1 },
  'contains what no item is': { type: 'array', items: { type: 'integer' }, contains: { type: 'string' } },
  'contains more than there is room for': { type: 'array', maxItems: 1, contains: { type: 'string' }, minContains: 2 },
  'a condition without a way': { type: 'integer', if: { minimum: 0 }, then: { maximum: -1 }, else: { minimum: 1 } },
  'a dependent schema that cannot be': {
    type: 'object',
    required: ['a'],
    dependentSchemas: { a: { properties: { b: false }, required: ['b'] } },
  },
  'a format against a pattern': { type: 'string', format: 'date', pattern: '^x' },
  'beyond int32': { type: 'integer', format: 'int32', minimum: 3000000000 },
  'a required name that is not allowed': { type: 'object', required: ['abc'], propertyNames: { maxLength: 2 } },
  'more members than declared': {
    type: 'object',
    properties: { a: {} },
    additionalProperties: false,
    minProperties: 2,
  },
  'an enum against a pattern': { enum: ['a', 'b'], pattern: 'c' },
  'a tuple with an impossible item': { type: 'array', prefixItems: [{ type: 'string' }, false], minItems: 2 },
};

it('says of a schema that cannot be satisfied which part of it is to blame', () => {
  const root = { openapi: '3.1.0', info: { title: 'test', version: '1' }, paths: {} };
  const report = Object.entries(unsatisfiable).map(([name, Subject]) => {
    const schemas = createSchemas(documentFromObject({ ...root, components: { schemas: { ...components, Subject } } }));
    const result = createFaker(schemas).generate(schemas.at('/components/schemas/Subject', 'response'), { seed: 1 });
    const place = (pointer = '') => pointer.replace('/components/schemas/', '');
    return result.ok
      ? `${name}: ${JSON.stringify(result.value)}`
      : `${name}: ${result.problem.message} (${place(result.problem.location?.pointer)})`;
  });
  expect(report).toMatchInlineSnapshot(`
    [
      "the schema false: No value is allowed here (Subject)",
      "bounds that cross: No number is 5 or above and 3 or below (minimum at /components/schemas/Subject/minimum, maximum at /components/schemas/Subject/maximum) (Subject/minimum)",
      "exclusive bounds that meet: No number is above 3 and below 3 (exclusiveMinimum at /components/schemas/Subject/exclusiveMinimum, exclusiveMaximum at /components/schemas/Subject/exclusiveMaximum) (Subject/exclusiveMinimum)",
      "no integer between the bounds: No integer is above 3 and below 4 (exclusiveMinimum at /components/schemas/Subject/exclusiveMinimum, exclusiveMaximum at /components/schemas/Subject/exclusiveMaximum) (Subject/exclusiveMinimum)",
      "an enum of another type: No value of this enum is of type integer, as it has to be (enum at /components/schemas/Subject/allOf/0/enum, type at /components/schemas/Subject/type) (Subject/allOf/0/enum)",
      "an empty enum: An enum without values allows nothing (Subject/enum)",
      "a class of no characters: No string was found with pattern [] (Subject/pattern)",
      "a class of no characters, in a member whose name fits none: No string was found with pattern [] (Subject/properties/a/pattern)",
      "item counts that cross: minItems 3 is above maxItems 2: no count of items is between (minItems at /components/schemas/Subject/minItems, maxItems at /components/schemas/Subject/maxItems) (Subject/minItems)",
      "lengths that cross: minLength 9 is above maxLength 2: no count of characters is between (minLength at /components/schemas/Subject/minLength, maxLength at /components/schemas/Subject/maxLength) (Subject/minLength)",
      "member counts that cross: minProperties 3 is above maxProperties 1: no count of members is between (minProperties at /components/schemas/Subject/minProperties, maxProperties at /components/schemas/Subject/maxProperties) (Subject/minProperties)",
      "a required member that is false: The member "b" is required, but no value is allowed for it (required at /components/schemas/Subject/properties/a/required, b at /components/schemas/Subject/properties/a/properties/b) (Subject/properties/a/required)",
      "a required member that is not declared: The member "x" is required, but no value is allowed for it (required at /components/schemas/Subject/required, additionalProperties at /components/schemas/Subject/additionalProperties) (Subject/required)",
      "a member that demands itself: A value would have to contain another one of the same kind without end (Subject)",
      "two that demand each other: A value would have to contain another one of the same kind without end (Subject)",
      "a map that must hold another one: A value would have to contain another one of the same kind without end (Subject)",
      "a table that must hold another one: A value would have to contain another one of the same kind without end (Subject)",
      "types that contradict: Nothing is of type integer where another schema for the same value allows string only (type at /components/schemas/Subject/allOf/1/type, type at /components/schemas/Subject/allOf/0/type) (Subject/allOf/1/type)",
      "two constants: No value of this const is allowed by the other schemas for the same value (const at /components/schemas/Subject/allOf/1/const, const at /components/schemas/Subject/allOf/0/const) (Subject/allOf/1/const)",
      "enums without a common value: No value of this enum is allowed by the other schemas for the same value (enum at /components/schemas/Subject/allOf/1/enum, enum at /components/schemas/Subject/allOf/0/enum) (Subject/allOf/1/enum)",
      "not anything: Nothing is valid here: not forbids every value (Subject/not)",
      "not what it is: Every value that is valid here is forbidden by not (not at /components/schemas/Subject/not, type at /components/schemas/Subject/not/type, type at /components/schemas/Subject/type) (Subject/not)",
      "items of which there are none: No value is allowed here (Subject/items)",
      "something deep inside: minLength 4 is above maxLength 1: no count of characters is between (minLength at /components/schemas/Subject/properties/list/items/properties/n/minLength, maxLength at /components/schemas/Subject/properties/list/items/properties/n/maxLength) (Subject/properties/list/items/properties/n/minLength)",
      "anyOf without a way: None of the 2 schemas of anyOf can be satisfied here: nothing is of type integer where another schema for the same value allows object only (anyOf at /components/schemas/Subject/anyOf, type at /components/schemas/Subject/anyOf/1/type, type at /components/schemas/Subject/type) (Subject/anyOf)",
      "oneOf that is always both: No value was found that is valid here: must match one alternative, not several (alternative 1 and alternative 2) (Subject/oneOf)",
      "patterns that contradict: No string was found with pattern ^a and pattern ^b (pattern at /components/schemas/Subject/allOf/0/pattern, pattern at /components/schemas/Subject/allOf/1/pattern) (Subject/allOf/0/pattern)",
      "a pattern that is too short: No string was found with pattern ^a{3}$ and minLength 5 (pattern at /components/schemas/Subject/pattern, minLength at /components/schemas/Subject/minLength) (Subject/pattern)",
      "a pattern of a hundred million characters: No string was found with pattern ^((((a{40}){40}){40}){40}){40}$ (Subject/pattern)",
      "not enough different values: There are not enough different items for uniqueItems (Subject/minItems)",
      "more than two booleans: There are not enough different items for uniqueItems (Subject/minItems)",
      "a thousand million items: minItems 1000000000 is more than is made up, 1000000 (Subject/minItems)",
      "a thousand million characters: minLength 1000000000 is more than is made up, 10000000 (Subject/minLength)",
      "a thousand million members: minProperties 1000000000 is more than is made up, 10000 (Subject/minProperties)",
      "no multiple between the bounds: No multiple of 10 that is allowed was found from 1 to 9 (Subject/multipleOf)",
      "members without a name: minProperties is 1, but only 0 members can be there (Subject/minProperties)",
      "more required than allowed: maxProperties 1 is below the number of required members, 2 (maxProperties at /components/schemas/Subject/maxProperties, required at /components/schemas/Subject/required) (Subject/maxProperties)",
      "contains what no item is: No item can be there that matches contains: nothing is of type string where another schema for the same value allows integer only (Subject/contains)",
      "contains more than there is room for: No 2 items can be there that match contains (Subject/contains)",
      "a condition without a way: Neither the one nor the other side of the condition can be satisfied here: no number is 1 or above and below 0 (if at /components/schemas/Subject/if, minimum at /components/schemas/Subject/else/minimum, exclusiveMaximum at /components/schemas/Subject/if/exclusiveMaximum) (Subject/if)",
      "a dependent schema that cannot be: The member can neither be there with what it demands nor be absent: the member "a" is required, but no value is allowed for it (a at /components/schemas/Subject/dependentSchemas/a, required at /components/schemas/Subject/required, a at /components/schemas/Subject/properties/a) (Subject/dependentSchemas/a)",
      "a format against a pattern: No string was found with format date and pattern ^x (pattern at /components/schemas/Subject/pattern, format at /components/schemas/Subject/format) (Subject/pattern)",
      "beyond int32: No integer of format int32 is between the bounds (Subject/minimum)",
      "a required name that is not allowed: The name "abc" is not one that propertyNames allows (Subject/required)",
      "more members than declared: minProperties is 2, but only 1 members can be there (Subject/minProperties)",
      "an enum against a pattern: No value of this enum is valid here (enum at /components/schemas/Subject/enum, pattern at /components/schemas/Subject/pattern) (Subject/enum)",
      "a tuple with an impossible item: No value is allowed here (Subject/prefixItems/1)",
    ]
  `);
});
