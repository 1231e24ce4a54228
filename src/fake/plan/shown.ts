import { equalityKey } from '../../schema/equality.js';
import { readAs } from '../../schema/reading.js';
import { isObject, type Json } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import type { DataDemand } from '../demand.js';
import { fakerFor, type Plan, settled } from '../draw.js';
import { meaningOf, tellsApart } from '../meaning/find.js';
import { anyMoment, instantIn } from '../meaning/time.js';
import { type Kind, kindOf, kinds, kindsIn } from '../needs/facts.js';
import type { Part } from '../needs/gather.js';
import { isRefuted } from '../needs/refutation.js';
import { kept } from '../needs/site.js';
import type { Random } from '../random.js';
import { alike, isNumbering, numberOfLength } from '../text/alike.js';
import { formats } from '../text/realistic.js';
import { allowsNumber, itemsDemanded } from './number.js';
import type { Situation, Spot } from './run.js';
import { allowsText } from './string.js';

/**
 * What the author shows at a place: what examples around it have there, then `example`, `examples` and `default` of its own
 * schemas. In a further row of a list the next of several examples comes first. Nothing once a value was not valid here.
 */
export function shownAt(parts: readonly Part[], spot: Spot): readonly Json[] {
  if ((spot.hint?.tries ?? 0) > 0) return [];
  if (!kept(showing, parts, () => parts.some(shows)))
    return spot.told.length === 0 ? spot.shown : [...spot.shown, ...spot.told];
  const own = parts.flatMap(({ schema: { example, examples } }) => [
    ...(example === undefined ? [] : [example]),
    ...(Array.isArray(examples) ? rotated(examples, spot.row) : []),
  ]);
  const defaults = parts.flatMap(({ schema }) => (schema.default === undefined ? [] : [schema.default]));
  return [...spot.shown, ...own.filter(tells), ...spot.told, ...defaults.filter(tells)];
}

/** Whether schemas show something of their own: of most it is asked again for each value. */
const showing = new WeakMap<readonly Part[], boolean>();

function shows({ schema: { example, examples, default: usual } }: Part): boolean {
  return example !== undefined || examples !== undefined || usual !== undefined;
}

function rotated<T>(list: readonly T[], by: number): readonly T[] {
  const start = list.length === 0 ? 0 : by % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}

/** Null and what is empty stand where an author had nothing to show. */
function tells(value: Json): boolean {
  return value !== null && value !== '' && !(typeof value === 'object' && Object.keys(value).length === 0);
}

/**
 * The plan of a value that the author shows, if one is shown that may be here. In the first row it is that value. In the
 * others its keys, and what has a meaning or a format of its own, are others of the same look.
 * @param planHeld plans an array or an object, of which each part may be shown
 */
export function planShown(
  situation: Situation,
  planHeld: (kind: Kind, situation: Situation) => Plan | null,
): Plan | null {
  const { run, facts, spot } = situation;
  const shown = shownAt(facts.parts, spot);
  if (shown.length === 0) return null;
  const allowed = kindsIn(facts.mask);
  for (const value of shown.flatMap((one) => readings(one, allowed))) {
    const kind = allowed.find((one) => kinds[one] === kindOf(value));
    if (kind === undefined) continue;
    const isOpen = isHeld(value) && facts.values === null && Object.keys(value as object).length > 0;
    // Another text, or number of items, is asked for than the one that is shown.
    if (typeof value === 'number' && itemsDemanded(run, spot.name) !== null) continue;
    if (typeof value === 'string' && facts.values === null && !tellsApart(spot.name) && textDemands.has(run.demand)) {
      continue;
    }
    const plan = isOpen ? planHeld(kind, { ...situation, shown: value }) : planWhole(value, situation);
    if (plan !== null) return plan === 'another' ? null : plan;
  }
  return null;
}

const textDemands: ReadonlySet<DataDemand | null> = new Set(['long', 'unicode', 'rtl']);

/** A value that is shown as a whole, or one like it: `another` where that is better made than taken from it. */
function planWhole(value: Json, situation: Situation): Plan | 'another' | null {
  const { facts, spot } = situation;
  if (!fits(value, situation)) return null;
  if (spot.row === 0 || spot.told.includes(value)) return settled(value);
  const other = facts.values || isHeld(value) ? null : another(value, situation);
  if (other !== null && fits(other, situation)) return settled(other);
  // Where nothing is said of a value, what is shown alone tells what it is like.
  const isTold = typeof value === 'string' || kindsIn(facts.mask).length < fewestUntold;
  return isTold ? 'another' : settled(value);
}

/** A place that takes values of so many kinds says nothing of them. */
const fewestUntold = 4;

/** A value, and what it can be read as where other kinds are asked for: of a list in place of one of it, each. */
function readings(value: Json, allowed: readonly Kind[]): Json[] {
  const read = allowed.flatMap((kind) => readAs(kind === 'fraction' ? 'number' : kind, value) ?? []);
  const asList = allowed.includes('array') && !Array.isArray(value) ? [[value]] : [];
  const ofList = Array.isArray(value) && !allowed.includes('array') ? value : [];
  return [value, ...read, ...ofList, ...asList];
}

