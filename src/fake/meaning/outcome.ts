import { type OutcomeWord, outcomeWordOf } from '../../text/outcome-words.js';
import type { Json } from '../../text/value.js';

/** What says how an answer went where it went well, the likeliest first: the first that its schema takes is said. */
const whereWell: Readonly<Record<OutcomeWord, readonly Json[]>> = {
  success: [true, 'true', 1],
  failure: [false, 'false', 0],
  code: [200, '200', 0, 'OK', 'SUCCESS', 'success', 'Success'],
  message: ['OK', 'Success', 'success'],
  phrase: ['OK'],
  error: [null, '', 0, false],
};

/** Where `errno` and its like say that there is none. */
const isErrorNumber = /^(?:err(?:or)?|ret(?:urn)?|result|biz|sub)[_-]?(?:code|no)$|^ret$/i;

/** What a whole answer holds beside what it says of how it went. */
const held = /^(?:data|results?|items?|records?|rows|values?|payload|response|body|content|entit(?:y|ies)|list|page)$/i;

/** A `status` that is one of those, beside what says how it went, says so too. */
const statuses: readonly Json[] = [
  'success',
  'SUCCESS',
  'Success',
  'ok',
  'OK',
  'succeeded',
  'completed',
  200,
  '200',
  true,
];

const known = new WeakMap<readonly string[], boolean>();

/**
 * Whether an object with these members says how an answer went: by a mark beside words or what was asked for (`success`, `message`),
 * or by a number or an error beside one of these. What has an `id` is a thing that says so of itself.
 * @param names always the same list for the same object
 */
export function saysOutcome(names: readonly string[]): boolean {
  const before = known.get(names);
  if (before !== undefined) return before;
  const found = !names.some((name) => /^_?(?:id|uuid|guid)$/i.test(name)) && isOutcome(names);
  known.set(names, found);
  return found;
}

function isOutcome(names: readonly string[]): boolean {
  const words = new Set(names.map(outcomeWordOf));
  if (words.has('success') || (words.has('failure') && names.length > 1)) return true;
  const isNumbered = words.has('code') || names.includes('status');
  if (isNumbered && words.has('message')) return true;
  return words.has('error') && names.some((name) => held.test(name));
}

/** What a member of an object that says how an answer went says, where it went well; none where it says nothing of that. */
export function outcomeSaid(name: string): readonly Json[] {
  if (/^status$/i.test(name)) return statuses;
  const word = outcomeWordOf(name);
  if (word === null) return [];
  return word === 'code' && isErrorNumber.test(name) ? [0, '0', ...whereWell.code] : whereWell[word];
}
