import { impliedStatus } from '../../operation/index.js';
import type { Check } from '../types.js';
import { declaredResponse, declaredStatuses, describeStatus } from './received.js';
import { situationsOf } from './situation.js';

/** The document says that this status may come, or nobody needs to say it. */
export const statusDocumented: Check = {
  id: 'status-documented',
  summary: 'the status is declared, by number, range or `default`, or the implied-status policy allows it',
  run(exchange, { strict }) {
    const { case: contractCase, operation, received } = exchange;
    // What a path does with methods that it does not declare, `method-not-allowed` says.
    if (received.status === null || exchange.request.method !== operation.method) return null;
    if (declaredResponse(exchange)) return [];
    const { status } = received;
    const declared = operation.responses.map(({ key }) => key);
    const situations = situationsOf(contractCase, operation);
    if (!strict && situations.some((situation) => impliedStatus(status, situation, declared))) return [];
    return [
      {
        severity: 'violation',
        message: `The status ${status} is not declared`,
        expected: `one of the declared statuses: ${declaredStatuses(exchange)}`,
        received: describeStatus(received),
        pointer: `${operation.pointer}/responses`,
      },
    ];
  },
};
