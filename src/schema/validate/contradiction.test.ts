import { expect, test } from 'vitest';
import { contradictionOf } from './contradiction.js';

test.each([
  [
    { type: 'string', minLength: 5, maxLength: 3 },
    'minLength',
    'No string is valid here: minLength 5 is above maxLength 3',
  ],
  [{ minItems: 2, maxItems: 1 }, 'minItems', 'No array is valid here: minItems 2 is above maxItems 1'],
  [
    { type: ['integer', 'null'], minimum: 5, maximum: 3 },
    'minimum',
    'No number is valid here: minimum 5 is above maximum 3',
  ],
  [
    { type: 'number', minimum: 5, exclusiveMaximum: 5 },
    'minimum',
    'No number is valid here: nothing is between minimum 5 and exclusiveMaximum 5',
  ],
  [
    { type: 'object', additionalProperties: false, properties: { a: {}, b: false }, minProperties: 2 },
    'minProperties',
    'No object is valid here: minProperties is 2, but only 1 member is allowed',
  ],
  [
    { additionalProperties: false, properties: { a: {} }, required: ['a', 'id'] },
    'required',
    'No object is valid here: the member "id" is required, and not allowed',
  ],
  [
    { type: 'string', enum: ['USER', 'GROUP'], pattern: 'user|group' },
    'enum',
    'No string is valid here: none of its 2 values matches the pattern user|group',
  ],
  [{ const: 'ab', minLength: 3 }, 'const', 'No string is valid here: its one value does not have minLength 3'],
])('%j contradicts itself', (schema, keyword, message) => {
  expect(contradictionOf(schema)).toEqual({ keyword, message });
});

test.each([
  { type: 'string', minLength: 3, maxLength: 3, minimum: 5, maximum: 3 },
  { type: 'number', minimum: 5, maximum: 5 },
  { additionalProperties: false, patternProperties: { '^x': {} }, required: ['xa'], minProperties: 2 },
  { additionalProperties: { type: 'string' }, required: ['a'] },
  { enum: ['a', 5], pattern: '^b' },
  { enum: ['a', 'b'], pattern: '^b', maxLength: 1 },
])('%j does not', (schema) => {
  expect(contradictionOf(schema)).toBeNull();
});
