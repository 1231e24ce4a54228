/** Names repeat within a document and between documents; the bound keeps hostile ones from filling the memory. */
const rememberedNames = 20_000;

/** A function of names, remembered. */
export function remembering<Value>(work: (name: string) => Value): (name: string) => Value {
  const known = new Map<string, Value>();
  return (name) => {
    let value = known.get(name);
    if (value === undefined) {
      value = work(name);
      if (known.size >= rememberedNames) known.clear();
      known.set(name, value);
    }
    return value;
  };
}

/** The words of a name, lower case: `petID`, `pet_id`, `pet-id` and `Pet.Id` have `pet`, `id`. */
export const wordsOf: (name: string) => readonly string[] = remembering((name) =>
  // Most names are plain, and the letters of all scripts are looked for slowly.
  /^[a-z\d]+(?:[_-][a-z\d]+)*$/.test(name) ? name.split(/[_-]/) : wordsOfAny(name),
);

const wordsOfAny = (name: string): readonly string[] =>
  name
    .replaceAll(/IDs\b/g, 'Ids')
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** The words of a name with blanks between: `createdAt`, `created_at` and `Created-At` are `created at`. */
export const phraseOf: (name: string) => string = remembering((name) => wordsOf(name).join(' '));
