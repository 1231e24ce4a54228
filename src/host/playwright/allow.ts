import type { PageExchange, PageViolation } from './exchange.js';

/**
 * Violations that are meant: those whose words (`GET http://… : message`) hold a text or match an expression, or
 * those that have all that is given.
 */
export type AllowedViolation =
  | string
  | RegExp
  | {
      /** `operationId`, or `GET /path`. */
      readonly operation?: string;
      /** `enum`, `required`, `missing`, … */
      readonly keyword?: string;
      /** `query`, `header`, `path`, `cookie`, `body`, `security`, `content-type`, `method`. */
      readonly in?: string;
      /** JSON Pointer to the value: `/provider` for a parameter. */
      readonly pointer?: string;
    };

/** The exchanges with violations that nothing allows, less the allowed ones. */
export function notAllowed(exchanges: readonly PageExchange[], allowed: readonly AllowedViolation[]): PageExchange[] {
  return exchanges
    .map((exchange) => ({
      ...exchange,
      violations: exchange.violations.filter((violation) => !allowed.some((one) => allows(one, violation, exchange))),
    }))
    .filter(({ violations }) => violations.length > 0);
}

function allows(allowed: AllowedViolation, violation: PageViolation, { request, operation }: PageExchange): boolean {
  const words = `${request.method} ${request.url}: ${violation.message}`;
  if (typeof allowed === 'string') return words.includes(allowed);
  // Not `test`, which moves on in an expression with the flag g.
  if (allowed instanceof RegExp) return words.search(allowed) >= 0;
  return (
    (allowed.operation === undefined || allowed.operation === operation) &&
    (allowed.keyword === undefined || allowed.keyword === violation.keyword) &&
    (allowed.in === undefined || allowed.in === violation.in) &&
    (allowed.pointer === undefined || allowed.pointer === violation.pointer)
  );
}
