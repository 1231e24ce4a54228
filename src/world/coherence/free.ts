import { answeredWord } from '../../text/participles.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import { formsOf } from './states.js';

/** Which member says whether a thing is free, and what it says. */
export function freeIn(row: Json) {
  if (!isObject(row)) return undefined;
  for (const [name, value] of Object.entries(row)) {
    const word = typeof value === 'boolean' ? answeredWord(phraseOf(name)) : '';
    if (/^(?:available|free|vacant|bookable)$/.test(word)) return { name, isFree: value === true, isOf: true };
    if (/^(?:booked|reserved|taken|occupied|rented)$/.test(word)) return { name, isFree: value !== true, isOf: false };
    const status = typeof value === 'string' && /^(?:status|state|availability)$/.test(phraseOf(name)) ? value : '';
    const said = phraseOf(status).replaceAll(' ', '_');
    if (free.includes(said) || taken.includes(said)) return { name, isFree: free.includes(said), isOf: null };
  }
  return undefined;
}

/** What the status of a thing is called that is free, and of one that is not, best first. */
const free = ['available', 'free', 'vacant'];
const taken =
  'on_loan loaned borrowed checked_out rented booked reserved occupied in_use taken unavailable not_available'.split(
    ' ',
  );

const writtenAs = (words: string): readonly string[] => [
  ...formsOf(words),
  words.replaceAll(/(?:^|_)(.)/g, (_, letter) => letter.toUpperCase()),
];

/** A thing that says whether it is free. */
export function withFree(row: Json, isFree: boolean, isValid: (row: Json) => boolean): Json {
  const found = freeIn(row);
  if (found === undefined) return row;
  const { name, isOf } = found;
  const values = isOf === null ? (isFree ? free : taken).flatMap(writtenAs) : [isFree === isOf];
  return values.map((value) => ({ ...(row as JsonObject), [name]: value })).find(isValid) ?? row;
}
