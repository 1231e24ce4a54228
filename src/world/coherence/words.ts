import type { JsonObject } from '../../text/value.js';

const known = new Map<string, string>();
/** Names are those of a document; a bound for those of none. */
const maximumNames = 10_000;

/** The words of a name, in small letters, with blanks between: `createdAt`, `created_at` and `Created-At` are `created at`. */
export function wordsOf(name: string): string {
  let words = known.get(name);
  if (words === undefined) {
    words = name
      .replaceAll(/([a-z\d])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3 $2')
      .replaceAll(/[^A-Za-z\d]+/g, ' ')
      .trim()
      .toLowerCase();
    if (known.size < maximumNames) known.set(name, words);
  }
  return words;
}

/** The first member whose name says something, and whose value is of a type. */
export function memberNamed(object: JsonObject, pattern: RegExp, type: 'string' | 'number'): string | undefined {
  return Object.keys(object).find((name) => typeof object[name] === type && pattern.test(wordsOf(name)));
}
