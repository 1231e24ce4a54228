import type { Json, JsonObject } from '../../../text/value.js';
import type { Facts, Reason } from '../facts.js';

/** How one framework words the list of errors in its error bodies. */
export interface ErrorDialect {
  /** Whether a declared schema of one entry, by the names of its members, is of this framework. */
  describes(members: ReadonlyMap<string, unknown>): boolean;
  /**
   * The entries for one thing that is wrong; none where the framework would have stopped at an earlier one. Each in
   * its forms, the fullest first, of which the first that the declared schema accepts is taken.
   */
  entries(reason: Reason, facts: Facts): readonly (readonly JsonObject[])[];
}

/** The entries that a declared schema accepts. */
export function acceptedEntries(
  dialect: ErrorDialect,
  reason: Reason,
  facts: Facts,
  accepts: (value: Json) => boolean,
): JsonObject[] {
  const found = dialect.entries(reason, facts).map((forms) => forms.find(accepts));
  return found.filter((entry) => entry !== undefined);
}
