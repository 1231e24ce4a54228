import { contentFor } from '../../operation/index.js';
import { excerpt } from '../excerpt.js';
import type { Check } from '../types.js';
import { contentType, headerValues, mayHaveBody, promisedResponse } from './received.js';

/** The body is of a kind that the document declares for this status (OpenAPI 3.1, 4.8.17). */
export const mediaType: Check = {
  id: 'media-type',
  summary:
    'Content-Type is present when there is a body, and is one that is declared for that status (parameters such as charset aside)',
  run(exchange) {
    const { received } = exchange;
    const declared = promisedResponse(exchange);
    // A response without content is not described: what it holds is nobody's promise.
    if (!declared || declared.content.length === 0) return null;
    if (!mayHaveBody(exchange) || (received.body.length === 0 && !received.isOpen)) return null;
    const expected = declared.content.map((content) => content.mediaType).join(', ');
    const pointer = `${declared.pointer}/content`;
    const sent = headerValues(received, 'content-type');
    const type = contentType(received);
    if (type === undefined || type.trim() === '') {
      return [
        {
          severity: 'violation',
          message: 'The body has no Content-Type',
          expected,
          received: 'no Content-Type',
          pointer,
        },
      ];
    }
    const different = new Set(sent.map((value) => value.toLowerCase().replace(/\s/g, ''))).size > 1;
    if (!different && contentFor(declared.content, type)) return [];
    return [
      {
        severity: 'violation',
        message: different
          ? 'The answer has several Content-Type fields that differ'
          : `The media type is not declared for ${declared.key}`,
        expected,
        received: sent.map((value) => excerpt(value)).join(' and '),
        pointer,
        cause: `${different ? 'several' : 'undeclared'} ${type.split(';', 1)[0]?.trim().toLowerCase()}`,
      },
    ];
  },
};
