import { keyOf } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { openedJson } from './attributes.js';
import { countsFor, countsRisen } from './counts.js';
import { firstThen, type Made, type Outcome } from './hands.js';
import { broken, kept, type Life, type Listing, told } from './life.js';
import { saySame } from './likeness.js';
import { isSaying } from './members.js';
import type { Walk } from './walk.js';

/** What there is beside a thing: the list that it stands in, and what counts such things. */
interface Seen {
  readonly listing: Listing | null;
  readonly counts: Awaited<ReturnType<typeof countsFor>>;
}

/** What there was before and after a create. */
interface Around {
  readonly before: Seen;
  readonly made: Made;
  /** Whether it has a key of its own: what has that of another may have taken its place. */
  readonly isNew: boolean;
  readonly after: Seen;
}

/**
 * A create makes one thing: the list shows no other one that says the same, and was not there before; and what counts such things
 * counts it.
 * @param listing the list, as it was after the first thing had been made
 * @param make makes another thing where the first one stands
 * @returns what was made, and the list after that
 */
export async function checkMadeOnce(
  life: Life,
  first: Made,
  listing: Listing | null,
  make: () => Promise<Made | null>,
): Promise<{ readonly made: Made; readonly listing: Listing | null } | null> {
  let last: Seen = { listing, counts: await countsFor(life, first, listing) };
  let second = null as { readonly made: Made; readonly listing: Listing | null } | null;
  const keys = new Set([scalarText(first.thing.key)]);
  const around = async (): Promise<Around | null> => {
    const before = last;
    const made = await make();
    if (made === null) return null;
    const isLooked = before.listing?.walked.isWhole || before.counts.length > 0;
    const after = isLooked ? await life.listOf(made.thing, made.sent ?? {}) : null;
    last = { listing: after, counts: before.counts.length > 0 ? await countsFor(life, made, after) : [] };
    second ??= { made, listing: after };
    const isNew = !keys.has(scalarText(made.thing.key)) && !hasTakenPlace(life, before.listing, made);
    keys.add(scalarText(made.thing.key));
    return { before, made, isNew, after: last };
  };
  const seen = await around();
  // What is looked at again is another create.
  if (seen === null) return second;
  await life.hands.hold(
    'listed',
    firstThen(seen, around, (each) => onlyOne(life, each)),
  );
  // What is not done yet is not counted yet.
  if (seen.made.exchange.received.status === 202 && !life.hands.isPatient) return second;
  await life.hands.hold(
    'total-right',
    firstThen(seen, around, ({ before, made, isNew, after }) =>
      isNew && !isAnyGone(life, before.listing, after.listing)
        ? countsRisen(life, before.counts, made, after.counts)
        : null,
    ),
  );
  return second;
}

function onlyOne(life: Life, { before, made, after }: Around): Outcome | null {
  const { thing, sent, exchange } = made;
  const last = after.listing?.walked.pages.at(-1)?.exchange;
  if (last === undefined || sent === null || !before.listing?.walked.isWhole || !after.listing?.walked.isWhole)
    return null;
  const rows = rowsOf(before.listing.walked);
  // Other things of the run are alike but for their names.
  const own = Object.keys(sent).find(
    (name) => typeof sent[name] === 'string' && isSaying(sent[name]) && !rows.some((row) => saySame(sent, row, name)),
  );
  if (own === undefined) return null;
  const known = new Set([...rows.map((row) => keyOf(life.resource, row)), scalarText(thing.key)]);
  const twin = rowsOf(after.listing.walked).find((row) => {
    const key = keyOf(life.resource, row);
    return key !== undefined && !known.has(key) && saySame(sent, row, own) && saysAll(row, sent);
  });
  if (twin === undefined) return kept(last);
  return broken(last, {
    message: `A create has made more than one thing: ${told(exchange, thing)}, and then ${told(last)}`,
    expected: `one new item with "${own}": ${JSON.stringify(sent[own])}`,
    received: `also one with the key ${JSON.stringify(keyOf(life.resource, twin))}`,
    cause: 'made twice',
  });
}

/** Whether the list no longer shows what it did: what was archived or removed meanwhile, or is shown for another query, is not counted. */
function isAnyGone({ resource }: Life, before: Listing | null, after: Listing | null): boolean {
  if (!before?.walked.isWhole || !after?.walked.isWhole) return false;
  const keysOf = ({ walked }: Listing) => rowsOf(walked).map((row) => keyOf(resource, row));
  const left = new Set(keysOf(after));
  return keysOf(before).some((key) => !left.has(key));
}

/** Whether the key that was sent is that of a thing which was listed before: who takes it may put the one in the place of the other. */
function hasTakenPlace({ resource }: Life, before: Listing | null, { thing, sent }: Made): boolean {
  const key = scalarText(thing.key);
  if (before === null || sent === null || keyOf(resource, sent) !== key) return false;
  return rowsOf(before.walked).some((row) => keyOf(resource, row) === key);
}

function rowsOf({ pages }: Walk): JsonObject[] {
  return pages.flatMap(({ rows }) => rows.map((row: Json) => openedJson(row)).filter(isObject));
}

/** What is sent as null is the server's to fill in. */
function saysAll(row: JsonObject, sent: JsonObject): boolean {
  return Object.keys(sent).every(
    (name) => sent[name] === null || !Object.hasOwn(row, name) || saySame(sent, row, name),
  );
}
