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

/** Where a sentence names the states in which something can be done, or cannot. */
const ofAllowed = [
  /\bonly\b(.*?)\b(?:can|may)\b/,
  /\b(?:can|may) only\b.*?\b(?:while|when|if|in)\b(.*)/,
  /\bonly (?:while|when|if)\b(.*)/,
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
  const named = (expressions: readonly RegExp[]) =>
    listed.filter((state) =>
      sentences.some((sentence) =>
        expressions.some((each) => {
          const said = each.exec(sentence.toLowerCase())?.[1];
          return said !== undefined && ` ${phraseOf(said)} `.includes(` ${phraseOf(String(state))} `);
        }),
      ),
    );
  return { allowed: named(ofAllowed), forbidden: named(ofForbidden) };
}
