import type { Schema, Schemas, Violation } from '../../../schema/index.js';
import { lookAt } from '../../../schema/outlook.js';
import { viewOf } from '../../../schema/view.js';
import { readJson } from '../../../text/json.js';
import { isObject, type Json } from '../../../text/value.js';
import { isJson } from '../../media-type.js';

/** JSON in the text of `data`, where the schema says what it has to be (`contentSchema`; OpenAPI 3.2, 4.14.4). */
export function contentViolations(item: Schema, schemas: Schemas | undefined, value: unknown, at: string): Violation[] {
  if (schemas === undefined || !isObject(value as Json)) return [];
  const { data } = value as Record<string, Json>;
  if (typeof data !== 'string') return [];
  return contentSchemasOf(item, schemas, value as Json).flatMap((schema) => {
    const json = readJson(data);
    if (json.ok) return schema.problem === null ? schema.validate(json.value, 'body', `${at}/data`) : [];
    const { expected, found } = json.fault;
    const message = `data is not JSON: expected ${expected}, found ${found}`;
    return [
      {
        in: 'body',
        pointer: `${at}/data`,
        keyword: 'contentMediaType',
        message,
        expected,
        schemaPointer: schema.pointer,
        params: {},
      },
    ];
  });
}

/** What the JSON in the data of an event has to be. */
export function contentSchemasOf(item: Schema, schemas: Schemas, event: Json): readonly Schema[] {
  const { direction } = item;
  const { parts: held } = lookAt(schemas, direction, [item.pointer], event);
  const ways = viewOf(schemas.document)
    .member(held, 'data')
    .map(({ pointer }) => pointer);
  const data = isObject(event) ? event.data : undefined;
  return lookAt(schemas, direction, ways, data ?? '').parts.flatMap(({ pointer, schema }) => {
    const isDescribed = schema.contentSchema !== undefined && isJson(String(schema.contentMediaType));
    return isDescribed ? [schemas.at(`${pointer}/contentSchema`, direction)] : [];
  });
}
