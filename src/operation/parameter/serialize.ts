import { isJson } from '../media-type.js';
import { percentEncode } from '../text.js';
import type { Parameter } from '../types.js';
import { assign, join, primitiveText } from './pieces.js';
import { serializeDeepObject } from './serialize-deep-object.js';

type Encode = (text: string) => string | null;

/**
 * Writes a value as the document says (OpenAPI 3.1, 4.8.12; RFC 6570): reading it again gives the value. All but
 * unreserved characters are percent-encoded, `allowReserved` or not, since every server decodes them.
 * @returns for the query `a=1&a=2`, for a path the segment, for a header the field value, for cookies `a=1; a=2`;
 * null where the style does not say how (an array in an array, null, an empty array), or where reading again would
 * give something else (a comma within a header's array).
 */
export function serializeParameter(parameter: Parameter, value: unknown): string | null {
  if (parameter.mediaType !== null) return serializeContent(parameter, parameter.mediaType, value);
  switch (parameter.in) {
    case 'path':
      return asSegment(serializePath(parameter, value));
    case 'header':
      return asFieldValue(join(',', simplePieces(value, parameter.explode, headerPiece)));
    case 'query':
      return serializePairs(parameter, value, '&');
    case 'cookie':
      return serializePairs(parameter, value, '; ');
  }
}

function serializeContent({ in: place, name }: Parameter, mediaType: string, value: unknown): string | null {
  const text = isJson(mediaType) ? (JSON.stringify(value) as string | undefined) : primitiveText(value);
  if (text === undefined || text === null) return null;
  if (place === 'header') return asFieldValue(text);
  return place === 'path' ? asSegment(percentEncode(text)) : assign(percentEncode(name), percentEncode(text));
}

function serializePath({ name, style, explode }: Parameter, value: unknown): string | null {
  if (style === 'matrix') return serializeMatrix(name, explode, value);
  // Dots delimit, and are unreserved: within a value they have to be encoded all the same.
  const encode: Encode =
    style === 'label' ? (text) => percentEncode(text)?.replaceAll('.', '%2E') ?? null : percentEncode;
  const pieces = simplePieces(value, explode, encode);
  if (style !== 'label') return join(',', pieces);
  return prefix('.', join(explode ? '.' : ',', pieces));
}

function serializeMatrix(name: string, explode: boolean, value: unknown): string | null {
  // An empty value has no `=` (RFC 6570, 3.2.7).
  const named = (key: string, text: string | null) =>
    text === '' ? percentEncode(key) : assign(percentEncode(key), text);
  if (explode && (Array.isArray(value) || isObject(value))) {
    const pairs = Array.isArray(value) ? value.map((item) => [name, item] as const) : Object.entries(value);
    const pieces = pairs.map(([key, item]) => (key === '' ? null : named(key, pieceOf(item, percentEncode))));
    return prefix(';', join(';', pieces));
  }
  return prefix(';', named(name, join(',', simplePieces(value, explode, percentEncode))));
}

function serializePairs(parameter: Parameter, value: unknown, separator: '&' | '; '): string | null {
  const { name, style, explode } = parameter;
  if (style === 'deepObject') return serializeDeepObject(name, value);
  const key = percentEncode(name);
  if (explode && Array.isArray(value)) {
    return join(
      separator,
      value.map((item) => assign(key, pieceOf(item, percentEncode))),
    );
  }
  if (style === 'spaceDelimited' || style === 'pipeDelimited') {
    if (explode || !(Array.isArray(value) || isObject(value))) return null;
    const delimiter = style === 'spaceDelimited' ? '%20' : '%7C';
    return assign(key, join(delimiter, simplePieces(value, false, without(delimiter))));
  }
  if (explode && isObject(value)) {
    const members = Object.entries(value).map(([member, item]) =>
      assign(percentEncode(member), pieceOf(item, percentEncode)),
    );
    return join(separator, members);
  }
  return assign(key, join(',', simplePieces(value, false, percentEncode)));
}

/** A delimiter that is percent-encoded itself cannot be told from one in a value. */
function without(delimiter: string): Encode {
  return (text) => {
    const encoded = percentEncode(text);
    return encoded?.includes(delimiter) ? null : encoded;
  };
}

/** The pieces of a value between its delimiters; for an object `R,100` or, exploded, `R=100`. */
function simplePieces(value: unknown, explode: boolean, encode: Encode): (string | null)[] {
  if (Array.isArray(value)) return value.map((item) => pieceOf(item, encode));
  if (!isObject(value)) return [encode === headerPiece ? primitiveText(value) : pieceOf(value, encode)];
  return Object.entries(value).flatMap(([name, item]) => {
    const key = encode(name);
    if (!explode) return [key, pieceOf(item, encode)];
    return [key?.includes('=') ? null : assign(key, pieceOf(item, encode))];
  });
}

/** A piece of a list in a header: nothing encodes the comma there, or a blank at the edge. */
function headerPiece(text: string): string | null {
  return text.includes(',') || text.trim() !== text ? null : text;
}

function pieceOf(value: unknown, encode: Encode): string | null {
  const text = primitiveText(value);
  return text === null ? null : encode(text);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function prefix(start: string, text: string | null): string | null {
  return text === null ? null : start + text;
}

/** Dot segments are removed on the way (RFC 3986, 5.2.4), even encoded ones, and an empty segment matches no template. */
function asSegment(segment: string | null): string | null {
  return segment === null || /^(?:\.|%2e){0,2}$/i.test(segment) ? null : segment;
}

/** What can stand in a field value and comes through unchanged (RFC 9110, 5.5). */
function asFieldValue(text: string | null): string | null {
  return text !== null && /^(?:[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)?$/.test(text) ? text : null;
}
