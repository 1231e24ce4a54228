import { equalityKey } from '../../schema/equality.js';
import type { JsonSchema } from '../../schema/index.js';
import { isSchema, typeNames } from '../../schema/keywords.js';
import { isMultipleOf } from '../../schema/multiple-of.js';
import { compilePattern } from '../../schema/pattern/pattern.js';
import { addAll } from '../../text/many.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { insteadOf, remember, type Site, type Sites } from './site.js';

/** `not` with one of these alone cannot be said without `not`: what is drawn is compared with it. */
const irreducible = new Set(['const', 'enum', 'pattern', 'format', 'multipleOf', 'uniqueItems']);

/** Whether `not` of this schema is left to whoever draws the value. */
export function isIrreducible(negated: JsonSchema): boolean {
  return isObject(negated) && Object.keys(negated).length === 1 && irreducible.has(Object.keys(negated)[0] as string);
}

/**
 * Whether a value is one that an irreducible `not` refuses.
 * @param hasFormat whether a string is of a format
 */
export function isRefuted(
  { const: constant, enum: values, multipleOf, pattern, format }: JsonObject,
  value: Json,
  hasFormat: (format: string, text: string) => boolean = () => false,
): boolean {
  if (typeof value === 'number' && typeof multipleOf === 'number') return isMultipleOf(value, multipleOf);
  if (typeof value === 'string' && typeof pattern === 'string') return compilePattern(pattern)?.test(value) ?? false;
  if (typeof value === 'string' && typeof format === 'string') return hasFormat(format, value);
  const refused = constant === undefined ? values : [constant];
  return Array.isArray(refused) && refused.some((one) => equalityKey(one) === equalityKey(value));
}

/**
 * Schemas of which any one makes a value invalid under this one: what `not` asks for, said without `not`, one
 * level deep. None: everything is valid under this one. Together they need not cover all that is invalid.
 */
export function refutations(site: Site, sites: Sites): readonly Site[] {
  const { value } = site;
  if (typeof value === 'boolean') return value ? [] : [insteadOf(site, true)];
  return remember(site, 'refutations', () => {
    const alternatives: Site[] = [];
    for (const [keyword, refute] of Object.entries(refutationOf)) {
      if (value[keyword] !== undefined) {
        addAll(
          alternatives,
          refute(value[keyword], value).map((schema) => insteadOf(site, schema)),
        );
      }
    }
    for (const { to } of sites.references(site)) {
      if (to) alternatives.push(insteadOf(to, { not: to.value }));
    }
    return alternatives;
  });
}

const not = (schema: Json | JsonSchema): JsonObject => ({ not: schema as Json });

