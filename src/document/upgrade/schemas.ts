import type { Json, JsonObject } from '../../text/value.js';
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
    Object.hasOwn(contentKeywords, String(schema.format))
  );
}

/** Whether a schema of OpenAPI 3.1 or later says `nullable: true`, which has no meaning there, and would refuse null without it. */
export function isNullableAsBefore({ nullable, type, ...others }: JsonObject): boolean {
  if (nullable !== true) return false;
  if (type !== undefined) return ![type].flat().includes('null');
  return 'enum' in others || compositions.some((name) => name in others);
}

/** Lets such schemas allow null: who writes it means it. Gives what `upgradeSchemas` gives. */
export function allowNulls(schemas: readonly OldSchema[], origins: Origins): Map<JsonObject, JsonObject> {
  const holders = new Map<JsonObject, JsonObject>();
  for (const { value, place } of schemas) allowNull(value, place, origins, holders);
  return holders;
}

/**
 * Brings schemas to JSON Schema 2020-12, in place, by what the release notes of OpenAPI 3.1 list.
 * @returns the objects that now hold the `$ref` of a schema that held it before
 */
export function upgradeSchemas(schemas: readonly OldSchema[], origins: Origins): Map<JsonObject, JsonObject> {
  const holders = new Map<JsonObject, JsonObject>();
  for (const { value, place } of schemas) {
    if (!isOldSchema(value)) continue;
    renameVersionTwo(value);
    if (typeof value.$ref === 'string') ignoreSiblings(value);
    allowNull(value, place, origins, holders);
    moveExclusiveBound(value, 'minimum', 'exclusiveMinimum');
    moveExclusiveBound(value, 'maximum', 'exclusiveMaximum');
    describeContent(value);
  }
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
  const { nullable, type } = schema;
  delete schema.nullable;
  if (nullable !== true) return;
  if (type !== undefined) schema.type = [...new Set([type, 'null'].flat())];
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

/** An exclusive bound is a number by itself. Without a bound beside it, it says nothing. */
function moveExclusiveBound(
  schema: JsonObject,
  bound: 'minimum' | 'maximum',
  exclusive: 'exclusiveMinimum' | 'exclusiveMaximum',
): void {
  const { [bound]: limit, [exclusive]: isExclusive } = schema;
  if (typeof isExclusive !== 'boolean') return;
  delete schema[exclusive];
  if (!isExclusive || limit === undefined) return;
  delete schema[bound];
  schema[exclusive] = limit;
}

/** Formats of strings that have a keyword of their own. What `byte` says can be asserted, and stays a format. */
const contentKeywords: Readonly<Record<string, JsonObject>> = {
  binary: { contentMediaType: 'application/octet-stream' },
  byte: { contentEncoding: 'base64' },
  base64: { contentEncoding: 'base64' },
};

function describeContent(schema: JsonObject): void {
  const { type, format } = schema;
  if (typeof format !== 'string' || !Object.hasOwn(contentKeywords, format)) return;
  if (type !== 'string' && !(Array.isArray(type) && type.includes('string'))) return;
  if (format === 'base64') schema.format = 'byte';
  if (format === 'binary') delete schema.format;
  Object.assign(schema, contentKeywords[format]);
}
