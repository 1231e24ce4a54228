import { scalarText, writeJson } from '../../../text/integers.js';
import { isObject, type Json } from '../../../text/value.js';
import { octets } from '../../media-type.js';
import { binaryString, bytesOf, decodeUtf8 } from '../../text.js';
import {
  always,
  type BodyFormat,
  type BodyReading,
  type UnreadBody,
  type UnwrittenBody,
  type WrittenBody,
} from '../format.js';
import { readText, settleText } from '../read.js';

/**
 * Text without a structure of its own: a string, a number or a boolean is its literal, all else is JSON. Of YAML that is true
 * as well, since JSON is YAML (YAML 1.2, 1.3), and it is not read back either.
 */
export const text: BodyFormat = {
  name: 'text',
  covers: ({ type, essence }) => type === 'text' || /^application\/(?:.+\+|x-|vnd\.)?yaml$/.test(essence),
  isRead: false,
  fits: always,
  write: writeText,
  read: readText,
};

/** A page. What is no page by itself is shown on one. */
export const html: BodyFormat = {
  name: 'html',
  covers: ({ essence }) => essence === 'text/html',
  isRead: false,
  fits: always,
  write: ({ value, mediaType, ...rest }) =>
    writeText({ value: isPrimitive(value) ? value : page(value), mediaType, ...rest }),
  read: readText,
};

/** Bytes: a string of them has a character a byte. */
export const binary: BodyFormat = {
  name: 'binary',
  covers: ({ essence, type }) =>
    /^application\/(?:octet-stream|pdf|(?:x-)?g?zip)$/.test(essence) || /^(?:image|audio|video|font|model)$/.test(type),
  isRead: false,
  // A model of octets is sent as JSON; of what is not octets a sample alone is.
  fits: (value, { essence }) => isPrimitive(value) || essence === octets.essence,
  write(unwritten) {
    const { body, contentType } = writeText(unwritten);
    return { body: bytesOf(String(body)), contentType };
  },
  read: ({ bytes, content, document }) => settleText(binaryString(bytes), content, document),
};

/** Whatever else there is: its text is an example's, or what stands for it. */
export const other: BodyFormat = {
  name: 'other',
  covers: always,
  isRead: false,
  fits: isPrimitive,
  write: writeText,
  read: readOpaque,
};

function isPrimitive(value: Json): boolean {
  return value === null || typeof value !== 'object';
}

function writeText({ value, mediaType }: UnwrittenBody): WrittenBody {
  return { body: isPrimitive(value) ? scalarText(value) : writeJson(value), contentType: withCharset(mediaType) };
}

/** Many an `application/…` is text (YAML, GraphQL) without saying so; what is not UTF-8 is binary. */
function readOpaque(body: UnreadBody): BodyReading {
  if (body.type.parameters.has('charset')) return readText(body);
  const text = decodeUtf8(body.bytes);
  return settleText(text.ok ? text.text : binaryString(body.bytes), body.content, body.document);
}

/** RFC 9110, 8.3.2: text has a charset; what is not text has none. */
export function withCharset(mediaType: string): string {
  return /^text\//i.test(mediaType) && !/charset/i.test(mediaType) ? `${mediaType}; charset=utf-8` : mediaType;
}

function page(value: Json): string {
  const title = isObject(value) && typeof value.title === 'string' ? value.title : 'Answer';
  const [head, shown] = [title, writeJson(value, 2)].map(escaped);
  return `<!doctype html>\n<title>${head}</title>\n<pre>${shown}</pre>\n`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
