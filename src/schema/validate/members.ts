import { _, type CodeKeywordDefinition, type KeywordCxt, Name } from 'ajv/dist/2020.js';
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
    const { gen, schema, parentSchema, it } = cxt;
    it.props = true;
    if (!hasKeywords(schema)) return;
    const { properties, patternProperties } = parentSchema;
    const additional = gen.scopeValue('func', {
      ref: helpers.isAdditional(properties, patternProperties),
      code: _`helpers.isAdditional(${it.topSchemaRef}${it.schemaPath}.properties, ${it.topSchemaRef}${it.schemaPath}.patternProperties)`,
    });
    beyond(cxt, (name) => _`${additional}(${name})`);
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
    const { schema, it } = cxt;
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
    beyond(cxt, (name) => _`!(${isEvaluated(name)})`);
  },
};

/** Holds every member that is none of the known ones against the schema of the keyword; none may be there under `false`. */
function beyond(cxt: KeywordCxt, isOther: (name: Name) => Code): void {
  const { gen, data, schema, keyword } = cxt;
  cxt.ok(
    every(cxt, (valid) =>
      gen.forIn('key', data, (name) => {
        gen.if(isOther(name), () => {
          const memberValid = gen.name('_valid');
          if (schema === false) {
            gen.var(memberValid, false);
            cxt.setParams({ name });
            cxt.error();
          } else {
            cxt.subschema({ keyword, dataProp: name, dataPropType: textual }, memberValid);
          }
          valid(memberValid);
        });
      }),
    ),
  );
}
