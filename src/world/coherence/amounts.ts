import { countNames } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { answeredWord } from '../../text/participles.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import { amountPhrase, lineListNames, ofTexts } from './amount-texts.js';
import { memberNamed } from './member-named.js';
import { ifChanged, type Rule } from './rule.js';

export const totalNames =
  /^(grand |order |invoice |cart )?(total|gross|sum)( amount| price| cost)?$|^(amount|price) total$/;
const lineNames = /^(line |row |item )?(total|amount|price|subtotal|sub total|cost)( amount| price)?$/;

const quantityNames = /^(quantity|qty)( ordered)?$|^ordered (quantity|qty)$/;
const rateNames = /^(tax|vat|sales tax) (rate|percent|percentage|pct)$/;
export const taxNames = /^(total |sales )?(tax|vat)( amount| total)?$/;

const round = (value: number): number => Math.round(value * 100) / 100;

export const netNames = /^(sub ?total( price| amount)?|net|net amount|net total|items total|amount net)$/;
const lineTotalNames = /^(line |row )?(total|subtotal|sub total)( amount| price)?$|^amount$/;

/** A total is the sum of what it is made of: quantity and price, net and tax, the lines of a list. */
export const sums: Rule = { names: [totalNames, netNames, lineTotalNames], fewest: 1, apply: ofTexts(summed) };

function* summed(object: JsonObject): Generator<JsonObject> {
  const named = (pattern: RegExp) => memberNamed(object, pattern, 'number');
  const value = (name: string | undefined): number => (name === undefined ? 0 : Number(object[name]));
  const changed = { ...object };
  const quantity = named(quantityNames);
  const price = named(/^(unit|item) (price|amount|cost)$/) ?? named(/^(price|amount|cost)$/);
  const line = Object.keys(object).find(
    (name) => name !== price && typeof object[name] === 'number' && lineTotalNames.test(amountPhrase(name)),
  );
  const isLine = quantity !== undefined && price !== undefined;
  const net = named(netNames);
  const lines = sumOfLines(object) ?? (isWithoutLines(object) ? 0 : null);
  if (net !== undefined && lines !== null) changed[net] = lines;
  const total = Object.keys(object).find(
    (name) => typeof object[name] === 'number' && totalNames.test(amountPhrase(name)) && name !== net,
  );
  if (total !== undefined && net !== undefined) {
    const numbers = (pattern: RegExp) =>
      Object.keys(object).filter((name) => typeof object[name] === 'number' && pattern.test(amountPhrase(name)));
    // Of nothing nothing is to be paid.
    for (const name of lines === 0 ? numbers(/\b(tax|vat|discounts?|shipping)\b/) : []) changed[name] = 0;
    const sum = (pattern: RegExp): number => numbers(pattern).reduce((all, name) => all + Number(changed[name]), 0);
    const less = sum(/^(total )?discounts?( amount| total)?$/);
    const [tax, ...others] = numbers(taxNames);
    const rate = named(rateNames);
    if (tax !== undefined && rate !== undefined && others.length === 0)
      changed[tax] = taxOf(Number(changed[net]) - less, value(rate), object[tax] as number);
    const more = sum(
      /^(total |sales )?(tax|vat)( amount| total)?$|^(shipping|delivery|handling|service)( cost| fee| amount| charge| total)?$|^(fee|fees|tip)$/,
    );
    changed[total] = round(Number(changed[net]) + more - less);
  } else if (total !== undefined && lines !== null) {
    changed[total] = lines;
  } else if (isLine && line === undefined && net !== undefined && total === undefined) {
    changed[net] = round(value(quantity) * value(price));
  } else if (isLine && line !== undefined) {
    changed[line] = round(value(quantity) * value(price));
  }
  yield* ifChanged(object, changed);
}

/** A rate below 1 is a part, and else so many of a hundred. What is whole stays so: it may be in the smallest unit. */
function taxOf(net: number, rate: number, held: number): number {
  const tax = net * (rate < 1 ? rate : rate / 100);
  return Number.isInteger(held) && Number.isInteger(net) ? Math.round(tax) : round(tax);
}

const partNames =
  /^(?:amount (refunded|captured|paid|received|due|remaining)|(refunded|captured|paid|received) amount)$/;

/** What a thing is called of which nothing was paid yet, or ever will be. */
const unpaid = /^(draft|open|void|voided|pending|unpaid|new|uncollectible|cancell?ed|failed)$/i;
const statusNames = /^(payment )?(status|state)$/;

/**
 * What of an amount was paid, or paid back, is not more than the amount, and all or nothing of it where another member says so. What
 * remains of it is the rest.
 */
