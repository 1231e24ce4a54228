import { isJson } from '../../media-type.js';
import { always, type BodyFormat } from './format.js';

/** One JSON text (RFC 8259). */
export const json: BodyFormat = {
  name: 'json',
  covers: ({ essence }) => isJson(essence),
  isRead: true,
  fits: always,
  write: ({ value, mediaType }) => ({ body: JSON.stringify(value), contentType: mediaType }),
};

/** A JSON text a line; each behind a record separator in `json-seq` (RFC 7464). */
export const jsonLines: BodyFormat = {
  name: 'json lines',
  covers: ({ essence }) => /^application\/(?:x-)?(?:ndjson|jsonl(?:ines)?|json-lines|json-seq)$/.test(essence),
  isRead: false,
  fits: always,
  write({ value, mediaType }) {
    const separator = /json-seq/i.test(mediaType) ? '\u001e' : '';
    const items = Array.isArray(value) ? value : [value];
    return { body: items.map((item) => `${separator}${JSON.stringify(item)}\n`).join(''), contentType: mediaType };
  },
};
