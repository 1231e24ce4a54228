import type { Violation } from '../../schema/index.js';
import { type JsonError, readJson } from '../../text/json.js';
import { pointerOf } from '../../text/pointer.js';
import type { Json } from '../../text/value.js';
import { isJson } from '../media-type.js';
import { Draft } from './draft.js';
import { literalReadings } from './literal.js';
import type { Pairs } from './pairs.js';
import type { ParameterReader } from './reader.js';
import { draftAs, draftMember, structuresOf } from './reading.js';
import type { Defect } from './styles/style.js';

/** Where the strings of the parameters of one place come from. */
export interface Source {
  /** The strings under a name, still encoded; undefined where there are none. */
  get(name: string): readonly string[] | undefined;
  /** Query and cookies hold more names than those of parameters. */
  readonly pairs: Pairs | null;
  /** The names that no parameter claims, for objects with free names. */
  unclaimed(): readonly string[];
}

/** What was read. Without `value` where the parameter is absent or cannot be decoded. */
export interface Reading {
  readonly value?: unknown;
  readonly violations: readonly Violation[];
}

const none: readonly Violation[] = [];
const nothing: Reading = { violations: none };

/**
 * Reads one parameter (OpenAPI 3.1, 4.8.12): cut as its style says, decoded, coerced as far as its schema leaves no
 * other reading, and validated. Of several occurrences where one value counts, it is the last (as in FastAPI). An
 * empty value is a value: the schema judges it, unless `allowEmptyValue` lets it pass.
 */
export function readParameter(reader: ParameterReader, source: Source): Reading {
  const { parameter } = reader;
  const raws = source.get(reader.key);
  if (raws && isAllowedEmpty(reader, raws)) return { value: '', violations: none };
  if (parameter.mediaType !== null) {
    return raws ? readContent(reader, parameter.mediaType, raws.at(-1) ?? '') : absent(reader);
  }
  if (reader.plain) return raws ? readLiteral(reader, raws.at(-1) ?? '') : absent(reader);
  const drafts = draftsOf(reader, source, raws);
  return drafts.length > 0 ? settle(reader, drafts, raws) : absent(reader);
}

function isAllowedEmpty({ parameter, plain }: ParameterReader, raws: readonly string[]): boolean {
  return parameter.allowEmptyValue && parameter.in === 'query' && raws.at(-1) === '' && (plain || raws.length === 1);
}

/** All that the strings can stand for, the likelier first. */
function draftsOf(reader: ParameterReader, source: Source, raws: readonly string[] | undefined): (Draft | Defect)[] {
  const { parameter, layout, shape } = reader;
  const drafts: (Draft | Defect | undefined)[] = [];
  if (layout.style.names && source.pairs) {
    drafts.push(layout.style.names.draft(parameter.name, shape, source.pairs));
  } else {
    if (reader.spread) drafts.push(draftSpread(reader, source));
    for (const structure of raws ? structuresOf(shape.types, raws.length) : []) {
      if (structure !== 'object' || !reader.spread) drafts.push(draftAs(structure, layout, shape, raws ?? []));
    }
  }
  return drafts.filter((draft) => draft !== undefined);
}

function absent(reader: ParameterReader): Reading {
  return reader.parameter.required ? { violations: [missing(reader)] } : nothing;
}

/** The short way for the most usual parameter: one string, one value. */
function readLiteral(reader: ParameterReader, raw: string): Reading {
  const { schema, parameter, pointer } = reader;
  const text = reader.layout.decode(raw);
  if (text === null) return { violations: [broken(reader, 'encoding', [raw])] };
  const readings = literalReadings(text, reader.shape.types);
  for (const value of readings) if (schema === null || schema.accepts(value)) return { value, violations: none };
  const [value] = readings;
  return { value, violations: schema?.validate(value, parameter.in, pointer) ?? none };
}

function readContent(reader: ParameterReader, mediaType: string, raw: string): Reading {
  if (!isJson(mediaType)) return readLiteral(reader, raw);
  const text = reader.layout.decode(raw);
  if (text === null) return { violations: [broken(reader, 'encoding', [raw])] };
  const reading = readJson(text);
  if (!reading.ok) return { violations: [notJson(reader, reading.fault, text)] };
  return settle(reader, [Draft.of([reading.value])], [raw]);
}

/** The first draft that is valid, or else the first there is. */
function settle(
  reader: ParameterReader,
  drafts: readonly (Draft | Defect)[],
  raws: readonly string[] | undefined,
): Reading {
  let first: Reading | undefined;
  let fault: Defect | undefined;
  for (const draft of drafts) {
    if (typeof draft === 'string') {
      fault ??= draft;
      continue;
    }
    const violations = reader.schema ? draft.settle(reader.schema, reader.parameter.in, reader.pointer) : none;
    if (violations.length === 0) return { value: draft.value, violations };
    first ??= { value: draft.value, violations };
  }
  return first ?? { violations: [broken(reader, fault ?? 'style', raws)] };
}

/** An exploded `form` object: its members stand under names of their own. */
function draftSpread(reader: ParameterReader, source: Source): Draft | Defect | undefined {
  const { shape, layout } = reader;
  const members = {};
  const draft = Draft.container(members);
  for (const name of shape.open ? [...shape.names, ...source.unclaimed()] : shape.names) {
    const texts: string[] = [];
    for (const raw of source.get(name) ?? []) {
      const text = layout.decode(raw);
      if (text === null) return 'encoding';
      texts.push(text);
    }
    if (texts.length > 0) draft.adopt(members, name, pointerOf(name), draftMember(shape.member(name), texts));
  }
  return Object.keys(members).length > 0 ? draft : undefined;
}

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
function notJson(reader: ParameterReader, fault: JsonError, received: string): Violation {
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
