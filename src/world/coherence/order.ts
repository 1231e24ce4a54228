import { isHolder } from '../../resource/index.js';
import { child } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf, remembering } from '../../text/words.js';
import { readInstant, writeInstant } from './instant.js';
import type { Rule } from './rule.js';

/** What comes first in the life of a thing has the lower rank. */
const ranks: readonly (readonly [RegExp, number])[] = [
  [/\b(born|birth|birthday|birthdate|dob)\b/, 0],
  [
    /\b(created|creation|create|registered|registration|issued|joined|inserted|submitted|placed|ordered|founded|hired?|signed up|raised|reported|enrolled|subscribed|booked|loaned|borrowed|lent|rented|uploaded|posted)\b|^(?:order|purchase|invoice|booking|issue|enrol?lment|registration) date$/,
    1,
  ],
  [/\b(started|opened|accepted|confirmed|activated|approved|requested|received|assigned|sent)\b/, 2],
  [
    /\b(updated|update|modified|modification|changed|edited|revised|pushed|synced|refreshed)\b|\blast (seen|login|used|activity)\b/,
    3,
  ],
  [
    /\b(closed|completed|finished|ended|resolved|solved|cancell?ed|archived|delivered|merged|settled|stopped|failed|terminated|termination|discontinued|completion|cancellation|acknowledged|paid|refunded|verified|read|shipped|dispatched|fulfilled|returned|rejected|revoked|suspended|voided)\b/,
    4,
  ],
  [/\b(deleted?|deletion|removed|destroyed|purged)\b/, 5],
  [
    /\b(expires|expiry|expiration|expire|expired|due|renews|renewal)\b|^(?:(?:requested|expected|estimated|planned|promised) )?(?:delivery|shipping) date$|\bvalid (until|to)\b/,
    6,
  ],
];

/** null: it says nothing of the life of a thing. */
const rankOf = remembering((name) => ranks.find(([pattern]) => pattern.test(phraseOf(name)))?.[1] ?? null);

/** Dates of one thing are in the order of its life: created ≤ updated ≤ deleted. Else what comes later is made later. */
export const lifecycles: Rule = { names: ranks.map(([pattern]) => pattern), fewest: 2, apply: inLifecycle };

function* inLifecycle(object: JsonObject): Generator<JsonObject> {
  const dated = Object.keys(object).flatMap((name) => {
    const rank = rankOf(name);
    const instant = rank === null ? null : readInstant(name, object[name]);
    return instant === null || rank === null ? [] : [{ name, instant, rank }];
  });
  dated.sort((a, b) => a.rank - b.rank);
  const inOrder = dated.every(
    ({ instant }, index) => index === 0 || (dated[index - 1]?.instant.time ?? 0) <= instant.time,
  );
  if (inOrder) return;
  const times = dated.map(({ instant }) => instant.time);
  for (const wanted of [times.toSorted((a, b) => a - b), times]) {
    const changed = { ...object };
    let before = Number.NEGATIVE_INFINITY;
    for (const [index, { name, instant }] of dated.entries()) {
      const time = Math.max(wanted[index] as number, before);
      if (time !== instant.time) changed[name] = writeInstant(instant, time, before);
      before = readInstant(name, changed[name])?.time ?? before;
    }
    yield changed;
  }
}

/** A number that says how often a thing was written. */
const versionNames = /^(?:(?:row|lock|entity|object|record|resource) )?(?:version|revision)$|^(?:rev|generation)$/;

/** When somebody used a thing, which no change of it is. */
const useNames =
  /\blast (?!updated?\b|modified\b|modification\b|changed?\b|edited\b|saved\b|name\b)[a-z]+(?: in)?(?: (?:at|on|date|time|timestamp))?$/;
const editNames = /^(?:last )?(?:edited|revised)(?: (?:at|on|date|time))?$/;

/** Whether somebody has changed a thing since it was made. */
const editedNames = /^(?:is |was |has been )?(?:edited|modified)$/;

const isOfLater = remembering((name) => editNames.test(phraseOf(name)) || useNames.test(phraseOf(name)));

/** Whether a date is of what happens only after a thing was made: it was not edited by that, and nobody has seen it. */
export const isYetToCome = (name: string, value: Json): boolean => isOfLater(name) && readInstant(name, value) !== null;

const plainDate = /^(?:date|time|timestamp|date ?time|ts)$/;

/** Whether a date says when a thing was made, or changed the last time. */
export const isStamp = (name: string, value: Json): boolean => isStampName(name) && readInstant(name, value) !== null;

const isStampName = remembering((name) =>
  /^(?:date )?(?:created|creation|inserted|updated|modified|modification|last (?:updated|modified))(?: (?:at|on|date|time|timestamp|date ?time))?$/.test(
    phraseOf(name),
  ),
);

/** What holds what a server says of a thing: `meta.lastModified` (RFC 7643, 3.1), `metadata.creationTimestamp`. */
export const isRecord = remembering((name) =>
  /^(?:meta|metadata|sys|audit|audit info|timestamps)$/.test(phraseOf(name)),
);

/**
 * An object whose dates say that it was created, or changed, at a time, also where they stand in what a server says of it. A version
 * that the server counts is the first, or the next.
 * @param time is asked where there is such a date
 * @param sent what somebody else has said of it
 * @param isServers whether nobody but the server says what a member is: a mere `date` of it says then when it was created
 */
