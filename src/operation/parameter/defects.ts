import type { Violation } from '../../schema/index.js';
import type { JsonError } from '../../text/json.js';
import type { Json } from '../../text/value.js';
import type { ParameterReader } from './reader.js';
import type { Defect } from './styles/style.js';

/** A required parameter that is not there. */
export function missing(reader: ParameterReader): Violation {
  return violation(reader, 'missing', 'required', `${nameOf(reader)} is required`, 'a value');
}

/** Strings that cannot be decoded, or do not follow the style. */
export function broken(reader: ParameterReader, fault: Defect, raws: readonly string[] | undefined): Violation {
  const { layout } = reader;
  const received = raws && { received: raws.length === 1 ? raws[0] : raws };
  if (fault === 'encoding') {
    const message = `${nameOf(reader)} is not percent-encoded UTF-8`;
    return { ...violation(reader, 'encoding', null, message, 'percent-encoded UTF-8'), ...received };
  }
  const style = `style ${layout.style.name}${layout.explode ? ', exploded' : ''}`;
  const message = `${nameOf(reader)} is not serialized in ${style}`;
  return { ...violation(reader, 'style', 'style', message, style), ...received };
}

/** A parameter described by `content` that is not the JSON it should be. */
export function notJson(reader: ParameterReader, fault: JsonError, received: string): Violation {
  const { line, column, expected, found } = fault;
  const message = `${nameOf(reader)} is not JSON: expected ${expected} at column ${column}, found ${found}`;
  return { ...violation(reader, 'syntax', 'content', message, expected), received, params: { line, column, found } };
}

function violation(
  { parameter, pointer }: ParameterReader,
  keyword: Violation['keyword'],
  member: string | null,
  message: string,
  expected: Json,
): Violation {
  const schemaPointer = member === null ? parameter.pointer : `${parameter.pointer}/${member}`;
  return { in: parameter.in, pointer, keyword, message, expected, schemaPointer, params: {} };
}

function nameOf({ parameter }: ParameterReader): string {
  return `${parameter.in} parameter ${JSON.stringify(parameter.name)}`;
}
