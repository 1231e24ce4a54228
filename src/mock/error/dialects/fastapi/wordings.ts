import type { Violation } from '../../../../schema/index.js';
import { inTable, isObject, type Json, type JsonObject } from '../../../../text/value.js';
import type { WordingContext } from '../../facts.js';
import { ownerOf } from '../../location.js';
import { formatTypeErrors, formatWording, valueError, type Worded } from './format.js';
import { pythonJsonError } from './json.js';

/** Where `loc` or `input` are given, they are not those of the violated value. */
export interface Wording extends Worded {
  readonly loc?: readonly (string | number)[];
  readonly input?: Json;
}

type Word = (violation: Violation, context: WordingContext) => Wording;

const missing: Wording = { type: 'missing', message: 'Field required' };
const extraForbidden: Wording = { type: 'extra_forbidden', message: 'Extra inputs are not permitted' };

/** By keyword: the ones of JSON Schema, then our own. A keyword that pydantic has no word for is a `value_error`. */
const wordings: Readonly<Record<string, Word>> = {
  type: typeWording,
  enum: (violation, context) =>
    expected(enumType(violation, context), listOf(violation.params.allowedValues ?? violation.expected)),
  const: (violation) => {
    const value = 'allowedValue' in violation.params ? violation.params.allowedValue : violation.expected;
    return expected('literal_error', [value as Json]);
  },
  minLength: (violation) => {
    const limit = limitOf(violation);
    return {
      type: 'string_too_short',
      message: `String should have at least ${counted(limit, 'character')}`,
      context: { min_length: limit },
    };
  },
  maxLength: (violation) => {
    const limit = limitOf(violation);
    return {
      type: 'string_too_long',
      message: `String should have at most ${counted(limit, 'character')}`,
      context: { max_length: limit },
    };
  },
  pattern: (violation) => {
    const pattern = String(violation.params.pattern ?? violation.expected);
    return {
      type: 'string_pattern_mismatch',
      message: `String should match pattern '${pattern}'`,
      context: { pattern },
    };
  },
  minimum: (violation) => bound(violation, 'greater_than_equal', 'greater than or equal to', 'ge'),
  maximum: (violation) => bound(violation, 'less_than_equal', 'less than or equal to', 'le'),
  exclusiveMinimum: (violation) => bound(violation, 'greater_than', 'greater than', 'gt'),
  exclusiveMaximum: (violation) => bound(violation, 'less_than', 'less than', 'lt'),
  multipleOf: (violation) => {
    const multiple = numberOf(violation.params.multipleOf ?? violation.expected);
    return {
      type: 'multiple_of',
      message: `Input should be a multiple of ${multiple}`,
      context: { multiple_of: multiple },
    };
  },
  minItems: (violation, context) => size(violation, collectionName(violation, context), 'min'),
  maxItems: (violation, context) => size(violation, collectionName(violation, context), 'max'),
  minProperties: (violation) => size(violation, 'Dictionary', 'min'),
  maxProperties: (violation) => size(violation, 'Dictionary', 'max'),
  required: (violation, context) => ({
    ...missing,
    // Several body parameters are one object for the document (`Body_…`), and none for FastAPI.
    input: /^Body_/.test(String(parentSchema(violation, context)?.title)) ? null : ownerOf(violation, context.values),
  }),
  dependentRequired: (violation, context) => ({ ...missing, input: ownerOf(violation, context.values) }),
  additionalProperties: () => extraForbidden,
  unevaluatedProperties: () => extraForbidden,
  format: (violation) =>
    formatWording(String(violation.params.format ?? violation.expected), String(violation.received)),
  discriminator: discriminatorWording,
  encoding: () => ({
    type: 'string_unicode',
    message: 'Input should be a valid string, unable to parse raw data as a unicode string',
  }),
  missing: () => ({ ...missing, input: null }),
  syntax: (_violation, context) => {
    const error = pythonJsonError(context.bodyText ?? '') ?? { message: 'Expecting value', position: 0 };
    return {
      type: 'json_invalid',
      message: 'JSON decode error',
      context: { error: error.message },
      loc: ['body', error.position],
      input: {},
    };
  },
  mediaType: () => ({
    type: 'model_attributes_type',
    message: 'Input should be a valid dictionary or object to extract fields from',
    loc: ['body'],
  }),
};

/** What pydantic says of a violation (pydantic-core, src/errors/types.rs). */
export function wordingOf(violation: Violation, context: WordingContext): Wording {
  const wording = Object.hasOwn(wordings, violation.keyword) ? wordings[violation.keyword] : undefined;
  return wording ? wording(violation, context) : valueError(violation.message);
}

/**
 * FastAPI puts an Enum class into a component of its own, and a Literal where it is used; it titles what it writes.
 * An enum of a parameter without a title is not FastAPI's, and is worded as an enum.
 */
function enumType({ schemaPointer }: Violation, { schemas: { document } }: WordingContext): string {
  if (/^\/components\/schemas\/[^/]+\/enum$/.test(schemaPointer)) return 'enum';
  const parameter = /^.*\/parameters\/[^/]+\/schema(?=\/)/.exec(schemaPointer)?.[0];
  const schema = parameter === undefined ? undefined : document.at(parameter);
  return parameter === undefined || (isObject(schema) && schema.title !== undefined) ? 'literal_error' : 'enum';
}

const fromRaw: Readonly<Record<string, Worded>> = {
  integer: {
    type: 'int_parsing',
    message: 'Input should be a valid integer, unable to parse string as an integer',
  },
  number: { type: 'float_parsing', message: 'Input should be a valid number, unable to parse string as a number' },
  boolean: { type: 'bool_parsing', message: 'Input should be a valid boolean, unable to interpret input' },
};

