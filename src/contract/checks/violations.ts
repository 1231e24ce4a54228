import { checkResponse } from '../../operation/index.js';
import type { Violation } from '../../schema/index.js';
import { excerpt } from '../excerpt.js';
import type { Complaint, Exchange, Received } from '../types.js';
import { asResponse, promisedResponse } from './received.js';

/** What was found of these bytes, each time under other circumstances. */
const known = new WeakMap<
  Uint8Array,
  { readonly of: readonly unknown[]; readonly violations: readonly Violation[] }[]
>();

/**
 * All in which an answer differs from the response that is declared for its status. Undefined where none is, and
 * where the body did not arrive whole: it cannot be held against its schema then.
 */
export function responseViolations(exchange: Exchange): readonly Violation[] | undefined {
  const { received, operation } = exchange;
  const response = asResponse(received);
  const promised = promisedResponse(exchange);
  const isWhole = received.problems.every(({ kind }) => !breaksBody.has(kind));
  if (response === null || promised === undefined || !isWhole) return undefined;
  const fields = received.headers.filter(([name]) => name.toLowerCase() !== 'date').flat();
  const of = [operation, promised, received.isOpen, ...fields];
  const others = known.get(received.body) ?? [];
  const same = others.find((one) => one.of.length === of.length && one.of.every((part, at) => part === of[at]));
  if (same !== undefined) return same.violations;
  const violations = checkResponse(operation, response);
  known.set(received.body, [{ of, violations }, ...others].slice(0, mostCircumstances));
  return violations;
}

/** Under so many circumstances violations of the same bytes are remembered. */
const mostCircumstances = 16;

const breaksBody = new Set<Received['problems'][number]['kind']>([
  'refused',
  'timeout',
  'reset',
  'malformed-http',
  'truncated',
  'content-encoding-broken',
  'too-large',
]);

/** Whoever answers all with a body of one type has not another cause in each schema. */
function kinOf({ in: place, pointer, keyword, received, schemaPointer }: Violation): Pick<Complaint, 'kin'> {
  const words = typeWords(received);
  const isOfType = keyword === 'type' || ((keyword === 'oneOf' || keyword === 'anyOf') && words !== 'an object');
  if (place !== 'body' || pointer !== '' || !isOfType) return {};
  const message = `The body is ${words}, which its schema does not allow`;
  return { kin: { cause: `the whole body is ${words}`, message, place: schemaPointer, isOfRun: true } };
}

function typeWords(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

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
      ...kinOf(first),
    };
  });
}
