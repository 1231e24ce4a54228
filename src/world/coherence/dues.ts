import { answeredWord } from '../../text/participles.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf, remembering } from '../../text/words.js';
import { type Instant, readInstant, writeInstant } from './instant.js';
import { formsOf, isEnded, statusOf } from './states.js';

const saysDue = remembering((name) =>
  /^(?:(?:payment|return|invoice) )?(?:due|deadline)(?: (?:at|on|by|date|time))?$|^date due$/.test(phraseOf(name)),
);
const late = /^(?:overdue|past_?due|late)$/i;
const day = 86_400_000;

/**
 * A row that is late where it says so, and only there: what is overdue was due before now, and what goes on, and could be called so, is due
 * later.
 * @param now in milliseconds since 1970
 * @param isValid whether a row with a change is
 */
export function dueIn(row: Json, now: number, isValid: (row: Json) => boolean): Json {
  if (!isObject(row)) return row;
  const name = Object.keys(row).find(saysDue);
  const due = name === undefined ? null : readInstant(name, row[name]);
  if (name === undefined || due === null) return row;
  const status = statusOf(row);
  const said = status === undefined ? '' : String(row[status]);
  const isOver = isEnded(said) || Object.keys(row).some((one) => row[one] !== null && saysBack(one));
  const answer = Object.keys(row).find(
    (one) => typeof row[one] === 'boolean' && answeredWord(phraseOf(one)) === 'overdue',
  );
  const isLate = late.test(said);
  const mayBeLate = () =>
    status !== undefined && formsOf('overdue').some((form) => isValid({ ...row, [status]: form }));
  const moved =
    !isOver && (isLate ? due.time >= now : due.time < now && mayBeLate()) ? dated(row, due, now, isLate) : due.time;
  const changed: JsonObject = { ...row, [name]: moved === due.time ? (row[name] as Json) : writeInstant(due, moved) };
  if (answer !== undefined) changed[answer] = isLate || (!isOver && moved < now);
  const isSame = Object.keys(changed).every((one) => changed[one] === row[one]);
  return isSame || !isValid(changed) ? row : changed;
}

const saysBack = remembering((name) =>
  /^(?:returned|paid|completed|closed|done|finished|resolved)(?: (?:at|on|date))?$/.test(phraseOf(name)),
);

/** Some days before now, and after all else that has happened, or some days after now. */
function dated(row: JsonObject, due: Instant, now: number, isLate: boolean): number {
  const apart = day + (Math.abs(due.time - now) % (20 * day));
  if (!isLate) return now + apart;
  const others = Object.keys(row).flatMap((name) => {
    const instant = saysDue(name) ? null : readInstant(name, row[name]);
    return instant === null ||
      instant.time >= now ||
      !/\b(?:created|loaned|borrowed|lent|issued|started|placed|opened)\b/.test(phraseOf(name))
      ? []
      : [instant.time];
  });
  return Math.max(now - apart, ...others);
}
