import { _, type CodeKeywordDefinition, Name } from 'ajv/dist/2020.js';
import { type Code, errorCount, every, hasKeywords, helper, textual } from './code.js';
import { helpers } from './helpers.js';

/** `propertyNames`, with the number of errors that the name left. */
export const propertyNames: CodeKeywordDefinition = {
  keyword: 'propertyNames',
  type: 'object',
  schemaType: ['object', 'boolean'],
  error: {
    message: 'must be a valid name',
    params: ({ params }) => _`{propertyName: ${params.propertyName}, branches: [${params.count}]}`,
  },
  code(cxt) {
    const { gen, data } = cxt;
    cxt.ok(
      every(cxt, (valid) =>
        gen.forIn('key', data, (key) => {
          const nameValid = gen.name('_valid');
          const before = gen.const('_before', errorCount);
          cxt.setParams({ propertyName: key, count: _`${errorCount} - ${before}` });
          const name = { data: key, dataTypes: ['string' as const], propertyName: key };
          cxt.subschema({ keyword: 'propertyNames', ...name, compositeRule: true }, nameValid);
          gen.if(_`!${nameValid}`, () => cxt.error(true));
          valid(nameValid);
        }),
      ),
    );
  },
};

/** `additionalProperties`, with an end to its errors. */
export const additionalProperties: CodeKeywordDefinition = {
  keyword: 'additionalProperties',
  type: 'object',
  schemaType: ['object', 'boolean'],
  error: { message: 'must not have more members', params: ({ params }) => _`{additionalProperty: ${params.name}}` },
  code(cxt) {
    const { gen, data, schema, parentSchema, it } = cxt;
    it.props = true;
    if (!hasKeywords(schema)) return;
    const { properties, patternProperties } = parentSchema;
    const additional = gen.scopeValue('func', {
      ref: helpers.isAdditional(properties, patternProperties),
      code: _`helpers.isAdditional(${it.topSchemaRef}${it.schemaPath}.properties, ${it.topSchemaRef}${it.schemaPath}.patternProperties)`,
    });
    cxt.ok(
      every(cxt, (valid) =>
        gen.forIn('key', data, (name) => {
          gen.if(_`${additional}(${name})`, () => {
            const memberValid = gen.name('_valid');
            if (schema === false) {
              gen.var(memberValid, false);
              cxt.setParams({ name });
              cxt.error();
            } else {
              const member = { dataProp: name, dataPropType: textual };
              cxt.subschema({ keyword: 'additionalProperties', ...member }, memberValid);
            }
            valid(memberValid);
          });
        }),
      ),
    );
  },
};

/**
 * `unevaluatedProperties`. Ajv's own takes a member that is called as something inherited (`toString`) for evaluated.
 */
export const unevaluatedProperties: CodeKeywordDefinition = {
  keyword: 'unevaluatedProperties',
  type: 'object',
  schemaType: ['object', 'boolean'],
  error: { message: 'must not have more members', params: ({ params }) => _`{unevaluatedProperty: ${params.name}}` },
  code(cxt) {
    const { gen, data, schema, it } = cxt;
    const evaluated = it.props;
    it.props = true;
    if (evaluated === true || schema === true) return;
    const isEvaluated = (name: Name): Code => {
      if (evaluated instanceof Name) {
        const has = helper(cxt, 'hasOwn');
        return _`${evaluated} === true || (${evaluated} && ${has}(${evaluated}, ${name}))`;
      }
      return Object.keys(evaluated ?? {}).reduce<Code>((code, known) => _`${code} || ${name} === ${known}`, _`false`);
    };
    cxt.ok(
      every(cxt, (valid) =>
        gen.forIn('key', data, (name) => {
          gen.if(_`!(${isEvaluated(name)})`, () => {
            const memberValid = gen.name('_valid');
            if (schema === false) {
              gen.var(memberValid, false);
              cxt.setParams({ name });
              cxt.error();
            } else {
              const member = { dataProp: name, dataPropType: textual };
              cxt.subschema({ keyword: 'unevaluatedProperties', ...member }, memberValid);
            }
            valid(memberValid);
          });
        }),
      ),
    );
  },
};
