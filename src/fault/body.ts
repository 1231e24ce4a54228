import { type Answer, contentTypeOf, isBodiless } from '../operation/http.js';
import { concreteMediaType, formatOf, readBody, writeBody } from '../operation/index.js';
import { isJson } from '../operation/media-type.js';
import type { Content, Operation, Response } from '../operation/types.js';
import type { Schema } from '../schema/index.js';
import { type ValueNode, walkValue } from '../schema/outlook.js';
import { isObject, type Json } from '../text/value.js';
import type { FaultContext } from './types.js';

/** The answer with another body. Its media type stays. */
export function withBody(answer: Answer, body: string | Uint8Array): Answer {
  return { ...answer, body };
}

/** The answer with another status. */
export function withStatus(answer: Answer, status: number): Answer {
  return { ...answer, status };
}

/** The answer with a header set, or taken away by null; whatever its case was before. */
export function withHeader(answer: Answer, name: string, value: string | null): Answer {
  const others = Object.entries(answer.headers).filter(([other]) => other.toLowerCase() !== name.toLowerCase());
  return { ...answer, headers: Object.fromEntries(value === null ? others : [...others, [name, value]]) };
}

/** The JSON value of an answer's body, or undefined where it is not JSON. */
export function jsonOf(answer: Answer): Json | undefined {
  if (answer.body === '' || !isJson(contentTypeOf(answer))) return undefined;
  try {
    return JSON.parse(textOf(answer)) as Json;
  } catch {
    return undefined;
  }
}

export function textOf(answer: Answer): string {
  return typeof answer.body === 'string' ? answer.body : new TextDecoder().decode(answer.body);
}

export function bytesOf(answer: Answer): Uint8Array {
  return typeof answer.body === 'string' ? new TextEncoder().encode(answer.body) : answer.body;
}

/** Whether this answer says yes. */
export function succeeds(answer: Answer): boolean {
  return answer.status >= 200 && answer.status < 300;
}

/** How many bodies are made until one has the place that was asked for: it may be in a branch that few take. */
const mostAttempts = 8;

/**
 * Tries the bodies that `candidates` makes, first of the answer's own body, then of ones with every member,
 * and takes the first that breaks the declared schema, as it is read from the wire: in XML a number is a text as well.
 * null where no candidate does: the schema allows it.
 */
export function spoilBody(
  answer: Answer,
  context: FaultContext,
  candidates: (body: Json, schema: Schema) => Iterable<Json>,
): Answer | null {
  const { content } = context.declared(answer);
  const schema = content?.schema;
  if (!content || !schema || schema.problem !== null) return null;
  const written = writtenJson(answer, schema) ?? writtenOtherwise(answer, content, context.operation);
  if (written === null) return null;
  const attempts = context.site === null ? 1 : mostAttempts;
  for (let attempt = -1; attempt < attempts; attempt++) {
    const body = attempt < 0 ? written.value : context.generate(schema, attempt);
    if (body === undefined) continue;
    for (const candidate of candidates(body, schema)) {
      const spoiled = written.spoiled(candidate);
      if (spoiled !== null) return spoiled;
    }
  }
  return null;
}

/** A body as a value, and how another is sent in its place. */
interface Written {
  readonly value: Json;
  /** The answer with this body; null where the schema allows that. */
  spoiled(value: Json): Answer | null;
}

function writtenJson(answer: Answer, schema: Schema): Written | null {
  const value = jsonOf(answer);
  if (value === undefined) return null;
  return { value, spoiled: (other) => (schema.accepts(other) ? null : withBody(answer, JSON.stringify(other))) };
}

/** XML, CSV, forms: what is read back as values. Streams have faults of their own. */
function writtenOtherwise(answer: Answer, content: Content, { document, schemas }: Operation): Written | null {
  const type = contentTypeOf(answer);
  if (type === '' || !isReadOtherwise(content.mediaType)) return null;
  const read = readBody(content, type, bytesOf(answer), document);
  if (!('value' in read) || read.violations.length > 0) return null;
  return {
    value: read.value as Json,
    spoiled(value) {
      const { body, contentType } = writeBody({ value, mediaType: content.mediaType, content, schemas });
      const spoiled = withHeader(withBody(answer, body), 'Content-Type', contentType);
      return readBody(content, contentType, bytesOf(spoiled), document).violations.length > 0 ? spoiled : null;
    },
  };
}

function isReadOtherwise(mediaType: string): boolean {
  const { isRead, framing } = formatOf(concreteMediaType(mediaType));
  return isRead && framing === undefined && !isJson(mediaType);
}

/** Responses that the mock gives to a valid request. */
export function successes(operation: Operation): readonly Response[] {
  const twos = operation.responses.filter(({ key }) => /^2/.test(key));
  const all = twos.length > 0 ? twos : operation.responses.filter(({ key }) => key === 'default');
  return all.map((response) => (isBodiless(Number(response.key)) ? { ...response, content: [] } : response));
}

type Described = Content & { readonly schema: Schema };

/** The JSON content of responses that has a schema. */
export function jsonContents(responses: readonly Response[]): readonly Described[] {
  return describedContents(responses).filter(({ mediaType }) => isJson(mediaType));
}

/** The content of responses that has a schema, and is read as values. */
export function readContents(responses: readonly Response[]): readonly Described[] {
  return describedContents(responses).filter(({ mediaType }) => isJson(mediaType) || isReadOtherwise(mediaType));
}

function describedContents(responses: readonly Response[]): readonly Described[] {
  return responses.flatMap(({ content }) => content).filter((content): content is Described => content.schema !== null);
}

/** Whether the document declares this status, by number, range or `default`. */
export function declares(operation: Operation, status: number): boolean {
  const keys = [String(status), `${Math.floor(status / 100)}XX`, 'DEFAULT'];
  return operation.responses.some(({ key }) => keys.includes(key.toUpperCase()));
}

const nodes = new WeakMap<object, ValueNode[]>();

/** Every value in a body with every schema of the document that it has to keep. Made bodies are asked for again and again. */
export function nodesOf(body: Json, schema: Schema, { operation }: FaultContext): readonly ValueNode[] {
  const key = typeof body === 'object' && body !== null ? body : null;
  const known = key && nodes.get(key);
  if (known) return known;
  const found = [...walkValue(operation.schemas, 'response', schema.pointer, body)];
  if (key) nodes.set(key, found);
  return found;
}

/** A copy of `body` with `value` at `path`; `undefined` takes the member or item away. */
export function replaced(body: Json, path: readonly (string | number)[], value: Json | undefined): Json {
  const [step, ...rest] = path;
  if (step === undefined) return value ?? null;
  if (Array.isArray(body)) {
    const items = [...body];
    if (rest.length === 0 && value === undefined) items.splice(Number(step), 1);
    else items[Number(step)] = replaced(items[Number(step)] ?? null, rest, value);
    return items;
  }
  const members = Object.entries(isObject(body) ? body : {});
  if (!members.some(([name]) => name === step)) members.push([String(step), null]);
  return Object.fromEntries(
    members
      .filter(([name]) => name !== step || rest.length > 0 || value !== undefined)
      .map(([name, member]) => [name, name === step ? replaced(member, rest, value) : member]),
  );
}
