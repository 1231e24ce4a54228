import { type Diagnostic, located, unlocated } from './diagnostic.js';
import { PrismProblem } from './problem.js';

/** What Prism says where the document declares nothing for a request that is not valid. */
export function refusalOf(found: readonly Diagnostic[]): PrismProblem {
  const denied = found.find(({ code }) => code === 401);
  if (denied !== undefined) {
    const tags = denied.tags ?? [];
    return new PrismProblem(
      'UNAUTHORIZED',
      'Your request does not fullfil the security requirements and no HTTP unauthorized response was found in the spec, so Prism is generating this error for you.',
      tags.length > 0 ? { headers: { 'WWW-Authenticate': tags.join(',') } } : {},
    );
  }
  const unsupported = found.find(({ code }) => code === 415);
  if (unsupported !== undefined) return new PrismProblem('INVALID_CONTENT_TYPE', unsupported.message);
  return new PrismProblem(
    'UNPROCESSABLE_ENTITY',
    'Your request is not valid and no HTTP validation response was found in the spec, so Prism is generating this error for you.',
    { validation: found.map(unlocated) },
  );
}

/** What `--errors` makes of an answer that does not fit the document. */
export function brokenAnswer(errors: readonly Diagnostic[]): PrismProblem {
  const detail =
    'Your request/response is not valid and the --errors flag is set, so Prism is generating this error for you.';
  return new PrismProblem('VIOLATIONS', detail, { validation: errors.map((each) => located('response', each)) });
}

const maximumFieldLength = 8 * 1024 - 100;

/** The field `sl-violations`, where there is something to say. */
export function violationsField(asked: readonly Diagnostic[], judged: readonly Diagnostic[]): Record<string, string> {
  if (asked.length + judged.length === 0) return {};
  const all = [...asked.map((each) => located('request', each)), ...judged.map((each) => located('response', each))];
  // Only visible ASCII arrives everywhere as it was sent (RFC 9110, 5.5).
  const text = JSON.stringify(all).replaceAll(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const isLong = text.length > maximumFieldLength;
  return { 'sl-violations': isLong ? `Too many violations! ${text.slice(0, maximumFieldLength)}` : text };
}
