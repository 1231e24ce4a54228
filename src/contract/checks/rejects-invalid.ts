import { excerptBytes } from '../excerpt.js';
import type { Check, OperationComplaint } from '../types.js';
import { isRefused } from './base.js';
import { describeStatus, statusClass } from './received.js';

/** An invalid request is refused as the client's mistake. That the refusal is a declared one, `status-documented` says. */
export const rejectsInvalid: Check = {
  id: 'rejects-invalid',
  summary: 'an invalid request gets a 4xx, a declared one where one is declared for that purpose',
  run(exchange, { bases }) {
    const { case: contractCase, operation, received } = exchange;
    const { expectation } = contractCase;
    if (expectation !== 'rejected' && expectation !== 'unsupported-media-type') return null;
    if (received.status === null) return null;
    // Where what is valid is refused too, a refusal shows nothing.
    if (statusClass(received.status) === 4) return isRefused(bases.get(operation.id)) ? null : [];
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
        cause: `${statusClass(received.status)}xx ${contractCase.varies.pointer}`,
        within: nothingIn(contractCase.varies.in),
      },
    ];
  },
  finish({ bases, operations }) {
    return operations.entries.flatMap(({ id, pointer }) =>
      [...(bases.get(id)?.invalid ?? [])].flatMap(([place, { sent, accepted }]): OperationComplaint[] => {
        if (sent < fewest || accepted < sent) return [];
        const cause = nothingIn(place);
        const message = `Nothing that is invalid in the ${place ?? 'request'} is refused`;
        const expected = 'a 4xx for at least one of the invalid requests';
        const received = `2xx for all ${sent}`;
        return [{ severity: 'violation', operationId: id, message, expected, received, pointer, cause }];
      }),
    );
  },
};

/** So many invalid requests have to be sent before it can be said that none is refused. */
const fewest = 4;

/** The cause of all that is accepted in one part of a request, where none of it is looked at. */
function nothingIn(place: string | null): string {
  return `nothing is refused in ${place}`;
}
