import type { Document } from '../../document/index.js';
import type { Schemas } from '../../schema/index.js';
import { pointerOf } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { lookAt } from '../derive/views.js';

/** Keywords that assert something of a value (JSON Schema 2020-12, Validation), by the type of value they are about. */
const assertions: Readonly<Record<string, readonly string[]>> = {
  any: ['type', 'enum', 'const', 'not', 'anyOf', 'oneOf'],
  number: ['multipleOf', 'maximum', 'exclusiveMaximum', 'minimum', 'exclusiveMinimum'],
  string: ['maxLength', 'minLength', 'pattern', 'format'],
  array: ['maxItems', 'minItems', 'uniqueItems', 'contains', 'minContains', 'maxContains', 'unevaluatedItems'],
  object: [
    'maxProperties',
    'minProperties',
    'required',
    'dependentRequired',
    'propertyNames',
    'additionalProperties',
    'unevaluatedProperties',
  ],
};
const allAssertions = Object.values(assertions).flat();

/** Keywords that hold one schema, and those that hold several, in a list or by name. */
const singles = ['items', 'additionalProperties', 'contains', 'propertyNames', 'not', 'if', 'then', 'else'];
const several = ['allOf', 'anyOf', 'oneOf', 'prefixItems', 'properties', 'patternProperties', 'dependentSchemas'];

/** How many values of one body, and how many items of one list, are looked at. */
const mostValues = 2000;
const mostItems = 20;

/** Hears of each assertion of a schema, by pointer, and of each value of an enumeration. */
export interface Visitor {
  keyword(pointer: string, value: Json): void;
  enumValue(pointer: string, value: Json): void;
}

/** All that a schema asserts, wherever it leads. */
export function visitSchema(document: Document, pointer: string, visitor: Visitor, seen: Set<string>): void {
  const open = [pointer];
  // What is added while it goes on is visited too, in the order of the document.
  for (const next of open) {
    const schema = document.at(next);
    if (!isObject(schema) || seen.has(next)) continue;
    seen.add(next);
    tellKeywords(next, schema, allAssertions, visitor);
    if (Array.isArray(schema.enum)) {
      for (const [index, value] of schema.enum.entries()) visitor.enumValue(`${next}/enum/${index}`, value);
    }
    if (typeof schema.$ref === 'string') open.push(document.resolve({ $ref: schema.$ref }, next).pointer);
    for (const keyword of singles) if (isObject(schema[keyword])) open.push(`${next}/${keyword}`);
    for (const keyword of several) {
      for (const name of Object.keys(schema[keyword] ?? {})) open.push(next + pointerOf(keyword, name));
    }
  }
}

/** What of a schema a value puts to the test. */
export function visitValue(schemas: Schemas, pointer: string, value: Json, visitor: Visitor): void {
  const { document } = schemas;
  const open: { pointer: string; value: Json }[] = [{ pointer, value }];
  for (let visits = 0; visits < mostValues; visits++) {
    const place = open.pop();
    if (place === undefined) return;
    const { views } = lookAt(document, schemas, place.pointer, place.value);
    for (const view of views) {
      tellKeywords(view.pointer, view.schema, keywordsAbout(place.value), visitor);
      tellEnumValue(view.pointer, view.schema, place.value, visitor);
      open.push(...below(view.pointer, view.schema, place.value));
    }
  }
}

function tellKeywords(pointer: string, schema: JsonObject, keywords: readonly string[], visitor: Visitor): void {
  for (const keyword of keywords) {
    const value = schema[keyword];
    // `true` asserts nothing.
    if (value !== undefined && value !== true) visitor.keyword(`${pointer}/${keyword}`, value);
  }
}

function tellEnumValue(pointer: string, schema: JsonObject, value: Json, visitor: Visitor): void {
  if (!Array.isArray(schema.enum)) return;
  const index = schema.enum.findIndex((member) => member === value || JSON.stringify(member) === JSON.stringify(value));
  if (index >= 0) visitor.enumValue(`${pointer}/enum/${index}`, value);
}

function keywordsAbout(value: Json): readonly string[] {
  const type = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
  return [...(assertions.any ?? []), ...(assertions[type] ?? [])];
}

/** The members and items of a value, each with the schema that is about it. */
function below(pointer: string, schema: JsonObject, value: Json): { pointer: string; value: Json }[] {
  if (Array.isArray(value)) {
    const prefix = Array.isArray(schema.prefixItems) ? schema.prefixItems.length : 0;
    return value.slice(0, mostItems).map((item, index) => ({
      pointer: index < prefix ? `${pointer}/prefixItems/${index}` : `${pointer}/items`,
      value: item,
    }));
  }
  if (!isObject(value)) return [];
  const properties = isObject(schema.properties) ? schema.properties : {};
  return Object.entries(value).map(([name, member]) => ({
    pointer: Object.hasOwn(properties, name)
      ? pointer + pointerOf('properties', name)
      : `${pointer}/additionalProperties`,
    value: member,
  }));
}
