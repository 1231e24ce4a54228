import type { Violation } from '../../schema/index.js';
import { readJson } from '../../text/json.js';
import type { Json } from '../../text/value.js';
import type { HttpResponse } from '../http.js';
import { contentFor, isJson, mediaTypeOf } from '../media-type.js';
import { decodeText } from '../text.js';
import type { Content, Response } from '../types.js';
import { valuesOf } from './headers.js';

/** The media type and the body of a response that may have one. A response without `content` describes neither. */
export function checkResponseBody(declared: Response, response: HttpResponse): Violation[] {
  const { content: contents } = declared;
  const body = response.body ?? new Uint8Array();
  const [mediaType] = valuesOf(response.headers, 'content-type');
  if (contents.length === 0) return [];
  const expected = contents.map((content) => content.mediaType);
  const at = `${declared.pointer}/content`;
  if (mediaType === undefined) {
    // Without a body there is nothing whose type could be told.
    return body.length === 0
      ? [bodyMissing(expected, at)]
      : [{ ...mediaTypeViolation(expected, at), keyword: 'missing', message: `the header Content-Type is required` }];
  }
  const content = contentFor(contents, mediaType);
  if (!content) {
    const message = `the media type ${mediaType} is not declared`;
    return [{ ...mediaTypeViolation(expected, at), message, received: mediaType }];
  }
  return checkContent(content, mediaType, body);
}

function checkContent(content: Content, mediaType: string, body: Uint8Array): Violation[] {
  const { schema } = content;
  if (isJson(mediaType)) return checkJson(content, body);
  if (!schema || schema.problem || mediaTypeOf(mediaType)?.type !== 'text') {
    // What other bytes stand for, JSON Schema cannot say (OpenAPI 3.1, 4.8.14.3).
    return [];
  }
  const reading = decodeText(body, mediaTypeOf(mediaType)?.parameters.get('charset'));
  return reading.ok
    ? schema.validate(reading.text, 'body')
    : [bodyViolation(content, 'encoding', `the body is not ${reading.expected}`, reading.expected, reading.found)];
}

function checkJson(content: Content, body: Uint8Array): Violation[] {
  if (body.length === 0) return [bodyMissing([content.mediaType], content.pointer)];
  // JSON is UTF-8, whatever its media type's parameters say (RFC 8259, 8.1 and 11).
  const decoded = decodeText(body, undefined);
  if (!decoded.ok) {
    return [bodyViolation(content, 'encoding', `the body is not ${decoded.expected}`, decoded.expected, decoded.found)];
  }
  const reading = readJson(decoded.text);
  if (!reading.ok) {
    const { line, column, expected, found } = reading.fault;
    const message = `the body is not one JSON text: expected ${expected} at line ${line}, column ${column}, found ${found}`;
    return [{ ...bodyViolation(content, 'syntax', message, expected, found), params: { line, column } }];
  }
  return content.schema && !content.schema.problem ? content.schema.validate(reading.value, 'body') : [];
}

function bodyViolation(
  content: Content,
  keyword: string,
  message: string,
  expected: Json,
  received: unknown,
): Violation {
  return { in: 'body', pointer: '', keyword, message, expected, received, schemaPointer: content.pointer, params: {} };
}

function bodyMissing(expected: string[], schemaPointer: string): Violation {
  const message = 'a body is declared, and there is none';
  return { in: 'body', pointer: '', keyword: 'missing', message, expected, schemaPointer, params: {} };
}

function mediaTypeViolation(expected: string[], schemaPointer: string): Violation {
  const message = 'the media type is not declared';
  return { in: 'content-type', pointer: '', keyword: 'mediaType', message, expected, schemaPointer, params: {} };
}
