import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import { ifChanged, type Rule } from './rule.js';

const listNames =
  /\b(?:lines|items|steps|entries|stages|questions|sections|chapters|lessons|modules|tracks|slides|phases|stops|legs)$/;
const numberNames =
  /^(?:(?:line|step|item|track|stage|question|section|chapter|lesson|stop|leg) )?(?:no|number|num|position|sequence)$/;

/** What says by a number which one of a list it is, in the order of that: `line_no`, `position`. */
export const numberings: Rule = { names: [listNames], fewest: 1, apply: numbered };

function* numbered(object: JsonObject): Generator<JsonObject> {
  const changed = { ...object };
  for (const [name, list] of Object.entries(object)) {
    const own = Array.isArray(list) && listNames.test(phraseOf(name)) ? numberOf(list) : undefined;
    if (own === undefined || !Array.isArray(list)) continue;
    const isInOrder = list.every((item, index) => (item as JsonObject)[own] === index + 1);
    if (!isInOrder) changed[name] = list.map((item, index) => ({ ...(item as JsonObject), [own]: index + 1 }));
  }
  yield* ifChanged(object, changed);
}

const doneNames =
  /^(?:(?:quantity|qty|amount) )?(?:received|delivered|shipped|returned|fulfilled|invoiced)(?: (?:quantity|qty|amount))?$/;

/** A new thing of a list, of which nothing was delivered yet, with the number that its place gives it. */
export function placedAt(
  item: JsonObject,
  sent: JsonObject,
  index: number,
  isValid: (item: Json) => boolean,
): JsonObject {
  let whole = item;
  for (const [name, value] of Object.entries(item)) {
    if (!Number.isInteger(value) || Object.hasOwn(sent, name)) continue;
    const words = phraseOf(name);
    const other = numberNames.test(words) ? index + 1 : doneNames.test(words) ? 0 : value;
    const changed = { ...whole, [name]: other as Json };
    if (other !== value && isValid(changed)) whole = changed;
  }
  return whole;
}

/** The one member by which all items of a list say their numbers. */
function numberOf(list: readonly Json[]): string | undefined {
  const [first] = list;
  if (!isObject(first) || !list.every(isObject)) return undefined;
  const [only, ...others] = Object.keys(first).filter((name) => numberNames.test(phraseOf(name)));
  const isNumber = list.every((item) => only !== undefined && Number.isInteger((item as JsonObject)[only]));
  return others.length === 0 && isNumber ? only : undefined;
}
