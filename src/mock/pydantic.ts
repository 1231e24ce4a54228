import type { Document, Json, JsonObject } from '../document/index.js';
import type { RequestValues, Schemas, Violation } from '../operation/index.js';
import { formatTypeErrors, formatWording, valueError, type Worded } from './pydantic-format.js';
import { pythonJsonError } from './pydantic-json.js';

/** One entry of `detail` in FastAPI's HTTPValidationError, members in FastAPI's order. */
export interface DetailEntry extends JsonObject {
  type: string;
  loc: (string | number)[];
  msg: string;
  input: Json;
}

/** What the entries are made from, besides the violations. */
export interface WordingContext {
  readonly schemas: Schemas;
  readonly values: RequestValues | null;
  /** The body as text, for the place of a syntax error. */
  readonly bodyText: string | null;
}

/**
 * Words a violation as FastAPI with pydantic 2 would (pydantic-core, src/errors/types.rs): mostly one entry; for a
 * union one for each way in which each member does not fit, under that member's name.
 */
export function detailEntries(violation: Violation, context: WordingContext): DetailEntry[] {
  const union = unionEntries(violation, context);
  if (union !== null) return union;
  const { type, message, context: ctx, loc, input } = word(violation, context);
  const entry: DetailEntry = {
    type,
    loc: [...(loc ?? location(violation, context))],
    msg: message,
    input: input === undefined ? inputOf(violation) : input,
  };
  if (ctx !== undefined) entry.ctx = ctx;
  return [entry];
}

interface Entry extends Worded {
  readonly loc?: readonly (string | number)[];
  readonly input?: Json;
}

type Wording = (violation: Violation, context: WordingContext) => Entry;

const missing: Entry = { type: 'missing', message: 'Field required' };
const extraForbidden: Entry = { type: 'extra_forbidden', message: 'Extra inputs are not permitted' };

