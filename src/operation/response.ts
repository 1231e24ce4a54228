import type { Document } from '../document/index.js';
import type { Violation } from '../schema/index.js';
import type { JsonError } from '../text/json.js';
import { pointerOf } from '../text/pointer.js';
import type { Json } from '../text/value.js';
import { formatOf, readBody } from './body/formats.js';
import { jsonBody } from './body/json-body.js';
import { isOwnExample, isOwnText } from './example.js';
import { type HttpResponse, isBodiless } from './http.js';
import { contentFor, isJson } from './media-type.js';
import { checkResponseHeaders, valuesOf } from './response/headers.js';
import type { Content, Operation, Response } from './types.js';

/** The response that is declared for a status (OpenAPI 3.1, 4.8.16): its number, its range (`4XX`), or `default`. */
export function responseFor(operation: Operation, status: number): Response | undefined {
  const range = `${Math.floor(status / 100)}XX`;
  for (const key of [String(status), range, 'default']) {
    const response = operation.responses.find((candidate) => candidate.key === key);
    if (response) return response;
  }
  return undefined;
}

/**
 * Whether a declared response describes successes alone, though its key covers errors as well: it is `default`, and no
 * success has a key of its own. What an error looks like the document does not say then.
 */
export function isSuccessByDefault({ responses }: Operation, response: Response): boolean {
  return response.key === 'default' && !responses.some(({ key }) => key.startsWith('2'));
}

/**
 * In which ways a response differs from what the document declares: status, headers, media type, body. A status that is
 * not declared is one violation, and there is nothing to hold the rest against.
 *
 * @param method That of the request, where it is not the operation's own: HEAD is answered by GET.
 */
export function checkResponse(
  operation: Operation,
  response: HttpResponse,
  { method = operation.method }: { readonly method?: string } = {},
): Violation[] {
  const declared = responseFor(operation, response.status);
  if (!declared) return [undocumented(operation, response.status)];
  return [
    ...checkResponseHeaders(declared, response, operation.document),
    ...(isBodiless(response.status, method)
      ? checkNoBody(declared, response, method)
      : checkResponseBody(declared, response, operation.document)),
  ];
}

function checkNoBody(declared: Response, { status, body }: HttpResponse, method: string): Violation[] {
  if (!body || body.length === 0) return [];
  const reason = method === 'HEAD' ? 'the answer to HEAD' : `a ${status} response`;
  return [
    {
      in: 'body',
      pointer: '',
      keyword: 'undocumented',
      message: `${reason} must not have a body`,
      expected: 'no body',
      received: `${body.length} bytes`,
      schemaPointer: declared.pointer,
      params: { length: body.length },
    },
  ];
}

function undocumented(operation: Operation, status: number): Violation {
  const keys = operation.responses.map(({ key }) => key);
  return {
    in: 'status',
    pointer: '',
    keyword: 'undocumented',
    message: `status ${status} is not declared`,
    expected: keys,
    received: status,
    schemaPointer: operation.pointer + pointerOf('responses'),
    params: { declared: keys },
  };
}

/** The media type and the body of a response that may have one. A response without `content` describes neither. */
function checkResponseBody(declared: Response, response: HttpResponse, document: Document): Violation[] {
  const { content: contents } = declared;
  const body = response.body ?? new Uint8Array();
  const [mediaType] = valuesOf(response.headers, 'content-type');
  if (contents.length === 0) return [];
  const expected = contents.map((content) => content.mediaType);
  const at = `${declared.pointer}/content`;
  if (mediaType === undefined) {
    // Without a body there is nothing whose type could be told.
    return body.length === 0
      ? [bodyMissing(expected, at)]
      : [{ ...mediaTypeViolation(expected, at), keyword: 'missing', message: `the header Content-Type is required` }];
  }
  const content = contentFor(contents, mediaType);
  if (!content) {
    const message = `the media type ${mediaType} is not declared`;
    return [{ ...mediaTypeViolation(expected, at), message, received: mediaType }];
  }
  return checkContent(content, mediaType, { body, isOpen: response.isOpen === true }, document);
}

function checkContent(
  content: Content,
  mediaType: string,
  { body, isOpen }: { readonly body: Uint8Array; readonly isOpen: boolean },
  document: Document,
): Violation[] {
  if (isJson(mediaType)) return checkJson(content, body);
  // What other bytes stand for, JSON Schema cannot say (OpenAPI 3.1, 4.8.14.3).
  if (!readsAnswers(mediaType)) return [];
  const { value, violations } = readBody(content, mediaType, body, document, isOpen);
  // An example that is no list is shown as the one item of a sequence.
  const [only] = formatOf(mediaType).framing && Array.isArray(value) && value.length === 1 ? value : [value];
  const isOwn = () => [value, only].some((each) => isOwnExample(content, each as Json));
  const isShown = violations.length > 0 && (isOwnText(content, body) || isOwn());
  return isShown ? [] : violations;
}

function readsAnswers(mediaType: string): boolean {
  const { name } = formatOf(mediaType);
  return name !== 'binary' && name !== 'other';
}

function checkJson(content: Content, body: Uint8Array): Violation[] {
  if (body.length === 0) return [bodyMissing([content.mediaType], content.pointer)];
  const json = jsonBody(body);
  if (!json.isText) {
    return [bodyViolation(content, 'encoding', `the body is not ${json.expected}`, json.expected, json.found)];
  }
  const { reading, duplicate } = json;
  if (!reading.ok) return [notJson(content, reading.exceeded === undefined ? 'syntax' : 'limit', reading.fault)];
  if (duplicate !== null) return [notJson(content, 'syntax', duplicate.fault)];
  const violations = content.schema && !content.schema.problem ? content.schema.validate(reading.value, 'body') : [];
  // What the document itself shows is its own contradiction, and no fault of whoever answers so: `Operation.warnings` says it.
  return violations.length > 0 && isOwnExample(content, reading.value) ? [] : violations;
}

function notJson(content: Content, keyword: string, { line, column, expected, found }: JsonError): Violation {
  const message = `the body is not one JSON text: expected ${expected} at line ${line}, column ${column}, found ${found}`;
  return { ...bodyViolation(content, keyword, message, expected, found), params: { line, column } };
}

function bodyViolation(
  content: Content,
  keyword: string,
  message: string,
  expected: Json,
  received: unknown,
): Violation {
  return { in: 'body', pointer: '', keyword, message, expected, received, schemaPointer: content.pointer, params: {} };
}

function bodyMissing(expected: string[], schemaPointer: string): Violation {
  const message = 'a body is declared, and there is none';
  return { in: 'body', pointer: '', keyword: 'missing', message, expected, schemaPointer, params: {} };
}

function mediaTypeViolation(expected: string[], schemaPointer: string): Violation {
  const message = 'the media type is not declared';
  return { in: 'content-type', pointer: '', keyword: 'mediaType', message, expected, schemaPointer, params: {} };
}
