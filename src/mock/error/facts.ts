import type { Document } from '../../document/index.js';
import type { RequestValues } from '../../operation/index.js';
import type { Schemas, Violation } from '../../schema/index.js';
import { parsePointer } from '../../text/pointer.js';
import type { Json, JsonObject } from '../../text/value.js';
import { phraseOf } from '../status.js';
import { type Location, location } from './location.js';
import { shapeAt } from './shape.js';

/** One thing that is wrong, in the words that error schemas ask for. */
export interface Reason {
  /** `query`, `body`, … */
  readonly in: string;
  /** The parameter's name, or the path of members in a body: `items.0.name`. */
  readonly field: string;
  /** JSON Pointer into what was sent there. */
  readonly pointer: string;
  readonly keyword: string;
  /** Words for programs, the likeliest first: `missing`, `invalid_type`. */
  readonly codes: readonly string[];
  /** A sentence that stands without the field's name. */
  readonly message: string;
  readonly received: Json;
  readonly location: Location;
  /** null for the subject of an error without violations. */
  readonly violation: Violation | null;
}

/** What words are made from, besides the violations. */
export interface WordingContext {
  readonly schemas: Schemas;
  readonly values: RequestValues | null;
  /** The body as text, for the place of a syntax error. */
  readonly bodyText: string | null;
  /** Pointer of the schema of the body; null where there is none. */
  readonly bodyPointer: string | null;
}

/** What an error body has to say. */
export interface Facts {
  readonly status: number;
  readonly title: string;
  /** One sentence that says all of it. */
  readonly summary: string;
  /** Words for programs, the likeliest first: `validation_error`. */
  readonly codes: readonly string[];
  /** The path that was asked for. */
  readonly path: string;
  readonly method: string;
  readonly reasons: readonly Reason[];
  /** What the error is about where there is no reason to point at: for lists that must not be empty. */
  readonly subject: Reason;
  readonly context: WordingContext;
}

const missing = ['missing', 'missing_field', 'required', 'blank'];

/** Words for programs by keyword, where the keyword itself is none. */
const keywordCodes: Readonly<Record<string, readonly string[]>> = {
  missing,
  required: missing,
  dependentRequired: missing,
  type: ['invalid_type'],
  enum: ['invalid_value'],
  const: ['invalid_value'],
  format: ['invalid_format'],
  pattern: ['invalid_format'],
  additionalProperties: ['unknown_field', 'unexpected'],
  syntax: ['invalid_syntax', 'malformed'],
};

/** A keyword's own word (`min_length`), and what an enum may have for whatever is invalid. */
function codesOf(keyword: string): readonly string[] {
  const own = Object.hasOwn(keywordCodes, keyword) ? keywordCodes[keyword] : undefined;
  const snake = keyword.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return [...(own ?? [snake]), 'invalid', 'invalid_field', 'invalid_parameter'];
}

const invalid = ['validation_error', 'invalid_request', 'invalid_argument', 'bad_request', 'validation_failed'];
const invalidToo = ['invalid_parameter', 'invalid_input', 'unprocessable_entity', 'invalid'];

/** Words for programs by status: what APIs mostly call it, then other names that an enum may have for it. */
const codes: Readonly<Record<number, readonly string[]>> = {
  400: ['bad_request', ...invalid, ...invalidToo],
  401: ['unauthorized', 'unauthenticated', 'authentication_required', 'authentication_error', 'invalid_token'],
  403: ['forbidden', 'permission_denied', 'access_denied', 'insufficient_permissions'],
  404: ['not_found', 'resource_not_found', 'no_such_resource'],
  405: ['method_not_allowed'],
  406: ['not_acceptable'],
  409: ['conflict', 'already_exists', 'resource_conflict'],
  413: ['content_too_large', 'payload_too_large'],
  415: ['unsupported_media_type'],
  422: [...invalid, ...invalidToo],
  429: ['too_many_requests', 'rate_limit_exceeded', 'rate_limited', 'resource_exhausted'],
  500: ['internal_server_error', 'internal_error', 'server_error', 'internal', 'unknown'],
  503: ['service_unavailable', 'unavailable'],
};

export interface Occurrence {
  readonly status: number;
  /** A sentence; made from the violations where it is null. */
  readonly detail: string | null;
  readonly violations: readonly Violation[];
  readonly path: string;
  readonly method: string;
}

