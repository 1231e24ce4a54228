import { _, type CodeKeywordDefinition, type FuncKeywordDefinition, type KeywordCxt, Name } from 'ajv/dist/2020.js';
import { isMultipleOf } from './multiple-of.js';
import { equalityKey, firstDuplicate } from './unique-items.js';

type Code = ReturnType<typeof _>;

/** Ajv's `Type.Num` and `Type.Str`: how a step of an instance path is written. */
const numeric = 0;
const textual = 1;

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
    declareEvaluated(cxt);
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
    declareEvaluated(cxt);
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

/**
 * `if`. Ajv's own counts what a failing `if` has evaluated, and adds an error of its own to those of `then` and `else`.
 */
const ifThenElse: CodeKeywordDefinition = {
  keyword: 'if',
  schemaType: ['object', 'boolean'],
  trackErrors: true,
  code(cxt) {
    const { gen, parentSchema, it } = cxt;
    if (parentSchema.then === undefined && parentSchema.else === undefined && !it.opts.unevaluated) {
      return;
    }
    declareEvaluated(cxt);
    const holds = gen.name('_holds');
    const valid = gen.let('valid', true);
    const inner = cxt.subschema({ keyword: 'if', compositeRule: true, createErrors: false, allErrors: false }, holds);
    cxt.mergeValidEvaluated(inner, holds);
    cxt.reset();
    const clause = (keyword: 'then' | 'else') => () => {
      if (parentSchema[keyword] !== undefined) {
        const clauseValid = gen.name('_valid');
        const evaluated = cxt.subschema({ keyword }, clauseValid);
        gen.assign(valid, clauseValid);
        cxt.mergeValidEvaluated(evaluated, valid);
      }
    };
    gen.if(holds, clause('then'), clause('else'));
    cxt.ok(valid);
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

/** `contains`, without what is wrong with each item that is not of the kind. */
const contains: CodeKeywordDefinition = {
  keyword: 'contains',
  type: 'array',
  schemaType: ['object', 'boolean'],
  trackErrors: true,
  error: {
    message: 'must contain valid items',
    params: ({ params: { min, max } }) =>
      max === undefined ? _`{minContains: ${min}}` : _`{minContains: ${min}, maxContains: ${max}}`,
  },
  code(cxt) {
    const { gen, data, parentSchema } = cxt;
    const min = parentSchema.minContains ?? 1;
    const max = parentSchema.maxContains;
    cxt.setParams({ min, max });
    const count = gen.let('count', 0);
    gen.forRange('i', 0, _`${data}.length`, (index) => {
      const valid = gen.name('_valid');
      const quiet = { compositeRule: true, createErrors: false, allErrors: false } as const;
      cxt.subschema({ keyword: 'contains', dataProp: index, dataPropType: numeric, ...quiet }, valid);
      gen.if(valid, () => gen.code(_`${count}++`));
    });
    cxt.reset();
    cxt.fail(max === undefined ? _`${count} < ${min}` : _`${count} < ${min} || ${count} > ${max}`);
  },
};

/**
 * `unevaluatedItems`. Ajv's own lets everything through where a branch that did not match would have evaluated items, and
 * knows only how many items were evaluated from the first on: which ones `contains` has, is worked out here from
 * `containedItems`.
 */
const unevaluatedItems: CodeKeywordDefinition = {
  keyword: 'unevaluatedItems',
  type: 'array',
  schemaType: ['object', 'boolean'],
  trackErrors: true,
  error: { message: 'must not have more items', params: ({ params }) => _`{item: ${params.item}}` },
  code(cxt) {
    const { gen, data, schema, parentSchema, it } = cxt;
    const evaluated = it.items ?? 0;
    it.items = true;
    if (evaluated === true || schema === true) {
      return;
    }
    const length = gen.const('len', _`${data}.length`);
    const from =
      evaluated instanceof Name
        ? gen.const('from', _`${evaluated} === true ? ${length} : ${evaluated} || 0`)
        : evaluated;
    const pairs = (parentSchema[containedItems] as unknown[] | undefined) ?? [];
    const contained = gen.const('contained', _`new Set()`);
    const quiet = { compositeRule: true, createErrors: false, allErrors: false } as const;
    for (let pair = 0; pair < pairs.length; pair += 2) {
      const applies = gen.name('_applies');
      cxt.subschema({ keyword: containedItems, schemaProp: pair, ...quiet }, applies);
      gen.if(applies, () =>
        gen.forRange('i', from, length, (index) => {
          const valid = gen.name('_valid');
          const item = { dataProp: index, dataPropType: numeric, ...quiet };
          cxt.subschema({ keyword: containedItems, schemaProp: pair + 1, ...item }, valid);
          gen.if(valid, () => gen.code(_`${contained}.add(${index})`));
        }),
      );
      cxt.reset();
    }
    const allValid = gen.let('valid', true);
    gen.forRange('i', from, length, (index) => {
      gen.if(_`!${contained}.has(${index})`, () => {
        if (schema === false) {
          cxt.setParams({ item: index });
          cxt.error();
          gen.assign(allValid, false);
        } else {
          const valid = gen.name('_valid');
          cxt.subschema({ keyword: 'unevaluatedItems', dataProp: index, dataPropType: numeric }, valid);
          gen.if(_`!${valid}`, () => gen.assign(allValid, false));
        }
      });
    });
    cxt.ok(allValid);
  },
};

/**
 * `unevaluatedProperties`. Ajv's own takes a member that is called as something inherited (`toString`) for evaluated.
 */
const unevaluatedProperties: CodeKeywordDefinition = {
  keyword: 'unevaluatedProperties',
  type: 'object',
  schemaType: ['object', 'boolean'],
  error: { message: 'must not have more members', params: ({ params }) => _`{unevaluatedProperty: ${params.name}}` },
  code(cxt) {
    const { gen, data, schema, it } = cxt;
    const evaluated = it.props;
    it.props = true;
    if (evaluated === true || schema === true) {
      return;
    }
    const isEvaluated = (name: Name): Code => {
      if (evaluated instanceof Name) {
        const has = scopeFunction(cxt, Object.hasOwn);
        return _`${evaluated} === true || (${evaluated} && ${has}(${evaluated}, ${name}))`;
      }
      return Object.keys(evaluated ?? {}).reduce<Code>((code, known) => _`${code} || ${name} === ${known}`, _`false`);
    };
    const allValid = gen.let('valid', true);
    gen.forIn('key', data, (name) => {
      gen.if(_`!(${isEvaluated(name)})`, () => {
        if (schema === false) {
          cxt.setParams({ name });
          cxt.error();
          gen.assign(allValid, false);
        } else {
          const valid = gen.name('_valid');
          cxt.subschema({ keyword: 'unevaluatedProperties', dataProp: name, dataPropType: textual }, valid);
          gen.if(_`!${valid}`, () => gen.assign(allValid, false));
        }
      });
    });
    cxt.ok(allValid);
  },
};

/**
 * For `unevaluatedItems`: every `contains` that looks at the same list, as pairs of a schema that says whether it applies
 * and the schema of the items that it has evaluated.
 */
export const containedItems = '$containedItems';

/** `enum` by lookup: Ajv's own goes through the list, and refuses an empty one. */
const enumeration: CodeKeywordDefinition = {
  keyword: 'enum',
  schemaType: 'array',
  error: { message: 'must be one of the values', params: ({ schemaCode }) => _`{allowedValues: ${schemaCode}}` },
  code(cxt) {
    const allowed = scopeFunction(cxt, membership(cxt.schema as unknown[]));
    cxt.pass(_`${allowed}(${cxt.data})`);
  },
};

function membership(values: readonly unknown[]): (value: unknown) => boolean {
  const keys = new Set(values.map(equalityKey));
  return (value) => keys.has(equalityKey(value));
}

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
  ifThenElse,
  propertyNames,
  contains,
  unevaluatedItems,
  unevaluatedProperties,
  enumeration,
  multipleOf,
  uniqueItems,
  nothing,
];

/**
 * Makes the names for what has been evaluated, before a branch does. Ajv makes them inside the first branch that needs
 * them, where one left from the item before in a loop would count for the next.
 */
function declareEvaluated(cxt: KeywordCxt): void {
  if (cxt.it.opts.unevaluated) {
    cxt.mergeEvaluated({ ...cxt.it, props: {}, items: 0 }, Name);
  }
}

function scopeFunction(cxt: KeywordCxt, ref: unknown): Name {
  return cxt.gen.scopeValue('func', { ref });
}

function list(names: readonly Name[]): Code {
  return names.reduce<Code>((code, name, index) => (index === 0 ? _`${name}` : _`${code}, ${name}`), _``);
}
