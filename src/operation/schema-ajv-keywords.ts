import { _, type CodeKeywordDefinition, type FuncKeywordDefinition, type KeywordCxt, Name } from 'ajv/dist/2020.js';
import { isMultipleOf } from './multiple-of.js';
import { firstDuplicate } from './unique-items.js';

type Code = ReturnType<typeof _>;

// Names in the code that Ajv generates: see ajv/lib/compile/names.ts.
const errorCount = new Name('errors');

/**
 * `anyOf`, with the number of errors that each branch left before the summary: what belongs to which branch
 * cannot be told from Ajv's own list.
 */
const anyOf: CodeKeywordDefinition = {
  keyword: 'anyOf',
  schemaType: 'array',
  trackErrors: true,
  error: { message: 'must match a schema', params: ({ params }) => _`{branches: [${params.branches}]}` },
  code(cxt) {
    const { gen } = cxt;
    const valid = gen.let('valid', false);
    const branches: Name[] = (cxt.schema as unknown[]).map(() => gen.let('branch', 0));
    const branchValid = gen.name('_valid');
    gen.block(() =>
      branches.forEach((branch, index) => {
        const before = gen.const('_before', errorCount);
        const inner = cxt.subschema({ keyword: 'anyOf', schemaProp: index, compositeRule: true }, branchValid);
        gen.assign(branch, _`${errorCount} - ${before}`);
        gen.assign(valid, _`${valid} || ${branchValid}`);
        // Where nothing asks what was evaluated, the first branch that matches ends it.
        if (!cxt.mergeValidEvaluated(inner, branchValid)) {
          gen.if(_`!${valid}`);
        }
      }),
    );
    cxt.setParams({ branches: list(branches) });
    cxt.result(
      valid,
      () => cxt.reset(),
      () => cxt.error(true),
    );
  },
};

/** `oneOf`, with the same counts, and the first two branches that match where there are two. */
const oneOf: CodeKeywordDefinition = {
  keyword: 'oneOf',
  schemaType: 'array',
  trackErrors: true,
  error: {
    message: 'must match exactly one schema',
    params: ({ params }) => _`{branches: [${params.branches}], passing: ${params.passing}}`,
  },
  code(cxt) {
    const { gen } = cxt;
    const valid = gen.let('valid', false);
    const passing = gen.let('passing', null);
    const branches: Name[] = (cxt.schema as unknown[]).map(() => gen.let('branch', 0));
    const branchValid = gen.name('_valid');
    gen.block(() =>
      branches.forEach((branch, index) => {
        const before = gen.const('_before', errorCount);
        const inner = cxt.subschema({ keyword: 'oneOf', schemaProp: index, compositeRule: true }, branchValid);
        gen.assign(branch, _`${errorCount} - ${before}`);
        if (index > 0) {
          gen.if(_`${branchValid} && ${valid}`);
          gen.assign(valid, false);
          gen.assign(passing, _`[${passing}, ${index}]`);
          gen.else();
        }
        gen.if(branchValid, () => {
          gen.assign(valid, true);
          gen.assign(passing, index);
          cxt.mergeEvaluated(inner, Name);
        });
      }),
    );
    cxt.setParams({ branches: list(branches), passing });
    cxt.result(
      valid,
      () => cxt.reset(),
      () => cxt.error(true),
    );
  },
};

/** `propertyNames`, with the number of errors that the name left. */
const propertyNames: CodeKeywordDefinition = {
  keyword: 'propertyNames',
  type: 'object',
  schemaType: ['object', 'boolean'],
  error: {
    message: 'must be a valid name',
    params: ({ params }) => _`{propertyName: ${params.propertyName}, branches: [${params.count}]}`,
  },
  code(cxt) {
    const { gen, data } = cxt;
    const valid = gen.name('valid');
    gen.forIn('key', data, (key) => {
      const before = gen.const('_before', errorCount);
      cxt.setParams({ propertyName: key, count: _`${errorCount} - ${before}` });
      const value = { data: key, dataTypes: ['string' as const], propertyName: key };
      cxt.subschema({ keyword: 'propertyNames', ...value, compositeRule: true }, valid);
      gen.if(_`!${valid}`, () => cxt.error(true));
    });
    cxt.ok(_`true`);
  },
};

/** `multipleOf` in decimals, exact: 19.99 is a multiple of 0.01. */
const multipleOf: CodeKeywordDefinition = {
  keyword: 'multipleOf',
  type: 'number',
  schemaType: 'number',
  error: { message: 'must be a multiple', params: ({ schemaCode }) => _`{multipleOf: ${schemaCode}}` },
  code(cxt) {
    cxt.pass(_`${scopeFunction(cxt, isMultipleOf)}(${cxt.data}, ${cxt.schemaCode})`);
  },
};

/** `uniqueItems` in linear time: Ajv's own compares every two objects. */
const uniqueItems: CodeKeywordDefinition = {
  keyword: 'uniqueItems',
  type: 'array',
  schemaType: 'boolean',
  error: {
    message: 'must not have duplicate items',
    params: ({ params }) => _`{i: ${params.pair}[0], j: ${params.pair}[1]}`,
  },
  code(cxt) {
    if (cxt.schema) {
      const pair = cxt.gen.const('pair', _`${scopeFunction(cxt, firstDuplicate)}(${cxt.data})`);
      cxt.setParams({ pair });
      cxt.fail(_`${pair} !== null`);
    }
  },
};

/** A schema `false`, as an object: so that an error names the place where it stands. */
export const falseSchema = 'falseSchema';

const nothing: FuncKeywordDefinition = { keyword: falseSchema, validate: () => false, errors: false };

export const schemaKeywords: readonly (CodeKeywordDefinition | FuncKeywordDefinition)[] = [
  anyOf,
  oneOf,
  propertyNames,
  multipleOf,
  uniqueItems,
  nothing,
];

function scopeFunction(cxt: KeywordCxt, ref: unknown): Name {
  return cxt.gen.scopeValue('func', { ref });
}

function list(names: readonly Name[]): Code {
  return names.reduce<Code>((code, name, index) => (index === 0 ? _`${name}` : _`${code}, ${name}`), _``);
}
