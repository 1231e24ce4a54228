import { excerptBytes } from '../excerpt.js';
import type { Check } from '../types.js';
import { declaredResponse, describeStatus } from './received.js';

/** Whatever is sent, the server does not fail (RFC 9110, 15.6). */
export const noServerError: Check = {
  id: 'no-server-error',
  summary: 'never 5xx, unless declared and asked for',
  run(exchange) {
    const { case: contractCase, operation, received } = exchange;
    if (received.status === null) return null;
    if (received.status < 500) return [];
    // 501 is how a server says that it knows the method nowhere (RFC 9110, 9.1).
    if (received.status === 501 && contractCase.aspect === 'method') return [];
    return [
      {
        severity: 'violation',
        message: `The server failed with ${received.status} on ${contractCase.title}`,
        expected: 'a status below 500',
        received: `${describeStatus(received)}: ${excerptBytes(received.body)}`,
        pointer: declaredResponse(exchange)?.pointer ?? operation.pointer,
      },
    ];
  },
};
