import type { Violation } from '../../../../schema/index.js';
import type { JsonObject } from '../../../../text/value.js';
import type { Facts, Reason } from '../../facts.js';
import type { ErrorDialect } from '../dialect.js';
import { type DetailEntry, detailEntries } from './entries.js';

/** FastAPI with pydantic 2: `ValidationError`, an entry of the `detail` of `HTTPValidationError`. */
export const fastapi: ErrorDialect = {
  describes: (members) => ['loc', 'msg', 'type'].every((name) => members.has(name)),
  entries(reason, facts) {
    if (reason.violation === null) return [formsOf(subjectEntry(reason))];
    if (!reportedIn(facts).has(reason.violation)) return [];
    return detailEntries(reason.violation, facts.context).map(formsOf);
  },
};

const reported = new WeakMap<Facts, ReadonlySet<Violation>>();

function reportedIn(facts: Facts): ReadonlySet<Violation> {
  const violations = facts.reasons.flatMap(({ violation }) => violation ?? []);
  const known = reported.get(facts) ?? new Set(reportedViolations(violations));
  reported.set(facts, known);
  return known;
}

/** The first words of 400 and 422, which pydantic has no word for. */
const codesOf400 = ['bad_request', 'validation_error'];

function subjectEntry({ keyword, message, location, received }: Reason): DetailEntry {
  const worded = codesOf400.includes(keyword)
    ? { type: 'value_error', msg: `Value error, ${message}` }
    : { type: keyword, msg: message };
  return { ...worded, loc: location, input: received };
}

/** Without `ctx` and `input` where the schema has no room for them. */
function formsOf(entry: JsonObject): JsonObject[] {
  const { ctx: _context, ...withoutContext } = entry;
  const { input: _input, ...least } = withoutContext;
  const { input: _other, ...withoutInput } = entry;
  return [entry, withoutContext, withoutInput, least];
}

/**
 * Keywords about one value in the order in which pydantic looks at them; it stops at the first that fails. An enum
 * or a literal is compared whatever its type.
 */
const keywordOrder = [
  'const',
  'enum',
  'type',
  'format',
  'minLength',
  'maxLength',
  'pattern',
  'multipleOf',
  'maximum',
  'exclusiveMaximum',
  'minimum',
  'exclusiveMinimum',
  'maxItems',
  'minItems',
  'uniqueItems',
];

/** Found only once all items are good. */
const afterItems = new Set(['minItems', 'uniqueItems']);

/** The violations that pydantic would report: for each value the first, and of a list that is too long nothing more. */
function reportedViolations(violations: readonly Violation[]): Violation[] {
  const first = new Map<string, Violation>();
  for (const violation of violations) {
    if (!keywordOrder.includes(violation.keyword)) continue;
    const known = first.get(keyOf(violation));
    const isEarlier = known === undefined || rank(violation) < rank(known);
    if (isEarlier) first.set(keyOf(violation), violation);
  }
  const tooLong = [...first.values()].filter(({ keyword }) => keyword === 'maxItems').map(keyOf);
  return violations.filter((violation) => {
    const key = keyOf(violation);
    if (tooLong.some((list) => key.startsWith(`${list}/`))) return false;
    if (!keywordOrder.includes(violation.keyword)) return true;
    if (first.get(key) !== violation) return false;
    return !afterItems.has(violation.keyword) || !violations.some((other) => keyOf(other).startsWith(`${key}/`));
  });
}

function keyOf({ in: where, pointer }: Violation): string {
  return where + pointer;
}

function rank({ keyword }: Violation): number {
  return keywordOrder.indexOf(keyword);
}
