import { countNames } from '../../resource/index.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import { memberNamed } from './member-named.js';
import type { Rule } from './rule.js';

const totalNames = /^(grand |order |invoice |cart )?(total|gross|sum)( amount| price| cost)?$|^(amount|price) total$/;
const lineNames = /^(line |row |item )?(total|amount|price|subtotal|sub total|cost)( amount| price)?$/;

const round = (value: number): number => Math.round(value * 100) / 100;

const netNames = /^(sub ?total|net|net amount|net total|items total|amount net)$/;
const lineTotalNames = /^(line |row )?(total|subtotal|sub total)( amount| price)?$|^amount$/;

/** A total is the sum of what it is made of: quantity and price, net and tax, the lines of a list. */
export const sums: Rule = { names: [totalNames, netNames, lineTotalNames], fewest: 1, apply: summed };

function* summed(object: JsonObject): Generator<JsonObject> {
  const named = (pattern: RegExp) => memberNamed(object, pattern, 'number');
  const value = (name: string | undefined): number => (name === undefined ? 0 : Number(object[name]));
  const changed = { ...object };
  const quantity = named(/^(quantity|qty)$/);
  const price = named(/^(unit |item )?(price|amount|cost)$/);
  const line = Object.keys(object).find(
    (name) => name !== price && typeof object[name] === 'number' && lineTotalNames.test(phraseOf(name)),
  );
  const net = named(netNames);
  const lines = sumOfLines(object);
  if (net !== undefined && lines !== null) changed[net] = lines;
  const total = Object.keys(object).find(
    (name) => typeof object[name] === 'number' && totalNames.test(phraseOf(name)) && name !== net,
  );
  if (total !== undefined && net !== undefined) {
    const sum = (pattern: RegExp): number =>
      Object.keys(object)
        .filter((name) => typeof object[name] === 'number' && pattern.test(phraseOf(name)))
        .reduce((all, name) => all + value(name), 0);
    const more = sum(
      /^(total |sales )?(tax|vat)( amount| total)?$|^(shipping|delivery|handling|service)( cost| fee| amount| charge| total)?$|^(fee|fees|tip)$/,
    );
    const less = sum(/^(total )?discounts?( amount| total)?$/);
    changed[total] = round(Number(changed[net]) + more - less);
  } else if (total !== undefined && lines !== null) {
    changed[total] = lines;
  } else if (quantity !== undefined && price !== undefined && line !== undefined) {
    changed[line] = round(value(quantity) * value(price));
  }
  if (Object.keys(changed).some((name) => changed[name] !== object[name])) yield changed;
}

const partNames =
  /^(?:amount (refunded|captured|paid|received|due|remaining)|(refunded|captured|paid|received) amount)$/;

/** What of an amount was paid, or paid back, is not more than the amount, and all or nothing of it where another member says so. */
export const parts: Rule = { names: [partNames], fewest: 1, apply: parted };

function* parted(object: JsonObject): Generator<JsonObject> {
  const whole = memberNamed(object, /^(?:amount|total|total amount|amount total)$/, 'number');
  const most = whole === undefined ? Number.NaN : Number(object[whole]);
  if (!(most >= 0)) return;
  const changed = { ...object };
  for (const [name, held] of Object.entries(object)) {
    const [, behind, before] = typeof held === 'number' ? (partNames.exec(phraseOf(name)) ?? []) : [];
    const word = behind ?? before;
    if (word === undefined) continue;
    const said = Object.keys(object).find((one) => phraseOf(one).replace(/^is /, '') === word);
    const flag = said === undefined ? undefined : object[said];
    changed[name] = typeof flag === 'boolean' ? (flag ? most : 0) : Math.min(Math.max(0, Number(held)), most);
  }
  if (Object.keys(changed).some((name) => changed[name] !== object[name])) yield changed;
}

/** The sum of the amounts in the only list of the object whose items have such; null where there is none. */
function sumOfLines(object: JsonObject): number | null {
  const lists = Object.values(object)
    .filter((value) => Array.isArray(value) && value.length > 0 && value.every(isObject))
    .map((items) => (items as JsonObject[]).map(amountOf))
    .filter((amounts) => amounts.every((amount) => amount !== null)) as number[][];
  const [only, ...others] = lists;
  return only === undefined || others.length > 0 ? null : round(only.reduce((sum, amount) => sum + amount, 0));
}

function amountOf(item: JsonObject): number | null {
  const line = memberNamed(item, /^(line |row |item )?(total|subtotal|sub total)( amount| price)?$|^amount$/, 'number');
  if (line !== undefined) return Number(item[line]);
  const price = memberNamed(item, lineNames, 'number') ?? memberNamed(item, /^unit (price|amount|cost)$/, 'number');
  if (price === undefined) return null;
  const quantity = memberNamed(item, /^(quantity|qty)$/, 'number');
  return quantity === undefined ? Number(item[price]) : Number(item[price]) * Number(item[quantity]);
}

const onlyListNames =
  /^(count|total|size|length|total (count|results|items|hits|elements|size)|result count|number of (items|results|elements))$/;

/** A count is the number of items in the list that it counts. */
export const counts: Rule = {
  names: [onlyListNames, /\b(count|total|size)$|^(total|num|number of|count of|n)\b/],
  fewest: 1,
  apply: counted,
};

function* counted(object: JsonObject): Generator<JsonObject> {
  const lists = Object.entries(object).filter((entry): entry is [string, Json[]] => Array.isArray(entry[1]));
  if (lists.length === 0) return;
  const changed = { ...object };
  for (const [name, count] of Object.entries(object)) {
    if (typeof count !== 'number' || !Number.isInteger(count)) continue;
    const words = phraseOf(name);
    const counted = lists.find(([list]) => countNames(phraseOf(list)).includes(words));
    const [only] = lists;
    if (counted !== undefined) changed[name] = counted[1].length;
    else if (lists.length === 1 && only !== undefined && onlyListNames.test(words) && sumOfLines(object) === null)
      changed[name] = only[1].length;
  }
  if (Object.keys(changed).some((name) => changed[name] !== object[name])) yield changed;
}
