import type { Operation } from '../operation/index.js';
import { phraseOf, wordsOf } from '../text/words.js';
import { singularsOf } from './words.js';

/** What a document says of something in which no two things are alike. */
export interface SaidUnique {
  /** In its own words. */
  readonly said: string;
  /** With which status a second one is refused; null: with any that it declares. */
  readonly status: 409 | null;
  /** Whether these words name a member. */
  names(member: string): boolean;
}

const ofTaken =
  /\b(?:taken|already (?:exists?|in use|used|registered)|exists? already|in use|not unique|duplicate|must be unique|with (?:this|that|the same|the given)(?: [\w-]+){1,4}? exists|another(?: [\w-]+){1,3}? (?:already )?(?:has|uses) (?:this|that|the same|it))\b/i;

/** What a description says of the answer, and of no member: `HTTP Status Code: 409`. */
const ofHttp = /<[^>]*>|\b(?:http\s+)?status(?:[\s_-]*code)?\b\W*\d{3}|\b(?:http\s+)?status[\s_-]*code\b/gi;

const ofUnique =
  /\b(?:must|has to|have to) be (?:globally )?unique\b|\b(?:is|are) (?:globally )?unique\b|\bunique (?:per|within|among|across)\b|^unique\b(?! (?:id|identifier)\b)/i;

const stemOf = (noun: string): string => (singularsOf(noun).at(-1) ?? noun).replace(/(?:ing|e)$/, '').slice(0, 5);

/**
 * Whether an operation says that there is one of what it makes for several others together: `One review per user and product`, `The
 * student is already enrolled in this course`. What it says that for are the members whose words are in it.
 * @param name of the things, as `reviews`
 * @returns the words of it; null where it says nothing of that, or has no refusal for it
 */
export function saidOnce({ summary, description, responses }: Operation, name: string): string | null {
  const conflict = responses.find(({ key }) => key === '409')?.description;
  if (conflict === undefined) return null;
  const stem = stemOf(wordsOf(name).at(-1) ?? '');
  const ofThese = `${stem}[a-z]*`;
  const once = new RegExp(
    `\\b(?:only |at most )?(?:one|a single) (?:[a-z]+ )?${ofThese} (?:per|for each|for every|from each|by each)\\b|\\balready (?:been )?(?:an? )?${ofThese}\\b|\\b${ofThese} already exists? (?:for|by|from|between)\\b|\\b${ofThese}[^.]* (?:only once|once per|twice)\\b|\\bduplicate ${ofThese}\\b|\\balready has an? ${ofThese}`,
    'i',
  );
  const texts = [conflict, description, summary].flatMap((text) =>
    typeof text === 'string' ? text.split(/[.;](?:\s|$)/) : [],
  );
  const said = texts.filter((text) => once.test(phraseOf(text)));
  return stem.length < 3 || said.length === 0 ? null : said.join(' ');
}

/** What says among which things something is the only one. */
const amongWhat = /(\bunique\b.*?) (?:per|within|among|across|in|for)\b.*$/i;

/** `The name doesn't have to be unique in a catalog, but the name has to be unique within a product`: two things may have it. */
const notAmongAll = /\b(?:not|n't) (?:have to |need to )?be unique\b/i;

/** Whether a description says of what it describes that no two things have the same. */
export const saysUnique = (description: unknown): description is string =>
  typeof description === 'string' && ofUnique.test(description.trim()) && !notAmongAll.test(description);

/** What an operation that makes, or changes, a thing says of that: its conflict first (`SKU is taken`), then itself (`The name must be unique`). */
export function saidUnique({ description, responses }: Operation): readonly SaidUnique[] {
  const ofConflict = ['409', '422', '400'].flatMap((status) => {
    const conflict = responses.find(({ key }) => key === status)?.description ?? '';
    return ofTaken.test(conflict) ? [saidBy(conflict, conflict, status === '409' ? 409 : null)] : [];
  });
  const sentences = description.split(/[.;](?:\s|$)/).filter(saysUnique);
  return [...ofConflict, ...sentences.map((said) => saidBy(said, said.replace(amongWhat, '$1'), null))];
}

function saidBy(said: string, naming: string, status: 409 | null): SaidUnique {
  const words = ` ${phraseOf(naming.replace(ofHttp, ' '))} `.replace(/ e mail /g, ' email ');
  return { said, status, names: (member) => words.includes(` ${phraseOf(member)} `) };
}
