import { type CharacterClass, classTest } from '../../schema/pattern/syntax.js';

/** Readable characters first: what a class is filled from. */
const letters = 'abcdefghijklmnopqrstuvwxyz';
const alphabet = [
  ...`${letters}${letters.toUpperCase()}0123456789`,
  ...' -_.,:;!?\'/()[]{}<>@#$%&*+=|~^`"\\\t\n\r',
  ...'éßñÆжλあ漢字ב€😀\u00a0\u0000\u0007',
];

const classes = new Map<string, readonly string[]>();

/**
 * Characters that a class has: the regular expression engine itself says which of those that come to mind. Empty where
 * none does.
 */
export function charactersOf(characterClass: CharacterClass): readonly string[] {
  const { source, flags } = characterClass;
  const key = `${flags} ${source}`;
  let characters = classes.get(key);
  if (!characters) {
    const fits = classTest(characterClass);
    const candidates = new Set([...alphabet, ...[...source].flatMap(neighbours), ...escapedIn(source)]);
    characters = readable([...candidates].filter((character) => fits(character.codePointAt(0) as number)));
    classes.set(key, characters);
  }
  return characters;
}

/** Where letters and digits will do, nothing else is taken. */
function readable(characters: readonly string[]): readonly string[] {
  const plain = characters.filter((character) => /^[a-z0-9]$/i.test(character));
  const lower = plain.filter((character) => /^[a-z]$/.test(character));
  if (plain.length < characters.length && lower.length === 26 && characters.length > 64) return lower;
  return plain.length > 0 ? plain : characters;
}

function neighbours(character: string): string[] {
  const code = character.codePointAt(0) as number;
  return [code, code + 1].filter((one) => one <= 0x10ffff).map((one) => String.fromCodePoint(one));
}

/** The characters that a class names by code. */
function escapedIn(source: string): string[] {
  return [...source.matchAll(/\\(?:x([\da-f]{2})|u([\da-f]{4})|u\{([\da-f]+)\})/gi)].flatMap(([, byte, unit, point]) =>
    neighbours(String.fromCodePoint(Number.parseInt((byte ?? unit ?? point) as string, 16))),
  );
}
