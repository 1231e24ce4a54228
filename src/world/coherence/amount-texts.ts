import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf, remembering } from '../../text/words.js';
import { moneyIn } from './money.js';
import type { Rule } from './rule.js';

const amountNames =
  /\b((?:sub ?)?total|gross|sum|net|price|amount|cost|tax|vat|discounts?|shipping|delivery|fees?|tip|quantity|qty)\b/;
/** An amount as text (`"19.90"`), with what stands behind its point. */
const decimalText = /^-?\d{1,12}(?:\.(\d{1,8}))?$/;

/** The words of a name without those that say in which unit an amount is: `unit price` of `unit_price_cents`. */
export const amountPhrase: (name: string) => string = remembering((name) =>
  phraseOf(name).replace(/(?<=.) (?:in )?(?:cents?|minor(?: units?)?|pence|pennies|micros|usd|eur|gbp)$/, ''),
);

/** What holds the lines of an invoice, with how many there are. */
export const lineListNames = /^(line )?(items|lines)$|^(invoice|order|cart) (items|lines)$/;

/** A rule of numbers for objects that write amounts as text, or with their currency, too: these are read as numbers, and written as they were. */
export function ofTexts(apply: Rule['apply']): Rule['apply'] {
  return function* (object, random) {
    const read = numbered(object);
    for (const changed of apply(read, random)) {
      const written = { ...object };
      for (const [name, value] of Object.entries(changed)) {
        const held = object[name];
        if (value === read[name]) continue;
        written[name] = asWritten(held, Number(value), value);
      }
      yield written;
    }
  };
}

/** A number as it was written before: as a text, or with its currency. */
function asWritten(held: Json | undefined, number: number, value: Json | undefined): Json {
  if (typeof held === 'string') return number.toFixed(decimalsOf(held));
  const money = moneyIn(held);
  if (money === null || !isObject(held)) return value as Json;
  return { ...held, [money.amount]: asWritten(held[money.amount], number, number) };
}

const decimalsOf = (text: string): number => decimalText.exec(text)?.[1]?.length ?? 0;

/** An object with the amounts of its own and of its lines as numbers; the same one where none is a text. */
function numbered(object: JsonObject): JsonObject {
  return mapped(object, (name, value) => {
    const money = moneyIn(value);
    if (money !== null && isObject(value) && amountNames.test(amountPhrase(name))) {
      const amount = value[money.amount];
      return typeof amount === 'number' || decimalText.test(String(amount)) ? Number(amount) : value;
    }
    if (typeof value === 'string')
      return amountNames.test(amountPhrase(name)) && decimalText.test(value) ? +value : value;
    if (!lineListNames.test(phraseOf(name))) return value;
    if (Array.isArray(value)) return numberedItems(value);
    return isObject(value) ? mapped(value, (_, inner) => (Array.isArray(inner) ? numberedItems(inner) : inner)) : value;
  });
}

function numberedItems(items: Json[]): Json[] {
  const read = items.map((item) => (isObject(item) ? numbered(item) : item));
  return read.some((item, index) => item !== items[index]) ? read : items;
}

/** The object itself where nothing in it becomes another value. */
function mapped(object: JsonObject, to: (name: string, value: Json) => Json): JsonObject {
  let changed = object;
  for (const [name, value] of Object.entries(object)) {
    const other = to(name, value);
    if (other !== value) changed = { ...changed, [name]: other };
  }
  return changed;
}
