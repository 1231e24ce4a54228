import type { Operation } from '../operation/index.js';
import { phraseOf } from '../text/words.js';
import { singularsOf } from './words.js';

/** What a body names: the member that names it, what the thing is called, and what is said of the member. */
export interface NamedInBody {
  readonly member: string;
  /** `animals`, of whatever stands around them. */
  readonly noun: string;
  readonly descriptions: readonly unknown[];
}

/** Of a description so many characters are read. */
const longest = 2_000;

/** `No such course or student`, `roomCode names no room`, `unknown category` */
const ofNone =
  /\b(?:no such|unknown|non-?existent|non-?existing|(?:names?|is|are|of|for) no|there (?:is|are) no) ((?:[\w-]+(?:,| or| and|\/)+ ?)*[\w-]+)/gi;
/** `The author was not found`, `supplierId does not exist` */
const ofMissing =
  /((?:[\w-]+(?:,| or| and|\/)+ ?)*(?:[\w-]+ )?[\w-]+)(?: ids?)? (?:(?:was|is|are|were|could) not (?:be )?found|not found|do(?:es)? not exist|doesn't exist|don't exist|must exist|has to exist)\b/gi;

/** Of a member that it is the key of something that is there: `Id of an existing animal`. */
const ofExisting = /\bexisting\b|\bmust exist\b|\bthat exists\b/i;

/**
 * Whether a document says that what a body names has to be there: of a refusal by its words, or of the member where a refusal is declared.
 * @returns the statuses with which what is not there is refused; null where nothing says so
 */
export function refusesMissing(
  { responses, path }: Operation,
  { member, noun, descriptions }: NamedInBody,
): readonly string[] | null {
  const refusals = responses.filter(({ key }) => /^4(?:00|04|09|22|XX)$/i.test(key));
  const nouns = new Set([
    ...singularsOf(phraseOf(noun)),
    phraseOf(noun),
    phraseOf(member),
    phraseOf(member).replace(/ ids?$/, ''),
  ]);
  const isSaid = (text: string) =>
    [...text.matchAll(ofNone), ...text.matchAll(ofMissing)].some(([, named = '']) => {
      const words = ` ${named
        .split(/[\s,/]+/)
        .map(phraseOf)
        .join(' ')} `;
      return [...nouns].some((one) => words.includes(` ${one} `));
    });
  const spoken = refusals.filter(({ key, description }) => {
    // 404 of what names a thing by its path is of that.
    const isOfPath = key === '404' && path.includes('{');
    return !isOfPath && isSaid(description.slice(0, longest).replace(/[.;](?=\s|$)/g, ' |'));
  });
  if (spoken.length > 0) return spoken.map(({ key }) => key);
  const others = refusals.filter(({ key }) => key !== '404' || !path.includes('{'));
  const isExisting = descriptions.some((each) => typeof each === 'string' && ofExisting.test(each));
  return isExisting && others.length > 0 ? others.map(({ key }) => key) : null;
}
