import { wordsOf } from '../text/words.js';
import { findRow, findRows, sameThing } from './answer.js';
import type { Outline } from './outline.js';
import { keyOfSteps, lastWordOf, type PathNode } from './path.js';
import type { Shape } from './shape.js';
import type { Site } from './site.js';
import type { AnswerPlace, ManyBody } from './types.js';

/** Words behind a collection that say that several things are made there. */
const making = new Set('bulk batch many multiple create import add insert all save upload'.split(' '));

/** The collection that an operation adds several rows to: its own path, or one of a word below it (`/pets/bulk`). */
export function bulkSiteOf(
  { entry: { method } }: Outline,
  { key, steps }: PathNode,
  collections: ReadonlyMap<string, Site>,
): Site | undefined {
  if (method !== 'POST') return undefined;
  const words = wordsOf(lastWordOf(steps));
  const isMaking = words.length > 0 && words.every((word) => making.has(word));
  return collections.get(key) ?? (isMaking ? collections.get(keyOfSteps(steps.slice(0, -1))) : undefined);
}

/**
 * Where several rows stand in what is sent: an array, or the one list of an object, of rows or of what wraps them; or one alone, where the
 * answer has a list of what was made (PostgREST).
 */
export function manyIn({ bodies: [body], answer }: Outline, { row, noun }: Site): ManyBody | null {
  if (body === undefined) return null;
  const { shape, mediaType } = body;
  const isOne = shape.isObject && answer?.response === '201' && answer.shape.item !== undefined;
  if (isOne && shape.likeness(row) >= sameThing) return { mediaType, path: [], inside: [] };
  const lists = [...shape.members].filter(([, member]) => member.item !== undefined);
  // Beside warnings, or whatever else answers of the same schema have.
  const alike = lists.filter(([, { item }]) => (item?.likeness(row) ?? 0) >= sameThing);
  const [only, ...others] = lists.length > 1 ? alike : lists;
  const isAlone = only !== undefined && others.length === 0;
  const place = shape.item ? { path: [], item: shape.item } : isAlone ? { path: [only[0]], item: only[1].item } : null;
  const inside = place?.item?.isObject ? findRow(place.item, row, noun) : null;
  const sent = inside && place?.item?.at(inside);
  return place && inside && sent && isPartOf(sent, row) ? { mediaType, path: place.path, inside } : null;
}

/** Whether what is sent is of a row: it looks like one, or has nothing else. */
function isPartOf(sent: Shape, row: Shape): boolean {
  if (sent.likeness(row) >= sameThing) return true;
  return sent.members.size > 0 && [...sent.members.keys()].every((name) => row.members.has(name));
}

/** Where the rows that were made stand in the answer; null where it shows none. */
export function madeIn({ answer }: Outline, { row, noun }: Site): AnswerPlace | null {
  if (answer === null) return null;
  const hints = { noun, endsInParameter: false, isCollection: true, isPaged: () => true, row };
  const found = findRows(answer.shape, hints);
  if (typeof found === 'string' || found.item.likeness(row) < sameThing) return null;
  const { path, inside, isKeyed } = found;
  return { response: answer.response, mediaType: answer.mediaType, path, inside, isKeyed };
}
