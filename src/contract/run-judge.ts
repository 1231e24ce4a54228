import type { Operation } from '../operation/index.js';
import type { Check, CheckContext, Complaint, Exchange } from './types.js';

export interface Judgement {
  readonly check: string;
  readonly complaint: Complaint;
}

/** What all checks say of one exchange, in their order. */
export function judge(exchange: Exchange, checks: readonly Check[], context: CheckContext): readonly Judgement[] {
  const judgements: Judgement[] = [];
  for (const check of checks) {
    for (const complaint of check.run(exchange, context)) judgements.push({ check: check.id, complaint });
  }
  return judgements;
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
