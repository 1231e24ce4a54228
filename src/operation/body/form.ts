import type { Document } from '../../document/index.js';
import type { Violation } from '../../schema/index.js';
import { addAll } from '../../text/many.js';
import { pointerOf } from '../../text/pointer.js';
import type { JsonObject } from '../../text/value.js';
import { contentFor, isJson, mediaTypeOf } from '../media-type.js';
import { Draft } from '../parameter/draft.js';
import { literalReadings } from '../parameter/literal.js';
import type { Decode } from '../parameter/pairs.js';
import { draftAs, structuresOf } from '../parameter/reading.js';
import { type Shape, shapeOf, wireType } from '../parameter/shape.js';
import { deepObject } from '../parameter/styles/deep-object.js';
import type { Defect, Layout } from '../parameter/styles/style.js';
import { styleIn } from '../parameter/styles/table.js';
import { binaryString, decodeText, replaceInPieces } from '../text.js';
import type { Content } from '../types.js';
import type { BodyReading } from './format.js';
import type { BodyBudget } from './limits.js';
import type { Part } from './multipart.js';
import { usableSchema } from './read.js';

/** One value of a form: of a pair, still encoded, or of a part. */
export type FormValue = { readonly raw: string } | { readonly part: Part };

/** A form as it was sent: values by field name. */
interface Form {
  readonly fields: ReadonlyMap<string, readonly FormValue[]>;
  readonly decode: Decode;
  readonly budget: BodyBudget;
}

/** Why a field stands for no value. */
type FieldDefect = Pick<Violation, 'keyword' | 'expected' | 'message'> & { readonly received?: unknown };

/** What the Encoding Object of a property says (OpenAPI 3.1, 4.8.15). */
interface FieldEncoding {
  readonly pointer: string;
  readonly contentType: string | null;
  /** null where none of `style`, `explode` and `allowReserved` is given (OpenAPI 3.2, 4.15.1.2). */
  readonly style: Pick<Layout, 'style' | 'explode'> | null;
}

/**
 * The object that a form stands for, as drafted by the schema's properties: arrays by repetition, objects as JSON or
 * with brackets, or as their Encoding Object says.
 */
function draftForm(form: Form, content: Content, shape: Shape): { draft: Draft; violations: Violation[] } {
  const members = {};
  const draft = Draft.container(members);
  const violations: Violation[] = [];
  const rest = new Set(form.fields.keys());
  for (const name of new Set([...shape.names, ...form.fields.keys()])) {
    const encoding = encodingOf(content, name);
    const field = draftField(form, name, shape.member(name), encoding, rest);
    if (field === undefined) continue;
    if (field instanceof Draft) draft.adopt(members, name, pointerOf(name), field);
    else violations.push(fieldViolation(name, field, encoding));
  }
  return { draft, violations };
}

/** The value of a form, held against the schema of its content. */
export function readForm(form: Form, content: Content, document: Document): BodyReading {
  const shape = shapeOf(content.schema, document);
  // A schema of a string says nothing of fields.
  if ((shape.types & (wireType.object | wireType.string)) === wireType.string)
    return { value: undefined, violations: [] };
  const { draft, violations } = draftForm(form, content, shape);
  const schema = usableSchema(content);
  // A field that cannot be decoded is there, so it is not missing as well.
  const undecoded = new Set(violations.map(({ pointer }) => pointer));
  const invalid = schema ? draft.settle(schema, 'body', '') : [];
  addAll(
    violations,
    invalid.filter(({ keyword, pointer }) => keyword !== 'required' || !undecoded.has(pointer)),
  );
  return { value: draft.value, violations };
}

/** @param rest The names that no property has taken yet. */
function draftField(form: Form, name: string, shape: Shape, encoding: FieldEncoding, rest: Set<string>) {
  const values = form.fields.get(name);
  if (values) return rest.delete(name) ? draftValues(form, name, values, shape, encoding) : undefined;
  const spread = encoding.style?.style.spreads && encoding.style.explode && shape.types & wireType.object;
  if (spread) return draftSpread(form, shape, rest);
  return shape.types & (wireType.object | wireType.array) ? draftBrackets(form, name, shape, rest) : undefined;
}

