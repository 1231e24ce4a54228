import type { Operation } from '../../operation/index.js';
import { outcomeOf } from '../checks/outcome.js';
import type { Check, CheckContext, Complaint, Exchange, RunCheck } from '../types.js';

/** A complaint, and the id of the check that it comes from. */
export interface CheckComplaint extends Complaint {
  readonly check: string;
}

/**
 * What all checks say of one exchange, in their order. A check that fails itself says that: an answer that is
 * deeper or odder than anybody thought of must not end the run.
 *
 * @param looked gets the ids of the checks that the exchange concerned
 */
export function judge(
  exchange: Exchange,
  checks: readonly Check[],
  context: CheckContext,
  looked: string[] = [],
): readonly CheckComplaint[] {
  const said: CheckComplaint[] = [];
  for (const check of checks) {
    try {
      const complaints = check.run(exchange, context);
      if (complaints !== null) looked.push(check.id);
      const { id, concern = 'contract' } = check;
      for (const complaint of complaints ?? []) said.push({ concern, ...complaint, check: id });
    } catch (error) {
      said.push(notMade(check.id, exchange, error));
    }
  }
  return said;
}

/** Lets the checks over the whole run see an exchange, and says which could not. `looked`: as for `judge`. */
export function observe(exchange: Exchange, checks: readonly RunCheck[], looked: string[]): readonly CheckComplaint[] {
  return checks.flatMap((check) => {
    try {
      if (check.observe(exchange)) looked.push(check.id);
      return [];
    } catch (error) {
      return [notMade(check.id, exchange, error)];
    }
  });
}

function notMade(check: string, { operation, received }: Exchange, error: unknown): CheckComplaint {
  return {
    check,
    severity: 'warning',
    isUndecided: true,
    message: 'The check could not be made of this answer',
    expected: 'an answer that can be looked at',
    received: `${received.body.length} bytes, and then: ${error instanceof Error ? error.message : String(error)}`,
    pointer: operation.pointer,
  };
}

/** Whether an answer refuses a credential that nobody gave, but this suite made up. */
export function refusesStandIn(exchange: Exchange, hasCredential: boolean): boolean {
  const { case: contractCase, operation } = exchange;
  const status = outcomeOf(exchange);
  const refused = status === 401 || status === 403;
  return refused && contractCase.authenticated && !hasCredential && needsCredential(operation);
}

/**
 * What to say of a valid request that was refused for want of a credential: that one is wanted, in words that
 * are the same for all cases of an operation, so that they become one finding. Of any other request that was
 * refused for it there is nothing to say.
 */
export function explainRefusal(
  complaints: readonly CheckComplaint[],
  { operation, received }: Exchange,
): readonly CheckComplaint[] {
  const [scheme] = operation.security.flat();
  const message = `Valid requests are refused with ${received.status}, and no credential was given: pass ${authFlags(operation)}`;
  return complaints.flatMap((complaint) => {
    if (complaint.check === 'status-documented') return [];
    if (complaint.check !== 'accepts-valid') return [complaint];
    // A made-up credential is refused rightly: nothing is wrong, and nothing is proven.
    const severity = 'warning' as const;
    return [{ ...complaint, severity, isUndecided: true, message, pointer: scheme?.pointer ?? complaint.pointer }];
  });
}

/** The flags that would give the credentials of the operation's first alternative. */
export function authFlags(operation: Operation): string {
  const alternative = operation.security.find((schemes) => schemes.length > 0) ?? [];
  return alternative.map(({ name }) => `--auth ${/^[\w.-]+$/.test(name) ? name : `'${name}'`}=…`).join(' ');
}

/** Whether the document demands a credential: there are alternatives, and none is empty (OpenAPI 3.1, 4.8.30). */
export function needsCredential(operation: Operation): boolean {
  return operation.security.length > 0 && operation.security.every((alternative) => alternative.length > 0);
}
