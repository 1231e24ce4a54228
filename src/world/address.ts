import { type Resource, readAt, setAt } from '../resource/index.js';
import { isObject, type Json } from '../text/value.js';
import { phraseOf } from '../text/words.js';
import type { Scope } from './ground.js';

const ownNames = /^self( (link|url|uri|href))?$/;
const holderNames = /^(links|meta)$/;

/**
 * A made row whose links to itself lead to it: `self`, `selfLink`, `_links.self.href`. They are paths, since a row knows nothing
 * of the host that it is asked of; where an address has to be absolute it stays as it was made.
 */
export function addressed(
  row: Json,
  resource: Resource,
  scope: Scope,
  key: Json,
  isValid: (row: Json) => boolean,
): Json {
  const places = isObject(row) ? [...ownPlaces(row)] : [];
  const address = places.length === 0 ? null : addressOf(resource, [...scope, String(key)]);
  if (address === null) return row;
  let whole = row;
  for (const place of places) {
    const next = setAt(whole, place, address);
    if (isValid(next)) whole = next;
  }
  return whole;
}

function* ownPlaces(row: Json, around: readonly string[] = []): Generator<readonly string[]> {
  const holder = readAt(row, around);
  for (const [name, value] of isObject(holder) ? Object.entries(holder) : []) {
    const place = [...around, name];
    const words = phraseOf(name);
    if (around.length === 0 && holderNames.test(words)) yield* ownPlaces(row, place);
    if (!ownNames.test(words)) continue;
    if (typeof value === 'string') yield place;
    else if (isObject(value) && typeof value.href === 'string') yield [...place, 'href'];
  }
}

/** The path of a row; null where there is none, or it has other parameters than these. */
function addressOf({ item }: Resource, values: readonly string[]): string | null {
  const parts = item?.split(/\{[^{}]*\}/) ?? [];
  if (parts.length !== values.length + 1) return null;
  return parts.map((part, index) => part + encodeURIComponent(values[index] ?? '')).join('');
}
