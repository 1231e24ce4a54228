import { phraseOf, wordsOf } from '../text/words.js';
import { sameThing } from './answer.js';
import type { Outline } from './outline.js';
import { isParameter, keyOfSteps, lastWordOf, type PathNode } from './path.js';
import type { Shape } from './shape.js';
import type { Site } from './site.js';
import { isState } from './state-word.js';
import type { ManyChanges } from './types.js';
import { nounForms } from './words.js';

/** Words behind a collection that say that several of its things are changed there, and those that say no more than that they are several. */
const changing = new Set('update edit change patch modify set'.split(' '));
const several = new Set('bulk batch many multiple mass selected all'.split(' '));

/** The collection of which an operation changes several rows: its own path, or one of a word below it (`/pets/update_many`). */
export function changedSiteOf(
  { entry: { method } }: Outline,
  { key, steps }: PathNode,
  collections: ReadonlyMap<string, Site>,
): Site | undefined {
  if (method !== 'PATCH' && method !== 'PUT' && method !== 'POST') return undefined;
  const words = wordsOf(lastWordOf(steps));
  const isSaid = words.length > 0 && words.every((word) => changing.has(word) || several.has(word));
  const below = isSaid ? collections.get(keyOfSteps(steps.slice(0, -1))) : undefined;
  return method === 'POST' ? below : (collections.get(key) ?? below);
}

/** The collection with whose things something is done together: `/messages/mark_all_read`, `/messages/archive` with their keys. */
export function doneSiteOf(
  outline: Outline,
  { steps }: PathNode,
  collections: ReadonlyMap<string, Site>,
): { readonly site: Site; readonly changes: ManyChanges } | undefined {
  const site = isParameter(steps.at(-1)) ? undefined : collections.get(keyOfSteps(steps.slice(0, -1)));
  const { bodies, entry } = outline;
  if (site === undefined || site.key === null || !/^(?:POST|PUT|PATCH)$/.test(entry.method)) return undefined;
  const words = wordsOf(lastWordOf(steps));
  const [verb, ...others] = words.filter((word) => !several.has(word) && !/^(?:mark|set|as|every)$/.test(word));
  if (verb === undefined || others.length > 0 || !isState(verb, site.row)) return undefined;
  const [body] = bodies;
  const list = [...(body?.shape.members ?? [])].find(([name, { item }]) => item?.isScalar && isKeyList(name, site));
  if (list === undefined && !words.includes('all')) return undefined;
  const keys = list === undefined ? null : [list[0]];
  return { site, changes: { mediaType: body?.mediaType ?? '', keys, path: [], isDescribed: keys === null, verb } };
}

/** Which rows are changed by what is sent, and how; null where it says neither. */
export function changesIn(outline: Outline, site: Site): ManyChanges | null {
  const { method } = outline.entry;
  const [body] = outline.bodies;
  const { key, row } = site;
  if (body === undefined || key === null) return null;
  const { shape, mediaType } = body;
  if (describesRows(outline, row) && isOfRow(shape, row))
    return { mediaType, keys: null, path: [], isDescribed: true, verb: null };
  const members = [...shape.members];
  const keys = members.find(([name, member]) => member.item?.isScalar && isKeyList(name, site));
  if (keys !== undefined) {
    const others = members.filter(([name]) => name !== keys[0]);
    const holder = others.find(([, member]) => member.isObject && isOfRow(member, row));
    if (holder !== undefined) return { mediaType, keys: [keys[0]], path: [holder[0]], isDescribed: false, verb: null };
    const isBeside = others.length > 0 && others.every(([name]) => row.members.has(name));
    return isBeside ? { mediaType, keys: [keys[0]], path: [], isDescribed: false, verb: null } : null;
  }
  // What is posted so is made.
  const lists = members.filter(([, member]) => member.item?.isObject);
  const [only, ...more] = shape.item ? [[undefined, shape] as const] : lists;
  const item = only?.[1].item;
  if (method === 'POST' || only === undefined || more.length > 0 || item?.at(key.member) === undefined) return null;
  const path = only[0] === undefined ? [] : [only[0]];
  return isOfRow(item, row) ? { mediaType, keys: null, path, isDescribed: false, verb: null } : null;
}

/** Whether a change on the path of a collection says by several members of rows in its query which of them are meant. */
export function describesRows({ query, entry: { method } }: Outline, row: Shape): boolean {
  const named = query.filter(({ name }) => row.memberNamed(name) !== undefined);
  return method === 'PATCH' && named.length > 1;
}

const isOfRow = (sent: Shape, row: Shape): boolean =>
  sent.likeness(row) >= sameThing ||
  (sent.members.size > 0 && [...sent.members.keys()].every((name) => row.members.has(name)));

function isKeyList(name: string, { key, noun }: Site): boolean {
  const words = phraseOf(name).replace(/ list$/, '');
  const own = phraseOf(key?.member.at(-1) ?? '');
  const called = nounForms(noun).map((form) => form.toLowerCase());
  return (
    /^(?:ids|keys|uuids)$/.test(words) ||
    words === `${own}s` ||
    called.some((form) => words === form || words === `${form} ids` || words === `${form} ${own}s`)
  );
}