/** Whether a value keeps what can be seen without Ajv, which judges the whole in the end. */
function fits(value: Json, { run, facts }: Situation): boolean {
  if (facts.values && !facts.values.some((one) => equalityKey(one) === equalityKey(value))) return false;
  if (typeof value === 'string') return allowsText(value, facts, run);
  if (typeof value === 'number') return allowsNumber(value, facts);
  return (
    !facts.negations.some((negation) => isRefuted(negation, value)) && (!isHeld(value) || facts.items.minimum === 0)
  );
}

function isHeld(value: Json): boolean {
  return Array.isArray(value) || isObject(value);
}

/** Another value that looks like one that is shown; null where its name or format tells better how. */
function another(value: Json, { facts, spot }: Situation): Json | null {
  const meaning = meaningOf(spot);
  const random = spot.random.child('another');
  const isKey = tellsApart(spot.name) && !listedCodes.test(phraseOf(spot.name));
  if (typeof value === 'number') return anotherNumber(value, isKey, spot, random);
  if (typeof value !== 'string' || facts.formats.some((format) => Object.hasOwn(formats, format))) return null;
  if (isMoment.test(value)) return momentLike(value, instantIn(fakerFor(random), meaning.moment ?? anyMoment));
  if (isVersion.test(value) && !isKey) return versionLike(value, random);
  if (isNumbering(value) && !/\bcolou?r\b/.test(phraseOf(spot.name))) return alike(value, random);
  if (isKey || isToken(value)) return alike(value, random);
  const isMade = (meaning.string && !meaning.isKind) || meaning.epoch || meaning.integer;
  return isMade || spot.isItem ? null : value;
}

/** Codes that a standard lists: what only looks like one is none. */
const listedCodes = /\b(?:currency|country|language) (?:iso )?code$/;

function anotherNumber(value: number, isKey: boolean, spot: Spot, random: Random): number | null {
  const meaning = meaningOf(spot);
  if (meaning.epoch || value === 0) return null;
  if (isEpoch(value)) return value - Math.floor(random.next() * (value > 1e12 ? 1000 : 1) * secondsOfSeason);
  if (isKey && Number.isInteger(value)) return numberOfLength(String(Math.abs(value)).length, random);
  if (isYear(value, spot.name)) return value - random.integer(0, 9);
  const range = meaning.number;
  const decimals = (String(value).split('.')[1] ?? '').length;
  const other = Number((value * (0.5 + random.next())).toFixed(Math.min(decimals, 12)));
  const isWithin = (one: number): boolean => range === null || (one >= range[0] && one <= range[1]);
  return isWithin(value) && !isWithin(other) ? null : other;
}

const isYear = (value: number, name: string): boolean =>
  Number.isInteger(value) && value > 1900 && value < 2100 && /\byear\b/.test(phraseOf(name));

/** Numbers with dots between, and what else belongs to a version. */
const isVersion = /^(?:v\d+(?:\.\d+)+|\d+(?:\.\d+){2,})(?![\w@])/i;

/** A version whose last number is another one, no longer than it was. */
function versionLike(text: string, random: Random): string {
  const [version = ''] = isVersion.exec(text) ?? [];
  const other = version.replace(/\d+$/, (last) =>
    String(random.integer(0, Math.min(10 ** last.length, 100) - 1)).padStart(last.length, '0'),
  );
  return other + text.slice(version.length);
}

const secondsOfSeason = 90 * 24 * 3600;

/** Whether a number is likely to count the seconds, or the milliseconds, since 1970: from 2001 on. */
function isEpoch(value: number): boolean {
  const seconds = value > 1e12 ? value / 1000 : value;
  return Number.isInteger(value) && seconds > 1e9 && seconds < 2.2e9;
}

/** A day, or a moment (RFC 3339), of which less than the seconds need be there. */
const isMoment = /^\d{4}-[01]\d-[0-3]\d(?:[T ][0-2]\d(?::[0-5]\d){0,2}(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?)?$/i;

/** An instant, with as many parts as a text has, its separators and its zone. */
function momentLike(text: string, instant: Date): string {
  const [, parts = '', rest = ''] = /^(\d{4}-\d\d-\d\d(?:[T ]\d\d(?::\d\d)*)?)(.*)$/i.exec(text) ?? [];
  return (
    instant
      .toISOString()
      .slice(0, parts.length)
      .replace('T', text[10] ?? '') + rest
  );
}

/** `cus_9s6XKzkNRiz8i3`, `INV-2024-0017`: made by a machine, since there are digits among the letters and no spaces. */
function isToken(text: string): boolean {
  return /^[\w.:-]{6,}$/.test(text) && /\d/.test(text) && /[a-z]/i.test(text);
}