const fromValue: Readonly<Record<string, Worded>> = {
  integer: { type: 'int_type', message: 'Input should be a valid integer' },
  number: { type: 'float_type', message: 'Input should be a valid number' },
  boolean: { type: 'bool_type', message: 'Input should be a valid boolean' },
  string: { type: 'string_type', message: 'Input should be a valid string' },
  array: { type: 'list_type', message: 'Input should be a valid list' },
  object: { type: 'dict_type', message: 'Input should be a valid dictionary' },
  null: { type: 'none_required', message: 'Input should be None' },
};

function typeWording(violation: Violation, context: WordingContext): Wording {
  const types = listOf(violation.params.type ?? violation.expected).flatMap((type) => String(type).split(','));
  const type = types.find((name) => name !== 'null') ?? 'null';
  const { received } = violation;
  if (received === null && violation.in === 'body' && violation.pointer === '') return { ...missing, input: null };
  const schema = parentSchema(violation, context);
  if (type === 'integer' && typeof received === 'number') {
    return {
      type: 'int_from_float',
      message: 'Input should be a valid integer, got a number with a fractional part',
    };
  }
  const raw = inTable(fromRaw, type);
  // pydantic reads numbers and booleans from strings too: one that it could read is only of the wrong type.
  if (raw !== undefined && typeof received === 'string' && (violation.in !== 'body' || !readable(type, received))) {
    return raw;
  }
  if (raw !== undefined && type === 'boolean' && typeof received === 'number' && received !== 0 && received !== 1) {
    return raw;
  }
  const format = type === 'string' ? inTable(formatTypeErrors, String(schema?.format)) : undefined;
  if (format !== undefined) return format;
  if (type === 'array' && schema?.prefixItems !== undefined) {
    return { type: 'tuple_type', message: 'Input should be a valid tuple' };
  }
  if (type === 'array' && schema?.uniqueItems === true) {
    return { type: 'set_type', message: 'Input should be a valid set' };
  }
  if (type === 'object' && schema?.properties !== undefined) {
    return {
      type: 'model_attributes_type',
      message: 'Input should be a valid dictionary or object to extract fields from',
    };
  }
  return inTable(fromValue, type) ?? valueError(violation.message);
}

function readable(type: string, text: string): boolean {
  if (type === 'boolean') return /^(?:true|false|on|off|yes|no|y|n|t|f|0|1)$/i.test(text);
  return text.trim() !== '' && Number.isFinite(Number(text)) && (type === 'number' || Number.isInteger(Number(text)));
}

function bound(violation: Violation, type: string, words: string, key: string): Wording {
  const limit = limitOf(violation);
  return { type, message: `Input should be ${words} ${limit}`, context: { [key]: limit } };
}

function size(violation: Violation, kind: string, end: 'min' | 'max'): Wording {
  const limit = limitOf(violation);
  const { received } = violation;
  const actual = Array.isArray(received) ? received.length : Object.keys((received ?? {}) as object).length;
  return {
    type: end === 'min' ? 'too_short' : 'too_long',
    message: `${kind} should have at ${end === 'min' ? 'least' : 'most'} ${counted(limit, 'item')} after validation, not ${actual}`,
    context: { field_type: kind, [`${end}_length`]: limit, actual_length: actual },
  };
}

function collectionName(violation: Violation, context: WordingContext): string {
  const schema = parentSchema(violation, context);
  if (schema?.prefixItems !== undefined) return 'Tuple';
  return schema?.uniqueItems === true ? 'Set' : 'List';
}

function discriminatorWording(violation: Violation, context: WordingContext): Wording {
  const schema = parentSchema(violation, context);
  const discriminator = isObject(schema?.discriminator) ? schema.discriminator : {};
  const name = String(discriminator.propertyName ?? violation.params.tag ?? 'type');
  const quoted = `'${name}'`;
  const tag = isObject(violation.received) ? violation.received[name] : undefined;
  if (tag === undefined) {
    return {
      type: 'union_tag_not_found',
      message: `Unable to extract tag using discriminator ${quoted}`,
      context: { discriminator: quoted },
    };
  }
  const tags = isObject(discriminator.mapping) ? Object.keys(discriminator.mapping) : [];
  const expectedTags = tags.map((each) => `'${each}'`).join(', ');
  return {
    type: 'union_tag_invalid',
    message: `Input tag '${String(tag)}' found using ${quoted} does not match any of the expected tags: ${expectedTags}`,
    context: { discriminator: quoted, tag: String(tag), expected_tags: expectedTags },
  };
}

function expected(type: string, values: readonly Json[]): Wording {
  const words = values.map(python);
  const last = words.pop() ?? '';
  const text = words.length > 0 ? `${words.join(', ')} or ${last}` : last;
  return { type, message: `Input should be ${text}`, context: { expected: text } };
}

/** Python's `repr` of a JSON value. */
function python(value: Json): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') {
    const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
    const escaped = value
      .replaceAll('\\', '\\\\')
      .replaceAll('\n', '\\n')
      .replaceAll('\r', '\\r')
      .replaceAll('\t', '\\t');
    return `${quote}${quote === "'" ? escaped.replaceAll("'", "\\'") : escaped}${quote}`;
  }
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([name, member]) => `${python(name)}: ${python(member)}`)
    .join(', ')}}`;
}

/** The schema object that the violated keyword stands in. */
function parentSchema(violation: Violation, context: WordingContext): JsonObject | undefined {
  const parent = context.schemas.document.at(
    violation.schemaPointer.slice(0, violation.schemaPointer.lastIndexOf('/')),
  );
  return isObject(parent) ? parent : undefined;
}

function limitOf(violation: Violation): number {
  return numberOf(violation.params.limit ?? violation.expected);
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : Number(value);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? (value as Json[]) : [value as Json];
}
