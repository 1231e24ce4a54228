import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';

/** How many have said something of a thing, and whether the one that asks is among them: `{ "emoji": "heart", "count": 2, "me": true }`. */
interface Tally {
  readonly item: JsonObject;
  readonly count: string;
  readonly mine: string | undefined;
}

function tallyIn(item: Json | undefined): Tally | null {
  // Where those are listed, the list says how many they are.
  if (item === undefined || !isObject(item) || Object.values(item).some(Array.isArray)) return null;
  const named = (names: RegExp, type: string) =>
    Object.keys(item).find((name) => typeof item[name] === type && names.test(phraseOf(name)));
  const count = named(/^(?:(?:user|users|reaction|vote) )?count$/, 'number');
  const mine = named(/^(?:is |has |by )?(?:me|mine|reacted|me reacted|user reacted|selected|voted|own)$/, 'boolean');
  return count === undefined ? null : { item, count, mine };
}

/** What the one that asks is among from now on: once, however often that is said; the first one of what is new. */
export function withMe(item: Json | undefined, isNew: boolean): Json | undefined {
  const tally = tallyIn(item);
  if (tally === null) return item;
  const { item: held, count, mine } = tally;
  const own = mine === undefined ? {} : { [mine]: true };
  if (isNew) return { ...held, ...own, [count]: 1 };
  return mine === undefined || held[mine] === true ? held : { ...held, ...own, [count]: Number(held[count]) + 1 };
}

/** The same without the one that asks; undefined where nobody is left, or it says nothing of how many there are. */
export function withoutMe(item: Json | undefined): Json | undefined {
  const tally = tallyIn(item);
  if (tally === null) return undefined;
  const { item: held, count, mine } = tally;
  if (mine !== undefined && held[mine] === false) return held;
  const left = Number(held[count]) - 1;
  return left <= 0 ? undefined : { ...held, ...(mine === undefined ? {} : { [mine]: false }), [count]: left };
}
