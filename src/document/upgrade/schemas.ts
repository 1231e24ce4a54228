import { upgradeFromThreeToThreeOne } from '@scalar/openapi-upgrader/3.0-to-3.1';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import type { Origins, Place } from '../read/origins.js';

/** A Schema Object of OpenAPI 3.0 or 2.0, and where it was written. */
export interface OldSchema {
  readonly value: JsonObject;
  readonly place: Place;
}

/** Whether a schema says something that OpenAPI 3.1 says otherwise. */
export function isOldSchema(schema: JsonObject): boolean {
  return (
    schema.nullable !== undefined ||
    schema['x-nullable'] !== undefined ||
    (schema.$ref !== undefined && Object.keys(schema).length > 1) ||
    typeof schema.exclusiveMinimum === 'boolean' ||
    typeof schema.exclusiveMaximum === 'boolean' ||
    typeof schema.discriminator === 'string' ||
    schema.type === 'file' ||
    oldFormats.has(schema.format as string)
  );
}

const oldFormats: ReadonlySet<string> = new Set(['binary', 'byte', 'base64']);

/**
 * Brings schemas to JSON Schema 2020-12, in place. The upgrader is given only the keywords that it is there
 * for, each schema by itself: over a whole document it also rewrites properties, examples and enum values
 * that are merely named like keywords.
 * @returns the objects that now hold the `$ref` of a schema that held it before
 */
export function upgradeSchemas(schemas: readonly OldSchema[], origins: Origins): Map<JsonObject, JsonObject> {
  const holders = new Map<JsonObject, JsonObject>();
  const changed = schemas.filter(({ value }) => isOldSchema(value));
  for (const { value, place } of changed) {
    renameVersionTwo(value);
    if (typeof value.$ref === 'string') ignoreSiblings(value);
    allowNull(value, place, origins, holders);
  }
  upgradeKeywords(changed.map(({ value }) => value));
  return holders;
}

/** What OpenAPI 2.0 has another word for. */
function renameVersionTwo(schema: JsonObject): void {
  if (schema.type === 'file') {
    schema.type = 'string';
    schema.format = 'binary';
  }
  if (typeof schema.discriminator === 'string') schema.discriminator = { propertyName: schema.discriminator };
  if (typeof schema['x-nullable'] === 'boolean') {
    schema.nullable ??= schema['x-nullable'];
    delete schema['x-nullable'];
  }
}

/**
 * "This object cannot be extended with additional properties and any properties added SHALL be ignored"
 * (Reference Object, OpenAPI 3.0.4, 4.7.24). What only describes is kept, and so is `nullable`: documents
 * that have it beside `$ref` mean it.
 */
function ignoreSiblings(schema: JsonObject): void {
  for (const name of Object.keys(schema)) {
    if (!keptSiblings.has(name) && !name.startsWith('x-')) delete schema[name];
  }
}

const keptSiblings: ReadonlySet<string> = new Set(['$ref', 'nullable', 'title', 'description', 'summary']);

/** Keywords that refuse null whatever `type` allows. */
const compositions = ['$ref', 'allOf', 'anyOf', 'oneOf', 'not'] as const;

/**
 * `nullable: true` allows null, also where 3.0.3 would have it mean nothing (without `type`) or be refused
 * by an `enum` or `allOf` beside it: who writes it there means it.
 */
function allowNull(schema: JsonObject, place: Place, origins: Origins, holders: Map<JsonObject, JsonObject>): void {
  if (schema.nullable !== true) return;
  if (Array.isArray(schema.enum) && !schema.enum.includes(null)) schema.enum = [...schema.enum, null];
  const present = compositions.filter((name) => name in schema);
  if (present.length === 1 && present[0] === 'anyOf' && Array.isArray(schema.anyOf)) {
    schema.anyOf = [...schema.anyOf, { type: 'null' }];
  } else if (present.length > 0) {
    const inner: JsonObject = {};
    for (const name of [...present, ...('$ref' in schema ? [] : ['discriminator'])]) {
      if (name in schema) {
        inner[name] = schema[name] as Json;
        delete schema[name];
      }
    }
    schema.anyOf = [inner, { type: 'null' }];
    origins.set(inner, place);
    holders.set(schema, inner);
  }
}

interface Group {
  readonly names: readonly string[];
  applies(schema: JsonObject): boolean;
}

/** The keywords that the upgrader translates, in groups that do not stand in each other's way there. */
const groups: readonly Group[] = [
  { names: ['type', 'format'], applies: ({ format }) => oldFormats.has(format as string) },
  { names: ['type', 'nullable'], applies: ({ nullable }) => nullable !== undefined },
  {
    names: ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum'],
    applies: ({ exclusiveMinimum, exclusiveMaximum }) =>
      typeof exclusiveMinimum === 'boolean' || typeof exclusiveMaximum === 'boolean',
  },
];

/** Most schemas say the same few things, so each is translated once. */
function upgradeKeywords(schemas: readonly JsonObject[]): void {
  const parts: Record<string, JsonObject> = {};
  const work = groups.flatMap(({ names, applies }) =>
    schemas.filter(applies).map((schema) => {
      const part = pick(schema, names);
      const key = JSON.stringify(part);
      parts[key] ??= part;
      return { schema, names, key };
    }),
  );
  const document = { openapi: '3.0.4', info: {}, paths: {}, components: { schemas: parts } };
  const { components } = upgradeFromThreeToThreeOne(document) as { components: { schemas: typeof parts } };
  for (const { schema, names, key } of work) replace(schema, names, components.schemas[key] as JsonObject);
}

function pick(schema: JsonObject, names: readonly string[]): JsonObject {
  const part: JsonObject = {};
  for (const name of names) {
    const value = schema[name];
    if (value !== undefined && !isObject(value)) part[name] = value;
  }
  return part;
}

/** Puts what became of some keywords in their place. */
function replace(schema: JsonObject, names: readonly string[], upgraded: JsonObject): void {
  for (const name of names) {
    // Undefined is also what the upgrader makes of an exclusive bound without a bound.
    if (upgraded[name] === undefined && !isObject(schema[name])) delete schema[name];
  }
  for (const [name, value] of Object.entries(upgraded)) {
    if (value !== undefined) {
      schema[name] = name === 'type' && Array.isArray(value) ? [...new Set(value.flat())] : value;
    }
  }
  // What is left of it: false, or true where no type is.
  if (names.includes('nullable')) delete schema.nullable;
}
