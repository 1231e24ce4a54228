import { checkResponse } from '../../operation/index.js';
import type { Violation } from '../../schema/index.js';
import { excerpt } from '../excerpt.js';
import type { Complaint, Exchange, Received } from '../types.js';
import { asResponse, isTooDeep, promisedResponse } from './received.js';

const known = new WeakMap<Received, readonly Violation[]>();

/**
 * All in which an answer differs from the response that is declared for its status. Undefined where none is, and
 * where the body did not arrive whole: it cannot be held against its schema then.
 */
export function responseViolations(exchange: Exchange): readonly Violation[] | undefined {
  const { received } = exchange;
  const earlier = known.get(received);
  if (earlier) return earlier;
  const response = asResponse(received);
  const isWhole = received.problems.every(({ kind }) => !breaksBody.has(kind));
  if (response === null || promisedResponse(exchange) === undefined || !isWhole || isTooDeep(received))
    return undefined;
  const violations = checkResponse(exchange.operation, response);
  known.set(received, violations);
  return violations;
}

const breaksBody = new Set<Received['problems'][number]['kind']>([
  'refused',
  'timeout',
  'reset',
  'malformed-http',
  'truncated',
  'content-encoding-broken',
  'too-large',
]);

/** More than these would hide the first. */
const mostComplaints = 3;

/** One complaint for each place of the document that is violated; the first of several values stands for them. */
export function complaintsOf(violations: readonly Violation[], message: string): Complaint[] {
  const places = new Map<string, Violation[]>();
  for (const violation of violations) {
    const same = places.get(violation.schemaPointer);
    if (same) same.push(violation);
    else places.set(violation.schemaPointer, [violation]);
  }
  return [...places.values()].slice(0, mostComplaints).map((same) => {
    const first = same[0] as Violation;
    const more = same.length > 1 ? ` (and ${same.length - 1} more like it)` : '';
    return {
      severity: 'violation',
      message: `${message}: ${first.pointer === '' ? '' : `${first.pointer}: `}${first.message}${more}`,
      expected: `${first.keyword} ${excerpt(first.expected)}`,
      received: excerpt(first.received),
      pointer: first.schemaPointer,
      cause: `${first.keyword} ${first.schemaPointer}`,
      ...(first.in === 'body' && { at: first.pointer }),
    };
  });
}
