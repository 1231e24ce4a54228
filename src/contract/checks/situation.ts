import type { Operation, Situation } from '../../operation/index.js';
import type { ContractCase } from '../types.js';

/** The situations of the implied-status policy that a case puts the target in. The one place that maps them. */
export function situationsOf(contractCase: ContractCase, operation: Operation): readonly Situation[] {
  const situations: Situation[] = [];
  switch (contractCase.expectation) {
    case 'survived':
      situations.push('hostile');
      break;
    case 'rejected':
      situations.push(contractCase.aspect === 'hostile' ? 'hostile' : 'rejected');
      break;
    default:
      situations.push(contractCase.expectation);
  }
  // Without a body there is no Content-Type either, and many servers look at that first.
  if (contractCase.varies.in === 'body' && contractCase.request.body === null)
    situations.push('unsupported-media-type');
  const hasPath = operation.parameters.some((parameter) => parameter.in === 'path');
  // What a case before this one has deleted, or what nobody said to exist, may rightly not be found.
  if (hasPath && (contractCase.generatedPath || operation.method === 'DELETE')) situations.push('unknown-resource');
  return situations;
}
