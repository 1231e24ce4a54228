/** The words of a name, lower case: `petID`, `pet_id`, `pet-id` and `Pet.Id` have `pet`, `id`. */
export function wordsOf(name: string): string[] {
  return name
    .replaceAll(/IDs\b/g, 'Ids')
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** A name without what only separates its words. */
export function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

const irregularPlurals: Readonly<Record<string, string>> = {
  child: 'children',
  criterion: 'criteria',
  datum: 'data',
  foot: 'feet',
  goose: 'geese',
  index: 'indices',
  man: 'men',
  matrix: 'matrices',
  medium: 'media',
  mouse: 'mice',
  person: 'people',
  vertex: 'vertices',
  woman: 'women',
};

/** What a noun may be called where there are several. */
function pluralsOf(noun: string): string[] {
  const plurals = [`${noun}s`, `${noun}es`];
  if (noun.endsWith('y')) plurals.push(`${noun.slice(0, -1)}ies`);
  if (noun.endsWith('is')) plurals.push(`${noun.slice(0, -2)}es`);
  if (noun.endsWith('f')) plurals.push(`${noun.slice(0, -1)}ves`);
  if (noun.endsWith('fe')) plurals.push(`${noun.slice(0, -2)}ves`);
  const irregular = Object.hasOwn(irregularPlurals, noun) ? irregularPlurals[noun] : undefined;
  return irregular === undefined ? plurals : [...plurals, irregular];
}

/** Whether two words are the same noun, in singular or plural. */
export function isSameNoun(one: string, other: string): boolean {
  return one === other || pluralsOf(one).includes(other) || pluralsOf(other).includes(one);
}

/** Whether two names say the same, the last word in singular or plural: `orderItem`, `order_items`. */
export function isSameName(one: string, other: string): boolean {
  return fold(one) === fold(other) || areSameWords(wordsOf(one), wordsOf(other));
}

function areSameWords(one: readonly string[], other: readonly string[]): boolean {
  return isSameNoun(one.join(''), other.join(''));
}

/**
 * What a name says besides a noun that it begins with: of `petId` beside `pets` it is `id`, of `pet` nothing, of
 * `orderItemId` beside `order-items` `id`, and of `itemid` beside it too.
 * @returns null where it does not begin with the noun
 */
export function afterNoun(name: string, noun: string): string | null {
  const words = wordsOf(name);
  const nouns = wordsOf(noun);
  // The last words alone may stand for the whole noun.
  for (let from = 0; from < nouns.length; from++) {
    const wanted = nouns.slice(from);
    const begin = words.slice(0, wanted.length);
    if (begin.length === wanted.length && areSameWords(begin, wanted)) return words.slice(wanted.length).join('');
    const folded = words.join('');
    for (const singular of singularsOf(wanted.join(''))) {
      if (singular.length > 2 && folded.startsWith(singular) && keyWords.has(folded.slice(singular.length)))
        return folded.slice(singular.length);
    }
  }
  return null;
}

/** What may stand behind a noun without anything between: `petid`. */
const keyWords = new Set(['id', 'ids', 'uuid', 'guid', 'key', 'name', 'slug', 'code', 'no', 'number', 'ref', 'uid']);

function singularsOf(noun: string): string[] {
  const singulars = [noun];
  if (noun.endsWith('ies')) singulars.push(`${noun.slice(0, -3)}y`);
  if (noun.endsWith('es')) singulars.push(noun.slice(0, -2));
  if (noun.endsWith('s')) singulars.push(noun.slice(0, -1));
  for (const [singular, plural] of Object.entries(irregularPlurals)) if (plural === noun) singulars.push(singular);
  return singulars;
}
