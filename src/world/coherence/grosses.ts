import type { JsonObject } from '../../text/value.js';
import { amountPhrase, ofTexts } from './amount-texts.js';
import { taxNames } from './amounts.js';
import { memberNamed } from './member-named.js';
import { ifChanged, type Rule } from './rule.js';

const grossNames =
  /^(?:(price|amount|total|subtotal|cost) (?:with|incl|including|included|inclusive|after) (?:tax|vat)|gross (price|amount)|(price|amount) gross)$/;
const rateNames = /^(?:tax|vat|sales tax) (?:rate|percent|percentage|pct)$/;

/** What is added where nobody says how much. */
const usualRate = 0.2;

/** What something costs with its tax is what it costs without, and the tax: `price_with_tax` beside `price`. */
export const grosses: Rule = { names: [grossNames], fewest: 1, apply: ofTexts(withTax) };

function* withTax(object: JsonObject): Generator<JsonObject> {
  const changed = { ...object };
  // Where the tax is said, it is that and what it costs without it.
  if (memberNamed(object, taxNames, 'number') !== undefined) return;
  const rate = memberNamed(object, rateNames, 'number');
  const said = rate === undefined ? usualRate : Number(object[rate]);
  for (const [name, held] of Object.entries(object)) {
    const of = typeof held === 'number' ? grossNames.exec(amountPhrase(name))?.slice(1).find(Boolean) : undefined;
    const net =
      of &&
      memberNamed(
        object,
        new RegExp(`^(?:${of}|net ${of}|${of} net|${of} (?:without|excl|excluding) (?:tax|vat))$`),
        'number',
      );
    if (!net) continue;
    const gross = Number(object[net]) * (1 + (said < 1 ? said : said / 100));
    changed[name] =
      Number.isInteger(object[net]) && Number.isInteger(held) ? Math.round(gross) : Math.round(gross * 100) / 100;
  }
  yield* ifChanged(object, changed);
}
