import type { Violation } from '../../../../schema/index.js';
import type { JsonObject } from '../../../../text/value.js';
import type { Facts, Reason } from '../../facts.js';
import type { ErrorDialect } from '../dialect.js';
import { type DetailEntry, detailEntries } from './entries.js';
import { reportedViolations } from './order.js';

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
