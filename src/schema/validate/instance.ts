import { Ajv2020 } from 'ajv/dist/2020.js';
import { formats } from '../formats.js';
import { compilePattern, type Pattern } from '../pattern/pattern.js';
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

/** The only Ajv. `target` finds what a translated `$ref` names. */
export function createAjv(target: (key: string) => Target): Compiler {
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
    code: { optimize: false, regExp: Object.assign(patternOf, { code: 'new RegExp' }) },
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

function patternOf(pattern: string): Pattern {
  const compiled = compilePattern(pattern);
  if (!compiled) throw new SyntaxError(`not a regular expression: ${pattern}`);
  return compiled;
}
