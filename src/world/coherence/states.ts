import { answeredWord, participlesOf } from '../../text/participles.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf, remembering } from '../../text/words.js';
import { readInstant } from './instant.js';

const saysStatus = remembering((name) => /^(?:is )?(?:status|state|phase|stage)$/.test(phraseOf(name)));

/** What holds what a thing says of itself, apart from which one it is. */
export const holdsAttributes = (name: string): boolean => name === 'attributes';

/** What a thing is called that has come to an end of some kind. */
const endings =
  'archived deleted removed trashed closed completed done finished cancelled canceled resolved solved revoked suspended rejected merged shipped delivered refunded fulfilled terminated discontinued voided void returned';
const ended = new Set(endings.split(' '));
/** What it is called that is laid aside for a while, and is then as it was. */
const aside = 'frozen paused blocked locked banned disabled hidden muted snoozed declined refused denied';
/** What it may be called on its way. */
const reached = new Set([...ended, ...aside.split(' '), 'published']);

/** What a thing says of itself that has not come to such an end. */
const going = /^(?:is )?(?:active|enabled)$/;
const ofEnds = new Set(
  'archived deleted removed closed cancelled canceled suspended terminated discontinued'.split(' '),
);

/** What did not come to its end: nothing else that is an end was reached either. */
const lost = new Set(['cancelled', 'canceled', 'rejected', 'revoked', 'voided', 'void']);

/** What came to the end that was meant. */
const won = new Set('completed done finished resolved solved merged shipped delivered fulfilled'.split(' '));

/** What it is called before anything has happened to it. */
export const beginnings = ['draft', 'pending', 'new', 'open', 'created', 'todo', 'to_do', 'queued'];
const beginning = /^(?:new|open|draft|pending|created|todo|to_do|queued|in_progress|active|enabled)$/i;
/** The same of what is planned, or asked for. */
const first = /^(?:new|open|draft|pending|created|todo|to_do|queued|scheduled|requested|planned)$/i;
const undecided = /^(?:new|open|draft|pending|created|requested|submitted|in_review|under_review)$/i;

/** Verbs of an action that decides what was asked for, and what is said of whatever was decided so or so. */
export const deciders: readonly string[] = ['approve', 'reject', 'accept', 'decline', 'deny', 'refuse'];
export const deciding = /^(?:reviewed|decided|processed|responded|answered|handled)$/;

/** `closed_at`, `closedOn` and `dateClosed` say when a thing became closed, `closed_by` who did it, `closing_reason` why. */
const dateOf = /^(?:([\w ]+) (?:at|on|date|time|timestamp)|date (\w+))$/;
const besidesOf = /^(\w+) (?:by|by id|reason)$/;

/** What a name that is answered by yes or no asks: `verified` of `is_verified`. */
const askedBy = remembering((name) => answeredWord(phraseOf(name)));

/** `deleted` of `deleteTime`, `terminated` of `terminationDate`. */
const stateOf = remembering((word) =>
  [word, ...participlesOf(word), ...nounEndings.map(([noun, done]) => word.replace(noun, done))].find((one) =>
    reached.has(one),
  ),
);

/** `termination`, `cancellation` and `suspension` are what has happened to what is terminated, cancelled and suspended. */
const nounEndings = [
  [/ion$/, 'ed'],
  [/lation$/, 'led'],
  [/sion$/, 'ded'],
] as const;

/** The same of what is said besides of a state: who, and why. */
const saidBesides = remembering((name) => {
  const said = besidesOf.exec(phraseOf(name))?.[1];
  const state = said === undefined ? undefined : stateOf(said);
  return said !== undefined && (state !== undefined || deciding.test(said)) ? { said, state: state ?? said } : null;
});

/** What a date of a name says, and the state that it belongs to, if it is one of those; null where it is no such date. */
const saidByDate = remembering((name) => {
  const [, before, behind] = dateOf.exec(phraseOf(name)) ?? [];
  const said = before ?? behind;
  return said === undefined ? null : { said, state: stateOf(said) };
});

/** A state of a thing that a date of it belongs to. */
interface Stated {
  readonly name: string;
  /** Whether the thing is in it. */
  readonly isIn: boolean;
}

/**
 * A row whose dates say of its states what these are: `closed_at` is null, or left out, unless it is closed, and said where it is.
 * @param isMade whether nothing has happened to it: then what is at its beginning has not ended in other ways either
 * @param time when it came into a state, in milliseconds since 1970
 * @param isFree whether a member, also of what holds its attributes, may be other than it is: nobody has said what it is
 * @param isValid whether a row with a change is
 */
