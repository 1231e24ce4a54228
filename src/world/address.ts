import { type Resource, readAt, setAt } from '../resource/index.js';
import { viewOf } from '../schema/view.js';
import { literal } from '../text/literal.js';
import { isObject, type Json } from '../text/value.js';
import { phraseOf } from '../text/words.js';
import type { Ground, Scope } from './ground.js';

/** Stands in rows for the origin by which the mock is asked, which no row knows (RFC 2606, 2). */
export const ownOrigin = 'http://origin-of-this-mock.invalid';

const ownNames = /^self( (link|url|uri|href))?$/;
const holderNames = /^(links|meta)$/;

/**
 * A made row whose links to itself lead to it: `self`, `selfLink`, `_links.self.href`, and `url` where that is of the API. A path,
 * or where it has to be absolute an address at `ownOrigin`.
 */
export function addressed(
  row: Json,
  { resource, scope, ground }: { readonly resource: Resource; readonly scope: Scope; readonly ground: Ground },
  key: Json,
  isValid: (row: Json) => boolean,
): Json {
  if (!isObject(row)) return row;
  const places = [...ownPlaces(row)].map((place) => ({ place, isWhole: false }));
  for (const name of ofApi(resource, ground))
    if (typeof row[name] === 'string') places.push({ place: [name], isWhole: true });
  const address = places.length === 0 ? null : addressOf(resource, [...scope, String(key)]);
  if (address === null) return row;
  let whole: Json = row;
  for (const { place, isWhole } of places) {
    const ways = isWhole ? [ownOrigin + address, address] : [address, ownOrigin + address];
    whole = ways.map((way) => setAt(whole, place, way)).find(isValid) ?? whole;
  }
  return whole;
}

const known = new WeakMap<Resource, readonly string[]>();

/** The members of a row that are called `url` or the like and lead to the row in the API, and not to what it is about. */
function ofApi(resource: Resource, ground: Ground): readonly string[] {
  const names = known.get(resource) ?? findOfApi(resource, ground);
  known.set(resource, names);
  return names;
}

/** No expression is made of a path that is as long as a document may have it. */
const longestPath = 4096;

function findOfApi({ schema, item }: Resource, { operations }: Ground): readonly string[] {
  if (item === null || item.length > longestPath) return [];
  const view = viewOf(operations.document);
  const members = view.members(view.certain(schema));
  const hasPage = [...members.keys()].some((name) => /^(html|web|browser) (url|uri|link)$/.test(phraseOf(name)));
  const template = new RegExp(
    `${item
      .split(/\{[^{}]*\}/)
      .map(literal)
      .join('[^/?#]+')}$`,
  );
  return [...members].flatMap(([name, edges]) => {
    if (!/^((api|resource) )?(url|uri|href)$/.test(phraseOf(name))) return [];
    const parts = view.certain(...edges.map(({ to }) => to));
    const isSaid = parts.some(({ schema: { description, example, examples, default: usual } }) => {
      if (/\b(api|resource|self|canonical)\b/i.test(String(description ?? ''))) return true;
      return [example, examples, usual].flat().some((one) => typeof one === 'string' && template.test(one));
    });
    return isSaid || (hasPage && phraseOf(name) === 'url') ? [name] : [];
  });
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
