import type { ContractCase } from '../types.js';
import type { OperationTally } from './tally.js';

/**
 * Operations in the order in which they are sent: what only reads comes first, then what creates, what
 * changes, and what deletes (RFC 9110, 9.2). Nothing of a later phase is sent before an earlier one is done.
 */
const phases: readonly (readonly string[])[] = [
  ['GET', 'HEAD', 'OPTIONS', 'TRACE'],
  ['POST'],
  ['PUT', 'PATCH'],
  ['DELETE'],
];

/** How much a method may change for what is sent after it: an index of `phases`. */
function phaseOf(method: string): number {
  const phase = phases.findIndex((methods) => methods.includes(method));
  return Math.max(phase, 0);
}

export function byPhase(tallies: readonly OperationTally[]): readonly (readonly OperationTally[])[] {
  return phases.map((_methods, phase) => tallies.filter(({ entry }) => phaseOf(entry.method) === phase));
}

/**
 * The cases of one operation that a shard sends: first a valid request, if it has one, and last what may delete
 * what the others need.
 */
export function inSendingOrder(
  cases: readonly ContractCase[],
  shard: { readonly index: number; readonly count: number } | null,
): readonly ContractCase[] {
  const own = cases.filter((contractCase) => inShard(contractCase.id, shard));
  const base = own.find(({ expectation, authenticated }) => expectation === 'accepted' && authenticated);
  const rank = (one: ContractCase) => (one === base ? -1 : phaseOf(one.request.method));
  return own.sort((a, b) => rank(a) - rank(b));
}

/** Whether a case belongs to a shard: each case to exactly one, the same on every machine. */
export function inShard(caseId: string, shard: { readonly index: number; readonly count: number } | null): boolean {
  return shard === null || Number.parseInt(caseId.slice(-8), 16) % shard.count === shard.index - 1;
}
