import { answeredWord } from '../../text/participles.js';
import { isObject, type Json } from '../../text/value.js';
import { phraseOf, remembering } from '../../text/words.js';
import { endOf, isRecord, isYetToCome } from './order.js';
import { holdsAttributes } from './states.js';

/** What is said of a thing that was deleted, and of one whose life has ended in whichever way. */
const deleted = /^(?:is |has been |was )?(?:soft )?(?:deleted|removed|trashed|destroyed)$/;
const ended =
  /^(?:archived|deleted|removed|trashed|closed|completed|done|finished|cancell?ed|resolved|expired|revoked|suspended|blocked|banned|locked|merged|shipped|delivered|refunded|rejected|approved|verified|confirmed|read|seen|paid|edited|pinned|starred|flagged|muted|bookmarked|snoozed|favou?rited?|liked|disliked|followed|following|subscribed|watched|watching|upvoted|downvoted|voted|reposted|saved|joined|published|system|default|built ?in)$/;

const endReasons =
  /^(?:suspen\w+|cancel\w*|reject\w+|fail\w*|clos\w+|delet\w+|block\w*|ban|refus\w+|terminat\w+) (?:reason|message|comment|note)$/;

/** Who has deleted a thing, by whichever name: `deleted_by`, and `deleteId` beside `createId`. */
const deleters = /^(?:deleted?|removed|trashed) (?:by|by id|by user|by user id|id|user id|user)$/;

/** Whether a member of a name says why a thing has ended. */
const saysWhy = remembering((name) => endReasons.test(phraseOf(name)));
/** Whether a member says when something was done to a thing, apart from what makes it: `reversed_at`. */
const saysDone = remembering((name) =>
  /^(?!created|updated|modified|changed|inserted|added|issued|started|scheduled|occurred|recorded|logged|joined|ordered|placed|registered|enrolled|subscribed|booked|loaned|borrowed|lent|rented|uploaded|posted)\w+(?:ed|en|paid|sent|read) ?(?:in|out|off|up)? (?:at|on|time)$/.test(
    phraseOf(name),
  ),
);
const saysWhoDeleted = remembering((name) => deleters.test(phraseOf(name)));
const saysDeleted = remembering((name) => deleted.test(phraseOf(name)));
const saysEnded = remembering((name) => ended.test(answeredWord(phraseOf(name))));
const saysStatus = remembering((name) =>
  /^(?:(?:response|payment|order|approval|processing) )?(?:status|state|phase|stage)$/.test(phraseOf(name)),
);
/** What the status of a new thing is called, best first. */
const firstStatuses =
  'new draft open pending created todo to_do queued unread scheduled submitted requested placed received needs_action invited initial not_started unpaid provisioning starting inactive active available running confirmed'.split(
    ' ',
  );
/** The same as they may be written besides. */
const loud = firstStatuses.map((status) => status.toUpperCase());
const camel = firstStatuses.map((status) => status.replace(/_(.)/, (_, letter) => letter.toUpperCase()));
const titled = firstStatuses
  .map((status) => status.replace('_', ''))
  .map((status) => status.charAt(0).toUpperCase() + status.slice(1));

/** What a new thing is called of some statuses; undefined where it is none that new things usually have. */
export const firstStatusAmong = (listed: readonly string[]): string | undefined =>
  [...firstStatuses, ...loud, ...camel, ...titled].find((status) => listed.includes(status));

/**
 * A row that has not ended: nothing that is listed was deleted, and nothing that is new was closed either.
 * @param isFree whether a member may be other than it is: nobody has said what it is
 * @param isValid whether a row with a change is
 */
export function unended(
  row: Json,
  isNew: boolean,
  isFree: (name: string, holder?: string) => boolean,
  isValid: (row: Json) => boolean,
): Json {
  if (!isObject(row)) return row;
  let whole = row;
  for (const name of Object.keys(row)) {
    const value = row[name] as Json;
    const isHeld = holdsAttributes(name);
    if (isObject(value) && (isHeld || (isRecord(name) && isFree(name)))) {
      const place = name;
      const within = (inner: Json) => isValid({ ...whole, [place]: inner });
      const inner = unended(value, isNew, (one) => !isHeld || isFree(one, place), within);
      if (inner !== value) whole = { ...whole, [place]: inner };
      continue;
    }
    if (value === null || !isFree(name)) continue;
    const others = othersFor(name, value, isNew);
    if (others.length === 0) continue;
    // A status that may be any text says nothing of what it can be.
    const isAny = others[0] !== null && typeof value === 'string' && isValid({ ...whole, [name]: `no ${value}` });
    if (isAny) continue;
    const { [name]: _ended, ...without } = whole;
    const instead = others.map((other) => (other === undefined ? without : { ...whole, [name]: other }));
    whole = instead.find(isValid) ?? whole;
  }
  return whole;
}

/** What may stand in the place of a member that says that a thing has ended; undefined: nothing. None where it does not. */
function othersFor(name: string, value: Json, isNew: boolean): readonly (Json | undefined)[] {
  if (typeof value === 'boolean') return value && (isNew ? saysEnded : saysDeleted)(name) ? [false] : [];
  const end = endOf(name, value);
  if (end !== null) return end === 'deleted' || isNew ? [null, undefined] : [];
  if (saysWhoDeleted(name)) return [null, undefined];
  if (isNew && (isYetToCome(name, value) || saysWhy(name))) return [null, undefined];
  if (isNew && saysDone(name)) return [null];
  if (typeof value !== 'string' || !saysStatus(name)) return [];
  if (!isNew && !deleted.test(value.toLowerCase())) return [];
  return [...(value === value.toUpperCase() ? loud : firstStatuses), ...camel, ...titled];
}
