import { compilePattern } from '../../schema/pattern/pattern.js';
import { type CharacterClass, classTest, type PatternNode } from '../../schema/pattern/syntax.js';
import { shortestMatch } from '../../schema/pattern/work.js';
import type { Random } from '../random.js';

export interface Lengths {
  readonly minimum: number;
  readonly maximum: number;
}

const maximumAttempts = 80;
/** The attempts at a long text are fewer, so that they take no longer together. */
const maximumCharactersTogether = 200_000;
/** Longer than this, a text for a pattern is not written. */
const maximumCharacters = 1_000_000;
/** Longer than this, json-schema-faker is not asked to write a text for a pattern. */
const maximumCharactersDrawn = 5000;
/** Nor for one that is not read here, and has more groups than this: they may all be inside of each other. */
const maximumGroupsDrawn = 250;

/**
 * A text that matches a pattern, of a length between bounds, for the patterns that json-schema-faker gets
 * wrong: escapes by code, Unicode properties, lookaheads, back references, lengths. null: none was found.
 */
export function sampleOf(pattern: string, random: Random, lengths: Lengths): string | null {
  const expression = compilePattern(pattern);
  const node = expression?.node;
  const least = node ? shortestMatch(node) : 0;
  if (!node || Math.max(least, lengths.minimum) > maximumCharacters) return null;
  // It is counted in UTF-16, of which a character has at most two.
  if (least > 2 * lengths.maximum) return null;
  const most = Math.min(lengths.maximum, Math.max(lengths.minimum, least + 12));
  const affordable = Math.max(
    2,
    Math.min(maximumAttempts, maximumCharactersTogether / Math.max(least, lengths.minimum, 1)),
  );
  for (let attempt = 0; attempt < affordable; attempt++) {
    const stream = random.child(attempt);
    const wanted =
      attempt % 3 === 2 ? lengths.minimum : stream.integer(Math.max(lengths.minimum, least), Math.max(most, least));
    const writer = new Writer(stream, Math.max(0, wanted - least));
    const put = waysToPut[attempt % waysToPut.length] as (typeof waysToPut)[number];
    const text = fitted(put(writer.write(node), writer.aheads, stream), lengths, pattern);
    const length = [...text].length;
    if (length >= lengths.minimum && length <= lengths.maximum && expression.test(text)) return text;
  }
  return null;
}

/** What json-schema-faker can do with a pattern: it writes repetitions up to five times more than needed, and a group in a call of its own. */
export function isModest(pattern: string): boolean {
  const node = compilePattern(pattern)?.node ?? null;
  if (node !== null) return longestDrawn(node) <= maximumCharactersDrawn;
  return pattern.split('(').length <= maximumGroupsDrawn;
}

function longestDrawn(node: PatternNode): number {
  switch (node.kind) {
    case 'sequence':
      return node.nodes.reduce((sum, inner) => sum + longestDrawn(inner), 0);
    case 'either':
      return node.options.reduce((most, one) => Math.max(most, longestDrawn(one)), 0);
    case 'repeat':
      return (Math.min(node.maximum, node.minimum + 5) || 0) * longestDrawn(node.node);
    case 'group':
      return longestDrawn(node.node);
    case 'look':
      return node.ahead && node.holds ? longestDrawn(node.node) : 0;
    default:
      return shortestMatch(node);
  }
}

/** What a lookahead asks for, and behind how much of the text it stands. */
interface Ahead {
  readonly text: string;
  readonly at: number;
}

class Writer {
  readonly aheads: Ahead[] = [];
  /** Code units that were written. */
  #length = 0;
  readonly #groups = new Map<number, string>();
  readonly #random: Random;
  /** Characters still to be added to the shortest text. */
  #spare: number;

  constructor(random: Random, spare: number) {
    this.#random = random;
    this.#spare = spare;
  }

  write(node: PatternNode): string {
    switch (node.kind) {
      case 'text':
        return this.#written(node.text);
      case 'class': {
        const characters = charactersOf(node);
        return characters.length === 0 ? '' : this.#written(this.#random.pick(characters));
      }
      case 'sequence':
        return node.nodes.map((inner) => this.write(inner)).join('');
      case 'either': {
        const option = this.#random.pick(node.options);
        this.#spare -= shortestMatch(option) - shortestMatch(node);
        return this.write(option);
      }
      case 'repeat':
        return this.#repeat(node);
      case 'group': {
        const text = this.write(node.node);
        if (node.index !== null) this.#groups.set(node.index, text);
        return text;
      }
      case 'again':
        return this.#written(node.indexes.map((index) => this.#groups.get(index) ?? '').join(''));
      case 'look':
        if (node.ahead && node.holds) {
          const text = new Writer(this.#random, 0).write(node.node);
          this.aheads.push({ text, at: this.#length });
        }
        return '';
      case 'edge':
        return '';
    }
  }

  #written(text: string): string {
    this.#length += text.length;
    return text;
  }

  #repeat({ node, minimum, maximum }: Extract<PatternNode, { kind: 'repeat' }>): string {
    const pieces: string[] = [];
    for (let count = 0; count < minimum; count++) pieces.push(this.write(node));
    const each = Math.max(1, shortestMatch(node));
    const share = this.#random.chance(0.5) ? this.#spare : this.#random.integer(0, Math.max(0, this.#spare));
    const more = Math.min(maximum - minimum, Math.floor(share / each));
    for (let count = 0; count < more && this.#spare > 0; count++) {
      this.#spare -= each;
      pieces.push(this.write(node));
    }
    return pieces.join('');
  }
}

/**
 * Ways to put what lookaheads ask for into the text: somewhere (`(?=.*\d)`); where they stand (`arn:(?=[^:]+:s3:)`); and where the first
 * stands, with nothing behind it, since what is written there is often all that the rest asks for.
 */
const waysToPut: readonly ((text: string, aheads: readonly Ahead[], random: Random) => string)[] = [
  (text, aheads, random) =>
    aheads.reduce(
      (whole, ahead) => over(whole, ahead.text, random.integer(0, Math.max(0, whole.length - ahead.text.length))),
      text,
    ),
  (text, aheads) => aheads.reduce((whole, ahead) => over(whole, ahead.text, ahead.at), text),
  (text, [first]) => (first === undefined ? text : text.slice(0, first.at) + first.text),
];

function over(text: string, put: string, at: number): string {
  return text.slice(0, at) + put + text.slice(at + put.length);
}

/** A pattern without an anchor matches anywhere in a text, so that the rest may be anything. */
function fitted(text: string, { minimum }: Lengths, pattern: string): string {
  const missing = minimum - [...text].length;
  if (missing <= 0) return text;
  return pattern.endsWith('$') && !pattern.endsWith('\\$') ? 'a'.repeat(missing) + text : text + 'a'.repeat(missing);
}

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
function charactersOf(characterClass: CharacterClass): readonly string[] {
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
