import { lookAt } from '../../../schema/outlook.js';
import { viewOf } from '../../../schema/view.js';
import { writeJson } from '../../../text/integers.js';
import { isObject, type Json } from '../../../text/value.js';
import { isJson, parseMediaType } from '../../media-type.js';
import { bytesOf } from '../../text.js';
import { type FormValue, readForm } from '../form.js';
import { type BodyFormat, textOf, type UnwrittenBody } from '../format.js';
import { readParts } from '../multipart.js';
import { bodyFault } from '../read.js';

interface Part {
  readonly name: string;
  readonly text: string;
  readonly contentType: string | null;
  readonly isFile: boolean;
}

/**
 * A part for each member, and for each item of an array (OpenAPI 3.1, 4.8.15.2; RFC 7578): scalars as text, objects as
 * JSON, binary strings as files, unless the Encoding Object of the member names a media type.
 */
export const multipart: BodyFormat = {
  name: 'multipart',
  covers: ({ essence }) => essence === 'multipart/form-data',
  isRead: true,
  fits: (value) => isObject(value) || typeof value === 'string',
  write(body) {
    const { value, mediaType } = body;
    const members: [string, Json][] = isObject(value) ? Object.entries(value) : [['file', value]];
    const parts = members.flatMap(([name, member]) => partsOf(body, name, member));
    const given = parseMediaType(mediaType)?.parameters.get('boundary');
    const boundary = given ?? freeBoundary(parts);
    const contentType = given === undefined ? `${mediaType}; boundary=${boundary}` : mediaType;
    const pieces = parts.flatMap(({ name, contentType: type, text, isFile }) => [
      `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"`,
      isFile ? '; filename="counterproof.bin"' : '',
      `${type === null ? '' : `\r\nContent-Type: ${type}`}\r\n\r\n`,
      isFile ? bytesOf(text) : text,
      '\r\n',
    ]);
    return { body: joined([...pieces, `--${boundary}--\r\n`]), contentType };
  },
  read({ content, type, bytes, document, budget }) {
    const reading = readParts(bytes, type.parameters.get('boundary'), budget);
    if (!reading.ok) {
      const message = `body is not multipart/form-data: expected ${reading.expected}, found ${reading.found}`;
      return { violations: [bodyFault(content, 'syntax', message, reading.expected, { found: reading.found })] };
    }
    const fields = new Map<string, FormValue[]>();
    for (const part of reading.parts) {
      const values = fields.get(part.name);
      if (values) values.push({ part });
      else fields.set(part.name, [{ part }]);
    }
    return readForm({ fields, decode: (text) => text, budget }, content, document);
  },
};

function partsOf(body: UnwrittenBody, name: string, member: Json): Part[] {
  const { content } = body;
  const encoding = content && Object.hasOwn(content.encoding, name) ? content.encoding[name] : undefined;
  const [named = ''] = typeof encoding?.contentType === 'string' ? encoding.contentType.split(',', 1) : [];
  const isFile = isBinary(body, name, member);
  return (Array.isArray(member) ? member : [member]).map((item) => {
    const usual = typeof item === 'object' ? 'application/json' : isFile ? 'application/octet-stream' : null;
    const contentType = named === '' || named.includes('*') ? usual : named.trim();
    const text = contentType !== null && isJson(contentType) ? writeJson(item) : textOf(item);
    return { name, text, contentType, isFile };
  });
}

/** Text, unless there are bytes among the pieces that are none. */
function joined(pieces: readonly (string | Uint8Array)[]): string | Uint8Array {
  if (pieces.every((piece) => typeof piece === 'string')) return pieces.join('');
  const encoder = new TextEncoder();
  return Uint8Array.from(
    pieces.flatMap((piece) => Array.from(typeof piece === 'string' ? encoder.encode(piece) : piece)),
  );
}

/** A boundary that no part has in it (RFC 2046, 5.1.1). */
function freeBoundary(parts: readonly Part[]): string {
  let boundary = 'counterproof-part';
  while (parts.some(({ text }) => text.includes(boundary))) boundary += '-';
  return boundary;
}

function isBinary({ content, value, schemas }: UnwrittenBody, name: string, member: Json): boolean {
  if (!content?.schema) return false;
  const { pointer, direction } = content.schema;
  const view = viewOf(schemas.document);
  const { parts } = lookAt(schemas, direction, [pointer], value);
  const own = view.member(parts, name).map((part) => part.pointer);
  const held = lookAt(schemas, direction, own, member).parts;
  const items = view.certain(...view.under(held, 'items').map(({ to }) => to));
  return [...held, ...items].some(
    ({ schema }) => schema.format === 'binary' || schema.contentMediaType === 'application/octet-stream',
  );
}

/** As browsers do (HTML, "multipart/form-data encoding algorithm"). */
function quoted(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
