import { ownKeywords } from '../../operation/index.js';
import type { Check } from '../types.js';
import { complaintsOf, responseViolations } from './violations.js';

/** The body is what the document says, to its last item. */
export const responseSchema: Check = {
  id: 'response-schema',
  summary: 'the whole body is valid, formats asserted, nothing coerced',
  run(exchange) {
    // What is wrong before there is a value (no body, no JSON text), `well-formed` and `no-body` report.
    const violations = responseViolations(exchange).filter(
      ({ in: place, keyword }) => place === 'body' && !Object.hasOwn(ownKeywords, keyword),
    );
    return complaintsOf(violations, 'The body is not what its schema says');
  },
};
