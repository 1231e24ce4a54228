import type { Random } from '../../fake/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import { ifChanged, type Rule } from './rule.js';

/** By ISO 4217: code, name, symbol, and how many decimal places amounts have. */
const currencies: readonly (readonly [code: string, name: string, symbol: string, places: number])[] = [
  ['EUR', 'Euro', '€', 2],
  ['USD', 'US Dollar', '$', 2],
  ['GBP', 'Pound Sterling', '£', 2],
  ['JPY', 'Yen', '¥', 0],
  ['CHF', 'Swiss Franc', 'CHF', 2],
  ['CAD', 'Canadian Dollar', 'CA$', 2],
  ['AUD', 'Australian Dollar', 'A$', 2],
  ['SEK', 'Swedish Krona', 'kr', 2],
  ['PLN', 'Zloty', 'zł', 2],
  ['INR', 'Indian Rupee', '₹', 2],
  ['BRL', 'Brazilian Real', 'R$', 2],
  ['KRW', 'Won', '₩', 0],
];

const parts = /\bcurrency(?: (code|name|symbol|decimal places))?$/;
const places: Readonly<Record<string, number>> = { code: 0, name: 1, symbol: 2, 'decimal places': 3 };

/** What is said of one currency in several members is of one that there is: `currency_code`, `currency_symbol`. */
export const currencyParts: Rule = { names: [parts], fewest: 2, apply: ofOneCurrency };

function* ofOneCurrency(object: JsonObject, random: Random): Generator<JsonObject> {
  const told = new Map<string, Map<number, string>>();
  for (const [name, value] of Object.entries(object)) {
    const words = phraseOf(name);
    const [end = '', part = 'code'] = parts.exec(words) ?? [];
    if (end === '' || typeof value !== (part === 'decimal places' ? 'number' : 'string')) continue;
    const stem = words.slice(0, words.length - end.length);
    told.set(stem, (told.get(stem) ?? new Map()).set(places[part] ?? 0, name));
  }
  const changed: Record<string, Json> = { ...object };
  for (const [stem, names] of told) {
    if (names.size < 2) continue;
    const code = String(object[names.get(0) ?? ''] ?? '');
    const known = currencies.find(([own]) => own === code.toUpperCase());
    const chosen = known ?? random.child(stem).pick(currencies);
    for (const [place, name] of names) changed[name] = chosen[place] as Json;
    const own = names.get(0);
    if (own !== undefined && code === code.toLowerCase()) changed[own] = chosen[0].toLowerCase();
  }
  yield* ifChanged(object, changed);
}