/** By keyword: the ones of JSON Schema, then our own. A keyword that pydantic has no word for is a `value_error`. */
const wordings: Readonly<Record<string, Wording>> = {
  type: typeWording,
  enum: (violation) => expected('enum', listOf(violation.params.allowedValues ?? violation.expected)),
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
  required: (violation, context) => ({ ...missing, input: ownerOf(violation, context) }),
  dependentRequired: (violation, context) => ({ ...missing, input: ownerOf(violation, context) }),
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

function word(violation: Violation, context: WordingContext): Entry {
  const wording = Object.hasOwn(wordings, violation.keyword) ? wordings[violation.keyword] : undefined;
  return wording ? wording(violation, context) : valueError(violation.message);
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

function typeWording(violation: Violation, context: WordingContext): Entry {
  const types = listOf(violation.params.type ?? violation.expected).flatMap((type) => String(type).split(','));
  const type = types.find((name) => name !== 'null') ?? 'null';
  const { received } = violation;
  const schema = parentSchema(violation, context);
  if (type === 'integer' && typeof received === 'number') {
    return {
      type: 'int_from_float',
      message: 'Input should be a valid integer, got a number with a fractional part',
    };
  }
  const raw = fromRaw[type];
  // pydantic reads numbers and booleans from strings too: one that it could read is only of the wrong type.
  if (raw !== undefined && typeof received === 'string' && (violation.in !== 'body' || !readable(type, received))) {
    return raw;
  }
  if (raw !== undefined && type === 'boolean' && typeof received === 'number' && received !== 0 && received !== 1) {
    return raw;
  }
  const format = type === 'string' ? formatTypeErrors[String(schema?.format)] : undefined;
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
  return fromValue[type] ?? valueError(violation.message);
}

function readable(type: string, text: string): boolean {
  if (type === 'boolean') return /^(?:true|false|on|off|yes|no|y|n|t|f|0|1)$/i.test(text);
  return text.trim() !== '' && Number.isFinite(Number(text)) && (type === 'number' || Number.isInteger(Number(text)));
}

function bound(violation: Violation, type: string, words: string, key: string): Entry {
  const limit = limitOf(violation);
  return { type, message: `Input should be ${words} ${limit}`, context: { [key]: limit } };
}

function size(violation: Violation, kind: string, end: 'min' | 'max'): Entry {
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

function discriminatorWording(violation: Violation, context: WordingContext): Entry {
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

function expected(type: string, values: readonly Json[]): Entry {
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

/** The value as it came: outside a body everything is a string on the wire. */
function inputOf(violation: Violation): Json {
  const { received } = violation;
  if (received === undefined) return null;
  if (violation.in !== 'body' && (typeof received === 'number' || typeof received === 'boolean')) {
    return String(received);
  }
  return received as Json;
}

/** The object that lacks a member. */
function ownerOf(violation: Violation, context: WordingContext): Json {
  const segments = tokens(violation.pointer).slice(0, -1);
  const [name, ...below] = segments;
  const { values } = context;
  let value: unknown = violation.in === 'body' ? values?.body : values?.[violation.in as 'query']?.[name ?? ''];
  for (const segment of violation.in === 'body' ? segments : below) {
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[segment] : undefined;
  }
  return (value ?? null) as Json;
}

function tokens(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** FastAPI's `loc`: where, then the parameter's name or `body`, then member names and item numbers. */
export function location(violation: Violation, context: WordingContext): (string | number)[] {
  const segments = tokens(violation.pointer);
  if (violation.in === 'body') return ['body', ...typed(segments, context.values?.body)];
  if (violation.in === 'content-type') return ['body'];
  const [name = '', ...below] = segments;
  const place = violation.in === 'security' || violation.in === 'accept' || violation.in === 'status';
  const where = place ? 'header' : violation.in;
  const group = place ? undefined : context.values?.[violation.in as 'query'];
  return [where, where === 'header' ? name.toLowerCase() : name, ...typed(below, group?.[name])];
}

/** Reference tokens, as numbers where they lead into an array. */
function typed(segments: readonly string[], root: unknown): (string | number)[] {
  let value = root;
  return segments.map((segment) => {
    const known = value !== undefined && value !== null && typeof value === 'object';
    const isIndex = /^(?:0|[1-9]\d*)$/.test(segment) && (known ? Array.isArray(value) : true);
    value = known ? (value as Record<string, unknown>)[segment] : undefined;
    return isIndex ? Number(segment) : segment;
  });
}

/** A union of which no member was meant: what is wrong with each, `null` aside, as pydantic tells it. */
function unionEntries(violation: Violation, context: WordingContext): DetailEntry[] | null {
  const branches = violation.params.branches as readonly (readonly Violation[])[] | undefined;
  if (branches === undefined) return null;
  const { document } = context.schemas;
  const members = document.at(violation.schemaPointer);
  const failing = branches
    .map((violations, index) => {
      const pointer = `${violation.schemaPointer}/${index}`;
      return { violations, ...document.resolve(Array.isArray(members) ? members[index] : undefined, pointer) };
    })
    .filter(({ violations, value }) => violations.length > 0 && !(isObject(value) && value.type === 'null'));
  if (failing.length === 0) return null;
  const depth = location(violation, context).length;
  return failing.flatMap(({ violations, value, pointer }) => {
    const name = failing.length > 1 ? [branchName(value, pointer)] : [];
    return violations
      .flatMap((each) => detailEntries(each, context))
      .map((entry) => ({ ...entry, loc: [...entry.loc.slice(0, depth), ...name, ...entry.loc.slice(depth)] }));
  });
}

/** What pydantic calls a member of a union: the Python type, or the model's name. */
function branchName(value: Json | undefined, pointer: string): string {
  if (!isObject(value)) return 'any';
  if (value.enum !== undefined || value.properties !== undefined || pointer.startsWith('/components/schemas/')) {
    return String(value.title ?? pointer.split('/').at(-1));
  }
  const names: Record<string, string> = { integer: 'int', number: 'float', boolean: 'bool', string: 'str' };
  const type = String(value.type ?? 'any');
  if (type === 'array') return `list[${branchName(value.items, '')}]`;
  if (type === 'object') return `dict[str,${branchName(value.additionalProperties, '')}]`;
  return names[type] ?? type;
}

/** The schema object that the violated keyword stands in. */
function parentSchema(violation: Violation, context: WordingContext): JsonObject | undefined {
  const document: Document = context.schemas.document;
  const parent = document.at(violation.schemaPointer.slice(0, violation.schemaPointer.lastIndexOf('/')));
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

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
