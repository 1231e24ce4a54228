import type { Document } from '../../document/index.js';
import type { Violation } from '../../schema/index.js';
import { pointerOf } from '../../text/pointer.js';
import { parameterOf } from '../compile/header.js';
import type { HttpResponse } from '../http.js';
import { readParameter } from '../parameter/read.js';
import { type ParameterReader, parameterReader } from '../parameter/reader.js';
import { shapeOf, wireType } from '../parameter/shape.js';
import type { Header, Response } from '../types.js';

const readers = new WeakMap<Header, ParameterReader>();

/** The declared headers of a response: those that are required, and the values of those that are there. */
export function checkResponseHeaders(declared: Response, { headers }: HttpResponse, document: Document): Violation[] {
  return declared.headers.flatMap((header) => {
    const values = valuesOf(headers, header.name);
    if (values.length === 0) return header.required ? [missing(header)] : [];
    // Cookies are set one a field, and cannot be joined (RFC 9110, 5.3).
    const isCookie = header.name.toLowerCase() === 'set-cookie';
    if (isCookie && shapeOf(header.schema, document).types === wireType.array) {
      return header.schema?.problem === null ? header.schema.validate(values, 'header', pointerOf(header.name)) : [];
    }
    return (isCookie ? values : [values.join(', ')]).flatMap((field) => checkValue(header, field, document));
  });
}

function checkValue(header: Header, field: string, document: Document): readonly Violation[] {
  if (!header.schema) return [];
  let reader = readers.get(header);
  if (!reader) {
    reader = parameterReader(parameterOf({ ...header, schema: header.schema }), document);
    readers.set(header, reader);
  }
  return readParameter(reader, { get: () => [field], pairs: null, unclaimed: () => [] }).violations;
}

function missing(header: Header): Violation {
  return {
    in: 'header',
    pointer: pointerOf(header.name),
    keyword: 'missing',
    message: `the header ${header.name} is required`,
    expected: header.name,
    schemaPointer: header.pointer + pointerOf('required'),
    params: { name: header.name },
  };
}

/** The values of a field, whatever the case of its name. */
export function valuesOf(headers: HttpResponse['headers'], name: string): readonly string[] {
  const wanted = name.toLowerCase();
  const found = Object.entries(headers).filter(([key, value]) => value !== undefined && key.toLowerCase() === wanted);
  return found.flatMap(([, value]) => value as string | readonly string[]);
}
