import { type Content, isJson, negotiate, type Operation, responseFor, writeBody } from '../operation/index.js';
import type { Json } from '../text/value.js';
import { type ErrorBodyTools, errorBody } from './error/body.js';
import { type Facts, factsOf, type Occurrence, problemDetails, type WordingContext } from './error/facts.js';

/** An error body, and the Content-Type that says what it is. */
export interface ProblemBody {
  readonly body: string | Uint8Array;
  readonly contentType: string | null;
}

/** RFC 9457, 3: what is sent where the document declares nothing else. */
const problemMediaType = 'application/problem+json';

/**
 * The body of every 4xx and 5xx that the mock has a reason for, in the shape that the document declares for that
 * status: exactly, by range, or by `default`. It is valid against the declared schema. Where the document declares
 * none it is RFC 9457 problem details with the violations one by one.
 */
export function problemBody(
  operation: Operation | null,
  occurrence: Occurrence,
  accept: string | undefined,
  wording: WordingContext,
  tools: ErrorBodyTools,
): ProblemBody {
  const facts = factsOf(occurrence, wording);
  const response = operation === null ? undefined : responseFor(operation, occurrence.status);
  const content = response === undefined ? undefined : contentOf(response.content, accept);
  if (content === undefined) return inJson(problemDetails(facts), problemMediaType);
  return inContent(content, facts, tools);
}

/** Accept is honoured where it can be; an error has a body in any case (RFC 9110, 12.5.1). */
function contentOf(contents: readonly Content[], accept: string | undefined): Content | undefined {
  return negotiate(contents, accept) ?? negotiate(contents, undefined);
}

function inContent(content: Content, facts: Facts, tools: ErrorBodyTools): ProblemBody {
  const { schema } = content;
  const mediaType = content.mediaType;
  const write = (value: Json, sent: string) => writeBody({ value, mediaType: sent, content, schemas: tools.schemas });
  if (schema === null) {
    const value: Json = isJson(mediaType) || mediaType.includes('*') ? problemDetails(facts) : `${facts.summary}\n`;
    return write(value, mediaType.includes('*') ? problemMediaType : mediaType);
  }
  const body = errorBody(schema, facts, tools);
  if (body === undefined) return inJson(problemDetails(facts), problemMediaType);
  return write(body, mediaType.includes('*') ? 'application/json' : mediaType);
}

function inJson(body: Json, contentType: string): ProblemBody {
  return { body: JSON.stringify(body), contentType };
}
