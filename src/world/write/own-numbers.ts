import { alike, isNumbering, type Random } from '../../fake/index.js';
import { scalarText } from '../../text/integers.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf, remembering } from '../../text/words.js';

const things =
  'account batch booking case claim confirmation contract customer document employee invoice lot member order policy purchase receipt reference registration serial shipment student ticket tracking transaction voucher';
const numbers = new RegExp(
  `^(?:number|no|serial|reference|barcode)$|\\b(?:${things.replaceAll(' ', '|')}) (?:number|no|code|ref|reference)$`,
);

/** Whether a member of this name says which of its kind a thing is: `order_number`, `reference`. */
const isNumber = remembering((name) => numbers.test(phraseOf(name)));

/** Whether a member of this name tells a thing from all others, where it is not the key that it is asked for by. */
const isId = remembering((name) => /^(?:id|uuid|guid)$/.test(phraseOf(name)));

/** A number of so many digits is unlikely to be one that is there. */
const digitsOfId = 6;

/**
 * A new row whose numbers are its own, where nobody has sent them and they are those of the row that it was made like.
 * @param isFree whether a member may be other than it is
 */
export function withOwnNumbers(
  row: Json,
  like: Json,
  isFree: (name: string) => boolean,
  random: Random,
  isValid: (row: Json) => boolean,
): Json {
  if (!isObject(row) || !isObject(like)) return row;
  let whole: JsonObject = row;
  for (const [name, value] of Object.entries(row)) {
    const text = typeof value === 'string' || Number.isInteger(value) ? scalarText(value) : '';
    const isOwn = isNumber(name) || isId(name) || isNumbering(text);
    if (value !== like[name] || !isOwn || !/\d/.test(text) || !isFree(name)) continue;
    const look = isId(name) && typeof value === 'number' ? text.padStart(digitsOfId, '1') : text;
    const other = alike(look, random.child(name));
    const changed = { ...whole, [name]: typeof value === 'string' ? other : Number(other) };
    if (isValid(changed)) whole = changed;
  }
  return whole;
}
