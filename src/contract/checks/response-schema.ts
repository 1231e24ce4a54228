import { contentFor, type Operation } from '../../operation/index.js';
import type { ownKeywords, Schema, Violation } from '../../schema/index.js';
import { holdingOf, shelves } from '../../schema/keywords.js';
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

/** What the schema of a value comes to in which a keyword is violated, or one that this stands in: an item that no value fits. */
function unsatisfiableAt({ keyword, schemaPointer }: Violation, operation: Operation): Complaint | null {
  if (!schemaPointer.endsWith(`/${keyword}`)) return null;
  for (
    let pointer: string | null = schemaPointer.slice(0, -keyword.length - 1);
    pointer !== null;
    pointer = pointerAbove(pointer)
  ) {
    const found = unsatisfiable(operation.schemas.at(pointer, 'response'), operation);
    if (found !== null) return found;
  }
  return null;
}

/** Where the schema stands that has another one for its members, its items or itself; null where none is around that. */
function pointerAbove(pointer: string): string | null {
  const steps = pointer.split('/');
  const [before = '', last = ''] = steps.slice(-2);
  const held = ['list', 'map'].includes(holdingOf(before) ?? '') ? 2 : holdingOf(last) === 'schema' ? 1 : 0;
  return held === 0 || Object.hasOwn(shelves, before) ? null : steps.slice(0, -held).join('/');
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
