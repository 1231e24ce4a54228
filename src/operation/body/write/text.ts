import type { Json } from '../../../text/value.js';
import { always, type BodyFormat, type UnwrittenBody, type WrittenBody } from './format.js';

/** Text without a structure of its own. */
export const text: BodyFormat = {
  name: 'text',
  covers: ({ essence }) => essence === 'text/plain' || essence === 'text/markdown',
  isRead: true,
  fits: isString,
  write: writeText,
};

/** Bytes: a string of them is written as it is. */
export const binary: BodyFormat = {
  name: 'binary',
  covers: ({ essence, type }) => essence === 'application/octet-stream' || /^(?:image|audio|video)$/.test(type),
  isRead: true,
  fits: isString,
  write: writeText,
};

/** Whatever else there is: its text is an example's, or what stands for it. */
export const other: BodyFormat = { name: 'other', covers: always, isRead: false, fits: isString, write: writeText };

function isString(value: Json): boolean {
  return typeof value === 'string';
}

function writeText({ value, mediaType }: UnwrittenBody): WrittenBody {
  const body = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return { body, contentType: withCharset(mediaType) };
}

/** RFC 9110, 8.3.2: text has a charset; what is not text has none. */
export function withCharset(mediaType: string): string {
  return /^text\//i.test(mediaType) && !/charset/i.test(mediaType) ? `${mediaType}; charset=utf-8` : mediaType;
}