function draftValues(form: Form, name: string, values: readonly FormValue[], shape: Shape, encoding: FieldEncoding) {
  const raws = values.flatMap((value) => ('raw' in value ? [value.raw] : []));
  if (encoding.style && !encoding.style.style.names && raws.length > 0) {
    return draftStyled({ name, ...encoding.style, decode: form.decode, trim: false }, shape, raws.map(withCommas));
  }
  const items: (readonly unknown[])[] = [];
  const itemTypes = (index: number) => (isArray(shape, values.length) ? shape.item(index) : shape);
  for (const [index, value] of values.entries()) {
    const readings = readingsOf(form, value, itemTypes(index), encoding);
    if (!Array.isArray(readings)) return readings as FieldDefect;
    items.push(readings);
  }
  return assemble(items, shape);
}

/** What writes forms (URLSearchParams, browsers) encodes each comma, so that those of a list cannot be told from others. */
function withCommas(raw: string): string {
  return raw.includes(',') ? raw : replaceInPieces(raw, /%2C/gi, ',');
}

/** Whether a field can only be an array, or is there more than once and can be one. */
function isArray(shape: Shape, occurrences: number): boolean {
  return (shape.types & wireType.array) !== 0 && (occurrences > 1 || shape.types === wireType.array);
}

/** One value, or an array of all. */
function assemble(values: readonly (readonly unknown[])[], shape: Shape): Draft {
  const last = values.at(-1) ?? [];
  if (!isArray(shape, values.length)) return Draft.of(shape.types & wireType.array ? [...last, [last[0]]] : last);
  // A single value that is an array already (JSON) is the array.
  if (values.length === 1 && Array.isArray(last[0])) return Draft.of(last);
  const items: unknown[] = [];
  const draft = Draft.container(items);
  for (const [index, readings] of values.entries()) draft.put(items, index, `/${index}`, readings);
  return draft;
}

function draftStyled(layout: Layout, shape: Shape, raws: readonly string[]): Draft | FieldDefect {
  let fault: Defect = 'style';
  for (const structure of structuresOf(shape.types, raws.length)) {
    const draft = draftAs(structure, layout, shape, raws);
    if (draft instanceof Draft) return draft;
    fault = draft;
  }
  return faultOf(fault, layout.style.name);
}

function draftBrackets(form: Form, name: string, shape: Shape, rest: Set<string>): Draft | FieldDefect | undefined {
  const byName = new Map<string, string[]>();
  for (const key of rest) {
    if (!key.startsWith(`${name}[`)) continue;
    const texts = (form.fields.get(key) ?? []).map((value) =>
      'raw' in value ? value.raw : binaryString(value.part.bytes),
    );
    byName.set(key, texts);
  }
  const draft = byName.size > 0 ? deepObject.names.draft(name, shape, { byName, decode: form.decode }) : undefined;
  if (draft === undefined) return undefined;
  for (const key of byName.keys()) rest.delete(key);
  return typeof draft === 'string' ? faultOf(draft, deepObject.name) : draft;
}

function draftSpread(form: Form, shape: Shape, rest: Set<string>): Draft | FieldDefect | undefined {
  const members = {};
  const draft = Draft.container(members);
  for (const name of shape.names) {
    const values = rest.has(name) ? form.fields.get(name) : undefined;
    if (!values) continue;
    rest.delete(name);
    const member = draftValues(form, name, values, shape.member(name), noEncoding);
    if (!(member instanceof Draft)) return member;
    draft.adopt(members, name, pointerOf(name), member);
  }
  return Object.keys(members).length > 0 ? draft : undefined;
}

