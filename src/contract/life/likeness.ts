import { equalityKey } from '../../schema/equality.js';
import { scalarText } from '../../text/integers.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';

/**
 * How what a server shows compares with what was sent: `same`; `normalised`, in a way in which servers rightly do (case,
 * white space, rounding, the form of a date, the order of a set, a default in the place of nothing); or `other`.
 */
export type Likeness = 'same' | 'normalised' | 'other';

const deepest = 20;

export function likenessOf(sent: Json, shown: Json | undefined, depth = 0): Likeness {
  if (sent === null && shown === null) return 'same';
  // Serializers leave out what is empty, and servers fill in what is null.
  if (shown === undefined || shown === null) return isEmpty(sent) ? 'normalised' : 'other';
  if (sent === null) return 'normalised';
  if (equalityKey(sent) === equalityKey(shown)) return 'same';
  if (depth > deepest) return 'normalised';
  if (Array.isArray(sent))
    return Array.isArray(shown) ? likenessOfLists(sent, shown, depth) : oneOf(sent, shown, depth);
  if (isObject(sent) && !Array.isArray(shown))
    return isObject(shown) ? likenessOfObjects(sent, shown, depth) : stoodFor(sent, shown);
  if (Array.isArray(shown)) return oneOf(shown, sent, depth);
  return isObject(shown) ? stoodFor(shown, sent) : likenessOfScalars(sent, shown);
}

/** Whether two rows say the same of a member, but for what servers normalise: what one does not have is as if it were empty. */
export function saySame(one: JsonObject, other: JsonObject, name: string): boolean {
  const [said = null, shown = null] = [one, other].map((row) => (Object.hasOwn(row, name) ? row[name] : null));
  return said === null ? isEmpty(shown) : likenessOf(said, shown) !== 'other';
}

function isEmpty(value: Json): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === null || value === '' || value === false || value === 0;
}

/** Members that the server adds are its own. */
function likenessOfObjects(sent: JsonObject, shown: JsonObject, depth: number): Likeness {
  return least(
    Object.entries(sent).map(([name, value]) =>
      likenessOf(value, Object.hasOwn(shown, name) ? shown[name] : undefined, depth + 1),
    ),
  );
}

/** So many items are compared with each other. */
const mostCompared = 500;

/** In their order, or as a set. */
function likenessOfLists(sent: readonly Json[], shown: readonly Json[], depth: number): Likeness {
  const inOrder =
    sent.length === shown.length
      ? least(sent.map((item, index) => likenessOf(item, shown[index], depth + 1)))
      : 'other';
  if (inOrder !== 'other') return inOrder;
  // Each against each would take a minute for some thousands: of these nobody says that they differ.
  if (Math.min(sent.length, shown.length) > mostCompared) return 'normalised';
  const left = [...shown];
  const found = new Set<unknown>();
  for (const item of sent) {
    const at = left.findIndex((other) => likenessOf(item, other, depth + 1) !== 'other');
    // What was sent twice may be there once, and not never.
    if (at < 0 && !found.has(equalityKey(item))) return 'other';
    found.add(equalityKey(item));
    if (at >= 0) left.splice(at, 1);
  }
  return left.length === 0 ? 'normalised' : 'other';
}

/** One in the place of several, or a list where one was meant. */
function oneOf(several: readonly Json[], one: Json, depth: number): Likeness {
  const isHeld = several.slice(0, mostCompared).some((item) => likenessOf(one, item, depth + 1) !== 'other');
  return isHeld ? 'normalised' : 'other';
}

/** A thing in the place of its key, or its key in the place of a thing. */
function stoodFor(thing: JsonObject, scalar: Json): Likeness {
  const isHeld = Object.values(thing).some(
    (value) => typeof value !== 'object' && scalarText(value) === scalarText(scalar),
  );
  return isHeld ? 'normalised' : 'other';
}

function likenessOfScalars(sent: Json, shown: Json): Likeness {
  if (typeof sent === 'number' && typeof shown === 'number') return isRounded(sent, shown) ? 'normalised' : 'other';
  const [from, to] = [scalarText(sent), scalarText(shown)];
  if (from === to || (typeof sent !== typeof shown && isSameNumber(from, to))) return 'normalised';
  if (typeof sent !== 'string' || typeof shown !== 'string') return isSameTruth(from, to) ? 'normalised' : 'other';
  if (isSameMoment(from, to) || folded(from) === folded(to)) return 'normalised';
  // A name that is sent alone may be shown in full, with what it stands under (AIP-122).
  if (from !== '' && to.endsWith(`/${from}`)) return 'normalised';
  // What comes in its own address is kept somewhere, and shown as where that is.
  if (/^data:/i.test(from) && to.includes('/')) return 'normalised';
  return isNumber(from) && isNumber(to) && isRounded(Number(from), Number(to)) ? 'normalised' : 'other';
}

/** To some number of places, as decimal columns and floats of 32 bits do; whoever keeps none has lost what was behind the point. */
function isRounded(sent: number, shown: number): boolean {
  if (Math.abs(sent - shown) <= Math.abs(sent) * 1e-6) return true;
  return [1, 2, 3, 4, 6].some((places) => {
    const scale = 10 ** places;
    return Math.abs(shown * scale - sent * scale) < 1 && Math.abs(shown * scale - Math.round(shown * scale)) < 1e-6;
  });
}

const isNumber = (text: string): boolean => text.trim() !== '' && !Number.isNaN(Number(text));
const isSameNumber = (a: string, b: string): boolean => isNumber(a) && isNumber(b) && Number(a) === Number(b);

const truths: readonly ReadonlySet<string>[] = [
  new Set(['true', '1', 'yes', 'on']),
  new Set(['false', '0', 'no', 'off']),
];

function isSameTruth(a: string, b: string): boolean {
  return truths.some((words) => words.has(a.toLowerCase()) && words.has(b.toLowerCase()));
}

const date = /^\d{4}-\d\d-\d\d(?:$|[T ])/;

/** The same instant to a second, or the same day where one of them is no more than a day. */
function isSameMoment(a: string, b: string): boolean {
  if (!date.test(a) || !date.test(b)) return false;
  if (a.length === 10 || b.length === 10) return a.slice(0, 10) === b.slice(0, 10);
  const apart = Math.abs(Date.parse(a) - Date.parse(b));
  return apart <= 1_000 || Date.parse(`${a}Z`) === Date.parse(b) || Date.parse(a) === Date.parse(`${b}Z`);
}

/**
 * Whether a time that was shown twice is not the same: to a millisecond where both say so much, since what is stored may lose
 * what is behind it.
 */
export function isOtherMoment(one: Json, other: Json | undefined): boolean {
  if (likenessOf(one, other) === 'other') return true;
  const [from, to] = [scalarText(one), scalarText(other)];
  return isFine.test(from) && isFine.test(to) && Math.abs(Date.parse(from) - Date.parse(to)) > 1;
}

const isFine = /^\d{4}-\d\d-\d\d[T ].*\.(?!000)\d{3}/;

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" };

/** What is left of a text when case, white space, marks, and what escapes them is taken away. */
export function folded(text: string): string {
  const plain = text.replace(/&(amp|lt|gt|quot|#39|#x27);/g, (all, name: string) => entities[name] ?? all);
  const letters = plain
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  // Of marks alone nothing would be left.
  return letters === '' ? plain.trim() : letters;
}

function least(all: readonly Likeness[]): Likeness {
  if (all.includes('other')) return 'other';
  return all.includes('normalised') ? 'normalised' : 'same';
}