export function stated(
  row: Json,
  isMade: boolean,
  time: (row: JsonObject) => number,
  isFree: (name: string, holder?: string) => boolean,
  isValid: (row: Json) => boolean,
): Json {
  if (!isObject(row)) return row;
  let whole: JsonObject = row;
  for (const holder of Object.keys(row)) {
    const held = holdsAttributes(holder) ? row[holder] : undefined;
    if (!isObject(held)) continue;
    const within = (inner: Json) => isValid({ ...whole, [holder]: inner });
    const inner = stated(held, isMade, time, (name) => isFree(name, holder), within);
    if (inner !== held) whole = { ...whole, [holder]: inner };
  }
  for (const { name, isIn } of statedIn(row, isMade, isValid)) {
    if (!isFree(name)) continue;
    const { [name]: held, ...without } = whole;
    const isSaid = held !== null && held !== undefined;
    if (isSaid === isIn) continue;
    const others = isIn
      ? datesAt(time(whole)).map((date) => ({ ...whole, [name]: date }))
      : [{ ...whole, [name]: null }, without];
    whole = others.find(isValid) ?? whole;
  }
  return withAnswers(whole, isFree, isValid);
}

/** A row that says yes or no to what its status is: `paid` beside `status: [draft, open, paid]`. */
function withAnswers(row: JsonObject, isFree: (name: string) => boolean, isValid: (row: Json) => boolean): Json {
  const status = statusOf(row);
  const held = status === undefined ? undefined : row[status];
  if (status === undefined || typeof held !== 'string') return row;
  let whole = row;
  let isListed: boolean | undefined;
  for (const name of Object.keys(row)) {
    const value = row[name];
    if (typeof value !== 'boolean' || !isFree(name)) continue;
    const word = askedBy(name);
    const isIn = isSameState(held, word);
    if (isIn === value) continue;
    const isOther = () => {
      isListed ??= !isValid({ ...row, [status]: `no ${held}` });
      return isListed && formsOf(word).some((form) => isValid({ ...row, [status]: form }));
    };
    if (!isIn && !isOther()) continue;
    const changed = { ...whole, [name]: isIn };
    if (isValid(changed)) whole = changed;
  }
  return whole;
}

function statedIn(row: JsonObject, isMade: boolean, isValid: (row: Json) => boolean): readonly Stated[] {
  let found: Stated[] | undefined;
  for (const name of Object.keys(row)) {
    const isIn = saidBy(name) === null ? null : isInSaid(row, name, isMade, isValid);
    if (isIn === null) continue;
    found ??= [];
    found.push({ name, isIn });
  }
  return found ?? none;
}

/** Whether a thing is in the state that a member of it belongs to; null where it belongs to none, or that cannot be told. */
function isInSaid(row: JsonObject, name: string, isMade: boolean, isValid: (row: Json) => boolean): boolean | null {
  const held = row[name] as Json;
  const says = saidBy(name);
  const besides = typeof held === 'string' || typeof held === 'number' ? (says?.besides ?? null) : null;
  const date = says?.date ?? besides;
  if (date === null) return null;
  // Whatever a thing says of itself by yes or no, a date of it belongs to that.
  const said = saysOf(row, date.said) !== undefined || deciding.test(date.said) ? date.said : undefined;
  const word = date.state ?? said ?? (besides === null ? listedState(row, date.said, isValid) : undefined);
  if (word === undefined) return null;
  if (besides === null && held !== null && readInstant(name, held) === null) return null;
  const isIn = deciding.test(word) ? isDecided(row) : isInState(row, word, isMade, isValid);
  // Who did it, and why, nobody can tell where it was not said.
  return besides !== null && isIn ? null : isIn;
}

const none: readonly Stated[] = [];

/** What a member of a name says of a state: null where it says nothing, as nearly always. */
const saidBy = remembering((name) => {
  const [date, besides] = [saidByDate(name), saidBesides(name)];
  return date === null && besides === null ? null : { date, besides };
});

/** The member that says what state a thing is in, as a text; undefined where it has none. */
export function statusOf(row: JsonObject): string | undefined {
  for (const name of Object.keys(row)) if (typeof row[name] === 'string' && saysStatus(name)) return name;
  return undefined;
}

