import { _, type CodeKeywordDefinition, Name } from 'ajv/dist/2020.js';
import { every, hasKeywords, numeric } from './code.js';
import { containedItems } from './translate.js';

/**
 * `prefixItems`. In a schema that is only asked whether it holds (`not`, `if`), Ajv's own ends at a list that is shorter,
 * and takes what it has not looked at for valid.
 */
export const prefixItems: CodeKeywordDefinition = {
  keyword: 'prefixItems',
  type: 'array',
  schemaType: 'array',
  before: 'uniqueItems',
  code(cxt) {
    const { gen, data, it } = cxt;
    const schemas = cxt.schema as unknown[];
    if (it.opts.unevaluated) cxt.mergeEvaluated({ ...it, items: schemas.length });
    const all = gen.let('all', true);
    for (const [index, schema] of schemas.entries()) {
      if (hasKeywords(schema)) {
        gen.if(_`${data}.length > ${index}`, () => {
          const valid = gen.name('_valid');
          cxt.subschema({ keyword: 'prefixItems', schemaProp: index, dataProp: index }, valid);
          gen.assign(all, _`${all} && ${valid}`);
        });
      }
    }
    cxt.ok(all);
  },
};

/** `items`, with an end to its errors. */
export const items: CodeKeywordDefinition = {
  keyword: 'items',
  type: 'array',
  schemaType: ['object', 'boolean'],
  before: 'uniqueItems',
  error: { message: 'must not have more items', params: ({ params }) => _`{limit: ${params.limit}}` },
  code(cxt) {
    const { gen, data, schema, parentSchema, it } = cxt;
    const from = (parentSchema.prefixItems as unknown[] | undefined)?.length ?? 0;
    it.items = true;
    if (schema === false) {
      cxt.setParams({ limit: from });
      cxt.fail(_`${data}.length > ${from}`);
    } else if (hasKeywords(schema)) {
      cxt.ok(
        every(cxt, (valid) =>
          gen.forRange('i', from, _`${data}.length`, (index) => {
            const itemValid = gen.name('_valid');
            cxt.subschema({ keyword: 'items', dataProp: index, dataPropType: numeric }, itemValid);
            valid(itemValid);
          }),
        ),
      );
    }
  },
};

/** `contains`, without what is wrong with each item that is not of the kind. */
export const contains: CodeKeywordDefinition = {
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
export const unevaluatedItems: CodeKeywordDefinition = {
  keyword: 'unevaluatedItems',
  type: 'array',
  schemaType: ['object', 'boolean'],
  trackErrors: true,
  error: { message: 'must not have more items', params: ({ params }) => _`{item: ${params.item}}` },
  code(cxt) {
    const { gen, data, schema, parentSchema, it } = cxt;
    const evaluated = it.items ?? 0;
    it.items = true;
    if (evaluated === true || schema === true) return;
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
    cxt.ok(
      every(cxt, (valid) =>
        gen.forRange('i', from, length, (index) => {
          gen.if(_`!${contained}.has(${index})`, () => {
            const itemValid = gen.name('_valid');
            if (schema === false) {
              gen.var(itemValid, false);
              cxt.setParams({ item: index });
              cxt.error();
            } else {
              const item = { dataProp: index, dataPropType: numeric };
              cxt.subschema({ keyword: 'unevaluatedItems', ...item }, itemValid);
            }
            valid(itemValid);
          });
        }),
      ),
    );
  },
};
