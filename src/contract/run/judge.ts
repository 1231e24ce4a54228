import type { Operation } from '../../operation/index.js';
import type { Check, CheckContext, Complaint, Exchange, RunCheck } from '../types.js';

export interface Judgement {
  readonly check: string;
  readonly complaint: Complaint;
}

/**
 * What all checks say of one exchange, in their order. A check that fails itself says that: an answer that is
 * deeper or odder than anybody thought of must not end the run.
 */
export function judge(exchange: Exchange, checks: readonly Check[], context: CheckContext): readonly Judgement[] {
  const judgements: Judgement[] = [];
  for (const check of checks) {
    try {
      for (const complaint of check.run(exchange, context)) judgements.push({ check: check.id, complaint });
    } catch (error) {
      judgements.push({ check: check.id, complaint: notMade(exchange, error) });
    }
  }
  return judgements;
}

/** Lets the checks over the whole run see an exchange, and says which could not. */
export function observe(exchange: Exchange, checks: readonly RunCheck[]): readonly Judgement[] {
  return checks.flatMap((check) => {
    try {
      check.observe(exchange);
      return [];
    } catch (error) {
      return [{ check: check.id, complaint: notMade(exchange, error) }];
    }
  });
}

const notMadeMessage = 'The check could not be made of this answer';

/** Whether a complaint is of the check itself, and not of the target. */
export function isNotMade({ complaint }: Judgement): boolean {
  return complaint.message === notMadeMessage;
}

function notMade({ operation, received }: Exchange, error: unknown): Complaint {
  return {
    severity: 'warning',
    message: notMadeMessage,
    expected: 'an answer that can be looked at',
    received: `${received.body.length} bytes, and then: ${error instanceof Error ? error.message : String(error)}`,
    pointer: operation.pointer,
  };
}

/** Whether an answer refuses a credential that nobody gave, but this suite made up. */
export function refusesStandIn({ case: contractCase, operation, received }: Exchange, hasCredential: boolean): boolean {
  const refused = received.status === 401 || received.status === 403;
  return refused && contractCase.authenticated && !hasCredential && needsCredential(operation);
}

/**
 * What to say of a valid request that was refused for want of a credential: that one is wanted, in words that
 * are the same for all cases of an operation, so that they become one finding. Of any other request that was
 * refused for it there is nothing to say.
 */
export function explainRefusal(
  judgements: readonly Judgement[],
  { operation, received }: Exchange,
): readonly Judgement[] {
  const [scheme] = operation.security.flat();
  const message = `Valid requests are refused with ${received.status}, and no credential was given: pass ${authFlags(operation)}`;
  return judgements.flatMap((judgement) => {
    if (judgement.check === 'status-documented') return [];
    if (judgement.check !== 'accepts-valid') return [judgement];
    const pointer = scheme?.pointer ?? judgement.complaint.pointer;
    return [{ ...judgement, complaint: { ...judgement.complaint, message, pointer } }];
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
