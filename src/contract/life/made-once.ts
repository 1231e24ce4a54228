import { keyOf } from '../../resource/index.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { openedJson } from './attributes.js';
import { firstThen, type Made, type Outcome } from './hands.js';
import { broken, kept, type Life, told } from './life.js';
import { likenessOf } from './likeness.js';
import { isSaying } from './members.js';
import type { Walk } from './walk.js';

/** A list before and after a create, both as a whole. */
interface Around {
  readonly before: Walk;
  readonly made: Made;
  readonly after: Walk;
}

/**
 * A create makes one thing: the list shows no other one that says the same, and was not there before.
 * @param make makes another thing where the first one stands
 * @returns what was made
 */
export async function checkMadeOnce(life: Life, first: Made, make: () => Promise<Made | null>): Promise<Made | null> {
  if (!life.hands.isWanted('listed')) return make();
  let second = null as Made | null;
  const around = async (): Promise<Around | null> => {
    const before = await life.listOf(first.thing, first.sent ?? {});
    const made = await make();
    second ??= made;
    const after = made && before?.walked.isWhole ? await life.listOf(made.thing, made.sent ?? {}) : null;
    return made && before && after?.walked.isWhole ? { before: before.walked, made, after: after.walked } : null;
  };
  const seen = await around();
  // What is looked at again is another create.
  if (seen !== null)
    await life.hands.hold(
      'listed',
      firstThen(seen, around, (each) => judged(life, each)),
    );
  return second;
}

function judged(life: Life, { before, made, after }: Around): Outcome | null {
  const { thing, sent, exchange } = made;
  const last = after.pages.at(-1)?.exchange;
  if (last === undefined || sent === null) return null;
  const rows = rowsOf(before);
  // Other things of the run are alike but for their names.
  const own = Object.keys(sent).find(
    (name) => typeof sent[name] === 'string' && isSaying(sent[name]) && !rows.some((row) => isLike(sent, row, name)),
  );
  if (own === undefined) return null;
  const known = new Set([...rows.map((row) => keyOf(life.resource, row)), String(thing.key)]);
  const twin = rowsOf(after).find((row) => {
    const key = keyOf(life.resource, row);
    return key !== undefined && !known.has(key) && isLike(sent, row, own) && saysAll(row, sent);
  });
  if (twin === undefined) return kept(last);
  return broken(last, {
    message: `A create has made more than one thing: ${told(exchange, thing)}, and then ${told(last)}`,
    expected: `one new item with "${own}": ${JSON.stringify(sent[own])}`,
    received: `also one with the key ${JSON.stringify(keyOf(life.resource, twin))}`,
    cause: 'made twice',
  });
}

function rowsOf({ pages }: Walk): JsonObject[] {
  return pages.flatMap(({ rows }) => rows.map((row: Json) => openedJson(row)).filter(isObject));
}

function saysAll(row: JsonObject, sent: JsonObject): boolean {
  return Object.keys(sent).every((name) => !Object.hasOwn(row, name) || isLike(sent, row, name));
}

function isLike(one: JsonObject, other: JsonObject, name: string): boolean {
  return Object.hasOwn(other, name) && likenessOf(one[name] ?? null, other[name]) !== 'other';
}
