/**
 * Integers beyond 2^53, which a number cannot tell apart (RFC 8259, 6): 9007199254740993 is read as 9007199254740992.
 *
 * So that every reader may go on with numbers, such an integer is given a double that no other one has, the nearest that is
 * free, and is written by its own digits again. Which one that is makes no difference to what is written. Two integers are
 * the same exactly if their doubles are, and of two of like size the greater has the greater double.
 */
const digitsOf = new Map<number, string>();
const doubles = new Map<string, number>();
/** By how JavaScript writes it, where that is not by its digits. */
const writtenAs = new Map<string, string>();

/** Beyond so many they are rounded as everywhere else: nobody's memory is filled by asking. */
const maximumKnown = 100_000;

/** As many digits as the largest of 256 bits has, and more. */
const integer = /^[-+]?\d{16,100}$/;

/** What as JSON may have one: most texts are told to have none by this alone. */
const mayHaveOne = /[:[,{]\s*-?\d{16}|^\s*-?\d{16}/;
const tokens = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|-?\d[\d.]*(?:[eE][-+]?\d+)?/g;

/** The double that stands for a decimal number: the nearest, or for an integer that it cannot hold one of its own. */
export function doubleOf(literal: string): number {
  const nearest = Number(literal);
  return Number.isSafeInteger(nearest) || !integer.test(literal) ? nearest : ownDouble(literal, nearest);
}

function ownDouble(literal: string, nearest: number): number {
  const value = BigInt(literal);
  const digits = `${value}`;
  // The ends of what 64 bits hold come first, so that the double at the end is theirs and what is beyond them is beyond.
  if (doubles.size === 0) for (const end of ends) know(end, Number(end));
  const known = doubles.get(digits);
  if (known !== undefined || doubles.size >= maximumKnown) return known ?? nearest;
  const first = digitsOf.get(nearest);
  let double = nearest;
  if (first !== undefined) {
    double = free(nearest, value > BigInt(first));
    // 2^53 - 1 and below are themselves.
    if (Number.isSafeInteger(double)) double = free(nearest, value > 0n);
  }
  know(digits, double);
  return double;
}

const ends = ['9223372036854775807', '18446744073709551615'];

function know(digits: string, double: number): void {
  doubles.set(digits, double);
  digitsOf.set(double, digits);
  if (`${double}` !== digits) writtenAs.set(`${double}`, digits);
}

/** Those that are known, in the order in which they came, from the so manieth on: where others get numbers, they get these first. */
export function knownIntegers(from = 0): string[] {
  return from >= doubles.size ? [] : [...doubles.keys()].slice(from);
}

const float = new Float64Array(1);
const bits = new BigInt64Array(float.buffer);

/** The next double that stands for nothing yet. */
function free(double: number, isUpwards: boolean): number {
  let next = double;
  do next = neighbour(next, isUpwards);
  while (digitsOf.has(next));
  return next;
}

/** The next double, away from or towards zero. */
function neighbour(double: number, isUpwards: boolean): number {
  float[0] = double;
  bits[0] = (bits[0] as bigint) + (isUpwards === double > 0 ? 1n : -1n);
  return float[0] as number;
}

/** As String does, with integers beyond 2^53 by their own digits: what stands in a path, a header, a text. */
export function scalarText(value: unknown): string {
  const text = String(value);
  return typeof value === 'number' ? (writtenAs.get(text) ?? text) : text;
}

/**
 * As JSON.parse, with integers beyond 2^53 told apart.
 * @throws SyntaxError where the text is not JSON
 */
export function parseJson(text: string): unknown {
  if (!mayHaveOne.test(text)) return JSON.parse(text);
  return JSON.parse(text.replace(tokens, (token) => (integer.test(token) ? String(doubleOf(token)) : token)));
}

/** As JSON.stringify, with integers beyond 2^53 by their own digits; undefined for what JSON cannot hold, as there. */
export function writeJson(value: unknown, indentation?: number): string {
  const text = JSON.stringify(value, null, indentation);
  if (writtenAs.size === 0 || !/\d{16}|e\+/.test(text)) return text;
  return text.replace(tokens, (token) => writtenAs.get(token) ?? token);
}
