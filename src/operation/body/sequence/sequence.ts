import type { Document } from '../../../document/index.js';
import type { Schema, Violation } from '../../../schema/index.js';
import { addAll } from '../../../text/many.js';
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
import { contentViolations } from './content-schema.js';
import { events } from './events.js';
import { type Framing, type Item, maximumFaults } from './framing.js';
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

/** Whether the schema is about the text: documents before 3.2 had no other word for it. No text is a number: that is an item. */
function isText(content: Content, document: Document): boolean {
  if (content.sequence?.item) return false;
  const schema = usableSchema(content);
  if (schema === null) return false;
  const { types } = shapeOf(schema, document);
  return (types & ~primitiveTypes) === 0 && (types & wireType.string) !== 0;
}

/** Each item held against what is said of items, and all of them, where the last has come, against what is said of the whole. */
function judge(framing: Framing, { bytes, type, content, document, budget, isOpen = false }: UnreadBody): BodyReading {
  const { items, faults } = framing.cut({ bytes, type, content, budget, isOpen });
  const violations: Violation[] = faults.map(({ index, message, expected }) => ({
    ...bodyFault(content, 'syntax', message, expected, {}),
    pointer: `/${index}`,
  }));
  const schema = usableSchema(content);
  const item = itemSchemaOf(content);
  const isList = schema !== null && (shapeOf(schema, document).types & wireType.array) !== 0;
  const values: unknown[] = [];
  for (const [index, readings] of items.entries()) {
    const judged = item?.problem === null && violations.length < maximumFaults ? item : null;
    const settled = settle(readings, judged, `/${index}`);
    values.push(settled.value);
    addAll(violations, settled.violations);
    if (judged !== null) {
      addAll(violations, contentViolations(judged, content.sequence?.schemas, settled.value, `/${index}`));
    }
  }
  // What only the whole can break, and what no single schema says of the items.
  if (isList && violations.length === 0) {
    const ofWhole = schema.validate(values, 'body');
    addAll(
      violations,
      ofWhole.filter(({ pointer }) => !isOpen || pointer !== ''),
    );
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
