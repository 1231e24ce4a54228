import type { Operation, Parameter } from './types.js';

/**
 * The header by which a server knows a request again that is sent twice, if the operation has one: `Idempotency-Key`
 * (draft-ietf-httpapi-idempotency-key-header). Two requests that have the same are one.
 */
export function retryKeyOf({ parameters }: Operation): Parameter | undefined {
  return parameters.find(({ in: place, name }) => place === 'header' && /^(?:x-)?idempotency-?key$/i.test(name));
}
