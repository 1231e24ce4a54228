import type { Document } from '../../document/index.js';
import type { Schema, Violation } from '../../schema/index.js';
import { readJson } from '../../text/json.js';
import { isJson, type MediaType, mediaTypeOf } from '../media-type.js';
import { Draft } from '../parameter/draft.js';
import { literalReadings } from '../parameter/literal.js';
import { formPairs } from '../parameter/pairs.js';
import { primitiveTypes, shapeOf } from '../parameter/shape.js';
import { binaryString, decodeText, decodeUtf8, percentDecodeForm } from '../text.js';
import type { Content } from '../types.js';
import { draftForm, type Form, type FormValue } from './form.js';
import { readParts } from './multipart.js';

/** A body after decoding. Without `value` where it cannot be decoded. */
export interface BodyReading {
  readonly value?: unknown;
  readonly violations: Violation[];
}

/**
 * Decodes and validates a body that falls under a declared content.
 *
 * JSON, forms and `multipart/form-data` are read to values and validated. Text and binary bodies are strings (binary:
 * one character a byte), validated where the schema lets a string be valid. XML and other formats with a structure
 * of their own are not read: their schema describes a model that only a parser of the format could check, so only
 * their charset is.
 *
 * @param mediaType The Content-Type as sent; where it was absent, that of the content.
 */
export function readBody(content: Content, mediaType: string, bytes: Uint8Array, document: Document): BodyReading {
  const type = mediaTypeOf(mediaType);
  if (type === null) return settleString(binaryString(bytes), usableSchema(content), document);
  if (isJson(mediaType)) return readJsonBody(content, bytes);
  if (type.essence === 'application/x-www-form-urlencoded') return readUrlEncoded(content, bytes, document);
  if (type.essence === 'multipart/form-data') return readMultipart(content, type, bytes, document);
  if (type.type === 'multipart') return { value: binaryString(bytes), violations: [] };
  if (isXml(type)) return readText(content, type, bytes, null, document);
  if (type.type === 'text' || type.parameters.has('charset')) {
    return readText(content, type, bytes, usableSchema(content), document);
  }
  return settleString(opaqueText(type, bytes), usableSchema(content), document);
}

/** null where there is none, or none that compiles (which `operation.problems` says). */
function usableSchema({ schema }: Content): Schema | null {
  return schema?.problem === null ? schema : null;
}

function isXml({ subtype }: MediaType): boolean {
  return subtype === 'xml' || subtype.endsWith('+xml');
}

/** RFC 8259: UTF-8 whatever `charset` says, which the media type does not have. */
function readJsonBody(content: Content, bytes: Uint8Array): BodyReading {
  const text = decodeUtf8(bytes);
  if (!text.ok) return { violations: [undecodable(content, text)] };
  const reading = readJson(text.text);
  if (!reading.ok) {
    const { line, column, expected, found } = reading.fault;
    const message = `body is not JSON: expected ${expected} at line ${line}, column ${column}, found ${found}`;
    return { violations: [fault(content, 'syntax', message, expected, { line, column, found })] };
  }
  return { value: reading.value, violations: usableSchema(content)?.validate(reading.value, 'body', '') ?? [] };
}

function readUrlEncoded(content: Content, bytes: Uint8Array, document: Document): BodyReading {
  const text = decodeUtf8(bytes);
  if (!text.ok) return { violations: [undecodable(content, text)] };
  const fields = new Map<string, FormValue[]>();
  for (const [name, raws] of formPairs(text.text).byName) {
    fields.set(
      name,
      raws.map((raw) => ({ raw })),
    );
  }
  return readForm({ fields, decode: percentDecodeForm }, content, document);
}

function readMultipart(content: Content, type: MediaType, bytes: Uint8Array, document: Document): BodyReading {
  const reading = readParts(bytes, type.parameters.get('boundary'));
  if (!reading.ok) {
    const message = `body is not multipart/form-data: expected ${reading.expected}, found ${reading.found}`;
    return { violations: [fault(content, 'syntax', message, reading.expected, { found: reading.found })] };
  }
  const fields = new Map<string, FormValue[]>();
  for (const part of reading.parts) {
    const values = fields.get(part.name);
    if (values) values.push({ part });
    else fields.set(part.name, [{ part }]);
  }
  return readForm({ fields, decode: (text) => text }, content, document);
}

function readForm(form: Form, content: Content, document: Document): BodyReading {
  const { draft, violations } = draftForm(form, content, shapeOf(content.schema, document));
  const schema = usableSchema(content);
  // A field that cannot be decoded is there, so it is not missing as well.
  const undecoded = new Set(violations.map(({ pointer }) => pointer));
  const invalid = schema ? draft.settle(schema, 'body', '') : [];
  violations.push(...invalid.filter(({ keyword, pointer }) => keyword !== 'required' || !undecoded.has(pointer)));
  return { value: draft.value, violations };
}

function readText(
  content: Content,
  type: MediaType,
  bytes: Uint8Array,
  schema: Schema | null,
  document: Document,
): BodyReading {
  const text = decodeText(bytes, type.parameters.get('charset'));
  if (!text.ok) return { violations: [undecodable(content, text)] };
  return settleString(text.text, schema, document);
}

/** Many an `application/…` is text (YAML, GraphQL, JSON lines) without saying so; what is not UTF-8 is binary. */
function opaqueText({ type, essence }: MediaType, bytes: Uint8Array): string {
  const text = type === 'application' && essence !== 'application/octet-stream' ? decodeUtf8(bytes) : null;
  return text?.ok ? text.text : binaryString(bytes);
}

function settleString(text: string, schema: Schema | null, document: Document): BodyReading {
  if (schema === null) return { value: text, violations: [] };
  const { types } = shapeOf(schema, document);
  if ((types & primitiveTypes) === 0) return { value: text, violations: [] };
  const draft = Draft.of(literalReadings(text, types));
  const violations = draft.settle(schema, 'body', '');
  return { value: draft.value, violations };
}

function undecodable(content: Content, { expected, found }: { expected: string; found: string }): Violation {
  return fault(content, 'encoding', `body cannot be decoded: expected ${expected}, found ${found}`, expected, {
    found,
  });
}

function fault(
  content: Content,
  keyword: 'syntax' | 'encoding',
  message: string,
  expected: string,
  params: Violation['params'],
): Violation {
  return { in: 'body', pointer: '', keyword, message, expected, schemaPointer: content.pointer, params };
}