export function factsOf(occurrence: Occurrence, context: WordingContext): Facts {
  const { status, violations, path, method } = occurrence;
  const { document } = context.schemas;
  const reasons = inDocumentOrder(violations, document, context.bodyPointer).map((one) =>
    reasonOf(one, context.values),
  );
  const words = codes[status] ?? [phraseOf(status).toLowerCase().replaceAll(/\W+/g, '_')];
  const summary = occurrence.detail ?? summaryOf(reasons, status);
  return {
    status,
    title: phraseOf(status),
    summary,
    codes: words,
    path,
    method,
    reasons,
    subject: reasons[0] ?? subjectOf(summary, words[0] ?? 'error', context.values),
    context,
  };
}

/** The first path parameter, since most errors without a violation are about the thing that it names; else the body. */
function subjectOf(summary: string, code: string, values: RequestValues | null): Reason {
  const [name, value] = Object.entries(values?.path ?? {})[0] ?? [];
  const where = name === undefined ? 'body' : 'path';
  return {
    in: where,
    field: name ?? '',
    pointer: name === undefined ? '' : `/${name}`,
    keyword: code,
    codes: [code],
    message: summary,
    received: (value ?? null) as Json,
    location: name === undefined ? [where] : [where, name],
    violation: null,
  };
}

function reasonOf(violation: Violation, values: RequestValues | null): Reason {
  const place = location(violation, values);
  return {
    in: violation.in,
    field: place.slice(1).join('.') || String(place[0] ?? ''),
    pointer: violation.pointer,
    keyword: violation.keyword,
    codes: codesOf(violation.keyword),
    message: violation.message,
    received: (violation.received ?? null) as Json,
    location: place,
    violation,
  };
}

function summaryOf(reasons: readonly Reason[], status: number): string {
  const [first, ...others] = reasons;
  if (first === undefined) return phraseOf(status);
  const rest = others.length > 0 ? ` (and ${others.length} more)` : '';
  return `${placeOf(first)}${first.message}${rest}`;
}

/** Where it is wrong, unless the message says so itself. */
function placeOf({ in: where, field, pointer, message }: Reason): string {
  if (where === 'body') return pointer === '' ? 'body: ' : `body ${pointer}: `;
  if (!places.includes(where) || message.includes(`"${field}"`)) return '';
  return `${where} parameter ${field}: `;
}

/** RFC 9457 problem details, with what is wrong one by one as the extension `violations`. */
export function problemDetails(facts: Facts): JsonObject {
  const body: JsonObject = {
    type: 'about:blank',
    title: facts.title,
    status: facts.status,
    detail: facts.summary,
    instance: facts.path,
  };
  if (facts.reasons.length > 0) {
    body.violations = facts.reasons.map(({ in: where, field, pointer, keyword, message }) => ({
      in: where,
      field,
      pointer,
      keyword,
      message,
    }));
  }
  return body;
}

const places = ['path', 'query', 'querystring', 'header', 'cookie'];

/**
 * In this order: path, query, header, cookie, body; members of a body as the document lists them, those that it
 * does not know last.
 * @param bodyPointer of the schema of the body; null where there is none
 */
function inDocumentOrder(
  violations: readonly Violation[],
  document: Document,
  bodyPointer: string | null,
): Violation[] {
  if (violations.length < 2) return [...violations];
  const keyed = violations.map((violation) => ({
    violation,
    key:
      violation.in === 'body'
        ? [places.length, ...positions(parsePointer(violation.pointer), document, bodyPointer)]
        : [Math.max(0, places.indexOf(violation.in))],
  }));
  return keyed.sort((a, b) => compare(a.key, b.key)).map(({ violation }) => violation);
}

function positions(segments: readonly string[], document: Document, root: string | null): number[] {
  let pointer = root;
  return segments.map((segment) => {
    if (pointer === null) return 0;
    const shape = shapeAt(document, pointer);
    const index = orderOf(shape.properties).get(segment) ?? -1;
    pointer = index >= 0 ? (shape.properties.get(segment) ?? null) : shape.items;
    if (index >= 0) return index;
    return shape.items !== null && /^\d+$/.test(segment) ? Number(segment) : Number.MAX_SAFE_INTEGER;
  });
}

const orders = new WeakMap<object, ReadonlyMap<string, number>>();

/** The place of each member: of thousands that are missing each is looked for. */
function orderOf(properties: ReadonlyMap<string, string>): ReadonlyMap<string, number> {
  const order = orders.get(properties) ?? new Map(Array.from(properties.keys(), (name, index) => [name, index]));
  orders.set(properties, order);
  return order;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
