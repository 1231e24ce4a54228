import { isObject, type Json } from '../../../text/value.js';
import { always, type BodyFormat, textOf } from '../format.js';
import { readText } from '../read.js';

/** Server-sent events (HTML, 9.2.6): an item each, with its own `event`, `id` and `data` where it has them. */
export const events: BodyFormat = {
  name: 'events',
  covers: ({ essence }) => essence === 'text/event-stream',
  isRead: false,
  fits: always,
  write({ value, mediaType }) {
    const items = Array.isArray(value) ? value : [value];
    return { body: items.map(event).join(''), contentType: mediaType };
  },
  read: readText,
};

const eventFields = new Set(['data', 'event', 'id', 'retry']);

function event(item: Json): string {
  if (typeof item === 'string' && /^(?:data|event|id|retry|):/m.test(item)) return `${item.trimEnd()}\n\n`;
  const isEvent = isObject(item) && 'data' in item && Object.keys(item).every((name) => eventFields.has(name));
  const fields: [string, Json][] = isEvent ? Object.entries(item) : [['data', item]];
  return `${fields
    .flatMap(([name, field]) =>
      textOf(field)
        .split(/\r\n|\r|\n/)
        .map((line) => `${name}: ${line}\n`),
    )
    .join('')}\n`;
}
