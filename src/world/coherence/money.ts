import { scalarText } from '../../text/integers.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import { ifChanged, type Rule } from './rule.js';

const currencyName = /^currency( code)?$/;
const amountName = /^(?:amount|value)$/;

/** An amount and its currency in one object, by the names of these two; null where it is none. */
export function moneyIn(value: Json | undefined): { readonly amount: string; readonly currency: string } | null {
  if (!isObject(value)) return null;
  const named = (pattern: RegExp) => Object.keys(value).find((name) => pattern.test(phraseOf(name)));
  const [amount, currency] = [named(amountName), named(currencyName)];
  if (amount === undefined || currency === undefined || typeof value[currency] !== 'string') return null;
  return typeof value[amount] === 'number' || typeof value[amount] === 'string' ? { amount, currency } : null;
}

const moneyNames =
  /\b(?:amount|total|subtotal|price|balance|tax|vat|fees?|cost|net|gross|discounts?|shipping|current|available|pending|paid|due|refunded|deposit|rate|credit|debit|money|limit|spent|budget)\b/;
/** What may be in another currency than what stands beside it. */
const elsewhere =
  /\b(?:from|to|source|target|original|converted|local|foreign|settlement|presentment|quote|base|exchange)\b/;

/** Amounts that stand beside each other, each with its currency, are in one. */
export const moneys: Rule = { names: [moneyNames], fewest: 1, apply: inOneCurrency };

function* inOneCurrency(object: JsonObject): Generator<JsonObject> {
  const all = Object.entries(object).filter(
    ([name, value]) => moneyIn(value) !== null && !elsewhere.test(phraseOf(name)),
  );
  if (all.length === 0) return;
  const lists = Object.entries(object).filter(([, value]) => Array.isArray(value));
  // Where somebody has said what lines cost, the sum of these is in their currency.
  for (const currency of new Set([currencyIn(all[0]?.[1]), ...lists.map(([, list]) => currencyOf(list))])) {
    if (currency === undefined) continue;
    const changed = { ...object };
    for (const [name, value] of [...all, ...lists]) changed[name] = withCurrency(value, currency);
    yield* ifChanged(object, changed);
  }
}

function currencyIn(value: Json | undefined): string | undefined {
  const money = moneyIn(value);
  return money !== null && isObject(value) ? scalarText(value[money.currency]) : undefined;
}

/** That of the first amount in the items of a list. */
const currencyOf = (list: Json): string | undefined =>
  (Array.isArray(list) ? list : []).flatMap((item) =>
    isObject(item) && moneyIn(item) === null ? Object.values(item).flatMap((inner) => currencyIn(inner) ?? []) : [],
  )[0];

/** What is of that currency then: an amount, and those of the lines of a list. */
function withCurrency(value: Json, currency: string): Json {
  const money = moneyIn(value);
  if (money !== null && isObject(value)) {
    return value[money.currency] === currency ? value : { ...value, [money.currency]: currency };
  }
  if (!Array.isArray(value)) return value;
  const items = value.map((item) => {
    if (!isObject(item) || moneyIn(item) !== null) return item;
    const changed = { ...item };
    for (const [name, inner] of Object.entries(item)) if (moneyIn(inner)) changed[name] = withCurrency(inner, currency);
    return Object.keys(item).some((name) => item[name] !== changed[name]) ? changed : item;
  });
  return items.some((item, index) => item !== value[index]) ? items : value;
}