export const parts: Rule = { names: [partNames], fewest: 1, apply: parted };

function* parted(object: JsonObject): Generator<JsonObject> {
  const remains = memberNamed(object, /^(?:amount remaining|remaining amount)$/, 'number');
  const whole =
    memberNamed(object, /^(?:amount|total|total amount|amount total)$/, 'number') ??
    (remains === undefined ? undefined : memberNamed(object, /^(?:amount due|due amount)$/, 'number'));
  const most = whole === undefined ? Number.NaN : Number(object[whole]);
  if (!(most >= 0)) return;
  const changed = { ...object };
  for (const [name, held] of Object.entries(object)) {
    const [, behind, before] = typeof held === 'number' ? (partNames.exec(amountPhrase(name)) ?? []) : [];
    const word = behind ?? before;
    if (word === undefined || name === whole) continue;
    const said = Object.keys(object).find((one) => phraseOf(one).replace(/^is /, '') === word);
    const flag = said === undefined ? undefined : object[said];
    changed[name] = typeof flag === 'boolean' ? (flag ? most : 0) : Math.min(Math.max(0, Number(held)), most);
  }
  settlePaid(object, changed, most);
  yield* ifChanged(object, changed);
}

/** What was paid as the status says, and what is due and remains of it. */
function settlePaid(object: JsonObject, changed: JsonObject, most: number): void {
  const named = (word: string) => memberNamed(object, new RegExp(`^(?:amount ${word}|${word} amount)$`), 'number');
  const [paid, due, remaining] = [named('paid'), named('due'), named('remaining')];
  if (paid === undefined) return;
  const status = memberNamed(object, statusNames, 'string');
  const said = status === undefined ? '' : scalarText(object[status]);
  if (/^paid$/i.test(said)) changed[paid] = most;
  else if (unpaid.test(said)) changed[paid] = 0;
  const rest = round(most - Number(changed[paid]));
  if (remaining !== undefined) changed[remaining] = rest;
  if (due !== undefined) changed[due] = remaining === undefined ? rest : most;
}

/** The sum of the amounts in the only list of the object whose items have such; null where there is none. */
function sumOfLines(object: JsonObject): number | null {
  const lists = Object.entries(object)
    .map(([name, value]) => (isObject(value) && lineListNames.test(phraseOf(name)) ? listIn(value) : value))
    .filter((value) => Array.isArray(value) && value.length > 0 && value.every(isObject))
    .map((items) => (items as JsonObject[]).map(amountOf))
    .filter((amounts) => amounts.every((amount) => amount !== null)) as number[][];
  const [only, ...others] = lists;
  return only === undefined || others.length > 0 ? null : round(only.reduce((sum, amount) => sum + amount, 0));
}

/** The only list of an object that pages have. */
function listIn(object: JsonObject): Json | undefined {
  const [only, ...others] = Object.values(object).filter(Array.isArray);
  return others.length === 0 ? only : undefined;
}

/** Whether an object has one list, in which nothing is. */
function isWithoutLines(object: JsonObject): boolean {
  const lists = Object.entries(object).flatMap(([name, value]) =>
    Array.isArray(value) && lineListNames.test(phraseOf(name)) ? [value.length] : [],
  );
  return lists.length === 1 && lists[0] === 0;
}

/** What one line of a list comes to; null where it does not say. */
export function amountOf(item: JsonObject): number | null {
  const line = memberNamed(item, /^(line |row |item )?(total|subtotal|sub total)( amount| price)?$|^amount$/, 'number');
  if (line !== undefined) return Number(item[line]);
  const price = memberNamed(item, lineNames, 'number') ?? memberNamed(item, /^unit (price|amount|cost)$/, 'number');
  if (price === undefined) return null;
  const quantity = memberNamed(item, quantityNames, 'number');
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
    else if (lists.length === 1 && only !== undefined && inState(words, only) !== null)
      changed[name] = inState(words, only) as number;
    else if (
      lists.length === 1 &&
      only !== undefined &&
      onlyListNames.test(words) &&
      (words !== 'total' || (sumOfLines(object) === null && memberNamed(object, netNames, 'number') === undefined))
    ) {
      changed[name] = only[1].length;
      // Then there is no more of it.
      const more = Object.keys(object).find(
        (one) => object[one] === true && /^(has|is there) more$/.test(phraseOf(one)),
      );
      if (more !== undefined) changed[more] = false;
    }
  }
  yield* ifChanged(object, changed);
}

const doneWords = new Set(['done', 'complete', 'completed', 'finished', 'checked']);