function readingsOf(
  form: Form,
  value: FormValue,
  shape: Shape,
  encoding: FieldEncoding,
): readonly unknown[] | FieldDefect {
  const part = 'part' in value ? value.part : null;
  const mediaType = part?.mediaType ?? encoding.contentType;
  if (part?.mediaType && encoding.contentType && !isListed(part.mediaType, encoding.contentType)) {
    const message = `the part has media type ${part.mediaType}`;
    return { keyword: 'mediaType', expected: encoding.contentType, received: part.mediaType, message };
  }
  if (part && isBinary(part, mediaType)) return [binaryString(part.bytes)];
  const charset = part?.mediaType ? mediaTypeOf(part.mediaType)?.parameters.get('charset') : undefined;
  const text = part ? decodeText(part.bytes, charset) : decoded(form.decode(('raw' in value && value.raw) || ''));
  if (!text.ok) {
    return { keyword: 'encoding', expected: text.expected, message: `expected ${text.expected}, found ${text.found}` };
  }
  if (mediaType && !mediaType.includes(',') && isJson(mediaType)) return jsonReadings(text.text, form.budget);
  const literals = literalReadings(text.text, shape.types);
  // The default for an object is JSON (4.8.15.1), also where a browser's FormData does not say so.
  if (!(shape.types & (wireType.object | wireType.array)) || !/^\s*[[{]/.test(text.text)) return literals;
  const json = jsonReadings(text.text, form.budget);
  return Array.isArray(json) ? [...json, ...literals] : literals;
}

function decoded(text: string | null) {
  if (text !== null) return { ok: true, text } as const;
  return { ok: false, expected: 'percent-encoded UTF-8', found: 'something else' } as const;
}

function jsonReadings(text: string, budget: BodyBudget): unknown[] | FieldDefect {
  const reading = budget.readJson(text);
  if (reading.ok) return [reading.value];
  const { line, column, expected, found } = reading.fault;
  const message = `not JSON: expected ${expected} at line ${line}, column ${column}, found ${found}`;
  return { keyword: 'syntax', expected, received: text, message };
}

/** A file, or a part whose type is neither text nor JSON. */
function isBinary(part: Part, mediaType: string | null): boolean {
  if (mediaType !== null && isJson(mediaType)) return false;
  const type = mediaType === null ? null : mediaTypeOf(mediaType.split(',')[0] ?? '');
  return part.fileName !== null || (type !== null && type.type !== 'text');
}

function isListed(mediaType: string, list: string): boolean {
  const contents = list.split(',').map((range) => ({ mediaType: range.trim() }) as Content);
  return contentFor(contents, mediaType) !== undefined;
}

const noEncoding: FieldEncoding = { pointer: '', contentType: null, style: null };

function encodingOf(content: Content, name: string): FieldEncoding {
  const encoding: JsonObject | undefined = Object.hasOwn(content.encoding, name) ? content.encoding[name] : undefined;
  const pointer = `${content.pointer}/encoding${pointerOf(name)}`;
  if (!encoding) return { ...noEncoding, pointer };
  const { contentType, style, explode, allowReserved } = encoding;
  const given = typeof style === 'string' || typeof explode === 'boolean' || typeof allowReserved === 'boolean';
  const layoutStyle = styleIn('query', style);
  return {
    pointer,
    contentType: typeof contentType === 'string' ? contentType : null,
    style: given
      ? { style: layoutStyle, explode: typeof explode === 'boolean' ? explode : layoutStyle.explodes }
      : null,
  };
}

function faultOf(fault: Defect, style: string): FieldDefect {
  return fault === 'style'
    ? { keyword: 'style', expected: `style ${style}`, message: `not serialized in style ${style}` }
    : { keyword: 'encoding', expected: 'percent-encoded UTF-8', message: 'not percent-encoded UTF-8' };
}

function fieldViolation(name: string, fault: FieldDefect, encoding: FieldEncoding): Violation {
  const { message, ...rest } = fault;
  return {
    in: 'body',
    pointer: pointerOf(name),
    schemaPointer: encoding.pointer,
    params: {},
    message: `form field ${JSON.stringify(name)}: ${message}`,
    ...rest,
  };
}
