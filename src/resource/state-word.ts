import { answeredWord, gerundOf, participlesOf, undoneBy } from '../text/participles.js';
import { phraseOf, wordsOf } from '../text/words.js';
import type { Shape } from './shape.js';

/** Whether a member is called as what says in which state a thing is. */
export const saysState = (name: string): boolean => /^(?:status|state|phase|stage)$/.test(phraseOf(name));

/** Whether a row says that something was done to it which a word says to do: `close`, where it has `closed_at`, or may be `closed`. */
export function isState(word: string, row: Shape): boolean {
  const [verb = '', ...others] = wordsOf(word);
  if (isReading(word) && [...row.members.keys()].some((name) => isUnread(name) || isLastRead(name))) return true;
  const done = undoneBy(verb) ?? [verb];
  const forms = new Set(done.flatMap(participlesOf));
  const lasting = done.map(gerundOf);
  if (others.length > 0) return false;
  return [...row.members].some(([name, shape]) => {
    const words = phraseOf(name);
    const listed = shape.keyword('enum');
    if (saysState(name) && Array.isArray(listed)) return listed.some((value) => forms.has(String(value).toLowerCase()));
    if (shape.is('boolean') && lasting.includes(answeredWord(words))) return true;
    return forms.has(answeredWord(words.replace(/ (?:at|on|date)$/, ''))) && shape.isScalar;
  });
}

/** Whether a word says that somebody has read what a thing holds: `read`, `mark-as-read`. */
export const isReading = (word: string): boolean => /^(?:mark )?(?:all )?(?:as )?read(?: all)?$/.test(phraseOf(word));

/** Whether a member says how much of it nobody has read: `unread_count`, `has_unread`. */
export const isUnread = (name: string): boolean => /^(?:has )?unread\b/.test(phraseOf(name));

/** Whether it says up to which one it was read: `last_read_message_id`. */
export const isLastRead = (name: string): boolean =>
  /^(?:last read|read until|read up to)\b.*\bid$/.test(phraseOf(name));
