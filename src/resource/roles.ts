import { phraseOf, wordsOf } from '../text/words.js';
import { findRows, type RowsPlace, sameThing } from './answer.js';
import { describesRows } from './changes.js';
import type { Outline } from './outline.js';
import { lastWordOf, type PathNode } from './path.js';
import { RowsOf } from './rows-of.js';
import { isPartOf, type Site } from './site.js';
import { isState } from './state-word.js';
import type { ItemRole } from './types.js';
import { fold } from './words.js';

/** What an operation does with the things of a site, or a sentence that says why it does nothing known. */
export type Verdict =
  | { readonly kind: 'list'; readonly list: RowsPlace }
  | {
      readonly kind: ItemRole['kind'];
      readonly rows: RowsOf;
      /** Whether the last parameter of its path names the row. */
      readonly namesOne: boolean;
    }
  | string;

/** An operation on the path of one thing. */
export function judgeOnItem(outline: Outline, site: Site): Verdict {
  const { method } = outline.entry;
  const rows = new RowsOf(outline, site);
  const namesOne = !site.isSingleton;
  const one = { namesOne, rows };
  switch (method) {
    case 'GET':
      if (rows.answer === null && outline.answer !== null)
        return 'It answers with something other than what its path names';
      return { ...one, kind: 'read' };
    case 'HEAD':
      return { ...one, kind: 'exists' };
    case 'DELETE':
      if (site.isSingleton && namesParts(outline)) return 'It removes what its request names, and not the whole thing';
      return { ...one, kind: 'delete' };
    case 'PUT': {
      const creates = site.collection?.entries.some((entry) => entry.method === 'POST') ?? false;
      return { ...one, kind: outline.answers(/^201$/) || (namesOne && !creates) ? 'upsert' : 'replace' };
    }
    case 'PATCH':
      return { ...one, kind: rows.patch };
    case 'POST':
      if (rows.body !== null && (namesOne || rows.takesRow)) return { ...one, kind: 'merge' };
      if (rows.answersWithRow) return { ...one, kind: 'action' };
      return 'It neither takes nor answers with the thing that its path names';
    default:
      return `${method} says nothing of a thing`;
  }
}

/** An operation on the path of a collection, or of a list of its things that stands elsewhere. */
export function judgeOnCollection(outline: Outline, site: Site, node: PathNode, refusal: string | undefined): Verdict {
  const { method } = outline.entry;
  const list = site.lists.find((each) => each.outline === outline);
  if (list !== undefined) return { kind: 'list', list };
  const rows = new RowsOf(outline, site);
  const some = { namesOne: false as const, rows };
  switch (method) {
    case 'GET':
      return refusal ?? 'It answers with nothing that could be listed';
    case 'POST':
    case 'PUT':
      return outline.isMaking ? judgeMaking(outline, site, node, some) : changing(outline, site, some);
    case 'DELETE':
      if (node === site.collection) return { ...some, kind: 'delete-many' };
      return 'It removes from a list that stands elsewhere, which need not remove a thing';
    case 'PATCH':
      return changing(outline, site, some);
    case 'QUERY': {
      const found = searched(outline, site);
      return found === null
        ? 'It answers with other things than those that are listed here'
        : { kind: 'list', list: found };
    }
    default:
      return `${method} says nothing of a thing`;
  }
}

/** What makes things on the path of a collection. */
function judgeMaking(
  outline: Outline,
  site: Site,
  node: PathNode,
  some: { readonly namesOne: false; readonly rows: RowsOf },
): Verdict {
  const { rows } = some;
  if (removing.has(wordsOf(outline.entry.id)[0] ?? '')) return 'It is called after taking a thing away';
  if (rows.takesMany) return 'It takes several things at once';
  const found = searching.has(fold(lastWordOf(node.steps))) ? searched(outline, site) : null;
  if (found !== null) return { kind: 'list', list: found };
  if (outline.answer?.shape.item) return 'It answers with a list';
  if (rows.takesRow || rows.answersWithRow || rows.answersWithKey) return { ...some, kind: 'create' };
  if (outline.answers(/^20[124]$/) || outline.answer === null) return { ...some, kind: 'create' };
  return 'It neither takes nor answers with such a thing';
}

/** A change on the path of a collection is one of the thing whose key it takes. */
function changing(outline: Outline, { row }: Site, some: { namesOne: boolean; rows: RowsOf }): Verdict {
  if (describesRows(outline, row)) return 'It changes what its query describes';
  if (!some.rows.takesRow) return 'It changes a whole list';
  if (!some.rows.takesKey) return 'Neither its path nor what it takes says which thing it changes';
  return { ...some, kind: outline.entry.method === 'PATCH' ? some.rows.patch : 'replace' };
}

