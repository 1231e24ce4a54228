import { remembering, wordsOf } from '../text/words.js';

/** A name without what only separates its words. */
export const fold: (name: string) => string = remembering((name) =>
  /^[\w-]*$/.test(name)
    ? name.toLowerCase().replaceAll(/[_-]/g, '')
    : name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ''),
);

/** Whether an object of this name holds what its row says. */
export const isHolder = (name: string): boolean =>
  /^(?:attributes|properties|fields|metadata|spec|status|_source)$/.test(name);

/** The members of a resource object (JSON:API 1.1, 7.2): what a thing says of itself stands in its `attributes`. */
export const resourceObjectMembers: ReadonlySet<string> = new Set([
  'type',
  'id',
  'lid',
  'attributes',
  'relationships',
  'links',
  'meta',
]);

const irregularPlurals: ReadonlyMap<string, string> = new Map(
  Object.entries({
    children: 'child',
    criteria: 'criterion',
    data: 'datum',
    feet: 'foot',
    geese: 'goose',
    indices: 'index',
    matrices: 'matrix',
    media: 'medium',
    men: 'man',
    mice: 'mouse',
    people: 'person',
    vertices: 'vertex',
    women: 'woman',
  }),
);

/** What one of them may be called where several are called so, and the name itself. */
export const singularsOf: (noun: string) => readonly string[] = remembering((noun) => {
  const singulars = [noun];
  const irregular = irregularPlurals.get(noun);
  if (irregular !== undefined) singulars.push(irregular);
  if (noun.endsWith('ies')) singulars.push(`${noun.slice(0, -3)}y`);
  if (noun.endsWith('ves')) singulars.push(`${noun.slice(0, -3)}f`, `${noun.slice(0, -3)}fe`);
  if (noun.endsWith('yses') || noun.endsWith('eses')) singulars.push(`${noun.slice(0, -2)}is`);
  if (noun.endsWith('es')) singulars.push(noun.slice(0, -2));
  if (noun.endsWith('s') && !noun.endsWith('ss')) singulars.push(noun.slice(0, -1));
  return singulars.filter((singular) => singular.length > 1);
});

/** Whether two words are the same noun, in singular or plural. */
export function isSameNoun(one: string, other: string): boolean {
  return one === other || singularsOf(one).includes(other) || singularsOf(other).includes(one);
}

/** Whether two names say the same, the last word in singular or plural: `orderItem`, `order_items`. */
export function isSameName(one: string, other: string): boolean {
  return isSameNoun(fold(one), fold(other));
}

/** Whether a list has what a word calls one of: `tags`, `tagList`, `tag_names` and `hashtags` of `tag`. */
export function isListOf(list: string, wanted: string): boolean {
  const items = wordsOf(list)
    .join('')
    .replace(/(?<=.)(?:list|array|names)$/, '');
  return isSameNoun(items, wanted) || (/^(?:hash)?tags?$/.test(items) && /^(?:hash)?tags?$/.test(wanted));
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
    const length = nouns.length - from;
    const wanted = nouns.slice(from).join('');
    if (words.length >= length && isSameNoun(words.slice(0, length).join(''), wanted))
      return words.slice(length).join('');
    const folded = words.join('');
    for (const singular of singularsOf(wanted)) {
      if (singular.length > 2 && folded.startsWith(singular) && keyWords.has(folded.slice(singular.length)))
        return folded.slice(singular.length);
    }
  }
  return null;
}

/** What a noun may be called at the beginning of a name: in singular or plural, and the last words of it alone. */
export const nounForms: (noun: string) => readonly string[] = remembering((noun) => {
  const words = wordsOf(noun);
  return words.flatMap((_, from) => singularsOf(words.slice(from).join('')).toReversed());
});

/** What a noun is called for short at the beginning of a name: `appid` names an application. */
export const shortFormsOf = (noun: string): readonly string[] =>
  nounForms(noun).flatMap((form) => (shortForms.has(form) ? (shortForms.get(form) ?? '') : []));

const shortForms: ReadonlyMap<string, string> = new Map(
  Object.entries({
    account: 'acct',
    application: 'app',
    category: 'cat',
    configuration: 'config',
    department: 'dept',
    document: 'doc',
    environment: 'env',
    message: 'msg',
    organisation: 'org',
    organization: 'org',
    project: 'proj',
    repository: 'repo',
    subscription: 'sub',
    transaction: 'txn',
  }),
);

/** What may stand behind a noun without anything between: `petid`. */
const keyWords = new Set(['id', 'ids', 'uuid', 'guid', 'key', 'name', 'slug', 'code', 'no', 'number', 'ref', 'uid']);

/** What is found under a key, in the order in which it was added. */
export class Index<Key, Value> {
  readonly #lists = new Map<Key, Value[]>();

  add(key: Key, value: Value): void {
    const list = this.#lists.get(key);
    if (list) list.push(value);
    else this.#lists.set(key, [value]);
  }

  get(key: Key): readonly Value[] {
    return this.#lists.get(key) ?? [];
  }
}
