import type { ownKeywords } from '../../schema/index.js';
import type { Check } from '../types.js';
import { complaintsOf, responseViolations } from './violations.js';

/** What is wrong before there is a value to judge: `well-formed`, `media-type` and `no-body` report that. */
const beforeTheValue: ReadonlySet<string> = new Set<keyof typeof ownKeywords>([
  'missing',
  'encoding',
  'syntax',
  'mediaType',
  'undocumented',
]);

/** The body is what the document says, to its last item. */
export const responseSchema: Check = {
  id: 'response-schema',
  summary: 'the whole body is valid, formats asserted, nothing coerced',
  run(exchange) {
    const violations = responseViolations(exchange).filter(
      ({ in: place, keyword }) => place === 'body' && !beforeTheValue.has(keyword),
    );
    return complaintsOf(violations, 'The body is not what its schema says');
  },
};
