import { isObject, type Json } from '../text/value.js';
import { keywordFault } from './keyword.js';
import type { Fault } from './types.js';

function isOf(type: string): (schema: { type?: Json }) => boolean {
  return (schema) => schema.type === type || (Array.isArray(schema.type) && schema.type.includes(type));
}

/** The family of values of the wrong JSON type. */
export const typeFaults: readonly Fault[] = [
  keywordFault('type-number-for-string', 'type', 'sends numbers for strings', ['type'], {
    schema: isOf('string'),
    what: 'a string',
    value: (value) => [typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : 12345],
  }),
  keywordFault('type-string-for-number', 'type', 'sends strings for numbers', ['type'], {
    schema: (schema) => isOf('integer')(schema) || isOf('number')(schema),
    what: 'a number',
    value: (value) => [String(value)],
  }),
  keywordFault('type-string-for-boolean', 'type', 'sends "true" for true', ['type'], {
    schema: isOf('boolean'),
    what: 'a boolean',
    value: (value) => [String(value)],
  }),
  keywordFault('type-wrong-last-item', 'type', 'sends one item of the wrong type, at the end of a list', ['items'], {
    value: (value) => (Array.isArray(value) ? [12345, 'x', {}, null].map((item) => [...value, item]) : []),
    last: true,
  }),
  keywordFault('type-null-item', 'type', 'sends one null among the items of a list', ['items'], {
    value: (value) => (Array.isArray(value) ? [[...value.slice(0, 1), null, ...value.slice(1)]] : []),
  }),
  keywordFault('type-null-member', 'type', 'sends null for a required member', ['required'], {
    value: (value, required) =>
      isObject(value) && Array.isArray(required) ? required.map((name) => ({ ...value, [String(name)]: null })) : [],
  }),
  keywordFault('type-anywhere', 'type', 'sends a value of another type, somewhere in the body', ['type']),
  keywordFault('type-no-branch', 'type', 'sends a value of no branch of a union, or one that is excluded', [
    'anyOf',
    'oneOf',
    'not',
  ]),
];
