import type { Violation } from '../schema/index.js';
import { parsePointer } from '../text/pointer.js';
import type { Json, JsonObject } from '../text/value.js';

/** One thing that Prism says of a request or an answer. */
export interface Diagnostic {
  /** Where: `body`, `query`, … and the steps below. Absent where it is about the whole. */
  readonly path?: readonly string[];
  /** The keyword, or a status. */
  readonly code?: string | number;
  readonly message: string;
  readonly severity: 'Error' | 'Warning';
  /** Challenges (RFC 9110, 11.6.1). */
  readonly tags?: readonly string[];
}

/** As it stands in the field `sl-violations` and in the problem that `--errors` makes. */
export function located(side: 'request' | 'response', { path = [], severity, code, message }: Diagnostic): JsonObject {
  return { location: [side, ...path], severity, ...(code !== undefined && { code }), message };
}

/** As it stands in the problem for a request that is not valid. */
export function unlocated({ path, severity, code, message }: Diagnostic): JsonObject {
  return {
    ...(path !== undefined && { location: [...path] }),
    severity,
    ...(code !== undefined && { code }),
    message,
  };
}

/** Keywords whose place is that of the object, and not of the member that they are about. */
const aboutMembers = new Set([
  'required',
  'missing',
  'dependentRequired',
  'additionalProperties',
  'unevaluatedProperties',
  'propertyNames',
  'unevaluatedItems',
]);

/** In the order in which Prism's validator finds them: what an object has too much before what is wrong with its members. */
export function inOrder(violations: readonly Violation[]): readonly Violation[] {
  const ordered: Violation[] = [];
  for (const violation of violations) {
    const object = violation.pointer.slice(0, violation.pointer.lastIndexOf('/') + 1);
    const isAbove = (other: Violation) => other.pointer.startsWith(object) && !aboutMembers.has(other.keyword);
    const before = violation.keyword === 'additionalProperties' ? ordered.findIndex(isAbove) : -1;
    ordered.splice(before === -1 ? ordered.length : before, 0, violation);
  }
  return ordered;
}

/**
 * What Prism says of a violation, in the words of its validator.
 * @param place `body`, `query`, `path` or `header`
 */
export function diagnosticOf(violation: Violation, context: 'Request' | 'Response', place: string): Diagnostic[] {
  const { keyword, params } = violation;
  const branches = Array.isArray(params.branches) ? (params.branches as Violation[][]).flat() : [];
  const steps = parsePointer(violation.pointer);
  const path = aboutMembers.has(keyword) ? steps.slice(0, -1) : steps;
  const kind = place === 'body' ? 'property' : 'parameter';
  const where = path.length === 0 ? `${context} ${place} ` : `${context} ${place} ${kind} ${path.join('.')} `;
  const own: Diagnostic = {
    path: [place, ...path],
    code: keyword === 'missing' ? 'required' : keyword === 'falseSchema' ? 'false schema' : keyword,
    message: where + wordsOf(violation),
    severity: 'Error',
  };
  // Base64 is held against a pattern too.
  const isByte = keyword === 'format' && violation.expected === 'byte';
  const pattern = `${where}must match pattern "^[\\w\\d+\\/=]*$"`;
  const spelt: Diagnostic[] = isByte ? [{ ...own, code: 'pattern', message: pattern }] : [];
  return [...branches.flatMap((branch) => diagnosticOf(branch, context, place)), ...spelt, own];
}

/** What follows the place, by keyword. */
const words: Readonly<Record<string, (expected: Json, params: Readonly<Record<string, unknown>>) => string>> = {
  type: (expected) => `must be ${[expected].flat().join(',')}`,
  enum: (expected) => `must be equal to one of the allowed values: ${[expected].flat().join(', ')}`,
  const: () => 'must be equal to constant',
  required: (expected) => `must have required property '${expected}'`,
  missing: (expected) => `must have required property '${expected}'`,
  dependentRequired: (_, { property, missingProperty }) =>
    `must have property ${missingProperty} when property ${property} is present`,
  additionalProperties: (_, { additionalProperty }) =>
    `must NOT have additional properties; found '${additionalProperty}'`,
  unevaluatedProperties: (_, { unevaluatedProperty }) =>
    `must NOT have unevaluated properties: '${unevaluatedProperty}'`,
  unevaluatedItems: (_, { len, item }) => `must NOT have more than ${len ?? item} items`,
  minLength: (limit) => `must NOT have fewer than ${limit} characters`,
  maxLength: (limit) => `must NOT have more than ${limit} characters`,
  minItems: (limit) => `must NOT have fewer than ${limit} items`,
  maxItems: (limit) => `must NOT have more than ${limit} items`,
  minProperties: (limit) => `must NOT have fewer than ${limit} properties`,
  maxProperties: (limit) => `must NOT have more than ${limit} properties`,
  minimum: (limit) => `must be >= ${limit}`,
  maximum: (limit) => `must be <= ${limit}`,
  exclusiveMinimum: (limit) => `must be > ${limit}`,
  exclusiveMaximum: (limit) => `must be < ${limit}`,
  multipleOf: (limit) => `must be multiple of ${limit}`,
  pattern: (pattern) => `must match pattern "${pattern}"`,
  format: (format) => `must match format "${format}"`,
  uniqueItems: (_, { i, j }) => {
    const [first, second] = [Number(i), Number(j)].sort((a, b) => b - a);
    return `must NOT have duplicate items (items ## ${first} and ${second} are identical)`;
  },
  oneOf: () => 'must match exactly one schema in oneOf',
  anyOf: () => 'must match a schema in anyOf',
  not: () => 'must NOT be valid',
  if: (_, { failingKeyword }) => `must match "${failingKeyword}" schema`,
  contains: (_, { minContains, maxContains }) =>
    maxContains === undefined
      ? `must contain at least ${minContains} valid item(s)`
      : `must contain at least ${minContains} and no more than ${maxContains} valid item(s)`,
  propertyNames: () => 'property name must be valid',
  falseSchema: () => 'boolean schema is false',
};

/** What has no keyword of JSON Schema is said in words of our own. */
function wordsOf({ keyword, expected, params, message }: Violation): string {
  return Object.hasOwn(words, keyword) ? (words[keyword]?.(expected, params) ?? message) : message;
}
