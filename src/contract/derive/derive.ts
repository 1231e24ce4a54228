import type { Operation, Operations } from '../../operation/index.js';
import type { ContractCase } from '../types.js';
import { accepted } from './accepted.js';
import { createBase } from './base-request.js';
import { caseId, inOrder, withoutDuplicates } from './collect.js';
import { hostile } from './hostile.js';
import { mediaTypes } from './media-type.js';
import { methods } from './method.js';
import { rejected } from './rejected.js';
import { repetition } from './repetition.js';
import { security } from './security.js';
import { varied } from './varied.js';
import { createWorkbench, type DeriveOptions } from './workbench.js';

export type { DeriveOptions } from './workbench.js';

/**
 * The cases of an operation: one valid request, then one thing varied at a time, the most telling first. The same
 * for the same document, seed, fixtures and values; linear in the keywords of the operation's schemas. A case is
 * `accepted` or `rejected` only if what is on the wire is so after decoding; what honest servers differ over is
 * not sent. An operation for which no valid request can be made has none.
 */
export function deriveCases(operation: Operation, operations: Operations, options: DeriveOptions): ContractCase[] {
  const bench = createWorkbench(operation, operations, options);
  // 1. One valid request.
  const base = createBase(bench);
  if (base === null) return [];
  // 2. One thing varied at a time.
  const steps = [accepted, rejected, varied, security, methods, mediaTypes, repetition, hostile];
  const drafts = steps.flatMap((step) => [...step(bench, base)]);
  // 3. Once each on the wire, the most telling first.
  const ordered = inOrder(withoutDuplicates(drafts)).slice(0, options.maxCases ?? drafts.length);
  return ordered.map((draft) => ({
    id: caseId(operation, draft),
    operationId: operation.id,
    aspect: draft.aspect,
    title: draft.title,
    expectation: draft.expectation,
    varies: draft.varies,
    request: draft.request,
    authenticated: draft.authenticated,
    generatedPath: draft.generatedPath,
    ...(draft.onlyWithCredential ? { onlyWithCredential: true as const } : {}),
  }));
}
