import type { Logger } from 'vite';
import type { ServedExchange } from '../node/index.js';

/** Says of each request that the document does not allow what is wrong with it. */
export function logViolations(logger: Logger): (exchange: ServedExchange) => void {
  return ({ request, answer: { status, violations } }) => {
    if (request === null || violations.length === 0) return;
    const reasons = violations.map(
      ({ in: where, pointer, message }) => `${where}${pointer === '' ? '' : ` ${pointer.slice(1)}`}: ${message}`,
    );
    logger.warn(`${request.method} ${request.target} ${status} · ${reasons.join('; ')}`, { timestamp: true });
  };
}
