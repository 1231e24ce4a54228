import {
  type Answer,
  checkRequest,
  checkSecurity,
  type HttpRequest,
  type Match,
  type Operations,
  responseFor,
} from '../../operation/index.js';
import { type CoverageOfTest, sentValues } from './coverage.js';
import type { PageViolation } from './exchange.js';

/** What the document says of a request and of the status that it was answered with. */
export interface Judgement {
  /** What is wrong with the request, whatever it was answered: a fault may overlook it, and a test wants to hear of it. */
  readonly violations: readonly PageViolation[];
  /** What was exercised; nothing where no operation was asked. */
  readonly covered: CoverageOfTest['operations'];
}

/** @param apiKey the only one that is let in; without it any that is not empty is */
export function judge(
  operations: Operations,
  match: Match,
  request: HttpRequest,
  answer: Pick<Answer, 'status' | 'violations'>,
  apiKey?: string,
): Judgement {
  if (match.kind !== 'operation') return { violations: undocumented(operations, match, request), covered: {} };
  const { document } = operations;
  const operation = operations.compile(match.entry);
  const { values, violations } = checkRequest(operation, request, match.pathParameters);
  const found = [
    ...checkSecurity(operation, request, apiKey === undefined ? {} : { apiKey }),
    ...violations,
    ...answer.violations.filter(({ in: where }) => where === 'accept'),
  ];
  const key = responseFor(operation, answer.status)?.key ?? String(answer.status);
  return {
    violations: (operation.problems.length > 0 ? [] : found).map((violation) => ({
      in: violation.in,
      pointer: violation.pointer,
      keyword: violation.keyword,
      message: violation.message,
      location: document.locate(violation.schemaPointer || match.entry.pointer),
      ...(violation.received !== undefined && violation.in !== 'security' && { received: violation.received }),
    })),
    covered: { [operation.id]: { requests: 1, responses: { [key]: 1 }, values: sentValues(operation, values) } },
  };
}

/** A method that the path does not have; OPTIONS is the browser's own. */
function undocumented(operations: Operations, match: Match, { method, target }: HttpRequest): PageViolation[] {
  if (match.kind !== 'method-not-allowed' || method.toUpperCase() === 'OPTIONS') return [];
  const neighbour = operations.match(match.allow[0] ?? '', target);
  const pointer = neighbour.kind === 'operation' ? neighbour.entry.pointer.replace(/\/[^/]*$/, '') : '/paths';
  return [
    {
      in: 'method',
      pointer: '',
      keyword: 'undocumented',
      message: `${match.path} has no ${method}, it has ${match.allow.join(', ')}`,
      location: operations.document.locate(pointer),
    },
  ];
}
