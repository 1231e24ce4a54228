import { contentFor, type Operation, responseFor, type SecurityScheme } from '../operation/index.js';
import type { Violation } from '../schema/index.js';
import type { Draft, Exchange } from './context.js';
import { headerOf } from './cors.js';
import { problemBody } from './problem.js';
import { responseHeaders } from './response-headers.js';
import { saltOf } from './salt.js';

export interface Refusal {
  readonly status: number;
  /** A sentence without a final period; null: made from the violations. */
  readonly detail: string | null;
  readonly violations?: readonly Violation[];
  readonly headers?: Readonly<Record<string, string>>;
}

const decoder = new TextDecoder();

/** An error that the mock has a reason for, in the shape that the document declares. */
export function refuse(exchange: Exchange, refusal: Refusal): Draft {
  const { kitchen, request, operation, path, seed, values } = exchange;
  const { status, detail, violations = [] } = refusal;
  const { schemas } = kitchen.operations;
  const salt = operation === null ? path : saltOf(operation, values);
  const { body, contentType } = problemBody(
    operation,
    { status, detail, violations, path, method: request.method },
    headerOf(request, 'accept'),
    {
      schemas,
      values,
      bodyText: request.body === null ? null : decoder.decode(request.body),
      bodyPointer: bodyPointerOf(exchange),
    },
    { schemas, faker: kitchen.faker, seed, salt },
  );
  const response = operation === null ? undefined : responseFor(operation, status);
  const declared = response && responseHeaders(response, { faker: kitchen.faker, seed, salt, path });
  return {
    status,
    headers: { ...declared, ...refusal.headers },
    body,
    contentType,
    source: 'problem',
    name: null,
    violations,
    delay: 0,
    effect: null,
    chosen: false,
  };
}

/** Pointer of the schema of the request's body, as its media type has it. */
function bodyPointerOf({ operation, request }: Exchange): string | null {
  const contents = operation?.requestBody?.content ?? [];
  const mediaType = headerOf(request, 'content-type');
  const content = mediaType === undefined ? contents[0] : contentFor(contents, mediaType);
  return content?.schema?.pointer ?? null;
}

/** WWW-Authenticate for the schemes of an operation (RFC 9110, 11.6.1): every alternative, each scheme once. */
export function challenges(operation: Operation): Record<string, string> {
  const title = String(operation.document.at('/info/title') ?? 'API');
  const realm = `realm="${title.replaceAll(/[^\x20-\x7e]|["\\]/g, '')}"`;
  const list = new Set(operation.security.flat().map((scheme) => challenge(scheme, realm)));
  return list.size > 0 ? { 'WWW-Authenticate': [...list].join(', ') } : {};
}

function challenge(scheme: SecurityScheme, realm: string): string {
  if (scheme.type === 'http') {
    const name = scheme.httpScheme ?? 'basic';
    return `${name.charAt(0).toUpperCase()}${name.slice(1)} ${realm}`;
  }
  if (scheme.type === 'apiKey') {
    return `ApiKey ${realm}, in="${scheme.in ?? 'header'}", name="${scheme.parameterName ?? ''}"`;
  }
  return `${scheme.type === 'mutualTLS' ? 'Mutual' : 'Bearer'} ${realm}`;
}

/** Which media types a body may have, in the fields that a 415 tells it with (RFC 9110, 15.5.16; RFC 5789, 3.1). */
export function acceptedMediaTypes(operation: Operation): Record<string, string> {
  const list = operation.requestBody?.content.map(({ mediaType }) => mediaType).join(', ') ?? '';
  if (list === '') return {};
  const specific = operation.method === 'PATCH' ? 'Accept-Patch' : operation.method === 'POST' ? 'Accept-Post' : null;
  return { Accept: list, ...(specific === null ? {} : { [specific]: list }) };
}
