import type { Resource } from '../resource/index.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { phraseOf } from '../text/words.js';

const nouns = /\b(?:movement|transaction|adjustment|entry|posting|operation|booking entry|stock change)s?$/;
const kindNames = /^(?:(?:movement|transaction|entry|adjustment|operation) )?(?:type|kind|direction|reason)$/;
const amountNames = /^(?:quantity|qty|amount|units|points|value)$/;
const heldNames =
  /^(?:stock|quantity|on hand|quantity on hand|stock (?:quantity|level|on hand)|units in stock|(?:available |current |account )?balance|points|points balance)$/;

/** What comes to a thing by a movement, and what goes from it. */
const coming =
  /^(?:receipt|received?|in|inbound|incoming|deposit|credit|add|added|addition|increase|restock|purchase|return|returned|earn|earned|top_?up|refund)$/i;
const going =
  /^(?:issue|issued|out|outbound|outgoing|withdrawal|withdraw|debit|remove|removed|removal|decrease|sale|sold|payment|redeem|redeemed|redemption|spend|spent|consumption|loss|damage|damaged)$/i;

/** Whether things of a resource are what comes to others, or goes from them. */
export const areMovements = ({ name }: Resource): boolean => nouns.test(phraseOf(name.split('.').at(-1) ?? ''));

/** How much comes to a thing by a movement, below 0 where it goes from it; null where it says no such thing. */
export function movedBy(movement: Json): number | null {
  if (!isObject(movement)) return null;
  const named = (pattern: RegExp) => Object.keys(movement).find((name) => pattern.test(phraseOf(name)));
  const [kind, amount] = [movement[named(kindNames) ?? ''], movement[named(amountNames) ?? '']];
  if (typeof kind !== 'string' || typeof amount !== 'number') return null;
  return coming.test(kind) ? amount : going.test(kind) ? -amount : null;
}

/** A thing with what it has of something after a movement; the same where it does not say how much that is. */
export function afterMovement(thing: Json, moved: number): JsonObject | null {
  if (!isObject(thing)) return null;
  const name = Object.keys(thing).find((one) => typeof thing[one] === 'number' && heldNames.test(phraseOf(one)));
  return name === undefined ? null : { ...thing, [name]: Math.round((Number(thing[name]) + moved) * 100) / 100 };
}

/** A movement that says how much there is after it: `balance_after`. */
export function withRest(movement: Json, thing: JsonObject): Json {
  const said = (object: JsonObject, names: RegExp) => Object.keys(object).find((name) => names.test(phraseOf(name)));
  const [name, held] = [isObject(movement) ? said(movement, restNames) : undefined, said(thing, heldNames)];
  return name === undefined || held === undefined
    ? movement
    : { ...(movement as JsonObject), [name]: thing[held] as Json };
}

const restNames =
  /^(?:(?:stock|quantity|balance|points)(?: level| quantity)? after|(?:new|resulting|running|closing) (?:stock|quantity|balance)|balance)$/;

/** Whether there is less than nothing of what a thing has. */
export const isBelowNothing = (thing: JsonObject): boolean =>
  Object.entries(thing).some(
    ([name, value]) => typeof value === 'number' && value < 0 && heldNames.test(phraseOf(name)),
  );
