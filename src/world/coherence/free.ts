import { answeredWord } from '../../text/participles.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';

/** Which member says whether a thing is free, and what it says. */
export function freeIn(row: Json) {
  if (!isObject(row)) return undefined;
  for (const [name, value] of Object.entries(row)) {
    const word = typeof value === 'boolean' ? answeredWord(phraseOf(name)) : '';
    if (/^(?:available|free|vacant|bookable)$/.test(word)) return { name, isFree: value === true, isOf: true };
    if (/^(?:booked|reserved|taken|occupied|rented)$/.test(word)) return { name, isFree: value !== true, isOf: false };
  }
  return undefined;
}

/** A thing that says whether it is free. */
export function withFree(row: Json, isFree: boolean): Json {
  const found = freeIn(row);
  return found === undefined ? row : { ...(row as JsonObject), [found.name]: isFree === found.isOf };
}
