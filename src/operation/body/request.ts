import type { Document } from '../../document/index.js';
import type { Violation } from '../../schema/index.js';
import type { HttpRequest } from '../http.js';
import { contentFor, isJson, mediaTypeOf } from '../media-type.js';
import type { Content, RequestBody } from '../types.js';
import type { BodyReading } from './format.js';
import { readBody } from './formats.js';
import type { BodyLimits } from './limits.js';

const nothing: BodyReading = { violations: [] };

/**
 * Checks the body of a request (OpenAPI 3.1, 4.8.13). Content where no body is declared is ignored: it has no
 * defined semantics (RFC 9110, 9.3.1).
 */
export function checkRequestBody(
  requestBody: RequestBody | null,
  request: HttpRequest,
  document: Document,
  limits: BodyLimits,
): BodyReading {
  if (requestBody === null) return nothing;
  const sent = contentType(request);
  const { body } = request;
  const isEmpty = body === null || body.length === 0;
  if (body === null || (isEmpty && !canBeEmpty(sent))) {
    return requestBody.required ? { violations: [missing(requestBody)] } : nothing;
  }
  if (requestBody.content.length === 0) return nothing;
  const content = sent === undefined ? assumed(requestBody.content) : contentFor(requestBody.content, sent);
  // What `fetch` says of the type of an empty text, where no body need be sent, is said of nothing.
  if (content === undefined && isEmpty && !requestBody.required) return nothing;
  if (content === undefined) return { violations: [unsupported(requestBody, sent)] };
  return readBody(content, sent ?? content.mediaType, body, document, false, limits);
}

function contentType({ headers }: HttpRequest): string | undefined {
  const value = headers['content-type'];
  const text = typeof value === 'string' ? value : value?.[0];
  return text === undefined || text.trim() === '' ? undefined : text;
}

/** No bytes are a form without fields, an empty text or an empty file, but neither JSON nor multipart nor XML. */
function canBeEmpty(mediaType: string | undefined): boolean {
  if (mediaType === undefined || isJson(mediaType)) return false;
  const type = mediaTypeOf(mediaType);
  return type !== null && type.type !== 'multipart' && !/(?:^|\+)xml$/.test(type.subtype);
}

/**
 * What a body without Content-Type is taken for (RFC 9110, 8.3: the recipient may examine or assume). Servers differ:
 * FastAPI before 0.132 reads JSON, later versions refuse; so what is declared decides: JSON, or the only type there is.
 * The boundary of multipart cannot be assumed.
 */
function assumed(contents: readonly Content[]): Content | undefined {
  const json = contents.find((content) => isJson(content.mediaType));
  if (json) return json;
  const [only] = contents;
  return contents.length === 1 && only && !only.mediaType.startsWith('multipart/') ? only : undefined;
}

function missing(requestBody: RequestBody): Violation {
  return {
    in: 'body',
    pointer: '',
    keyword: 'missing',
    message: 'a body is required',
    expected: `a body of type ${requestBody.content.map((content) => content.mediaType).join(' or ')}`,
    schemaPointer: `${requestBody.pointer}/required`,
    params: {},
  };
}

function unsupported(requestBody: RequestBody, sent: string | undefined): Violation {
  const declared = requestBody.content.map((content) => content.mediaType);
  const found = sent === undefined ? 'there is no Content-Type' : `media type ${sent} is not declared`;
  return {
    in: 'content-type',
    pointer: '',
    keyword: 'mediaType',
    message: `${found}: send ${declared.join(' or ')}`,
    expected: declared,
    ...(sent === undefined ? {} : { received: sent }),
    schemaPointer: `${requestBody.pointer}/content`,
    params: { mediaTypes: declared },
  };
}