export function stamped(
  value: Json,
  what: 'created' | 'updated',
  time: () => number,
  sent: Json | undefined,
  isServers: (name: string) => boolean = () => false,
): Json {
  if (!isObject(value)) return value;
  const isSaid = (name: string): boolean => isObject(sent) && Object.hasOwn(sent, name);
  const changed = { ...value };
  for (const name of Object.keys(value)) {
    const held = value[name] as Json;
    if (isObject(held) && (isRecord(name) || isHolder(name)))
      changed[name] = stamped(held, what, time, child(sent, name));
    else if (stampOf(name) !== null) changed[name] = stampedMember(value, name, what, time, isSaid, isServers);
  }
  return changed;
}

function stampedMember(
  object: JsonObject,
  name: string,
  what: 'created' | 'updated',
  time: () => number,
  isSaid: (name: string) => boolean,
  isServers: (name: string) => boolean,
): Json {
  const held = object[name] as Json;
  const says = stampOf(name);
  if (says === null) return held;
  if (says.isVersion && Number.isInteger(held) && isServers(name) && !isSaid(name))
    return what === 'created' ? 1 : Number(held) + 1;
  if (says.isEdited && held === false && what === 'updated' && isServers(name)) return true;
  const isStamped = what === 'updated' ? says.isUpdated : says.isCreated || (says.isDate && isServers(name));
  if (!isStamped || isSaid(name)) return held;
  const instant = readInstant(name, held);
  if (instant !== null) return writeInstant(instant, time());
  // What was never edited is edited now.
  const isFirst = what === 'updated' && held === null && says.isEdit && isServers(name);
  return isFirst ? asOthers(object, time()) : held;
}

/** What a member of a name says of the writes of a thing: null where it is nothing, as nearly always. */
const stampOf = remembering((name) => {
  const phrase = phraseOf(name);
  const rank = rankOf(name);
  const says = {
    isVersion: versionNames.test(phrase),
    isEdited: editedNames.test(phrase),
    /** When it was made, or when it was changed. */
    isCreated: rank === 1 || rank === 3 || /\brequested\b/.test(phrase),
    isUpdated: rank === 3 && !useNames.test(phrase),
    isEdit: editNames.test(phrase),
    isDate: plainDate.test(phrase),
  };
  return Object.values(says).some(Boolean) ? says : null;
});

const spanNames =
  /\b(?:starts?|begins?|ends?|from|until|through|expires?|expiry|expiration|due|renews?|renewal|next|trial|period|term|valid)\b/;

/** The dates that an object says by members that are meant, in their order. */
function datesIn(object: JsonObject, isMeant: (name: string) => boolean) {
  return Object.keys(object).flatMap((name) => {
    const instant = isMeant(name) ? readInstant(name, object[name]) : null;
    return instant === null ? [] : [{ name, instant }];
  });
}

/**
 * A new object whose only date that a server says is that of its making, whatever it is called (`sent_at`): where none says so by its name.
 * @param isServers whether nobody but the server says what a member is
 */
export function dated(
  value: Json,
  time: () => number,
  isServers: (name: string) => boolean,
  isValid: (value: Json) => boolean,
): Json {
  if (!isObject(value)) return value;
  const [only, ...others] = datesIn(value, (name) => isServers(name) && rankOf(name) !== 0);
  if (only === undefined || others.length > 0 || stampOf(only.name)?.isCreated || !/\bat$/.test(phraseOf(only.name)))
    return value;
  const changed = { ...value, [only.name]: writeInstant(only.instant, time()) };
  return isValid(changed) ? changed : value;
}

/** Whether a date says when somebody has edited a thing, which nothing else is that is done with it. */
export const isOfEdit = (name: string): boolean => stampOf(name)?.isEdit === true || stampOf(name)?.isEdited === true;

/**
 * A new object whose dates of what goes on, or ends, are not before it was made: all are as much later, so that what lies between them stays.
 * @param isServers whether nobody but the server says what a member is
 */
export function begun(
  value: Json,
  time: () => number,
  isServers: (name: string) => boolean,
  isValid: (value: Json) => boolean,
): Json {
  if (!isObject(value)) return value;
  const spans = datesIn(
    value,
    (name) => spanNames.test(phraseOf(name)) && !isStamp(name, value[name] as Json) && isServers(name),
  );
  const later = spans.length === 0 ? 0 : time() - Math.min(...spans.map(({ instant }) => instant.time));
  if (later <= 0) return value;
  const changed = { ...value };
  for (const { name, instant } of spans) changed[name] = writeInstant(instant, instant.time + later);
  return isValid(changed) ? changed : value;
}

/** Whether a date says that a thing was deleted, or closed; null where it says neither. */
export function endOf(name: string, value: Json): 'deleted' | 'closed' | null {
  const rank = rankOf(name);
  if ((rank !== 4 && rank !== 5) || readInstant(name, value) === null) return null;
  return rank === 5 ? 'deleted' : 'closed';
}

/** A time as an object writes when it was made. */
function asOthers(object: JsonObject, time: number): Json {
  const [made] = datesIn(object, isStampName);
  return made === undefined ? new Date(time).toISOString() : writeInstant(made.instant, time);
}
