import type { Operator } from './filter-moments.js';

const caseless =
  /(?<!\bnot )\bcase[- ]?insensitiv|\b(?:in |of )?any case\b(?! of)|\bcase (?:is ignored|does(?: not|n't) matter)\b|\b(?:ignor\w+|regardless of|irrespective of|without regard to) (?:the )?(?:upper and lower |letter )?case\b/i;

/** Whether a description says that capitals and small letters are the same. */
export const saysCaseless = (description: string): boolean => caseless.test(description);

const inclusive =
  /(?<!not |non-)\binclusive(?:ly)?\b(?! of)|\bincluding this\b|\b(?:at|on) (?:or|and) (?:after|before|later|earlier)\b|\bor (?:later|earlier|equal)\b|\bequal to or\b|\bat (?:least|most)\b/i;

/** Whether a description says of a bound that it is within. */
export const saysInclusive = (description: string): boolean =>
  inclusive.test(description) && !/\bexclusive/i.test(description);

const exclusive =
  /(?<!not |non-|mutually )\b(?:exclusive|exclusively)\b(?=\s*(?:[).,;]|$)|\s+(?:\w+\s+)?(?:bound|end|start|limit)\b)|\bexclusive (?:upper|lower)\b/i;

/** Whether it says that the bound itself is not within. */
export const saysExclusive = (description: string): boolean =>
  exclusive.test(description) && !inclusive.test(description);

/** What a bound is asked by that is said to be within (`created_after`, `at this time or later`), or not to be. */
export function boundSaid(
  description: string,
  operator: Operator,
): { readonly operator: Operator; readonly isInclusive?: true; readonly isExclusive?: true } {
  if (saysInclusive(description)) {
    return { operator: operator === 'gt' ? 'gte' : operator === 'lt' ? 'lte' : operator, isInclusive: true };
  }
  if (!saysExclusive(description) || !/^[gl]te?$/.test(operator)) return { operator };
  return { operator: operator === 'gte' || operator === 'gt' ? 'gt' : 'lt', isExclusive: true };
}
