import { isLastRead, isReading, isUnread } from '../../resource/index.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';

/**
 * A row after somebody has read what it holds: nothing of it is unread, and up to which one it was read is the one that is sent. The same
 * where an action means something else.
 */
export function read(row: JsonObject, action: string, body: Json | undefined, isValid: (row: JsonObject) => boolean) {
  if (!isReading(action)) return row;
  const sent = isObject(body) ? Object.entries(body).find(([name]) => /\bid$/.test(phraseOf(name)))?.[1] : undefined;
  let whole = row;
  for (const [name, held] of Object.entries(row)) {
    const told = isLastRead(name) ? sent : isUnread(name) ? noneOf(held) : undefined;
    const changed = told === undefined ? whole : { ...whole, [name]: told };
    if (isValid(changed)) whole = changed;
  }
  return whole;
}

const noneOf = (held: Json): Json | undefined =>
  typeof held === 'number' ? 0 : typeof held === 'boolean' ? false : undefined;
