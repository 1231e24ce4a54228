import { type ContractCase, createCredentials, schemeNames } from '../contract/index.js';
import { deriveCases } from '../contract/internal.js';
import type { Mock } from '../mock/index.js';
import type { HttpRequest, Operation } from '../operation/index.js';

/** The valid request of an operation from which the suite varies the others; null where none can be made. */
export function baseCase({ operations, fixtures, seed }: Mock, operation: Operation): ContractCase | null {
  if (operation.problems.length > 0) return null;
  const [first] = deriveCases(operation, operations, { seed, fixtures, maxCases: 1 });
  return first?.expectation === 'accepted' ? first : null;
}

/** Puts a credential that stands for any into requests that need one, or, as it is shown, the name of a variable. */
export function credentialsOf({ operations }: Mock) {
  const { apply, show, placeholders } = createCredentials({}, schemeNames(operations.document));
  return {
    filled: (request: HttpRequest, operation: Operation): HttpRequest => apply(request, operation, true),
    named: (request: HttpRequest, operation: Operation): HttpRequest => show(request, operation, true),
    /** As `$NAME`. */
    placeholders,
  };
}
