import type { Document } from '../../../document/index.js';
import type { Schema, Schemas, Violation } from '../../../schema/index.js';
import { lookAt } from '../../../schema/outlook.js';
import { viewOf } from '../../../schema/view.js';
import { readJson } from '../../../text/json.js';
import { isObject, type Json } from '../../../text/value.js';
import { isJson } from '../../media-type.js';
import { primitiveTypes, shapeOf, wireType } from '../../parameter/shape.js';
import type { Content } from '../../types.js';
import {
  always,
  type BodyFormat,
  type BodyReading,
  type UnreadBody,
  type UnwrittenBody,
  type WrittenBody,
} from '../format.js';
import { bodyFault, readText, usableSchema } from '../read.js';
import { events } from './events.js';
import type { Framing, Item } from './framing.js';
import { itemSchemaOf } from './item-schema.js';
import { jsonLines, jsonSequence } from './json-texts.js';
import { parts } from './parts.js';

/** A body of items. Each media type of the kind is framed in its own way. */
function sequenceFormat(name: BodyFormat['name'], covers: BodyFormat['covers'], framing: Framing): BodyFormat {
  return { name, covers, isRead: true, fits: always, framing, write, read };

  function write(body: UnwrittenBody): WrittenBody {
    const items = Array.isArray(body.value) ? body.value : [body.value];
    const contentType = framing.contentType(items, body);
    const frames = items.map((item, index) => framing.frame(item, index, { ...body, mediaType: contentType }));
    return { body: frames.join('') + framing.end(contentType), contentType };
  }

  function read(body: UnreadBody): BodyReading {
    if (isText(body.content, body.document)) return readText(body);
    return judge(framing, body);
  }
}

export const eventStream = sequenceFormat('events', ({ essence }) => essence === 'text/event-stream', events);

export const lines = sequenceFormat(
  'json lines',
  ({ essence }) => /^application\/(?:x-)?(?:ndjson|jsonl(?:ines)?|json-lines)$|\+(?:ndjson|jsonl)$/.test(essence),
  jsonLines,
);

export const records = sequenceFormat(
  'json sequence',
  ({ essence }) => /(?:^application\/|\+)json-seq$/.test(essence),
  jsonSequence,
);

export const mixed = sequenceFormat(
  'parts',
  ({ type, subtype }) => type === 'multipart' && subtype !== 'form-data',
  parts,
);

/** Whether the schema is about the text: documents before 3.2 had no other word for it. */
function isText(content: Content, document: Document): boolean {
  if (content.sequence?.item) return false;
  const schema = usableSchema(content);
  return schema !== null && (shapeOf(schema, document).types & ~primitiveTypes) === 0;
}

/** Each item held against what is said of items, and all of them, where the last has come, against what is said of the whole. */
function judge(framing: Framing, { bytes, type, content, document, isOpen = false }: UnreadBody): BodyReading {
  const { items, faults } = framing.cut({ bytes, type, content, isOpen });
  const violations: Violation[] = faults.map(({ index, message, expected }) => ({
    ...bodyFault(content, 'syntax', message, expected, {}),
    pointer: `/${index}`,
  }));
  const schema = usableSchema(content);
  const item = itemSchemaOf(content);
  const isList = schema !== null && (shapeOf(schema, document).types & wireType.array) !== 0;
  const values: unknown[] = [];
  for (const [index, readings] of items.entries()) {
    const settled = settle(readings, item?.problem === null ? item : null, `/${index}`);
    values.push(settled.value);
    violations.push(...settled.violations);
    if (item?.problem === null) {
      violations.push(...contentViolations(item, content.sequence?.schemas, settled.value, `/${index}`));
    }
  }
  // What only the whole can break, and what no single schema says of the items.
  if (isList && violations.length === 0) {
    const ofWhole = schema.validate(values, 'body');
    violations.push(...ofWhole.filter(({ pointer }) => !isOpen || pointer !== ''));
  }
  return { value: values, violations };
}

/** The first reading that fits, or else the first there is. */
function settle(
  readings: Item,
  schema: Schema | null,
  at: string,
): { readonly value: unknown; readonly violations: Violation[] } {
  const [first] = readings;
  if (schema === null) return { value: first?.value, violations: [] };
  const tried = readings.map((draft) => ({ draft, violations: draft.settle(schema, 'body', at) }));
  const best = tried.find(({ violations }) => violations.length === 0) ?? tried[0];
  return { value: best?.draft.value, violations: best?.violations ?? [] };
}

/** JSON in the text of `data`, where the schema says what it has to be (`contentSchema`; OpenAPI 3.2, 4.14.4). */
function contentViolations(item: Schema, schemas: Schemas | undefined, value: unknown, at: string): Violation[] {
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