/** How each keyword is broken, the ways that change a value least first. `type` is last: it changes everything. */
const refutationOf: Readonly<Record<string, (held: Json, schema: JsonObject) => readonly JsonSchema[]>> = {
  const: (held) => [not({ const: held })],
  enum: (held) => [not({ enum: held })],
  required: (held) => strings(held).map((name) => ({ type: 'object', properties: { [name]: false } })),
  properties: (held) =>
    schemasIn(held).map(([name, schema]) => ({
      type: 'object',
      properties: { [name]: not(schema) },
      required: [name],
    })),
  minimum: (held) => [{ type: 'number', exclusiveMaximum: held }],
  maximum: (held) => [{ type: 'number', exclusiveMinimum: held }],
  exclusiveMinimum: (held) => [{ type: 'number', maximum: held }],
  exclusiveMaximum: (held) => [{ type: 'number', minimum: held }],
  multipleOf: (held) => [{ type: 'number', ...not({ multipleOf: held }) }],
  minLength: (held) => fewer('string', 'maxLength', held),
  maxLength: (held) => [{ type: 'string', minLength: Number(held) + 1 }],
  pattern: (held) => [{ type: 'string', ...not({ pattern: held }) }],
  format: (held) => [{ type: 'string', ...not({ format: held }) }],
  minItems: (held) => fewer('array', 'maxItems', held),
  maxItems: (held) => [{ type: 'array', minItems: Number(held) + 1 }],
  uniqueItems: (held) => (held ? [{ type: 'array', minItems: 2, ...not({ uniqueItems: true }) }] : []),
  prefixItems: (held) =>
    (Array.isArray(held) ? held : []).map((schema, index) => ({
      type: 'array',
      minItems: index + 1,
      prefixItems: [...Array<boolean>(index).fill(true), not(schema)],
    })),
  items(held, schema) {
    const prefix = Array.isArray(schema.prefixItems) ? schema.prefixItems.length : 0;
    return [{ type: 'array', minItems: prefix + 1, prefixItems: Array<boolean>(prefix).fill(true), items: not(held) }];
  },
  contains(held, schema) {
    const { minContains, maxContains } = schema;
    return [
      ...(minContains === 0 ? [] : [{ type: 'array', items: not(held) }]),
      ...(typeof maxContains === 'number' ? [{ type: 'array', minItems: maxContains + 1, items: held }] : []),
    ];
  },
  minProperties: (held) => fewer('object', 'maxProperties', held),
  maxProperties: (held) => [{ type: 'object', minProperties: Number(held) + 1 }],
  additionalProperties: (held, schema) => [member(strangerTo(schema), not(held))],
  unevaluatedProperties: (held, schema) => [member(strangerTo(schema), not(held))],
  patternProperties: (held) =>
    schemasIn(held).map(([pattern, schema]) => ({
      type: 'object',
      minProperties: 1,
      propertyNames: { pattern },
      additionalProperties: not(schema),
    })),
  propertyNames: (held) => [{ type: 'object', minProperties: 1, propertyNames: not(held) }],
  dependentRequired: (held) =>
    isObject(held)
      ? Object.entries(held).flatMap(([trigger, names]) =>
          strings(names).map((name) => ({ type: 'object', required: [trigger], properties: { [name]: false } })),
        )
      : [],
  dependentSchemas: (held) =>
    schemasIn(held).map(([trigger, schema]) => ({ type: 'object', required: [trigger], ...not(schema) })),
  allOf: (held) => schemasIn(held).map(([, schema]) => not(schema)),
  anyOf: (held) => [{ allOf: schemasIn(held).map(([, schema]) => not(schema)) }],
  oneOf: (held) => [{ allOf: schemasIn(held).map(([, schema]) => not(schema)) }],
  not: (held) => [held as JsonSchema],
  if: (held, schema) => [
    ...(isSchema(schema.then) ? [{ allOf: [held, not(schema.then)] }] : []),
    ...(isSchema(schema.else) ? [{ allOf: [not(held), not(schema.else)] }] : []),
  ],
  type(held) {
    const named = Array.isArray(held) ? held : [held];
    const others = typeNames.filter(
      (type) => !named.includes(type) && !(type === 'integer' && named.includes('number')),
    );
    const rest = others.filter((type) => type !== 'number' || !named.includes('integer'));
    return [
      ...(rest.length > 0 ? [{ type: rest }] : []),
      ...(others.length > rest.length ? [{ type: 'number', ...not({ multipleOf: 1 }) }] : []),
    ];
  },
};

function fewer(type: string, keyword: string, held: Json): JsonObject[] {
  return Number(held) > 0 ? [{ type, [keyword]: Number(held) - 1 }] : [];
}

function member(name: string, schema: JsonObject): JsonObject {
  return { type: 'object', required: [name], properties: { [name]: schema } };
}

/** A member name that a schema neither declares nor, as far as names go, could have in mind. */
function strangerTo(schema: JsonObject): string {
  const declared = isObject(schema.properties) ? schema.properties : {};
  let name = 'other';
  for (let count = 2; Object.hasOwn(declared, name); count++) name = `other${count}`;
  return name;
}

function strings(held: Json): string[] {
  return Array.isArray(held) ? held.filter((item) => typeof item === 'string') : [];
}

/** The schemas in a list or a map, with their indices or names. */
function schemasIn(held: Json): [string, JsonSchema][] {
  return Object.entries(Object(held)).filter((pair): pair is [string, JsonSchema] => isSchema(pair[1] as Json));
}
