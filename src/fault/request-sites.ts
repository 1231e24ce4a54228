import { perOperation } from './per-operation.js';
import { sitesOf } from './schema-sites.js';
import type { Site } from './types.js';

/** Keywords that a server enforces by code that somebody has to write. */
const assertions = [
  'type',
  'enum',
  'const',
  'format',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
  'required',
  'additionalProperties',
  'minProperties',
  'maxProperties',
  'anyOf',
  'oneOf',
  'not',
] as const;

/** Every keyword of an operation's parameters and bodies that a server may forget to enforce. */
export const requestSites = perOperation(({ document, parameters, requestBody }): readonly Site[] =>
  [...parameters, ...(requestBody?.content ?? [])].flatMap(({ schema }) =>
    schema ? sitesOf(document, schema.pointer, assertions) : [],
  ),
);
