import type { OperationTally } from './run-tally.js';
import type { ContractCase } from './types.js';

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

/** The cases of one operation, with those at the end that may delete what the others need. */
export function inSendingOrder(cases: readonly ContractCase[]): readonly ContractCase[] {
  return [...cases].sort((a, b) => phaseOf(a.request.method) - phaseOf(b.request.method));
}

/** Whether a case belongs to a shard: each case to exactly one, the same on every machine. */
export function inShard(caseId: string, shard: { readonly index: number; readonly count: number } | null): boolean {
  return shard === null || Number.parseInt(caseId.slice(-8), 16) % shard.count === shard.index - 1;
}
