import { impliedStatus, type Operation, type Situation } from '../../operation/index.js';
import type { Check, ContractCase } from '../types.js';
import { isOpenToRefusal, removesNamed } from './accepts-valid.js';
import { isAnsweredAs } from './base.js';
import { declaredResponse, declaredStatuses, describeStatus } from './received.js';

/** The document says that this status may come, or nobody needs to say it. */
export const statusDocumented: Check = {
  id: 'status-documented',
  summary: 'the status is declared, by number, range or `default`, or the implied-status policy allows it',
  run(exchange, { strict, bases, operations }) {
    const { case: contractCase, operation, received } = exchange;
    // What a path does with methods that it does not declare, `method-not-allowed` says.
    if (received.status === null || exchange.request.method !== operation.method) return null;
    // Where nothing is declared, nothing is broken.
    if (operation.responses.length === 0) return null;
    if (declaredResponse(exchange)) return [];
    const { status } = received;
    const declared = operation.responses.map(({ key }) => key);
    const situations = situationsOf(contractCase, operation);
    const isImplied = !strict && situations.some((situation) => impliedStatus(status, situation, declared));
    // That nothing is there under an id which somebody made up is right, and worth a line in the document.
    const isUnknownId = contractCase.generatedPath && contractCase.expectation === 'accepted' && status === 404;
    if (isImplied && !isUnknownId) return [];
    const base = bases.get(operation.id);
    const isValid = contractCase.expectation === 'accepted' || contractCase.expectation === 'not-acceptable';
    const isAsBase = isValid && base?.isHonestRefusal === true && base.status === status;
    // Where the valid request is refused so, that is all that there is to say of the others.
    const isRefused = base !== undefined && !base.isAccepted && !base.isHonestRefusal;
    if (contractCase.expectation !== 'accepted' && isRefused && isAnsweredAs(exchange, base)) return null;
    const isExcused = isImplied || (!strict && (isAsBase || isOpenToRefusal(exchange, base, operations)));
    return [
      {
        severity: isExcused ? 'warning' : 'violation',
        message: `The status ${status} is not declared`,
        expected: `one of the declared statuses: ${declaredStatuses(exchange)}`,
        received: describeStatus(received),
        pointer: `${operation.pointer}/responses`,
      },
    ];
  },
};

/** The situations of the implied-status policy that a case puts the target in. The one place that maps them. */
function situationsOf(contractCase: ContractCase, operation: Operation): readonly Situation[] {
  const situations: Situation[] = [];
  switch (contractCase.expectation) {
    case 'survived':
      situations.push('hostile', 'accepted');
      break;
    case 'rejected':
      situations.push(contractCase.aspect === 'hostile' ? 'hostile' : 'rejected');
      break;
    default:
      situations.push(contractCase.expectation);
  }
  const { varies, request } = contractCase;
  if (varies.in === 'path') situations.push('invalid-path');
  // Without a body there is no Content-Type either, and many servers look at that first.
  if (varies.in === 'body' && request.body === null) situations.push('unsupported-media-type');
  if (varies.in === 'body' && (request.body === null || request.body.length === 0)) situations.push('malformed');
  const hasPath = operation.parameters.some((parameter) => parameter.in === 'path');
  // What a case before this one has deleted, or what nobody said to exist, may rightly not be found.
  if ((hasPath && contractCase.generatedPath) || removesNamed(operation)) situations.push('unknown-resource');
  return situations;
}
