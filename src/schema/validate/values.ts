import { _, type CodeKeywordDefinition } from 'ajv/dist/2020.js';
import { helper } from './code.js';
import { helpers } from './helpers.js';
import { falseSchema } from './translate.js';

/** `enum` by lookup: Ajv's own goes through the list, and refuses an empty one. */
export const enumeration: CodeKeywordDefinition = {
  keyword: 'enum',
  schemaType: 'array',
  error: { message: 'must be one of the values', params: ({ schemaCode }) => _`{allowedValues: ${schemaCode}}` },
  code(cxt) {
    const allowed = cxt.gen.scopeValue('func', {
      ref: helpers.membership(cxt.schema as unknown[]),
      code: _`helpers.membership(${cxt.schemaCode})`,
    });
    cxt.pass(_`${allowed}(${cxt.data})`);
  },
};

/** `multipleOf` in decimals, exact: 19.99 is a multiple of 0.01. */
export const multipleOf: CodeKeywordDefinition = {
  keyword: 'multipleOf',
  type: 'number',
  schemaType: 'number',
  error: { message: 'must be a multiple', params: ({ schemaCode }) => _`{multipleOf: ${schemaCode}}` },
  code(cxt) {
    cxt.pass(_`${helper(cxt, 'isMultipleOf')}(${cxt.data}, ${cxt.schemaCode})`);
  },
};

/** `uniqueItems` in linear time: Ajv's own compares every two objects. */
export const uniqueItems: CodeKeywordDefinition = {
  keyword: 'uniqueItems',
  type: 'array',
  schemaType: 'boolean',
  error: {
    message: 'must not have duplicate items',
    params: ({ params }) => _`{i: ${params.pair}[0], j: ${params.pair}[1]}`,
  },
  code(cxt) {
    if (cxt.schema) {
      const pair = cxt.gen.const('pair', _`${helper(cxt, 'firstDuplicate')}(${cxt.data})`);
      cxt.setParams({ pair });
      cxt.fail(_`${pair} !== null`);
    }
  },
};

/** A schema `false`. */
export const nothing: CodeKeywordDefinition = { keyword: falseSchema, code: (cxt) => cxt.fail() };
