import type { Operation } from '../operation/index.js';
import type { Json } from '../text/value.js';
import { phraseOf } from '../text/words.js';

/** Whether a member is called as what says in which state a thing is. */
export const saysState = (name: string): boolean => /^(?:status|state|phase|stage)$/.test(phraseOf(name));

/** Whether a document says of any of these states that an operation can, or cannot, be done in it. */
export function speaksOfStates(operation: Operation, listed: readonly Json[]): boolean {
  const { allowed, forbidden } = saidOf(operation, listed);
  return allowed.length + forbidden.length > 0;
}

/**
 * Whether a document says in plain words that an operation cannot be done in a state (`Only a pending booking can be confirmed`), and
 * has 409 for that.
 * @param listed all states that there are
 */
export function isForbiddenIn(operation: Operation, state: Json | undefined, listed: readonly Json[]): boolean {
  if (state === undefined || !listed.includes(state)) return false;
  const { allowed, forbidden } = saidOf(operation, listed);
  return forbidden.includes(state) || (allowed.length > 0 && !allowed.includes(state));
}

/**
 * Whether it says so of what is said by yes or no: `The card is already completed` where it is, `The channel is not archived` where not.
 * @param name of the member, as `completed` or `is_archived`
 */
export function isForbiddenWhere(operation: Operation, name: string, is: boolean): boolean {
  const state = phraseOf(name).replace(/^is /, '');
  const { allowed, forbidden } = saidOf(operation, [state]);
  return is ? forbidden.length > 0 : allowed.length > 0;
}

/** Where a sentence names the states in which something can be done, or cannot. */
const ofAllowed = [
  /\bonly\b(.*?)\b(?:can|may)\b/,
  /\b(?:can|may) only\b.*?\b(?:while|when|if|in)\b(.*)/,
  /\bonly (?:while|when|if)\b(.*)/,
];
/** What a conflict says of a thing: that it is not in the state in which it must be, or is already in the one that is asked for. */
const ofConflictAllowed = [
  /\b(?:(?:is|was|are|were|been) not|(?:is|was|are|were)n't|no longer)\b(.*?)(?:$|,|\b(?:or|and|but) (?:is|was|are|has)\b)/,
];
const ofConflictForbidden = [
  /\balready[ _](?!(?:an?|one|has|have|exists?)\b)(\w+(?:(?:,| or| and)+(?: (?:is|was|already))* \w+)*)/,
  /\b(?:is|was|are|were|been) (\w+) already\b/,
];
const ofForbidden = [
  /^(.*?)\b(?:can ?not|can't|may not|must not)\b/,
  /\b(?:can ?not|can't|may not|must not)\b.*?\b(?:once|after|when|while|if)\b(.*)/,
];

/** The states in which an operation says that it can, or cannot, be done. */
function saidOf({ summary, description, responses }: Operation, listed: readonly Json[]) {
  const conflicts = responses.filter(({ key }) => key === '409').map((each) => each.description);
  // Without a status for it nobody is refused.
  const sentences = [summary, description, ...conflicts].flatMap((text) =>
    typeof text === 'string' && conflicts.length > 0 ? text.split(/[.;\n]\s/) : [],
  );
  const named = (texts: readonly string[], expressions: readonly RegExp[]) =>
    listed.filter((state) =>
      texts.some((text) => expressions.some((each) => isNamed(each.exec(text.toLowerCase())?.[1], state))),
    );
  return {
    allowed: [...named(sentences, ofAllowed), ...named(conflicts, ofConflictAllowed)],
    forbidden: [...named(sentences, ofForbidden), ...named(conflicts, ofConflictForbidden)],
  };
}

/** Whether some words name a state, also as those that are in it: `drafts`. */
function isNamed(said: string | undefined, state: Json): boolean {
  if (said === undefined) return false;
  const words = ` ${phraseOf(said)} `;
  const name = phraseOf(String(state));
  return words.includes(` ${name} `) || words.includes(` ${name}s `);
}
