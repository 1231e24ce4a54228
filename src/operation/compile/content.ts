import { isSequential } from '../../document/index.js';
import type { Direction, Schema, Schemas } from '../../schema/index.js';
import { isSchema } from '../../schema/keywords.js';
import { readJson } from '../../text/json.js';
import { addAll } from '../../text/many.js';
import { child, pointerOf } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { isJson } from '../media-type.js';
import type { Content, NamedExample, Sequence } from '../types.js';

/** The entries of a `content` map, in the order of the document (Media Type Objects, OpenAPI 3.1, 4.8.14). */
export function compileContent(
  content: Json | undefined,
  pointer: string,
  schemas: Schemas,
  direction: Direction,
): Content[] {
  return Object.entries(isObject(content) ? content : {}).flatMap(([mediaType, value]) => {
    const found = schemas.document.resolve(value, pointer + pointerOf(mediaType));
    if (!isObject(found.value)) return [];
    const encoding = isObject(found.value.encoding) ? Object.entries(found.value.encoding) : [];
    return {
      mediaType,
      pointer: found.pointer,
      schema: schemaIn(found.value, found.pointer, schemas, direction),
      examples: examplesIn(found.value, found.pointer, schemas, mediaType),
      ...(isSequential(mediaType) && { sequence: sequenceIn(found.value, found.pointer, schemas, direction) }),
      encoding: Object.fromEntries(encoding.filter((entry): entry is [string, JsonObject] => isObject(entry[1]))),
    };
  });
}

function sequenceIn(value: JsonObject, pointer: string, schemas: Schemas, direction: Direction): Sequence {
  const { prefixEncoding, itemEncoding } = value;
  return {
    item: Object.hasOwn(value, 'itemSchema') ? schemas.at(pointer + pointerOf('itemSchema'), direction) : null,
    prefixEncoding: Array.isArray(prefixEncoding) ? prefixEncoding.map((each) => (isObject(each) ? each : {})) : [],
    itemEncoding: isObject(itemEncoding) ? itemEncoding : null,
    schemas,
  };
}

/** The schema in the member `schema` of a Media Type, Parameter or Header Object. */
export function schemaIn(value: JsonObject, pointer: string, schemas: Schemas, direction: Direction): Schema | null {
  return Object.hasOwn(value, 'schema') ? schemas.at(pointer + pointerOf('schema'), direction) : null;
}

/**
 * The examples of a Media Type, Parameter or Header Object, named ones first: `examples` with their `$ref`s, `example`,
 * and then those of its schema. Of a file (`externalValue`) the text stands there since the document was read. A schema's
 * `default` is left out.
 */
export function examplesIn(value: JsonObject, pointer: string, schemas: Schemas, mediaType?: string): NamedExample[] {
  const { document } = schemas;
  const examples: NamedExample[] = [];
  const named = child(value, 'examples');
  for (const [name, item] of isObject(named) ? Object.entries(named) : []) {
    const found = document.resolve(item, pointer + pointerOf('examples', name));
    const example = exampleIn(found.value, found.pointer, mediaType);
    if (example !== undefined) examples.push({ name, ...example });
  }
  addAll(examples, unnamed(value, pointer, ['example']));
  if (isSchema(value.schema)) {
    const schema = document.resolve(value.schema, pointer + pointerOf('schema'));
    addAll(examples, unnamed(schema.value, schema.pointer, ['examples', 'example']));
  }
  return examples;
}

/**
 * The value of an Example Object (OpenAPI 3.2, 4.19): as data, or as its text where there is nothing else.
 * @param mediaType undefined where a style says how the value stands on the wire, which is not read back
 */
function exampleIn(example: Json | undefined, pointer: string, mediaType: string | undefined) {
  const [member, given] =
    ['dataValue', 'value', 'serializedValue']
      .map((name) => [name, child(example, name)] as const)
      .find(([, value]) => value !== undefined) ?? [];
  if (member === undefined || given === undefined) return undefined;
  const text = child(example, 'serializedValue');
  const serialized = typeof text === 'string' && mediaType !== undefined ? { serialized: text } : {};
  const place = pointer + pointerOf(member);
  if (member !== 'serializedValue') return { value: given, ...serialized, pointer: place };
  if (typeof given !== 'string' || mediaType === undefined) return undefined;
  const json = isJson(mediaType) ? readJson(given) : null;
  return { value: json?.ok ? (json.value as Json) : given, ...serialized, pointer: place };
}

function unnamed(value: Json | undefined, pointer: string, members: readonly string[]): NamedExample[] {
  return members.flatMap((member): NamedExample[] => {
    const given = child(value, member);
    const place = pointer + pointerOf(member);
    if (member === 'examples') {
      const list = Array.isArray(given) ? given : [];
      return list.map((item, index) => ({ name: '', value: item, pointer: place + pointerOf(index) }));
    }
    return given === undefined ? [] : [{ name: '', value: given, pointer: place }];
  });
}
