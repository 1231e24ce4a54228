import type { Answer } from '../operation/http.js';
import type { Operation } from '../operation/types.js';
import { succeeds, successes, withHeader } from './body.js';
import { noInput } from './status.js';
import type { Fault } from './types.js';

const caughtBy = ['media-type'];

/** The family of wrong Content-Type headers (RFC 9110, 8.3). */
export const mediaTypeFaults: readonly Fault[] = [
  {
    id: 'media-type-html',
    family: 'media-type',
    summary: 'says text/html over the right body',
    caughtBy,
    unfit: (operation) => undeclared(operation, 'text/html'),
    spoil: (answer) => typed(answer, 'text/html; charset=utf-8'),
  },
  {
    id: 'media-type-octet-stream',
    family: 'media-type',
    summary: 'says application/octet-stream over the right body',
    caughtBy,
    unfit: (operation) => undeclared(operation, 'application/octet-stream'),
    spoil: (answer) => typed(answer, 'application/octet-stream'),
  },
  {
    id: 'media-type-missing',
    family: 'media-type',
    summary: 'sends a body without Content-Type',
    caughtBy,
    unfit: noContent,
    spoil: (answer) => (answer.body.length > 0 ? withHeader(answer, 'Content-Type', null) : null),
  },
  {
    id: 'media-type-sibling',
    family: 'media-type',
    summary: 'says a vendor type that resembles the declared one',
    generated: true,
    caughtBy,
    unfit: (operation) => noContent(operation) ?? (ranges(operation) ? 'a range of types is declared' : null),
    spoil(answer, context) {
      const declared = context.declared(answer).content?.mediaType;
      if (declared === undefined || !succeeds(answer)) return null;
      const [type = 'application', subtype = 'json'] = (declared.split(';')[0] ?? '').trim().split('/');
      return typed(answer, `${type}/vnd.other+${subtype.split('+').at(-1)}`);
    },
  },
  {
    id: 'media-type-plain-error',
    family: 'media-type',
    summary: 'sends its errors as text/plain',
    caughtBy,
    unfit(operation) {
      const errors = operation.responses.filter(({ key, content }) => /^4/.test(key) && content.length > 0);
      if (errors.length === 0) return 'no error has a declared body';
      return errors.some(({ content }) => content.some(({ mediaType }) => /^(text\/(plain|\*)|\*\/\*)/.test(mediaType)))
        ? 'text/plain is declared for an error'
        : noInput(operation);
    },
    spoil(answer, context) {
      const isDeclared = context.declared(answer).content !== null;
      return answer.status >= 400 && isDeclared ? typed(answer, 'text/plain; charset=utf-8') : null;
    },
  },
];

function typed(answer: Answer, mediaType: string): Answer | null {
  return answer.body.length > 0 ? withHeader(answer, 'Content-Type', mediaType) : null;
}

function noContent(operation: Operation): string | null {
  return successes(operation).some(({ content }) => content.length > 0) ? null : 'no successful answer has a body';
}

function ranges(operation: Operation): boolean {
  return successes(operation).some(({ content }) => content.some(({ mediaType }) => /\*|vnd\.other/.test(mediaType)));
}

function undeclared(operation: Operation, mediaType: string): string | null {
  const types = operation.responses.flatMap(({ content }) => content.map((one) => one.mediaType.toLowerCase()));
  const [type] = mediaType.split('/');
  return types.some((one) => one.startsWith(mediaType) || one.startsWith(`${type}/*`) || one.startsWith('*/*'))
    ? `${mediaType} is declared`
    : noContent(operation);
}
