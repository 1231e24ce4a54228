import { contentFor } from '../../operation/index.js';
import type { ownKeywords } from '../../schema/index.js';
import type { Check } from '../types.js';
import { contentType, promisedResponse } from './received.js';
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
    const violations = responseViolations(exchange)?.filter(
      ({ in: place, keyword }) => place === 'body' && !beforeTheValue.has(keyword),
    );
    if (violations === undefined) return null;
    const content = contentFor(promisedResponse(exchange)?.content ?? [], contentType(exchange.received) ?? '');
    const isJudged = content?.schema !== undefined && exchange.received.body.length > 0;
    if (violations.length === 0 && !isJudged) return null;
    return complaintsOf(violations, 'The body is not what its schema says');
  },
};
