import { contentFor, type Operation } from '../../operation/index.js';
import type { ownKeywords, Schema, Violation } from '../../schema/index.js';
import type { Check, Complaint, Exchange } from '../types.js';
import { whyUnsatisfiable } from '../unsatisfiable.js';
import { contentType, promisedResponse } from './received.js';
import { complaintsOf, responseViolations } from './violations.js';

/** What is wrong before there is a value to judge: `well-formed`, `media-type` and `no-body` report that. */
const beforeTheValue: ReadonlySet<string> = new Set<keyof typeof ownKeywords>([
  'missing',
  'encoding',
  'syntax',
  'mediaType',
  'undocumented',
]);

/** Under a schema that no value was found for, no answer is to blame: it is the schema that is named. */
function unsatisfiable(schema: Schema, { schemas }: Operation): Complaint | null {
  const problem = whyUnsatisfiable(schema, schemas);
  if (problem === null) return null;
  return {
    severity: 'warning',
    isUndecided: true,
    message: `The answer cannot be judged, since no value was found that fits its schema: ${problem.message}`,
    expected: 'a schema that some value fits',
    received: 'an answer that does not fit it',
    pointer: problem.location?.pointer ?? schema.pointer,
  };
}

/** What the schema of a value comes to in which a keyword is violated. */
function unsatisfiableAt({ keyword, schemaPointer }: Violation, operation: Operation): Complaint | null {
  const schema = schemaPointer.endsWith(`/${keyword}`) ? schemaPointer.slice(0, -keyword.length - 1) : null;
  return schema === null ? null : unsatisfiable(operation.schemas.at(schema, 'response'), operation);
}

function tooDeep({ received }: Exchange, { expected, schemaPointer }: Violation): Complaint {
  return {
    severity: 'warning',
    isUndecided: true,
    message: 'The body is nested too deep to be judged',
    expected: `a body that can be looked at: ${expected}`,
    received: `${received.body.length} bytes, nested deeper`,
    pointer: schemaPointer,
  };
}

/** Not so where it is empty, or stands in the place of one that is missing: then nothing is looked at. */
function saysAnything({ value }: Schema): boolean {
  return value !== true && Object.keys(value).length > 0;
}

/** The body is what the document says, to its last item. */
export const responseSchema: Check = {
  id: 'response-schema',
  concern: 'data',
  summary: 'the whole body is valid, formats asserted, nothing coerced',
  run(exchange) {
    const { received } = exchange;
    const promised = contentFor(promisedResponse(exchange)?.content ?? [], contentType(received) ?? '');
    const all = responseViolations(exchange);
    const unread = all?.find(({ keyword }) => keyword === 'limit');
    if (unread !== undefined) return [tooDeep(exchange, unread)];
    const violations = all?.filter(({ in: place, keyword }) => place === 'body' && !beforeTheValue.has(keyword));
    if (violations === undefined) return null;
    const isJudged = promised?.schema && saysAnything(promised.schema) && exchange.received.body.length > 0;
    if (violations.length === 0 && !isJudged) return null;
    const unfit = violations.length > 0 && promised?.schema ? unsatisfiable(promised.schema, exchange.operation) : null;
    if (unfit) return [unfit];
    const unfits = violations.map((violation) => unsatisfiableAt(violation, exchange.operation));
    const others = violations.filter((_, index) => unfits[index] === null);
    const said = new Map(unfits.flatMap((each) => (each === null ? [] : [[each.pointer, each] as const])));
    return [...complaintsOf(others, 'The body is not what its schema says'), ...said.values()];
  },
};
