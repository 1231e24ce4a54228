import { pointerOf, referenceTo } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { type Origins, placeIn } from '../read/origins.js';
import type { File, Link } from '../refer/reference.js';
import { type Frame, segmentsOf } from '../refer/walk.js';

/**
 * Whether content of a media type is a sequence of items (OpenAPI 3.2, 4.14.3.1), framed one by one. What parts of a
 * form are named is no sequence.
 */
export function isSequential(mediaType: string): boolean {
  return /^(?:text\/event-stream|application\/(?:x-)?(?:ndjson|jsonl(?:ines)?|json-lines|json-seq)|[^;]*\+(?:json-seq|jsonl|ndjson)|multipart\/(?!form-data)[\w.-]+)\s*(?:;|$)/i.test(
    mediaType,
  );
}

/**
 * Says of content whose items are described what the whole is: the list of them. So who reads a schema need not know of
 * `itemSchema`.
 * @returns the references to the schemas of items, which are part of the schemas that were made
 */
export function describeSequences(
  described: readonly { readonly frame: Frame; readonly file: File }[],
  origins: Origins,
): Link[] {
  return described.flatMap(({ frame, file }): Link[] => {
    const { value, from } = frame;
    const { itemSchema, schema } = value;
    const isContent = 'kind' in from && from.kind === 'content';
    if (itemSchema === undefined || (isContent && !isSequential(frame.member ?? ''))) return [];
    const segments = [...segmentsOf(frame), 'itemSchema'];
    const text = referenceTo(pointerOf(...segments));
    const items: JsonObject = { $ref: text };
    const list: JsonObject = { type: 'array', items };
    if (isSchema(schema)) {
      origins.set(schema, placeIn(file, [...segmentsOf(frame), 'schema']));
      value.schema = { allOf: [schema, list] };
    } else value.schema = list;
    const site = { file, holder: items, member: '$ref', text, kind: 'schema', frame, steps: ['itemSchema'] } as const;
    return [{ site, target: { file, segments, value: itemSchema }, asWritten: false }];
  });
}

function isSchema(value: Json | undefined): value is Json {
  return typeof value === 'boolean' || isObject(value);
}