/** How many things of a list are in the state that a name says: `completed_count`; null where it says none. */
function inState(words: string, [list, items]: readonly [string, readonly Json[]]): number | null {
  const [, state, of] = /^(\w+) (\w+)$/.exec(words) ?? [];
  if (state === undefined || (of !== 'count' && of !== phraseOf(list)) || !items.every(isObject)) return null;
  const isMeant = (word: string) => word === state || (doneWords.has(word) && doneWords.has(state));
  const said = items.map((item) =>
    Object.keys(item).find((name) => typeof item[name] === 'boolean' && isMeant(answeredWord(phraseOf(name)))),
  );
  if (items.length === 0) return doneWords.has(state) ? 0 : null;
  return said.includes(undefined) ? null : items.filter((item, index) => item[said[index] as string] === true).length;
}

const havingNames = /^has (?!more\b)(?:any )?([a-z ]+)$/;

/** A thing has some of what it lists where anything is listed, and none else: `has_attachments` beside `attachments`. */
export const holdings: Rule = { names: [havingNames], fewest: 1, apply: holding };

function* holding(object: JsonObject): Generator<JsonObject> {
  const changed = { ...object };
  for (const [name, held] of Object.entries(object)) {
    const word = typeof held === 'boolean' ? havingNames.exec(phraseOf(name))?.[1] : undefined;
    if (word === undefined) continue;
    const [list] = Object.entries(object).flatMap(([one, value]) => {
      const words = phraseOf(one);
      const isIt =
        words === word ||
        words === `${word}s` ||
        countNames(word).includes(words) ||
        countNames(`${word}s`).includes(words);
      const count = Array.isArray(value) ? value.length : value;
      return isIt && typeof count === 'number' ? [count] : [];
    });
    if (list !== undefined) changed[name] = list > 0;
  }
  yield* ifChanged(object, changed);
}

const stockNames =
  /^(stock|quantity|stock (quantity|level|count)|(available|quantity) (quantity|available|on hand)|inventory( quantity)?|quantity in stock)$/;
const inStockNames = /^(is |has )?(in stock|available|stock available)$/;

const lowStockNames = /^(?:is )?(?:low stock|low on stock|needs reorder|below (?:threshold|minimum))$/;
const leastNames =
  /^(?:(?:reorder|low stock|stock|min|minimum)(?: stock)? (?:threshold|level|point|quantity)|min(?:imum)? stock|reorder at)$/;

/** What is in stock is there, of what is not there is none, and it is low where there is no more than the least that there should be. */
export const stocks: Rule = { names: [stockNames, inStockNames, lowStockNames], fewest: 2, apply: stocked };

function* stocked(object: JsonObject): Generator<JsonObject> {
  const stock = memberNamed(object, stockNames, 'number');
  const least = memberNamed(object, leastNames, 'number');
  const low = memberNamed(object, lowStockNames, 'boolean');
  if (stock !== undefined && least !== undefined && low !== undefined)
    yield* ifChanged(object, { ...object, [low]: Number(object[stock]) <= Number(object[least]) });
  const said = memberNamed(object, inStockNames, 'boolean');
  if (stock === undefined || said === undefined) return;
  const isThere = Number(object[stock]) > 0;
  if (object[said] === isThere) return;
  yield { ...object, [said]: isThere };
  // Where somebody has said whether it is there, how many there are follows from that.
  yield { ...object, [stock]: isThere ? 0 : 1 };
}

const currencyNames = /\bcurrency( code)?$/;

/** All amounts of one thing are in one currency. */
export const currencies: Rule = { names: [currencyNames], fewest: 1, apply: inOneCurrency };

function* inOneCurrency(object: JsonObject): Generator<JsonObject> {
  const name = memberNamed(object, /^(currency( code)?|default currency)$/, 'string');
  if (name === undefined) return;
  const changed = withCurrency(object, scalarText(object[name]), 0) as JsonObject;
  if (changed !== object) yield changed;
}

/** How far below the object that says it. */
const currencyDepth = 3;

function withCurrency(value: Json, currency: string, depth: number): Json {
  if (depth > currencyDepth || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => withCurrency(item, currency, depth + 1));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  let changed = value;
  for (const [name, held] of Object.entries(value)) {
    const isOwn = depth > 0 && typeof held === 'string' && /^currency( code)?$/.test(phraseOf(name));
    const next = isOwn && held.length === currency.length ? currency : withCurrency(held, currency, depth + 1);
    if (next !== held) changed = { ...changed, [name]: next };
  }
  return changed;
}
