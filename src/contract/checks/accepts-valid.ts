import { excerptBytes } from '../excerpt.js';
import type { Check, Exchange } from '../types.js';
import { isUnsafe } from '../types.js';
import { declaredResponse, declaredStatuses, describeStatus, headerValues, statusClass } from './received.js';

/** A valid request is answered with success. */
export const acceptsValid: Check = {
  id: 'accepts-valid',
  summary:
    'a valid request gets 2xx, or a declared 3xx; or a declared 404 or 409 where the case has generated path parameters, or where an earlier case has changed the target',
  run(exchange) {
    const { status } = exchange.received;
    if (exchange.case.expectation !== 'accepted' || status === null) return null;
    if (statusClass(status) === 2 || isHonestRefusal(exchange, status)) return [];
    const limited = status === 429 && headerValues(exchange.received, 'retry-after').length > 0;
    return [
      {
        severity: limited ? 'warning' : 'violation',
        message: limited
          ? 'The target still limits the rate after it was waited for, so this case proves nothing'
          : `A valid request was refused with ${status}`,
        expected: `2xx (declared: ${declaredStatuses(exchange)})`,
        received: `${describeStatus(exchange.received)}: ${excerptBytes(exchange.received.body)}`,
        pointer: exchange.case.varies.pointer,
      },
    ];
  },
};

/** Whether the document says that this status may come, and the state of the target alone explains it. */
function isHonestRefusal(exchange: Exchange, status: number): boolean {
  const { operation } = exchange;
  const declared = declaredResponse(exchange);
  const declaresSuccess = operation.responses.some(({ key }) => key.startsWith('2') || key === 'default');
  if (!declaresSuccess) return declared !== undefined;
  const byName = declared !== undefined && declared.key !== 'default';
  if (byName && statusClass(status) === 3) return true;
  if (exchange.case.generatedPath) return byName && (status === 404 || status === 409);
  if (!isUnsafe(operation.method)) return false;
  // Sent more than once, a creation conflicts with itself and a deletion finds nothing left.
  const gone = operation.method === 'DELETE' && (status === 404 || status === 410);
  return (byName && status === 409) || (gone && operation.parameters.some((parameter) => parameter.in === 'path'));
}
