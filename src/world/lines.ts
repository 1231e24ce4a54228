import { Random } from '../fake/index.js';
import { afterNoun, isSameName, type Line } from '../resource/index.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { sums } from './coherence/amounts.js';

/** What a line says of the thing that it names, besides its key. */
const toldNames = /^(?:name|title|slug|sku|description|thumbnail|image|image_?url|currency)$/i;
const priceNames = /^(?:unit_?|list_?)?price$|^unit_?(?:amount|cost)$/i;

/** A line that says of the thing that it names what that says of itself (`name`, `product_name`, `unit_price`), with what it comes to. */
export function asNamed(line: JsonObject, { key, resource }: Omit<Line, 'member'>, other: Json): JsonObject {
  if (!isObject(other)) return line;
  const noun = resource.name.split('.').at(-1) ?? '';
  const changed = { ...line };
  for (const [name, held] of Object.entries(line)) {
    if (name === key) continue;
    const own = afterNoun(name, noun) || name;
    const isPrice = priceNames.test(own);
    if (!isPrice && !toldNames.test(own)) continue;
    const source = Object.keys(other).find((one) => (isPrice ? priceNames.test(one) : isSameName(one, own)));
    const told = source === undefined ? undefined : other[source];
    if (told !== undefined && typeof told === typeof held) changed[name] = told;
  }
  const [summed] = sums.apply(changed, new Random(0));
  return summed ?? changed;
}
