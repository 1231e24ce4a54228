import {
  type Content,
  concreteMediaType,
  type HttpRequest,
  headerOf,
  isForm,
  mediaTypeOf,
  type Operation,
  readBody,
} from '../../operation/index.js';
import { parseJson, writeJson } from '../../text/integers.js';
import { isObject, type Json } from '../../text/value.js';
import { bytesOf } from '../derive/body-writer.js';

/** The value that a request has sent as JSON or as a form. */
export interface SentBody {
  readonly value: Json;
  /** As what it is declared; undefined where it is JSON that the document does not name. */
  readonly content: Content | undefined;
}

/** What the body of a request says; null where it says nothing, or would not be written so again. */
export function sentBody(operation: Operation, request: HttpRequest): SentBody | null {
  const { body } = request;
  const type = headerOf(request, 'content-type') ?? '';
  const essence = mediaTypeOf(type)?.essence;
  if (body === null || essence === undefined) return null;
  const isOf = ({ mediaType }: Content) => mediaTypeOf(concreteMediaType(mediaType))?.essence === essence;
  const content = operation.requestBody?.content.find(isOf);
  if (/\bjson\b/i.test(essence)) {
    const value = jsonIn(body);
    return value === undefined ? null : { value, content };
  }
  if (content === undefined || !isForm(essence)) return null;
  const value = readBody(content, type, body, operation.document).value as Json | undefined;
  if (!isObject(value)) return null;
  const again = bytesOf({ content, value, schemas: operation.schemas })?.bytes;
  return again?.length === body.length && again.every((byte, index) => byte === body[index])
    ? { value, content }
    : null;
}

/** The same request with another value in its body, in the form of the one that it has; null where it has no such form. */
export function withSentBody(
  { schemas }: Operation,
  request: HttpRequest,
  { content }: SentBody,
  value: Json,
): HttpRequest | null {
  const type = headerOf(request, 'content-type') ?? '';
  if (content === undefined || !isForm(type)) return { ...request, body: new TextEncoder().encode(writeJson(value)) };
  const written = bytesOf({ content, value, schemas });
  if (written === null) return null;
  return { ...request, headers: { ...request.headers, 'content-type': written.contentType }, body: written.bytes };
}

function jsonIn(body: Uint8Array): Json | undefined {
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(body)) as Json;
  } catch {
    return undefined;
  }
}