/** What a status may be besides, and a date says: `checked_in_at` beside `status: [scheduled, checked_in, …]`. */
function listedState(row: JsonObject, said: string, isValid: (row: Json) => boolean): string | undefined {
  const [status, held] = Object.entries(row).find(([name]) => saysStatus(name)) ?? [];
  if (status === undefined || typeof held !== 'string') return undefined;
  const may = (form: string) => isValid({ ...row, [status]: form });
  return wordsFor(said).find((word) => isSameState(held, word) || (formsOf(word).some(may) && !may(`no ${held}`)));
}

/** What a state may be called that a date says: `void` of `voided_at`. */
function wordsFor(said: string): readonly string[] {
  if (said === 'cancelled') return [said, 'canceled', 'cancel'];
  return said.endsWith('ed') ? [said, said.slice(0, -2)] : [said];
}

/** Whether what was asked for was decided so or so; null where a thing does not say, or has ended otherwise. */
function isDecided(row: JsonObject): boolean | null {
  const name = statusOf(row);
  const status = name === undefined ? undefined : row[name];
  if (typeof status !== 'string') return null;
  if (undecided.test(status)) return false;
  return /^(?:approved|rejected|accepted|declined|denied|refused)$/i.test(status) ? true : null;
}

/** Whether a row says yes or no to a word; undefined where it says neither. */
function saysOf(row: JsonObject, word: string): boolean | undefined {
  for (const name of Object.keys(row)) {
    const value = row[name];
    if (typeof value === 'boolean' && askedBy(name) === word) return value;
  }
  return undefined;
}

/** Whether a thing is in the state that a word says; null where it says nothing of that. */
function isInState(row: JsonObject, word: string, isMade: boolean, isValid: (row: Json) => boolean): boolean | null {
  const status = Object.keys(row).find((name) => typeof row[name] === 'string' && saysStatus(name));
  const may = (form: string): boolean => isValid({ ...row, [status ?? '']: form });
  const own = saysOf(row, word);
  const isListed = status !== undefined && wordsFor(word).flatMap(formsOf).some(may);
  // What says itself whether it is so counts before a status that cannot say it.
  if (own !== undefined && !isListed) return own;
  const told = status === undefined ? null : isInStatus(String(row[status]), word, isMade, may);
  if (told !== null || own !== undefined) return told ?? own ?? null;
  const isGoing = Object.entries(row).some(([name, value]) => value === true && going.test(phraseOf(name)));
  return isGoing && ofEnds.has(word) && status === undefined ? false : null;
}

/** @param may whether a status can be so */
function isInStatus(value: string, word: string, isMade: boolean, may: (form: string) => boolean): boolean | null {
  const words = wordsFor(word);
  if (words.some((one) => isSameState(value, one))) return true;
  if (isMade && beginning.test(value)) return false;
  // What is on the way to an end may have been there before, unless nothing has happened yet.
  if (!reached.has(word)) return first.test(value) ? false : null;
  // A status that may be any text says nothing of what it can be.
  if (may(`no ${value}`)) return null;
  return words.flatMap(formsOf).some(may) &&
    (!isEnded(value) || lost.has(word) || (lost.has(value.toLowerCase()) && won.has(word)))
    ? false
    : null;
}

const plain = (word: string): string => word.toLowerCase().replaceAll(/[_ -]/g, '').replace('cancelled', 'canceled');

export const isSameState = (one: string, other: string): boolean => plain(one) === plain(other);

/** Whether a state is an end of some kind. */
export const isEnded = (value: string): boolean => ended.has(value.toLowerCase());

/** How a state may be written. */
export function formsOf(words: string): readonly string[] {
  const word = words.replaceAll(' ', '_');
  return [word, word.toUpperCase(), word.charAt(0).toUpperCase() + word.slice(1)];
}

/** An instant as dates are written, best first. */
export function datesAt(time: number): readonly Json[] {
  const whole = new Date(time).toISOString();
  return [`${whole.slice(0, 19)}Z`, whole.slice(0, 10), Math.ceil(time / 1000), time];
}

/** The latest date of a row that says when something was done to it; undefined where it has none. */
export function latestIn(row: JsonObject): number | undefined {
  const times = Object.entries(row).flatMap(([name, held]) => {
    const isPast = /\b(?:created|updated|modified|changed)\b/.test(phraseOf(name));
    return isPast ? (readInstant(name, held)?.time ?? []) : [];
  });
  return times.length === 0 ? undefined : Math.max(...times);
}
