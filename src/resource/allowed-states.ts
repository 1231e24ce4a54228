import type { Operation } from '../operation/index.js';
import type { Json } from '../text/value.js';
import { phraseOf } from '../text/words.js';
import { singularsOf } from './words.js';

/** What is to be done with which thing. */
export interface Doing {
  /** What the thing is called, as `order`: of others that stand in a state nothing is said here. */
  readonly noun?: string;
  /** Whether the method alone says what is done, and no word. */
  readonly isByMethod?: boolean;
  /** Members of the thing that are not changed by it: what is said of these alone is not said of the rest. */
  untouched?(): readonly string[];
  /**
   * Of a thing that something is only done below, or with its name: whether the other may be in the same states. What is said of the
   * other is not said of the thing.
   */
  readonly above?: 'alike' | 'unlike';
}

const anything: Doing = {};

/** Whether a document says of any of these states that an operation can, or cannot, be done in it. */
export function speaksOfStates(operation: Operation, listed: readonly Json[]): boolean {
  const { allowed, forbidden } = saidOf(operation, listed, anything);
  return allowed.length + forbidden.length > 0;
}

/**
 * Whether a document says in plain words that an operation cannot be done in a state (`Only a pending booking can be confirmed`), and
 * has 409 for that.
 * @param listed all states that there are
 */
export function isForbiddenIn(
  operation: Operation,
  state: Json | undefined,
  listed: readonly Json[],
  doing: Doing = anything,
): boolean {
  if (state === undefined || !listed.includes(state)) return false;
  const { allowed, forbidden } = saidOf(operation, listed, doing);
  return forbidden.includes(state) || (allowed.length > 0 && !allowed.includes(state));
}

/** What is true of who asks, and not of what is asked for. */
const ofAsker = /^(?:admin|administrator|owner|member|moderator|staff|superuser|super user|manager|author|verified)$/;

/**
 * Whether it says so of what is said by yes or no: `The card is already completed` where it is, `The channel is not archived` where not.
 * @param name of the member, as `completed` or `is_archived`
 */
export function isForbiddenWhere(operation: Operation, name: string, is: boolean, doing: Doing = anything): boolean {
  const state = phraseOf(name).replace(/^is /, '');
  if (ofAsker.test(state)) return false;
  const { allowed, forbidden } = saidOf(operation, [state], doing);
  return is ? forbidden.length > 0 : allowed.length > 0;
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
/** What a conflict says of a thing: that it is not in the state in which it must be, or is (already) in one in which it must not be. */
const ofConflictAllowed = [
  /\b(?:(?:is|was|are|were|been) not|(?:is|was|are|were)n't|no longer|(?:is|was|are|were) no)\b(.*?)(?:$|,|\b(?:or|and|but) (?:is|was|are|has)\b)/,
];
const ofConflictForbidden = [
  /\balready[ _](?!(?:an?|one|has|have|exists?)\b)(\w+(?:(?:,| or| and)+(?: (?:is|was|already))* \w+)*)/,
  /\b(?:is|was|are|were|been) (\w+) already\b/,
  /\bor (?:is|was|are|were|has been|have been) (?!not\b)(\w+)$/,
];
/** What it says of the thing by its name: `The channel is archived`. */
const ofNamed = (nouns: readonly string[]): RegExp =>
  new RegExp(
    `^(?:(?:the|this|its|an?) )?(?:\\w+ )?(?:${nouns.join('|')}) (?:is|are|was|were|has been|have been) (?!not\\b)(\\w+(?:(?:,| or| and)+ \\w+)*?)(?:$| or (?:has|have)\\b)`,
  );

/** What a sentence says can, or cannot, be done. */
const verbsIn = /\b(?:can(?: ?not|'t)?|may(?: not)?|must not)(?: only)?(?: longer)? be ((?:\w+(?:,| or| and)+ ?)*\w+)/;
const changing = /^(?:chang|edit|updat|modif|alter|replac|amend|adjust|revis|touch)/;
const deleting = /^(?:delet|remov|destroy|discard|eras|cancel|withdraw)/;

const nounsOf = (noun: string | undefined): readonly string[] =>
  noun === undefined ? [] : singularsOf(phraseOf(noun));

/** Whether a sentence is about something else than what the method of an operation does: a PATCH does not reopen. */
function isAboutAnother(
  sentence: string,
  { method }: Operation,
  listed: readonly Json[],
  { noun, above, isByMethod, untouched }: Doing,
): boolean {
  const words = ` ${phraseOf(sentence)} `;
  if (above !== undefined)
    return !(
      nounsOf(noun).some((one) => words.includes(` ${one} `)) ||
      (above === 'unlike' && listed.some((state) => words.includes(` ${phraseOf(String(state))}s `)))
    );
  const own = method === 'DELETE' ? deleting : changing;
  const [, verbs] = isByMethod ? (verbsIn.exec(sentence) ?? []) : [];
  if (verbs !== undefined && !verbs.split(/\W+/).some((verb) => own.test(verb))) return true;
  return untouched?.().some((name) => words.includes(` ${phraseOf(name)} `)) === true;
}

/** The states in which an operation says that it can, or cannot, be done. */
function saidOf(operation: Operation, listed: readonly Json[], doing: Doing) {
  const { summary, description, responses } = operation;
  const conflicts = responses.filter(({ key }) => key === '409').map((each) => each.description);
  // Without a status for it nobody is refused.
  const sentencesOf = (texts: readonly unknown[]) =>
    texts
      .flatMap((text) => (typeof text === 'string' ? text.split(/[.;\n](?:\s|$)|,? or (?=(?:the|this|its|an?) )/) : []))
      .filter((sentence) => !isAboutAnother(sentence, operation, listed, doing));
  const said = conflicts.length > 0 ? sentencesOf([summary, description, ...conflicts]) : [];
  const ofConflict = sentencesOf(conflicts);
  const { noun, above } = doing;
  const nouns = nounsOf(noun);
  const ofNoun = nouns.length === 0 ? [] : [ofNamed(nouns)];
  const named = (texts: readonly string[], expressions: readonly RegExp[]) =>
    listed.filter((state) =>
      texts.some((text) => expressions.some((each) => isNamed(each.exec(text.trim().toLowerCase())?.[1], state))),
    );
  return {
    allowed: [...named(said, ofAllowed), ...named(ofConflict, ofConflictAllowed)],
    forbidden: [
      ...named(said, ofForbidden),
      ...named(ofConflict, [...(above === undefined ? ofConflictForbidden : []), ...ofNoun]),
    ],
  };
}

/** Whether some words name a state, also as those that are in it: `drafts`. */
function isNamed(said: string | undefined, state: Json): boolean {
  if (said === undefined) return false;
  const words = ` ${phraseOf(said)} `;
  const name = phraseOf(String(state));
  return words.includes(` ${name} `) || words.includes(` ${name}s `);
}
