import type { Document } from '../../document/index.js';
import { isJson } from '../../operation/index.js';
import { isObject, type Json } from '../../text/value.js';
import { serializeXml } from './xml.js';

/** A body as it goes on the wire, and the Content-Type that says so. */
export interface Serialized {
  readonly body: string | Uint8Array;
  readonly contentType: string;
}

/** What each value is sent as, where the document names only a range. */
const concrete: Readonly<Record<string, string>> = {
  '*/*': 'application/json',
  'application/*': 'application/json',
  'text/*': 'text/plain',
  'image/*': 'image/png',
  'audio/*': 'audio/mpeg',
  'video/*': 'video/mp4',
  'multipart/*': 'multipart/form-data',
};

/** The media type that is sent for one that is declared: what it names, or the likeliest in its range. */
export function concreteMediaType(declared: string): string {
  const [essence = '', ...parameters] = declared.split(';');
  const name = essence.trim().toLowerCase();
  const chosen = concrete[name] ?? (name.endsWith('/*') ? 'application/octet-stream' : essence.trim());
  return [chosen.replace('*+', ''), ...parameters].join(';');
}

/**
 * A value in a media type: JSON and its lines, events, forms, XML, text. A string is the text, or the bytes, itself.
 * @param schemaPointer for XML, which names elements after the schema; null where there is none
 */
export function serialize(
  value: Json,
  mediaType: string,
  document: Document,
  schemaPointer: string | null,
): Serialized {
  const essence = mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (isJson(mediaType)) return { body: JSON.stringify(value), contentType: mediaType };
  if (/^application\/(?:x-)?(?:ndjson|jsonl(?:ines)?|json-lines|json-seq)$/.test(essence)) {
    const separator = essence.endsWith('json-seq') ? '\u001e' : '';
    const items = Array.isArray(value) ? value : [value];
    return { body: items.map((item) => `${separator}${JSON.stringify(item)}\n`).join(''), contentType: mediaType };
  }
  if (essence === 'text/event-stream') return { body: events(value), contentType: mediaType };
  if (essence === 'application/x-www-form-urlencoded') return { body: form(value), contentType: mediaType };
  if (essence.startsWith('multipart/')) return multipart(value, mediaType);
  if (typeof value === 'string') return { body: value, contentType: withCharset(mediaType) };
  if (/[/+]xml$/.test(essence)) {
    return { body: serializeXml(value, document, schemaPointer), contentType: withCharset(mediaType) };
  }
  return {
    body: typeof value === 'object' ? JSON.stringify(value) : String(value),
    contentType: withCharset(mediaType),
  };
}

/** RFC 9110, 8.3.2: text has a charset; what is not text has none. */
function withCharset(mediaType: string): string {
  return /^text\//i.test(mediaType) && !/charset/i.test(mediaType) ? `${mediaType}; charset=utf-8` : mediaType;
}

/** Server-sent events (HTML, 9.2.6): an item each, with its own `event`, `id` and `data` where it has them. */
function events(value: Json): string {
  const items = Array.isArray(value) ? value : [value];
  return items.map(event).join('');
}

function event(item: Json): string {
  if (typeof item === 'string' && /^(?:data|event|id|retry|):/m.test(item)) return `${item.trimEnd()}\n\n`;
  const isEvent = isObject(item) && 'data' in item && Object.keys(item).every((name) => eventFields.has(name));
  const fields: [string, Json][] = isEvent ? Object.entries(item) : [['data', item]];
  return `${fields
    .flatMap(([name, field]) => {
      const text = typeof field === 'string' ? field : JSON.stringify(field);
      return text.split(/\r\n|\r|\n/).map((line) => `${name}: ${line}\n`);
    })
    .join('')}\n`;
}

const eventFields = new Set(['data', 'event', 'id', 'retry']);

function form(value: Json): string {
  if (!isObject(value))
    return typeof value === 'string' ? value : new URLSearchParams({ value: text(value) }).toString();
  const parameters = new URLSearchParams();
  for (const [name, member] of Object.entries(value)) {
    for (const item of Array.isArray(member) ? member : [member]) parameters.append(name, text(item));
  }
  return parameters.toString();
}

function multipart(value: Json, mediaType: string): Serialized {
  const boundary = /boundary="?([^";]+)/i.exec(mediaType)?.[1] ?? 'counterproof-part';
  const members: [string, Json][] = isObject(value) ? Object.entries(value) : [['body', value]];
  const parts = members.flatMap(([name, member]) =>
    (Array.isArray(member) ? member : [member]).map((item) => {
      const type = typeof item === 'object' ? 'Content-Type: application/json\r\n' : '';
      const quoted = name.replaceAll(/["\r\n]/g, (character) => encodeURIComponent(character));
      return `--${boundary}\r\nContent-Disposition: form-data; name="${quoted}"\r\n${type}\r\n${text(item)}\r\n`;
    }),
  );
  const contentType = /boundary=/i.test(mediaType) ? mediaType : `${mediaType}; boundary=${boundary}`;
  return { body: `${parts.join('')}--${boundary}--\r\n`, contentType };
}

function text(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
