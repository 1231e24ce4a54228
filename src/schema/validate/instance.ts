import { _, Ajv2020 } from 'ajv/dist/2020.js';
import { formats } from '../formats.js';
import { helpers } from './helpers.js';
import { contains, items, prefixItems, unevaluatedItems } from './items.js';
import { additionalProperties, propertyNames, unevaluatedProperties } from './members.js';
import { dynamicReference, reference } from './reference.js';
import { anyOf, ifThenElse, oneOf } from './unions.js';
import type { Compiler, Target, Validator } from './validator.js';
import { enumeration, multipleOf, nothing, uniqueItems } from './values.js';

/** The keywords that Ajv has otherwise, or not at all; each says why. */
const ownKeywords = [
  anyOf,
  oneOf,
  ifThenElse,
  prefixItems,
  items,
  contains,
  unevaluatedItems,
  additionalProperties,
  propertyNames,
  unevaluatedProperties,
  enumeration,
  multipleOf,
  uniqueItems,
  nothing,
];

/**
 * The only Ajv.
 * @param target finds what a translated `$ref` names
 * @param keepsSource whether the code of each validator is kept beside it
 */
export function createAjv(target: (key: string) => Target, keepsSource = false): Compiler {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: false,
    messages: false,
    // The schemas have been read against the meta-schema when they come here: see survey.ts.
    meta: false,
    validateSchema: false,
    addUsedSchema: false,
    logger: false,
    ownProperties: true,
    // Tidying the code takes Ajv longer than making it, and V8 does it anyway.
    code: {
      optimize: false,
      source: keepsSource,
      formats: _`helpers.formats`,
      regExp: Object.assign(helpers.patternOf, { code: 'helpers.patternOf' }),
    },
  });
  for (const [name, format] of Object.entries(formats)) ajv.addFormat(name, format);
  for (const definition of [reference(target), dynamicReference(target), ...ownKeywords]) {
    ajv.removeKeyword(definition.keyword as string);
    ajv.addKeyword(definition);
  }
  return {
    compile(schema, tracked) {
      // Keeping track of what was evaluated costs time: only where `unevaluated…` asks for it.
      ajv.opts.unevaluated = tracked;
      return ajv.compile(schema) as unknown as Validator;
    },
  };
}
