import { excerptBytes } from '../excerpt.js';
import type { Check, Complaint } from '../types.js';
import { isAnsweredAs } from './base.js';
import { outcomeOf } from './outcome.js';
import { describeStatus, headerValues, statusClass } from './received.js';

/** RFC 9110, 15.5.6: a method that the path does not declare gets 405, and 405 has Allow. */
export const methodNotAllowed: Check = {
  id: 'method-not-allowed',
  concern: 'hygiene',
  summary: 'an undeclared method gets 405 (or 501; 404 is reported as information), and 405 has Allow',
  run(exchange, { bases }) {
    const { case: contractCase, received, request } = exchange;
    const { status } = received;
    if (status === null) return null;
    const complain = (severity: Complaint['severity'], message: string, expected: string): Complaint[] => [
      {
        severity,
        message,
        expected,
        received: `${describeStatus(received)}: ${excerptBytes(received.body)}`,
        pointer: contractCase.varies.pointer,
        cause: message.replace(/: [A-Z]+$/, ''),
      },
    ];
    if (status === 405 && headerValues(received, 'allow').length === 0) {
      return complain('violation', 'The answer 405 has no Allow field', 'Allow with the methods of this path');
    }
    if (contractCase.expectation !== 'method-not-allowed') return status === 405 ? [] : null;
    if (status === 405 || status === 501) return [];
    if (status === 404) {
      return complain(
        'information',
        `An undeclared method got 404 rather than 405: ${request.method}`,
        '405 with Allow',
      );
    }
    // Who leads every request elsewhere does so before any path is looked at.
    const base = bases.get(exchange.operation.id);
    if (statusClass(status) === 3 && base !== undefined && isAnsweredAs(exchange, base)) return null;
    // Where all is answered with 200, a body may refuse it.
    if (status < 300 && outcomeOf(exchange) !== status)
      return complain(
        'information',
        `An undeclared method got a refusal in the body: ${request.method}`,
        '405 with Allow',
      );
    // What fails does not answer, and `no-server-error` says so.
    if (status >= 500) return [];
    // Gateways decide on credentials, and parsers on the request, before anybody looks at the path: it is refused.
    if (status >= 400) {
      return complain('information', `An undeclared method got ${status}: ${request.method}`, '405 with Allow');
    }
    return complain(
      'violation',
      `The path answers a method that it does not declare: ${request.method}`,
      '405 with Allow',
    );
  },
};
