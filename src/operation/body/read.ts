import type { Document } from '../../document/index.js';
import type { Schema, Violation } from '../../schema/index.js';
import { Draft } from '../parameter/draft.js';
import { literalReadings } from '../parameter/literal.js';
import { primitiveTypes, shapeOf, wireType } from '../parameter/shape.js';
import { decodeText } from '../text.js';
import type { Content } from '../types.js';
import type { BodyReading, UnreadBody } from './format.js';

/** The schema to judge by: null where there is none, or none that compiles (which `operation.problems` says). */
export function usableSchema({ schema }: Content): Schema | null {
  return schema?.problem === null ? schema : null;
}

/** Text of a media type, decoded by its charset and held against the schema where a string can be valid. */
export function readText({ content, type, bytes, document }: UnreadBody): BodyReading {
  const text = decodeText(bytes, type.parameters.get('charset'));
  return text.ok ? settleText(text.text, content, document) : { violations: [undecodable(content, text)] };
}

/** A text as the string, number or boolean that the schema asks for; not judged where it asks for none of these. */
export function settleText(text: string, content: Content, document: Document): BodyReading {
  const schema = usableSchema(content);
  if (schema === null) return { value: text, violations: [] };
  const { types } = shapeOf(schema, document);
  if ((types & primitiveTypes) === 0) return { value: text, violations: [] };
  const readings = literalReadings(text, types);
  // A line that holds a number may have an end.
  const line = /^(.*?)\r?\n$/s.exec(text)?.[1];
  const draft = Draft.of(
    line === undefined ? readings : [...readings, ...literalReadings(line, types & ~wireType.string)],
  );
  const violations = draft.settle(schema, 'body', '');
  return { value: draft.value, violations };
}

export function undecodable(content: Content, { expected, found }: { expected: string; found: string }): Violation {
  return bodyFault(content, 'encoding', `body cannot be decoded: expected ${expected}, found ${found}`, expected, {
    found,
  });
}

/** What is wrong with the body as a whole, before there is a value. */
export function bodyFault(
  content: Content,
  keyword: 'syntax' | 'encoding' | 'limit',
  message: string,
  expected: string,
  params: Violation['params'],
): Violation {
  return { in: 'body', pointer: '', keyword, message, expected, schemaPointer: content.pointer, params };
}
