import { excerptBytes } from '../excerpt.js';
import type { Check } from '../types.js';
import { declaredResponse, describeStatus, mayHaveBody } from './received.js';

/** RFC 9110, 6.4.1: these never have content, and what follows them breaks the connection for the next request. */
export const noBody: Check = {
  id: 'no-body',
  concern: 'hygiene',
  summary: 'answers to HEAD, and 204 and 304, have no body',
  run(exchange) {
    const { received } = exchange;
    if (received.status === null || mayHaveBody(exchange)) return null;
    const said = received.problems.find(({ kind }) => kind === 'body-not-allowed');
    if (!said && received.raw.length === 0) return [];
    const kind = exchange.request.method === 'HEAD' ? 'The answer to HEAD' : `An answer with ${received.status}`;
    return [
      {
        severity: 'violation',
        message: `${kind} has a body`,
        expected: 'no body',
        received: received.raw.length > 0 ? excerptBytes(received.raw) : (said?.message ?? describeStatus(received)),
        pointer: declaredResponse(exchange)?.pointer ?? exchange.operation.pointer,
      },
    ];
  },
};
