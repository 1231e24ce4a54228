import { contentOfCase, mergeViolations } from '../fixture/index.js';
import {
  type Content,
  contentFor,
  isBodiless,
  isJson,
  type Operation,
  type Operations,
  type Response,
  responseFor,
  writeBody,
} from '../operation/index.js';
import type { Violation } from '../schema/index.js';
import { parseJson } from '../text/integers.js';
import { merged } from '../text/merge-patch.js';
import type { Json } from '../text/value.js';
import type { Draft, Exchange } from './context.js';
import { refuse } from './refusal.js';
import { successOf } from './status.js';
import type { Preference } from './types.js';

type Headers = NonNullable<Preference['headers']>;

/**
 * A draft with a merge patch (RFC 7396) over its body.
 * @returns why it cannot be merged, as a sentence without a final period
 */
export function mergedInto(draft: Draft, merge: Json, operation: Operation, { schemas }: Operations): Draft | string {
  const { contentType, body, status } = draft;
  const value = contentType !== null && isJson(contentType) ? parsed(body) : undefined;
  if (value === undefined) {
    return nothingToMerge(operation, status, contentType);
  }
  const content = contentOf(responseFor(operation, status), contentType);
  const mediaType = contentType ?? 'application/json';
  return { ...draft, ...writeBody({ value: merged(value, merge), mediaType, content, schemas }) };
}

function nothingToMerge({ method, path }: Operation, status: number, mediaType: string | null): string {
  const what = mediaType === null ? 'no body' : `a body of ${mediaType}`;
  return `There is nothing to merge into: the ${status} of ${method} ${path} has ${what}`;
}

/** A field takes the place of one that is called the same, whatever the case of its letters. */
export function withHeaders({ headers, contentType }: Draft, own: Headers): Pick<Draft, 'headers' | 'contentType'> {
  const names = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  const kept = Object.entries(headers).filter(([name]) => !names.has(name.toLowerCase()));
  return {
    headers: { ...Object.fromEntries(kept), ...own },
    contentType: names.has('content-type') ? null : contentType,
  };
}

/**
 * In which way what a host wants is not what the document says, as a sentence without a final period; null where it is. What is to
 * be merged is held against answers that are made: only what fits none of them is certain to be wrong.
 */
export function ownProblem(
  operation: Operation,
  { status, body, merge, headers, offContract }: Preference,
  operations: Operations,
): string | null {
  const sent = status ?? successOf(operation).status;
  const response = responseFor(operation, sent);
  if (response === undefined) return null;
  const content = contentOfCase(response, null);
  if (merge !== undefined && (isBodiless(sent) || content === undefined || !isJson(content.mediaType)))
    return nothingToMerge(operation, sent, isBodiless(sent) ? null : (content?.mediaType ?? null));
  if (offContract === true) return null;
  const wrong = headersProblem(response, headers ?? {});
  if (wrong !== null) return wrong;
  const schema = content?.schema ?? null;
  if (merge !== undefined && schema !== null && schema.problem === null)
    return unfit(operation, sent, mergeViolations(schema, merge, operations));
  return body === undefined ? null : bodyProblem(operation, sent, response, content ?? null, body);
}

/** In which way a finished draft is not what the document says, likewise. */
export function draftProblem(
  operation: Operation,
  { status, body, contentType }: Draft,
  headers: Headers = {},
): string | null {
  const response = responseFor(operation, status);
  if (response === undefined) return null;
  const value = contentType !== null && isJson(contentType) ? parsed(body) : undefined;
  const wrong = headersProblem(response, headers);
  if (wrong !== null || value === undefined) return wrong;
  return bodyProblem(operation, status, response, contentOf(response, contentType), value);
}

const remedy = '(offContract: true answers so all the same)';

function bodyProblem(
  operation: Operation,
  status: number,
  { content: declared }: Response,
  content: Content | null,
  value: Json,
): string | null {
  const { method, path } = operation;
  if (isBodiless(status) || declared.length === 0) return `The ${status} of ${method} ${path} has no body ${remedy}`;
  const schema = content?.schema ?? null;
  return schema === null || schema.problem !== null ? null : unfit(operation, status, schema.validate(value, 'body'));
}

function unfit({ method, path }: Operation, status: number, violations: readonly Violation[]): string | null {
  if (violations.length === 0) return null;
  const shown = violations.slice(0, 3).map(({ pointer, message }) => `${pointer || 'the body'} ${message}`);
  const more = violations.length > shown.length ? `; and ${violations.length - shown.length} more` : '';
  return `The body does not fit the ${status} of ${method} ${path}: ${shown.join('; ')}${more} ${remedy}`;
}

function headersProblem({ headers: declared }: Response, own: Headers): string | null {
  for (const [name, value] of Object.entries(own)) {
    const header = declared.find((one) => one.name.toLowerCase() === name.toLowerCase());
    const schema = header?.schema ?? null;
    if (schema === null || schema.problem !== null || typeof value !== 'string') continue;
    const read = value.trim() !== '' && Number.isFinite(Number(value)) ? [Number(value), value] : [value];
    if (read.some((one) => schema.accepts(one))) continue;
    const [violation] = schema.validate(value, 'header');
    return `The header ${name} ${violation?.message ?? 'does not fit'} ${remedy}`;
  }
  return null;
}

function contentOf(response: Response | undefined, contentType: string | null): Content | null {
  if (response === undefined || contentType === null) return null;
  return contentFor(response.content, contentType) ?? null;
}

function parsed(body: Draft['body']): Json | undefined {
  try {
    return parseJson(typeof body === 'string' ? body : new TextDecoder().decode(body)) as Json;
  } catch {
    return undefined;
  }
}

/** A 500 that says in which way what was given is not what the document allows. */
export function refused(exchange: Exchange, operation: Operation, problem: string): Draft {
  return { ...refuse(exchange, { status: 500, detail: problem, declared: false }), name: operation.id };
}
