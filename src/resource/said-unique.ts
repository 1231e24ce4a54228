import type { Operation } from '../operation/index.js';
import { phraseOf } from '../text/words.js';

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

/** What says among which things something is the only one. */
const amongWhat = /(\bunique\b.*?) (?:per|within|among|across|in|for)\b.*$/i;

/** Whether a description says of what it describes that no two things have the same. */
export const saysUnique = (description: unknown): description is string =>
  typeof description === 'string' && ofUnique.test(description.trim());

/** What an operation that makes, or changes, a thing says of that: its conflict first (`SKU is taken`), then itself (`The name must be unique`). */
export function saidUnique({ description, responses }: Operation): readonly SaidUnique[] {
  const conflict = responses.find(({ key }) => key === '409')?.description ?? '';
  const ofConflict = ofTaken.test(conflict) ? [saidBy(conflict, conflict, 409)] : [];
  const sentences = description.split(/[.;](?:\s|$)/).filter(saysUnique);
  return [...ofConflict, ...sentences.map((said) => saidBy(said, said.replace(amongWhat, '$1'), null))];
}

function saidBy(said: string, naming: string, status: 409 | null): SaidUnique {
  const words = ` ${phraseOf(naming.replace(ofHttp, ' '))} `.replace(/ e mail /g, ' email ');
  return { said, status, names: (member) => words.includes(` ${phraseOf(member)} `) };
}
