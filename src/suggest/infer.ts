import { documentFromObject } from '../document/index.js';
import { equalityKey } from '../schema/equality.js';
import { createSchemas } from '../schema/index.js';
import { isPrivateName, withoutPrivate } from '../text/private.js';
import { isObject, type Json, type JsonObject, setMember } from '../text/value.js';

/** What is known of values of one place: enough to describe them all. Its size does not grow with their number. */
export interface Shape {
  count: number;
  readonly types: Map<string, number>;
  /** Different texts with how often each came; null where there are too many to be told. */
  texts: Map<string, number> | null;
  /** Formats that every text has kept so far. */
  formats: readonly string[];
  readonly members: Map<string, Shape>;
  items: Shape | null;
}

/** Fewer different texts than this say nothing of a format. */
const fewestTexts = 3;
/** A list is closed where so many values were seen, of at most so many different ones, each more than once. */
const fewestOfList = 30;
const mostOfList = 6;
const mostTexts = 200;
const mostMembers = 300;
const deepest = 30;

const formats = ['date-time', 'date', 'uuid', 'email', 'uri', 'ipv4', 'ipv6'] as const;
const schemas = createSchemas(documentFromObject({ openapi: '3.1.0', info: { title: '', version: '' }, paths: {} }));
const keeps = (format: string, text: string) =>
  schemas.inline(formatSchemas[format] ?? true, '', 'response').accepts(text);
const formatSchemas: Readonly<Record<string, JsonObject>> = Object.fromEntries(
  formats.map((format) => [format, { format }]),
);

export function emptyShape(): Shape {
  return { count: 0, types: new Map(), texts: new Map(), formats, members: new Map(), items: null };
}

/** Notes one more value. */
export function see(shape: Shape, value: Json, depth = 0): void {
  const type = typeOf(value);
  shape.count += 1;
  shape.types.set(type, (shape.types.get(type) ?? 0) + 1);
  if (typeof value === 'string') {
    shape.texts?.set(value, (shape.texts.get(value) ?? 0) + 1);
    if (shape.texts !== null && (shape.texts.size > mostTexts || value.length > 200)) shape.texts = null;
    shape.formats = shape.formats.filter((format) => keeps(format, value));
  }
  if (depth >= deepest) return;
  if (Array.isArray(value)) {
    shape.items ??= emptyShape();
    for (const item of value) see(shape.items, item, depth + 1);
  } else if (isObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      if (shape.members.size >= mostMembers && !shape.members.has(name)) continue;
      const inner = shape.members.get(name) ?? emptyShape();
      shape.members.set(name, inner);
      see(inner, member, depth + 1);
    }
  }
}

function typeOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : typeof value;
}

/** Whether schemas say `nullable`, and have one type: those of OpenAPI 3.0 and 2.0. */
export type Dialect = 'old' | 'new';

/**
 * A schema that allows all that was seen, in the words of the document's version.
 * @param name what the value is called: secrets, and what says who a person is, are listed nowhere
 */
export function schemaOf(shape: Shape, dialect: Dialect, name = ''): JsonObject {
  const types = [...shape.types.keys()].filter(
    (type) => type !== 'null' && !(type === 'integer' && shape.types.has('number')),
  );
  const isNullable = shape.types.has('null');
  const schema: JsonObject = {};
  const [only] = types;
  if (dialect === 'new') {
    const all = isNullable ? [...types, 'null'] : types;
    if (all.length > 0) schema.type = all.length === 1 ? (all[0] ?? 'null') : all;
  } else if (types.length === 1 && only !== undefined) {
    schema.type = only;
    if (isNullable) schema.nullable = true;
  } else if (types.length === 0) schema.nullable = true;
  if (types.length !== 1) return schema;
  if (only === 'string') Object.assign(schema, ofTexts(shape, isNullable, name));
  if (only === 'array') schema.items = shape.items === null ? {} : schemaOf(shape.items, dialect, name);
  if (only === 'object') Object.assign(schema, ofMembers(shape, dialect));
  return schema;
}

function ofTexts({ texts, formats: [format], types }: Shape, isNullable: boolean, name: string): JsonObject {
  const count = types.get('string') ?? 0;
  const isSure = format !== undefined && (texts === null || texts.size >= fewestTexts);
  if (isSure) return { format };
  const isList =
    texts !== null &&
    count >= fewestOfList &&
    texts.size <= mostOfList &&
    ![...texts.keys()].some((text) => isPrivate(name, text)) &&
    [...texts.values()].every((times) => times > 2);
  return isList ? { enum: [...texts.keys(), ...(isNullable ? [null] : [])].sort(byText) } : {};
}

/** Whether a value is nobody's business but of whom it is about. */
export function isPrivate(name: string, text: string): boolean {
  return isPrivateName(name) || withoutPrivate(text, () => '') !== text;
}

function byText(left: Json, right: Json): number {
  return String(equalityKey(left)).localeCompare(String(equalityKey(right)));
}

/** Members that were in every object are required where there were several. */
function ofMembers({ members, types }: Shape, dialect: Dialect): JsonObject {
  const count = types.get('object') ?? 0;
  // A map may have addresses of people for its names.
  const named = [...members].filter(([name]) => withoutPrivate(name, () => '') === name);
  const required = named.filter(([, inner]) => inner.count === count && count > 1).map(([name]) => name);
  const properties: JsonObject = {};
  for (const [name, inner] of named) setMember(properties, name, schemaOf(inner, dialect, name));
  return { ...(required.length > 0 && { required }), ...(named.length > 0 && { properties }) };
}
