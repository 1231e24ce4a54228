import type { Document } from '../document/index.js';
import { readBody } from './body/formats.js';
import { mediaTypeOf } from './media-type.js';
import { queryOf } from './parameter/pairs.js';
import { broken, missing, type Reading } from './parameter/read.js';
import type { ParameterReader } from './parameter/reader.js';
import { percentDecode } from './text.js';

/**
 * Reads the whole query of a request as one value (`in: querystring`; OpenAPI 3.2, 4.12.1): as a body of the media type
 * of its parameter would be. All but a form is percent-encoded besides.
 * @param credentials names of pairs that are no part of the value
 */
export function readQuerystring(
  reader: ParameterReader,
  target: string,
  credentials: ReadonlySet<string>,
  document: Document,
): Reading {
  const { parameter, pointer } = reader;
  const { content } = parameter;
  const isForm = content !== null && mediaTypeOf(content.mediaType)?.essence === 'application/x-www-form-urlencoded';
  const pairs = queryOf(target).split('&');
  const raw = pairs.filter((pair) => !credentials.has(percentDecode(pair.split('=', 1)[0] ?? '') ?? '')).join('&');
  if (raw === '') return parameter.required ? { violations: [missing(reader)] } : { violations: [] };
  const text = isForm ? raw : percentDecode(raw);
  if (text === null) return { violations: [broken(reader, 'encoding', [raw])] };
  if (content === null) return { value: text, violations: [] };
  const reading = readBody(content, content.mediaType, new TextEncoder().encode(text), document);
  const violations = reading.violations.map((one) => ({
    ...one,
    in: parameter.in,
    pointer: pointer + one.pointer,
    message: one.message.replace(/^body /, `querystring parameter ${JSON.stringify(parameter.name)} `),
  }));
  return { ...('value' in reading && { value: reading.value }), violations };
}