/** An operation on a path below that of one thing (`/orders/{id}/cancel`); null where it is about something else. */
export function judgeBelowItem(outline: Outline, site: Site, words: readonly string[]): Verdict | null {
  const { method } = outline.entry;
  const part = method === 'POST' || method === 'DELETE' ? undefined : outline.answer?.shape;
  if (part !== undefined && isPartOf(part, site)) {
    const rows = new RowsOf(outline, site);
    return { kind: method === 'GET' ? 'read' : rows.patch, namesOne: true, rows };
  }
  if (!['POST', 'PUT', 'PATCH', 'DELETE'].includes(method)) return null;
  const said = wordsOf(words.join('-'));
  const rows = new RowsOf(outline, site);
  if (said.some((word) => copying.has(word))) {
    const isMade = method === 'POST' && words.length === 1 && outline.isMaking && rows.answersWithRow;
    return isMade ? { kind: 'create', namesOne: false, rows } : 'It makes another thing of one';
  }
  if (rows.answersWithRow && !rows.answersWithOwned) return { kind: 'action', namesOne: true, rows };
  if (words.length === 1 && showsNothing(outline) && isState(words[0] ?? '', site.row))
    return { kind: 'action', namesOne: true, rows };
  if (method !== 'POST' || words.length !== 1 || said.length !== 1) return null;
  return removing.has(said[0] ?? '') ? { kind: 'delete', namesOne: true, rows } : null;
}

/** An operation on a path below that of a collection: `/pets/search`, `/pets/bulk-delete`; null as above. */
export function judgeBelowCollection(outline: Outline, site: Site, words: readonly string[]): Verdict | null {
  const { method, path } = outline.entry;
  const said = wordsOf(words.join('-'));
  if (words.length !== 1 || path.endsWith('}') || (method !== 'POST' && method !== 'DELETE')) return null;
  const rows = new RowsOf(outline, site);
  if (said.some((word) => removing.has(word) || (method === 'DELETE' && several.has(word))))
    return { kind: 'delete-many', namesOne: false, rows };
  if (method !== 'POST') return null;
  const list = said.some((word) => searching.has(word)) ? searched(outline, site) : null;
  if (list !== null) return { kind: 'list', list };
  const creates = said.some((word) => making.has(word)) && !rows.takesMany;
  return creates && (rows.takesRow || rows.answersWithRow) ? { kind: 'create', namesOne: false, rows } : null;
}

/** Whether what it answers with says of no thing what it is like: nothing, `{ "ok": true }`, `{ "message": "done" }`. */
export function showsNothing({ answer }: Outline): boolean {
  if (answer === null || answer.shape.isScalar) return true;
  const { members, isObject } = answer.shape;
  return isObject && members.size <= 3 && [...members].every(([name, shape]) => shape.isScalar && !namesKey(name));
}

const namesKey = (name: string): boolean => /(?:^| )(?:id|uuid|key|number|slug|url)$/.test(phraseOf(name));

/** The rows of a site that an operation answers with where it searches for some; null where it answers with others. */
export function searched({ answer }: Outline, { noun, row }: Site): RowsPlace | null {
  if (answer === null) return null;
  const hints = { noun, endsInParameter: false, isCollection: true, isPaged: () => true, row };
  const list = findRows(answer.shape, hints);
  return typeof list !== 'string' && list.item.likeness(row) >= sameThing ? list : null;
}

const removing = new Set(['delete', 'remove', 'destroy', 'purge']);
const several = new Set(['bulk', 'batch', 'many', 'multiple', 'selected', 'all']);
const searching = new Set(['search', 'query', 'find', 'filter', 'list', 'lookup', 'get', 'browse']);
const making = new Set(['create', 'new', 'add', 'register', 'insert', 'signup', 'invite']);
/** Words of a path that makes another thing like the one that it names. */
export const copying: ReadonlySet<string> = new Set(['copy', 'clone', 'duplicate', 'fork']);

/** Whether a request says what is meant by a list of it, or by its keys. */
function namesParts({ query, bodies }: Outline): boolean {
  const [body] = bodies;
  if (body?.shape.item !== undefined) return true;
  const sent = [...query.map(({ name, shape }) => [name, shape] as const), ...(body?.shape.members ?? [])];
  return sent.some(([name, shape]) => shape.is('array') || /^(?:id|key)s$| (?:id|key)s$/.test(phraseOf(name)));
}
