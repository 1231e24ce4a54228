import type { Direction, Schema, Schemas } from '../../schema/index.js';
import { isSchema } from '../../schema/keywords.js';
import { child, pointerOf } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import type { Content, NamedExample } from '../types.js';

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
      examples: examplesIn(found.value, found.pointer, schemas),
      encoding: Object.fromEntries(encoding.filter((entry): entry is [string, JsonObject] => isObject(entry[1]))),
    };
  });
}

/** The schema in the member `schema` of a Media Type, Parameter or Header Object. */
export function schemaIn(value: JsonObject, pointer: string, schemas: Schemas, direction: Direction): Schema | null {
  return Object.hasOwn(value, 'schema') ? schemas.at(pointer + pointerOf('schema'), direction) : null;
}

/**
 * The examples of a Media Type, Parameter or Header Object, named ones first: `examples` with their `$ref`s, `example`,
 * and then those of its schema. What is in another file (`externalValue`) is left out, and so is a schema's `default`.
 */
export function examplesIn(value: JsonObject, pointer: string, schemas: Schemas): NamedExample[] {
  const { document } = schemas;
  const examples: NamedExample[] = [];
  const named = child(value, 'examples');
  for (const [name, example] of isObject(named) ? Object.entries(named) : []) {
    const found = document.resolve(example, pointer + pointerOf('examples', name));
    const given = child(found.value, 'value');
    if (given !== undefined) examples.push({ name, value: given, pointer: found.pointer + pointerOf('value') });
  }
  examples.push(...unnamed(value, pointer, ['example']));
  if (isSchema(value.schema)) {
    const schema = document.resolve(value.schema, pointer + pointerOf('schema'));
    examples.push(...unnamed(schema.value, schema.pointer, ['examples', 'example']));
  }
  return examples;
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
