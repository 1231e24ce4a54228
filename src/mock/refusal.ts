import {
  type Content,
  challengesOf,
  concreteMediaType,
  contentFor,
  headerOf,
  isJson,
  isSuccessByDefault,
  negotiate,
  type Operation,
  type Response,
  responseFor,
  writeBody,
} from '../operation/index.js';
import type { Violation } from '../schema/index.js';
import type { Json } from '../text/value.js';
import { type Draft, type Exchange, emptyDraft } from './context.js';
import { type ErrorBodyTools, errorBody } from './error/body.js';
import { type Facts, factsOf, type Occurrence, problemDetails, type WordingContext } from './error/facts.js';
import { responseHeaders } from './response-headers.js';
import { saltOf } from './salt.js';

export interface Refusal {
  readonly status: number;
  /** A sentence without a final period; null: made from the violations. */
  readonly detail: string | null;
  readonly violations?: readonly Violation[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether it has the shape that the operation declares for this status, if it does (true). */
  readonly declared?: boolean;
}

const decoder = new TextDecoder();

/** An error that the mock has a reason for, in the shape that the document declares. */
export function refuse(exchange: Exchange, refusal: Refusal): Draft {
  const { setup, request, path, seed, values } = exchange;
  const { status, detail, violations = [] } = refusal;
  const operation = refusal.declared === false ? null : exchange.operation;
  const { schemas } = setup.operations;
  const salt = operation === null ? path : saltOf(operation, values);
  const {
    body,
    contentType,
    valid = true,
  } = problemBody(
    operation,
    { status, detail, violations, path, method: request.method },
    headerOf(request, 'accept'),
    {
      schemas,
      values,
      // Read by those alone who need it.
      get bodyText() {
        return request.body === null ? null : decoder.decode(request.body);
      },
      bodyPointer: bodyPointerOf(exchange),
    },
    { schemas, faker: setup.faker, seed, salt },
  );
  const response = describedError(operation, status);
  const tools = { faker: setup.faker, seed, salt: () => salt, path, method: request.method };
  const declared = response && responseHeaders(response, tools);
  return {
    ...emptyDraft,
    status,
    headers: { ...declared, ...refusal.headers },
    body,
    contentType,
    valid,
    source: 'problem',
    violations,
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

/** WWW-Authenticate, where an operation asks for credentials. */
export function challengeHeaders(operation: Operation): Record<string, string> {
  const challenges = challengesOf(operation);
  return challenges === '' ? {} : { 'WWW-Authenticate': challenges };
}

/** Which media types a body may have, in the fields in which a 415 says so (RFC 9110, 15.5.16; RFC 5789, 3.1). */
export function acceptedMediaTypes(operation: Operation): Record<string, string> {
  const list = operation.requestBody?.content.map(({ mediaType }) => mediaType).join(', ') ?? '';
  if (list === '') return {};
  const specific = operation.method === 'PATCH' ? 'Accept-Patch' : operation.method === 'POST' ? 'Accept-Post' : null;
  return { Accept: list, ...(specific === null ? {} : { [specific]: list }) };
}

/** An error body, and the Content-Type that says what it is. */
interface ProblemBody {
  readonly body: string | Uint8Array;
  readonly contentType: string | null;
  /** false: nothing was found that fits what is declared for it. */
  readonly valid?: boolean;
}

/** RFC 9457, 3: what is sent where the document declares nothing else. */
const problemMediaType = 'application/problem+json';

/**
 * The body of every 4xx and 5xx that the mock has a reason for, in the shape that the document declares for that
 * status: exactly, by range, or by `default`. It is valid against the declared schema where anything is. Where the document declares
 * none it is RFC 9457 problem details with the violations one by one.
 */
function problemBody(
  operation: Operation | null,
  occurrence: Occurrence,
  accept: string | undefined,
  wording: WordingContext,
  tools: ErrorBodyTools,
): ProblemBody {
  const facts = factsOf(occurrence, wording);
  const response = describedError(operation, occurrence.status);
  const content = response === undefined ? undefined : contentOf(response.content, accept);
  if (content === undefined) return inJson(problemDetails(facts), problemMediaType);
  return inContent(content, facts, tools);
}

/** What the document says of an error: nothing where `default` stands for success. */
function describedError(operation: Operation | null, status: number): Response | undefined {
  const response = operation === null ? undefined : responseFor(operation, status);
  return response && operation && isSuccessByDefault(operation, response) ? undefined : response;
}

/** Accept is honoured where it can be; an error has a body in any case (RFC 9110, 12.5.1). */
function contentOf(contents: readonly Content[], accept: string | undefined): Content | undefined {
  return negotiate(contents, accept) ?? negotiate(contents, undefined);
}

function inContent(content: Content, facts: Facts, tools: ErrorBodyTools): ProblemBody {
  const { schema } = content;
  const mediaType = concreteMediaType(content.mediaType);
  const write = (value: Json, sent: string) => writeBody({ value, mediaType: sent, content, schemas: tools.schemas });
  if (schema === null) {
    const isOpen = content.mediaType.includes('*') && contentFor([content], problemMediaType) !== undefined;
    const sent = isOpen ? problemMediaType : mediaType;
    return write(isJson(sent) ? problemDetails(facts) : `${facts.summary}\n`, sent);
  }
  const body = errorBody(schema, facts, tools);
  return { ...write(body, mediaType), valid: schema.problem !== null || schema.accepts(body) };
}

function inJson(body: Json, contentType: string): ProblemBody {
  return { body: JSON.stringify(body), contentType };
}
