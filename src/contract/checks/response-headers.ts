import type { Check } from '../types.js';
import { promisedResponse } from './received.js';
import { complaintsOf, responseViolations } from './violations.js';

/** OpenAPI 3.1, 4.8.21: header fields that a response declares. */
export const responseHeaders: Check = {
  id: 'response-headers',
  concern: 'data',
  summary: 'declared required headers are there, and valid',
  run(exchange) {
    if (promisedResponse(exchange)?.headers.length === 0) return null;
    const violations = responseViolations(exchange)?.filter(({ in: place }) => place === 'header');
    if (violations === undefined) return null;
    return complaintsOf(violations, 'A declared header field is not what the document says');
  },
};
