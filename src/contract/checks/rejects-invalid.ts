import { excerptBytes } from '../excerpt.js';
import type { Check } from '../types.js';
import { describeStatus, statusClass } from './received.js';

/** An invalid request is refused as the client's mistake. That the refusal is a declared one, `status-documented` says. */
export const rejectsInvalid: Check = {
  id: 'rejects-invalid',
  summary: 'an invalid request gets a 4xx, a declared one where one is declared for that purpose',
  run(exchange) {
    const { case: contractCase, received } = exchange;
    const { expectation } = contractCase;
    if (expectation !== 'rejected' && expectation !== 'unsupported-media-type') return null;
    if (received.status === null) return null;
    if (statusClass(received.status) === 4) return [];
    return [
      {
        severity: 'violation',
        message:
          statusClass(received.status) === 2
            ? `An invalid request was accepted: ${contractCase.title}`
            : `An invalid request was not refused with a 4xx: ${contractCase.title}`,
        expected: expectation === 'rejected' ? 'a 4xx' : '415 Unsupported Media Type, or another 4xx',
        received: `${describeStatus(received)}: ${excerptBytes(received.body)}`,
        pointer: contractCase.varies.pointer,
      },
    ];
  },
};
